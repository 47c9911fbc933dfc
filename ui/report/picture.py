"""The picture of which work speaks to which question: a grid of counts. Knows no HTML and no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.works import Work
    from ui.report.arrangement import Arrangement, Entry

STEPS = (1, 2, 3, 5)
"""A dot grows where a count passes these: 1, 2, 3, 4 to 5, 6 and more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one work speaks to one question."""

    work: Work
    count: int
    """Citations of the work in the answer."""
    proven: int
    """How many of them quote an ingested document."""
    asked: bool
    """True where the essay itself cites the work beside the question."""

    @property
    def size(self) -> int:
        """0 for none, else 1 to 5."""
        return 0 if not self.count else 1 + sum(self.count > step for step in STEPS)

    @property
    def says(self) -> str:
        """The dot in words."""
        if self.count == 1:
            return "1 citation" if self.proven else "1 citation, annotation only"
        how = "" if self.proven == self.count else ", annotation only" if not self.proven else f", {self.proven} proven"
        return f"{self.count or 'no'} citations{how}"


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the grid."""

    entry: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The questions of one section."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole grid."""

    works: tuple[Work, ...]
    bands: tuple[Band, ...]
    totals: tuple[int, ...]
    """Citations of each work in all answers."""


def picture(arrangement: Arrangement) -> Picture:
    """Count citations by question and work; the columns stand in the bibliography's order."""
    works = tuple(reference.work for reference in arrangement.references)
    bands = tuple(
        Band(section.title, tuple(Line(entry, tuple(_cell(entry, work) for work in works)) for entry in section.entries))
        for section in arrangement.sections
    )
    return Picture(works, bands, tuple(reference.citations for reference in arrangement.references))


def _cell(entry: Entry, work: Work) -> Cell:
    mine = [citation for citation in entry.answer.citations if citation.work.key == work.key]
    proven = sum(citation.quote is not None for citation in mine)
    return Cell(work, len(mine), proven, bool(entry.question and work.key in entry.question.cites))
