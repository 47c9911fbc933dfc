"""Adds what a person names: files, addresses, bibliographies. Knows no screen, and no protocol of any server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.bibliography import read_bibtex
from corpus.documents import digest_of
from corpus.errors import CatalogueError, FetchError, SourceError, SourceMissing
from corpus.own_catalogue import add_to_catalogue
from ingest.events import Failed, Fetching, LeftOut, Registered, Unchanged
from ingest.extract.formats import PDF
from ingest.identity import described, known_as, require_identity
from ingest.match import match
from ingest.run import add_files, candidate_of, guarded
from ingest.sources.address import parse
from ingest.take_in import is_here, read, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.works import Work
    from ingest.events import Event
    from ingest.run import Catalogue
    from ingest.sources.address import Address
    from ingest.sources.arrival import Arrival
    from ingest.take_in import Read, Shelf


class Arrivals(Protocol):
    """Where documents come from; raises a `FetchError`."""

    def arrive(self, address: Address) -> Arrival:
        """The document behind an address, and what its place says of the work."""
        ...


def add_sources(
    shelf: Shelf, sources: Sequence[str], catalogue: Catalogue, arrivals: Arrivals, *, key: str | None = None
) -> Iterator[Event]:
    """Each source as a work, whether file or address; the works of a .bib are made known."""
    for source in sources:
        address = parse(source)
        if address.kind != "file":
            yield from _add_address(shelf, address, catalogue, arrivals, key)
        elif address.value.lower().endswith(".bib"):
            yield from add_bibliography(shelf, Path(address.value), catalogue)
        else:
            yield from add_files(shelf, [Path(address.value)], catalogue, key=key)


def _add_address(shelf: Shelf, address: Address, catalogue: Catalogue, arrivals: Arrivals, key: str | None) -> Iterator[Event]:
    yield Fetching(str(address), str(address))
    try:
        arrival = arrivals.arrive(address)
        owner = is_here(shelf, digest_of(arrival.source.content))
        if owner is not None and key in (None, owner):
            yield Unchanged(owner, arrival.source.name)
            return
        found = read(arrival.source, shelf.limits)
        work = _work_of(shelf, arrival, found, catalogue, key)
        if arrival.work is not None and found.media_type == PDF:
            require_identity(arrival.work, found)
    except (FetchError, SourceError) as error:
        yield Failed(str(address), error)
        return
    yield from guarded(shelf, found, work, catalogue, None)


def _work_of(shelf: Shelf, arrival: Arrival, found: Read, catalogue: Catalogue, key: str | None) -> Work:
    """The work of an address: one that the library or the catalogue knows, or a new one."""
    records = shelf.library.works()
    there = {record.work.key: record.work for record in records}
    if key is not None:
        return there.get(key) or catalogue.work(key) or described(arrival.work, found, taken=set(there), key=key)
    known = [*catalogue.works, *(work for name, work in there.items() if name not in {each.key for each in catalogue.works})]
    same = known_as(arrival.work.identifiers, known) if arrival.work else None
    if same is None:
        matches = match([candidate_of(found)], known).matches
        same = matches[0].work if matches and not matches[0].weak and matches[0].how != "file name" else None
    return same or described(arrival.work, found, taken={*there, *(work.key for work in known)})


def add_bibliography(shelf: Shelf, path: Path, catalogue: Catalogue) -> Iterator[Event]:
    """Make the works of a BibTeX file known: in the home's catalogue, and in the library by their annotations."""
    try:
        works = read_bibtex(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
        letter = SourceMissing(f"{path} cannot be read: {reason}.", remedy="Check the path, and save the file as UTF-8.")
        yield Failed(path.name, letter)
        return
    except CatalogueError as error:
        yield Failed(path.name, error)
        return
    there = [record.work for record in shelf.library.works()]
    for work, known in add_to_catalogue(shelf.library.home, works, others=there, wait=shelf.wait):
        if known is not None:
            yield LeftOut(f"{path.name}: {work.key}", f"it is known already, as {known.key}")
            continue
        annotations = catalogue.about(shelf, work.key)
        register(shelf, work, annotations)
        yield Registered(work, len(annotations), f"it is in the catalogue now ({path.name}); `pincite ingest` fetches it")
