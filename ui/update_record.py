"""What an update leaves in the home: its report, and while it runs the note that it is not done. Knows no network and no screen.

updates/<time>.json   one report each, for the app and for scripts
updates/.unfinished   what the update under way has begun to take in; the next one ends what was interrupted
update.lock           held by the one update that runs
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.changes_json import change_to_json
from corpus.errors import LibraryBusy
from corpus.home import home_error, make_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.changes import Change
    from corpus.essays import Essay
    from ingest.events import Failed

SCHEMA = 1
"""Of a report; raised when a key changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that an update took in."""

    work: str
    label: str
    title: str
    version: str
    held: str | None = None
    """The version that it replaced, where it replaced one of which that is known."""
    watch: str | None = None
    """The saved search that found it; None for a known work."""
    held_digest: str | None = None
    """Of the document that was the work's before; None where it had none."""


@dataclass(frozen=True, slots=True)
class Before:
    """The answers to one essay's questions as they were."""

    essay: str
    path: str
    """Of the saved answers, below the home."""
    evidence: int
    """How many passages each of them may rest on."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What has to be known to end an update that was interrupted."""

    begun: str
    """Names its report."""
    before: tuple[Before, ...]
    taken: tuple[Taken, ...] = ()
    """Begun to be taken in; whether it is there, the library knows."""

    def with_one(self, taken: Taken) -> Unfinished:
        """The same with one more document; of two of one work, the later in the place of the one that the earlier replaced."""
        earlier = next((each for each in self.taken if each.work == taken.work), None)
        others = tuple(each for each in self.taken if each.work != taken.work)
        if earlier is not None:
            taken = replace(taken, held=earlier.held, watch=earlier.watch, held_digest=earlier.held_digest)
        return replace(self, taken=(*others, taken))


@dataclass(frozen=True, slots=True)
class EssayChanges:
    """What became of the answers to one essay's questions."""

    essay: Essay
    before: str
    """The answers as they were, as a path below the home."""
    after: str
    changes: tuple[Change, ...]
    """One for each question."""

    @property
    def changed(self) -> tuple[Change, ...]:
        """The questions whose answers are not the same."""
        return tuple(change for change in self.changes if change.verdict != "same")


@dataclass(frozen=True, slots=True)
class Report:
    """What came in, and which answers are others now."""

    begun: str
    taken: tuple[Taken, ...]
    failed: tuple[Failed, ...]
    essays: tuple[EssayChanges, ...]
    writer: str | None = None
    """The language model that was there to write; None where none was named."""
    tokens: int = 0
    """What it read and wrote; 0 where every answer that it had written was taken over."""


def report_to_json(report: Report) -> dict[str, object]:
    """The form in which it is kept; questions whose answer is the same are only counted."""
    return {
        "schema": SCHEMA,
        "time": report.begun,
        "taken": [asdict(taken) for taken in report.taken],
        "failed": [
            {"name": failed.name, "work": failed.work, "message": failed.error.message, "remedy": failed.error.remedy}
            for failed in report.failed
        ],
        "essays": [
            {
                "essay": each.essay.key,
                "title": each.essay.title,
                "before": each.before,
                "after": each.after,
                "questions": counts(each),
                "changes": [change_to_json(change) for change in each.changed],
            }
            for each in report.essays
        ],
        "writer": report.writer,
        "tokens": report.tokens,
    }


def counts(of: EssayChanges) -> dict[str, int]:
    """How many questions fared how."""
    return {verdict: sum(change.verdict == verdict for change in of.changes) for verdict in ("changed", "same", "new", "gone")}


def save_report(home: Path, report: Report) -> Path:
    """Keep the report; one that is made twice, since its update was interrupted, is kept once."""
    path = home / "updates" / f"{report.begun}.json"
    make_folder(path.parent)
    write_file(path, json.dumps(report_to_json(report), ensure_ascii=False, indent=1).encode())
    return path


def saved_reports(home: Path) -> list[Path]:
    """Every report in the home, oldest first."""
    return sorted((home / "updates").glob("[!.]*.json"), key=lambda path: path.name)


def read_unfinished(home: Path) -> Unfinished | None:
    """What an interrupted update left; None where there was none."""
    try:
        held: dict[str, Any] = json.loads(_unfinished(home).read_bytes())
        before, taken = tuple(Before(**each) for each in held["before"]), tuple(Taken(**each) for each in held["taken"])
        return Unfinished(str(held["begun"]), before, taken)
    except (OSError, ValueError, TypeError, KeyError):
        return None  # nothing there, or nothing of ours


def note_unfinished(home: Path, unfinished: Unfinished) -> None:
    """Say what is about to be taken in, before it is."""
    make_folder(_unfinished(home).parent)
    write_file(_unfinished(home), json.dumps(asdict(unfinished), ensure_ascii=False).encode())


def drop_unfinished(home: Path) -> None:
    """The update is done."""
    with contextlib.suppress(FileNotFoundError):
        _unfinished(home).unlink()


@contextlib.contextmanager
def only_update(home: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock of updates, or raise `LibraryBusy` after `wait` seconds; others may ask and add meanwhile."""
    from filelock import FileLock, Timeout

    path = home / "update.lock"
    make_folder(home)
    lock = FileLock(path, timeout=wait, thread_local=False)
    try:
        lock.acquire(poll_interval=0.05)
    except Timeout as error:
        raise LibraryBusy(
            f"Another update is under way in {home}.",
            remedy="Let it end: it takes in what this one would have. PINCITE_WAIT says how many seconds to wait for it.",
        ) from error
    except OSError as error:
        raise home_error(error, path) from error
    try:
        yield
    finally:
        lock.release()


def _unfinished(home: Path) -> Path:
    return home / "updates" / ".unfinished"
