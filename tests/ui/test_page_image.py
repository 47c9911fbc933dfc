"""Pictures of pages, drawn from our own paper and looked at pixel by pixel."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from corpus.boxes import boxes_of
from corpus.documents import Box
from corpus.errors import DamagedDocument
from corpus.proof import ProvenText
from ingest.extract import Limits, extract
from tests.paper.build_paper import build
from ui.page_image import LARGEST, REACH, crop_png, crop_webp, page_count, page_png

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.documents import Page

SCALE = 2.0


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return build(tmp_path_factory.mktemp("pictures") / "paper.pdf").path.read_bytes()


@pytest.fixture(scope="module")
def page(content: bytes) -> Page:
    return extract(content, "paper.pdf", limits=Limits())[1].pages[2]


@pytest.fixture(scope="module")
def boxes(page: Page) -> tuple[Box, ...]:
    """Those of some words of the third page."""
    words = " ".join(page.text.split()[40:60])
    (span,) = ProvenText(page.text).find(words)
    found = boxes_of(page, span)
    assert len(found) > 1, "words that run over a line's end"
    return found


def pixels(picture: bytes) -> NDArray[np.uint8]:
    return np.array(PIL.Image.open(io.BytesIO(picture)).convert("RGB"))


def inside(boxes: tuple[Box, ...], shape: tuple[int, ...], reach: float) -> NDArray[np.bool_]:
    mask = np.zeros(shape[:2], dtype=bool)
    for box in boxes:
        top, bottom, left, right = box.y0 - reach, box.y1 + reach, box.x0 - reach, box.x1 + reach
        mask[round(top * SCALE) : round(bottom * SCALE), round(left * SCALE) : round(right * SCALE)] = True
    return mask


def test_the_words_are_highlighted_and_nothing_else_is_changed(content: bytes, boxes: tuple[Box, ...]) -> None:
    plain, marked = pixels(page_png(content, 2, scale=SCALE)), pixels(page_png(content, 2, boxes, scale=SCALE))
    assert plain.shape == marked.shape
    changed = (plain != marked).any(axis=2)
    within = inside(boxes, plain.shape, 0)
    paper = (plain == 255).all(axis=2)
    assert changed[within & paper].all(), "all the paper between the words"
    assert not changed[~inside(boxes, plain.shape, REACH + 1)].any()


def test_highlighted_words_stay_as_dark_as_they_were(content: bytes, boxes: tuple[Box, ...]) -> None:
    plain, marked = pixels(page_png(content, 2, scale=SCALE)), pixels(page_png(content, 2, boxes, scale=SCALE))
    ink = inside(boxes, plain.shape, 0) & (plain.max(axis=2) < 60)
    assert ink.sum() > 50
    assert (marked[ink] <= plain[ink]).all()
    paper = inside(boxes, plain.shape, 0) & (plain == 255).all(axis=2)
    assert marked[paper].mean() > 180, "a light tint, on which ink can be read"


def test_overlapping_boxes_are_tinted_once(content: bytes, boxes: tuple[Box, ...]) -> None:
    assert page_png(content, 2, boxes) == page_png(content, 2, (*boxes, *boxes))


def test_a_crop_is_that_part_of_the_highlighted_page(content: bytes, boxes: tuple[Box, ...]) -> None:
    whole, crop = pixels(page_png(content, 2, boxes, scale=SCALE)), pixels(crop_png(content, 2, boxes, scale=SCALE))
    assert crop.shape[0] < whole.shape[0] / 2
    rows, columns = crop.shape[:2]
    at = [
        (top, left)
        for top in range(whole.shape[0] - rows + 1)
        for left in range(whole.shape[1] - columns + 1)
        if (whole[top, left : left + columns] == crop[0]).all() and (whole[top : top + rows, left : left + columns] == crop).all()
    ]
    assert at, "the crop's pixels are the page's"


def test_a_crop_at_the_pages_edge_stays_on_the_page(content: bytes) -> None:
    corner = (Box(0, 0, 30, 10),)
    whole, crop = pixels(page_png(content, 2, corner)), pixels(crop_png(content, 2, corner))
    assert (whole[: crop.shape[0], : crop.shape[1]] == crop).all()


def test_a_crop_for_a_report_is_small(content: bytes, boxes: tuple[Box, ...]) -> None:
    webp = crop_webp(content, 2, boxes)
    assert webp[:4] == b"RIFF"
    assert len(webp) < 60_000
    assert pixels(webp).shape == pixels(crop_png(content, 2, boxes)).shape


def test_scale_is_pixels_a_point(content: bytes) -> None:
    one, two = pixels(page_png(content, 0, scale=1)), pixels(page_png(content, 0, scale=2))
    assert abs(two.shape[0] - 2 * one.shape[0]) <= 1
    assert max(pixels(page_png(content, 0, scale=500)).shape) <= LARGEST + 1


def test_pages_are_counted(content: bytes) -> None:
    assert page_count(content) == 5


@pytest.mark.parametrize("index", [5, 99, -99])
def test_a_page_that_is_not_there_is_an_error_of_ours(content: bytes, index: int) -> None:
    with pytest.raises(DamagedDocument) as caught:
        page_png(content, index)
    assert caught.value.remedy


def test_bytes_that_are_no_pdf_are_an_error_of_ours() -> None:
    with pytest.raises(DamagedDocument):
        page_png(b"no PDF at all", 0)
    with pytest.raises(DamagedDocument):
        page_count(b"%PDF-1.7 torn")


def test_threads_draw_in_turn_and_get_the_same_picture(content: bytes, boxes: tuple[Box, ...]) -> None:
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(page_png(content, 2, boxes))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [drawn[0]] * 8
