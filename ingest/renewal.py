"""What is new: later versions of known works, and papers that saved searches find. Knows no server and no answer.

Looking changes nothing; taking in is one work at a time, whole or not at all, so that a process may be killed at any
moment and run again. What a search finds and the library or the watch itself has had before is not new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.errors import FetchError, Offline, SourceError, Unreachable
from corpus.text import loose
from corpus.works import Identifiers, Work
from ingest.events import Failed, Fetching
from ingest.extract import Extraction
from ingest.identify import identify
from ingest.identity import described, require_identity
from ingest.revised import is_revised, may_be_revised
from ingest.take_in import read, take_in

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Sequence

    from corpus.library import Library
    from corpus.records import WorkRecord
    from ingest.events import Event
    from ingest.papers import Found, Papers
    from ingest.run import Catalogue
    from ingest.take_in import Shelf
    from ingest.watches import Watch

LOOK = 100
"""Newest papers of a search that are looked at: one page of arXiv's, so one request."""
PATIENCE = 3
"""Look-ups in a row that may find nobody there before the rest are given up for this time."""

_VERSION = re.compile(r"v(\d+)")


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A known work is there in a version that the library does not have."""

    work: Work
    held: str | None
    """The version in the library; None where it has none, or does not know which."""
    version: str
    """Empty where its place does not number them."""
    day: str | None
    """ISO date of the version, where it is known."""


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A saved search has found a paper that was not seen before."""

    work: Work
    """Under the key that it gets."""
    watch: str
    version: str
    day: str | None
    """ISO date of its first version, where it is known."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A known work was taken back by its authors; what the library has of it stays."""

    work: Work
    version: str
    says: str
    """In their words."""


@dataclass(frozen=True, slots=True)
class Looking:
    """A work or a saved search is being looked up; says nothing about what is found."""

    place: int
    """From 1."""
    total: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A saved search has run."""

    watch: str
    papers: tuple[NewPaper, ...]
    """To take in, newest first."""
    waiting: int
    """Further new papers, beyond the limit; the next run shows them."""
    passed: tuple[str, ...]
    """arXiv ids of the other papers found: known already, withdrawn, or older than what a first run takes."""
    floor: str | None
    """Day before which nothing is new from now on, as the first run sets it."""


New = NewVersion | NewPaper


def look(
    library: Library, watches: Sequence[Watch], papers: Papers, catalogue: Catalogue, *, since: datetime.date | None, limit: int
) -> Iterator[Looking | NewVersion | Withdrawn | Looked | Failed]:
    """Look for everything new; raises `Offline`, and gives up where nobody is there."""
    deeds = _deeds(library, watches, papers, catalogue, since=since, limit=limit)
    missed = 0
    for place, (name, deed) in enumerate(deeds, 1):
        yield Looking(place, len(deeds))
        try:
            found = deed()
        except Offline:
            raise
        except FetchError as error:
            missed = missed + 1 if isinstance(error, Unreachable) else 0
            if "resting" in error.facts and place < len(deeds):  # it would say so of each of them: one letter is enough
                yield Failed(f"{name} and {len(deeds) - place} more", error)
                return
            yield Failed(name, error)
            if missed == PATIENCE and place < len(deeds):
                yield Failed(f"{len(deeds) - place} more", _nobody_there(error))
                return
            continue
        missed = 0
        if found is not None:
            yield found


def _deeds(
    library: Library, watches: Sequence[Watch], papers: Papers, catalogue: Catalogue, *, since: datetime.date | None, limit: int
) -> list[tuple[str, Callable[[], NewVersion | Withdrawn | Looked | None]]]:
    """What is to be looked up, by name: arXiv's works, then those of other places, then the saved searches."""
    there = library.works()
    shown: set[str] = set()

    def version_of(record: WorkRecord) -> Callable[[], NewVersion | Withdrawn | None]:
        return lambda: _newer(library, record, papers, since)

    def revision_of(record: WorkRecord) -> Callable[[], NewVersion | None]:
        held = record.document.version if record.document else None
        return lambda: NewVersion(record.work, held, "", None) if is_revised(library, record, papers) else None

    def found_by(watch: Watch) -> Callable[[], Looked]:
        return lambda: _found_by(library, watch, papers, catalogue, shown, since=since, limit=limit)

    numbered = [record for record in there if record.work.identifiers.arxiv]
    # Other places tell no day, so that nobody can say whether a change is of one.
    unnumbered = [record for record in there if since is None and may_be_revised(record)]
    return [
        *((record.work.key, version_of(record)) for record in numbered),
        *((record.work.key, revision_of(record)) for record in unnumbered),
        *((f"watch {watch.name}", found_by(watch)) for watch in watches),
    ]


def take(shelf: Shelf, new: New, papers: Papers, catalogue: Catalogue) -> Iterator[Event]:
    """Fetch one new document and take it in; what is wrong with it is an event. Raises `Offline`, and what stops everything."""
    work = new.work
    yield Fetching(work.key, work.title)
    try:
        # arXiv's own document or none: another place may have another version of it.
        known = work.identifiers
        source = papers.fetch(replace(work, identifiers=Identifiers(arxiv=known.arxiv)) if known.arxiv else work)
        found = read(replace(source, version=source.version or new.version or None), shelf.limits)
        require_identity(work, found)
        if not (work.title and work.authors):
            work = described(work, found, taken=(), key=work.key)
        yield from take_in(shelf, found, work, catalogue.about(shelf, work.key))
    except Offline:
        raise
    except (FetchError, SourceError) as error:
        yield Failed(work.title, error, work.key)


def _nobody_there(error: FetchError) -> Unreachable:
    return Unreachable(f"Not looked up either: {error.message}", remedy=error.remedy)


def _newer(library: Library, record: WorkRecord, papers: Papers, since: datetime.date | None) -> NewVersion | Withdrawn | None:
    """The newest version of a work, where the library does not have it."""
    assert record.work.identifiers.arxiv is not None
    found = papers.newest(record.work.identifiers.arxiv)
    if found.withdrawn:
        said = library.meta(withdrawal_of(record.work)) is not None
        return None if said else Withdrawn(record.work, found.version, found.withdrawn)
    if (since is not None and found.updated.date() < since) or not _is_news(library, record, found):
        return None
    held = record.document.version if record.document else None
    return NewVersion(record.work, held, found.version, _day(found.updated))


def withdrawal_of(work: Work) -> str:
    """Name of the library's note that it was said that a work is taken back."""
    return f"withdrawn {work.identifiers.arxiv}"


def _is_news(library: Library, record: WorkRecord, found: Found) -> bool:
    """True for a higher version; where either side names none, for one that came out after the document came in."""
    if record.document is None:
        return True
    held, newest = _VERSION.fullmatch(record.document.version or ""), _VERSION.fullmatch(found.version)
    if held and newest:
        return int(newest[1]) > int(held[1])
    entry = library.taken_in(record.document.digest)
    return entry is not None and found.updated.date().isoformat() > entry.time[:10]


def _day(*moments: datetime.datetime) -> str | None:
    """The first of these that is known, as a date."""
    return next((moment.date().isoformat() for moment in moments if moment.year > 1), None)


def _found_by(
    library: Library,
    watch: Watch,
    papers: Papers,
    catalogue: Catalogue,
    shown: set[str],
    *,
    since: datetime.date | None,
    limit: int,
) -> Looked:
    """What a saved search finds, parted into what is new and what is not."""
    asked = max(LOOK, limit)
    found = sorted(papers.search(watch.search, since=since, limit=asked), key=lambda each: each.published, reverse=True)
    works = [record.work for record in library.works()]
    taken = {work.key for work in works}
    new: list[NewPaper] = []
    passed: list[str] = []
    waiting = 0
    for each in found:
        identifier, day = each.work.identifiers.arxiv, _day(each.published, each.updated)
        if identifier is None or watch.is_done_with(identifier) or _is_older(day, watch.floor, since):
            continue
        if each.withdrawn or identifier in shown or any(_is_same(each.work, work) for work in works):
            passed.append(identifier)
        elif len(new) == limit:
            waiting += watch.begun is not None
            passed += [identifier] if watch.begun is None else []
        else:
            work = _known_as(each.work, catalogue, taken)
            new.append(NewPaper(work, watch.name, each.version, day))
            taken.add(work.key)
            shown.add(identifier)
    return Looked(watch.name, tuple(new), waiting, tuple(passed), _floor(found, asked, since) if watch.begun is None else None)


def _is_older(day: str | None, floor: str | None, since: datetime.date | None) -> bool:
    """True for a paper from before what is asked for; one of no known day is old only where somebody asks for a day."""
    if day is None:
        return since is not None
    return day < max(floor or "", since.isoformat() if since else "")


def _floor(found: Sequence[Found], asked: int, since: datetime.date | None) -> str | None:
    """The day behind which a first run did not look; None where it saw everything that there is."""
    known = [day for each in found if (day := _day(each.published, each.updated))]
    days = [min(known)] if known and len(found) >= asked else []
    return max([*days, *([since.isoformat()] if since else [])], default=None)


def _is_same(paper: Work, work: Work) -> bool:
    """True where both have one arXiv id, or one title and an author in common."""
    if work.identifiers.arxiv is not None:
        return paper.identifiers.arxiv == work.identifiers.arxiv
    families = {loose(author.family) for author in work.authors}
    return loose(paper.title) == loose(work.title) and any(loose(author.family) in families for author in paper.authors)


def _known_as(paper: Work, catalogue: Catalogue, taken: set[str]) -> Work:
    """The catalogue's work where the paper is one of these, else the paper under a key that is free."""
    for work in catalogue.works:
        if work.key not in taken and _is_same(paper, work):
            return work
    told = Extraction((), (), paper.title or None, authors=tuple(author.full for author in paper.authors), year=paper.year)
    return replace(paper, key=identify(told, f"{paper.identifiers.arxiv}.pdf", taken=taken).key)
