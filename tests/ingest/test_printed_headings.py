from __future__ import annotations

import pytest

from corpus.documents import Box, Span
from ingest.extract.printed_headings import OUTLINE_ENOUGH, Heading, HeadingFinder, Outline
from ingest.extract.printed_lines import PrintedLine

BODY = 10.0
NONE = Outline([])
FULL = Outline([[0, f"{number} Section Number {number}", number] for number in range(OUTLINE_ENOUGH)])


def line(text: str, *, bold: float = 0.0, size: float = BODY, page: int = 0) -> PrintedLine:
    return PrintedLine(page, Span(0, len(text)), text, Box(50, 50, 250, 60), size, bold, 0.0, False, ())


def heading(*lines: PrintedLine, outline: Outline = NONE) -> Heading | None:
    return HeadingFinder(outline, BODY).heading(lines)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("3 Method", 1),
        ("3. Method", 1),
        ("3.1 Three Kinds of Loss", 2),
        ("3 . 1 Three Kinds of Loss", 2),
        ("2.4.1 Oil", 3),
        ("A Further Lamps", 1),
        ("B.2 Lamps of the Neighbours", 2),
        ("IV Results", 1),
        ("Appendix A Lamps", 1),
    ],
)
def test_a_number_and_weight_make_a_heading(text: str, level: int) -> None:
    assert heading(line(text, bold=1.0)) == Heading(text, level)
    assert heading(line(text, size=1.2 * BODY)) == Heading(text, level)


def test_capitals_do_as_well_as_weight() -> None:
    assert heading(line("3 METHOD OF COUNTING")) == Heading("3 METHOD OF COUNTING", 1)


@pytest.mark.parametrize(
    "text",
    ["3 lamps were lit", "3 Lamps were lit and nobody saw them", "14 Gazette Street", "A lamp is lit"],
)
def test_a_number_without_weight_is_none(text: str) -> None:
    assert heading(line(text)) is None


@pytest.mark.parametrize(
    "text", ["3 Method . . . . . . 12", "3 Method 12", "3 Lamps were lit.", "1 Oil, wicks,", "12", "()", "3 " + "x" * 130]
)
def test_weight_alone_is_not_enough_for_a_number(text: str) -> None:
    assert heading(line(text, bold=1.0), outline=FULL) is None


@pytest.mark.parametrize(
    "text", ["Abstract", "ABSTRACT", "Preface", "Introduction", "Related Work", "Conclusion", "References", "Acknowledgements"]
)
def test_a_name_that_papers_use_is_a_heading_alone_on_its_line(text: str) -> None:
    assert heading(line(text)) == Heading(text, 1)
    assert heading(line(text), outline=FULL) == Heading(text, 1)


def test_an_appendix_with_a_title_is_a_heading_though_the_outline_leaves_it_out() -> None:
    """It ends the references: without it everything behind them would be lost."""
    assert heading(line("Appendix: Signs and Notes", bold=1.0), outline=FULL) == Heading("Appendix: Signs and Notes", 1)
    assert heading(line("Appendix: see there for the signs")) is None


@pytest.mark.parametrize("text", ["A B C D E F", "R y", "ALL LANTERNS LIT 906 ± 21", "1 Lantern 2 Lanterns 3 Lanterns"])
def test_labels_of_a_picture_and_rows_of_a_table_are_none(text: str) -> None:
    assert heading(line(text, bold=1.0)) is None


def test_other_bold_words_are_a_heading_only_where_no_outline_names_them_all() -> None:
    assert heading(line("Terms", bold=1.0)) == Heading("Terms", None)
    assert heading(line("Terms", bold=1.0), outline=FULL) is None
    assert heading(line("Terms")) is None
    assert heading(line("Terms are explained here.", bold=1.0)) is None


def test_the_outline_names_a_heading_whatever_it_looks_like() -> None:
    outline = Outline([[0, "1 Introduction to Lamps", 2], [1, "1.1 Oil", 3]])
    assert heading(line("1 Introduction to Lamps", page=2), outline=outline) == Heading("1 Introduction to Lamps", 1)
    assert heading(line("1.1 Oil", page=3), outline=outline) == Heading("1.1 Oil", 2)


def test_an_outline_may_leave_the_number_out_and_point_at_the_page_before() -> None:
    outline = Outline([[1, "What an Archive Forgets", 2]])
    assert heading(line("2.1 What an archive forgets", page=3), outline=outline) == Heading("2.1 What an archive forgets", 2)
    assert heading(line("2.1 What an archive forgets", page=5), outline=outline) is None


def test_a_heading_may_run_over_lines_but_not_over_a_paragraph() -> None:
    found = heading(line("3 What an Archive For\x02", bold=1.0), line("gets Overnight", bold=1.0))
    assert found == Heading("3 What an Archive Forgets Overnight", 1)
    assert heading(*[line("Bold words run on and on", bold=1.0)] * 4) is None


def test_a_broken_outline_is_no_outline() -> None:
    assert len(Outline([[0, "", 1], [0, "--", 1], [0, "1", 2]])) == 0
