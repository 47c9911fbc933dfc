"""The index follows the library, and never knows better."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import index_pointer
from corpus.errors import LibraryBusy
from corpus.home import writers_lock
from corpus.index import Index
from tests.corpus import made
from tests.corpus.made import FIRST, KEY, SECOND, take_in
from tests.corpus.searching import expected, folder, folders, found, pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.library import Library

NOTES = [made.annotation(KEY, f"Statement {number}.") for number in range(5)]


def remove(library: Library, key: str = KEY) -> None:
    with library.writing() as writer:
        writer.remove_work(key)


def test_an_empty_home_finds_nothing_and_writes_nothing(library: Library, index: Index) -> None:
    assert index.ensure(library, made.EMBEDDER) is None
    assert found(index, "anything") == []
    assert index.check(library, made.EMBEDDER) == []
    assert not (library.home / "index").exists()


def test_it_finds_what_a_search_by_hand_finds(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    with library.writing() as writer:
        made.put_notes(writer, KEY, NOTES)
    assert index.catch_up(library, made.EMBEDDER) == 45
    for text in ("one", "two", FIRST.passages[7].text_digest):
        assert sorted(found(index, text)) == sorted(expected(library, text))
        assert [cosine for _, cosine in found(index, text)] == [cosine for _, cosine in expected(library, text)]
        assert sorted(found(index, text, "annotation")) == sorted(expected(library, text, "annotation"))
    assert found(index, FIRST.passages[7].text_digest, limit=1) == [(FIRST.passages[7].id, 1.0)]


def test_only_named_works(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    take_in(library, SECOND, "b-2002")
    index.catch_up(library, made.EMBEDDER)
    query = made.vector("query")
    hits = index.nearest(query, 100, kind="passage", works={"b-2002"})
    assert {name for name, _ in hits} == {passage.id for passage in SECOND.passages}
    assert len(index.nearest(query, 100, kind="passage", works=["b-2002", KEY, "c-2003"])) == 65
    assert index.nearest(query, 100, kind="passage", works=["c-2003"]) == []


def test_catching_up_step_by_step_equals_a_rebuild(library: Library, index: Index) -> None:
    third = made.document(made.lines(30, word="river"), name="third")
    changed = replace(FIRST, passages=FIRST.passages[:30])
    steps: list[Callable[[], None]] = [
        lambda: take_in(library, FIRST),
        lambda: take_in(library, third, "c-2003"),
        lambda: take_in(library, changed),
        lambda: take_in(library, SECOND),
        lambda: remove(library, "c-2003"),
        lambda: take_in(library, third, "d-2004"),
    ]
    for step in steps:
        step()
        index.catch_up(library, made.EMBEDDER)
        assert index.check(library, made.EMBEDDER) == []
        assert sorted(found(index, "query")) == sorted(expected(library, "query"))
    followed = found(index, "query")
    hits = index.nearest(made.vector("query"), 100, kind="passage", works=["d-2004"])
    assert len(hits) == 30  # the same ids came back under another work
    assert index.rebuild(library, made.EMBEDDER) == 55
    assert found(index, "query") == followed


def test_catching_up_with_nothing_new(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    before = pointer_of(index)
    assert index.catch_up(library, made.EMBEDDER) == 0
    assert pointer_of(index) == before
    with library.writing() as writer:
        writer.put_work(made.work("b-2002"))
    assert index.catch_up(library, made.EMBEDDER) == 0
    assert pointer_of(index) == replace(before, generation=2)


def test_an_id_with_another_text_gets_its_new_vector(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    moved = replace(
        FIRST, passages=[replace(passage, section="9 Elsewhere") for passage in FIRST.passages[:3]] + FIRST.passages[3:]
    )
    take_in(library, moved)
    assert index.catch_up(library, made.EMBEDDER) == 3
    first = moved.passages[0]
    assert first.id == FIRST.passages[0].id
    assert found(index, first.text_digest, limit=1) == [(first.id, 1.0)]


def test_6000_rows_at_once(library: Library, index: Index) -> None:
    take_in(library, made.document(made.lines(6000)))
    assert index.catch_up(library, made.EMBEDDER) == 6000
    assert index.check(library, made.EMBEDDER) == []
    assert pointer_of(index).passages == 6000
    index.close()
    text = next(iter(library.texts("passage", [next(library.passage_ids())]).values()))[1]
    assert found(index, text, limit=1)[0][1] == 1.0


def test_texts_without_vectors_are_skipped_and_counted(library: Library, index: Index) -> None:
    with library.writing() as writer:
        writer.put_work(made.work())
        made.put(writer, KEY, FIRST, embed=False)
        writer.put_vectors(made.EMBEDDER, {each.text_digest: made.vectors(each.text_digest) for each in FIRST.passages[:30]})
    assert index.ensure(library, made.EMBEDDER) is not None
    assert index.check(library, made.EMBEDDER) == [f"10 passages have no vector of {made.EMBEDDER}."]
    assert index.ensure(library, made.EMBEDDER) is None
    with library.writing() as writer:
        writer.put_vectors(made.EMBEDDER, {each.text_digest: made.vectors(each.text_digest) for each in FIRST.passages})
    assert index.catch_up(library, made.EMBEDDER) == 10
    assert index.check(library, made.EMBEDDER) == []


def test_an_open_reader_sees_what_another_process_removes(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    take_in(library, SECOND, "b-2002")
    index.catch_up(library, made.EMBEDDER)
    assert len(found(index, "query")) == 65
    code = """
with Library.open(home) as library:
    with library.writing() as writer:
        writer.remove_work("b-2002")
    print(Index(home).catch_up(library, made.EMBEDDER))
"""
    assert made.run(code, library.home) == "25"
    assert {name for name, _ in found(index, "query")} == {passage.id for passage in FIRST.passages}
    assert made.run(code.replace("b-2002", KEY), library.home) == "40"
    assert found(index, "query") == []


def test_a_reader_survives_that_its_folder_is_swept(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    assert len(found(index, "query")) == 40
    writer = Index(library.home)
    for _ in range(3):
        writer.rebuild(library, made.EMBEDDER)
        assert len(folders(index)) <= 2
    assert len(found(index, "query")) == 40


def test_a_reader_survives_that_chroma_is_closed_under_it(library: Library, index: Index) -> None:
    """Chroma's open folders belong to the whole process, so whoever else uses it may close them."""
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    assert len(found(index, "query")) == 40
    assert index._open is not None
    index._open[1].close()
    assert len(found(index, "query")) == 40


def test_processes_may_open_the_same_index_at_once(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    code = """
print(Index(home).ensure(Library.open(home), made.EMBEDDER), len(Index(home).nearest(made.vector("q"), 99, kind="passage")))
"""
    command = [sys.executable, "-c", made.HEAD + code, str(library.home)]
    root = Path(__file__).parents[2]
    processes = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[0].strip() for process in processes] == ["None 40"] * 4


def test_threads_ask_while_the_index_moves(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    done = threading.Event()
    counts: set[int] = set()
    wrong: list[BaseException] = []

    def ask() -> None:
        try:
            while not done.is_set():
                counts.add(len(found(index, "query")))
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    writer = Index(library.home)
    for document in (SECOND, FIRST, SECOND):
        take_in(library, document)
        writer.catch_up(library, made.EMBEDDER)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert counts <= {40, 25}


def test_it_waits_for_nobody_to_catch_up_but_says_so_to_rebuild(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    with writers_lock(library.home):
        assert index.catch_up(library, made.EMBEDDER) == 0
        assert index.ensure(library, made.EMBEDDER) is None
        with pytest.raises(LibraryBusy):
            index.rebuild(library, made.EMBEDDER)
    assert index.catch_up(library, made.EMBEDDER) == 40


def test_a_stale_index_catches_up_when_ensured(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    take_in(library, SECOND, "b-2002")
    assert index.check(library, made.EMBEDDER)[0] == "The index is behind the library by 25 changes."
    assert "25 changes" in (index.ensure(library, made.EMBEDDER) or "")
    assert index.ensure(library, made.EMBEDDER) is None


def test_reading_writes_nothing_but_chromas_own_bookkeeping(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    before = (pointer_of(index), folders(index), index_pointer.seal(folder(index)))
    reader = Index(library.home)
    found(reader, "query")
    reader.close()
    assert (pointer_of(index), folders(index), index_pointer.seal(folder(index))) == before
