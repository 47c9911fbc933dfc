"""Turns a draft's candidates into claims and citations, and proves each quote on its page. Knows no model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.answers import Citation, Claim, Locator, Quote
from bot.evidence import locate
from bot.pincite import link
from corpus.boxes import boxes_of
from corpus.proof import ProvenText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.candidates import Candidate
    from bot.reader import Reader
    from corpus.documents import Page, Span
    from corpus.records import Annotation


@dataclass(slots=True)
class Cited:
    """Claims whose citations stand, and how many fell."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    dropped: int = 0


def cite(reader: Reader, chosen: Iterable[Candidate]) -> Iterator[Cited]:
    """What stands after each candidate, one object that grows; one whose quote does not stand is dropped.

    Citations are numbered in the order of their mention.
    """
    cited = Cited()
    for candidate in chosen:
        citation = _citation(reader, candidate, len(cited.citations) + 1)
        if citation is None:
            cited.dropped += 1
        else:
            cited.citations.append(citation)
            if candidate.text is not None:
                cited.claims.append(
                    Claim(candidate.text, (citation.number,), "annotated", candidate.work.key, candidate.part, support=None)
                )
            elif citation.quote is not None:
                cited.claims.append(Claim(citation.quote.text, (citation.number,), "quoted", candidate.work.key, candidate.part))
        yield cited


def _citation(reader: Reader, candidate: Candidate, number: int) -> Citation | None:
    """The citation of one candidate; None where its proof fails."""
    record = reader.works().get(candidate.work.key)
    if record is None:
        return None
    statement = candidate.annotation.annotation.statement if candidate.annotation else None
    if candidate.document is None or candidate.span is None:
        if candidate.annotation is None:
            return None
        note = candidate.annotation.annotation
        locator = Locator(page=note.page, part=note.part, section=note.section)
        where = link(record.work, None, locator)
        return Citation(number, record.work, "annotation", locator, statement=statement, writer=_model(note), link=where)
    place = Place(candidate.work.key, candidate.document, candidate.position, candidate.span, candidate.section, candidate.pair)
    citation = citation_of(reader, place, number, statement)
    if citation is None or candidate.annotation is None:
        return citation
    return replace(citation, writer=_model(candidate.annotation.annotation))


def _model(annotation: Annotation) -> str | None:
    return None if annotation.writer == "reviewed" else annotation.writer


def writers_named(citations: Iterable[Citation]) -> Iterator[str]:
    """A note for each language model that wrote statements which are cited, so that no view takes them for Pincite's own."""
    numbers: dict[str, list[str]] = {}
    for citation in citations:
        if citation.writer is not None:
            numbers.setdefault(citation.writer, []).append(f"[{citation.number}]")
    for writer, marks in numbers.items():
        which = f"The statement at {marks[0]} is" if len(marks) == 1 else f"The statements at {', '.join(marks)} are"
        yield f"{which} by {writer}, written beforehand and held against the quoted words by code, not by a second reader."


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are said to stand."""

    work: str
    """Key of the work."""
    document: str
    """Digest."""
    position: int
    """Position of the page in the document."""
    span: Span
    section: str | None = None
    pair: tuple[Span, Span] | None = None
    """The two sentences that the span is made of, where it is."""


def citation_of(reader: Reader, place: Place, number: int, statement: str | None = None) -> Citation | None:
    """The citation of the words at a place of the work's current document; None where their proof fails."""
    record = reader.works().get(place.work)
    if record is None or record.document is None or record.document.digest != place.document:
        return None
    page = reader.library.page(place.document, place.position)
    span = _unbroken(page, place.span, place.pair)
    quote = prove(page, place.document, span)
    if quote is None:
        return None
    locator = locate(page, span.start, place.section, record)
    return Citation(
        number=number,
        work=record.work,
        kind="full text",
        locator=locator,
        quote=quote,
        statement=statement,
        document_name=record.document.name,
        version=record.document.version,
        link=link(record.work, record.document, locator),
    )


def _unbroken(page: Page, span: Span, pair: tuple[Span, Span] | None) -> Span:
    """The span; of two sentences only the second, where more than white space stands between them (a footnote's mark)."""
    if pair is None or not page.text[pair[0].end : pair[1].start].strip():
        return span
    return pair[1]


def prove(page: Page, document: str, span: Span) -> Quote | None:
    """The quote of a span, if its readable form is found at that very place of the page's raw text."""
    text = page.read(span)
    if not any(place.overlaps(span) for place in ProvenText(page.text).find(text)):
        return None
    return Quote(text, document, page.position, span, boxes_of(page, span))
