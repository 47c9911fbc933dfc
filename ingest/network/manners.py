"""Whose turn it is to ask a host. Knows no HTTP.

arXiv wants one connection and three seconds between requests across all that a person runs. So the processes of a
home pass a lock file round: who holds it asks, writes down when it asked and how long arXiv is to be left alone, and
the next one waits for that. Whoever asks first writes that a request is under way, a time without end: if that is what
the next one finds, the process has died, nobody knows when its request arrived, and a whole pause begins. Times are
those of the system's steady clock, which all processes share and nobody can set; after a restart it begins anew, and a
time that lies ahead only means a whole pause. Any other host is left alone for a second, within this process.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.errors import Unreachable
from corpus.home import home_error, make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.network.limits import NetworkSettings

LOCK, NOTE = "arxiv.lock", "arxiv.turn"
"""The lock file of a home, and the file that says when arXiv was asked last."""
LONGEST_REST = 3600.0
"""Seconds for which a host may have us leave it alone; one that wants more is asked again after these."""


@dataclass(slots=True)
class Turn:
    """The right to make one request."""

    rest: float
    """Seconds for which the host is to be left alone afterwards; a server may ask for more."""


@dataclass(slots=True)
class _Gate:
    """One host, in this process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")


_GATES: dict[str, _Gate] = {}
_GATES_LOCK = threading.Lock()


class Manners:
    """Lets one request a host through at a time, and none too soon after the last."""

    def __init__(self, settings: NetworkSettings) -> None:
        self._settings = settings

    @contextlib.contextmanager
    def turn(self, place: str) -> Iterator[Turn]:
        """Wait for our turn to ask `place`, and hold it while the request is under way."""
        turn = Turn(self._settings.pause(place))
        with self._arxiv(place, turn) if self._settings.is_arxiv(place) else self._in_process(place, turn):
            yield turn

    def _wait(self, place: str, seconds: float, turn: Turn) -> None:
        """Let these seconds pass; one who would have to wait for too long does not ask at all."""
        if seconds > max(self._settings.longest_wait * 1.1, turn.rest):
            raise Unreachable(
                f"Not fetched: {place} wants to be left alone for another {seconds:.0f} seconds.",
                remedy="Try again after that; PINCITE_LONGEST_WAIT says how long Pincite waits by itself.",
                resting=round(seconds),
            )
        time.sleep(seconds)

    @contextlib.contextmanager
    def _in_process(self, place: str, turn: Turn) -> Iterator[None]:
        with _GATES_LOCK:
            gate = _GATES.setdefault(place, _Gate())
        with gate.lock:
            self._wait(place, max(0.0, gate.free_at - time.monotonic()), turn)
            try:
                yield
            finally:
                gate.free_at = time.monotonic() + turn.rest

    @contextlib.contextmanager
    def _arxiv(self, place: str, turn: Turn) -> Iterator[None]:
        from filelock import FileLock, Timeout

        home, longest = self._settings.home, self._settings.total_seconds + self._settings.longest_wait
        make_folder(home)
        lock = FileLock(home / LOCK, timeout=longest, thread_local=False)
        try:
            lock.acquire(poll_interval=0.05)
        except Timeout as error:
            raise Unreachable(
                f"Not fetched: another process of this home has been asking arXiv for more than {longest:g} seconds.",
                remedy="Wait until it is done, then do it again.",
            ) from error
        except OSError as error:
            raise home_error(error, home / LOCK) from error
        try:
            self._wait(place, still_to_wait(home / NOTE, turn.rest), turn)
            _write(home / NOTE, math.inf, turn.rest)  # should this process be killed now, the request counts
            try:
                yield
            finally:
                _write(home / NOTE, time.monotonic(), turn.rest)
        finally:
            lock.release()


def still_to_wait(note: Path, pause: float) -> float:
    """Seconds until arXiv may be asked again."""
    try:
        asked, rest = map(float, note.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return 0.0 if not note.exists() else pause
    if math.isnan(asked + rest):
        return pause
    rest, now = min(max(rest, pause), max(LONGEST_REST, pause)), time.monotonic()
    return pause if asked > now else max(0.0, asked + rest - now)


def _write(note: Path, asked: float, rest: float) -> None:
    try:
        note.write_text(f"{asked:.6f} {rest:.6f}\n", encoding="ascii")
    except OSError as error:
        raise home_error(error, note) from error
