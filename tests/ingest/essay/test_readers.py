"""Blocks of plain text, Markdown and HTML."""

from __future__ import annotations

import pytest

from ingest.essay.dates import date_in, year_in
from ingest.essay.markdown import read_markdown
from ingest.essay.plain import read_plain
from ingest.essay.sections import parted
from ingest.essay.sentences import sentences
from ingest.essay.web import read_web

WRAPPED = """[Notes on Lamps 2031.4]
Some notes that I write down every half year, on lamps, oil and
keepers.
Is Oil Our Only Path to Light?
Is oil all we need?
- The first is about oil.
- Lamps burn oil, and the keepers of the northern harbour have burnt
oil since the mole was built. Some say
that wax will do.
Keepers
- Keepers sleep.
Beyond Lamps
A bell needs no oil.
"""
NUMBERED = """ON LAMPS

Written by Ada Hale
14 May 2031

1. Oil

Lamps burn oil. They need
a wick.

  1. Does wax burn?
  2. Does oil?

2. What about keepers?

They sleep.

Sources:
Hale, A. (2030). Light. Press.
"""


def test_headings_of_wrapped_text_without_blank_lines_are_found() -> None:
    writing = read_plain(WRAPPED)
    assert writing.title == "Notes on Lamps 2031.4"
    assert [block.prose for block in writing.blocks if block.kind == "heading"] == [
        "Is Oil Our Only Path to Light?",
        "Keepers",
        "Beyond Lamps",
    ]
    assert [block.kind for block in writing.blocks[2:5]] == ["paragraph", "entry", "entry"]
    assert writing.blocks[4].prose.endswith("Some say that wax will do.")


def test_numbered_headings_byline_and_lists_are_told_apart() -> None:
    writing = read_plain(NUMBERED)
    assert (writing.title, writing.author, writing.date) == ("ON LAMPS", "Ada Hale", "2031-05-14")
    found = parted(writing)
    assert [section.title for section in found.sections] == ["Oil", "What about keepers?"]
    assert [block.label for block in found.sections[0].blocks if block.kind == "entry"] == ["1", "2"]
    assert [block.text for block in found.references] == ["Hale, A. (2030). Light. Press."]


def test_underlined_headings_are_found() -> None:
    writing = read_plain("Lamps\n=====\n\nText is here.\n\nOil and wax\n-----------\n\nMore text.\n")
    assert writing.title == "Lamps"
    assert [(block.prose, block.level) for block in writing.blocks if block.kind == "heading"] == [("Oil and wax", 2)]


def test_markdown_notes_links_and_numbered_entries() -> None:
    text = (
        "# Lamps\n\nBy Ada Hale, 3 May 2031\n\nSee [this](https://a.example/b) and that[^x], and [1].\n\n3. third\n4. fourth\n\n"
        "[^x]: A note,\n    on two lines.\n[1]: https://a.example/c\n"
    )
    writing = read_markdown(text)
    assert (writing.title, writing.author, writing.date) == ("Lamps", "Ada Hale", "2031-05-03")
    assert writing.blocks[0].prose == "See this and that[^x], and [1]."
    assert writing.blocks[0].links[0].url == "https://a.example/b"
    assert [(block.label, block.prose) for block in writing.blocks[1:]] == [
        ("3", "third"),
        ("4", "fourth"),
        ("x", "A note, on two lines."),
        ("1", "https://a.example/c"),
    ]


def test_a_page_is_read_without_what_stands_around_it() -> None:
    page = (
        "<html><head><title>Lamps | Site</title></head><body><nav>Menu?</nav><div "
        "class='sidebar'><p>Ads?</p></div><main><h1>Lamps</h1>"
        "<p>Ten<sup>2</sup> lamps, 10<sup>6</sup> moths.<br>They <q>burn</q><sup>[<a href='#r3'>3</a>]</sup>.</p>"
        "<ol class='references'><li id='r3'>Hale, 2030 <a href='https://a.example/x'>link</a></li></ol>"
        "<div class='comments'><p>Nice?</p></div></main></body></html>"
    )
    writing = read_web(page)
    assert writing.title == "Lamps"
    assert writing.blocks[0].prose == "Ten[2] lamps, 10^6 moths. They “burn”[3]."
    assert [(block.kind, block.label) for block in writing.blocks[1:]] == [("note", "3")]
    assert writing.blocks[1].links[0].url == "https://a.example/x"


def test_labelled_entries_at_the_end_are_references_whatever_their_heading() -> None:
    found = parted(read_plain("Lamps\n\nDo lamps burn?\n\nCite This Post\n\nAs you like.\n\n- [1] Hale, A. (2030). Light.\n"))
    assert [block.text for block in found.references] == ["[1] Hale, A. (2030). Light."]
    assert [section.title for section in found.sections] == ["Lamps"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Hale et al. say so. E.g. Dr. Hale.", ["Hale et al. say so.", "E.g. Dr. Hale."]),
        ('It asks "why?" of us. Yes.', ['It asks "why?" of us.', "Yes."]),
        ('"Is it?"[1] If so.', ['"Is it?"[1]', "If so."]),
        ("Is it? or is it? (It is. Truly.) Yes.", ["Is it?", "or is it?", "(It is. Truly.)", "Yes."]),
    ],
)
def test_sentences_end_behind_marks_and_quotes(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Notes 2031.4", "2031-04"),
        ("2031-04-30T10:00", "2031-04-30"),
        ("on 3rd May, 2031", "2031-05-03"),
        ("Sept. 2, 2031", "2031-09-02"),
        ("March 2031", "2031-03"),
        ("in 2031", None),
        ("1234-5678", None),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_given(text: str, expected: str | None) -> None:
    assert date_in(text) == expected


def test_a_lone_year_counts_where_it_is_the_only_one() -> None:
    assert year_in("letters-2031") == "2031"
    assert year_in("2030 and 2031") is None
