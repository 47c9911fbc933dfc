"""Proves the citations of saved answers again, from the original bytes. Knows no index and no model.

The bytes are read anew by an extractor that the caller hands in, so that the proof does not rest on what the library
stored of them; nothing but the rule of `corpus.proof` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from corpus.errors import SourceError
from corpus.proof import ProvenText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpus.documents import Document, Page
    from corpus.library import Library

Verdict = Literal["stands", "altered", "superseded", "source missing", "annotation"]


class ReadPages(Protocol):
    """Reads a document's pages from its bytes."""

    def __call__(self, content: bytes, document: Document) -> Sequence[Page]:
        """The pages, in order; raises `SourceError`."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one citation."""

    answer: str
    """The answer's question."""
    number: int
    work: str
    place: str
    """Page, part or time, for a person."""
    verdict: Verdict
    why: str = ""


Read = tuple[tuple["Page", ProvenText], ...]
"""A document's pages, ready for look-ups."""


def verify(library: Library, answers: Iterable[Mapping[str, Any]], read_pages: ReadPages) -> Iterator[Finding]:
    """Prove each citation of answers in their JSON form; each document is read once."""
    documents: dict[str, Read | str] = {}
    for answer in answers:
        for citation in answer.get("citations", ()):
            verdict, why = _verdict(library, citation, read_pages, documents)
            place = next(
                (f"{name} {citation[name]}" for name in ("page", "part", "time") if citation.get(name) is not None), "whole"
            )
            yield Finding(
                str(answer.get("question", "")),
                int(citation.get("number", 0)),
                str(citation.get("work", "")),
                place,
                verdict,
                why,
            )


def _verdict(
    library: Library, citation: Mapping[str, Any], read_pages: ReadPages, documents: dict[str, Read | str]
) -> tuple[Verdict, str]:
    """Whether one citation stands."""
    quote, digest = citation.get("quote"), citation.get("digest")
    if not isinstance(quote, str) or not isinstance(digest, str):
        return "annotation", "Only an annotation vouches for it; there is no quote to prove."
    document = library.document(digest)
    if document is None:
        return "source missing", "No document of this digest is in the library."
    if digest not in documents:
        documents[digest] = _read(library, document, read_pages)
    pages = documents[digest]
    if isinstance(pages, str):
        return "source missing", pages
    named = [text for page, text in pages if _is_named(page, citation)]
    if not named:
        return "altered", "The document has no such place."
    if not any(_stands(text, quote, citation.get("span")) for text in named):
        elsewhere = [page for page, text in pages if text.find(quote)]
        where = f"; they stand on page {elsewhere[0].number or elsewhere[0].position + 1}" if elsewhere else ""
        return "altered", f"The words are not there{where}."
    if document.superseded_by:
        return "superseded", "The words stand in the version that was cited; a newer one has taken its place."
    return "stands", ""


def _read(library: Library, document: Document, read_pages: ReadPages) -> Read | str:
    """The pages of a document from its bytes, or why they cannot be read."""
    try:
        return tuple((page, ProvenText(page.text)) for page in read_pages(library.content(document.digest), document))
    except SourceError as error:
        return error.message


def _is_named(page: Page, citation: Mapping[str, Any]) -> bool:
    """True for the page or part that the citation names, and for a document that has neither."""
    if page.number is not None:
        return page.number == citation.get("page")
    return page.part is None or page.part == citation.get("part")


def _stands(text: ProvenText, quote: str, span: object) -> bool:
    """True where the quote stands on the page and, where the citation names a span, there."""
    places = text.find(quote)
    if isinstance(span, list) and len(span) == 2 and all(isinstance(end, int) for end in span):
        return any(place.start < span[1] and span[0] < place.end for place in places)
    return bool(places)
