"""Character boxes: packed and unpacked, and the boxes of a quote."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.boxes import UNITS_PER_POINT, boxes_of, pack, unpack
from corpus.documents import Box, Page, Span

WIDTH, HEIGHT, LEADING = 5.0, 10.0, 12.0


def typeset(text: str, left: float = 72.0, top: float = 100.0) -> np.ndarray:
    """One row a character, in lines as `text` breaks them; spaces have a box, line ends have none."""
    rows, column, line = [], 0, 0
    for letter in text:
        if letter == "\n":
            rows.append((0.0, 0.0, 0.0, 0.0))
            column, line = 0, line + 1
            continue
        x, y = left + column * WIDTH, top + line * LEADING
        rows.append((x, y, x + WIDTH, y + HEIGHT))
        column += 1
    return np.array(rows)


def page(text: str) -> Page:
    return Page(0, text, boxes=pack(typeset(text)))


@given(arrays(np.float64, st.tuples(st.integers(0, 40), st.just(4)), elements=st.floats(0, 4000)))
def test_boxes_survive_packing_to_a_thirty_second_of_a_point(rows: np.ndarray) -> None:
    read = unpack(pack(rows))
    assert read.shape == rows.shape
    assert np.all(np.abs(read - rows) <= 0.5 / UNITS_PER_POINT)
    assert np.array_equal(unpack(pack(read)), read)


def test_boxes_beyond_what_can_be_packed_stop_at_the_edge() -> None:
    assert unpack(pack(np.array([[-3.0, -0.1, 5000.0, 10.0]]))).tolist() == [[0.0, 0.0, 65535 / UNITS_PER_POINT, 10.0]]


def test_a_page_without_layout_has_no_boxes() -> None:
    assert boxes_of(Page(0, "The tide"), Span(0, 8)) == ()


def test_a_quote_on_one_line_has_one_box() -> None:
    assert boxes_of(page("The tide rises"), Span(4, 8)) == (Box(92, 100, 112, 110),)


def test_a_quote_over_lines_has_one_box_a_line() -> None:
    text = "The tide\nrises at\ndawn."
    assert boxes_of(page(text), Span(4, len(text))) == (
        Box(92, 100, 112, 110),
        Box(72, 112, 112, 122),
        Box(72, 124, 97, 134),
    )


def test_a_line_that_begins_right_of_the_quotes_first_word_is_its_own() -> None:
    text = "The tide\n   rises"
    assert len(boxes_of(page(text), Span(0, len(text)))) == 2


def test_what_the_page_does_not_show_has_no_box() -> None:
    assert boxes_of(page("The\ntide"), Span(3, 4)) == ()
    assert boxes_of(page("The tide"), Span(3, 3)) == ()


@pytest.mark.parametrize("shift", [-4.0, 4.0], ids=["raised", "lowered"])
def test_raised_and_lowered_marks_belong_to_their_line(shift: float) -> None:
    rows = typeset("tide2 rises")
    rows[4] += (0, shift, -2, shift)
    (box,) = boxes_of(Page(0, "tide2 rises", boxes=pack(rows)), Span(0, 11))
    assert box == Box(72, min(100, 100 + shift), 127, max(110, 110 + shift))


def test_a_second_column_is_a_line_of_its_own() -> None:
    text = "at the end\nof a column"
    rows = np.concatenate([typeset("at the end\n", 72, 700), typeset("of a column", 320, 100)])
    assert boxes_of(Page(0, text, boxes=pack(rows)), Span(7, 13)) == (Box(107, 700, 122, 710), Box(320, 100, 330, 110))


def test_a_left_turn_on_the_same_height_begins_another_box() -> None:
    rows = np.concatenate([typeset("right", 320, 100), typeset("left", 72, 100)])
    assert boxes_of(Page(0, "rightleft", boxes=pack(rows)), Span(0, 9)) == (Box(320, 100, 345, 110), Box(72, 100, 92, 110))
