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
    from collections.abc import Mapping

    from numpy.typing import NDArray

BOLD, MATH, TURNED = 1, 2, 4
"""Flag bits that `ingest.extract.pdf` writes."""

SUPERSCRIPT = 0.82
"""A letter or digit below this share of its line's height is raised, lowered or otherwise not running text."""

WIDEST_SPACE = 1.5
"""Between two words of one line, in heights of its characters; justified text stays below 1 (measured)."""

_PLAIN = re.compile(r"[A-Za-z0-9]")


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
    """Formula and superscript characters."""
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


def printed_page(row: Mapping[str, Any], position: int) -> PrintedPage:
    """Read one of the child's page rows."""
    packed = base64.b64decode(row["boxes"]) if "boxes" in row else None
    page = Page(position, row["text"], number=row["number"], label=row.get("label"), boxes=packed)
    if packed is None:
        return PrintedPage(page, (), 0, 0)
    boxes = unpack(packed)
    sizes = _array(row["sizes"], "<u2").astype(np.float64) / UNITS_PER_POINT
    flags = _array(row["flags"], "u1")
    lines = [
        line
        for start, end in _line_ranges(page.text, boxes)
        if (line := _line(page, position, Span(start, end), boxes, sizes, flags)) is not None
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


def _line(
    page: Page, position: int, span: Span, boxes: NDArray[np.float64], sizes: NDArray[np.float64], flags: NDArray[Any]
) -> PrintedLine | None:
    """One line with its looks; None where nothing on it is shown."""
    text = span.of(page.text)
    lead = len(text) - len(text.lstrip())
    span = Span(span.start + lead, span.start + len(text.rstrip()))
    shown = [i for i in range(span.start, span.end) if boxes[i, 2] > boxes[i, 0] and page.text[i] != " "]
    if not shown:
        return None
    area, marks = boxes[shown], flags[shown]
    size = float(np.median(sizes[shown]))
    odd = [
        i
        for i in shown
        if flags[i] & MATH or page.text[i] == "\ufffd" or (sizes[i] < SUPERSCRIPT * size and _PLAIN.match(page.text[i]))
    ]
    odd = sorted({i for i in odd if page.text[i] not in SOFT_HYPHENS} | set(_behind_gaps(shown, boxes, size)))
    return PrintedLine(
        page=position,
        span=span,
        text=span.of(page.text),
        box=Box(area[:, 0].min(), area[:, 1].min(), area[:, 2].max(), area[:, 3].max()),
        size=size,
        bold=float(np.mean((marks & BOLD) > 0)),
        math=float(np.mean((marks & MATH) > 0)),
        turned=bool(np.mean((marks & TURNED) > 0) > 0.5),
        odd=tuple(_joined(odd)),
        run_in=_run_in(page.text, shown, marks),
    )


def _run_in(text: str, shown: list[int], marks: NDArray[Any]) -> Span | None:
    """The bold words at a line's head; None where a word of the same sentence follows (`**Tides** rise twice a day`)."""
    upright = np.flatnonzero((marks & BOLD) == 0)
    if not len(upright) or upright[0] == 0:
        return None
    start, end = shown[0], shown[int(upright[0]) - 1] + 1
    if not text[start].isupper() or not text[end].isspace() or text[end - 1] in ",;":
        return None
    return Span(start, end) if text[shown[int(upright[0])]].isupper() else None


def _behind_gaps(shown: list[int], boxes: NDArray[np.float64], size: float) -> list[int]:
    """Characters behind a gap that no word space has: the next cell of a table, or the text beside a label."""
    return [after for before, after in itertools.pairwise(shown) if boxes[after, 0] - boxes[before, 2] > WIDEST_SPACE * size]


def _joined(places: list[int]) -> list[Span]:
    """Runs of neighbouring places as spans."""
    spans: list[Span] = []
    for place in places:
        if spans and spans[-1].end == place:
            spans[-1] = Span(spans[-1].start, place + 1)
        else:
            spans.append(Span(place, place + 1))
    return spans
