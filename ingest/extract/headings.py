"""Headings in text that marks none, and what stands under headings that nobody searches. Knows no file format.

A heading of plain text is one of
- a number and a title, on one line or on two (`3.1`, then `Extracting a Conscious State`, as PDFs give it), where the
  number is the successor of the last one, so that a stray `2` opens nothing, and no list entry follows it;
- a word that papers use as a heading (`Abstract`, `References`), alone on its line;
- a line that begins with `#`; or a short line in capitals between two blank lines.
A heading over two lines is two lines of the same level that follow each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import Page, Span
from ingest.extract.extraction import Line, LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MATTER = re.compile(
    r"(?:references|bibliography|works cited|literature cited|acknowledge?ments?|authors?['’]? contributions?"
    r"|(?:authors?['’]? )?contributions? statement|funding|(?:table of )?contents|conflicts? of interest|competing interests"
    r"|about the authors?)(?: and notes)?",
    re.I,
)
_WORDS = re.compile(
    r"(?:Abstract|Introduction|Background|Related Work|Methods?|Experiments|Results|Discussion|Limitations|Future Work"
    r"|Conclusions?|Summary|Preface|Foreword|Prologue|Epilogue|Appendix|Appendices|Appendix [A-Z](?:[.:]? .{1,60})?"
    r"|Appendix: .{1,60})",
    re.I,
)
_NUMBER = r"(?:\d{1,2}|[A-Z](?=\.\d))(?:\.\d{1,2}){0,3}"
_NUMBER_ALONE = re.compile(rf"({_NUMBER}|[A-Z])\.?")
_NUMBERED = re.compile(rf"({_NUMBER}|[A-Z](?=\.? +[A-Z]))\.?[ \t]+(\S.*)")
_LEADING_NUMBER = re.compile(rf"(?:{_NUMBER}|[A-Z])\.?\s+")
_HASHES = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t#]*")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*")
_ENDS_SENTENCE = re.compile(r"[.?!:)\]”\"’]\s*$|[\])}]\s*\d*$")
_BULLET = re.compile(r"[•◦▪‣*-]\s+\S")
_LONGEST_TITLE, _SHORT_LINE = 90, 40

_WORD = re.compile(r"[^\W\d_]{3,}")
_FORMULA = re.compile(r"\(\d{1,3}(?:\.\d+)?\)|[^\W\d_]|(?=.*[^\W\d_])[^(].*[=<>≤≥≠≈∈∑∏∫√∂∇→(){}|^_].*")
"""The number of an equation; a lone letter, as a fraction leaves it; or letters with a sign between them."""
_TITLE_BLOCK = 40
"""Lines above `Abstract`: title, authors, affiliations; further down it is no title block."""

Number = tuple[int, ...]


def lines_of(text: str) -> tuple[Span, ...]:
    """The lines that hold anything, without the white space around them."""
    return tuple(Span(match.start(), match.end()) for match in re.finditer(r"[^\s](?:[^\r\n\f]*[^\s])?", text))


def is_matter(title: str) -> bool:
    """True for the title of a part that is not searched, with or without its number."""
    words = title.strip(" \t:#*.")
    return bool(_MATTER.fullmatch(words) or _MATTER.fullmatch(_LEADING_NUMBER.sub("", words, count=1)))


def shade(lines: Sequence[Sequence[Line]], pages: Sequence[Page]) -> tuple[tuple[Line, ...], ...]:
    """Turn the lines from a heading such as `References` to the next heading into matter.

    A deeper heading under it is matter too; one without a level ends it.
    """
    depth: int | None = None
    shaded: list[tuple[Line, ...]] = []
    for page, written in zip(pages, lines, strict=True):
        row: list[Line] = []
        for line in written:
            if line.kind == "heading" and is_matter(line.span.of(page.text)):
                depth = line.level or 9
            elif line.kind == "heading" and depth is not None and (line.level or 1) <= depth:
                depth = None
            row.append(line if depth is None else replace(line, kind="matter"))
        shaded.append(tuple(row))
    return tuple(shaded)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with what stands around it."""

    page: int
    span: Span
    text: str
    gap: bool
    """True where a blank line, or the page's top, is above it."""
    paragraph: bool
    """True where a blank line above it or a bullet shows that a paragraph begins; a page's top does not."""
    number: bool = False
    """True for a page number."""


def marked(pages: Sequence[Page], *, printed: bool = False) -> tuple[tuple[Line, ...], ...]:
    """The lines of plain pages with their headings marked; `printed` pages end in page numbers."""
    rows = list(_rows(pages, printed))
    marks = _marks(rows)
    abstract = next((place for place in marks if rows[place].text.strip(" :").lower() == "abstract"), 0)
    abstract = abstract if abstract <= _TITLE_BLOCK else 0
    lines: list[list[Line]] = [[] for _ in pages]
    for place, row in enumerate(rows):
        level = marks.get(place)
        kind = "heading" if level else _kind(row, place < abstract)
        lines[row.page].append(Line(row.span, level, kind, row.paragraph))
    return shade(lines, pages)


def _kind(row: _Row, in_title_block: bool) -> LineKind:
    """What a line is that is no heading; a displayed formula is set apart, since no sentence is quoted across it."""
    if row.number or in_title_block:
        return "matter"
    return "table" if is_formula(row.text) else "prose"


def is_formula(text: str) -> bool:
    """True for a line of a displayed formula, as plain text gives it."""
    return _WORD.search(text) is None and _FORMULA.fullmatch(text) is not None


def _rows(pages: Sequence[Page], printed: bool) -> Iterator[_Row]:
    for place, page in enumerate(pages):
        spans = lines_of(page.text)
        for index, span in enumerate(spans):
            above = page.text[spans[index - 1].end : span.start] if index else "\n\n"
            last = printed and 0 < index == len(spans) - 1
            text, gap = span.of(page.text), above.count("\n") > 1
            bullet = _BULLET.match(text) is not None and (gap or _may_end(spans[index - 1].of(page.text)))
            number = last and _PAGE_NUMBER.fullmatch(text) is not None
            yield _Row(place, span, text, gap, (gap and index > 0) or bullet, number)


def _marks(rows: Sequence[_Row]) -> dict[int, int]:
    """Level of each row that is a heading, by its place."""
    marks: dict[int, int] = {}
    counted: Number | None = None
    place = 0
    while place < len(rows):
        row = rows[place]
        level, length, number = _heading_at(rows, place, counted)
        if level and not row.number:
            marks.update(dict.fromkeys(range(place, place + length), level))
            counted = number or counted
        place += length
    return marks


def _heading_at(rows: Sequence[_Row], place: int, counted: Number | None) -> tuple[int, int, Number | None]:
    """Level (0 for none), length in lines, and number of the heading that begins at `place`."""
    row = rows[place]
    if hashes := _HASHES.fullmatch(row.text):
        return len(hashes[1]), 1, None
    if is_matter(row.text) or _WORDS.fullmatch(row.text.strip(" :")):
        numbered = _NUMBERED.fullmatch(row.text)
        return 1, 1, _parts(numbered[1]) if numbered else None
    if not (row.gap or rows[place - 1].number or _may_end(rows[place - 1].text)):
        return 0, 1, None
    if alone := _NUMBER_ALONE.fullmatch(row.text):
        number, title, first = _parts(alone[1]), rows[place + 1] if place + 1 < len(rows) else None, place + 1
        if title and not title.gap and title.page == row.page and follows(number, counted) and is_title(title.text):
            return len(number), 1 + _title_lines(rows, first), number
        return 0, 1, None
    if numbered := _NUMBERED.fullmatch(row.text):
        number = _parts(numbered[1])
        # A wrapped line may begin with the article: `A theory of …`.
        article = len(number) == 1 and number[0] < 0 and not row.gap
        if follows(number, counted) and is_title(numbered[2]) and not article and not _list_goes_on(rows, place, number):
            return len(number), _title_lines(rows, place), number
        return 0, 1, None
    below = rows[place + 1].gap if place + 1 < len(rows) else False
    shouted = row.text.isupper() and len(row.text) <= 60 and sum(map(str.isalpha, row.text)) >= 4
    return (1, 1, None) if shouted and row.gap and below else (0, 1, None)


def _parts(number: str) -> Number:
    """`3.1` as (3, 1); an appendix's letter counts backwards from -26, so that A comes before B."""
    return tuple(int(part) if part.isdigit() else ord(part) - ord("Z") - 1 for part in number.split("."))


def follows(number: Number, counted: Number | None) -> bool:
    """True where a heading with this number may come after the last one."""
    first = number[-1] in (1, 0, -26)
    if counted is None:
        return first and len(number) == 1 and number[0] >= 0
    if len(number) == len(counted) + 1:
        return number[:-1] == counted and first
    if len(number) > len(counted):
        return False
    if number == (-26,):
        return True  # the first appendix comes after any section
    return number[:-1] == counted[: len(number) - 1] and number[-1] == counted[len(number) - 1] + 1


def is_title(text: str) -> bool:
    """True where a line could be a title: begins with a capital, is short, and does not end like running text."""
    words = text.split()
    letters = sum(map(str.isalpha, text))
    return (
        text[:1].isupper()
        and len(text) <= _LONGEST_TITLE
        and len(words) <= 14
        and text[-1] not in ".,;:"
        and any(len(word) > 2 for word in words)
        and letters >= 0.6 * sum(not character.isspace() for character in text)
    )


def _title_lines(rows: Sequence[_Row], place: int) -> int:
    """1, or 2 where the title at `place` was broken and goes on below."""
    if place + 2 >= len(rows):
        return 1
    title, rest, below = rows[place], rows[place + 1], rows[place + 2]
    if rest.gap or rest.page != title.page or len(title.text) < _SHORT_LINE:
        return 1
    if title.text.endswith("-"):
        return 2
    capitals = all(word[0].isupper() for word in rest.text.split() if len(word) > 3)
    goes_on = capitals and len(rest.text) < _SHORT_LINE < len(below.text) and rest.text[-1] not in ".,;:"
    return 2 if goes_on and not _NUMBER_ALONE.fullmatch(rest.text) else 1


def _may_end(line: str) -> bool:
    """True where a paragraph may end with this line, so that a heading may come next."""
    return len(line) < _SHORT_LINE or _ENDS_SENTENCE.search(line) is not None


def _list_goes_on(rows: Sequence[_Row], place: int, number: Number) -> bool:
    """True where the next line has the next number: a list, or a table of contents, not a heading."""
    following = _NUMBERED.fullmatch(rows[place + 1].text) if place + 1 < len(rows) else None
    return following is not None and (_parts(following[1]) == (*number[:-1], number[-1] + 1))
