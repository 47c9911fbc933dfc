"""The chat page. Knows how things look; what is asked, found and proven is behind `ui.conversation` and `ui.workflows`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.answers import Answer
from bot.evidence import DEFAULT
from ui import workflows
from ui.answer_html import NO_MODEL, model_html, question_html, works_html
from ui.conversation import NOTHING_YET, Growing, Letter, Turn
from ui.conversations import exchanges_of
from ui.evidence_panel import answer_view, desk, evidence_panel, open_citation, opened
from ui.exhibit import draw_ahead
from ui.growth_view import growth_view, lead_html, turn_end
from ui.invitation import TYPED, invite
from ui.judgement_form import judgement_form
from ui.kept_view import CONVERSATION, keep_turn, kept_view
from ui.letter_view import show_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from bot.reader import Reader
    from bot.write import Writer
    from corpus.essays import Essay
    from corpus.records import WorkRecord

TITLE = "Pincite"
WHAT_IT_IS = "Answers an essay's questions from the works it cites; every sentence points at the page or second it rests on."
TURNS, GROWING, PENDING, WORKS = "turns", "growing", "pending", "works"
"""Where a session keeps its conversation, the turn that is growing, the question to answer now, and the works it asks of."""
LINKED = "q"
"""The question in the page's address."""

SCROLL = """<script>
{
  const questions = document.querySelectorAll(".stChatMessage .question");
  questions[questions.length - 1]?.scrollIntoView({ block: "start" });
}
</script>"""
"""Brings the newest question to the top, so that its answer is read from its beginning."""


def chat_page(reader: Reader, essay: Essay, *, writer: Writer | None = None) -> None:
    """Draw the page, and answer what has just been asked; `writer` is the language model's, where one is named."""
    import streamlit as st

    records = reader.works()
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    chosen = _chosen(records)
    begun = _begin(reader, turns, chosen, writer)
    growing: Growing | None = st.session_state.get(GROWING)
    started = bool(turns) or growing is not None
    _sidebar(reader.library.home, records, writer)
    talk, beside = desk()
    with talk:
        st.title(TITLE, anchor=False)
        st.html(f'<p class="about">{WHAT_IT_IS}</p>')
        conversation = st.container(key="turns")
        invite(records, essay, chosen, turns if started else None, take_up=_take_up, start_over=_start_over)
    with beside:
        _show_evidence(reader, [*turns, growing.turn] if growing else turns)
    # What grows is drawn last: it may take its time, and everything around it stands by then.
    with conversation:
        for place, turn in enumerate(turns):
            _show_turn(reader, turn, turn_name(place), records)
        if growing is not None:
            _grow(reader, turns, growing, records, scroll=begun)


def _chosen(records: Collection[str]) -> list[str]:
    """The works to ask, none for all."""
    import streamlit as st

    # A work that has been taken out since must not stay chosen: there would be nothing to click it away with.
    chosen: list[str] = [key for key in st.session_state.get(WORKS, []) if key in records]
    st.session_state[WORKS] = chosen
    return chosen


def _begin(reader: Reader, turns: list[Turn], works: Sequence[str], writer: Writer | None) -> bool:
    """Let the answer to what has just been asked begin to grow; one that is growing still ends where it stands."""
    import streamlit as st

    question: str | None = st.session_state.pop(PENDING, None) or _asked_by_link(turns)
    if question is None:
        return False
    earlier: Growing | None = st.session_state.get(GROWING)
    if earlier is not None:
        earlier.stop()
        _settle(reader, turns, earlier)
    said = exchanges_of(turns)
    states = partial(workflows.asking, reader, question, works=works, evidence=DEFAULT, writer=writer, earlier=said)
    st.session_state[GROWING] = Growing(Turn(question, works=tuple(works)), len(turns), states)
    return True


def _settle(reader: Reader, turns: list[Turn], growing: Growing) -> None:
    """Put what has grown into the conversation. It may be done twice: two drawings of a session can overlap for a moment."""
    import streamlit as st

    turns[growing.place : growing.place + 1] = [growing.turn]
    if st.session_state.get(GROWING) is growing:
        st.session_state[GROWING] = None
        keep_turn(reader.library.home, growing.turn)


def _sidebar(home: Path, records: Mapping[str, WorkRecord], writer: Writer | None) -> None:
    """The library beside the page, which of its works are asked, and who reads along."""
    import streamlit as st

    with st.sidebar:
        st.subheader("The library", anchor=False)
        st.multiselect(
            "Ask only these works",
            list(records),
            format_func=lambda key: f"{records[key].work.label} · {records[key].state}" if key in records else key,
            key=WORKS,
            placeholder="All works",
            disabled=not records,
        )
        if records:
            st.html(works_html(records.values()))
        if writer is None:
            st.caption(NO_MODEL)
        else:
            st.html(model_html(writer.name))
        kept_view(home, records, _go_on)


def _grow(reader: Reader, turns: list[Turn], growing: Growing, records: Mapping[str, WorkRecord], *, scroll: bool) -> None:
    """Draw the newest turn until it is whole; the question stands at the top of the page from the beginning."""
    import streamlit as st

    name, question = turn_name(growing.place), growing.turn.question
    with st.chat_message("user"):
        st.html(question_html(question))
        if scroll:
            with st.container(key="scroll"):
                st.html(SCROLL, unsafe_allow_javascript=True)
    with st.chat_message("assistant"):
        turn = growth_view(growing, name, records)
        _settle(reader, turns, growing)
        _show_end(reader, turn, name)
    if isinstance(turn.outcome, Answer):
        st.query_params[LINKED] = question  # the address can be given to others
        draw_ahead(reader.library, turn.outcome.citations)


def _show_turn(reader: Reader, turn: Turn, name: str, records: Mapping[str, WorkRecord]) -> None:
    import streamlit as st

    with st.chat_message("user"):
        st.html(question_html(turn.question))
    with st.chat_message("assistant"):
        if isinstance(turn.outcome, Answer):
            answer_view(turn.outcome, name, records, lead=lead_html(turn, records))
            st.empty()  # where the button to stop it was: what is not drawn over keeps its room while the next one grows
        elif turn.outcome is NOTHING_YET:
            st.caption(f"{NOTHING_YET.message} {NOTHING_YET.remedy}")
        elif isinstance(turn.outcome, Letter):
            show_letter(turn.outcome)
        _show_end(reader, turn, name)


def _show_end(reader: Reader, turn: Turn, name: str) -> None:
    """What stands below an answer: why it breaks off, where it does; else a place to say what it is worth."""
    turn_end(turn)
    if isinstance(turn.outcome, Answer) and not (turn.stopped or turn.broken) and turn.outcome.reason != "empty library":
        judgement_form(reader.library.home, turn.outcome, turn.works, name)


def _show_evidence(reader: Reader, turns: Sequence[Turn]) -> None:
    """What the reader has opened, of whichever answer."""
    for place, turn in enumerate(turns):
        if isinstance(turn.outcome, Answer) and (shown := opened(turn.outcome, turn_name(place))):
            evidence_panel(reader, turn.outcome, shown)


def turn_name(place: int) -> str:
    """What the answer at this place of the conversation is called on the page."""
    return f"turn-{place}"


def _asked_by_link(turns: Sequence[Turn]) -> str | None:
    """The question of `?q=…`, once: what was asked here already is not asked again."""
    import streamlit as st

    linked = st.query_params.get(LINKED)
    return linked if linked and not turns and st.session_state.get(GROWING) is None else None


def _start_over() -> None:
    _go_on([])


def _go_on(turns: list[Turn]) -> None:
    """Put these turns in the place of the session's own; what is growing ends."""
    import streamlit as st

    growing: Growing | None = st.session_state.get(GROWING)
    if growing is not None:
        growing.stop()
    st.session_state[TURNS], st.session_state[GROWING], st.session_state[CONVERSATION] = turns, None, None
    st.query_params.clear()
    open_citation("", None)


def _take_up(key: str) -> None:
    """Make the question that was typed or clicked the one to answer now; a pill can then be clicked again."""
    import streamlit as st

    st.session_state[PENDING] = st.session_state[key]
    open_citation("", None)
    if key != TYPED:
        st.session_state[key] = None
