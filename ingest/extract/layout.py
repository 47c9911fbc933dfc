"""What each printed line is: running text, heading, caption, footnote, table, or matter that is not searched.

Knows how papers are laid out, no PDF library and no sentence. Whole lines are sorted out, never characters in one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.documents import Span
from corpus.text import loose, readable
from ingest.extract.extraction import Extraction, Line, LineKind
from ingest.extract.front_matter import FrontMatter, chosen_title, front_matter
from ingest.extract.headings import is_matter
from ingest.extract.identifiers import identifiers_in
from ingest.extract.printed_headings import HeadingFinder, Outline
from ingest.extract.printed_lines import PrintedLine, PrintedPage, printed_page
from ingest.extract.running_text import FUNCTION_WORDS, WORD, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

EDGE = 0.11
"""Running heads and page numbers stand in the upper or lower 11 % of a page."""
SMALL, SMALLEST = 0.94, 0.75
"""Footnotes are set below the first share of the body's size; below the second, between LaTeX's `footnotesize` and
`scriptsize`, a table's notes, samples and what a figure shows."""
GAP, SHORT_LINE = 0.75, 0.6
"""Widest gap within a block, in heights of a line; share of a block's width below which a line looks like a last one."""

TITLE_BLOCK = 60
"""Lines of the first page among which the heading `Abstract` is looked for."""

_CAPTION = re.compile(r"(?:figure|fig\.|table|algorithm|listing|box|chart)\s*[A-Z]?\.?\d+(?:\.\d+)?\s*[:.|(]", re.I)
_BARE_CAPTION = re.compile(r"(?:Figure|Table|Algorithm)\s+\d+\s+[A-Z]")
_NUMBER_AHEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d{1,2})+)\.?\s+[A-Z]")
_BULLET = re.compile(r"\s*(?:[•◦▪‣∙·–—*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_FOOTNOTE_MARK = re.compile(r"\s*(?:\d{1,2}|[*∗†‡§¶‖#])\s*\S")
_RAISED_MARK = re.compile(r"\d{1,2}\s?[A-Z]")
_MARK_AHEAD = re.compile(r"\s*(\d{1,2})")
_MARK_ALONE = re.compile(r"\d{1,2}|[*∗†‡§¶‖#]")
_NO_LETTERS = re.compile(r"[\x00\x01\x03-\x08\x0e-\x1f]")
"""What PDFium gives for a font that does not tell its letters."""
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d+)?[-–—\s]*", re.I)
_SENTENCE_END = re.compile(r"[.?!:][\"'”’)\]]*$")


@dataclass(slots=True)
class _Block:
    """Consecutive lines that stand together."""

    lines: list[PrintedLine]
    kind: LineKind = "prose"


def lay_out(rows: Iterable[Mapping[str, Any]]) -> Extraction:
    """Make an extraction of the child's rows: the header, then a row a page."""
    reader = iter(rows)
    header = next(reader)
    pages = [printed_page(row, position) for position, row in enumerate(row for row in reader if "number" in row)]
    body = body_size(pages)
    running = _running_lines(pages)
    finder = HeadingFinder(Outline(header.get("outline", ())), body)
    sorted_lines = [_sort_page(page, body, running, finder) for page in pages]
    _hide_title_block(pages, sorted_lines)
    _hide_matter(pages, sorted_lines)
    first = pages[0].page.text if pages else ""
    identifiers, version = identifiers_in(first)
    front = front_matter(pages[0], body) if pages else FrontMatter()
    return Extraction(
        pages=tuple(page.page for page in pages),
        lines=tuple(tuple(lines) for lines in sorted_lines),
        title=chosen_title(front.title, header.get("title"), first),
        authors=front.authors,
        year=front.year,
        identifiers=identifiers,
        version=version,
        notes=tuple(header.get("notes", ())),
    )


def body_size(pages: Sequence[PrintedPage]) -> float:
    """Height of the size in which most characters are set, in points."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[round(line.size * 4) / 4] += len(line.span)
    return weights.most_common(1)[0][0] if weights else 10.0


def _running_lines(pages: Sequence[PrintedPage]) -> set[tuple[int, int]]:
    """(page, start) of running heads and page numbers: at a page's edge, and alike, numbers aside, on three pages or more."""
    edge: dict[tuple[int, int], str] = {}
    for page in pages:
        for line in page.lines:
            if line.box.y1 < EDGE * page.height or line.box.y0 > (1 - EDGE) * page.height:
                edge[(line.page, line.span.start)] = re.sub(r"\d+", "#", line.text.strip().lower())
    seen = Counter(text for _, text in {(page, text) for (page, _), text in edge.items()})
    return {
        place
        for place, text in edge.items()
        if seen[text] >= min(3, max(2, len(pages))) or _PAGE_NUMBER.fullmatch(text.replace("#", "1"))
    }


def _sort_page(page: PrintedPage, body: float, running: set[tuple[int, int]], finder: HeadingFinder) -> list[Line]:
    """The page's lines with their kinds, in the order of the text."""
    blocks = list(_blocks([line for line in page.lines if (line.page, line.span.start) not in running and not line.turned]))
    kept: dict[int, Line] = {}
    before: _Block | None = None
    for block in blocks:
        heading = finder.heading(block.lines)
        block.kind = "heading" if heading else _kind(block, before, body, page.height)
        starts_paragraph = before is None or before.kind != block.kind or _ends(before) or _is_title(before, block)
        for place, line in enumerate(block.lines):
            kind = _line_kind(line, block.kind)
            indented = (
                place > 0 and line.box.x0 > block.lines[place - 1].box.x0 + 0.6 * line.size and _ends_line(block, place - 1)
            )
            opens = (place == 0 and starts_paragraph) or indented or bool(_BULLET.match(line.text))
            run_in = line.run_in if opens and kind == "prose" else None
            odd = line.misread
            if not opens and _may_open(block, place, before):
                odd = (Span(line.span.start, line.span.start + 1), *odd)
            kept[line.span.start] = Line(line.span, heading.level if heading else None, kind, opens, odd, run_in)
        if block.kind != "footnote":
            before = block
    for line in page.lines:
        kept.setdefault(line.span.start, Line(line.span, None, "matter"))
    return [kept[start] for start in sorted(kept)]


def _blocks(lines: Sequence[PrintedLine]) -> Iterator[_Block]:
    """Group lines that follow one another closely, in one column and one size."""
    block: list[PrintedLine] = []
    for line in lines:
        if block and (not _goes_on(block[-1], line) or _leaves_caption(block, line)):
            yield _Block(block)
            block = []
        block.append(line)
    if block:
        yield _Block(block)


def _leaves_caption(block: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """True where running text follows a whole caption more closely than blocks do, in another size."""
    caption = _CAPTION.match(block[0].text.strip()) and _SENTENCE_END.search(block[-1].text.rstrip())
    return bool(caption) and abs(line.size - block[0].size) > 0.04 * line.size


def _goes_on(above: PrintedLine, line: PrintedLine) -> bool:
    """True where `line` stands right below `above` and looks like it."""
    gap = line.box.y0 - above.box.y1
    overlap = min(above.box.x1, line.box.x1) - max(above.box.x0, line.box.x0)
    alike = abs(line.size - above.size) < 0.12 * above.size or line.math > 0.3 or above.math > 0.3
    weight = (line.bold > 0.8) == (above.bold > 0.8)
    if line.bold > 0.8 and _NUMBER_AHEAD.match(line.text):
        return False
    if line.odd and line.odd[0].start == line.span.start and _RAISED_MARK.match(line.text):
        return False
    return -0.9 * above.size < gap < GAP * above.size and overlap > 0 and alike and weight and not _opens_caption(line)


def _opens_caption(line: PrintedLine) -> bool:
    return bool(_CAPTION.match(line.text.strip()) or _BARE_CAPTION.match(line.text.strip()))


def _kind(block: _Block, before: _Block | None, body: float, height: float) -> LineKind:
    """What a block is, by its looks and words."""
    first = block.lines[0]
    continues = before is not None and before.kind == "prose" and not _ends(before)
    if _CAPTION.match(first.text.strip()) or (_BARE_CAPTION.match(first.text.strip()) and not (continues and _calls(before))):
        return "caption"
    if (
        before is not None
        and before.kind == "caption"
        and not _ends(before)
        and abs(first.size - before.lines[0].size) < 0.1 * first.size
        and first.box.y0 > before.lines[-1].box.y0 - 1
    ):
        return "caption"
    if any(_NO_LETTERS.search(line.text) for line in block.lines):
        return "table"
    prose = is_prose(" ".join(line.text for line in block.lines), continues)
    if first.size < SMALL * body and first.box.y0 > 0.5 * height:
        imprint = prose and first.box.y0 > (1 - EDGE) * height
        if imprint or (_has_words(block) and (_FOOTNOTE_MARK.match(first.text) or _mark_beside(before, first))):
            return "footnote"
    return ("caption" if first.size < SMALLEST * body else "prose") if prose else "table"


def _has_words(block: _Block) -> bool:
    """False for the numbers along the axis of a figure."""
    text = " ".join(line.text for line in block.lines)
    return len(WORD.findall(text)) >= max(1, len(text.split()) / 2)


def _calls(before: _Block | None) -> bool:
    """True where the figure's name belongs to the sentence (`as shown in`), and is not below the figure's own title."""
    words = before.lines[-1].text.split() if before else []
    return bool(words) and (words[-1].lower().strip("(") in (*FUNCTION_WORDS, "", "see") or words[-1][-1] in ",;")


def _mark_beside(before: _Block | None, first: PrintedLine) -> bool:
    """True where the block before is a footnote's mark, raised to the left of the line."""
    if before is None or len(before.lines) > 1 or not _MARK_ALONE.fullmatch(before.lines[0].text.strip()):
        return False
    box = before.lines[0].box
    return box.x1 <= first.box.x0 + 2 and box.y0 < first.box.y1 and box.y1 > first.box.y0 - 2


def _line_kind(line: PrintedLine, kind: LineKind) -> LineKind:
    """A displayed formula inside a paragraph is no prose."""
    if kind != "prose":
        return kind
    words = [word for word in WORD.findall(line.text) if len(word) > 2]
    formula = line.math > 0.35 or ("=" in line.text and len(line.odd) > 1)
    return "table" if formula and len(words) < 4 else kind


def _is_title(block: _Block, below: _Block) -> bool:
    """True for a few bold words above running text that are no heading of the outline, and no sentence either."""
    bold = all(line.bold > 0.8 for line in block.lines) and not any(line.bold > 0.8 for line in below.lines[:1])
    return bold and len(block.lines) <= 2 and block.lines[0].text[:1].isupper() and below.lines[0].text[:1].isupper()


def _may_open(block: _Block, place: int, before: _Block | None) -> bool:
    """True for a line with a capital below a paragraph's gap or a short line: whether a sentence goes on there, nothing tells."""
    line = block.lines[place]
    if not line.text[:1].isupper():
        return False
    if place == 0:
        above = before.lines[-1].box if before else line.box
        return GAP * line.size < line.box.y0 - above.y1 < 2 * line.size and line.box.x0 < above.x1
    left, right = min(each.box.x0 for each in block.lines), max(each.box.x1 for each in block.lines)
    return not _ends_line(block, place - 1) and block.lines[place - 1].box.x1 < left + SHORT_LINE * (right - left)


def _ends(block: _Block) -> bool:
    """True where the block's last line ends a sentence."""
    return _ends_line(block, len(block.lines) - 1)


def _ends_line(block: _Block, place: int) -> bool:
    """The same of one line, a raised mark behind its stop aside."""
    line = block.lines[place]
    mark = line.misread[-1] if line.misread and line.misread[-1].end == line.span.end else None
    return bool(_SENTENCE_END.search(line.text[: mark.start - line.span.start] if mark else line.text.rstrip()))


def _hide_title_block(pages: Sequence[PrintedPage], sorted_lines: list[list[Line]]) -> None:
    """Title, authors and affiliations are no evidence: on the first page, all that stands before the abstract, or, where
    none is marked, before a first heading or the first stretch of three prose lines."""
    if not pages:
        return
    lines = sorted_lines[0]
    stop = _abstract(pages[0], lines)
    run = 0
    for place, line in enumerate(lines):
        run = run + 1 if line.kind == "prose" else 0
        if stop is None and (run == 3 or (line.kind == "heading" and run == 0 and place > 2 and line.level == 1)):
            stop = place - 2 if run == 3 else place
    sorted_lines[0] = [_as_matter(line) if place < (stop or 0) else line for place, line in enumerate(lines)]


def _abstract(page: PrintedPage, lines: Sequence[Line]) -> int | None:
    """Place of the heading `Abstract`, where it stands as far up as a title block lets it."""
    for place, line in enumerate(lines[:TITLE_BLOCK]):
        if line.kind == "heading" and loose(line.span.of(page.page.text)) == "abstract":
            return place
    return None


def _hide_matter(pages: Sequence[PrintedPage], sorted_lines: list[list[Line]]) -> None:
    """Everything from a heading such as References to the next heading of its rank is matter; but not a footnote whose
    mark stands in the running text above that heading."""
    hidden: int | None = None
    for page, lines in zip(pages, sorted_lines, strict=True):
        raw = page.page.text
        called: set[str] = set()
        ours = False
        for place, line in enumerate(lines):
            if line.kind == "heading" and line.level is not None:
                if is_matter(readable(line.span.of(raw))):
                    hidden = line.level
                elif hidden is not None and line.level <= hidden:
                    hidden = None
            if line.kind == "footnote" and (mark := _MARK_AHEAD.match(line.span.of(raw))):
                ours = mark[1] in called
            if hidden is None:
                called.update(raised.of(raw).strip() for raised in line.odd)
            elif line.kind != "footnote" or not ours:
                lines[place] = _as_matter(line)


def _as_matter(line: Line) -> Line:
    return Line(line.span, line.level, "matter", line.paragraph, line.odd)
