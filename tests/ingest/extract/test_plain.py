from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extract import Extraction, extract
from ingest.extract.plain import read_plain

PAPERS = Path(__file__).parents[4] / "shared" / "papers"
SECTION = (
    "Good evening everyone.\nTonight I want to talk about lanterns.\nWe count them because nobody else does.\nIsn't that odd?\n"
)
PAPER = """Lanterns and Ledgers
The Test Press
Abstract
We count lanterns. The count is kept in a ledger, which lies on the
table of the keeper.
1
Introduction
Small archives remember more than they hold, as we argue in this long
opening sentence. In every year the keeper has written 2
numbers by hand.
2
Counting
Lanterns are counted in the evening. The total is the sum of all floors:
T = a + b
(1)
where a is the ground floor. The rest follows.
1
\f2.1
Counting in the Dark
A keeper counts by touch when there is no light to see by, which takes
longer.
3
Considerations for Counting with Several Keepers
And One
Because two keepers count differently, we compare their numbers here, page by page.
Acknowledgements
We thank the night.
References
A. Keeper. On lamps and why they are lit. In Lamps, pages 1-2,
1988.
2
\f4 Later Lamps. A Review. 1990.
Appendix A
Proofs are left to the keeper of the archive.
3
\f"""


def rows(extraction: Extraction, kind: str) -> list[str]:
    return [
        line.span.of(page.text)
        for page, lines in zip(extraction.pages, extraction.lines, strict=True)
        for line in lines
        if line.kind == kind
    ]


def test_form_feeds_part_pages_and_the_last_empty_one_is_dropped() -> None:
    extraction = read_plain(PAPER)
    assert [page.number for page in extraction.pages] == [1, 2, 3]
    assert [page.part for page in extraction.pages] == [None, None, None]
    assert "\f".join(page.text for page in extraction.pages) + "\f" == PAPER


def test_numbered_headings_on_two_lines_are_found_and_stray_numbers_are_not() -> None:
    extraction = read_plain(PAPER)
    assert rows(extraction, "heading") == [
        *("Abstract", "1", "Introduction", "2", "Counting", "2.1", "Counting in the Dark"),
        *("3", "Considerations for Counting with Several Keepers", "And One", "Appendix A"),
    ]
    levels = {
        line.span.of(page.text): line.level
        for page, lines in zip(extraction.pages, extraction.lines, strict=True)
        for line in lines
        if line.kind == "heading"
    }
    assert (levels["Counting"], levels["Counting in the Dark"], levels["And One"]) == (1, 2, 1)


def test_title_block_page_numbers_and_references_are_matter_and_the_appendix_is_not() -> None:
    matter = rows(read_plain(PAPER), "matter")
    assert matter[:3] == ["Lanterns and Ledgers", "The Test Press", "1"]
    assert matter[3:] == [
        *("Acknowledgements", "We thank the night.", "References"),
        *("A. Keeper. On lamps and why they are lit. In Lamps, pages 1-2,", "1988.", "2"),
        *("4 Later Lamps. A Review. 1990.", "3"),
    ]
    assert "Proofs are left to the keeper of the archive." in rows(read_plain(PAPER), "prose")


def test_a_displayed_formula_is_set_apart_from_the_sentences_around_it() -> None:
    assert rows(read_plain(PAPER), "table") == ["T = a + b", "(1)"]


@pytest.mark.parametrize("line", ["T = a + b", "(12)", "Q", "f(x)", "x ∈ R"])
def test_lines_of_formulas(line: str) -> None:
    assert rows(read_plain(f"We have the following:\n{line}\nand so on."), "table") == [line]


@pytest.mark.parametrize("line", ["1988.", "(see p. 4).", "so it is.", "Let S = {1, 2}", "In", "(12%)."])
def test_lines_that_are_no_formulas(line: str) -> None:
    assert rows(read_plain(f"We have the following\n{line}\nand so on."), "table") == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "1 Introduction\nWords follow here.\n2 Method\nMore words.\n2.1 Data\nWords.",
            ["1 Introduction", "2 Method", "2.1 Data"],
        ),
        ("1. Introduction\nWords follow here.\n3. Method\nMore words.", ["1. Introduction"]),
        ("Things to buy:\n1. Apples and pears\n2. Bread\n3. Lamps and oil\nThat is all.", []),
        ("# Title\n\nWords.\n\n## Part ##\n\nWords.", ["# Title", "## Part ##"]),
        ("CHAPTER ONE\n\nIt was dark.\n\nTHE END OF IT\n\nWords.", ["CHAPTER ONE", "THE END OF IT"]),
        ("It rained.\nNASA and IBM\nsaid so, too.", []),
        ("References\nA. Keeper. 1999.\n\nA Theory of Lamps and Other\nThings. 1990.", []),
    ],
)
def test_headings_of_plain_text(text: str, headings: list[str]) -> None:
    assert rows(read_plain(text), "heading") == headings


def test_paragraphs_begin_behind_blank_lines_and_at_bullets_but_not_at_a_pages_top() -> None:
    extraction = read_plain("One line\ngoes on.\n\nAnother.\n- An entry.\n- Another entry.\fand goes on\nhere.")
    assert [[line.paragraph for line in lines] for lines in extraction.lines] == [
        [False, False, True, True, True],
        [False, False],
    ]


def test_an_untimed_transcript_has_parts() -> None:
    text = "\n\n".join([SECTION.strip(), SECTION.strip(), SECTION.strip()]) + "\n"
    extraction = read_plain(text)
    assert [(page.part, page.number) for page in extraction.pages] == [(1, None), (2, None), (3, None)]
    assert extraction.pages[1].text == SECTION.strip()
    assert rows(extraction, "prose") == SECTION.strip().split("\n") * 3
    assert not extraction.timed
    assert extraction.notes == ("read as an untimed transcript in 3 parts",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n\n".join(["One paragraph a line. It has two sentences. Or three."] * 6), id="a paragraph a line"),
        pytest.param("\n\n".join(["\n".join(["A paragraph. With two sentences."] * 4)] * 4), id="paragraphs without gaps"),
        pytest.param("\n\n".join(["Wrapped prose goes on\nover the end of its line and\nends here."] * 4), id="wrapped prose"),
        pytest.param("\n\n".join(["On Lamps", SECTION.strip(), "On Oil", SECTION.strip()]), id="a sentence a line, headings"),
        pytest.param("\n\n".join([SECTION.strip()] * 2), id="two sections"),
        pytest.param(SECTION * 5, id="no sections"),
        pytest.param("\n\n".join([SECTION.strip()] * 3) + "\f" + SECTION, id="pages"),
    ],
)
def test_prose_is_not_taken_for_a_transcript(text: str) -> None:
    assert all(page.part is None for page in read_plain(text).pages)


@pytest.mark.papers
@pytest.mark.skipif(not PAPERS.is_dir(), reason="the papers are not here")
def test_the_real_texts() -> None:
    _, talk = extract((PAPERS / "rae-compression-for-agi.en.txt").read_bytes(), "rae.txt")
    assert [page.part for page in talk.pages] == list(range(1, 13))
    assert sum(map(len, talk.lines)) == 141
    _, paper = extract((PAPERS / "bengio-2017-consciousness-prior.txt").read_bytes(), "bengio.txt")
    assert [page.number for page in paper.pages] == list(range(1, 8))
    assert (paper.identifiers, paper.version) == (("arXiv:1709.08568v2",), "v2")
    numbers = [row for row in rows(paper, "heading") if row[0].isdigit()]
    assert numbers == ["1", "2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "4"]
    assert {line.kind for line in paper.lines[6]} == {"matter"}
