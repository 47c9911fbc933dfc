"""Takes one document into the library: read, split, embed, store, tie. Knows no network and no folder of files.

Embedding is most of the work, so its results are stored batch by batch under the text they belong to; a process that
is killed loses at most one batch. The document itself comes in one transaction, whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import Document, digest_of
from corpus.errors import NoTextLayer
from corpus.records import Annotation, LedgerEntry
from ingest.events import AnnotationsTied, Embedding, Event, TakenIn, Unchanged
from ingest.extract import Extraction, Limits, extract
from ingest.split import passages_of, with_hyphens
from ingest.tie import tie

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from corpus.documents import Passage
    from corpus.embedder import Embedder
    from corpus.errors import PinciteError
    from corpus.library import Library
    from corpus.vectors import Vectors
    from corpus.works import Work

RECIPE = "4"
"""Raised whenever reading, tidying or splitting changes; a document read by another recipe is read again."""
EMBED_AT_ONCE = 128
"""Passages between two commits of vectors: about two seconds of work on two cores."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where documents go and what is needed to put them there."""

    library: Library
    embedder: Embedder
    limits: Limits
    wait: float = 30.0
    """Seconds to wait for another writer."""

    @property
    def recipe(self) -> str:
        """How a document is read and embedded here."""
        return f"{RECIPE}/{self.embedder.name}"


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name, from somewhere."""

    content: bytes
    name: str
    origin: str
    """Path or URL."""
    version: str | None = None
    """Where the place that it came from names one."""


@dataclass(frozen=True, slots=True)
class Read:
    """A source taken apart, before it has a work."""

    source: Source
    digest: str
    media_type: str
    extraction: Extraction


def read(source: Source, limits: Limits) -> Read:
    """Take a source apart; raises a `SourceError` that says what is wrong with it."""
    media_type, extraction = extract(source.content, source.name, limits=limits)
    return Read(source, digest_of(source.content), media_type, with_hyphens(extraction))


def is_here(shelf: Shelf, digest: str) -> str | None:
    """Key of the work whose current document this is, read by today's recipe; else None."""
    document = shelf.library.document(digest)
    entry = shelf.library.taken_in(digest)
    if document is None or document.superseded_by or entry is None or entry.recipe != shelf.recipe:
        return None
    if not shelf.library.content_path(digest).exists():
        return None  # its bytes were lost: taking it in again brings them back
    return entry.work


def take_in(
    shelf: Shelf, found: Read, work: Work, annotations: Sequence[Annotation] = (), *, how: str | None = None
) -> Iterator[Event]:
    """Put a document in the library as the current one of `work`."""
    name = found.source.name
    if is_here(shelf, found.digest) == work.key:
        yield Unchanged(work.key, name)
        return
    passages = passages_of(found.extraction, found.digest, lead_of(work))
    if not passages:
        raise NoTextLayer(
            f"{name} has no running text that could be cited.",
            remedy="Pincite reads English only. If it is a scan, run OCR over it first (for instance with ocrmypdf); if its "
            "pages lie on their side, turn them upright (`qpdf --rotate=+90 in.pdf out.pdf`); then add it again.",
            file=name,
        )
    embedded = yield from _embed(shelf, name, passages, annotations)
    replaced = any(document.digest != found.digest for document in _current(shelf, work.key))
    tied = tie(annotations, found.digest, found.extraction.pages, passages)
    version = found.source.version or found.extraction.version
    document = Document(found.digest, found.media_type, name, found.source.origin, version)
    entry = LedgerEntry(found.digest, work.key, name, found.source.origin, found.media_type, shelf.recipe, "taken in", None, "")
    with shelf.library.writing(wait=shelf.wait) as writer:
        # Another process may have swept what was embedded before the lock was ours.
        for texts, with_lead in ((_statements(annotations), False), (_texts(passages), True)):
            writer.put_vectors(shelf.embedder.name, _embedded(shelf, texts, with_lead=with_lead))
        writer.put_work(work)
        writer.put_document(work.key, document, found.source.content, found.extraction.pages, passages, recipe=shelf.recipe)
        writer.put_annotations(work.key, annotations)
        writer.put_ties(work.key, tied.ties)
        writer.note(entry)
        writer.set_meta("embedder", shelf.embedder.name)
        writer.sweep_vectors()
    yield TakenIn(work, name, len(found.extraction.pages), len(passages), embedded, replaced, how, found.extraction.notes)
    if annotations:
        yield AnnotationsTied(work.key, len(tied.ties), tuple(annotation.statement for annotation in tied.missing))


def register(shelf: Shelf, work: Work, annotations: Sequence[Annotation]) -> None:
    """Make a work known by its annotations, without touching a document that it may have."""
    _store(shelf, _statements(annotations), with_lead=False)
    with shelf.library.writing(wait=shelf.wait) as writer:
        writer.put_work(work)
        writer.put_annotations(work.key, annotations)
        writer.set_meta("embedder", shelf.embedder.name)


def embed_anew(shelf: Shelf) -> Iterator[Event]:
    """Embed everything that the library has no vectors of from this embedder; it is the library's from then on."""
    ids = list(shelf.library.passage_ids())
    for first in range(0, len(ids), EMBED_AT_ONCE):
        found = shelf.library.passages(ids[first : first + EMBED_AT_ONCE]).values()
        _store(shelf, _texts(passage for passage, _ in found), with_lead=True)
        yield Embedding("the library", min(len(ids), first + EMBED_AT_ONCE), len(ids))
    _store(shelf, _statements(shelf.library.annotations()), with_lead=False)
    with shelf.library.writing(wait=shelf.wait) as writer:
        writer.set_meta("embedder", shelf.embedder.name)


def _store(shelf: Shelf, texts: dict[str, tuple[str, ...]], *, with_lead: bool) -> int:
    """Embed those of the texts that have no vectors yet, and keep these; how many they were."""
    kept = _embedded(shelf, texts, with_lead=with_lead)
    if kept:
        with shelf.library.writing(wait=shelf.wait) as writer:
            writer.put_vectors(shelf.embedder.name, kept)
    return len(kept)


def _embedded(shelf: Shelf, texts: dict[str, tuple[str, ...]], *, with_lead: bool) -> dict[str, Vectors]:
    """Vectors of those of the texts that the library has none of; a lead's own is not kept."""
    missing = shelf.library.missing_vectors(texts, shelf.embedder.name)
    todo = [digest for digest in texts if digest in missing]
    rows = shelf.embedder.embed([texts[digest] for digest in todo])
    return {
        digest: replace(row, sentences=row.sentences[1:]) if with_lead else row for digest, row in zip(todo, rows, strict=True)
    }


def embedded_statements(shelf: Shelf, annotations: Iterable[Annotation]) -> dict[str, Vectors]:
    """Vectors of those statements that the library has none of."""
    return _embedded(shelf, _statements(annotations), with_lead=False)


def _texts(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    return {passage.text_digest: passage.embedded for passage in passages}


def _statements(annotations: Iterable[Annotation]) -> dict[str, tuple[str, ...]]:
    return {annotation.text_digest: (annotation.statement,) for annotation in annotations}


def note_failure(shelf: Shelf, work: str, source: Source | None, error: PinciteError) -> None:
    """Keep in the library why a work could not be taken in, where it is known at all."""
    if any(record.work.key == work for record in shelf.library.works()):
        with shelf.library.writing(wait=shelf.wait) as writer:
            writer.fail_work(work, str(error))
            if source is not None:
                writer.note(
                    LedgerEntry(
                        digest_of(source.content), work, source.name, source.origin, "", shelf.recipe, "failed", str(error), ""
                    )
                )


def lead_of(work: Work) -> str:
    """What is embedded in front of each of its passages, so that a question that names the work finds them."""
    return f"{work.label}, {work.title}" if work.authors else work.title


def _embed(
    shelf: Shelf, name: str, passages: Sequence[Passage], annotations: Sequence[Annotation]
) -> Generator[Event, None, int]:
    """Embed what the library has no vectors of, and keep them batch by batch; gives back how many passages it was."""
    _store(shelf, _statements(annotations), with_lead=False)
    texts = _texts(passages)
    missing = shelf.library.missing_vectors(texts, shelf.embedder.name)
    todo = [digest for digest in texts if digest in missing]
    done = 0
    for first in range(0, len(todo), EMBED_AT_ONCE):
        done += _store(shelf, {digest: texts[digest] for digest in todo[first : first + EMBED_AT_ONCE]}, with_lead=True)
        yield Embedding(name, done, len(todo))
    return done


def _current(shelf: Shelf, key: str) -> list[Document]:
    return [document for document in shelf.library.documents(key) if document.superseded_by is None]
