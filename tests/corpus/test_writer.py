"""The library's write side: only differences, all or nothing, and errors that leave what was there."""

from __future__ import annotations

import errno
import os
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.database import Database
from corpus.documents import passage_on
from corpus.errors import DiskFull, SourceError, UnknownWork
from corpus.library import Library
from corpus.records import Change
from tests.corpus import made
from tests.corpus.made import KEY, take_in

if TYPE_CHECKING:
    from pathlib import Path


def changes(library: Library, since: int = 0) -> list[tuple[str, str, str]]:
    return [(change.op, change.kind, change.id) for change in library.changes_since(since)]


def stored(library: Library) -> set[str]:
    return {path.name for path in (library.home / "documents").iterdir()}


def everything(home: Path) -> list[str]:
    """The whole of the library but the times, row by row."""
    connection = sqlite3.connect(home / "library.sqlite3")
    tables = ("works", "documents", "pages", "passages", "words", "annotations", "ties", "vectors", "journal", "ledger")
    connection.execute("UPDATE works SET added = ''")
    connection.execute("UPDATE documents SET arrived = ''")
    rows = [f"{table} {row}" for table in tables for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
    connection.rollback()
    connection.close()
    return rows


def test_one_commit_raises_the_generation_by_one(library: Library) -> None:
    document = made.document(made.lines(3))
    take_in(library, document)
    assert library.generation == 1
    assert list(library.changes_since(0)) == [Change(1, "put", "passage", each.id, KEY) for each in document.passages]
    assert stored(library) == {document.document.digest}


def test_the_same_twice_changes_nothing(library: Library) -> None:
    document = made.document(made.lines(3))
    notes = [made.annotation(KEY, "Tides matter."), made.annotation(KEY, "Boats sleep.")]

    def put_all() -> None:
        with library.writing() as writer:
            writer.put_work(made.work())
            made.put(writer, KEY, document)
            made.put_notes(writer, KEY, notes)
            writer.put_ties(KEY, [made.tie(note, document.passages[0]) for note in notes])

    put_all()
    before = everything(library.home)
    put_all()
    assert library.generation == 1
    assert everything(library.home) == before


def test_a_transaction_without_changes_keeps_the_generation(library: Library) -> None:
    with library.writing() as writer:
        writer.set_meta("recipe", "plain")
        writer.put_vectors(made.EMBEDDER, {"a" * 32: made.vectors("a" * 32)})
    assert library.generation == 0
    assert library.meta("recipe") == "plain"
    assert library.missing_vectors(["a" * 32], made.EMBEDDER) == set()


def test_a_new_version_journals_only_the_differences(library: Library) -> None:
    """The pages of a document that is read anew keep the ids of passages that did not change."""
    old = made.document(made.lines(4))
    take_in(library, old)
    page = old.pages[0]
    reading = [*old.passages[:3], passage_on(page, old.document.digest, old.passages[3].sentences[:1], section="1 Tides")]
    with library.writing() as writer:
        made.put(writer, KEY, replace(old, passages=reading), recipe="plain 2")
    assert changes(library, 1) == [("drop", "passage", old.passages[3].id), ("put", "passage", reading[3].id)]
    assert set(library.passage_ids()) == {passage.id for passage in reading}


def test_another_kind_changes_the_passage_but_not_the_index(library: Library) -> None:
    document = made.document(made.lines(2))
    take_in(library, document)
    passages = [replace(passage, kind="caption") for passage in document.passages]
    take_in(library, replace(document, passages=passages))
    assert library.generation == 2
    assert changes(library, 1) == []
    assert library.passages([passages[0].id])[passages[0].id][0].kind == "caption"


def test_another_section_changes_what_is_embedded_and_found(library: Library) -> None:
    document = made.document(made.lines(2), section="1 Tides")
    take_in(library, document)
    passages = [replace(passage, section="2 Moorings", lead="Hale 2031") for passage in document.passages]
    take_in(library, replace(document, passages=passages))
    assert changes(library, 1) == [("put", "passage", passage.id) for passage in passages]
    assert library.passages([passages[0].id])[passages[0].id][0] == passages[0]
    assert library.lexical(["moorings"], 5)
    assert not library.lexical(["1 tides"], 5)
    assert set(library.texts("passage", [passages[1].id]).values()) == {(KEY, passages[1].text_digest)}


def test_a_document_supersedes_the_one_before(library: Library) -> None:
    old, new = made.document(made.lines(3), version="v1"), made.document(made.lines(2, word="canal"), version="v2")
    note = made.annotation(KEY, "Tides matter.")
    take_in(library, old)
    with library.writing() as writer:
        made.put_notes(writer, KEY, [note])
        writer.put_ties(KEY, [made.tie(note, old.passages[0])])
    take_in(library, new)
    assert [document.version for document in library.documents(KEY)] == ["v2", "v1"]
    assert library.work(KEY).document == new.document
    assert library.document(old.document.digest) == replace(old.document, superseded_by=new.document.digest)
    assert set(library.passage_ids()) == {passage.id for passage in new.passages}
    assert library.lexical(["harbour"], 5) == []
    assert library.ties() == {}  # the quote was proven in a document that is no longer current
    assert library.pages(old.document.digest) == old.pages
    assert library.content(old.document.digest) == old.content
    assert library.check() == []


def test_an_earlier_document_becomes_current_again(library: Library) -> None:
    old, new = made.document(made.lines(3)), made.document(made.lines(2, word="canal"))
    for document in (old, new, old):
        take_in(library, document)
    assert library.work(KEY).document == old.document
    assert library.document(new.document.digest) == replace(new.document, superseded_by=old.document.digest)
    assert list(library.passage_ids()) == [passage.id for passage in old.passages]


def test_the_journal_keeps_the_last_word_only(library: Library) -> None:
    document = made.document(made.lines(2))
    take_in(library, document)
    with library.writing() as writer:
        writer.remove_work(KEY)
    assert changes(library) == [("drop", "passage", passage.id) for passage in document.passages]
    take_in(library, document)
    assert changes(library) == changes(library, 2) == [("put", "passage", passage.id) for passage in document.passages]


def test_removing_a_work_leaves_nothing_of_it(library: Library) -> None:
    mine, other = made.document(made.lines(3)), made.document(made.lines(3, word="canal"))
    take_in(library, mine)
    take_in(library, other, "b-2002")
    with library.writing() as writer:
        note = made.annotation(KEY, "Tides matter.")
        made.put_notes(writer, KEY, [note])
        writer.put_ties(KEY, [made.tie(note, mine.passages[0])])
    with library.writing() as writer:
        assert writer.remove_work(KEY) == [mine.document.digest]
        assert stored(library) == {mine.document.digest, other.document.digest}  # until the commit
    assert stored(library) == {other.document.digest}
    rows = [row for row in everything(library.home) if not row.startswith(("journal", "ledger"))]
    assert not [row for row in rows if KEY in row or mine.document.digest in row or "harbour" in row or "Tides matter" in row]
    texts = [note.text_digest, *(passage.text_digest for passage in mine.passages)]
    assert library.vectors(texts, made.EMBEDDER) == {}
    assert library.passage_count() == 3
    assert {change.op for change in library.changes_since(3)} == {"drop"}
    with pytest.raises(UnknownWork), library.writing() as writer:
        writer.remove_work(KEY)


def test_vectors_that_another_work_needs_stay(library: Library) -> None:
    one, two = made.document(made.lines(2)), made.document([*made.lines(2), ["Another page."]])
    take_in(library, one)
    take_in(library, two, "b-2002")
    texts = [passage.text_digest for passage in one.passages]
    assert texts == [passage.text_digest for passage in two.passages[:2]]
    with library.writing() as writer:
        writer.remove_work(KEY)
    assert len(library.vectors(texts, made.EMBEDDER)) == 2


def test_sweeping_vectors_that_nobody_needs(library: Library) -> None:
    take_in(library, made.document(made.lines(3)))
    new = made.document(made.lines(2, word="canal"))
    take_in(library, new)
    with library.writing() as writer:
        assert writer.sweep_vectors() == 3
        assert writer.sweep_vectors() == 0
    assert library.missing_vectors([passage.text_digest for passage in new.passages], made.EMBEDDER) == set()


def test_vectors_that_come_late_are_put_before_the_index(library: Library) -> None:
    document = made.document(made.lines(2))
    with library.writing() as writer:
        writer.put_work(made.work())
        made.put(writer, KEY, document, embed=False)
    with library.writing() as writer:
        writer.put_vectors(made.EMBEDDER, {document.passages[1].text_digest: made.vectors("x")})
    assert library.generation == 2
    assert changes(library, 1) == [("put", "passage", document.passages[1].id)]


def test_one_document_belongs_to_one_work(library: Library) -> None:
    document = made.document(made.lines(2))
    take_in(library, document)
    with pytest.raises(SourceError, match=KEY):
        take_in(library, document, "b-2002")
    assert library.owner(document.document.digest) == KEY
    assert [record.work.key for record in library.works()] == [KEY]


def test_writing_about_an_unknown_work(library: Library) -> None:
    with pytest.raises(UnknownWork), library.writing() as writer:
        made.put(writer, KEY, made.document(made.lines(2)))
    with pytest.raises(UnknownWork), library.writing() as writer:
        writer.put_annotations(KEY, [made.annotation(KEY, "Tides matter.")])
    with pytest.raises(UnknownWork), library.writing() as writer:
        writer.fail_work(KEY, "It is a scan.")
    assert library.generation == 0


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt()])
def test_an_error_rolls_everything_back(library: Library, error: BaseException) -> None:
    old, new = made.document(made.lines(3)), made.document(made.lines(2, word="canal"))
    take_in(library, old)
    before = everything(library.home)

    def stumble() -> None:
        with library.writing() as writer:
            made.put(writer, KEY, new)
            raise error

    with pytest.raises(type(error)):
        stumble()
    assert everything(library.home) == before
    assert stored(library) == {old.document.digest}
    assert library.generation == 1
    with library.writing() as writer:  # the lock is free again
        made.put(writer, KEY, new)


def test_nobody_sees_what_is_not_committed(library: Library) -> None:
    with library.writing() as writer:
        writer.put_work(made.work())
        assert library.works() == []
        with Library.open(library.home) as other:
            assert other.works() == []
    assert len(library.works()) == 1


def test_annotations_are_replaced_writer_by_writer(library: Library) -> None:
    ours = [made.annotation(KEY, f"Statement {number}.") for number in range(3)]
    theirs = [made.annotation(KEY, f"Remark {number}.", writer="model-1") for number in range(2)]
    with library.writing() as writer:
        writer.put_work(made.work())
        made.put_notes(writer, KEY, ours)
        made.put_notes(writer, KEY, theirs)
    new = made.annotation(KEY, "Statement 9.")
    with library.writing() as writer:
        writer.put_annotations(KEY, [ours[0], ours[1], new])
    assert library.annotations() == [ours[0], ours[1], *theirs, new]
    assert changes(library, 1) == [("drop", "annotation", ours[2].id), ("put", "annotation", new.id)]
    with library.writing() as writer:
        writer.put_annotations(KEY, [], writer="model-1")
    assert library.annotations() == [ours[0], ours[1], new]


def test_an_annotation_that_is_checked_later_is_updated_in_place(library: Library) -> None:
    note = made.annotation(KEY, "Tides matter.")
    take_in(library, document := made.document(made.lines(2)))
    with library.writing() as writer:
        writer.put_annotations(KEY, [note])
        writer.put_ties(KEY, [made.tie(note, document.passages[0])])
    with library.writing() as writer:
        writer.put_annotations(KEY, [replace(note, checked=True)])
    assert library.annotations() == [replace(note, checked=True)]
    assert list(library.ties()) == [note.id]
    assert changes(library, 2) == []
    assert library.generation == 3


def test_a_reviewed_statement_is_never_taken_over(library: Library) -> None:
    ours = made.annotation(KEY, "Tides matter.")
    theirs = replace(ours, writer="model-1")
    with library.writing() as writer:
        writer.put_work(made.work())
        writer.put_annotations(KEY, [theirs])
        writer.put_annotations(KEY, [ours])
    with library.writing() as writer:
        writer.put_annotations(KEY, [theirs])
    assert library.annotations() == [ours]


def test_ties_follow_a_document_that_is_split_anew(library: Library) -> None:
    document = made.document(made.lines(2))
    note = made.annotation(KEY, "Tides matter.")
    take_in(library, document)
    with library.writing() as writer:
        made.put_notes(writer, KEY, [note])
        writer.put_ties(KEY, [made.tie(note, document.passages[0])])
    page = document.pages[0]
    sentences = [sentence for passage in document.passages for sentence in passage.sentences]
    with library.writing() as writer:
        made.put(writer, KEY, replace(document, passages=[passage_on(page, document.document.digest, sentences)]))
    assert library.ties()[note.id].passage is None  # the place still stands; its passage has to be found again
    assert library.ties()[note.id].span == document.passages[0].sentences[0].span


def test_a_failure_is_recorded_and_forgotten(library: Library) -> None:
    with library.writing() as writer:
        writer.put_work(made.work())
        writer.fail_work(KEY, "It is a scan.")
    assert library.work(KEY).state == "failed"
    take_in(library, made.document(made.lines(2)))
    assert (library.work(KEY).state, library.work(KEY).message) == ("full text", None)
    with library.writing() as writer:
        writer.fail_work(KEY, "The new version is a scan.")
    assert (library.work(KEY).state, library.work(KEY).message) == ("full text", "The new version is a scan.")


def test_altered_bytes_are_written_again(library: Library) -> None:
    document = made.document(made.lines(2))
    take_in(library, document)
    library.content_path(document.document.digest).write_bytes(b"altered")
    take_in(library, document)
    assert library.content(document.document.digest) == document.content


def test_a_full_disk_leaves_what_was_there(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    old = made.document(made.lines(3))
    take_in(library, old)
    before = everything(library.home)
    connect = Database._connect

    def small(self: Database, readonly: bool) -> sqlite3.Connection:
        connection = connect(self, readonly)
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 8}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_connect", small)
        with pytest.raises(DiskFull) as raised:
            take_in(library, made.document(made.lines(2000, word="canal")))
    assert "intact" in raised.value.message
    assert everything(library.home) == before
    assert stored(library) == {old.document.digest}
    take_in(library, made.document(made.lines(2000, word="canal")))
    assert library.passage_count() == 2000


def test_no_room_for_the_bytes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("corpus.home.os.fsync", full)
        with pytest.raises(DiskFull):
            take_in(library, made.document(made.lines(3)))
    assert library.works() == []
    assert stored(library) == set()


def test_orphans_are_swept_and_strangers_left_alone(library: Library) -> None:
    document = made.document(made.lines(3))
    take_in(library, document)
    folder = library.home / "documents"
    (folder / ("0" * 64)).write_bytes(b"of a transaction that never ended")
    (folder / f"{document.document.digest}.abcd.part").write_bytes(b"half")
    (folder / "notes.txt").write_text("somebody's own")
    with library.writing():
        pass
    assert stored(library) == {document.document.digest, "notes.txt"}
