"""What each line of a page is, on the test paper and on pages drawn for one question."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.text import readable
from ingest.extract import Limits
from ingest.extract.running_text import is_prose
from ingest.take_in import Source, read
from tests.paper.press import BOLD, ROMAN, cast_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extract import Extraction
    from ingest.take_in import Read
    from tests.paper.build_paper import PaperFacts

PROSE = (
    "The keeper of the lamp room counts the lanterns in the evening",
    "and writes their number into the ledger that lies on the table.",
    "It has been so for as long as anybody in the village remembers,",
    "and nobody has ever asked for whom the number is written down.",
)


def lines(extraction: Extraction, page: int) -> dict[str, str]:
    """Kind of each line of a page (from 1), by its readable text."""
    there = extraction.pages[page - 1]
    return {readable(line.span.of(there.text)): line.kind for line in extraction.lines[page - 1]}


def of_kind(extraction: Extraction, page: int, kind: str) -> str:
    """All lines of one kind, as one text."""
    there = extraction.pages[page - 1]
    return readable("\n".join(line.span.of(there.text) for line in extraction.lines[page - 1] if line.kind == kind))


def drawn(*pages: Callable[[Canvas], None]) -> Extraction:
    """Pages of 400 by 600 points, drawn and read."""
    cast_type()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read(Source(out.getvalue(), "drawn.pdf", "/drawn.pdf"), Limits()).extraction


def write(canvas: Canvas, rows: tuple[str, ...], y: float, *, x: float = 50, size: float = 10, font: str = ROMAN) -> None:
    """Lines one below the other."""
    canvas.setFont(font, size)
    for place, row in enumerate(rows):
        canvas.drawString(x, y - place * 1.2 * size, row)


def test_every_character_of_a_page_but_white_space_is_in_one_line(paper: Read) -> None:
    for page, found in zip(paper.extraction.pages, paper.extraction.lines, strict=True):
        places = [place for line in found for place in range(line.span.start, line.span.end)]
        assert len(places) == len(set(places))
        assert not page.text or not "".join(letter for place, letter in enumerate(page.text) if place not in set(places)).strip()
        assert [line.span.start for line in found] == sorted(line.span.start for line in found)


def test_sections_are_headings_of_their_level(facts: PaperFacts, paper: Read) -> None:
    searched = [section for section in facts.sections if section[1] not in ("Acknowledgements", "References")]
    found = [
        (line.level, readable(line.span.of(page.text)), page.number)
        for page, row in zip(paper.extraction.pages, paper.extraction.lines, strict=True)
        for line in row
        if line.kind == "heading"
    ]
    assert found[:2] == [(1, "Abstract", 1), (1, "Preface", 1)]
    assert found[2:] == searched


def test_running_heads_and_page_numbers_are_not_searched(facts: PaperFacts, paper: Read) -> None:
    for page, label in enumerate(facts.labels, 1):
        kinds = lines(paper.extraction, page)
        assert kinds[label] == "matter"
        for head in facts.running_heads:
            assert kinds.get(head) in (None, "matter", "table")


def test_title_block_contents_and_stamp_are_matter(facts: PaperFacts, paper: Read) -> None:
    first = lines(paper.extraction, 1)
    for row in ("Lanterns and Ledgers:", "How Small Archives Remember", *facts.authors, "The Pincite Test Press"):
        assert first[row] == "matter", row
    assert any(row.startswith("ptp:2031") and kind == "matter" for row, kind in first.items())
    assert set(lines(paper.extraction, 2).values()) == {"matter"}


def test_captions_and_footnotes_are_told_from_text_that_names_them(facts: PaperFacts, paper: Read) -> None:
    assert of_kind(paper.extraction, 4, "caption") == " ".join(fact.text for fact in facts.captions)
    assert "Table 1 gives the figures for each archive." in of_kind(paper.extraction, 4, "prose")
    for page in (3, 5):
        notes = [f"{number} {fact.text}" for number, fact in enumerate(facts.footnotes, 1) if fact.page == page]
        assert of_kind(paper.extraction, page, "footnote") == " ".join(notes)


def test_cells_and_words_in_a_figure_are_no_prose(facts: PaperFacts, paper: Read) -> None:
    kinds = lines(paper.extraction, 4)
    for text in (*(" ".join(row) for row in facts.table), *facts.drawn):
        assert kinds[text] in ("table", "matter"), text


def test_references_and_acknowledgements_are_matter_but_the_footnote_among_them_is_not(facts: PaperFacts, paper: Read) -> None:
    matter = of_kind(paper.extraction, 5, "matter")
    for text in (*facts.references, *facts.acknowledgements):
        assert text in matter
    assert facts.footnotes[-1].text not in matter


def test_the_paper_says_what_it_is(facts: PaperFacts, paper: Read) -> None:
    assert paper.extraction.title == facts.title
    assert not paper.extraction.timed
    assert [page.label for page in paper.extraction.pages] == list(facts.labels)


def test_without_an_abstract_the_title_block_ends_with_the_first_stretch_of_prose() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ("On the Counting of Lanterns",), 540, size=18)
        write(canvas, ("Ada Hale", "Harbour School"), 510)
        write(canvas, PROSE, 460)

    kinds = lines(drawn(draw), 1)
    assert [kinds[row] for row in ("Ada Hale", "Harbour School")] == ["matter", "matter"]
    assert [kinds[row] for row in PROSE] == ["prose"] * 4


def test_what_stands_at_the_edge_of_three_pages_is_a_running_head() -> None:
    def draw(number: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            write(canvas, (f"The lanterns of the village and how they are counted, part {number}",), 575, size=8)
            write(canvas, PROSE, 400)

        return page

    extraction = drawn(*(draw(number) for number in (1, 2, 3)))
    for page in (2, 3):
        assert lines(extraction, page)[f"The lanterns of the village and how they are counted, part {page}"] == "matter"
        assert [lines(extraction, page)[row] for row in PROSE] == ["prose"] * 4


def test_what_stands_at_the_edge_of_one_page_only_is_kept() -> None:
    def plain(canvas: Canvas) -> None:
        write(canvas, PROSE, 400)

    def high(canvas: Canvas) -> None:
        write(canvas, PROSE, 590)

    assert [lines(drawn(plain, high, plain), 2)[row] for row in PROSE] == ["prose"] * 4


def test_a_turned_line_is_matter() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 400)
        canvas.rotate(90)
        write(canvas, ("This was printed by the press in the year of the great flood",), -20, x=100)

    assert lines(drawn(draw), 1)["This was printed by the press in the year of the great flood"] == "matter"


def test_lines_alike_on_one_page_are_no_running_head() -> None:
    assert [line.kind for line in drawn(lambda canvas: write(canvas, (PROSE[0],) * 3 + PROSE, 590)).lines[0]] == ["prose"] * 7


def test_numbers_along_an_axis_are_no_footnote() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE * 3, 500)
        write(canvas, ("0 10 20 30 40 50",), 90, size=7)

    assert lines(drawn(draw), 1)["0 10 20 30 40 50"] == "table"


def test_text_right_below_a_caption_in_another_size_is_not_in_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 500)
        write(canvas, ("Figure 1: The lanterns of the village in the year of the flood.",), 300, size=9)
        write(canvas, PROSE[::-1], 287)

    kinds = [line.kind for line in drawn(draw).lines[0]]
    assert kinds == ["prose"] * 4 + ["caption"] + ["prose"] * 4


def test_a_bare_caption_right_below_the_title_of_its_figure_is_one() -> None:
    rows = ("Lanterns of the Village in the Year of the Flood", "Figure 3 The keeper counted them and wrote the number down.")

    assert lines(drawn(lambda canvas: write(canvas, (*rows, *PROSE), 400)), 1)[rows[1]] == "caption"


def test_a_bold_title_at_the_head_of_its_paragraph_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ("Lamps of Brass",), 500, font=BOLD)
        write(canvas, ("The keeper counts the lanterns in the evening",), 500, x=130)
        write(canvas, PROSE[1:], 488)
        write(canvas, ("Keepers",), 400, font=BOLD)
        write(canvas, ("of lamps count the lanterns in the evening",), 400, x=95)
        write(canvas, PROSE[1:], 388)

    extraction = drawn(draw)
    titles = [line.run_in.of(extraction.pages[0].text) for line in extraction.lines[0] if line.run_in]
    assert titles == ["Lamps of Brass"]


def test_a_sheet_that_is_shown_turned_reads_like_any_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(600, 0)
        canvas.rotate(90)
        write(canvas, PROSE, 300)

    found = drawn(draw).lines[0]
    assert [(line.kind, line.odd) for line in found] == [("prose", ())] * 4


def test_small_print_with_a_mark_at_the_foot_is_a_footnote() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE * 3, 500)
        write(canvas, ("1 The lanterns of the other village are not in this count.",), 90, size=8)
        write(canvas, ("This small print has no mark and stands in the middle of it.",), 250, size=8)

    kinds = lines(drawn(draw), 1)
    assert kinds["1 The lanterns of the other village are not in this count."] == "footnote"
    assert kinds["This small print has no mark and stands in the middle of it."] == "prose"


def test_a_raised_mark_begins_a_footnote_right_below_the_text_or_another_footnote() -> None:
    def mark(canvas: Canvas, y: float, number: str, row: str) -> None:
        text = canvas.beginText(50, y)
        text.setFont(ROMAN, 5)
        text.setRise(3)
        text.textOut(number)
        text.setRise(0)
        text.setFont(ROMAN, 8)
        text.textOut(row)
        canvas.drawText(text)

    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 130)
        mark(canvas, 81, "3", "The other village is not in this count, as we have said.")
        mark(canvas, 71, "4", "Nor is the one behind the hill that has no lanterns at all.")

    kinds = lines(drawn(draw), 1)
    assert kinds["3The other village is not in this count, as we have said."] == "footnote"
    assert kinds["4Nor is the one behind the hill that has no lanterns at all."] == "footnote"
    assert [kinds[row] for row in PROSE] == ["prose"] * 4


def test_a_mark_that_stands_by_itself_belongs_to_the_footnote_beside_it() -> None:
    row = "The other village is not in this count, as we have said."

    def draw(number: str) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            write(canvas, PROSE, 400)
            write(canvas, (number,), 108, x=44, size=5)
            write(canvas, (row,), 100, size=8)

        return page

    assert {text: kind for text, kind in lines(drawn(draw("6")), 1).items() if row in text} == {row: "footnote"}
    assert {text: kind for text, kind in lines(drawn(draw("x")), 1).items() if row in text} == {row: "prose"}


def test_a_bare_caption_is_one_where_no_sentence_goes_on() -> None:
    rows = ("Table 2 The number of the lanterns that were in the count",)

    def caption(canvas: Canvas) -> None:
        write(canvas, PROSE, 500)
        write(canvas, rows, 400)

    def sentence(canvas: Canvas) -> None:
        write(canvas, (*PROSE[:3], "and of all of these the largest number is the one that is in"), 500)
        write(canvas, rows, 400)

    assert lines(drawn(caption), 1)[rows[0]] == "caption"
    assert lines(drawn(sentence), 1)[rows[0]] == "prose"


def test_matter_ends_with_the_next_heading_of_its_rank() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 560)
        write(canvas, ("References",), 490, font=BOLD, size=12)
        write(canvas, ("Hale, A. (2030). The tides and the lamps of the harbour.",), 470)
        write(canvas, ("A Further Lamps",), 440, font=BOLD, size=12)
        write(canvas, PROSE[:3], 420)

    extraction = drawn(draw)
    assert "Hale" in of_kind(extraction, 1, "matter")
    assert of_kind(extraction, 1, "heading") == "A Further Lamps"
    assert of_kind(extraction, 1, "prose").count("The keeper of the lamp room") == 2


def test_an_indent_begins_a_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 500)
        write(canvas, (PROSE[0],), 452, x=64)
        write(canvas, PROSE[1:], 440)

    row = [line.paragraph for line in drawn(draw).lines[0]]
    assert row == [True, False, False, False, True, False, False, False]


def test_a_formula_inside_a_paragraph_is_set_apart() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE[:2], 500)
        write(canvas, ("αβ ∑ γδ",), 476, x=120, font="Symbol")
        write(canvas, PROSE[2:], 464)

    extraction = drawn(draw)
    assert [line.kind for line in extraction.lines[0]] == ["prose", "prose", "table", "prose", "prose"]


def test_letters_that_the_font_does_not_tell_are_no_text() -> None:
    import json

    from ingest.extract.layout import lay_out
    from ingest.extract.pdf import write_pages

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    write(canvas, PROSE, 500)
    canvas.save()
    told = io.StringIO()
    write_pages(out.getvalue(), told)
    rows: list[dict[str, Any]] = [json.loads(row) for row in told.getvalue().splitlines()]
    rows[1]["text"] = rows[1]["text"].replace(" ", "\x03")
    assert {line.kind for line in lay_out(rows).lines[0]} == {"table"}


@pytest.mark.parametrize(
    "text",
    [
        "The keeper of the lamp room counts the lanterns in the evening.",
        "We use 10,000 permutations and the seed of the first draw for all of them.",
    ],
)
def test_running_text_has_small_words(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "Upper Ford ledger 90.0 +4.5",
        "Ada Hale, Yo Trimmer, Jo Rey, Ludvík Føroyar, Harbour School",
        "0.1 0.2 0.3 of 0.4",
        "hours a week",
        "",
    ],
)
def test_tables_names_and_labels_have_not(text: str) -> None:
    assert not is_prose(text)


def test_a_short_piece_is_text_only_where_a_sentence_goes_on() -> None:
    assert is_prose("of the lamp.", continues=True)
    assert not is_prose("of the lamp.")


def test_bold_words_above_running_text_are_no_part_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 500)
        write(canvas, ("Number of the Lamps in the Village",), 440, font=BOLD)
        write(canvas, PROSE, 424)

    extraction = drawn(draw)
    opening = [line.span.of(extraction.pages[0].text)[:10] for line in extraction.lines[0] if line.paragraph]
    assert opening == ["The keeper", "Number of ", "The keeper"]


def test_very_small_print_is_no_statement_of_the_author() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE * 3, 550)
        write(canvas, PROSE, 350, size=7)

    assert [line.kind for line in drawn(draw).lines[0]] == ["prose"] * 12 + ["caption"] * 4


def test_a_capital_below_a_short_line_keeps_its_sentence_from_being_quoted() -> None:
    def draw(canvas: Canvas) -> None:
        write(
            canvas,
            (PROSE[0], "who goes by the name of", "The number of the lamps is written into the ledger of the village"),
            500,
        )

    extraction = drawn(draw)
    assert [[span.of(extraction.pages[0].text) for span in line.odd] for line in extraction.lines[0]] == [[], [], ["T"]]
