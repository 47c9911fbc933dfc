"""The essay's page: which work speaks to which question, and each question with its answer. Knows how things look.

Answers are those that the home keeps; answering anew is a job (`ui.jobs`), keeping them `ui.workflows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evidence import DEFAULT
from ui import job_steps
from ui.answer_html import element, literal, model_html, question_html
from ui.essay_choice import fitting
from ui.essay_form import essay_form
from ui.essay_html import DOTS, cell_key, dots, picture_html
from ui.evidence_panel import answer_view, desk, evidence_panel, open_citation, opened
from ui.job_view import begin, is_busy, job_view
from ui.letter_view import letters
from ui.navigation import AFTER, BEFORE, link
from ui.navigation import ESSAY as ADDRESS
from ui.navigation import QUESTION as LINKED
from ui.printable import counted, visible
from ui.report.arrangement import arrange
from ui.report.picture import picture
from ui.report_view import report_view
from ui.saved_answers import newest
from ui.visits import changed_since, note_seen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.answers import Answer
    from bot.reader import Reader
    from bot.write import Writer
    from corpus.essays import Essay, Question
    from corpus.settings import Settings
    from ui.saved_answers import Saved

ESSAY, QUESTION, JUST_OPENED = "essay", "essay-question", "essay-question-just-opened"
"""Where a session keeps the essay and its question that are open, and whether it was opened just now."""
DOT, NEWS, SHOWN, FOLLOWED = "dots", "essay-news", "essay-shown", "essay-followed"
"""Where it keeps the dot that was pressed, the state that the open question was seen in before, the state that is shown,
and the address that was followed last."""
TO_THE_QUESTION = """<script>
document.querySelector(".st-key-{key}")?.scrollIntoView({{ block: "start" }});
</script>"""
"""Brings the question that was opened from the picture into sight."""
NONE_YET = "None of its questions has been answered yet."
EMPTY = "The library is empty, so there is nothing to answer from yet. Add works on the page Library."
CHANGED = "changed since your last visit"


def essay_page(settings: Settings, reader: Reader, essays: Mapping[str, Essay], *, writer: Writer | None = None) -> None:
    """Draw the page; `writer` is the language model's, where one is named."""
    import streamlit as st

    essay = _choose(essays, reader.works())
    st.title(literal(essay.title), anchor=False)
    byline = " · ".join(filter(None, [essay.author, essay.date, counted(len(essay.questions), "question")]))
    st.html(element('<p class="about">{}</p>', visible(byline)))
    job_view(settings.home)
    with letters():
        saved = newest(reader.library.home, essay, reader.works())
        changed = changed_since(reader.library.home, essay, saved)
        _start_anew(essay, saved)
        _actions(settings, reader, essay, saved, changed, writer)
        if saved.state:
            st.caption(_standing(essay, saved, changed))
            _picture(essay, saved, reader)
        else:
            st.markdown(NONE_YET if reader.works() else EMPTY)
        left, beside = desk()
        with left:
            _questions(reader, essay, saved, changed)
        asked = st.session_state.get(QUESTION)
        answer = saved.answers.get(asked or "")
        if answer and (citation := opened(answer, f"essay-{asked}")):
            with beside:
                evidence_panel(reader, answer, citation)
    _write_address(essay)


def _choose(essays: Mapping[str, Essay], works: Collection[str]) -> Essay:
    """The essay that the address names, or the one that is chosen."""
    import streamlit as st

    linked = st.query_params.get(ADDRESS), st.query_params.get(LINKED)
    if linked != st.session_state.get(FOLLOWED):
        st.session_state[FOLLOWED] = linked
        if linked[0] in essays:
            st.session_state[ESSAY] = linked[0]
        if linked[1] is not None:
            _open_question(linked[1])
    if len(essays) == 1:
        return next(iter(essays.values()))
    if st.session_state.get(ESSAY) not in essays:
        st.session_state[ESSAY] = fitting(essays, works)
    st.session_state[ESSAY] = st.session_state[ESSAY]  # what is chosen stays so on the way to another page
    titles = {key: visible(essay.title) for key, essay in essays.items()}
    key = st.selectbox("Essay", list(essays), format_func=titles.__getitem__, key=ESSAY, on_change=_open_question, args=(None,))
    return essays[key or fitting(essays, works)]


def _write_address(essay: Essay) -> None:
    """The address names the essay and the open question, so that it can be given to others."""
    import streamlit as st

    question: str | None = st.session_state.get(QUESTION)
    if question is None:
        st.query_params.pop(LINKED, None)
    elif st.query_params.get(LINKED) != question:
        st.query_params.update({ADDRESS: essay.key, LINKED: question})
    if ADDRESS in st.query_params and st.query_params[ADDRESS] != essay.key:
        st.query_params[ADDRESS] = essay.key
    st.session_state[FOLLOWED] = st.query_params.get(ADDRESS), st.query_params.get(LINKED)


def _start_anew(essay: Essay, saved: Saved) -> None:
    """Close what is open where other answers are shown than before: its number may now be another citation's."""
    import streamlit as st

    if st.session_state.get(QUESTION) not in {question.id for question in essay.questions}:
        st.session_state[QUESTION] = None
    of = (essay.key, saved.state)
    if st.session_state.get(SHOWN, of) != of:
        open_citation("", None)
        st.session_state.pop(NEWS, None)
    st.session_state[SHOWN] = of


def _actions(
    settings: Settings, reader: Reader, essay: Essay, saved: Saved, changed: Mapping[str, str], writer: Writer | None
) -> None:
    """What can be done with the essay as a whole."""
    import streamlit as st

    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="essay-actions"):
        st.button(
            "Answer all",
            key="answer-all",
            type="primary" if len(saved.answers) < len(essay.questions) else "secondary",
            disabled=not reader.works() or is_busy(settings.home),
            on_click=_answer_all,
            args=(settings, reader, essay, saved, writer),
        )
        if saved.state:
            report_view(reader, essay, saved)
        if changed:
            seen = (reader.library.home, essay.key, saved.state, list(saved.answers))
            st.button("Mark all as seen", key="all-seen", type="tertiary", on_click=note_seen, args=seen)
        essay_form(settings)
    if writer is not None:
        st.html(model_html(writer.name))


def _answer_all(settings: Settings, reader: Reader, essay: Essay, earlier: Saved, writer: Writer | None) -> None:
    begin(
        settings.home,
        f"Answering “{essay.title}”",
        job_steps.answering(settings, reader, essay, earlier, evidence=DEFAULT, writer=writer),
    )


def _standing(essay: Essay, saved: Saved, changed: Mapping[str, str]) -> str:
    """How the questions stand, in a line."""
    missing = len(essay.questions) - len(saved.answers)
    parts = [job_steps.fared(answer.status for answer in saved.answers.values())]
    parts += [f"{missing} not answered yet"] if missing else []
    parts += [f"{len(changed)} {CHANGED}"] if changed else []
    return f"{', '.join(filter(None, parts))} · answers of {saved.moment}"


def _picture(essay: Essay, saved: Saved, reader: Reader) -> None:
    import streamlit as st

    grid = picture(arrange(list(saved.answers.values()), essay, list(reader.works().values())))
    with st.expander("Which work speaks to which question", expanded=st.session_state.get(QUESTION) is None):
        st.html(picture_html(grid))
        st.html(DOTS, unsafe_allow_javascript=True)
        places = [f"{question} {work}" for question, work in dots(grid)]
        if places:  # one button a dot, out of sight: the table's own buttons press them
            st.pills(
                "Dots", places, key=DOT, on_change=_open_dot, args=(dict(zip(places, dots(grid), strict=True)), saved.answers)
            )


def _questions(reader: Reader, essay: Essay, saved: Saved, changed: Mapping[str, str]) -> None:
    """The sections with their questions; the open one with its answer."""
    import streamlit as st

    asked: str | None = st.session_state.get(QUESTION)
    if (
        asked is not None and asked in changed
    ):  # opened, and so seen from now on; what it was before is kept as long as it is open
        st.session_state[NEWS] = (asked, changed[asked])
        note_seen(reader.library.home, essay.key, saved.state, [asked])
    for section in essay.sections:
        st.subheader(literal(section), anchor=False)
        with st.container(gap="xxsmall"):
            for question in (each for each in essay.questions if each.section == section):
                is_open = asked == question.id
                _line(question, saved.answers.get(question.id), is_open=is_open, is_changed=question.id in changed)
                if is_open:
                    _answer(reader, essay, question, saved)


def _line(question: Question, answer: Answer | None, *, is_open: bool, is_changed: bool) -> None:
    import streamlit as st

    mark = f" :primary-badge[{CHANGED}]" if is_changed else ""
    st.button(
        f"{literal(question.standalone)} :small[:gray[·\u00a0{_state(answer)}]]{mark}",
        key=cell_key(question.id),
        type="secondary" if is_open else "tertiary",
        on_click=_open_question,
        args=(None if is_open else question.id,),
    )


def _state(answer: Answer | None) -> str:
    if answer is None:
        return "not answered yet"
    return {"answered": "answered", "abstained": "abstained", "error": "failed"}[answer.status]


def _answer(reader: Reader, essay: Essay, question: Question, saved: Saved) -> None:
    import streamlit as st

    asked, answer = "Implied in the essay" if question.implied else "In the essay", saved.answers.get(question.id)
    st.caption(f"{asked}: “{literal(question.asked)}”")
    if answer is None:
        st.html(question_html("Not answered yet: Answer all, or ask it on the page Ask."))
        return
    news: tuple[str, str] | None = st.session_state.get(NEWS)
    if news is not None and news[0] == question.id:
        link("changes", "See what changed since your last visit", **{ADDRESS: essay.key, BEFORE: news[1], AFTER: saved.state})
    answer_view(answer, f"essay-{question.id}", reader.works())
    if st.session_state.pop(JUST_OPENED, False):
        st.html(TO_THE_QUESTION.format(key=cell_key(question.id)), unsafe_allow_javascript=True)


def _open_question(name: str | None) -> None:
    import streamlit as st

    st.session_state[QUESTION] = name
    st.session_state[JUST_OPENED] = name is not None
    st.session_state.pop(NEWS, None)
    open_citation("", None)


def _open_dot(places: Mapping[str, tuple[str, str]], answers: Mapping[str, Answer]) -> None:
    """Open the question of the dot that was pressed, and in its answer the first citation of the dot's work."""
    import streamlit as st

    pressed = st.session_state[DOT]
    st.session_state[DOT] = None  # so that it can be pressed again
    if pressed in places:
        question, work = places[pressed]
        _open_question(question)
        first = next((citation.number for citation in answers[question].citations if citation.work.key == work), None)
        open_citation(f"essay-{question}", first)
