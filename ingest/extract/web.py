"""Web pages: the main text that trafilatura finds, without navigation, menus and comments. Knows no address.

The page's text is made here from that main text: one block a line (a paragraph, a list entry, a table's row), a blank
line between blocks, white space folded. The same bytes always give the same text, so a quote can be proven again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.documents import Page, Span
from corpus.errors import DamagedDocument, EmptyDocument
from ingest.extract.extraction import Extraction, Line, LineKind
from ingest.extract.headings import shade
from ingest.extract.identifiers import identifiers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCKS = frozenset({"head", "p", "item", "list", "table", "row", "code", "quote", "div", "main", "body"})
_FEWEST_WORDS = 5
"""The last word of a menu is not a main text."""
_KINDS: dict[str, LineKind] = {"head": "heading", "code": "code", "row": "table"}


@dataclass(slots=True)
class _Text:
    """The main text as it grows."""

    written: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, kind: LineKind, level: int | None, parting: str = "\n\n") -> None:
        """Append one line."""
        if self.written:
            self.written.append(parting)
            self.length += len(parting)
        self.lines.append(Line(Span(self.length, self.length + len(words)), level, kind, paragraph=parting == "\n\n"))
        self.written.append(words)
        self.length += len(words)


def read_web(text: str, name: str, notes: tuple[str, ...] = ()) -> Extraction:
    """Take the main text of a web page apart."""
    import trafilatura

    tree = trafilatura.load_html(_without_declaration(text))
    if tree is None:
        raise DamagedDocument(f"{name} cannot be read as HTML.", remedy="Save the page again from the browser.")
    title, stated = _title(tree), _stated(tree)
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text_so_far = _Text()
    body = getattr(found, "body", None)  # None as a whole where it found nothing
    if body is not None:
        for words, kind, level, parting in _blocks(body):
            text_so_far.add(words, kind, level, parting)
    if len(" ".join(text_so_far.written).split()) < _FEWEST_WORDS:
        raise EmptyDocument(
            f"{name} has no main text: it may be a menu, a log-in page, or a page that scripts write.",
            remedy="Open it in a browser, and save what you see as PDF or plain text.",
        )
    page = Page(0, "".join(text_so_far.written))
    printed, version = identifiers_in(page.text)
    lines = shade([text_so_far.lines], [page])
    return Extraction((page,), lines, title, tuple(dict.fromkeys((*stated, *printed))), version, notes=notes)


def _without_declaration(text: str) -> str:
    """The page without the XML declaration, whose encoding no longer holds once bytes are text."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _blocks(element: Any) -> Iterator[tuple[str, LineKind, int | None, str]]:
    """Every block below `element` as (words, kind, level, what parts it from the one above)."""
    if element.tag == "code":
        rows = [row.rstrip() for row in "".join(element.itertext()).strip("\n").split("\n")]
        yield from ((row, "code", None, "\n" if index else "\n\n") for index, row in enumerate(filter(str.strip, rows)))
        return
    if element.tag == "row":
        cells = [_folded("".join(cell.itertext())) for cell in element]
        if any(cells):
            yield " | ".join(cells), "table", None, "\n\n" if element.getprevious() is None else "\n"
        return
    level = int(element.get("rend", "h1")[1:] or 1) if element.tag == "head" else None
    kind = _KINDS.get(element.tag, "prose")
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _flushed(loose, kind, level)
            yield from _blocks(child)
            loose = []
        else:
            loose.append(" " if child.tag == "lb" else "".join(child.itertext()))
        loose.append(child.tail or "")
    yield from _flushed(loose, kind, level)


def _flushed(loose: list[str], kind: LineKind, level: int | None) -> Iterator[tuple[str, LineKind, int | None, str]]:
    words = _folded("".join(loose))
    if words:
        yield words, kind, level, "\n\n"


def _folded(words: str) -> str:
    return " ".join(words.split())


def _title(tree: Any) -> str | None:
    """The title that the page states for citations, for sharing, or for its window."""
    queries = (
        "//meta[@name='citation_title']/@content",
        "//meta[@property='og:title']/@content",
        "(//h1)[1]//text()",
        "(//title)[1]//text()",
    )
    found = (_folded("".join(tree.xpath(query)[:1] if "@" in query else tree.xpath(query))) for query in queries)
    return next((words for words in found if words), None)


def _stated(tree: Any) -> tuple[str, ...]:
    """Identifiers that the page states for citations."""
    arxiv = tree.xpath("//meta[@name='citation_arxiv_id']/@content")[:1]
    doi = tree.xpath("//meta[@name='citation_doi']/@content")[:1]
    return tuple(f"arXiv:{found.strip()}" for found in arxiv) + tuple(found.strip().removeprefix("doi:") for found in doi)
