"""The chat page. Knows how things look; what is asked, found and proven is behind `ui.conversation` and `ui.workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.answer_html import NO_MODEL, literal, question_html, works_html
from ui.conversation import Letter, Turn, converse
from ui.evidence_panel import answer_view, desk, evidence_panel, open_citation, opened
from ui.letter_view import show_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.reader import Reader
    from corpus.essays import Essay
    from corpus.records import WorkRecord

TITLE = "Pincite"
WHAT_IT_IS = "Answers an essay's questions from the works it cites; every sentence points at the page or second it rests on."
GREETING = "Good to see you. Ask something of your own, or take up one of the essay's questions."
EMPTY = "The library is empty, so there is nothing to answer from yet."
TURNS, PENDING, TYPED, WORKS = "turns", "pending", "typed", "works"
"""Where a session keeps its conversation, the question to answer now, what is typed, and the works it asks of."""
LINKED = "q"
"""The question in the page's address."""

SCROLL = """<script>
{
  const questions = document.querySelectorAll(".stChatMessage .question");
  questions[questions.length - 1]?.scrollIntoView({ block: "start" });
}
</script>"""
"""Brings the newest question to the top, so that its answer is read from its beginning."""


def chat_page(reader: Reader, essay: Essay) -> None:
    """Draw the page, and answer what has just been asked."""
    import streamlit as st

    records = reader.works()
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    question: str | None = st.session_state.pop(PENDING, None) or _asked_by_link(turns)
    works = _sidebar(records, started=bool(turns) or question is not None)
    talk, beside = desk()
    with talk:
        st.title(TITLE, anchor=False)
        st.html(f'<p class="about">{WHAT_IT_IS}</p>')
        for place, turn in enumerate(turns):
            _show_turn(turn, turn_name(place), records)
        if question is not None:
            turns.append(_take_turn(reader, question, turn_name(len(turns)), works))
            st.html(SCROLL, unsafe_allow_javascript=True)
        _invite(records, essay, started=bool(turns))
    with beside:
        _show_evidence(reader, turns)


def _sidebar(records: Mapping[str, WorkRecord], *, started: bool) -> list[str]:
    """The library beside the page; gives the works to ask, none for all."""
    import streamlit as st

    # A work that has been taken out since must not stay chosen: there would be nothing to click it away with.
    st.session_state[WORKS] = [key for key in st.session_state.get(WORKS, []) if key in records]
    with st.sidebar:
        st.subheader("The library", anchor=False)
        chosen: list[str] = st.multiselect(
            "Ask only these works",
            list(records),
            format_func=lambda key: f"{records[key].work.label} · {records[key].state}" if key in records else key,
            key=WORKS,
            placeholder="All works",
            disabled=not records,
        )
        if records:
            st.html(works_html(records.values()))
        if started:
            st.button("Start over", on_click=_start_over)
        st.caption(NO_MODEL)
    return chosen


def _take_turn(reader: Reader, question: str, name: str, works: Sequence[str]) -> Turn:
    import streamlit as st

    with st.chat_message("user"):
        st.html(question_html(question))
    with st.chat_message("assistant"):
        with st.spinner("Searching the library"):
            turn = converse(reader, question, works)
        _show_outcome(turn, name, reader.works())
    if not isinstance(turn.outcome, Letter):
        st.query_params[LINKED] = question  # the address can be given to others
    return turn


def _show_turn(turn: Turn, name: str, records: Collection[str]) -> None:
    import streamlit as st

    with st.chat_message("user"):
        st.html(question_html(turn.question))
    with st.chat_message("assistant"):
        _show_outcome(turn, name, records)


def _show_outcome(turn: Turn, name: str, records: Collection[str]) -> None:
    if isinstance(turn.outcome, Letter):
        show_letter(turn.outcome)
    else:
        answer_view(turn.outcome, name, records)


def _show_evidence(reader: Reader, turns: Sequence[Turn]) -> None:
    """What the reader has opened, of whichever answer."""
    for place, turn in enumerate(turns):
        if not isinstance(turn.outcome, Letter) and (citation := opened(turn.outcome, turn_name(place))):
            evidence_panel(reader, turn.outcome, citation)


def turn_name(place: int) -> str:
    """What the answer at this place of the conversation is called on the page."""
    return f"turn-{place}"


def _asked_by_link(turns: Sequence[Turn]) -> str | None:
    """The question of `?q=…`, once: what was asked here already is not asked again."""
    import streamlit as st

    linked = st.query_params.get(LINKED)
    return linked if linked and all(turn.question != linked for turn in turns) and not turns else None


def _start_over() -> None:
    import streamlit as st

    st.session_state[TURNS] = []
    st.query_params.clear()
    open_citation("", None)


def _invite(records: Collection[str], essay: Essay, *, started: bool) -> None:
    """What to do next: a greeting with the essay's questions, the next question, or how to fill the library."""
    import streamlit as st

    if not records:
        st.markdown(EMPTY)
        st.markdown("In a terminal, take in the essay's works, or a file of yours:")
        st.code("pincite ingest\npincite add FILE", language=None)
        st.button("Look again")
    elif not started:
        st.markdown(GREETING)
    with st.container():  # in a container it stands in the page; else it is pinned, and the page jumps to its end
        st.chat_input("Ask another question" if started else "Ask the library", key=TYPED, on_submit=_take_up, args=(TYPED,))
    if records and started:
        with st.expander("More of the essay's questions"):
            _questions(essay)
    elif records:
        st.html(question_html(essay.title))
        _questions(essay)


def _questions(essay: Essay) -> None:
    """The essay's questions, a tab a section; a click asks."""
    import streamlit as st

    for place, (section, tab) in enumerate(zip(essay.sections, st.tabs([literal(name) for name in essay.sections]), strict=True)):
        key = f"questions-{place}"
        asked = [question.standalone for question in essay.questions if question.section == section]
        tab.pills(section, asked, format_func=literal, key=key, label_visibility="collapsed", on_change=_take_up, args=(key,))


def _take_up(key: str) -> None:
    """Make the question that was typed or clicked the one to answer now; a pill can then be clicked again."""
    import streamlit as st

    st.session_state[PENDING] = st.session_state[key]
    open_citation("", None)
    if key != TYPED:
        st.session_state[key] = None
