"""A turn that grows: seen state by state, called off, broken off, and never in anybody's way."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.answers import Answer
from corpus.errors import QuestionError
from tests.ui.sample import ANSWERS
from ui.conversation import NOTHING_YET, Growing, Letter, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0
WHOLE = next(answer for answer in ANSWERS if len(answer.claims) > 2)
STATES = [replace(WHOLE, claims=WHOLE.claims[:count]) for count in range(1, len(WHOLE.claims) + 1)]


class Slow:
    """States that come when they are let, and what became of their making."""

    def __init__(self) -> None:
        self.let = threading.Semaphore(0)
        self.closed = threading.Event()

    def states(self) -> Iterator[Answer]:
        """One state for each time that it is let."""
        try:
            for state in STATES:
                self.let.acquire(timeout=PATIENCE)
                yield state
        finally:
            self.closed.set()


def grow(slow: Slow) -> Growing:
    return Growing(Turn("Why?"), 0, slow.states)


def seen(growing: Growing, count: int) -> Turn:
    """The turn once it has so many claims."""
    turn: Turn | None = None
    for _ in range(100):
        turn = growing.after(turn, PATIENCE)
        if isinstance(turn.outcome, Answer) and len(turn.outcome.claims) >= count:
            return turn
    raise AssertionError("it does not grow")


def test_every_state_can_be_seen_and_the_last_is_the_answer() -> None:
    slow = Slow()
    growing = grow(slow)
    assert growing.turn.outcome is None
    for count, state in enumerate(STATES, start=1):
        slow.let.release()
        assert seen(growing, count).outcome == state
        assert len(growing.ages()) == count
    last = growing.turn
    while not growing.ended:
        growing.after(last, PATIENCE)
    assert growing.turn == Turn("Why?", WHOLE)


def test_whoever_waits_in_vain_gets_what_is_there() -> None:
    slow = Slow()
    growing = grow(slow)
    turn = growing.turn
    assert growing.after(turn, 0.01) is turn
    growing.stop()


def test_stopping_keeps_what_stands_and_ends_the_work() -> None:
    slow = Slow()
    growing = grow(slow)
    slow.let.release()
    seen(growing, 1)
    growing.stop()
    assert growing.ended
    assert growing.turn == Turn("Why?", STATES[0], stopped=True)
    slow.let.release()
    assert slow.closed.wait(PATIENCE), "the generator is closed at its next step"
    assert growing.turn == Turn("Why?", STATES[0], stopped=True)
    assert not slow.let.acquire(blocking=False)


def test_stopping_before_the_first_state_says_so() -> None:
    growing = grow(Slow())
    growing.stop()
    growing.stop()
    assert growing.turn.outcome is NOTHING_YET


def test_stopping_what_is_whole_changes_nothing() -> None:
    growing = Growing(Turn("Why?"), 0, lambda: iter(STATES))
    while not growing.ended:
        growing.after(growing.turn, PATIENCE)
    growing.stop()
    assert growing.turn == Turn("Why?", WHOLE)


@pytest.mark.parametrize("begun", [0, 2])
def test_an_error_is_a_letter_and_what_stood_before_stays(begun: int) -> None:
    def states() -> Iterator[Answer]:
        yield from STATES[:begun]
        raise QuestionError("The lamp went out.", remedy="Light it again.")

    growing = Growing(Turn("Why?"), 0, states)
    while not growing.ended:
        growing.after(growing.turn, PATIENCE)
    letter = Letter("The lamp went out.", "Light it again.")
    expected = Turn("Why?", STATES[begun - 1], broken=letter) if begun else Turn("Why?", letter)
    assert growing.turn == expected
