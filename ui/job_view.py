"""What goes on in the background: how far it is, a button that stops it, and what came of it. Knows how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from corpus.errors import PinciteError
from ui.answer_html import element, literal
from ui.conversation import letter_of
from ui.essay_review import essay_review
from ui.jobs import JOBS
from ui.letter_view import show_letter
from ui.navigation import AFTER, BEFORE, ESSAY, link
from ui.printable import counted, visible

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from ui.conversation import Letter
    from ui.jobs import Outcome, Progress, Step

EVERY = 0.7
"""Seconds between two looks at a job that is under way; only its own part of the page is drawn anew."""
REFUSED = "refused"
"""Where a session keeps the letter that says why a job could not begin."""
_ENDED = {"done": "Done", "stopped": "Stopped", "failed": "Ended before its time"}


def begin(home: Path, title: str, steps: Generator[Step, None, None], *, wait: float = 0.0) -> bool:
    """Begin a job, and give it some seconds to end at once; false where another is under way, which the page then says."""
    import streamlit as st

    try:
        JOBS.start(home, title, steps).wait(wait)
    except PinciteError as error:
        st.session_state[REFUSED] = letter_of(error)
        return False
    return True


def is_busy(home: Path) -> bool:
    """True while a job of this home is under way."""
    job = JOBS.latest(home)
    return job is not None and job.progress.is_on


def job_view(home: Path) -> None:
    """The job of this home: followed while it goes on, told when it has ended."""
    import streamlit as st

    with st.container(key="job-slot"):  # there even where it is empty, so that what stands below keeps its place
        refused: Letter | None = st.session_state.pop(REFUSED, None)
        if refused is not None:
            show_letter(refused)
        if is_busy(home):
            st.fragment(_follow, run_every=EVERY)(home)
        elif (job := JOBS.latest(home)) is not None:
            _ended(home, job.progress)


def _follow(home: Path) -> None:
    import streamlit as st

    job = JOBS.latest(home)
    if job is None or not (progress := job.progress).is_on:
        st.rerun()  # the whole page: what has come in is to be seen everywhere
    with st.container(key="job"):
        with st.container(horizontal=True, vertical_alignment="center", key="job-head"):
            st.html(element('<p class="job-title">{}</p>', visible(progress.title)))
            stopping = progress.state == "stopping"
            st.button("Stopping" if stopping else "Stop", key="stop-job", on_click=job.stop, disabled=stopping)
        says = literal(progress.doing.says or "beginning")
        st.progress(min(1.0, max(0.0, progress.doing.share or 0.0)), says)
        _outcomes(progress)
        st.caption("It goes on while you read, ask and turn to other pages.")


def _ended(home: Path, progress: Progress) -> None:
    import streamlit as st

    with st.container(key="job"):
        with st.container(horizontal=True, vertical_alignment="center", key="job-head"):
            failed = f", {counted(progress.failures, 'failure')}" if progress.failures else ""
            st.html(
                element('<p class="job-title">{} <span>{}{}</span></p>', visible(progress.title), _ENDED[progress.state], failed)
            )
            st.button("Put away", key="put-away", type="tertiary", on_click=JOBS.put_away, args=(home,))
        _outcomes(progress)
        if progress.letter is not None:
            show_letter(progress.letter)
        for outcome in progress.outcomes:
            _leads_on(outcome)


def _outcomes(progress: Progress) -> None:
    """What came of each thing, in the order in which it came."""
    import streamlit as st

    if progress.outcomes:
        st.html(element('<div role="status"><ul class="outcomes">{}</ul></div>', Markup("").join(map(_line, progress.outcomes))))


def _line(outcome: Outcome) -> Markup:
    remedy = element("<br>{}", visible(outcome.remedy)) if outcome.remedy else ""
    kind = Markup(' class="failed"') if outcome.failed else ""
    return element("<li{}>{}{}</li>", kind, visible(outcome.says), remedy)


def _leads_on(outcome: Outcome) -> None:
    """What there is to look at now."""
    if outcome.compares is not None:
        it = outcome.compares
        link("changes", "What changed", **{ESSAY: it.essay, BEFORE: it.before, AFTER: it.after})
    if outcome.added is not None:
        essay_review(outcome.added)
