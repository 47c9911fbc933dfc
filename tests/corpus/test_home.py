"""The home: opening it, one writer at a time, and what is said when the folder or the file is not as it should be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from corpus.errors import HomeError, HomeNotWritable, LibraryBusy, LibraryDamaged, SourceMissing
from corpus.library import Library
from tests.corpus import made


def fill(library: Library, key: str = "hale-2031", count: int = 3, **others: str) -> made.Made:
    document = made.document(made.lines(count, **others), name=f"{key}.txt")
    with library.writing() as writer:
        writer.put_work(made.work(key))
        made.put(writer, key, document)
    return document


def test_a_relative_home_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Library.open(Path("a home #1?")) as library:
        fill(library)
    assert (tmp_path / "a home #1?" / "library.sqlite3").exists()


def test_without_create_a_missing_library_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no library"):
        Library.open(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("digest", ["0" * 64, "../library.sqlite3", "", "0" * 63 + "\n", "A" * 64])
def test_content_that_is_not_there(library: Library, digest: str) -> None:
    with pytest.raises(SourceMissing):
        library.content(digest)


def test_altered_and_missing_bytes_are_noticed(library: Library) -> None:
    document = fill(library)
    path = library.content_path(document.document.digest)
    path.write_bytes(document.content + b" ")
    with pytest.raises(SourceMissing, match="altered"):
        library.content(document.document.digest)
    assert "altered" in library.check()[0]
    path.unlink()
    assert "not in the home" in library.check()[0]


@pytest.mark.parametrize("content", [b"This is no database. " * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_library(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged) as raised:
        Library.open(tmp_path)
    assert str(path) in raised.value.message
    assert raised.value.remedy
    assert path.read_bytes() == content


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "library.sqlite3")
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(LibraryDamaged, match="not ours"):
        Library.open(tmp_path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "library.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryDamaged, match="newer Pincite"):
        Library.open(tmp_path)


def test_damage_in_the_middle_is_reported(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        fill(library, count=400)
    path = tmp_path / "library.sqlite3"
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 8192] = os.urandom(len(content) - 16384)
    path.write_bytes(content)
    try:
        with Library.open(tmp_path) as library:
            assert library.check()
    except LibraryDamaged:
        pass


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeNotWritable) as raised:
        Library.open(tmp_path / "file" / "home")
    assert "PINCITE_HOME" in raised.value.remedy


def test_a_home_that_may_only_be_read() -> None:
    home = Path(tempfile.mkdtemp())
    try:
        with Library.open(home) as library:
            fill(library)
        home.chmod(0o555)
        (home / "library.sqlite3").chmod(0o444)
        (home / "write.lock").chmod(0o444)
        code = """
import os, filelock
from corpus.errors import HomeNotWritable
if os.getuid() == 0:
    os.setuid(65534)
with Library.open(home) as library:
    print(library.passage_count(), len(library.lexical(["harbour"], 9)))
    try:
        with library.writing():
            print("written")
    except HomeNotWritable as error:
        print(error.message)
"""
        lines = made.run(code, home).splitlines()
        assert lines[0] == "3 3"
        assert "cannot be written" in lines[1]
    finally:
        home.chmod(0o755)
        shutil.rmtree(home)


def test_a_second_process_that_writes_is_named(library: Library) -> None:
    code = "with Library.open(home).writing():\n    stop_here()"
    with made.child(code, library.home) as other:
        with pytest.raises(LibraryBusy) as raised, library.writing():
            pytest.fail("two writers at once")
        assert f"Process {other.pid}" in raised.value.message
        assert raised.value.facts["process"] == other.pid
        assert library.works() == []  # reading goes on
        other.kill()
        with library.writing(wait=5) as writer:
            writer.put_work(made.work())
    assert len(library.works()) == 1


def test_two_writers_in_one_process(library: Library) -> None:
    with library.writing(), pytest.raises(LibraryBusy, match="This process"), library.writing():
        pytest.fail("two writers at once")


def test_a_lock_of_sqlite_itself(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.PATIENCE", 0.05)
    foreign = sqlite3.connect(library.home / "library.sqlite3", isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusy), library.writing():
        pytest.fail("two writers at once")
    foreign.close()


def test_many_processes_open_a_new_home_at_once(tmp_path: Path) -> None:
    code = made.HEAD + "print(Library.open(home).meta('library'))"
    command = [sys.executable, "-c", code, str(tmp_path / "home")]
    root = Path(__file__).parents[2]
    processes = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    names = {process.communicate()[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    assert len(names) == 1
