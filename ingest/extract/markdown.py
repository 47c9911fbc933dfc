"""Markdown: lines by what markdown-it says they are. Knows no encoding.

The page's text is the raw file, so a quote stays contiguous; the spans of lines leave out the marks around them (`#`,
`-`, `>`, the tags of a line of HTML), never a mark inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.documents import Page, Span
from ingest.extract.extraction import Extraction, Line, LineKind
from ingest.extract.headings import is_matter, lines_of, shade
from ingest.extract.identifiers import identifiers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_FRONT_ARXIV = re.compile(r"^(?:arxiv(?:[_-]?id)?|eprint):\s*[\"']?(?:arXiv:)?(\d{4}\.\d{4,5})(v\d+)?", re.M | re.I)
_FRONT_DOI = re.compile(r"^doi:\s*[\"']?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"']+)", re.M | re.I)
_PAGE_MARK = re.compile(r"(?:page|p\.)\s*\d+", re.I)
_TAGS_BEFORE = re.compile(r"(?:\s*</?[a-z][^<>]*>)+\s*|\s+", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_NOT_PROSE_TAG = re.compile(r"\s*<(?:summary|script|style|!--|nav|button)\b", re.I)
_RULE = re.compile(r"[\s|:-]+|\s*(?:`{3,}|~{3,})[^`]*")


@dataclass(frozen=True, slots=True)
class _File:
    """The raw text with where its lines begin."""

    text: str
    starts: tuple[int, ...]

    def line(self, row: int) -> Span:
        """Line `row` without its end."""
        end = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        return Span(self.starts[row], end)


def read_markdown(text: str, notes: tuple[str, ...] = ()) -> Extraction:
    """Take a Markdown file apart; it is one page."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    file = _File(text, (0, *(match.end() for match in re.finditer("\n", text))))
    lines = [Line(span, kind="matter") for span in lines_of(text[: front.end()])] if front else []
    masked = re.sub(r"[^\n]", " ", text[: front.end()]) + text[front.end() :] if front else text
    tokens = MarkdownIt("commonmark").enable("table").parse(masked)
    lines += sorted(_lines(tokens, file), key=lambda line: line.span)
    page = Page(0, text)
    shaded = shade([lines], [page])
    first = next((line.span.of(text) for line in lines if line.kind == "heading" and line.level == 1), None)
    title, stated, version = _stated(front[1] if front else "")
    found, printed = identifiers_in(text[front.end() :] if front else text)
    identifiers = tuple(dict.fromkeys((*found, *stated)))
    return Extraction((page,), shaded, title or first, identifiers, printed or version, notes=notes)


def _stated(front: str) -> tuple[str | None, tuple[str, ...], str | None]:
    """Title, identifiers and version of the front matter."""
    title, arxiv, doi = _FRONT_TITLE.search(front), _FRONT_ARXIV.search(front), _FRONT_DOI.search(front)
    found = ([f"arXiv:{arxiv[1]}{arxiv[2] or ''}"] if arxiv else []) + ([doi[1]] if doi else [])
    return title[1] if title else None, tuple(found), arxiv[2] if arxiv else None


def _lines(tokens: Sequence[Token], file: _File) -> Iterator[Line]:
    """The lines of every block, one block after another."""
    in_table, level = False, 0
    for token in tokens:
        rows = range(*token.map) if token.map else range(0)
        if token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
            yield from _whole(rows, file, "table")
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline" and not in_table:
            yield from _inline(token.content, rows, file, level)
            level = 0
        elif token.type in ("fence", "code_block"):
            yield from _whole(rows, file, "code")
        elif token.type == "html_block":
            yield from _tagged(rows, file)


def _inline(content: str, rows: range, file: _File, level: int) -> Iterator[Line]:
    """The lines of a paragraph or heading, found again in the raw file behind their marks."""
    for row, words in zip(rows, map(str.strip, content.split("\n")), strict=False):
        whole = file.line(row)
        place = whole.of(file.text).find(words)
        if not words or place < 0:
            continue
        span = Span(whole.start + place, whole.start + place + len(words))
        if level:
            yield Line(span, None, "matter") if _PAGE_MARK.fullmatch(words) else Line(span, level, "heading")
        else:
            yield Line(span, None, "heading" if is_matter(words) else "prose", paragraph=row == rows.start)


def _whole(rows: range, file: _File, kind: LineKind) -> Iterator[Line]:
    """The lines of a block that is kept as it stands, without the lines that only rule or fence it."""
    for row in rows:
        span = file.line(row)
        text = span.of(file.text)
        if text.strip() and not _RULE.fullmatch(text):
            yield Line(Span(span.start, span.start + len(text.rstrip())), kind=kind)


def _tagged(rows: range, file: _File) -> Iterator[Line]:
    """The lines of a block of HTML without the tags around their words; a line of tags only is matter."""
    for row in rows:
        span = file.line(row)
        text = span.of(file.text)
        if not text.strip():
            continue
        before = _TAGS_BEFORE.match(text)
        start, end = before.end() if before else 0, _end_before_tags(text)
        if start >= end or _NOT_PROSE_TAG.match(text):
            yield Line(Span(span.start, span.start + len(text.rstrip())), kind="matter")
        else:
            yield Line(Span(span.start + start, span.start + end), paragraph=before is not None and "<" in before[0])


def _end_before_tags(text: str) -> int:
    """Where a line's words end, before the tags and the white space behind them."""
    end = len(text.rstrip())
    while text[end - 1 : end] == ">" and (start := text.rfind("<", 0, end)) >= 0 and _TAG.fullmatch(text, start, end):
        end = len(text[:start].rstrip())
    return end
