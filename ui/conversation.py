"""Questions and what became of each, in one person's session. Knows no page; asking is `ui.workflows`.

An answer grows in a thread of its own, so that it goes on while the person opens a citation or turns to another page:
whatever draws it waits for the next state, and may be called off at any time.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from bot.answers import Answer

_log = logging.getLogger(__name__)

STOPPED = "Stopped; what stands above is proven."


@dataclass(frozen=True, slots=True)
class Letter:
    """An error, as a person reads it."""

    message: str
    """What failed and why."""
    remedy: str
    """What to do now."""


NOTHING_YET = Letter("Stopped before anything was found.", "Ask again whenever you like.")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, and its answer or what went wrong."""

    question: str
    """As asked."""
    outcome: Answer | Letter | None = None
    """None where nothing has been found yet."""
    works: tuple[str, ...] = ()
    """Only these were asked; empty for all."""
    stopped: bool = False
    """The person called it off: the outcome is what stood by then."""
    broken: Letter | None = None
    """What went wrong after the answer had begun: the outcome is what stood by then."""


def letter_of(error: Exception) -> Letter:
    """An error as a short letter; one that nobody foresaw is named, and its trace goes to the log alone."""
    if isinstance(error, PinciteError):
        return Letter(error.message, error.remedy)
    _log.error("Unforeseen", exc_info=error)
    return Letter(
        f"Something failed that should not have ({type(error).__name__}).",
        "Ask again. If it stays, `pincite doctor` says what is amiss; the terminal that runs the app has the details.",
    )


class Growing:
    """A turn whose answer is being made. One thread makes it, any number may look at it."""

    def __init__(self, turn: Turn, place: int, states: Callable[[], Iterator[Answer]]) -> None:
        self.place = place
        """Where in the conversation it belongs."""
        self._turn = turn
        self._news = threading.Condition()
        self._came: list[float] = []
        self._ended = False
        threading.Thread(target=self._make, args=(states,), daemon=True, name="answer").start()

    @property
    def turn(self) -> Turn:
        """How it stands."""
        with self._news:
            return self._turn

    @property
    def ended(self) -> bool:
        """True once nothing more comes."""
        with self._news:
            return self._ended

    def ages(self) -> list[float]:
        """Seconds since each claim came."""
        now = time.monotonic()
        with self._news:
            return [now - then for then in self._came]

    def after(self, seen: Turn | None, patience: float) -> Turn:
        """The turn as soon as it differs from the one that was seen, or as it is when the patience is at its end."""
        with self._news:
            self._news.wait_for(lambda: self._turn is not seen or self._ended, patience)
            return self._turn

    def stop(self) -> None:
        """Call it off: what stands by now is all; the work ends at its next step."""
        with self._news:
            if not self._ended:
                self._end(replace(self._turn, outcome=self._turn.outcome or NOTHING_YET, stopped=True))

    def _make(self, states: Callable[[], Iterator[Answer]]) -> None:
        try:
            with contextlib.closing(_closable(states())) as answers:
                for answer in answers:
                    if not self._tell(answer):
                        return
        except Exception as error:
            self._fail(letter_of(error))
        with self._news:
            if not self._ended:
                self._end(self._turn)

    def _tell(self, answer: Answer) -> bool:
        """Show one more state; False where nobody wants it any more."""
        with self._news:
            if self._ended:
                return False
            self._turn = replace(self._turn, outcome=answer)
            self._came += [time.monotonic()] * (len(answer.claims) - len(self._came))
            self._news.notify_all()
            return True

    def _fail(self, letter: Letter) -> None:
        with self._news:
            if not self._ended:
                begun = self._turn.outcome is not None
                self._end(replace(self._turn, broken=letter) if begun else replace(self._turn, outcome=letter))

    def _end(self, turn: Turn) -> None:
        self._turn, self._ended = turn, True
        self._news.notify_all()


def _closable(states: Iterator[Answer]) -> Generator[Answer, None, None]:
    """The states as something that can be closed, which ends their making too."""
    yield from states  # closing this closes what it yields from
