"""A slow source is waited for until a deadline, and no longer."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from bot.language.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator


def soon() -> float:
    return time.monotonic() + 20


def test_everything_comes_in_order() -> None:
    assert list(pieces(lambda: iter(range(3000)), soon())) == list(range(3000))


def test_an_exception_comes_behind_what_came_before_it() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise KeyError("lamp")

    given = pieces(source, soon())
    assert next(given) == 1
    with pytest.raises(KeyError, match="lamp"):
        next(given)


def test_a_source_that_cannot_even_begin_says_so() -> None:
    def source() -> Iterator[int]:
        raise KeyError("lamp")

    with pytest.raises(KeyError, match="lamp"):
        next(pieces(source, soon()))


def test_silence_ends_at_the_deadline() -> None:
    over = threading.Event()

    def source() -> Iterator[int]:
        yield 1
        over.wait(30)
        yield 2

    given = pieces(source, time.monotonic() + 0.3)
    assert next(given) == 1
    with pytest.raises(TimeoutError):
        next(given)
    over.set()


def test_a_source_that_nobody_listens_to_any_more_is_closed() -> None:
    closed = threading.Event()

    def source() -> Iterator[int]:
        try:
            number = 0
            while True:
                number += 1
                yield number
        finally:
            closed.set()

    given = pieces(source, soon())
    assert next(given) == 1
    given.close()
    assert closed.wait(10)
