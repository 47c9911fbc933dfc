"""Takes what a slow source gives, piece by piece, and no longer than until a deadline. Knows no model.

The source runs in a thread of its own, since a silent server or a busy model cannot be interrupted from within.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

T = TypeVar("T")
AHEAD = 1000
"""Pieces that the source may be ahead of who takes them."""
LOOK = 0.2
"""Seconds after which a source that is ahead looks whether anybody still waits."""


class _Ended(Generic[T]):
    """What stands behind the last piece: nothing, or why there is no more."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error


def pieces(start: Callable[[], Iterator[T]], deadline: float) -> Generator[T, None, None]:
    """What the source gives; raises its exception, or `TimeoutError` at the deadline (of `time.monotonic`).

    Where the caller leaves early, the source is closed at its next piece.
    """
    given: queue.Queue[T | _Ended[T]] = queue.Queue(AHEAD)
    left = threading.Event()
    threading.Thread(target=_run, args=(start, given, left), daemon=True, name="language model").start()
    try:
        while True:
            try:
                piece = given.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(piece, _Ended):
                if piece.error is not None:
                    raise piece.error
                return
            yield piece
    finally:
        left.set()


def _run(start: Callable[[], Iterator[T]], given: queue.Queue[T | _Ended[T]], left: threading.Event) -> None:
    """Give everything, and then the end."""
    source: Iterator[T] | None = None
    error: Exception | None = None
    try:
        source = start()
        for piece in source:
            if not _put(given, piece, left):
                break
    except Exception as raised:
        error = raised
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            with contextlib.suppress(Exception):
                close()
    _put(given, _Ended(error), left)


def _put(given: queue.Queue[T | _Ended[T]], piece: T | _Ended[T], left: threading.Event) -> bool:
    """False where nobody waits any more."""
    while not left.is_set():
        with contextlib.suppress(queue.Full):
            given.put(piece, timeout=LOOK)
            return True
    return False
