"""Changes of the library. Knows no lock and no commit: a Writer lives inside one transaction of `Library.writing()`.

A Writer touches only what differs, and writes each difference that the index has to follow into the journal.
"""

# ruff: noqa: S608 - statements are put together from our own table and column names; every value is bound

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import SourceError, UnknownWork
from corpus.home import keep_content
from corpus.records import Annotation, Kind, LedgerEntry, Op, Tie
from corpus.rows import (
    ANNOTATION,
    DOCUMENT,
    LEDGER,
    PAGE,
    PASSAGE,
    TIE,
    WORK,
    annotation_row,
    json_list,
    now,
    page_row,
    passage_row,
    tie_row,
    title_words,
    vectors_row,
    work_of,
    work_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.database import Database, Row
    from corpus.documents import Document, Page, Passage
    from corpus.vectors import Vectors
    from corpus.works import Work

_WRITER = 2 + ANNOTATION.split(", ").index("writer")
"""Where an annotation's writer stands in a row of number, text digest and ANNOTATION."""


class Writer:
    """One transaction; raises the generation by one where a work or anything searchable changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._generation: int = database.run("SELECT generation FROM clock")[0][0] + 1
        self._changed = False
        self.removed: list[str] = []
        """Digests whose bytes go after the commit."""

    def put_work(self, work: Work) -> None:
        """Add a work, or mend what is known of it."""
        row = work_row(work)
        there = self._database.run(f"SELECT {WORK} FROM works WHERE key = ?", (work.key,))
        if there == [row]:
            return
        self._changed = True
        if not there:
            self._database.run(f"INSERT INTO works ({WORK}, added) VALUES (?,?,?,?,?,?,?,?,?)", (*row, now()))
            return
        names = ", ".join(f"{name} = ?" for name in WORK.split(", ")[1:])
        self._database.run(f"UPDATE works SET {names} WHERE key = ?", (*row[1:], work.key))
        mine = "rowid IN (SELECT number FROM passages WHERE work = ?)"
        self._database.run(f"UPDATE words SET title = ? WHERE {mine}", (title_words(work), work.key))

    def put_document(
        self,
        work_key: str,
        document: Document,
        content: bytes,
        pages: Sequence[Page],
        passages: Sequence[Passage],
        *,
        recipe: str,
    ) -> None:
        """Make a document the work's current one; the one before stays on record, without its passages."""
        work = self._work(work_key)
        holder = self._database.run("SELECT work FROM documents WHERE digest = ?", (document.digest,))
        if holder and holder[0][0] != work_key:
            raise SourceError(
                f"{document.name} is in the library already, as a document of {holder[0][0]}.",
                remedy=f"Use {holder[0][0]}, or take that work out first: pincite remove {holder[0][0]}.",
                digest=document.digest,
                work=holder[0][0],
            )
        keep_content(self._database.home, document.digest, content)
        self._put_current(work_key, document, recipe)
        self._put_pages(document.digest, pages)
        self._put_passages(work, {passage.id: passage for passage in passages})
        gone = "DELETE FROM ties WHERE document IN (SELECT digest FROM documents WHERE work = ? AND superseded_by IS NOT NULL)"
        self._changed |= self._database.count(gone, (work_key,)) > 0
        mended = "UPDATE works SET message = NULL WHERE key = ? AND message IS NOT NULL"
        self._changed |= self._database.count(mended, (work_key,)) > 0

    def _put_current(self, work: str, document: Document, recipe: str) -> None:
        row = (document.digest, document.media_type, document.name, document.origin, document.version, None)
        condition = "WHERE work = ? AND superseded_by IS NULL"
        there = self._database.run(f"SELECT {DOCUMENT}, recipe FROM documents {condition}", (work,))
        if there == [(*row, recipe)]:
            return
        self._changed = True
        self._database.run(f"UPDATE documents SET superseded_by = ? {condition}", (document.digest, work))
        self._database.run(
            f"INSERT INTO documents ({DOCUMENT}, work, recipe, arrived) VALUES (?,?,?,?,?,?,?,?,?) "
            "ON CONFLICT (digest) DO UPDATE SET name = excluded.name, media_type = excluded.media_type, "
            "origin = excluded.origin, version = excluded.version, superseded_by = NULL, "
            "recipe = excluded.recipe, arrived = excluded.arrived",
            (*row, work, recipe, now()),
        )

    def _put_pages(self, digest: str, pages: Sequence[Page]) -> None:
        rows = sorted(page_row(page) for page in pages)
        there = self._database.run(f"SELECT {PAGE} FROM pages WHERE document = ? ORDER BY position", (digest,))
        if there == rows:
            return
        self._changed = True
        self._database.run("DELETE FROM pages WHERE document = ?", (digest,))
        self._database.many(f"INSERT INTO pages (document, {PAGE}) VALUES (?,?,?,?,?,?,?,?,?)", ((digest, *row) for row in rows))

    def _put_passages(self, work: Work, passages: Mapping[str, Passage]) -> None:
        there = self._database.run(f"SELECT id, text_digest, number, {PASSAGE} FROM passages WHERE work = ?", (work.key,))
        old: dict[str, Row] = {row[0]: row[1:] for row in there}
        gone = [identifier for identifier in old if identifier not in passages]
        self._database.run("DELETE FROM passages WHERE id IN (SELECT value FROM json_each(?))", (json_list(gone),))
        self._note("drop", "passage", gone, work.key)
        fresh: list[str] = []
        for identifier, passage in passages.items():
            row, digest = passage_row(passage), passage.text_digest
            if identifier not in old:
                self._insert_passage(work, passage, (identifier, work.key, digest, *row))
            elif (before := old[identifier]) != (digest, number := before[1], *row):
                self._changed = True
                names = ", ".join(f"{name} = ?" for name in f"text_digest, {PASSAGE}".split(", "))
                self._database.run(f"UPDATE passages SET {names} WHERE number = ?", (digest, *row, number))
                self._database.run("UPDATE words SET section = ? WHERE rowid = ?", (passage.section or "", number))
            if identifier not in old or old[identifier][0] != digest:
                fresh.append(identifier)
        self._note("put", "passage", fresh, work.key)

    def _insert_passage(self, work: Work, passage: Passage, row: Row) -> None:
        number = self._database.run(
            f"INSERT INTO passages (id, work, text_digest, {PASSAGE}) VALUES (?,?,?,?,?,?,?,?,?) RETURNING number", row
        )[0][0]
        self._database.run(
            "INSERT INTO words (rowid, text, section, title) VALUES (?,?,?,?)",
            (number, passage.text, passage.section or "", title_words(work)),
        )

    def put_annotations(self, work_key: str, annotations: Sequence[Annotation], *, writer: str | None = None) -> None:
        """Replace what the writers of these annotations, and `writer`, wrote about the work.

        A statement that is reviewed stays so, whoever writes it again.
        """
        self._work(work_key)
        writers = {annotation.writer for annotation in annotations} | ({writer} if writer else set())
        names = f"number, text_digest, {ANNOTATION}"
        there = self._database.run(f"SELECT {names} FROM annotations WHERE work = ? ORDER BY number", (work_key,))
        old = {row[2]: row for row in there}
        new = {each.id: each for each in annotations if not self._is_reviewed(old.get(each.id)) or each.writer == "reviewed"}
        gone = [row[2] for row in there if row[_WRITER] in writers and row[2] not in new]
        self._database.run("DELETE FROM annotations WHERE id IN (SELECT value FROM json_each(?))", (json_list(gone),))
        self._note("drop", "annotation", gone, work_key)
        for annotation in new.values():
            row = annotation_row(annotation)
            before = old.get(annotation.id)
            if before is None:
                insert = f"INSERT INTO annotations (text_digest, {ANNOTATION}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
                self._database.run(insert, (annotation.text_digest, *row))
            elif before[2:] != row:
                self._changed = True
                settings = ", ".join(f"{name} = ?" for name in ANNOTATION.split(", "))
                self._database.run(f"UPDATE annotations SET {settings} WHERE number = ?", (*row, before[0]))
        self._note("put", "annotation", [identifier for identifier in new if identifier not in old], work_key)

    @staticmethod
    def _is_reviewed(row: Row | None) -> bool:
        return row is not None and row[_WRITER] == "reviewed"

    def put_ties(self, work_key: str, ties: Sequence[Tie]) -> None:
        """Replace the places of the work's annotations."""
        mine = "annotation IN (SELECT id FROM annotations WHERE work = ?)"
        rows = sorted(tie_row(tie) for tie in ties)
        if sorted(self._database.run(f"SELECT {TIE} FROM ties WHERE {mine}", (work_key,))) == rows:
            return
        self._changed = True
        self._database.run(f"DELETE FROM ties WHERE {mine}", (work_key,))
        self._database.many(f"INSERT INTO ties ({TIE}) VALUES (?,?,?,?,?,?)", rows)

    def put_vectors(self, embedder: str, rows: Mapping[str, Vectors]) -> None:
        """Keep the vectors of texts; those that are there stay. A text that had none until now is put before the index again."""
        fresh = [
            digest
            for digest, vectors in rows.items()
            if self._database.count("INSERT OR IGNORE INTO vectors VALUES (?,?,?,?)", (digest, embedder, *vectors_row(vectors)))
        ]
        for kind, table in (("passage", "passages"), ("annotation", "annotations")):
            waiting = self._database.run(
                f"SELECT id, work FROM {table} WHERE text_digest IN (SELECT value FROM json_each(?)) AND id NOT IN "
                "(SELECT id FROM journal WHERE generation = ? AND kind = ?)",
                (json_list(fresh), self._generation, kind),
            )
            self._journal(("put", kind, identifier, work) for identifier, work in waiting)

    def sweep_vectors(self) -> int:
        """Delete vectors that no passage and no annotation needs; how many."""
        needed = "SELECT text_digest FROM passages UNION SELECT text_digest FROM annotations"
        return self._database.count(f"DELETE FROM vectors WHERE text_digest NOT IN ({needed})")

    def fail_work(self, key: str, message: str) -> None:
        """Record why a work could not be taken in; what is here of it stays."""
        self._work(key)
        failed = "UPDATE works SET message = ? WHERE key = ? AND message IS NOT ?"
        self._changed |= self._database.count(failed, (message, key, message)) > 0

    def remove_work(self, key: str) -> list[str]:
        """Take a work out whole and note it in the ledger; returns the digests whose bytes go after the commit."""
        self._work(key)
        texts: list[str] = []
        for kind, table in (("passage", "passages"), ("annotation", "annotations")):
            rows = self._database.run(f"SELECT id, text_digest FROM {table} WHERE work = ?", (key,))
            self._journal(("drop", kind, identifier, key) for identifier, _ in rows)
            texts += [digest for _, digest in rows]
        documents = self._database.run("SELECT digest, name, origin, media_type, recipe FROM documents WHERE work = ?", (key,))
        for digest, name, origin, media_type, recipe in documents:
            self.note(LedgerEntry(digest, key, name, origin, media_type, recipe, "removed", None, now()))
        self._database.run("DELETE FROM works WHERE key = ?", (key,))
        self._database.run(
            "DELETE FROM vectors WHERE text_digest IN (SELECT value FROM json_each(?)) AND text_digest NOT IN "
            "(SELECT text_digest FROM passages UNION SELECT text_digest FROM annotations)",
            (json_list(texts),),
        )
        self._changed = True
        digests = [row[0] for row in documents]
        self.removed += digests
        return digests

    def note(self, entry: LedgerEntry) -> None:
        """Add a line to the ledger."""
        row = (entry.digest, entry.work, entry.name, entry.origin, entry.media_type, entry.recipe, entry.outcome, entry.message)
        self._database.run(f"INSERT INTO ledger ({LEDGER}) VALUES (?,?,?,?,?,?,?,?,?)", (*row, entry.time or now()))

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact about the library itself."""
        self._database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def finish(self) -> None:
        """Raise the generation where there is reason to; the commit follows."""
        if self._changed:
            self._database.run("UPDATE clock SET generation = ?", (self._generation,))

    def _work(self, key: str) -> Work:
        rows = self._database.run(f"SELECT {WORK} FROM works WHERE key = ?", (key,))
        if not rows:
            remedy = "See pincite works for those that are."
            raise UnknownWork(f"No work in the library has the key {key!r}.", remedy=remedy, work=key)
        return work_of(rows[0])

    def _note(self, op: Op, kind: Kind, identifiers: Iterable[str], work: str) -> None:
        self._journal((op, kind, identifier, work) for identifier in identifiers)

    def _journal(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        lines = [(self._generation, *row) for row in rows]
        self._changed |= bool(lines)
        self._database.many("INSERT OR REPLACE INTO journal (generation, op, kind, id, work) VALUES (?,?,?,?,?)", lines)
