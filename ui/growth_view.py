"""An answer on the page while it grows: its words, claim by claim, and a button to stop it. Knows how things look.

What is growing is `ui.conversation.Growing`. Each look at the session gives way to whatever the reader does meanwhile: the
drawing then ends, the growing does not, and the next drawing takes it up.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.answers import Answer
from ui.answer_html import answer_html, footing_html, searched_html, waiting_html
from ui.conversation import STOPPED
from ui.evidence_panel import open_buttons
from ui.letter_view import show_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from corpus.records import WorkRecord
    from ui.conversation import Growing, Turn

TICK = 0.1
"""Seconds after which the drawing gives way at the latest."""
SOON = 0.4
"""Seconds for which an answer grows before it can be stopped: most are whole by then."""


def growth_view(growing: Growing, name: str, works: Mapping[str, WorkRecord]) -> Turn:
    """Draw the answer as it comes, and give the turn when it is whole or was called off."""
    import streamlit as st

    with st.container(key=f"answer-{name}"):
        words = st.empty()
        cites = st.container(key=f"cites-{name}", gap=None)
        foot = st.empty()
    stop = st.empty()
    began, offered = time.monotonic(), False
    drawn: Turn | None = None
    turn = growing.turn
    buttons: tuple[int, ...] = ()
    while True:
        ended = growing.ended
        if turn is not drawn or ended:
            _words(words, growing, turn, works, ended=ended)
            buttons = _buttons(cites, turn, name, works, buttons)
            drawn = turn
        if ended:
            break
        if not offered and time.monotonic() - began > SOON:
            offered = True
            stop.button("Stop", key=f"stop-{name}", on_click=growing.stop)
        st.session_state.get(name)  # here Streamlit interrupts, where it has to
        turn = growing.after(drawn, TICK)
    stop.empty()
    if isinstance(turn.outcome, Answer):
        foot.html(footing_html(turn.outcome))
    return growing.turn


def turn_end(turn: Turn) -> None:
    """Why an answer breaks off, where it does."""
    import streamlit as st

    if turn.broken is not None:
        show_letter(turn.broken)
    elif turn.stopped and isinstance(turn.outcome, Answer):
        st.caption(STOPPED)


def lead_html(turn: Turn, works: Mapping[str, WorkRecord]) -> str:
    """What stands above an answer: what was searched, where the question alone does not say it."""
    labels = [works[key].work.label if key in works else key for key in turn.works]
    return searched_html(turn.outcome, labels) if isinstance(turn.outcome, Answer) else ""


def _words(place: DeltaGenerator, growing: Growing, turn: Turn, works: Mapping[str, WorkRecord], *, ended: bool) -> None:
    if isinstance(turn.outcome, Answer):
        place.html(lead_html(turn, works) + answer_html(turn.outcome, growing.ages(), growing=not ended))
    elif turn.outcome is not None:
        with place.container():
            show_letter(turn.outcome)
    else:
        place.html(waiting_html())


def _buttons(
    place: DeltaGenerator, turn: Turn, name: str, works: Mapping[str, WorkRecord], drawn: tuple[int, ...]
) -> tuple[int, ...]:
    """A button for each citation that has come since; the numbers of all that stand now."""
    import streamlit as st

    if not isinstance(turn.outcome, Answer):
        return drawn
    numbers = tuple(citation.number for citation in turn.outcome.citations)
    if numbers[: len(drawn)] != drawn:
        st.rerun()  # it began anew, as where a language model failed; a button cannot be drawn twice in one run
    with place:
        open_buttons(turn.outcome, name, works, drawn=len(drawn))
    return numbers
