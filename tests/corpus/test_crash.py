"""kill -9 at the worst moments: the old state stands or the new one, and doing it again gives what doing it once gives."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest

from corpus.index import Index
from corpus.index_pointer import read_pointer
from corpus.library import Library
from tests.corpus import made
from tests.corpus.made import take_in
from tests.corpus.test_writer import everything

if TYPE_CHECKING:
    from pathlib import Path

OLD = made.document(made.lines(20), name="old")
NEW = made.document(made.lines(60, word="canal"), name="new")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one document, indexed."""
    with Library.open(tmp_path / "home") as library:
        take_in(library, OLD)
        index = Index(library.home)
        index.catch_up(library, made.EMBEDDER)
        index.close()
    return tmp_path / "home"


def killed(code: str, home: Path) -> None:
    """Run it in another process until it stops, and kill that process without warning."""
    with made.child(code, home) as process:
        process.kill()
        assert process.wait() == -signal.SIGKILL


TAKE_IN = """
NEW = made.document(made.lines(60, word="canal"), name="new")
with Library.open(home) as library, library.writing() as writer:
    made.put(writer, "hale-2031", NEW)
stop_here()
"""

MOMENTS = {
    "after the bytes": "writer_module.Writer._put_current = stop_here",
    "in the middle of the passages": """
insert, count = writer_module.Writer._insert_passage, iter(range(1000))
writer_module.Writer._insert_passage = lambda *args: stop_here() if next(count) == 30 else insert(*args)
""",
    "before the commit": "writer_module.Writer.finish = stop_here",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_taking_in(home: Path, tmp_path: Path, moment: str) -> None:
    before = everything(home)
    killed(MOMENTS[moment] + TAKE_IN, home)
    assert everything(home) == before
    with Library.open(home) as library:
        assert library.check() == []
        take_in(library, NEW)
        assert {path.name for path in (home / "documents").iterdir()} == {OLD.document.digest, NEW.document.digest}
    with Library.open(tmp_path / "clean") as clean:
        take_in(clean, OLD)
        take_in(clean, NEW)
    assert everything(home) == everything(tmp_path / "clean")


def test_killed_right_after_the_commit(home: Path) -> None:
    killed(TAKE_IN, home)
    with Library.open(home) as library:
        assert list(library.passage_ids()) == [passage.id for passage in NEW.passages]
        index = Index(home)
        assert "80 changes" in (index.ensure(library, made.EMBEDDER) or "")
        assert index.check(library, made.EMBEDDER) == []
        index.close()


def test_killed_before_the_bytes_of_a_removed_work_are_deleted(home: Path) -> None:
    code = """
with Library.open(home) as library, library.writing() as writer:
    writer.remove_work("hale-2031")
    Library._sweep = stop_here
"""
    killed(code, home)
    with Library.open(home) as library:
        assert library.works() == []
        with library.writing():
            pass
    assert list((home / "documents").iterdir()) == []


CATCH_UP = """
NEW = made.document(made.lines(60, word="canal"), name="new")
with Library.open(home) as library:
    with library.writing() as writer:
        made.put(writer, "hale-2031", NEW)
    index = Index(home)
    index.{verb}(library, made.EMBEDDER)
stop_here()
"""

INDEX_MOMENTS = {
    "in the middle of a batch": """
replace = chroma.Chroma.replace
def half(self, kind, ids, rows):
    replace(self, kind, ids[: len(ids) // 2], rows[: len(rows) // 2])
    stop_here()
chroma.Chroma.replace = half
""",
    "before the pointer moves": "index_builder.move_pointer = stop_here",
    "before the sweep": "index_builder.sweep_folders = stop_here",
}


@pytest.mark.parametrize("verb", ["catch_up", "rebuild"])
@pytest.mark.parametrize("moment", INDEX_MOMENTS)
def test_killed_while_the_index_is_written(home: Path, moment: str, verb: str) -> None:
    reader = Index(home)
    assert len(reader.nearest(made.vector("query"), 99, kind="passage")) == 20
    before = read_pointer(home)
    killed(INDEX_MOMENTS[moment] + CATCH_UP.replace("{verb}", verb), home)
    moved = read_pointer(home) != before
    assert moved == (moment == "before the sweep")
    assert len(reader.nearest(made.vector("query"), 99, kind="passage")) == (60 if moved else 20)
    with Library.open(home) as library:
        index = Index(home)
        assert (index.ensure(library, made.EMBEDDER) is None) == moved
        assert index.check(library, made.EMBEDDER) == []
        index.rebuild(library, made.EMBEDDER)
        assert len([path for path in (home / "index").iterdir() if path.is_dir()]) == 2  # what the dead process left is gone
        assert len(reader.nearest(made.vector("query"), 99, kind="passage")) == 60
        index.close()
    reader.close()


def test_killed_while_a_new_library_is_made(tmp_path: Path) -> None:
    code = """
from corpus import database
database.Database.script = stop_here
Library.open(home)
"""
    killed(code, tmp_path / "home")
    with Library.open(tmp_path / "home") as library:
        take_in(library, OLD)
        assert library.check() == []


def test_the_lock_of_a_killed_process_is_free(home: Path) -> None:
    killed("with Library.open(home).writing():\n    stop_here()", home)
    with Library.open(home) as library, library.writing():
        pass
    connection = sqlite3.connect(home / "library.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
