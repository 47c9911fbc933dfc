"""Pictures of a document's pages with words highlighted. Knows no library, no answer and no screen.

Boxes are `corpus.documents.Box`: points, origin top left of the page as shown. A highlight is multiplied over the
page, so that black words stay black. PDFium is not made for threads, so one page is drawn at a time. Only documents
that were taken in are drawn: reading them has happened in a process of its own, under limits, and went well.
"""

from __future__ import annotations

import contextlib
import io
import math
import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.documents import Box
from corpus.errors import DamagedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

PDF = "application/pdf"
HIGHLIGHT = (255, 226, 132)
"""A calm yellow."""
REACH = 1.5
"""Points by which a highlight goes beyond its words."""
SHARP = 2.0
"""Pixels a point for a screen of high density."""
MARGIN = (14.0, 22.0)
"""Points that a crop shows beside its words, and above and below them."""
LEAST = 230.0
"""Points that a crop is wide at least, so that words of one line do not fill it."""
LARGEST = 3000
"""Pixels that a side of a picture has at most, whatever the page measures."""

_turn = threading.Lock()


def page_count(content: bytes) -> int:
    """How many pages a PDF has; raises `DamagedDocument`."""
    with _turn, _opened(content) as pdf:
        return len(pdf)


def page_png(content: bytes, page_index: int, boxes: Sequence[Box] = (), *, scale: float = SHARP) -> bytes:
    """The page as PNG, `scale` pixels a point, with the boxes highlighted; raises `DamagedDocument`."""
    image, drawn, corner = _drawn(content, page_index, scale)
    return _written(_highlighted(image, boxes, drawn, corner), "PNG", compress_level=3)


def crop_webp(content: bytes, page_index: int, boxes: Sequence[Box], *, scale: float = SHARP, quality: int = 55) -> bytes:
    """The part of the page around the boxes, highlighted, as WebP; the whole page where there are none."""
    return _written(_crop(content, page_index, boxes, scale), "WEBP", quality=quality, method=4)


def crop_png(content: bytes, page_index: int, boxes: Sequence[Box], *, scale: float = SHARP) -> bytes:
    """The same as PNG."""
    return _written(_crop(content, page_index, boxes, scale), "PNG", compress_level=6)


def _crop(content: bytes, page_index: int, boxes: Sequence[Box], scale: float) -> Image:
    image, drawn, corner = _drawn(content, page_index, scale, _bounds(boxes))
    return _highlighted(image, boxes, drawn, corner)


def _bounds(boxes: Sequence[Box]) -> Box | None:
    """What a crop shows: the boxes with a margin, perhaps beyond the page."""
    if not boxes:
        return None
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.to(box)
    beside = max(MARGIN[0], (LEAST - (whole.x1 - whole.x0)) / 2)
    return Box(whole.x0 - beside, whole.y0 - MARGIN[1], whole.x1 + beside, whole.y1 + MARGIN[1])


def _drawn(content: bytes, page_index: int, scale: float, bounds: Box | None = None) -> tuple[Image, float, tuple[int, int]]:
    """The page or the part inside the bounds, the pixels a point that it was drawn with, and its corner on the page in pixels."""
    import pypdfium2

    with _turn, _opened(content) as pdf:
        try:
            page = pdf[page_index]
            width, height = page.get_size()
            scale = min(scale, LARGEST / max(1.0, width, height))
            cut = (0.0, 0.0, 0.0, 0.0)
            if bounds:
                cut = (bounds.x0, height - bounds.y1, width - bounds.x1, bounds.y0)
            left, bottom, right, top = (max(0.0, side) for side in cut)
            picture = page.render(scale=scale, crop=(left, bottom, right, top), may_draw_forms=False).to_pil()
            # A copy: the picture must not point into PDFium's memory once the document is closed.
            image = picture.convert("RGB").copy()
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise _damaged(f"page {page_index + 1} cannot be drawn: {error}") from error
    return image, scale, (math.ceil(left * scale), math.ceil(top * scale))


@contextlib.contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    """The PDF, closed again when the caller has gone on."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _damaged(str(error)) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _damaged(why: str) -> DamagedDocument:
    return DamagedDocument(f"The page cannot be shown: {why}.", remedy="Take the work in again: pincite add SOURCE.")


def _highlighted(image: Image, boxes: Sequence[Box], scale: float, corner: tuple[int, int]) -> Image:
    """The picture with the colour multiplied over each box once, where boxes overlap too."""
    import PIL.Image

    if not boxes:
        return image
    pixels = np.array(image)
    marked = np.zeros(pixels.shape[:2], dtype=bool)
    for box in boxes:
        left, right = (max(0, round(edge * scale) - corner[0]) for edge in (box.x0 - REACH, box.x1 + REACH))
        top, bottom = (max(0, round(edge * scale) - corner[1]) for edge in (box.y0 - REACH, box.y1 + REACH))
        marked[top:bottom, left:right] = True
    tint = np.array(HIGHLIGHT, dtype=np.uint16)
    pixels[marked] = (pixels[marked].astype(np.uint16) * tint // 255).astype(np.uint8)
    return PIL.Image.fromarray(pixels)


def _written(image: Image, form: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
