"""What happens while works are taken in, told as it happens. Knows no screen: a bar, a status or a list reads these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.errors import PinciteError
    from corpus.works import Work


@dataclass(frozen=True, slots=True)
class Reading:
    """A file is being read."""

    name: str


@dataclass(frozen=True, slots=True)
class Fetching:
    """A work is being asked for on the network."""

    work: str
    title: str


@dataclass(frozen=True, slots=True)
class Embedding:
    """Passages of a file are being embedded."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A document is in the library, in place of any earlier one of its work."""

    work: Work
    name: str
    pages: int
    passages: int
    embedded: int
    """How many passages had to be embedded; the others were known."""
    replaced: bool
    """True where it took an earlier document's place."""
    how: str | None = None
    """How the file was matched to the work: `identifier`, `title` or `file name`; None where the work is of the file."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The very same document is there already; nothing was done."""

    work: str
    name: str


@dataclass(frozen=True, slots=True)
class AnnotationsTied:
    """A work's annotations were held against its text."""

    work: str
    proven: int
    missing: tuple[str, ...]
    """Statements whose quote was not found in exactly one place; they are not used."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A work is known by its annotations only; its own words are not here."""

    work: Work
    annotations: int
    reason: str
    """Why the work itself is not here."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file at hand was not taken in, which is no failure."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file or work that was asked for could not be taken in; the others are unaffected."""

    name: str
    error: PinciteError
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A work is out, with its documents, passages, vectors and annotations."""

    work: str
    title: str


Event = Reading | Fetching | Embedding | TakenIn | Unchanged | AnnotationsTied | Registered | LeftOut | Failed | Removed
