"""Whether a fetched document is the work that was asked for, and which work it is. Knows no network and no storage.

A server may send another paper, a cover page, or a page that asks for a person. So what comes is held against the work:
an arXiv stamp with its id, or its title at the head of the first page with an author near it. The name under which a
document came counts for nothing, since we made it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import Refused
from ingest.extract.formats import HTML, PDF
from ingest.identify import identify
from ingest.match import Candidate, match

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from corpus.works import Identifiers, Work
    from ingest.take_in import Read

HEADING = 90
"""Characters of a wrong document's heading that the refusal repeats."""


def require_identity(work: Work, found: Read) -> None:
    """Nothing where the document is the work; else `Refused` with the reason. A transcript has no head to look at."""
    if found.extraction.timed or not work.title or not found.extraction.pages:
        return
    matching = match([_nameless(found)], [work])
    if matching.matches:
        return
    headed = found.extraction.title or " ".join(found.extraction.pages[0].text.split())[:HEADING]
    reason = matching.unmatched[0].reason if matching.unmatched else "it bears neither its title nor its identifier"
    raise Refused(
        f"What {found.source.origin} gave is not {work.label}, {work.title}: {reason.replace('nor its name ', '')}"
        f"{f' (it is headed “{headed}”)' if headed else ''}.",
        remedy="See that the identifier is right; if the document is, give it as a file: pincite add FILE --key KEY.",
        work=work.key,
    )


def _nameless(found: Read) -> Candidate:
    first = found.extraction.pages[0].text
    # A page's own title stands in its head, not in its main text; a PDF's is printed.
    stated = found.extraction.title if found.media_type == HTML else None
    media_type = found.media_type if found.media_type == PDF else "text/plain"
    return Candidate("document", media_type, first, stated, found.extraction.identifiers)


def known_as(identifiers: Identifiers, works: Iterable[Work]) -> Work | None:
    """The one of these works that has one of the identifiers."""
    names = ("arxiv", "doi", "openreview", "youtube", "url")
    for work in works:
        for name in names:
            ours, theirs = getattr(identifiers, name), getattr(work.identifiers, name)
            if ours and theirs and (ours == theirs or (name == "doi" and ours.lower() == theirs.lower())):
                return work
    return None


def described(told: Work | None, found: Read, *, taken: Collection[str], key: str | None = None) -> Work:
    """The work of a document that nobody knew: what its place tells of it, and of the rest what the document says."""
    extraction = found.extraction
    if told is None:
        return identify(extraction, found.source.name, taken=taken, key=key)
    with_told = replace(
        extraction,
        title=told.title or extraction.title,
        authors=tuple(author.full for author in told.authors) or extraction.authors,
        year=told.year or extraction.year,
    )
    made = identify(with_told, found.source.name, taken=taken, key=key)
    names = ("arxiv", "doi", "openreview", "youtube", "url")
    # Which work it is, its place knows: what a document prints of itself may be a mention.
    identifiers = replace(told.identifiers) if any(getattr(told.identifiers, name) for name in names[:4]) else made.identifiers
    if identifiers.url is None:
        identifiers = replace(identifiers, url=told.identifiers.url)
    return replace(
        made, authors=told.authors or made.authors, kind=told.kind, venue=told.venue, identifiers=identifiers, fields=told.fields
    )
