"""Work that goes on while people use the app: one job at a time in each home, in a thread of its own. Knows no page.

A job is a row of steps. It says what it is doing, what came of each thing, and ends; what came of it stays to be read
until it is put away or the next job begins, on whatever page and in whatever session. Asked to stop, it is thrown
`Stop` at its next step, so that whatever it was writing is taken back whole.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corpus.errors import LibraryBusy
from ui.conversation import Letter, letter_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from ui.essay_flow import Added

State = Literal["running", "stopping", "stopped", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done now."""

    says: str
    share: float | None = None
    """How much of all is done, 0 to 1; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two kept states of an essay's answers."""

    essay: str
    before: str
    """Name of the state, as its file is called."""
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one thing."""

    says: str
    remedy: str = ""
    """What to do now, where it failed."""
    failed: bool = False
    compares: Compared | None = None
    """What can be looked at beside each other now."""
    added: Added | None = None
    """An essay that was found."""


Step = Doing | Outcome


@dataclass(frozen=True, slots=True)
class Progress:
    """A job at one moment."""

    title: str
    state: State
    begun: str
    """As `2024-04-30 12:41`, UTC."""
    doing: Doing
    outcomes: tuple[Outcome, ...] = ()
    letter: Letter | None = None
    """What ended it before its time."""

    @property
    def is_on(self) -> bool:
        """True until it has ended."""
        return self.state in ("running", "stopping")

    @property
    def failures(self) -> int:
        """How many things failed."""
        return sum(outcome.failed for outcome in self.outcomes) + (self.letter is not None)


class Stop(BaseException):
    """A person has asked the job to stop; whoever is thrown it ends soon, and takes back what is half done."""


class Job:
    """One job, from its beginning on."""

    def __init__(self, title: str, steps: Generator[Step, None, None]) -> None:
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M")
        self._progress = Progress(title, "running", now, Doing(""))
        self._steps = steps
        self._turn = threading.Lock()
        self._asked_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)
        self._thread.start()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with self._turn:
            return self._progress

    def stop(self) -> None:
        """Ask it to end at its next step."""
        with self._turn:
            if self._progress.is_on:
                self._asked_to_stop.set()
                self._progress = replace(self._progress, state="stopping")

    def wait(self, seconds: float) -> bool:
        """Wait for its end; false where it was still under way after so long."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            thrown = False
            for step in self._steps:
                self._note(step)
                if self._asked_to_stop.is_set() and not thrown:
                    thrown = True
                    self._note(self._steps.throw(Stop()))
        except (Stop, StopIteration):
            self._end("stopped")
        except Exception as error:
            self._end("failed", letter_of(error))
        else:
            self._end("stopped" if thrown else "done")

    def _note(self, step: Step) -> None:
        with self._turn:
            if isinstance(step, Doing):
                self._progress = replace(self._progress, doing=step)
            else:
                self._progress = replace(self._progress, outcomes=(*self._progress.outcomes, step))

    def _end(self, state: State, letter: Letter | None = None) -> None:
        with self._turn:
            self._progress = replace(self._progress, state=state, letter=letter)


class Jobs:
    """The jobs of this process, the latest of each home."""

    def __init__(self) -> None:
        self._latest: dict[Path, Job] = {}
        self._turn = threading.Lock()

    def start(self, home: Path, title: str, steps: Generator[Step, None, None]) -> Job:
        """Begin; raises `LibraryBusy` where a job of this home is under way."""
        with self._turn:
            earlier = self._latest.get(home.absolute())
            if earlier is not None and (progress := earlier.progress).is_on:
                steps.close()
                raise LibraryBusy(
                    f"Something else is under way here: {progress.title}, begun {progress.begun} UTC.",
                    remedy="Wait until it is done, or stop it; then do this again.",
                    home=str(home),
                )
            job = self._latest[home.absolute()] = Job(title, steps)
            return job

    def latest(self, home: Path) -> Job | None:
        """The job under way, or the last one of which the outcome was not put away."""
        with self._turn:
            return self._latest.get(home.absolute())

    def put_away(self, home: Path) -> None:
        """Forget what came of the last job; one that is under way stays."""
        with self._turn:
            job = self._latest.get(home.absolute())
            if job is not None and not job.progress.is_on:
                del self._latest[home.absolute()]


JOBS = Jobs()
"""Those of all sessions: a job outlives the page and the visit from which it was begun."""
