"""The library's read side: everything that was put in comes out as it was."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus import library as library_module
from corpus.documents import Document, Page, digest_of
from corpus.errors import SourceMissing, UnknownWork
from corpus.library import Library
from corpus.records import LedgerEntry, Tie
from tests.corpus import made

if TYPE_CHECKING:
    from pathlib import Path


def fill(library: Library, key: str = "hale-2031", count: int = 3, **others: str) -> made.Made:
    document = made.document(made.lines(count, **others), name=f"{key}.txt")
    with library.writing() as writer:
        writer.put_work(made.work(key))
        made.put(writer, key, document)
    return document


def test_a_new_library_is_empty_and_has_a_name(library: Library) -> None:
    assert library.generation == 0
    assert library.works() == []
    assert library.passage_count() == 0
    assert len(library.meta("library") or "") == 32
    assert library.meta("nothing") is None
    assert library.check() == []


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    with Library.open(tmp_path) as first:
        document = fill(first)
        name = first.meta("library")
    with Library.open(tmp_path, create=False) as second:
        assert second.meta("library") == name
        assert second.pages(document.document.digest) == document.pages
        assert second.content(document.document.digest) == document.content


def test_everything_of_a_page_survives(library: Library) -> None:
    content = b"bytes"
    document = Document(digest_of(content), "text/vtt", "talk.vtt", "https://example.org/talk.vtt", "v2")
    pages = [Page(0, "One ﬁrst \u00ad line\r\n", 3, "iii", 2, ((0, 0.0), (4, 1.25)), b"\0\1", (3, 7)), Page(1, "")]
    with library.writing() as writer:
        writer.put_work(made.work())
        writer.put_document("hale-2031", document, content, pages, [], recipe="r")
    assert library.pages(document.digest) == pages
    assert library.page(document.digest, 0) == pages[0]
    assert library.document(document.digest) == document
    with pytest.raises(SourceMissing):
        library.page(document.digest, 2)


def test_passages_come_back_equal_and_in_the_order_asked(library: Library) -> None:
    document = fill(library)
    ids = [passage.id for passage in reversed(document.passages)]
    found = library.passages([*ids, "0000000000000000"])
    assert list(found) == ids
    assert [passage for passage, _ in found.values()] == list(reversed(document.passages))
    assert {key for _, key in found.values()} == {"hale-2031"}


def test_passage_ids_go_step_by_step(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "STEP", 2)
    first = fill(library, "a-2001", 5, word="harbour")
    fill(library, "b-2002", 3, word="canal")
    assert len(list(library.passage_ids())) == 8
    assert list(library.passage_ids("a-2001")) == [passage.id for passage in first.passages]
    assert len(list(library.changes_since(0))) == 8
    assert {change.work for change in library.changes_since(1)} == {"b-2002"}


def test_more_ids_than_sqlite_has_parameters(library: Library) -> None:
    document = fill(library, count=40)
    ids = [f"{number:016x}" for number in range(40_000)] + [passage.id for passage in document.passages]
    assert len(library.passages(ids)) == 40
    texts = [passage.text_digest for passage in document.passages]
    assert len(library.vectors(texts + ids, made.EMBEDDER)) == 40
    assert library.missing_vectors([*ids[:3], *texts], made.EMBEDDER) == set(ids[:3])
    assert library.missing_vectors(texts, "another model") == set(texts)


def test_vectors_come_back_bit_by_bit(library: Library) -> None:
    document = fill(library, count=1)
    text = document.passages[0].text_digest
    found = library.vectors([text], made.EMBEDDER)[text]
    expected = made.vectors(text)
    assert found.whole.tobytes() == expected.whole.tobytes()
    assert found.sentences.tobytes() == expected.sentences.tobytes()
    assert found.sentences.shape == (2, made.DIMENSIONS)


def test_works_and_their_states(library: Library) -> None:
    with library.writing() as writer:
        for key in ("full-2001", "noted-2002", "failed-2003"):
            writer.put_work(made.work(key))
        made.put(writer, "full-2001", made.document(made.lines(2)))
        made.put_notes(writer, "noted-2002", [made.annotation("noted-2002", "Tides matter.")])
        writer.fail_work("failed-2003", "It is a scan.")
    records = {record.work.key: record for record in library.works()}
    assert list(records) == ["failed-2003", "full-2001", "noted-2002"]
    assert {key: record.state for key, record in records.items()} == {
        "full-2001": "full text",
        "noted-2002": "annotation only",
        "failed-2003": "failed",
    }
    assert records["failed-2003"].message == "It is a scan."
    assert (records["full-2001"].pages, records["full-2001"].passages, records["noted-2002"].annotations) == (1, 2, 1)
    assert records["full-2001"].work == made.work("full-2001")
    assert library.work("full-2001") == records["full-2001"]


def test_an_unknown_work_proposes_keys_that_look_like_it(library: Library) -> None:
    fill(library)
    with pytest.raises(UnknownWork) as raised:
        library.work("hail-2031")
    assert "hale-2031" in raised.value.remedy
    with pytest.raises(UnknownWork, match="no-such") as raised:
        library.work("no-such")
    assert "hale" not in raised.value.remedy


def test_annotations_and_ties(library: Library) -> None:
    document = fill(library)
    notes = [made.annotation("hale-2031", f"Statement {number}.") for number in range(3)]
    ties = [made.tie(notes[0], document.passages[1]), replace(made.tie(notes[1], document.passages[1]), passage=None)]
    with library.writing() as writer:
        made.put_notes(writer, "hale-2031", notes)
        writer.put_ties("hale-2031", ties)
    assert library.annotations("hale-2031") == library.annotations() == notes
    assert library.annotations("other") == []
    assert library.annotations_by_id([notes[2].id, "0" * 16, notes[0].id]) == {notes[2].id: notes[2], notes[0].id: notes[0]}
    assert library.ties() == {tie.annotation: tie for tie in ties}
    assert library.ties([notes[1].id]) == {notes[1].id: ties[1]}
    assert library.ties([]) == {}
    assert isinstance(ties[0], Tie)


def test_the_ledger_remembers_and_taken_in_forgets_what_is_gone(library: Library) -> None:
    document = fill(library)
    digest = document.document.digest
    entry = LedgerEntry(
        digest, "hale-2031", "tides.txt", "/tides.txt", "text/plain", "r1", "taken in", None, "2031-01-01T00:00:00+00:00"
    )
    with library.writing() as writer:
        writer.note(entry)
        writer.note(replace(entry, outcome="failed", message="no", recipe="r2"))
    assert library.taken_in(digest) == entry
    with library.writing() as writer:
        writer.remove_work("hale-2031")
    assert library.taken_in(digest) is None
    assert [line.outcome for line in library.ledger("hale-2031")] == ["taken in", "failed", "removed"]
    assert library.ledger("other") == []


def test_threads_read_while_one_writes(library: Library) -> None:
    """Eight readers in turn on one connection never meet a half-written document."""
    versions = [made.document(made.lines(30, word=word), name=word) for word in ("harbour", "canal", "river", "lake")]
    whole = {frozenset(passage.id for passage in version.passages) for version in versions}
    fill(library, count=30)
    seen: set[frozenset[str]] = set()
    wrong: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                ids = list(library.passage_ids())
                seen.add(frozenset(ids))
                for passage, key in library.passages(ids).values():
                    assert (len(passage.sentences), key) == (2, "hale-2031")
                library.lexical(["boats"], 5)
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for version in versions[1:] * 3:
        with library.writing() as writer:
            made.put(writer, "hale-2031", version)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen <= whole
