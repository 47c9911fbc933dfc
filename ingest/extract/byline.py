"""The authors among the lines between a title and an abstract. Knows no page beyond these lines.

Names and affiliations may look alike, so they are told apart by where they stand: names are all set in one way, what
stands right below a name in its column is that author's affiliation, and what stands twice is no person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.extract.names import Reading, mended, read_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.documents import Box

MOST = 1000
"""Authors of one work; the longest lists in print have some thousands, and nobody reads on."""
TIGHT = 0.8
"""Lines with less than this share of their size between them belong together."""
FLUSH = 3.0
"""Points by which the lines of a column may miss each other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One column's share of a row, and how it is set."""

    text: str
    """Wide gaps as tabs."""
    box: Box
    size: float
    bold: bool


@dataclass(slots=True)
class _Cell:
    """A piece with what was read in it."""

    piece: Piece
    reading: Reading
    above: _Cell | None = None
    """What stands right above it in its column."""
    below: _Cell | None = None
    """What stands right below it."""
    names: tuple[str, ...] = ()
    """Those that were found to be authors."""

    @property
    def lone(self) -> bool:
        """True for one name and nothing beside it."""
        return len(self.reading.names) == 1 and not self.reading.marked

    @property
    def in_column(self) -> bool:
        """True where it is set flush with, or centred on, what stands above it."""
        if self.above is None:
            return False
        box, other = self.piece.box, self.above.piece.box
        return abs(box.x0 - other.x0) < FLUSH or abs(box.x0 + box.x1 - other.x0 - other.x1) < 2 * FLUSH


def authors_of(rows: Sequence[Sequence[Piece]]) -> tuple[str, ...]:
    """The authors, in the order of the page."""
    cells = _placed(_mended(rows))
    twice = Counter(name.lower() for row in cells for cell in row for name in cell.reading.names)
    style: Piece | None = None
    found: list[str] = []
    for row in cells:
        columns = len(row) > 1 and all(cell.in_column for cell in row)
        for cell in row:
            names = tuple(name for name in cell.reading.names if twice[name.lower()] == 1)
            if not names or (style and not _alike(cell.piece, style)) or _belongs_to_above(cell, columns):
                continue
            cell.names = names
            style = style or cell.piece
            found += names
    return tuple(found[:MOST])


def _mended(rows: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The rows with names that a line end breaks put together again."""
    whole = [list(row) for row in rows if row]
    for row, following in pairwise(whole):
        above, below = row[-1], following[0]
        if _alike(above, below) and below.box.y0 - above.box.y1 < TIGHT * above.size:
            texts = mended(above.text, below.text)
            row[-1], following[0] = replace(above, text=texts[0]), replace(below, text=texts[1])
    return whole


def _placed(rows: Sequence[Sequence[Piece]]) -> list[list[_Cell]]:
    """The pieces read, each with its neighbours in its column."""
    cells = [[_Cell(piece, read_names(piece.text)) for piece in row] for row in rows]
    for upper, lower in pairwise(cells):
        for cell in lower:
            box = cell.piece.box
            over = [
                one
                for one in upper
                if min(one.piece.box.x1, box.x1) > max(one.piece.box.x0, box.x0)
                and box.y0 - one.piece.box.y1 < TIGHT * cell.piece.size
            ]
            if over:
                cell.above = over[0]
                over[0].below = cell
    return cells


def _alike(piece: Piece, style: Piece) -> bool:
    return abs(piece.size - style.size) < 0.07 * style.size and piece.bold == style.bold


def _belongs_to_above(cell: _Cell, columns: bool) -> bool:
    """True where a piece that looks like a name is the affiliation of the one above it, or goes on with it."""
    above = cell.above
    if above is None or above.reading.address or not _alike(above.piece, cell.piece):
        return False
    below = cell.below.reading if cell.below else None
    if not above.names:
        # Names and institutions may alternate, line by line.
        return not (above.reading.affiliation and below is not None and below.affiliation)
    if not (cell.lone and above.lone):
        return False
    # Two lone names, one right below the other: two authors only where an institution follows them.
    return columns or below is None or below.address or not below.affiliation
