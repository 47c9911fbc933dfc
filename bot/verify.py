"""Proves the citations of saved answers again, from the original bytes. Knows no index and no model.

The bytes are read anew by an extractor that the caller hands in, so that the proof does not rest on what the library
stored of them; nothing but the rule of `corpus.proof` decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from bot.answer_reading import REMEDY
from corpus.errors import SavedAnswerError, SourceError
from corpus.proof import ProvenText, stands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    """Prove each citation of answers in their JSON form; each document is read once.

    Raises `SavedAnswerError` where what should be a list of citations or claims is none.
    """
    documents: dict[str, Read | str] = {}
    for answer in answers:
        claims = _objects(answer, "claims")
        for citation in _objects(answer, "citations"):
            verdict, why = _verdict(library, citation, read_pages, documents)
            if verdict in ("stands", "superseded") and (twisted := _twisted(citation, claims)):
                verdict, why = "altered", f"A claim quotes other words than the citation: {twisted[:60]!r}."
            number = citation.get("number")
            yield Finding(
                answer=str(answer.get("question", "")),
                number=number if isinstance(number, int) else 0,
                work=str(citation.get("work", "")),
                place=_place(citation),
                verdict=verdict,
                why=why,
            )


def _objects(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The answer's citations or claims."""
    held = answer.get(name, [])
    if not isinstance(held, list) or not all(isinstance(each, Mapping) for each in held):
        raise SavedAnswerError(f"This is not a saved answer: its {name} are no list of objects.", remedy=REMEDY)
    return held


def _place(citation: Mapping[str, Any]) -> str:
    """`page 4`, `part 2`, `time 61.5`; `whole` for a document that has no places."""
    return next((f"{name} {citation[name]}" for name in ("page", "part", "time") if citation.get(name) is not None), "whole")


def _twisted(citation: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> str | None:
    """The text of a claim that gives itself out as a quote, rests on this citation alone, and is not in its quote."""
    for claim in claims:
        if claim.get("kind") == "quoted" and claim.get("citations") == [citation.get("number")]:
            text = str(claim.get("text", ""))
            if not stands(text, citation["quote"]):
                return text
    return None


def _verdict(
    library: Library, citation: Mapping[str, Any], read_pages: ReadPages, documents: dict[str, Read | str]
) -> tuple[Verdict, str]:
    """Whether one citation stands."""
    quote, digest = citation.get("quote"), citation.get("digest")
    if not isinstance(quote, str) or not isinstance(digest, str):
        if citation.get("kind") == "full text":
            return "altered", "It claims to quote the work, and has no quote."
        return "annotation", "Only an annotation vouches for it; there is no quote to prove."
    document = library.document(digest)
    if document is None:
        return "source missing", "No document of this digest is in the library."
    if (owner := library.owner(digest)) != citation.get("work"):
        return "altered", f"The document is one of {owner}, not of {citation.get('work')}."
    if digest not in documents:
        documents[digest] = _read(library, document, read_pages)
    pages = documents[digest]
    if isinstance(pages, str):
        return "source missing", pages
    named = [(page, text) for page, text in pages if _is_named(page, citation)]
    if not named:
        return "altered", "The document has no such place."
    if not any(_stands(page, text, citation) for page, text in named):
        elsewhere = [page for page, text in pages if text.find(quote)]
        return "altered", f"The words are not there{_where(elsewhere[0]) if elsewhere else ''}."
    if document.superseded_by:
        return "superseded", "The words stand in the version that was cited; a newer one has taken its place."
    return "stands", ""


def _where(page: Page) -> str:
    """Where the words stand instead, as far as the document has places."""
    if page.number is not None:
        return f"; they stand on page {page.number}"
    return f"; they stand in part {page.part}" if page.part is not None else "; they stand elsewhere in it"


def _read(library: Library, document: Document, read_pages: ReadPages) -> Read | str:
    """The pages of a document from its bytes, or why they cannot be read."""
    try:
        return tuple((page, ProvenText(page.text)) for page in read_pages(library.content(document.digest), document))
    except SourceError as error:
        return error.message


def _is_named(page: Page, citation: Mapping[str, Any]) -> bool:
    """True for the page or part that the citation names; for the whole of a document that has neither, if it names none."""
    return page.number == citation.get("page") and page.part == citation.get("part")


def _stands(page: Page, text: ProvenText, citation: Mapping[str, Any]) -> bool:
    """True where the quote stands on the page and, where the citation names a span and a time, there and then."""
    places = text.find(citation["quote"])
    span, time = citation.get("span"), citation.get("time")
    if isinstance(span, list) and len(span) == 2 and all(isinstance(end, int) for end in span):
        places = [place for place in places if place.start < span[1] and span[0] < place.end]
    return any(_is_then(page.time_at(place.start), time) for place in places)


def _is_then(said: float | None, cited: object) -> bool:
    """True where a citation's time is that at which the words are said, to the second; or neither has a time."""
    if said is None or not isinstance(cited, int | float):
        return said is None and cited is None
    return abs(said - cited) < 1
