"""Takes in many works, one after another, so that one bad file never stops the others. Knows no screen and no server.

Every function yields events as things happen, and raises only where nothing at all can be done (no home, no model).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import digest_of
from corpus.errors import FetchError, HomeError, SourceError, SourceMissing
from ingest.events import Event, Failed, Fetching, LeftOut, Reading, Registered, Removed, Unchanged
from ingest.identify import identify
from ingest.identity import require_identity
from ingest.match import Candidate, match
from ingest.take_in import Read, Shelf, Source, is_here, note_failure, read, register, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.errors import PinciteError
    from corpus.library import Library
    from corpus.records import Annotation
    from corpus.works import Work

NO_FILE = "none of the files at hand is this work"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The works to take in, and what is written about them."""

    works: tuple[Work, ...]
    annotations: Mapping[str, tuple[Annotation, ...]]
    """By the work's key."""

    def work(self, key: str) -> Work | None:
        """The work of this key."""
        return next((work for work in self.works if work.key == key), None)

    def about(self, shelf: Shelf, key: str) -> list[Annotation]:
        """All annotations of a work: those of the catalogue, and those that others left in the library."""
        ours = list(self.annotations.get(key, ()))
        known = {annotation.id for annotation in ours}
        others = (each for each in shelf.library.annotations(key) if each.writer != "reviewed" and each.id not in known)
        return [*ours, *others]


def source_of(path: Path) -> Source:
    """The bytes of a file; raises `SourceMissing`."""
    try:
        return Source(path.read_bytes(), _written(path.name), _written(str(path.resolve())))
    except OSError as error:
        if path.is_dir():
            what, remedy = "is a folder", f"For the essay's works: pincite ingest --from {path}. For others, name the files."
        elif isinstance(error, FileNotFoundError):
            what, remedy = "does not exist", "Check the path."
        else:
            what, remedy = f"cannot be read ({error.strerror})", "Check its permissions."
        raise SourceMissing(f"{path} {what}.", remedy=remedy, file=str(path)) from error


def _written(name: str) -> str:
    """A file name that can be stored and printed, whatever bytes it is made of."""
    return name.encode("utf-8", "replace").decode()


def ingest_folder(shelf: Shelf, folder: Path, catalogue: Catalogue) -> Iterator[Event]:
    """The catalogue's works from the files of a folder (not of folders in it)."""
    if not folder.is_dir():
        raise SourceMissing(
            f"{folder} is not a folder.", remedy="Give the folder that holds the papers: pincite ingest --from DIR"
        )
    readable: dict[str, Read] = {}
    candidates: list[Candidate] = []
    here: set[str] = set()
    for path in _files(folder):
        try:
            source = source_of(path)
            key = is_here(shelf, digest_of(source.content))
            if key is not None and key in {work.key for work in catalogue.works}:
                here.add(key)
                yield Unchanged(key, source.name)
                continue
            yield Reading(source.name)
            found = read(source, shelf.limits)
        except SourceError as error:
            yield Failed(path.name, error)
            continue
        candidates.append(candidate := candidate_of(found))
        if match([candidate], catalogue.works).matches:  # a folder of many papers does not fit in memory
            readable[source.name] = found
    yield from _take_matches(shelf, catalogue, candidates, readable, here)


def _files(folder: Path) -> list[Path]:
    """The files of a folder, not of folders in it."""
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _take_matches(
    shelf: Shelf, catalogue: Catalogue, candidates: Sequence[Candidate], readable: dict[str, Read], here: set[str]
) -> Iterator[Event]:
    """Match the files to the works, take in the best of each, and report the rest."""
    matching = match(candidates, catalogue.works)
    for matched in matching.matches:
        held = _held_rank(shelf, matched.work.key)
        if held is not None and (matched.file.rank > held or (matched.work.key in here and matched.file.rank == held)):
            yield LeftOut(matched.file.name, f"{matched.work.label} is in the library already, in a form at least as good")
            here.add(matched.work.key)
            continue
        here.add(matched.work.key)
        how = f"{matched.how}, weak" if matched.weak else matched.how
        yield from guarded(shelf, readable.pop(matched.file.name), matched.work, catalogue, how)
    for beaten in matching.beaten:
        yield LeftOut(beaten.file.name, beaten.reason)
    for unmatched in matching.unmatched:
        yield LeftOut(unmatched.file.name, unmatched.reason)
    for work in catalogue.works:
        if work.key not in here:
            yield from know(shelf, work, catalogue, NO_FILE)


def _held_rank(shelf: Shelf, key: str) -> int | None:
    """How good a form the library's document of a work is (see `Candidate.rank`); None where it has none."""
    document = next((record.document for record in shelf.library.works() if record.work.key == key), None)
    if document is None:
        return None
    timed = document.media_type in ("text/vtt", "application/x-subrip", "application/json")
    return Candidate(document.name, document.media_type, "", timed=timed).rank


def ingest_network(
    shelf: Shelf, catalogue: Catalogue, fetch: Callable[[Work], Source], *, at_hand: Path | None = None
) -> Iterator[Event]:
    """The catalogue's works from where they live.

    What cannot be had there is taken from the files of the folder `at_hand`, and else is known by its annotations.
    """
    missed: dict[str, PinciteError] = {}
    for work in catalogue.works:
        # Looked up for each anew: another process may have taken it in meanwhile.
        held = {record.work.key: record.document for record in shelf.library.works()}
        if (document := held.get(work.key)) is not None and is_here(shelf, document.digest):
            yield Unchanged(work.key, document.name)
            continue
        yield Fetching(work.key, work.title)
        try:
            source = fetch(work)
            found = read(source, shelf.limits)
            require_identity(work, found)
        except (FetchError, SourceError) as error:
            if at_hand is not None:
                missed[work.key] = error
            else:
                yield from know(shelf, work, catalogue, error.message, failure=error)
            continue
        yield from guarded(shelf, found, work, catalogue, None)
    yield from _stand_in(shelf, catalogue, missed, at_hand)


def _stand_in(shelf: Shelf, catalogue: Catalogue, missed: Mapping[str, PinciteError], at_hand: Path | None) -> Iterator[Event]:
    """Files at hand in place of the works that could not be fetched, each said so; and annotations for the rest."""
    documents = {record.work.key: record.document for record in shelf.library.works()}
    held = {key for key, document in documents.items() if document is not None and is_here(shelf, document.digest)}
    wanted = {work.key: work for work in catalogue.works if work.key in missed}
    found: dict[str, Read] = {}
    for path in _files(at_hand) if at_hand is not None and wanted.keys() - held else ():
        yield Reading(path.name)
        try:
            one = read(source_of(path), shelf.limits)
        except SourceError as error:
            yield LeftOut(path.name, error.message)
            continue
        if match([candidate_of(one)], list(wanted.values())).matches:
            found[one.source.name] = one
    files = match([candidate_of(each) for each in found.values()], [wanted[key] for key in wanted if key not in held]).matches
    for file in files:
        one = found[file.file.name]
        note = f"It could not be fetched, so a file at hand stands in for it. {missed[file.work.key].message}"
        noted = replace(one, extraction=replace(one.extraction, notes=(*one.extraction.notes, note)))
        yield from guarded(shelf, noted, file.work, catalogue, f"{file.how}, weak" if file.weak else file.how)
    taken = {file.work.key for file in files}
    for key in (key for key in wanted if key not in taken):
        yield from know(shelf, wanted[key], catalogue, missed[key].message, failure=missed[key])


def know(shelf: Shelf, work: Work, catalogue: Catalogue, reason: str, *, failure: PinciteError | None = None) -> Iterator[Event]:
    """Make a work known by its annotations where the library has no document of it."""
    known = {record.work.key: record for record in shelf.library.works()}
    if work.key in known and known[work.key].document is not None:
        if failure is not None:
            yield LeftOut(work.title, f"{failure.message} The document in the library stays.")
        return
    annotations = catalogue.about(shelf, work.key)
    register(shelf, work, annotations)
    if failure is not None and not annotations:
        note_failure(shelf, work.key, None, failure)
        yield Failed(work.title, failure, work.key)
        return
    yield Registered(work, len(annotations), reason)


def add_files(shelf: Shelf, paths: Sequence[Path], catalogue: Catalogue, *, key: str | None = None) -> Iterator[Event]:
    """A work for each file: one of the catalogue's where it is one, else a work of its own."""
    for path in paths:
        try:
            source = source_of(path)
            owner = is_here(shelf, digest_of(source.content))
            if owner is not None and key in (None, owner):
                yield Unchanged(owner, source.name)
                continue
            yield Reading(source.name)
            found = read(source, shelf.limits)
            work, how = _work_of(shelf, found, catalogue, key)
        except SourceError as error:
            yield Failed(path.name, error)
            continue
        yield from guarded(shelf, found, work, catalogue, how)


def _work_of(shelf: Shelf, found: Read, catalogue: Catalogue, key: str | None) -> tuple[Work, str | None]:
    """The work of an added file: the one that has the file's earlier state, one of the catalogue's, or a new one."""
    owner = shelf.library.owner(found.digest)
    if owner is not None and key in (None, owner):
        return shelf.library.work(owner).work, None
    records = shelf.library.works()
    if key is None:
        for record in records:
            if record.document is not None and record.document.origin == found.source.origin:
                return record.work, None
        matches = match([candidate_of(found)], catalogue.works).matches
        if matches and not matches[0].weak:
            return matches[0].work, matches[0].how
    elif key in {record.work.key for record in records}:
        return shelf.library.work(key).work, None
    elif (known := catalogue.work(key)) is not None:
        return known, None
    return identify(found.extraction, found.source.name, taken={record.work.key for record in records}, key=key), None


def remove(library: Library, key: str, *, wait: float) -> Iterator[Event]:
    """Take a work out whole; raises `UnknownWork`."""
    title = library.work(key).work.title
    with library.writing(wait=wait) as writer:
        writer.remove_work(key)
        writer.sweep_vectors()
    yield Removed(key, title)


def guarded(shelf: Shelf, found: Read, work: Work, catalogue: Catalogue, how: str | None) -> Iterator[Event]:
    """Take one document in; what is wrong with it is an event, what is wrong with the home stops everything."""
    try:
        yield from take_in(shelf, found, work, catalogue.about(shelf, work.key), how=how)
    except HomeError:
        raise
    except SourceError as error:
        if any(work.key == known.key for known in catalogue.works):
            register(shelf, work, catalogue.about(shelf, work.key))
        note_failure(shelf, work.key, found.source, error)
        yield Failed(found.source.name, error, work.key)


def candidate_of(found: Read) -> Candidate:
    """What matching needs to know of a file."""
    pages = found.extraction.pages
    return Candidate(
        name=found.source.name,
        media_type=found.media_type,
        first_text=pages[0].text if pages else "",
        title=found.extraction.title,
        identifiers=found.extraction.identifiers,
        timed=found.extraction.timed,
    )
