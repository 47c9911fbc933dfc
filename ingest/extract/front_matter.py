"""What a PDF's first page says of title, authors and year, by its layout. Knows no registry and no other page.

The title is the largest-set block near the top that is neither banner, stamp nor date, and that names follow if any do.
Authors are read between it and the abstract, conservatively: an institution must never become an author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.documents import Box
from corpus.text import SOFT_HYPHENS, compounds_in, kept_hyphens, loose, readable
from ingest.extract.byline import Piece, authors_of
from ingest.extract.dates import year_in_head, year_of_arxiv, year_of_press, year_of_stamp
from ingest.extract.identifiers import identifiers_in
from ingest.extract.lettering import RAISED, WIDE, stretches
from ingest.extract.names import read_names
from ingest.extract.own_identifiers import own_identifiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.extract.printed_lines import PrintedPage

LARGE = 1.12
"""A title is set in at least this share of the body's size, where anything is."""
NAMES_AT_MOST = 1.4
"""Authors are set in at most this share of the body's size."""
TITLE_ZONE, FOOT = 0.65, 0.85
"""Titles begin in the upper 65 % of the page; what a press prints at the foot stands below 85 %."""
MOST_LINES, LONGEST_LINE = 300, 1000
"""Lines from the top, and characters in one, that are looked at: a title block has fewer, a drawing may have any number."""
CLOSE = 0.9
"""Lines of one block stand less than this share of their size apart."""

_STOP = re.compile(
    r"\W*(?:(?:1|I)\.?\s+)?(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|(?:executive )?summary|introduction|contents|"
    r"(?:keywords|index terms)\b.*)(?:\s*[:.—–-].*)?\W*",
    re.I | re.S,
)
_BANNER = re.compile(
    r"\b(?:journal|proceedings|transactions|conference|workshop|symposium|issn|isbn|doi|vol(?:ume)?\.?\s*\d|published|preprint|"
    r"letters to|university press|technical report|arxiv:|https?:|www\.|original (?:article|paper)|research article|"
    r"review article|accepted|under review)|[©@]",
    re.I,
)
_DATED = re.compile(
    r"\W*(?:version \d|draft\b|revised\b|updated\b|first posted|[\d\W]+$|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d)",
    re.I,
)
_FUNCTION_WORDS = "the of and to in that is we for with are this by on which have can it as our from be a"
_PROSE_WORDS = frozenset(_FUNCTION_WORDS.split())
_JUNK_TITLE = re.compile(
    r"microsoft word|\.(?:docx?|tex|dvi|pdf|ps|indd|rtf)\b|^untitled|arxiv:|^\W*$|^(?:title|paper|main|abstract|preprint)$", re.I
)
_BEFORE_CAPITAL = re.compile(rf"[-\u2010{SOFT_HYPHENS}]\n(?=[A-Z])")
_NOTE_MARKS = re.compile(r"[\s∗*†‡§¶‖#]+$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a first page says of its work."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    """Full names as printed, marks off."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """Fragments of one height with no wide gap between: one column's share of a row."""

    text: str
    """With a footnote mark for each raised digit."""
    title: str
    """As printed."""
    box: Box
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands at one height of the page, from left to right."""

    cells: tuple[_Cell, ...]

    @property
    def box(self) -> Box:
        """Around all of it."""
        box = self.cells[0].box
        for cell in self.cells[1:]:
            box = box.to(cell.box)
        return box

    @property
    def size(self) -> float:
        """Of its longest cell."""
        return max(self.cells, key=lambda cell: len(cell.text)).size

    @property
    def bold(self) -> bool:
        """Of its longest cell."""
        return max(self.cells, key=lambda cell: len(cell.text)).bold

    @property
    def title(self) -> str:
        """Its words as a title has them."""
        return " ".join(" ".join(cell.title for cell in self.cells).split())


def front_matter(page: PrintedPage, body: float) -> FrontMatter:
    """Read the first page; `body` is the size of the document's running text."""
    rows = _rows(page)
    head = rows[: next((place for place, row in enumerate(rows) if _stops(row)), len(rows))]
    block = _title_block(head or rows, body, page.height)
    title = _title(block, page) if block else None
    below = rows[rows.index(block[-1]) + 1 :] if block else []
    between = _before_prose(below, body)
    authors = _authors([row for row in between if row.size <= NAMES_AT_MOST * body])
    return FrontMatter(title, authors, _year(page, head, between, body))


def chosen_title(printed: str | None, stated: str | None, first_page: str) -> str | None:
    """The printed title, or the one that the file states, where that stands on the first page, too, and fits."""
    stated = " ".join((stated or "").split())
    if not stated or _JUNK_TITLE.search(stated) or loose(stated) not in loose(readable(first_page)):
        return printed
    if printed is None:
        return stated
    if stated.isupper() and not printed.isupper():
        return printed
    same = loose(stated) == loose(printed)
    longer = len(stated.split()) > 2 and loose(printed) in loose(stated)
    return stated if same or longer else printed


def _rows(page: PrintedPage) -> list[_Row]:
    """The page's upright lines as rows, from the top."""
    upright = [line for line in page.lines if not line.turned and len(line.span) <= LONGEST_LINE]
    lines = sorted(upright, key=lambda line: (line.box.y0, line.box.x0))[:MOST_LINES]
    rows: list[list[_Cell]] = []
    for line, parts in zip(lines, stretches(page, lines), strict=True):
        cells = [
            _Cell(part.marked, part.text, Box(part.x0, line.box.y0, part.x1, line.box.y1), line.size, line.bold > 0.5)
            for part in parts
        ]
        if rows and any(_beside(line.box, other.box) for other in rows[-1]):
            rows[-1] += cells
        else:
            rows.append(cells)
    return [_Row(tuple(_joined(sorted(row, key=lambda cell: cell.box.x0)))) for row in rows if row]


def _beside(box: Box, other: Box) -> bool:
    """True where both stand at one height."""
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    return shared > 0.5 * min(box.y1 - box.y0, other.y1 - other.y0)


def _joined(cells: Sequence[_Cell]) -> list[_Cell]:
    """Cells without a wide gap between are one: the PDF's text breaks a line at a raised mark."""
    kept: list[_Cell] = []
    for cell in cells:
        before = kept[-1] if kept else None
        if before is None or cell.box.x0 - before.box.x1 > WIDE * max(cell.size, before.size):
            kept.append(cell)
            continue
        space = " " if cell.box.x0 - before.box.x1 > 0.15 * cell.size else ""
        longer = before if len(before.text) >= len(cell.text) else cell
        text, title = before.text + space + cell.text, before.title + space + cell.title
        kept[-1] = _Cell(text, title, before.box.to(cell.box), longer.size, longer.bold)
    return kept


def _stops(row: _Row) -> bool:
    return any(_STOP.fullmatch(cell.title) for cell in row.cells)


def _before_prose(rows: Sequence[_Row], body: float) -> list[_Row]:
    """The rows before abstract, first section or running text."""
    kept: list[_Row] = []
    for row in rows:
        if _stops(row) or (row.size <= LARGE * body and _is_prose(row.title)):
            break
        kept.append(row)
    return kept


def _is_prose(text: str) -> bool:
    words = [word.strip(".,;:()").lower() for word in text.split()]
    return len(words) >= 7 and sum(word in _PROSE_WORDS for word in words) >= max(2, 0.16 * len(words))


def _title_block(rows: Sequence[_Row], body: float, height: float) -> list[_Row]:
    """The rows of the title; none where no block looks like one."""
    blocks: list[list[_Row]] = []
    for row in rows:
        if row.box.y0 > TITLE_ZONE * height or not _may_be_title(row):
            continue
        last = blocks[-1][-1] if blocks else None
        if last and rows.index(last) == rows.index(row) - 1 and _one_block(last, row):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    large = [block for block in blocks if block[0].size >= LARGE * body]
    large = large or [block for block in blocks if block[0].bold and block[0].size >= 0.95 * body]
    followed = [block for block in large if _names_follow(block, rows, body)]
    best = max(followed or large, key=lambda block: block[0].size, default=[])
    if best and best[-1].title.endswith(":"):  # a subtitle goes on in another size
        best = best + next((block for block in large if rows.index(block[0]) == rows.index(best[-1]) + 1), [])
    return best


def _may_be_title(row: _Row) -> bool:
    text = row.title
    return sum(map(str.isalpha, text)) > 3 and not _BANNER.search(text) and not _DATED.match(text)


def _one_block(above: _Row, row: _Row) -> bool:
    alike = abs(above.size - row.size) < 0.06 * row.size and above.bold == row.bold
    return alike and row.box.y0 - above.box.y1 < CLOSE * row.size


def _names_follow(block: Sequence[_Row], rows: Sequence[_Row], body: float) -> bool:
    """True where names stand below, with at most one other row, or a subtitle, between."""
    above = block[-1]
    start = rows.index(above) + 1
    for row in rows[start : start + 2]:
        if row.size > NAMES_AT_MOST * body:
            if row.box.y0 - above.box.y1 > CLOSE * row.size:
                return False  # another title: the block above is a banner
        elif row.size < 0.93 * block[0].size and any(read_names(cell.text).names for cell in row.cells):
            return True
        above = row
    return False


def _title(block: Sequence[_Row], page: PrintedPage) -> str | None:
    """The block's rows as one title."""
    lines = []
    for row in block:
        text = row.title
        marked = " ".join(" ".join(cell.text for cell in row.cells).split())
        while marked.endswith(RAISED) and text and not text[-1].isspace():
            marked, text = marked[:-1].rstrip(), text[:-1].rstrip()
        lines.append(_NOTE_MARKS.sub("", text))
    joined = "\n".join(lines)
    kept = {*kept_hyphens(joined, compounds_in(page.page.text))}
    if not joined.isupper():  # a broken word does not go on with a capital, a compound may
        kept |= {hyphen.start() for hyphen in _BEFORE_CAPITAL.finditer(joined)}
    return readable(joined, kept).rstrip(".,; ") or None


def _authors(rows: Sequence[_Row]) -> tuple[str, ...]:
    """The names in the rows between title and abstract."""
    return authors_of([[Piece(cell.text, cell.box, cell.size, cell.bold) for cell in row.cells] for row in rows])


def _year(page: PrintedPage, head: Sequence[_Row], between: Sequence[_Row], body: float) -> int | None:
    """By the arXiv id, the press's own line, or a date below the authors."""
    identifiers = own_identifiers(identifiers_in(page.page.text)[0], page.page.text)
    foot = [line.text for line in page.lines if line.box.y0 > FOOT * page.height and line.size < 0.97 * body]
    edges = [row.title for row in head] + foot
    by_server = year_of_arxiv(identifiers) or year_of_stamp(line.text for line in page.lines)
    return by_server or year_of_press(edges) or year_in_head([row.title for row in between])
