"""Lines of a printed page with their looks. Knows PDFium's rows, not what a line means."""

from __future__ import annotations

import base64
import itertools
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.boxes import UNITS_PER_POINT, unpack
from corpus.documents import Box, Page, Span
from corpus.text import SOFT_HYPHENS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

BOLD, MATH, TURNED, SIGNS = 1, 2, 4, 8
"""Flag bits that `ingest.extract.pdf` writes."""

SUPERSCRIPT = 0.82
"""A letter or digit below this share of its line's height is raised, lowered or otherwise not running text."""

RAISED = 0.05
"""Share of its line's height by which a character on the base line may miss it. Of 559,000 characters of running text in ten
papers, plain ones miss it by at most 0.03, all that is raised or lowered by 0.15 and more."""

WIDEST_SPACE = 1.45
"""Between two words of one line, in heights of its characters; justified text stays below 1.4, and what stands beside a label
begins at 1.47 (both measured)."""

_PLAIN = re.compile(r"[A-Za-z0-9]")
_ACCENTS = "ˆ˜¯¨´˚¸˘˙˝˛ˇ"
"""Characters of their own, which the page shows above a letter and the text beside it."""
_ACCENTED = re.compile(rf"(?:[^\W\d_]|[{_ACCENTS}])+")
_SHORTEST_NAME = 3
"""Letters; a reader knows `Schr¨oder` for a name, and cannot tell what `ˆy` is."""
_CITATION_PLUS = re.compile(r"(?<=[A-Za-z])\+(?=\d\d)")
"""A raised plus in a citation's key (`[KLM+31]`) adds nothing to anything."""
_THOUSANDS = re.compile(r"(?<=\d),\s(?=\d{3}(?!\d))")
THIN_SPACE = 0.22
"""In heights of a line's characters: TeX's comma within formulas has 0.19 behind it, and PDFium gives a space, so that a
number reads as two (`60, 000`); between two numbers of running text there is 0.3 and more."""
_MATH_POINTS = ",.;:/<>()[]"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line and how it looks."""

    page: int
    """Position of its page."""
    span: Span
    text: str
    """Its raw characters."""
    box: Box
    size: float
    """Median height of its characters, in points."""
    bold: float
    """Share of its characters that are bold, 0 to 1."""
    math: float
    """Share of its characters set in a mathematical font."""
    turned: bool
    """True where it does not run from left to right."""
    odd: tuple[Span, ...]
    """Characters of a mathematical font or another size, which tell formulas and footnote marks."""
    misread: tuple[Span, ...] = ()
    """Characters of which the text does not say what the page shows: raised and lowered ones, letters that stand for signs,
    accents beside their letters, and what stands behind a gap."""
    run_in: Span | None = None
    """Bold words at its head that something else, with a capital, follows."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page with its lines in the order of the file's content."""

    page: Page
    lines: tuple[PrintedLine, ...]
    width: float
    height: float
    """Of the page as shown, in points."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """How each character of a page looks; lengths in points."""

    boxes: NDArray[np.float64]
    sizes: NDArray[np.float64]
    bases: NDArray[np.float64]
    """How far below the page's top its base line is."""
    flags: NDArray[Any]


def printed_page(row: Mapping[str, Any], position: int) -> PrintedPage:
    """Read one of the child's page rows."""
    packed = base64.b64decode(row["boxes"]) if "boxes" in row else None
    page = Page(position, row["text"], number=row["number"], label=row.get("label"), boxes=packed)
    if packed is None:
        return PrintedPage(page, (), 0, 0)
    boxes = unpack(packed)
    sizes = _array(row["sizes"], "<u2").astype(np.float64) / UNITS_PER_POINT
    bases = _array(row["bases"], "<u2").astype(np.float64) / UNITS_PER_POINT
    looks = _Looks(boxes, sizes, bases, _array(row["flags"], "u1"))
    lines = [
        line
        for start, end in _line_ranges(page.text, boxes)
        if (line := _line(page, position, Span(start, end), looks)) is not None
    ]
    width, height = row["size"]
    return PrintedPage(page, tuple(lines), width, height)


def _array(text: str, dtype: str) -> NDArray[Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=dtype)


def _line_ranges(text: str, boxes: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Half-open ranges of the lines. PDFium writes a line end as CR LF, but none behind a hyphen that it takes for
    a soft one; there, and where text jumps without a line end, the boxes show the break."""
    ranges: list[tuple[int, int]] = []
    start, last = 0, -1
    for index, letter in enumerate(text):
        if letter in "\r\n":
            if index > start:
                ranges.append((start, index))
            start, last = index + 1, -1
            continue
        if boxes[index, 2] <= boxes[index, 0] or letter == " ":
            continue
        if last >= 0 and _jumps(boxes[last], boxes[index]) and index > start:
            ranges.append((start, index))
            start = index
        last = index
    if len(text) > start:
        ranges.append((start, len(text)))
    return ranges


def _jumps(before: NDArray[np.float64], after: NDArray[np.float64]) -> bool:
    """True where the next character stands wholly below or above and to the left: another line."""
    below, above = after[1] >= before[3] - 1, after[3] <= before[1] + 1
    return bool((below or above) and after[0] < before[0])


def _line(page: Page, position: int, span: Span, looks: _Looks) -> PrintedLine | None:
    """One line with its looks; None where nothing on it is shown."""
    text = span.of(page.text)
    lead = len(text) - len(text.lstrip())
    span = Span(span.start + lead, span.start + len(text.rstrip()))
    boxes = looks.boxes
    shown = [i for i in range(span.start, span.end) if boxes[i, 2] > boxes[i, 0] and page.text[i] != " "]
    if not shown:
        return None
    area, marks, sizes = boxes[shown], looks.flags[shown], looks.sizes[shown]
    size = float(np.median(sizes))
    other = (sizes < SUPERSCRIPT * size) & [bool(_PLAIN.match(page.text[i])) for i in shown]
    odd = [i for i, small in zip(shown, other, strict=True) if small or looks.flags[i] & MATH or page.text[i] == "\ufffd"]
    raised = np.abs(_raised_by(area[:, 0], looks.bases[shown])) > RAISED * size
    misread = {i for i, off in zip(shown, raised, strict=True) if off or not _is_plain(page.text[i], looks.flags[i])}
    misread |= set(_split_numbers(page.text, span, boxes, size))
    misread |= {span.start + place for place in _lone_accents(span.of(page.text))}
    misread -= {match.start() for match in _CITATION_PLUS.finditer(page.text, span.start, span.end)}
    behind = _behind_gaps(shown, boxes, size)
    return PrintedLine(
        page=position,
        span=span,
        text=span.of(page.text),
        box=Box(area[:, 0].min(), area[:, 1].min(), area[:, 2].max(), area[:, 3].max()),
        size=size,
        bold=float(np.mean((marks & BOLD) > 0)),
        math=float(np.mean((marks & MATH) > 0)),
        turned=bool(np.mean((marks & TURNED) > 0) > 0.5),
        odd=_joined(page.text, {*odd, *behind}),
        misread=_joined(page.text, {*misread, *behind}),
        run_in=_run_in(page.text, shown, marks),
    )


def _raised_by(x: NDArray[np.float64], bases: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each character of a line is below its base line, in points; the base line of a scan may rise or fall."""
    half = len(x) // 2
    run = x[half : 2 * half] - x[:half]
    slope = float(np.median((bases[half : 2 * half] - bases[:half])[run > 0] / run[run > 0])) if (run > 0).any() else 0.0
    level = bases - slope * x
    return level - np.median(level)


def _is_plain(letter: str, flags: int) -> bool:
    """True where a character on the base line is what the page shows there: a letter of a mathematical font is, and a sign
    that is Unicode's own, but a letter of a font of signs is not, unless it is Greek."""
    if letter == "\ufffd":
        return False
    if flags & SIGNS:
        return not letter.isascii() and (not letter.isalnum() or "\u0370" <= letter <= "\u03ff")
    return not flags & MATH or letter.isalnum() or not letter.isascii() or letter in _MATH_POINTS


def _run_in(text: str, shown: list[int], marks: NDArray[Any]) -> Span | None:
    """The bold words at a line's head, signs between them included; None where a word of the same sentence follows
    (`**Tides** rise twice a day`)."""
    upright = np.flatnonzero((marks & (BOLD | MATH)) == 0)
    if not len(upright) or upright[0] == 0 or not marks[0] & BOLD or not marks[upright[0] - 1] & BOLD:
        return None
    start, end = shown[0], shown[int(upright[0]) - 1] + 1
    if not text[start : start + 2].lstrip("(")[:1].isupper() or not text[end].isspace() or text[end - 1] in ",;":
        return None
    return Span(start, end) if text[shown[int(upright[0])]].isupper() else None


def _behind_gaps(shown: list[int], boxes: NDArray[np.float64], size: float) -> list[int]:
    """Characters behind a gap that no word space has: the next cell of a table, or the text beside a label."""
    return [after for before, after in itertools.pairwise(shown) if boxes[after, 0] - boxes[before, 2] > WIDEST_SPACE * size]


def _lone_accents(text: str) -> Iterator[int]:
    """Places of the accents that stand beside one letter or two."""
    for match in _ACCENTED.finditer(text):
        if sum(letter not in _ACCENTS for letter in match[0]) < _SHORTEST_NAME:
            yield from (match.start() + place for place, letter in enumerate(match[0]) if letter in _ACCENTS)


def _split_numbers(text: str, span: Span, boxes: NDArray[np.float64], size: float) -> Iterator[int]:
    """Places of the digits behind a comma and a space that the page does not show."""
    for match in _THOUSANDS.finditer(text, span.start, span.end):
        if boxes[match.end(), 0] - boxes[match.start(), 2] < THIN_SPACE * size:
            yield match.end()


def _joined(text: str, places: Collection[int]) -> tuple[Span, ...]:
    """Runs of neighbouring places as spans; a hyphen at a line's end is none of them."""
    spans: list[Span] = []
    for place in sorted(place for place in places if text[place] not in SOFT_HYPHENS):
        if spans and spans[-1].end == place:
            spans[-1] = Span(spans[-1].start, place + 1)
        else:
            spans.append(Span(place, place + 1))
    return tuple(spans)
