"""The chat page. Knows how things look; what is asked, found and proven is behind `ui.conversation` and `ui.workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.answer_html import (
    NO_MODEL,
    answer_html,
    citation_html,
    citation_label,
    footing_html,
    literal,
    question_html,
    works_html,
)
from ui.conversation import Letter, Turn, converse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.answers import Answer
    from bot.reader import Reader
    from corpus.essays import Essay
    from corpus.records import WorkRecord

TITLE = "Pincite"
WHAT_IT_IS = "Answers an essay's questions from the works it cites; every sentence points at the page or second it rests on."
GREETING = "Good to see you. Ask something of your own, or take up one of the essay's questions."
EMPTY = "The library is empty, so there is nothing to answer from yet."
TURNS, PENDING, TYPED, WORKS = "turns", "pending", "typed", "works"
"""Where a session keeps its conversation, the question to answer now, what is typed, and the works it asks of."""

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
    question: str | None = st.session_state.pop(PENDING, None)
    works = _sidebar(records, started=bool(turns) or question is not None)
    st.title(TITLE, anchor=False)
    st.html(f'<p class="about">{WHAT_IT_IS}</p>')
    for turn in turns:
        _show_turn(turn, records)
    if question is not None:
        turns.append(_take_turn(reader, question, works))
        st.html(SCROLL, unsafe_allow_javascript=True)
    _invite(records, essay, started=bool(turns))


def show_letter(letter: Letter) -> None:
    """An error: what failed, and what to do now."""
    import streamlit as st

    st.error(f"{literal(letter.message)}\n\n{literal(letter.remedy)}")


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
            st.button("Start over", on_click=st.session_state.__setitem__, args=(TURNS, []))
        st.caption(NO_MODEL)
    return chosen


def _take_turn(reader: Reader, question: str, works: Sequence[str]) -> Turn:
    import streamlit as st

    with st.chat_message("user"):
        st.html(question_html(question))
    with st.chat_message("assistant"):
        with st.spinner("Searching the library"):
            turn = converse(reader, question, works)
        _show_outcome(turn, reader.works())
    return turn


def _show_turn(turn: Turn, records: Collection[str]) -> None:
    import streamlit as st

    with st.chat_message("user"):
        st.html(question_html(turn.question))
    with st.chat_message("assistant"):
        _show_outcome(turn, records)


def _show_outcome(turn: Turn, records: Collection[str]) -> None:
    if isinstance(turn.outcome, Letter):
        show_letter(turn.outcome)
    else:
        _show_answer(turn.outcome, records)


def _show_answer(answer: Answer, records: Collection[str]) -> None:
    import streamlit as st

    st.html(answer_html(answer))
    with st.container(gap="xxsmall"):
        for citation in answer.citations:
            with st.expander(citation_label(citation)):
                st.html(citation_html(answer, citation, gone=citation.work.key not in records))
    st.html(footing_html(answer))


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
    if key != TYPED:
        st.session_state[key] = None
