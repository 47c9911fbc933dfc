"""What there is to see of a place in a document: its page as a picture, or the words around it. Knows no screen.

Pictures are kept in memory, as many as `KEPT`: a page that was looked at once is there at once.
"""

from __future__ import annotations

import contextlib
import re
import struct
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.pincite import link
from corpus.boxes import boxes_of
from corpus.errors import PinciteError
from corpus.home import read_content
from ui.page_image import PDF, SHARP, crop_webp, page_count, page_png

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.answers import Citation, Evidence, Quote
    from corpus.documents import Box, Document, Page, Passage, Span
    from corpus.library import Library

KEPT = 64
"""Pictures in memory; a page is about half a megabyte."""
COVERS = 256
"""Covers in memory; one is about twenty kilobytes."""
AHEAD = 3
"""Pages drawn before anybody asks for them."""
AROUND = 700
"""Characters shown before and after a quote where there is no page to draw."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One place in a document that the library holds."""

    document: Document
    page: Page
    span: Span
    boxes: tuple[Box, ...]
    """What to highlight; empty where the document has no pages to draw on."""

    @property
    def place(self) -> tuple[str, int, int, int]:
        """Names it among all."""
        return self.document.digest, self.page.position, self.span.start, self.span.end

    @property
    def page_index(self) -> int | None:
        """0-based page to draw; None where the document is no PDF."""
        is_drawn = self.document.media_type == PDF and self.page.number is not None
        return (self.page.number or 1) - 1 if is_drawn else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quote among the words around it."""

    before: str
    quote: str
    after: str


def exhibit_of(library: Library, citation: Citation) -> Exhibit | None:
    """Where a citation's quote stands; None for an annotation, or where the document is no longer here."""
    quote = citation.quote
    if quote is None or (document := library.document(quote.document)) is None:
        return None
    page = library.page(quote.document, quote.position)
    return Exhibit(document, page, quote.span, quote.boxes or boxes_of(page, quote.span))


def exhibit_of_passage(library: Library, passage: Passage) -> Exhibit | None:
    """Where a passage stands; None where its document is no longer here."""
    document = library.document(passage.document)
    if document is None:
        return None
    page = library.page(passage.document, passage.position)
    boxes = [box for sentence in passage.sentences for box in boxes_of(page, sentence.span)]
    return Exhibit(document, page, passage.span, tuple(boxes))


def address_of(library: Library, evidence: Evidence) -> str | None:
    """Where a passage stands in the original; None where no address is known."""
    document = library.document(evidence.passage.document)
    return link(evidence.work, document, evidence.locator)


def passage_around(evidence: Iterable[Evidence], citation: Citation) -> Passage | None:
    """The passage of the evidence in which the quote lies."""
    quote = citation.quote
    here = [each.passage for each in evidence if quote and (each.passage.document, each.passage.position) == _page_of(quote)]
    return next((passage for passage in here if quote and passage.span.overlaps(quote.span)), None)


def _page_of(quote: Quote) -> tuple[str, int]:
    return quote.document, quote.position


def surroundings(exhibit: Exhibit, *, whole: bool = False) -> Surroundings:
    """The quote with the words before and after it (all of them where `whole`), cut at white space; `…` where more follows."""
    text, span = exhibit.page.text, exhibit.span
    reach = len(text) if whole else AROUND
    before, after = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
    if span.start > reach:
        before = "… " + re.sub(r"^\S*\s+", "", before)
    if len(text) > span.end + reach:
        after = re.sub(r"\s+\S*$", "", after) + " …"
    return Surroundings(before, exhibit.page.read(span), after)


@lru_cache(maxsize=KEPT)
def page_picture(home: Path, digest: str, page_index: int, boxes: tuple[Box, ...], scale: float = SHARP) -> bytes:
    """A page as PNG, highlighted."""
    return page_png(read_content(home, digest), page_index, boxes, scale=scale)


def draw_ahead(library: Library, citations: Sequence[Citation]) -> None:
    """Draw the pages that are likely looked at next while an answer is read, so that they are there at the click."""
    threading.Thread(target=_draw_pages, args=(library, citations[:AHEAD]), daemon=True, name="pages").start()


def _draw_pages(library: Library, citations: Iterable[Citation]) -> None:
    for citation in citations:
        with contextlib.suppress(Exception):  # nobody has asked for it yet; whoever does is told
            exhibit = exhibit_of(library, citation)
            if exhibit is not None and exhibit.page_index is not None:
                pages_of(library.home, exhibit.document.digest)
                page_picture(library.home, exhibit.document.digest, exhibit.page_index, exhibit.boxes, SHARP)


@lru_cache(maxsize=COVERS)
def cover_picture(home: Path, digest: str) -> bytes:
    """A document's first page, small, as PNG."""
    return page_png(read_content(home, digest), 0, scale=0.45)


@lru_cache(maxsize=COVERS)
def pages_of(home: Path, digest: str) -> int:
    """How many pages a PDF has."""
    return page_count(read_content(home, digest))


def crop_picture(library: Library, citation: Citation) -> bytes | None:
    """The part of the page around a quote, as WebP; None where there is no page to show it on."""
    try:
        exhibit = exhibit_of(library, citation)
        if exhibit is None or exhibit.page_index is None or not exhibit.boxes:
            return None
        return crop_webp(_content(library.home, exhibit.document.digest), exhibit.page_index, exhibit.boxes)
    except PinciteError:
        return None  # lost bytes are what `verify` tells of; the words stand without their picture


@lru_cache(maxsize=4)
def _content(home: Path, digest: str) -> bytes:
    return read_content(home, digest)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, as its head says."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
