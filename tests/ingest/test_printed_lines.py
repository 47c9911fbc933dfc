"""Which characters of a printed line read as the page shows them."""

from __future__ import annotations

import io
import json

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.extract.pdf import write_pages
from ingest.extract.printed_lines import PrintedLine, printed_page
from tests.paper.press import BOLD, ROMAN, cast_type

Piece = tuple[str, str, float, float]
"""Words, their font, its size, and how far they are raised, in points."""


def printed(*pieces: Piece) -> PrintedLine:
    """The one line of a page on which the pieces follow one another."""
    cast_type()
    out, page = io.BytesIO(), io.StringIO()
    canvas = Canvas(out, pagesize=(600, 200))
    text = canvas.beginText(50, 100)
    for words, font, size, rise in pieces:
        text.setFont(font, size)
        text.setRise(rise)
        text.textOut(words)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    write_pages(out.getvalue(), page)
    [line] = printed_page(json.loads(page.getvalue().splitlines()[1]), 0).lines
    return line


def misread(*pieces: Piece) -> list[str]:
    """What the text of the line does not say as the page shows it."""
    line = printed(*pieces)
    return [line.text[span.start - line.span.start : span.end - line.span.start] for span in line.misread]


def test_small_capitals_stand_on_the_base_line_and_read_as_printed() -> None:
    assert misread(("We lit L", ROMAN, 10, 0), ("ANTERN", ROMAN, 7.5, 0), ("-1 at nine in the evening.", ROMAN, 10, 0)) == []


@pytest.mark.parametrize(("size", "rise"), [(7, 2.5), (7, -1.5), (10, 2)])
def test_what_is_raised_or_lowered_does_not(size: float, rise: float) -> None:
    assert misread(("The lamps need 10", ROMAN, 10, 0), ("5", ROMAN, size, rise), (" drops of oil.", ROMAN, 10, 0)) == ["5"]


def test_a_letter_and_a_sign_of_a_mathematical_font_on_the_base_line_read_as_printed() -> None:
    line = (("The share ", ROMAN, 10, 0), ("α ≥ β", "Symbol", 10, 0), (" is that of the oil.", ROMAN, 10, 0))
    assert misread(*line) == []
    assert printed(*line).odd


def test_the_base_line_of_a_scan_may_rise() -> None:
    words = "The keeper counts the lanterns in the evening and writes it down.".split()
    assert misread(*[(f"{word} ", ROMAN, 10, 0.4 * place) for place, word in enumerate(words)]) == []


def test_an_accent_beside_a_lone_letter_is_misread_and_one_in_a_name_is_not() -> None:
    assert misread(("The lamp ˆy was lit by Schr¨oder.", ROMAN, 10, 0)) == ["ˆ"]


def test_a_raised_plus_in_the_key_of_a_citation_is_read_over() -> None:
    assert misread(("It burns [KLM", ROMAN, 10, 0), ("+", ROMAN, 7, 2.5), ("31].", ROMAN, 10, 0)) == []
    assert misread(("The ion Na", ROMAN, 10, 0), ("+", ROMAN, 7, 2.5), (" is small.", ROMAN, 10, 0)) == ["+"]


def test_a_number_that_a_thin_space_parts_is_misread() -> None:
    text = (("We lit 60,", ROMAN, 10, 0), (" ", ROMAN, 6.5, 0), ("000 lamps in all of the villages.", ROMAN, 10, 0))
    assert misread(*text) == ["0"]
    assert misread(("In 60, 100 or 200 lamps there was oil.", ROMAN, 10, 0)) == []


def test_a_bold_title_may_have_a_sign_in_it() -> None:
    line = printed(
        ("(Oil) Lamp ", BOLD, 10, 0), ("→", "Symbol", 10, 0), (" Light", BOLD, 10, 0), (" We count them.", ROMAN, 10, 0)
    )
    assert line.run_in is not None
    assert line.run_in.end - line.span.start == len("(Oil) Lamp → Light")
