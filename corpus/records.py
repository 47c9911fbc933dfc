"""What the library gives out beside works, documents and passages. Knows no SQL and no place on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.documents import Document, Span
    from corpus.works import Work

State = Literal["full text", "annotation only", "failed"]
Op = Literal["put", "drop"]
Kind = Literal["passage", "annotation"]
Outcome = Literal["taken in", "failed", "removed"]


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A work and how much of it is here."""

    work: Work
    state: State
    message: str | None
    """Why it failed; None where it did not."""
    document: Document | None
    """The current one."""
    pages: int
    passages: int
    annotations: int
    added: str
    """ISO time of its first arrival."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A statement about a work in plain words, with the text fragment that finds its quote."""

    id: str
    """16 hex digits: see `annotation_id`."""
    work: str
    """Key of the work it is about."""
    statement: str
    page: int | None
    """1-based page of the file, where the annotator names one."""
    part: int | None
    """1-based part of an untimed transcript."""
    section: str | None
    start: str
    """First words of the quote that carries it."""
    end: str
    """Last words of that quote; empty where `start` is the whole of it."""
    writer: str = "reviewed"
    """`reviewed` for ours, else the name of the model that wrote it."""
    checked: bool = False
    """True where a second reader agreed that the quote carries the statement."""
    bears_on: tuple[str, ...] = ()
    """Questions of essays that its annotator and a second reader found it to bear on, as `essay/question`."""
    leads: tuple[str, ...] = ()
    """Of these, the questions on which it is the first thing to say of its work."""

    @property
    def text_digest(self) -> str:
        """Names the vectors of its statement."""
        return hashlib.sha256(self.statement.encode()).hexdigest()[:32]


def annotation_id(work: str, statement: str, start: str, end: str) -> str:
    """16 hex digits from the work, the statement and the text fragment."""
    return hashlib.sha256("\n".join((work, statement, start, end)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Tie:
    """The proven place of an annotation's quote."""

    annotation: str
    """Id of the annotation."""
    document: str
    """Digest."""
    position: int
    """Position of the page in the document."""
    span: Span
    passage: str | None
    """Id of the passage that it overlaps most."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal that the index follows."""

    generation: int
    op: Op
    kind: Kind
    id: str
    work: str
    """Key of the work it belongs to."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one document, and how it was read."""

    digest: str
    work: str
    name: str
    """File name as ingested."""
    origin: str
    """Path or URL it came from."""
    media_type: str
    recipe: str
    """Which extractor, splitter and embedder took it in; another recipe means doing it again."""
    outcome: Outcome
    message: str | None
    """Why it failed."""
    time: str
    """ISO time; empty for now."""
