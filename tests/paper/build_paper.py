"""A paper of our own making, as a PDF that looks like one: for every test that must read a real document.

`build(path)` writes it and tells what stands where. Two columns, numbered sections, running heads, footnotes, a
figure with words in it, a table, an equation, ligatures, hyphens at line ends, sentences across a column and across
a page break, references, an outline, page labels (i, ii, 1, 2 …), and the marks of a reader who is not an author.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.paper import figures, words
from tests.paper.build_talk import TalkFacts, build_talk
from tests.paper.hyphens import HYPHENS
from tests.paper.press import (
    BOLD,
    ITALIC,
    ROMAN,
    Column,
    Galley,
    cast_type,
    draw_line,
    ligated,
    lines_of,
    plain,
    width_of,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Fact", "PaperFacts", "TalkFacts", "build", "build_talk"]

WIDTH, HEIGHT = 498.9, 708.7
LEFT, TOP, BOTTOM, GUTTER = 48.0, 652.0, 60.0, 17.0
FULL = WIDTH - 2 * LEFT
COLUMN = (FULL - GUTTER) / 2
SIZE, LEADING = 10.0, 12.4
LABELS = ("i", "ii", "1", "2", "3")
FLOATS = {(3, 0): figures.table, (3, 1): figures.figure}
"""What stands at the head of which column: (0-based page, side)."""


@dataclass(frozen=True)
class Fact:
    """Something that is printed, and where."""

    text: str
    """As a reader reads it: ligatures opened, line-end hyphens undone, no footnote mark."""
    page: int
    """1-based page of the file on which it begins."""
    section: str | None = None
    ends_on: int = 0
    """1-based page on which it ends."""
    sides: tuple[int, ...] = ()
    """Columns it runs through: 0 left, 1 right."""
    parted: bool = False
    """A word of it is parted by a hyphen at a line's end."""


@dataclass(frozen=True)
class PaperFacts:
    """What `build` has printed."""

    path: Path
    title: str
    authors: tuple[str, ...]
    year: int
    labels: tuple[str, ...]
    """Page labels, one a page."""
    abstract: tuple[Fact, ...]
    sentences: tuple[Fact, ...]
    """Of the preface and the body, in reading order."""
    sections: tuple[tuple[int, str, int], ...]
    """(level, number and title, 1-based page), as in the outline."""
    footnotes: tuple[Fact, ...]
    captions: tuple[Fact, ...]
    drawn: tuple[str, ...] = words.FIGURE_WORDS
    """Words inside the figure."""
    table: tuple[tuple[str, ...], ...] = (words.TABLE_HEAD, *words.TABLE_ROWS)
    running_heads: tuple[str, ...] = words.RUNNING_HEADS
    references: tuple[str, ...] = words.REFERENCES
    acknowledgements: tuple[str, ...] = words.ACKNOWLEDGEMENTS
    highlighted: str = words.HIGHLIGHTED
    """How the sentence begins that the reader has marked, on the last page."""
    reader_notes: tuple[str, ...] = tuple(words.READER_NOTES.values())
    """Not the authors' words."""

    @property
    def whole(self) -> tuple[Fact, ...]:
        """Sentences on one page and in one column that no equation breaks off."""
        return tuple(
            fact
            for fact in self.sentences
            if fact.page == fact.ends_on and len(fact.sides) == 1 and fact.text[0].isupper() and fact.text[-1] in ".?"
        )

    @property
    def across_columns(self) -> tuple[Fact, ...]:
        """Sentences that run on in the next column of their page."""
        return tuple(fact for fact in self.sentences if fact.page == fact.ends_on and len(fact.sides) == 2)

    @property
    def across_pages(self) -> tuple[Fact, ...]:
        """Sentences that run on on the next page."""
        return tuple(fact for fact in self.sentences if fact.page != fact.ends_on)


@dataclass
class _Paper:
    """One run of the press."""

    canvas: Any
    contents: tuple[tuple[int, str, int], ...]
    """The sections as an earlier run found them."""
    sections: list[tuple[int, str, int]] = field(default_factory=list)
    printed: list[tuple[str, str | None]] = field(default_factory=list)
    """Sentences of preface and body, with their section."""
    captions: list[Fact] = field(default_factory=list)

    def run(self) -> Galley:
        galley = Galley(self.canvas, COLUMN, SIZE, LEADING, HYPHENS, words.FOOTNOTES, self.columns())
        self.preface(galley)
        for title, blocks in words.SECTIONS:
            self.section(galley, 1 + title.split()[0].count("."), title, blocks)
        self.back(galley)
        galley.finish()
        self.marks(galley)
        self.canvas.showPage()
        return galley

    def columns(self) -> Iterator[Column]:
        top = self.title_page()
        yield from (Column(0, side, LEFT + side * (COLUMN + GUTTER), top, BOTTOM) for side in (0, 1))
        self.canvas.showPage()
        self.contents_page()
        for page in range(2, 99):
            self.canvas.showPage()
            self.canvas.bookmarkPage(f"page{page}")
            self.head_and_number(page)
            for side in (0, 1):
                x, y = LEFT + side * (COLUMN + GUTTER), TOP
                if (page, side) in FLOATS:
                    y, caption = FLOATS[page, side](self.canvas, x, y, COLUMN)
                    self.captions.append(Fact(caption, page + 1, ends_on=page + 1))
                yield Column(page, side, x, y, BOTTOM)

    def head_and_number(self, page: int) -> None:
        label = LABELS[page]
        self.canvas.setFont(ROMAN, 8)
        head = words.RUNNING_HEADS[page % 2]
        if page >= 2:
            draw, x = (self.canvas.drawString, LEFT) if page % 2 else (self.canvas.drawRightString, LEFT + FULL)
            draw(x, 675, head)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(LEFT, 669, LEFT + FULL, 669)
        self.canvas.setFont(ROMAN, 9)
        self.canvas.drawCentredString(WIDTH / 2, 36, label)

    def title_page(self) -> float:
        canvas, middle, y = self.canvas, WIDTH / 2, 640.0
        canvas.bookmarkPage("page0")
        figures.stamp(canvas, words.STAMP)
        for line in words.TITLE_LINES:
            canvas.setFont(BOLD, 18)
            canvas.drawCentredString(middle, y, ligated(line))
            y -= 22
        y -= 6
        for line, font, size in ((words.AUTHORS[0], ROMAN, 11), (words.AUTHORS[1], ROMAN, 11), (words.PRESS, ITALIC, 10)):
            canvas.setFont(font, size)
            canvas.drawCentredString(middle, y, ligated(line))
            y -= 14
        y -= 12
        canvas.setFont(BOLD, 10)
        canvas.drawCentredString(middle, y, "Abstract")
        y -= 4
        y = self.block(words.ABSTRACT, LEFT + 32, y, FULL - 64)
        canvas.setFont(ROMAN, 7.5)
        canvas.drawString(LEFT, 48, ligated(words.IMPRINT))
        self.head_and_number(0)
        return y - 20

    def block(self, sentences: tuple[str, ...], x: float, y: float, width: float) -> float:
        for line in lines_of(words_of(sentences, -1), width, 9, HYPHENS):
            y -= 11
            draw_line(self.canvas, line, x, y, width, 9)
        return y

    def contents_page(self) -> None:
        canvas, y = self.canvas, TOP - 10
        canvas.bookmarkPage("page1")
        canvas.setFont(BOLD, 12)
        canvas.drawString(LEFT, y, "Contents")
        for level, title, page in self.contents:
            y -= 16
            shift = 14.0 * (level - 1)
            font = BOLD if level == 1 else ROMAN
            canvas.setFont(font, 10)
            canvas.drawString(LEFT + shift, y, ligated(title))
            canvas.setFont(ROMAN, 10)
            canvas.drawRightString(LEFT + FULL, y, LABELS[page - 1])
            start = LEFT + shift + width_of(title, font, 10) + 8
            dots = int((LEFT + FULL - 18 - start) / width_of(" .", ROMAN, 10))
            canvas.drawRightString(LEFT + FULL - 16, y, " ." * dots)
        self.head_and_number(1)

    def preface(self, galley: Galley) -> None:
        galley.heading("Preface", BOLD, 11, 0, 3)
        for number, paragraph in enumerate(words.PREFACE):
            galley.paragraph(paragraph, len(self.printed), indent=0.0 if number == 0 else 10.0)
            self.printed += [(plain(sentence), "Preface") for sentence in paragraph]
        galley.turn()
        galley.heading("Terms", BOLD, 11, 0, 3)
        for term, meaning in words.TERMS:
            galley.paragraph((f"*{term.replace(' ', '* *')}* is {meaning}.",))
            galley.gap(4)
        galley.turn()

    def section(self, galley: Galley, level: int, title: str, blocks: tuple[tuple[str, ...], ...]) -> None:
        font, size = (BOLD, 11.0) if level == 1 else (BOLD, 9.6)
        page = galley.heading(title, font, size, 13 if level == 1 else 8, 3)
        self.outline(level, title, page)
        indent = 0.0
        for block in blocks:
            if block[0] == "equation":
                self.equation(galley, *block[1:])
                indent = 0.0
                continue
            galley.paragraph(block, len(self.printed), indent=indent)
            self.printed += [(plain(sentence), title) for sentence in block]
            indent = 10.0

    def equation(self, galley: Galley, formula: str, number: str) -> None:
        galley.displayed(lambda x, y: figures.equation(self.canvas, x, y, COLUMN, formula, number), 26)

    def outline(self, level: int, title: str, page: int) -> None:
        key = f"section{len(self.sections)}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level - 1)
        self.sections.append((level, title, page + 1))

    def back(self, galley: Galley) -> None:
        for title, blocks, size in (
            ("Acknowledgements", (words.ACKNOWLEDGEMENTS,), SIZE),
            ("References", tuple((line,) for line in words.REFERENCES), 8.6),
        ):
            self.outline(1, title, galley.heading(title, BOLD, 11, 13, 3))
            for block in blocks:
                galley.paragraph(block, size=size)
                galley.gap(2)

    def marks(self, galley: Galley) -> None:
        """The reader's highlight, sticky note and remark, on the last page."""
        notes, canvas, page = words.READER_NOTES, self.canvas, galley.column.page
        assert page == len(LABELS) - 1, f"the paper has {page + 1} pages, and {len(LABELS)} labels"
        number = next(number for number, (text, _) in enumerate(self.printed) if text.startswith(words.HIGHLIGHTED))
        corners: list[float] = []
        for y in dict.fromkeys(y for _, _, y, _ in galley.places[number]):
            corners += [LEFT, y + 9, LEFT + COLUMN, y + 9, LEFT, y - 2.5, LEFT + COLUMN, y - 2.5]
        box = [LEFT, min(corners[1::2]), LEFT + COLUMN, max(corners[1::2])]
        canvas.highlightAnnotation(notes["highlight"], box, corners, [1, 0.92, 0.4])
        canvas.textAnnotation(notes["sticky"], [WIDTH - 34, 600, WIDTH - 16, 618], name="sticky")
        canvas.freeTextAnnotation(notes["free"], "/Helv 9 Tf 0.8 0 0 rg", [LEFT, 682, LEFT + 120, 698], name="free")


def build(path: Path) -> PaperFacts:
    """Write the paper to `path`; the same bytes every time."""
    from reportlab.pdfgen.canvas import Canvas

    cast_type()
    rehearsal = _Paper(Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT), invariant=1), ())
    rehearsal.run()
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(words.TITLE)
    canvas.setAuthor("; ".join(words.AUTHORS))
    canvas.setSubject("A made-up paper for tests")
    canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    canvas.addPageLabel(2, "ARABIC", 1)
    paper = _Paper(canvas, tuple(rehearsal.sections))
    galley = paper.run()
    canvas.save()
    return PaperFacts(
        path=path,
        title=words.TITLE,
        authors=words.AUTHORS,
        year=2031,
        labels=LABELS,
        abstract=tuple(Fact(sentence, 1, "Abstract", 1) for sentence in words.ABSTRACT),
        sentences=tuple(_fact(galley, number, text, section) for number, (text, section) in enumerate(paper.printed)),
        sections=tuple(paper.sections),
        footnotes=tuple(Fact(words.FOOTNOTES[note], page + 1, ends_on=page + 1) for note, page in sorted(galley.noted.items())),
        captions=tuple(paper.captions),
    )


def _fact(galley: Galley, number: int, text: str, section: str | None) -> Fact:
    places = galley.places[number]
    sides = tuple(dict.fromkeys(side for _, side, _, _ in places))
    return Fact(text, places[0][0] + 1, section, places[-1][0] + 1, sides, any(parted for *_, parted in places))
