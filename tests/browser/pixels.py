"""What colour a place of a page has on the screen."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from playwright.sync_api import Page

    from corpus.documents import Box


@dataclass(frozen=True)
class Shown:
    """A page of a document as it stands on the screen."""

    pixels: NDArray[np.uint8]
    """Of the screen, shape (height, width, 3)."""
    left: float
    """Where the page begins, in pixels of the screen; it may be out of sight."""
    top: float
    scale: float
    """Pixels a point."""
    window: tuple[float, float, float, float]
    """The part of the screen in which it is seen: left, top, right, bottom."""

    def seen(self, box: Box) -> NDArray[np.uint8]:
        """The pixels of what can be seen of a box, shape (n, m, 3); perhaps none."""
        left, top, right, bottom = self.window
        x0, x1 = (min(max(self.left + x * self.scale, left), right) for x in (box.x0, box.x1))
        y0, y1 = (min(max(self.top + y * self.scale, top), bottom) for y in (box.y0, box.y1))
        return self.pixels[round(y0) : round(y1), round(x0) : round(x1)]


def shown(page: Page, width: float) -> Shown:
    """The picture of the page that is open; `width` is the document's page's, in points."""
    from PIL import Image

    place = page.locator(".page-view img").bounding_box()
    view = page.locator(".page-view").bounding_box()
    size = page.evaluate("[innerWidth, innerHeight, devicePixelRatio]")
    assert place is not None
    assert view is not None
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    dense = float(size[2])
    window = (
        max(0.0, view["x"]) * dense,
        max(0.0, view["y"]) * dense,
        min(size[0], view["x"] + view["width"]) * dense,
        min(size[1], view["y"] + view["height"]) * dense,
    )
    return Shown(pixels, place["x"] * dense, place["y"] * dense, place["width"] / width * dense, window)


def yellow(pixels: NDArray[np.uint8]) -> float:
    """The share that is highlighted, 0 to 1."""
    red, green, blue = (pixels[..., channel].astype(int) for channel in range(3))
    return float(((red > 225) & (green > 190) & (blue < 190)).mean()) if pixels.size else 0.0


def dark(pixels: NDArray[np.uint8]) -> float:
    """The share that is ink, 0 to 1."""
    return float((pixels.max(axis=-1) < 130).mean()) if pixels.size else 0.0


def seen_of(page: Shown, boxes: Iterable[Box]) -> NDArray[np.uint8]:
    """The pixels of all boxes in a row, shape (n, 3)."""
    return np.concatenate([page.seen(box).reshape(-1, 3) for box in boxes])
