"""What PDFium says of a PDF, held against the press that drew it and against another PDF library."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.boxes import UNITS_PER_POINT, boxes_of, unpack
from corpus.documents import Span
from corpus.proof import ProvenText
from ingest.extract.pdf import BOLD, MATH, SIGNS, TURNED, write_pages
from ingest.split import passages_of
from tests.ingest.extract.pdfs import WORDS, pdf, without_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from corpus.documents import Passage
    from ingest.take_in import Read
    from tests.paper.build_paper import PaperFacts

Row = dict[str, Any]


def rows(content: bytes) -> list[Row]:
    """What the reader writes about a PDF."""
    out = io.StringIO()
    write_pages(content, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def drawn(draw: Any, *, size: tuple[float, float] = (400, 600)) -> Row:
    """The row of a page that `draw` has drawn on a canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return rows(out.getvalue())[1]


def boxes(row: Row) -> np.ndarray:
    return unpack(base64.b64decode(row["boxes"]))


def flags(row: Row) -> np.ndarray:
    return np.frombuffer(zlib.decompress(base64.b64decode(row["flags"])), dtype="u1")


def marks(row: Row, words: str) -> set[int]:
    """The flags of these words' characters."""
    start = row["text"].index(words)
    return {int(flag) for flag in flags(row)[start : start + len(words)]}


def around(row: Row, word: str) -> list[float]:
    """The box of a word, in whole points."""
    start = row["text"].index(word)
    area = boxes(row)[start : start + len(word)]
    return [round(float(edge)) for edge in (*area[:, :2].min(axis=0), *area[:, 2:].max(axis=0))]


@pytest.fixture(scope="module")
def paper_rows(facts: PaperFacts) -> list[Row]:
    return rows(facts.path.read_bytes())


def test_the_header_names_pages_title_outline_and_readers_marks(facts: PaperFacts, paper_rows: list[Row]) -> None:
    header = paper_rows[0]
    assert (header["pages"], header["title"]) == (5, facts.title)
    assert [(level + 1, title, page + 1) for level, title, page in header["outline"]] == list(facts.sections)
    [note] = header["notes"]
    assert note.startswith("3 readers' marks")
    assert paper_rows[-1] == {"done": True}


def test_every_page_has_its_number_its_label_and_its_size(facts: PaperFacts, paper_rows: list[Row]) -> None:
    pages = paper_rows[1:-1]
    assert [page["number"] for page in pages] == [1, 2, 3, 4, 5]
    assert [page["label"] for page in pages] == list(facts.labels)
    assert {tuple(round(side) for side in page["size"]) for page in pages} == {(499, 709)}


def test_there_is_one_box_one_height_and_one_flag_a_character(paper_rows: list[Row]) -> None:
    for page in paper_rows[1:-1]:
        count = len(page["text"])
        assert count > 100
        assert boxes(page).shape == (count, 4)
        assert flags(page).shape == (count,)
        assert len(zlib.decompress(base64.b64decode(page["sizes"]))) == 2 * count


def test_no_mark_of_a_reader_is_text(facts: PaperFacts, paper_rows: list[Row]) -> None:
    text = " ".join(page["text"] for page in paper_rows[1:-1])
    assert not any(note in text for note in facts.reader_notes)


def test_bold_and_turned_letters_are_told(facts: PaperFacts, paper_rows: list[Row]) -> None:
    assert marks(paper_rows[1], "Preface") == {BOLD}
    assert marks(paper_rows[1], "This paper grew") == {0}
    assert marks(paper_rows[1], "ptp:2031") == {TURNED}
    assert marks(paper_rows[4], "hours a week") == {TURNED}


def test_a_mathematical_font_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Symbol", 12)
        canvas.drawString(100, 300, "αβγ")
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(100, 200, "plain")

    row = drawn(draw)
    found = {int(flag) for letter, flag in zip(row["text"], flags(row), strict=True) if not letter.isspace()}
    assert found == {0, MATH | SIGNS}


def test_a_base_line_is_where_the_word_was_drawn_whatever_its_size() -> None:
    def draw(canvas: Canvas) -> None:
        for x, size in ((100, 20), (150, 9)):
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 500, "Lamp")

    row = drawn(draw)
    bases = np.frombuffer(zlib.decompress(base64.b64decode(row["bases"])), dtype="<u2") / UNITS_PER_POINT
    assert len(bases) == len(row["text"])
    assert {float(base) for base, letter in zip(bases, row["text"], strict=True) if letter.isalpha()} == {100.0}


def test_a_box_is_where_the_word_was_drawn() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 500, "Lantern")

    # 500 points from below on a page of 600; the box reaches from below the line to above the capitals.
    assert around(drawn(draw), "Lantern") == pytest.approx((100, 81, 168, 104), abs=2)


@pytest.mark.parametrize(
    ("turn", "shown"),
    [(0, (100, 231, 168, 254)), (90, (346, 100, 369, 168)), (180, (232, 346, 300, 369)), (270, (31, 432, 54, 500))],
)
def test_a_turned_page_is_measured_as_shown(turn: int, shown: tuple[int, ...]) -> None:
    """The word begins 100 points along the line and stands 350 above its edge; reportlab turns the sheet with the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 350, "Lantern")

    row = drawn(draw)
    assert row["size"] == [400, 600]
    assert around(row, "Lantern") == pytest.approx(shown, abs=2)


def test_a_line_that_the_page_shows_upright_is_not_turned() -> None:
    """A broad table is often set sideways on a page that is shown turned."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 50, "Sideways")
        canvas.translate(500, 0)
        canvas.rotate(90)
        canvas.drawString(100, 50, "Lantern")

    row = drawn(draw)
    assert marks(row, "Lantern") == {0}
    assert marks(row, "Sideways") == {TURNED}


def test_a_cropped_page_is_measured_as_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 100, 350, 550))
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 500, "Lantern")

    row = drawn(draw)
    assert row["size"] == [300, 450]
    x0, y0, _, y1 = around(row, "Lantern")
    assert x0 == pytest.approx(50, abs=3)
    assert y0 < 50 < y1


def test_a_line_end_has_no_box() -> None:
    row = rows(pdf("The first line\nThe second line"))[1]
    assert "\n" in row["text"]
    for place, letter in enumerate(row["text"]):
        assert boxes(row)[place].any() == (letter not in "\r\n")


def test_boxes_are_kept_to_a_sixteenth_of_a_point(paper_rows: list[Row]) -> None:
    units = boxes(paper_rows[3]) * UNITS_PER_POINT
    assert np.array_equal(units, units.round())
    width, height = paper_rows[3]["size"]
    assert boxes(paper_rows[3])[:, 2].max() <= width
    assert boxes(paper_rows[3])[:, 3].max() <= height


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(WORDS, password="lamp"), "encrypted"),
        (pdf(WORDS)[:300], "damaged"),
        (b"%PDF-1.4\nnothing more", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_row(content: bytes, kind: str) -> None:
    [row] = rows(content)
    assert row["error"] == kind
    assert row["detail"]


def test_a_pdf_without_pages_is_one_row() -> None:
    [row] = rows(without_pages())
    assert row["error"] in ("no pages", "damaged")


def test_a_page_without_text_is_a_row_without_text() -> None:
    found = rows(pdf(WORDS, "", WORDS))
    assert [bool(row["text"]) for row in found[1:-1]] == [True, False, True]


def test_the_module_reads_standard_input_under_its_limits(facts: PaperFacts) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest.extract.pdf", "30", "1024"],
        input=facts.path.read_bytes(),
        capture_output=True,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows(facts.path.read_bytes())


def test_a_quotes_boxes_are_one_a_line_in_its_column(facts: PaperFacts, paper: Read) -> None:
    fact = max((fact for fact in facts.whole if fact.sides == (1,)), key=lambda fact: len(fact.text))
    page = paper.extraction.pages[fact.page - 1]
    [span] = ProvenText(page.text).find(fact.text)
    lines = boxes_of(page, span)
    assert 3 <= len(lines) <= 5
    assert all(line.x0 > 240 for line in lines)
    assert [line.y0 for line in lines] == sorted(line.y0 for line in lines)
    assert len(boxes_of(page, Span(span.start, span.start + 5))) == 1


def other_library(path: Path, pages: Collection[int] | None = None) -> Iterator[tuple[int, str]]:
    """Position and letters of each page, as pdfminer.six reads them in the order of the file."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTChar, LTContainer
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    def letters(where: Any) -> Iterator[str]:
        if isinstance(where, LTChar):
            yield where.get_text()
        elif isinstance(where, LTContainer):
            for part in where:
                yield from letters(part)

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    with path.open("rb") as file:
        for position, page in enumerate(PDFPage.get_pages(file)):
            if pages is None or position in pages:
                interpreter.process_page(page)
                yield position, plain("".join(letters(device.get_result())))


def plain(text: str) -> str:
    """Letters and digits only."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKD", text).lower())


def agreement(path: Path, passages: Sequence[Passage], pages: Collection[int] | None = None) -> tuple[int, list[str]]:
    """How many sentences may be quoted on these pages, and which of them the other library does not find there."""
    seen = dict(other_library(path, pages))
    quotable = [
        (passage.position, text)
        for passage in passages
        for sentence, text in zip(passage.sentences, passage.texts, strict=True)
        if sentence.quotable and passage.position in seen
    ]
    return len(quotable), [text for position, text in quotable if plain(text) not in seen[position]]


def test_another_library_finds_every_sentence_on_the_same_page(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    count, missing = agreement(facts.path, passages)
    assert count > 90
    assert len(missing) <= 0.01 * count, missing


STRIDE = 6
"""Every sixth page of the real papers: reading all of them takes the other library too long."""


@pytest.mark.papers
def test_another_library_finds_the_sentences_of_the_real_papers(papers: Path, read_once: Callable[[Path], Read]) -> None:
    total = 0
    lost: list[tuple[str, str]] = []
    for path in sorted([*papers.glob("*.pdf"), *papers.glob("more/*.pdf")]):
        found = read_once(path)
        some = range(1, len(found.extraction.pages), STRIDE)
        count, missing = agreement(path, passages_of(found.extraction, found.digest), some)
        total += count
        lost += [(path.name, text) for text in missing]
    assert total > 500
    assert len(lost) <= 0.03 * total, lost
