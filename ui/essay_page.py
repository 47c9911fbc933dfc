"""The essay's page: which work speaks to which question, and each question with its answer. Knows how things look.

Answers are those that the home keeps; answering anew is `bot.essay`, keeping `ui.workflows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evidence import DEFAULT
from ui.answer_html import element, literal, question_html
from ui.essay_html import cell_key, picture_html
from ui.evidence_panel import answer_view, desk, evidence_panel, open_citation, opened
from ui.printable import counted, visible
from ui.report.arrangement import arrange
from ui.report.picture import picture
from ui.saved_answers import newest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers import Answer
    from bot.reader import Reader
    from corpus.essays import Essay, Question
    from corpus.settings import Settings
    from ui.saved_answers import Saved

ESSAY, QUESTION, JUST_OPENED = "essay", "essay-question", "essay-question-just-opened"
"""Where a session keeps the essay and its question that are open, and whether it was opened just now."""
TO_THE_QUESTION = """<script>
document.querySelector(".st-key-{key}")?.scrollIntoView({{ block: "start" }});
</script>"""
"""Brings the question that was opened from the picture into sight."""
NONE_YET = "None of its questions has been answered yet."
EMPTY = "The library is empty, so there is nothing to answer from yet. Add works on the page Library."


def essay_page(settings: Settings, reader: Reader, essays: Mapping[str, Essay]) -> None:
    """Draw the page."""
    import streamlit as st

    essay = _choose(essays)
    answer_all = _head(essay, reader)
    saved = _answered_anew(settings, reader, essay) if answer_all else newest(reader.library.home, essay, reader.works())
    if saved.moment:
        st.caption(f"Answers of {saved.moment} UTC")
        _picture(essay, saved, reader)
    elif reader.works():
        st.markdown(NONE_YET)
    left, beside = desk()
    with left:
        _questions(reader, essay, saved.answers)
    asked = st.session_state.get(QUESTION)
    answer = saved.answers.get(asked or "")
    if answer and (citation := opened(answer, f"essay-{asked}")):
        with beside:
            evidence_panel(reader, answer, citation)


def _choose(essays: Mapping[str, Essay]) -> Essay:
    import streamlit as st

    if len(essays) == 1:
        return next(iter(essays.values()))
    key = st.selectbox("Essay", list(essays), format_func=lambda each: essays[each].title, key=ESSAY)
    return essays[key]


def _head(essay: Essay, reader: Reader) -> bool:
    """What the essay is; true where all its questions are to be answered now."""
    import streamlit as st

    st.title(literal(essay.title), anchor=False)
    byline = " · ".join(filter(None, [essay.author, essay.date, counted(len(essay.questions), "question")]))
    st.html(element('<p class="about">{}</p>', visible(byline)))
    if not reader.works():
        st.markdown(EMPTY)
    return st.button("Answer all", key="answer-all", type="primary", disabled=not reader.works())


def _answered_anew(settings: Settings, reader: Reader, essay: Essay) -> Saved:
    """Answer every question, show how far it is, and keep the answers."""
    import streamlit as st

    from bot.essay import answer_essay
    from ui import workflows

    bar, answers = st.progress(0.0, "Answering"), []
    for question, answer in answer_essay(reader, essay, evidence=DEFAULT):
        answers.append(answer)
        bar.progress(len(answers) / len(essay.questions), literal(question.standalone))
    workflows.save_answers(settings, essay, answers)
    bar.empty()
    open_citation("", None)
    return newest(reader.library.home, essay, reader.works())


def _picture(essay: Essay, saved: Saved, reader: Reader) -> None:
    import streamlit as st

    arrangement = arrange(list(saved.answers.values()), essay, list(reader.works().values()))
    with st.expander("Which work speaks to which question", expanded=QUESTION not in st.session_state):
        st.html(picture_html(picture(arrangement)))


def _questions(reader: Reader, essay: Essay, answers: Mapping[str, Answer]) -> None:
    """The sections with their questions; the open one with its answer."""
    import streamlit as st

    for section in essay.sections:
        st.subheader(literal(section), anchor=False)
        for question in (each for each in essay.questions if each.section == section):
            is_open = st.session_state.get(QUESTION) == question.id
            _line(question, answers.get(question.id), is_open=is_open)
            if is_open:
                _answer(reader, question, answers.get(question.id))


def _line(question: Question, answer: Answer | None, *, is_open: bool) -> None:
    import streamlit as st

    state = f" · *{_state(answer)}*" if answer is None or answer.status != "answered" else ""
    st.button(
        f"{literal(question.standalone)}{state}",
        key=cell_key(question.id),
        type="secondary" if is_open else "tertiary",
        on_click=_open_question,
        args=(None if is_open else question.id,),
    )


def _state(answer: Answer | None) -> str:
    if answer is None:
        return "not answered yet"
    return {"answered": "answered", "abstained": "abstained", "error": "failed"}[answer.status]


def _answer(reader: Reader, question: Question, answer: Answer | None) -> None:
    import streamlit as st

    asked = "Implied in the essay" if question.implied else "In the essay"
    st.caption(f"{asked}: “{literal(question.asked)}”")
    if answer is None:
        st.html(question_html("Not answered yet: Answer all, or ask it on the page Ask."))
        return
    answer_view(answer, f"essay-{question.id}", reader.works())
    if st.session_state.pop(JUST_OPENED, False):
        st.html(TO_THE_QUESTION.format(key=cell_key(question.id)), unsafe_allow_javascript=True)


def _open_question(name: str | None) -> None:
    import streamlit as st

    st.session_state[QUESTION] = name
    st.session_state[JUST_OPENED] = name is not None
    open_citation("", None)
