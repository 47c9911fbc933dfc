"""Turns a draft's candidates into claims and citations, and proves each quote on its page. Knows no model."""

from __future__ import annotations

from dataclasses import dataclass, field
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
                cited.claims.append(Claim(candidate.text, (citation.number,), "annotated", candidate.work.key, support=None))
            elif citation.quote is not None:
                cited.claims.append(Claim(citation.quote.text, (citation.number,), "quoted", candidate.work.key))
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
        return Citation(number, record.work, "annotation", locator, statement=statement, link=link(record.work, None, locator))
    document = record.document
    if document is None or document.digest != candidate.document:
        return None
    page = reader.library.page(candidate.document, candidate.position)
    span = _unbroken(page, candidate.span, candidate.pair)
    quote = prove(page, candidate.document, span)
    if quote is None:
        return None
    locator = locate(page, span.start, candidate.section, record)
    return Citation(
        number=number,
        work=record.work,
        kind="full text",
        locator=locator,
        quote=quote,
        statement=statement,
        document_name=document.name,
        version=document.version,
        link=link(record.work, document, locator),
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
