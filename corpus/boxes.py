"""Character boxes of a page, packed small, and the boxes of a quote. Knows no PDF library.

A page's boxes are one row a character of its text, (x0, y0, x1, y1) in sixteenths of a PDF point, origin top left
of the page as shown, as little-endian uint16, compressed with zlib. Characters that the page does not show (line
ends) have the row 0, 0, 0, 0.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from corpus.documents import Box, Page, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNITS_PER_POINT = 16
"""1/16 point is 0.02 mm, and lets pages of up to 4,095 points fit in 16 bits."""


def pack(rows: NDArray[np.float64]) -> bytes:
    """Pack boxes of shape (characters, 4) in points."""
    units = np.clip(np.rint(rows * UNITS_PER_POINT), 0, 65535).astype("<u2")
    return zlib.compress(units.tobytes(), 6)


def unpack(packed: bytes) -> NDArray[np.float64]:
    """Boxes of shape (characters, 4), in points."""
    units = np.frombuffer(zlib.decompress(packed), dtype="<u2").reshape(-1, 4)
    return units.astype(np.float64) / UNITS_PER_POINT


def boxes_of(page: Page, span: Span) -> tuple[Box, ...]:
    """The boxes of a span, one a line; none where the page has no layout."""
    if page.boxes is None:
        return ()
    lines: list[Box] = []
    for x0, y0, x1, y1 in unpack(page.boxes)[span.start : span.end].tolist():
        if x1 <= x0 or y1 <= y0:
            continue
        box = Box(x0, y0, x1, y1)
        if lines and _same_line(lines[-1], box):
            lines[-1] = lines[-1].to(box)
        else:
            lines.append(box)
    return tuple(lines)


def _same_line(line: Box, box: Box) -> bool:
    """True where a character goes on to the right on the same line, raised or lowered marks included."""
    shared = min(line.y1, box.y1) - max(line.y0, box.y0)
    return shared > 0.4 * min(line.y1 - line.y0, box.y1 - box.y0) and box.x0 >= line.x0 - 1
