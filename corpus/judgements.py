"""What people said of answers: good or bad, with a note, in one file of the home. Knows no answer, no question and no screen.

`judgements.jsonl` only grows: each line is one judgement, and a later one on the same answer replaces the earlier. A line
that a crash has cut off is passed over, and what follows begins on a line of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import HomeError
from corpus.home import home_error, writers_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SCHEMA = 1
Verdict = Literal["good", "bad", "none"]


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """One citation of the answer that was judged."""

    work: str
    """The work's key."""
    page: int | None
    time: float | None
    quote: str
    """Verbatim."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person said of one answer."""

    moment: str
    """When, in UTC."""
    question: str
    """As asked."""
    query: str
    """What was searched."""
    works: tuple[str, ...]
    """Only these were asked; empty for all."""
    verdict: Verdict
    """`none` where it was taken back."""
    answered: bool
    """False where the answer was an abstention."""
    digest: str
    """Of the answer, so that another answer to the same question is judged anew."""
    composer: str
    """`library`, or the language model that wrote the answer."""
    not_held: bool = False
    """The person says that the works do not hold the answer."""
    note: str = ""
    """In the person's words."""
    citations: tuple[CitedQuote, ...] = ()

    @property
    def id(self) -> str:
        """The same for every judgement of this answer to this question."""
        return judgement_id(self.question, self.works, self.digest)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the home keeps."""

    judgements: tuple[Judgement, ...]
    """The standing one of each answer, oldest first."""
    unread: int = 0
    """Lines that hold no judgement."""


def judgements_file(home: Path) -> Path:
    """Where they are kept."""
    return home / "judgements.jsonl"


def judgement_id(question: str, works: Iterable[str], digest: str) -> str:
    """Names an answer to a question, asked of these works."""
    return hashlib.sha256(json.dumps([question, sorted(works), digest]).encode()).hexdigest()[:12]


def keep_judgement(home: Path, judgement: Judgement, *, wait: float = 0.0) -> None:
    """Append a judgement, which replaces an earlier one of the same answer; raises `HomeError`."""
    path = judgements_file(home)
    line = json.dumps({"schema": SCHEMA, "id": judgement.id, **asdict(judgement)}, ensure_ascii=False)
    with writers_lock(home, wait=wait):
        try:
            with path.open("ab+") as file:
                whole = file.seek(0, os.SEEK_END) == 0 or (file.seek(-1, os.SEEK_END), file.read(1))[1] == b"\n"
                # In one write: what a crash leaves is one line cut short, and the next writer begins a new one.
                file.write((b"" if whole else b"\n") + line.encode("utf-8", "replace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise home_error(error, path) from error


def judgements(home: Path) -> Judged:
    """What people said, the last word on each answer; raises `HomeError` where the file cannot be read."""
    path = judgements_file(home)
    try:
        state = path.stat()
    except FileNotFoundError:
        return Judged(())
    except OSError as error:
        raise _unreadable(path, error) from error
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Judged:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise _unreadable(path, error) from error
    standing: dict[str, Judgement] = {}
    unread = 0
    for line in filter(None, lines):
        judgement = _judgement(line)
        if judgement is None:
            unread += 1
            continue
        standing.pop(judgement.id, None)  # so that it stands at the place of its last word
        if judgement.verdict != "none":
            standing[judgement.id] = judgement
    return Judged(tuple(standing.values()), unread)


def _judgement(line: bytes) -> Judgement | None:
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        row: dict[str, Any] = json.loads(line)
        cited = [CitedQuote(str(each["work"]), each["page"], each["time"], str(each["quote"])) for each in row["citations"]]
        verdict = row["verdict"]
        texts = [str(row[name]) for name in ("moment", "question", "query", "digest", "composer", "note")]
        if verdict in ("good", "bad", "none"):
            moment, question, query, digest, composer, note = texts
            works, answered, not_held = tuple(map(str, row["works"])), bool(row["answered"]), bool(row["not_held"])
            return Judgement(moment, question, query, works, verdict, answered, digest, composer, not_held, note, tuple(cited))
    return None


def _unreadable(path: Path, error: OSError) -> HomeError:
    return HomeError(
        f"{path} cannot be read: {error.strerror or error}.", remedy="Change its permissions, or move it away.", path=str(path)
    )
