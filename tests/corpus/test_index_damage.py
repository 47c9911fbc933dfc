"""Whatever happens to the files of the index, it is mended from the library, and no search goes wrong in silence."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus import chroma
from corpus.errors import DiskFull, EmbedderMismatch, IndexUnusable
from corpus.index import Index
from corpus.library import Library
from corpus.vectors import Vectors
from tests.corpus import made
from tests.corpus.made import FIRST, SECOND, take_in
from tests.corpus.searching import expected, folder, folders, found, pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable


def _gone(place: Path) -> None:
    shutil.rmtree(place)


def _emptied(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


def _no_pointer(place: Path) -> None:
    (place.parent / "current").unlink()


def _garbage_pointer(place: Path) -> None:
    (place.parent / "current").write_bytes(b"\xff{")


def _other_pointer(place: Path) -> None:
    (place.parent / "current").write_text('{"place": "x"}')


def _garbage_database(place: Path) -> None:
    (place / "chroma.sqlite3").write_bytes(os.urandom(20_000))


def _empty_database(place: Path) -> None:
    (place / "chroma.sqlite3").write_bytes(b"")


def _garbage_graph(place: Path) -> None:
    """Chroma itself takes the process down over this one."""
    for path in place.rglob("data_level0.bin"):
        path.write_bytes(os.urandom(path.stat().st_size))


def _short_graph(place: Path) -> None:
    """Chroma itself silently finds less."""
    for path in place.rglob("data_level0.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _lost_graph(place: Path) -> None:
    for path in place.rglob("index_metadata.pickle"):
        path.unlink()


def _lost_rows(place: Path) -> None:
    """As if somebody else had written to it."""
    opened = chroma.Chroma.in_folder(place)
    opened.replace("passage", [FIRST.passages[0].id], [])
    opened.close()


DAMAGE = [
    _gone,
    _emptied,
    _no_pointer,
    _garbage_pointer,
    _other_pointer,
    _garbage_database,
    _empty_database,
    _garbage_graph,
    _short_graph,
    _lost_graph,
    _lost_rows,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_mended_once(library: Library, index: Index, damage: Callable[[Path], None]) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    damage(folder(index))
    fresh = Index(library.home)
    mended = fresh.ensure(library, made.EMBEDDER)
    assert mended is not None
    assert "40 vectors" in mended
    assert fresh.ensure(library, made.EMBEDDER) is None
    assert fresh.check(library, made.EMBEDDER) == []
    assert sorted(found(fresh, "query")) == sorted(expected(library, "query"))
    fresh.close()


@pytest.mark.parametrize("damage", [_gone, _emptied, _garbage_database, _garbage_graph, _lost_graph])
def test_damage_does_not_stop_catching_up(library: Library, index: Index, damage: Callable[[Path], None]) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    damage(folder(index))
    take_in(library, SECOND, "b-2002")
    writer = Index(library.home)
    writer.catch_up(library, made.EMBEDDER)
    assert writer.check(library, made.EMBEDDER) == []
    writer.close()


@pytest.mark.parametrize("damage", [_gone, _garbage_database, _garbage_graph])
def test_a_broken_index_is_an_error_with_a_remedy(library: Library, index: Index, damage: Callable[[Path], None]) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    damage(folder(index))
    with pytest.raises(IndexUnusable) as raised:
        Index(library.home).nearest(made.vector("query"), 5, kind="passage")
    assert "pincite rebuild" in raised.value.remedy
    assert index.check(library, made.EMBEDDER)


def test_another_model_means_another_index(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    with library.writing() as writer:
        vectors = {
            each.text_digest: Vectors(made.vector(each.text_digest, 12), np.zeros((0, 12), np.float32)) for each in FIRST.passages
        }
        writer.put_vectors("larger", vectors)
    assert "another library or model" in index.check(library, "larger")[0]
    assert made.EMBEDDER in (index.ensure(library, "larger") or "")
    with pytest.raises(EmbedderMismatch, match="larger, 12 numbers"):
        found(index, "query")
    assert len(index.nearest(made.vector("query", 12), 99, kind="passage")) == 40


def test_another_library_in_the_same_home_is_noticed(library: Library, index: Index) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    for name in ("library.sqlite3", "library.sqlite3-wal", "library.sqlite3-shm"):
        (library.home / name).unlink(missing_ok=True)
    with Library.open(library.home) as other:
        take_in(other, SECOND)
        assert other.generation == pointer_of(index).generation
        assert "another library" in (index.ensure(other, made.EMBEDDER) or "")
        assert {name for name, _ in found(index, "query")} == {passage.id for passage in SECOND.passages}


def test_a_library_put_back_from_a_copy_is_noticed(library: Library, index: Index, tmp_path: Path) -> None:
    take_in(library, FIRST)
    library.close()
    shutil.copyfile(library.home / "library.sqlite3", tmp_path / "copy")
    with Library.open(library.home) as later:
        take_in(later, SECOND)
        index.catch_up(later, made.EMBEDDER)
    shutil.copyfile(tmp_path / "copy", library.home / "library.sqlite3")
    with Library.open(library.home) as earlier:
        assert index.ensure(earlier, made.EMBEDDER) is not None
        assert {name for name, _ in found(index, "query")} == {passage.id for passage in FIRST.passages}


def test_no_room_for_the_copy_leaves_the_index_as_it_was(library: Library, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(library, FIRST)
    index.catch_up(library, made.EMBEDDER)
    before = pointer_of(index)
    take_in(library, SECOND, "b-2002")

    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("corpus.index_pointer.shutil.copyfile", full)
        with pytest.raises(DiskFull):
            index.catch_up(library, made.EMBEDDER)
    assert pointer_of(index) == before
    assert len(found(index, "query")) == 40
    assert index.catch_up(library, made.EMBEDDER) == 25
    assert folders(index) == {before.place, pointer_of(index).place}


def test_a_home_that_may_only_be_read_is_searched_too() -> None:
    home = Path(tempfile.mkdtemp())
    try:
        with Library.open(home) as library:
            take_in(library, FIRST)
            writer = Index(home)
            writer.catch_up(library, made.EMBEDDER)
            writer.close()
        for path in [home, *home.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        code = """
import os, shutil, tempfile
warm = Path(tempfile.mkdtemp())
shutil.copytree(home, warm, dirs_exist_ok=True, copy_function=shutil.copyfile)
Index(warm).nearest(made.vector("query"), 9, kind="passage")  # every import is done before the user changes
if os.getuid() == 0:
    os.setuid(65534)
index = Index(home)
print(index.ensure(Library.open(home), made.EMBEDDER), len(index.nearest(made.vector("query"), 99, kind="passage")))
index.close()
"""
        assert made.run(code, home) == "None 40"
    finally:
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755)
        shutil.rmtree(home)
