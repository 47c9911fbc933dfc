"""The library: the truth about works, documents, pages, passages, vectors and annotations. Knows no file format and no index.

One SQLite file (WAL) in the home. Reading needs no lock; writing happens inside `Library.writing()`, which holds
the home's one writer's lock and is one transaction: everything or nothing. Readers share one connection in turn, a
writer has its own, so that nobody sees what is not committed.
"""

# ruff: noqa: S608 - statements are put together from our own table and column names; every value is bound

from __future__ import annotations

import contextlib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

from corpus.database import Database, Row, open_for_reading
from corpus.errors import LibraryDamaged, PinciteError, SourceMissing, UnknownWork
from corpus.home import content_path, read_content, sweep_contents, writers_lock
from corpus.lexical import best, standing
from corpus.records import Annotation, Change, Kind, LedgerEntry, State, Tie, WorkRecord
from corpus.rows import (
    ANNOTATION,
    DOCUMENT,
    LEDGER,
    PAGE,
    PASSAGE,
    TIE,
    WORK,
    annotation_of,
    columns,
    document_of,
    json_list,
    ledger_of,
    page_of,
    passage_of,
    tie_of,
    vectors_of,
    work_of,
)
from corpus.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from corpus.documents import Document, Page, Passage
    from corpus.vectors import Vectors

STEP = 2000
"""Rows a step of an iterator reads."""

_LISTED = "IN (SELECT value FROM json_each(?))"
_TABLES: dict[Kind, str] = {"passage": "passages", "annotation": "annotations"}


class Library:
    """Everything that is known, for any number of threads and processes at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.home = database.home

    @classmethod
    def open(cls, home: Path, *, create: bool = True) -> Library:
        """The library of this home; made where there is none, unless `create` is false."""
        return cls(open_for_reading(home, create=create))

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """How many commits have changed a work or anything searchable."""
        return int(self._database.run("SELECT generation FROM clock")[0][0])

    @contextlib.contextmanager
    def writing(self, *, wait: float = 0.0) -> Iterator[Writer]:
        """One transaction under the writer's lock; LibraryBusy where another has held it for `wait` seconds."""
        with writers_lock(self.home, wait=wait):
            database = Database(self.home)
            try:
                database.run("BEGIN IMMEDIATE")
                self._sweep(database)
                writer = Writer(database)
                yield writer
                writer.finish()
                database.run("COMMIT")
                if writer.removed:
                    self._sweep(database)
            except BaseException:
                with contextlib.suppress(PinciteError):  # the first error is the one to report
                    database.roll_back()
                    self._sweep(database)
                raise
            finally:
                database.close()

    def _sweep(self, database: Database) -> None:
        sweep_contents(self.home, {row[0] for row in database.run("SELECT digest FROM documents")})

    def works(self) -> list[WorkRecord]:
        """Every work with its state, by key."""
        return self._records("ORDER BY works.key")

    def work(self, key: str) -> WorkRecord:
        """One work; UnknownWork proposes the keys that look like it."""
        records = self._records("WHERE works.key = ?", (key,))
        if records:
            return records[0]
        near = get_close_matches(key, [row[0] for row in self._database.run("SELECT key FROM works")], n=3, cutoff=0.5)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "See pincite works for those that are."
        raise UnknownWork(f"No work in the library has the key {key!r}.", remedy=remedy, work=key)

    def _records(self, condition: str, parameters: Sequence[object] = ()) -> list[WorkRecord]:
        rows = self._database.run(
            f"SELECT {columns(WORK, 'works')}, works.message, works.added, "
            "(SELECT count(*) FROM pages WHERE document = documents.digest), "
            "(SELECT count(*) FROM passages WHERE work = works.key), "
            f"(SELECT count(*) FROM annotations WHERE work = works.key), {columns(DOCUMENT, 'documents')} "
            f"FROM works LEFT JOIN documents ON documents.work = works.key AND superseded_by IS NULL {condition}",
            parameters,
        )
        return [self._record(row) for row in rows]

    @staticmethod
    def _record(row: Row) -> WorkRecord:
        message, added, pages, passages, annotations = row[8:13]
        document = document_of(row[13:]) if row[13] is not None else None
        state: State = "full text" if document else "failed" if message else "annotation only"
        return WorkRecord(work_of(row[:8]), state, message, document, pages, passages, annotations, added)

    def documents(self, work: str) -> list[Document]:
        """All documents of a work, the current one first."""
        condition = "WHERE work = ? ORDER BY superseded_by IS NOT NULL, arrived DESC, digest"
        return [document_of(row) for row in self._database.run(f"SELECT {DOCUMENT} FROM documents {condition}", (work,))]

    def document(self, digest: str) -> Document | None:
        """One document, current or superseded."""
        rows = self._database.run(f"SELECT {DOCUMENT} FROM documents WHERE digest = ?", (digest,))
        return document_of(rows[0]) if rows else None

    def owner(self, digest: str) -> str | None:
        """Key of the work that a document is of."""
        rows = self._database.run("SELECT work FROM documents WHERE digest = ?", (digest,))
        return rows[0][0] if rows else None

    def content(self, digest: str) -> bytes:
        """The bytes of a document as fetched; SourceMissing where they are gone or altered."""
        return read_content(self.home, digest)

    def content_path(self, digest: str) -> Path:
        """Where those bytes lie."""
        return content_path(self.home, digest)

    def pages(self, digest: str) -> list[Page]:
        """All pages of a document, in order."""
        rows = self._database.run(f"SELECT {PAGE} FROM pages WHERE document = ? ORDER BY position", (digest,))
        return [page_of(row) for row in rows]

    def page(self, digest: str, position: int) -> Page:
        """One page of a document."""
        rows = self._database.run(f"SELECT {PAGE} FROM pages WHERE document = ? AND position = ?", (digest, position))
        if not rows:
            remedy = "Take the work in again: pincite add SOURCE, or pincite ingest."
            raise SourceMissing(f"Page {position} of document {digest[:12]}… is not in the library.", remedy=remedy)
        return page_of(rows[0])

    def passages(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Those of these passages that are in the library, each with its work's key, in the order asked."""
        rows = self._database.run(f"SELECT id, work, {PASSAGE} FROM passages WHERE id {_LISTED}", (json_list(list(ids)),))
        found = {row[0]: (passage_of(row[2:]), row[1]) for row in rows}
        return {identifier: found[identifier] for identifier in ids if identifier in found}

    def passage_ids(self, work: str | None = None) -> Iterator[str]:
        """Ids of all passages (of one work), in the order of their arrival."""
        place = 0
        step = "SELECT number, id FROM passages WHERE number > ?1 AND (?2 IS NULL OR work = ?2) ORDER BY number LIMIT ?3"
        while rows := self._database.run(step, (place, work, STEP)):
            yield from (row[1] for row in rows)
            place = rows[-1][0]

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._database.run("SELECT count(*) FROM passages")[0][0])

    def lexical(self, words: Sequence[str], limit: int, works: Collection[str] = ()) -> list[tuple[str, float]]:
        """Passages that hold any of the words, by BM25, higher is better; of these works only, where any are named."""
        return best(self._database, words, limit, works)

    def standing(self, word: str, works: Collection[str] = ()) -> dict[str, int]:
        """In how many passages of each work a word stands, their titles counted; of these works only, where any are named."""
        return standing(self._database, word, works)

    def vectors(self, text_digests: Sequence[str], embedder: str) -> dict[str, Vectors]:
        """Vectors of these texts, as far as this embedder has made them."""
        rows = self._database.run(
            f"SELECT text_digest, whole, sentences FROM vectors WHERE embedder = ? AND text_digest {_LISTED}",
            (embedder, json_list(list(text_digests))),
        )
        return {digest: vectors_of(whole, sentences) for digest, whole, sentences in rows}

    def missing_vectors(self, text_digests: Iterable[str], embedder: str) -> set[str]:
        """Those of these texts that this embedder has not seen."""
        wanted = set(text_digests)
        statement = f"SELECT text_digest FROM vectors WHERE embedder = ? AND text_digest {_LISTED}"
        rows = self._database.run(statement, (embedder, json_list(sorted(wanted))))
        return wanted - {row[0] for row in rows}

    def texts(self, kind: Kind, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Work key and text digest of these passages or annotations: what the index needs of them."""
        statement = f"SELECT id, work, text_digest FROM {_TABLES[kind]} WHERE id {_LISTED}"
        rows = self._database.run(statement, (json_list(list(ids)),))
        return {identifier: (work, digest) for identifier, work, digest in rows}

    def annotations(self, work: str | None = None) -> list[Annotation]:
        """All annotations (of one work), by work and in the order written."""
        rows = self._database.run(
            f"SELECT {ANNOTATION} FROM annotations WHERE ?1 IS NULL OR work = ?1 ORDER BY work, number", (work,)
        )
        return [annotation_of(row) for row in rows]

    def annotations_by_id(self, ids: Sequence[str]) -> dict[str, Annotation]:
        """Those of these annotations that are in the library, in the order asked."""
        rows = self._database.run(f"SELECT {ANNOTATION} FROM annotations WHERE id {_LISTED}", (json_list(list(ids)),))
        found = {row[0]: annotation_of(row) for row in rows}
        return {identifier: found[identifier] for identifier in ids if identifier in found}

    def annotations_on(self, question: str) -> list[Annotation]:
        """Those that bear on a question of an essay, given as `essay/question`."""
        condition = "id IN (SELECT annotation FROM bearings WHERE question = ?) ORDER BY work, number"
        return [
            annotation_of(row)
            for row in self._database.run(f"SELECT {ANNOTATION} FROM annotations WHERE {condition}", (question,))
        ]

    def ties(self, annotation_ids: Sequence[str] | None = None) -> dict[str, Tie]:
        """The proven place of each of these annotations (of all), where there is one."""
        condition = "" if annotation_ids is None else f"WHERE annotation {_LISTED}"
        parameters = [] if annotation_ids is None else [json_list(list(annotation_ids))]
        return {row[0]: tie_of(row) for row in self._database.run(f"SELECT {TIE} FROM ties {condition}", parameters)}

    def changes_since(self, generation: int) -> Iterator[Change]:
        """What the index has to follow after that generation, in order: the latest change of each id."""
        place = 0
        names = "seq, generation, op, kind, id, work"
        condition = "generation > ? AND seq > ? ORDER BY seq LIMIT ?"
        while rows := self._database.run(f"SELECT {names} FROM journal WHERE {condition}", (generation, place, STEP)):
            yield from (Change(*row[1:]) for row in rows)
            place = rows[-1][0]

    def ledger(self, work: str | None = None) -> list[LedgerEntry]:
        """What became of every document (of one work), oldest first."""
        rows = self._database.run(f"SELECT {LEDGER} FROM ledger WHERE ?1 IS NULL OR work = ?1 ORDER BY seq", (work,))
        return [ledger_of(row) for row in rows]

    def taken_in(self, digest: str) -> LedgerEntry | None:
        """How this document was taken in last; None where it is not in the library."""
        rows = self._database.run(
            f"SELECT {LEDGER} FROM ledger WHERE digest = ? AND outcome = 'taken in' "
            "AND digest IN (SELECT digest FROM documents) ORDER BY seq DESC LIMIT 1",
            (digest,),
        )
        return ledger_of(rows[0]) if rows else None

    def meta(self, name: str) -> str | None:
        """A fact about the library itself; `library` names it for ever."""
        rows = self._database.run("SELECT value FROM meta WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def check(self) -> list[str]:
        """What is wrong with the library, in sentences; empty where nothing is."""
        try:
            found = [f"SQLite: {row[0]}." for row in self._database.run("PRAGMA quick_check") if row[0] != "ok"]
            found += [
                f"A row of {row[0]} points at nothing in {row[2]}." for row in self._database.run("PRAGMA foreign_key_check")
            ]
            if self._database.run("SELECT count(*) FROM words") != self._database.run("SELECT count(*) FROM passages"):
                found.append("The full-text table and the passages differ.")
            digests = [row[0] for row in self._database.run("SELECT digest FROM documents WHERE superseded_by IS NULL")]
        except LibraryDamaged as error:
            return [str(error)]
        for digest in digests:
            try:
                self.content(digest)
            except SourceMissing as error:
                found.append(str(error))
        return found
