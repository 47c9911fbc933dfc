"""An extraction's lines become passages of whole sentences. Knows no file format and no storage.

A passage is about 80 words (measured: passages of 80 words find the gold within the first 500 words of evidence for
0.74 of the questions on papers, those of 256 tokens and more for at most 0.45), of one section, on one page. A
sentence never spans a dropped line or a page break; what such a gap leaves is a piece, searched but not quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import Page, Passage, Sentence, Span, passage_on
from corpus.text import SOFT_HYPHENS, compounds_in, kept_hyphens
from ingest.sentences import ends_sentence, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extract.extraction import Extraction, Line

TARGET_WORDS = 80
"""A passage is closed once it has this many words."""
LONGEST_WORDS = 110
"""A passage that the next sentence would take beyond this is closed first."""
PARAGRAPH_WORDS = 55
"""At a paragraph's end, this many words are enough."""
SHORTEST_WORDS = 25
"""What is left over at a section's end joins the passage before if it has fewer words."""
LABEL_WORDS = 12
"""Fewer, with a capital in front and no stop behind, are a label."""
LONGEST_SENTENCE = 60
"""Words; a machine transcript without full stops is cut at line ends after this many."""

SEARCHED = ("prose", "caption", "footnote")
_LEADING_MARK = re.compile(r"(?:[•◦▪‣∙·–—*]\s*|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")
_MARK_ALONE = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]")
_FORMULA = re.compile(r"[∑∫∏√∂∇]|[\ue000-\uf8ff]")
"""Signs that have something above, below or in front of them, and letters that a font keeps for itself."""
_EQUATION = re.compile(r"[=∈∀∃≡∝|]")
"""Signs of a formula on one line; where no layout shows that it is on one, it may have been flattened."""
_CLOSES = {"(": ")", "[": "]", "{": "}", "“": '”"', '"': '"”'}
LONGEST_ENTRY = 6
"""Characters of a list's number, with the space before it."""
_ENTRY = re.compile(r"(?:^|\s)(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})$")
"""What stands before the bracket of a list's entry."""
_SENTENCE_START = re.compile(r"[\"'“‘(\[]?[A-Z0-9]")


@dataclass(slots=True)
class _Run:
    """Lines of one kind and section that follow one another with nothing dropped between them."""

    kind: str
    section: str | None
    lines: list[Line]
    goes_on: bool
    """True where the prose before it broke off in mid-sentence."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A sentence with what packing needs to know."""

    sentence: Sentence
    words: int
    opens_paragraph: bool


def with_hyphens(extraction: Extraction) -> Extraction:
    """Mark on each page the line-end hyphens that belong to their word, told by the words of the whole document."""
    compounds: set[str] = set()
    for page in extraction.pages:
        compounds |= compounds_in(page.text)
    pages = tuple(replace(page, hyphens=kept_hyphens(page.text, compounds)) for page in extraction.pages)
    return replace(extraction, pages=pages)


def passages_of(extraction: Extraction, digest: str, lead: str = "") -> list[Passage]:
    """The passages of a document, in order; `extraction` has its hyphens marked. See `Passage.lead`."""
    passages: list[Passage] = []
    section: str | None = None
    broken = False
    for page, lines in zip(extraction.pages, extraction.lines, strict=True):
        runs, section, broken = _runs(page, lines, section, broken)
        for run in runs:
            cuts = list(_cuts(page, run))
            if not _is_label(page, run, cuts):
                passages += [replace(passage, lead=lead) for passage in _pack(page, digest, run, cuts)]
    return passages


def _runs(page: Page, lines: Sequence[Line], section: str | None, broken: bool) -> tuple[list[_Run], str | None, bool]:
    """Group a page's lines; gives back the section and whether the prose breaks off at the page's end."""
    runs: list[_Run] = []
    heading: Line | None = None
    unbroken: _Run | None = None
    top = True
    for line in lines:
        if line.kind == "heading":
            text = page.read(line.span)
            section = f"{section} {text}" if heading is not None and heading.level == line.level and unbroken is None else text
            heading, unbroken, broken = line, None, False
            continue
        if line.kind not in SEARCHED:
            unbroken = None
            continue
        if unbroken is None or unbroken.kind != line.kind or unbroken.section != section:
            goes_on = broken and line.kind == "prose" and (not line.paragraph or (top and not _opens(page, line)))
            unbroken = _Run(line.kind, section, [], goes_on)
            runs.append(unbroken)
        unbroken.lines.append(line)
        heading = None
        if line.kind == "prose":
            text = page.read(line.span)
            broken, top = not (ends_sentence(text) or text.endswith(":")), False
    return runs, section, broken


def _opens(page: Page, line: Line) -> bool:
    """True where a page's first line begins something for certain: by a title of its own, a bullet or a number."""
    return line.run_in is not None or bool(_LEADING_MARK.match(page.text, line.span.start, line.span.end))


def _cuts(page: Page, run: _Run) -> Iterator[_Cut]:
    """The run's sentences, paragraph by paragraph."""
    odd = [span for line in run.lines for span in line.odd]
    goes_on = run.goes_on
    for paragraph in _paragraphs(run.lines):
        start, end = paragraph[0].span.start, paragraph[-1].span.end
        opens = True
        for local in _bounded(_without_marks(page.text, start, end, odd), paragraph):
            span = _trimmed(page, Span(start + local.start, start + local.end), odd)
            text = page.read(span)
            if not any(letter.isalnum() for letter in text) or (opens and _MARK_ALONE.fullmatch(text)):
                continue
            quotable = not goes_on and run.kind == "prose" and _is_quotable(page, text, span, odd) and not _glued(page.text, span)
            yield _Cut(Sentence(span, quotable), len(text.split()), opens)
            goes_on = opens = False


def _without_marks(text: str, start: int, end: int, odd: Sequence[Span]) -> str:
    """The stretch with blanks for footnote marks behind a sentence's end, which would hide that end (`lines.² It seemed`)."""
    letters = list(text[start:end])
    for raised in odd:
        before, behind = text[max(start, raised.start - 20) : raised.start], text[raised.end : raised.end + 1]
        inside = start < raised.start and raised.end <= end
        if inside and raised.of(text).strip().isdigit() and ends_sentence(before) and (not behind or behind.isspace()):
            letters[raised.start - start : raised.end - start] = " " * len(raised)
    return "".join(letters)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Cut a run where the layout shows a new paragraph."""
    paragraph: list[Line] = []
    for line in lines:
        if line.paragraph and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _bounded(text: str, lines: Sequence[Line]) -> Iterator[Span]:
    """Sentences of a paragraph, a run-in title apart; where one has more words than any should, it is cut at line ends."""
    offset, title = lines[0].span.start, lines[0].run_in
    ends = [line.span.end - offset for line in lines]
    first = title.end - offset if title else 0
    if title:
        yield Span(title.start - offset, first)
    for span in (Span(first + each.start, first + each.end) for each in sentence_spans(text[first:])):
        if len(span.of(text).split()) <= 2 * LONGEST_SENTENCE:
            yield span
            continue
        start = span.start
        for end in ends:
            whole_word = text[end - 1] not in f"-{SOFT_HYPHENS}"
            if whole_word and start < end < span.end and len(text[start:end].split()) >= LONGEST_SENTENCE / 2:
                yield _stripped(text, start, end)
                start = end
        yield _stripped(text, start, span.end)


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _trimmed(page: Page, span: Span, odd: Sequence[Span]) -> Span:
    """Take a bullet or number in front, and footnote marks at either end, out of the sentence."""
    start, end = span.start, span.end
    mark = _LEADING_MARK.match(page.text, start, end)
    if mark:
        start = mark.end()
    for raised in odd:
        if raised.start <= start < raised.end < end and not _is_initial(page.text, raised):
            start = raised.end
        if raised.start > start and raised.end == end and page.text[raised.start : end].strip().isdigit():
            end = raised.start
    while start < end and page.text[start].isspace():
        start += 1
    while end > start and page.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_initial(text: str, odd: Span) -> bool:
    """True for letters that begin a word in another size, where a mark of letters stands before a capital (`aSee`)."""
    letters, behind = odd.of(text).strip(), text[odd.end : odd.end + 1]
    return letters.isalpha() and behind.isalpha() and not (letters.islower() and behind.isupper())


def _is_quotable(page: Page, text: str, span: Span, odd: Sequence[Span]) -> bool:
    """A whole sentence of running prose of which every character is what the page shows; a formula on one line may be in it."""
    return (
        len(text.split()) >= 5
        and bool(_SENTENCE_START.match(text))
        and ends_sentence(text, page.text[span.end : span.end + 20])
        and not _FORMULA.search(text)
        and not (page.boxes is None and _EQUATION.search(text))
        and _is_balanced(text)
        and not any(span.overlaps(raised) for raised in odd)
    )


def _is_balanced(text: str) -> bool:
    """True where each bracket and quotation mark has its other half; `2)` of a list needs none, and `"` closes `“` as well."""
    open_ones: list[str] = []
    for place, letter in enumerate(text):
        last = open_ones[-1] if open_ones else ""
        if letter in _CLOSES.get(last, ""):
            open_ones.pop()
        elif letter in _CLOSES:
            open_ones.append(letter)
        elif letter in ")]}”" and not (letter == ")" and _ENTRY.search(text[max(0, place - LONGEST_ENTRY) : place])):
            return False
    return not open_ones


def _glued(text: str, span: Span) -> bool:
    """True where a letter or digit, as of a footnote mark, touches it: it cannot be proven as a quote."""
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    return (before.isalnum() and text[span.start].isalnum()) or (after.isalnum() and text[span.end - 1].isalnum())


def _is_label(page: Page, run: _Run, cuts: Sequence[_Cut]) -> bool:
    """True for a few words without any sentence's end: the title or a label of a picture; nobody would read it as an answer."""
    if page.boxes is None or run.kind != "prose" or run.goes_on or sum(cut.words for cut in cuts) >= LABEL_WORDS:
        return False
    texts = [page.read(cut.sentence.span) for cut in cuts]
    return all(text[0].isupper() and not (text.endswith(":") or ends_sentence(text)) for text in texts)


def _pack(page: Page, digest: str, run: _Run, cuts: Sequence[_Cut]) -> list[Passage]:
    """Put sentences together until a passage is full."""
    groups: list[list[_Cut]] = []
    words = 0
    for cut in cuts:
        full = (
            not groups
            or words >= TARGET_WORDS
            or (words + cut.words > LONGEST_WORDS and words >= SHORTEST_WORDS)
            or (cut.opens_paragraph and words >= PARAGRAPH_WORDS)
        )
        if full:
            groups.append([])
            words = 0
        groups[-1].append(cut)
        words += cut.words
    if len(groups) > 1 and sum(cut.words for cut in groups[-1]) < SHORTEST_WORDS:
        rest = groups.pop()
        groups[-1] += rest
    return [passage_on(page, digest, [cut.sentence for cut in group], section=run.section, kind=run.kind) for group in groups]
