"""What an extractor hands on: pages, their lines, and what the file says of itself.

Knows no file format, no sentence and no storage. Spans count in the text of the page on which the line stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.documents import Page, Span

LineKind = Literal["prose", "heading", "caption", "footnote", "table", "code", "matter"]
"""What a line is to a reader; `matter` is not searched: references, acknowledgements, navigation, reader's notes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page as it stands there; blank lines are not listed, and mark a paragraph's end by their gap."""

    span: Span
    """In the page's text, without its line end."""
    level: int | None = None
    """From 1 for a heading that the file itself marks; None for running text, or where no level is stated."""
    kind: LineKind = "prose"
    paragraph: bool = False
    """True where the layout shows that a paragraph begins here."""
    odd: tuple[Span, ...] = ()
    """Characters in it of which the text does not say what the page shows; a sentence that holds one is not quoted."""
    run_in: Span | None = None
    """A title set in bold at the head of its paragraph, without a full stop of its own; the sentence begins behind it."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document taken apart, before anything is tidied or split."""

    pages: tuple[Page, ...]
    lines: tuple[tuple[Line, ...], ...]
    """The lines of each page, in reading order; as long as `pages`."""
    title: str | None = None
    """Its title, as its first page prints it or the file names it."""
    identifiers: tuple[str, ...] = ()
    """arXiv ids and DOIs printed on its first page, an arXiv stamp first: `arXiv:1709.08568v2`, `10.1000/182`."""
    version: str | None = None
    """`v2`, where an arXiv stamp or the file states it."""
    timed: bool = False
    """True where pages carry the times of a talk."""
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read."""
    authors: tuple[str, ...] = ()
    """Full names as printed, in order; none where the first page does not tell them from affiliations."""
    year: int | None = None
    """The year in which the work appeared, as far as the first page says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may cost before reading it is given up."""

    seconds: float = 120
    """Wall-clock and CPU time for a document read in a child process."""
    memory_mb: int = 2048
    """Address space of that process, in MiB."""
    characters: int = 20_000_000
    """Text that a document may yield."""
    bytes: int = 200_000_000
    """Size of the file."""
