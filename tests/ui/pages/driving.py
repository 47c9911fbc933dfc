"""Visiting the app: pages, buttons, and the end of what goes on in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.essay import answer_essay
from corpus.settings import Settings
from ui import wiring, workflows
from ui.jobs import JOBS

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from corpus.essays import Essay
    from ui.jobs import Progress

LONG = 60.0


def texts(app: AppTest) -> list[str]:
    """What stands on the page as Markdown, and its small print."""
    return [piece.value for piece in (*app.markdown, *app.caption)]


def submit(app: AppTest, label: str) -> AppTest:
    """Click the button of a form."""
    return next(button for button in app.button if button.label == label).click().run()


def ended(home: Path) -> Progress:
    """How the job of this home ended; waits for it."""
    job = JOBS.latest(home)
    assert job is not None, "no job was begun"
    assert job.wait(LONG), "it does not end"
    return job.progress


def answered(home: Path, essay: Essay) -> str:
    """Answer an essay as the command line does; the name of the state that is kept."""
    settings = Settings.load({"PINCITE_THRESHOLD": "0"}, home=home)
    reader, _ = wiring.make_reader(settings)
    answers = [answer for _, answer in answer_essay(reader, essay, evidence=10)]
    return workflows.save_answers(settings, essay, answers).stem
