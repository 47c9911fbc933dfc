"""kill -9 at the worst moments, and two processes at once: nothing is lost, doubled or left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import LibraryBusy
from corpus.index import Index
from corpus.library import Library
from ingest.events import TakenIn
from ingest.run import add_files, ingest_folder
from tests.ingest.shelves import CATALOGUE, PAPER, TIDES, contents, embedded, folder_of, of, open_shelf, tides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Start = Callable[..., AbstractContextManager["Child"]]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

MOMENTS = (
    "while a file is read",
    "while texts are embedded",
    "between two batches",
    "behind the document's bytes",
    "among the passages",
    "before the ties",
    "just before the commit",
    "behind the first document",
)
PATIENCE = 60.0
"""Seconds, for a machine that has other things to do."""


@dataclass(frozen=True)
class Child:
    """Another process that ingests a folder."""

    id: int
    said: Path

    def await_word(self, word: str) -> None:
        """Wait until it has said the word."""
        _await(lambda: word in self.said.read_text().splitlines(), lambda: self.said.read_text())

    def kill(self) -> None:
        """End it without warning; gone when this returns."""
        try:
            os.kill(self.id, signal.SIGKILL)
        except ProcessLookupError:
            return
        _await(lambda: not _lives(self.id), lambda: f"process {self.id} is still there")


def _await(come: Callable[[], bool], why: Callable[[], str]) -> None:
    end = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < end, why()
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts a process that ingests a folder and stops at a moment; it is killed when its block ends."""
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.driver"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    @contextmanager
    def started(home: Path, folder: Path, moment: str = "", *, wait: float = 30.0) -> Iterator[Child]:
        assert driver.stdin is not None
        assert driver.stdout is not None
        said = tmp_path_factory.mktemp("said") / "said.txt"
        said.touch()
        order = {"home": str(home), "folder": str(folder), "moment": moment, "wait": wait, "said": str(said)}
        driver.stdin.write(json.dumps(order) + "\n")
        driver.stdin.flush()
        child = Child(int(driver.stdout.readline()), said)
        try:
            yield child
        finally:
            child.kill()

    try:
        yield started
    finally:
        driver.kill()
        driver.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("interrupted") / "papers")


@pytest.fixture(scope="module")
def clean(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What a home holds that nothing has interrupted."""
    home = tmp_path_factory.mktemp("clean") / "home"
    ingest(home, folder)
    return contents(home)


def ingest(home: Path, folder: Path) -> int:
    """Ingest in this process; how many texts had to be embedded."""
    shelf = open_shelf(home)
    list(ingest_folder(shelf, folder, CATALOGUE))
    assert shelf.library.check() == []
    shelf.library.close()
    return embedded(shelf)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_and_run_again_is_as_if_nothing_had_happened(
    start: Start, home: Path, folder: Path, clean: dict[str, list[tuple[object, ...]]], moment: str
) -> None:
    with start(home, folder, moment) as child:
        child.await_word("here")
    with Library.open(home) as library:
        assert library.check() == []
        assert {record.work.key for record in library.works()} <= {PAPER.key}
    again = ingest(home, folder)
    held = contents(home)
    for part in clean:
        assert held[part] == clean[part], part
    texts = len(clean["vectors"])
    if moment == "while a file is read":
        assert again == texts
    else:
        assert again < texts  # what was embedded before is not embedded again
    _require_index(home)


def _require_index(home: Path) -> None:
    """The index follows from the library alone."""
    with Library.open(home) as library:
        index = Index(home)
        index.ensure(library, "hash-64")
        assert index.check(library, "hash-64") == []
        index.close()


def test_killed_while_a_document_is_replaced_leaves_the_old_one(start: Start, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "tides.txt").write_text(tides(12))
    ingest(home, folder)
    before = contents(home)
    (folder / "tides.txt").write_text(tides(12, before=6))
    with start(home, folder, "before the ties") as child:
        child.await_word("here")
    held = contents(home)
    for part in ("documents", "pages", "passages", "words", "annotations", "ties"):
        assert held[part] == before[part], part
    ingest(home, folder)
    assert {row[0] for row in contents(home)["documents"] if row[3] is None} != {row[0] for row in before["documents"]}
    assert len(contents(home)["documents"]) == len(contents(home)["bytes"]) == 2


def test_a_killed_reader_of_a_pdf_is_not_left_behind(start: Start, home: Path, folder: Path) -> None:
    """The child that reads the PDF ends by itself, since nobody listens to it any more."""
    with start(home, folder, "while a file is read") as child:
        child.await_word("here")
        children = Path(f"/proc/{child.id}/task/{child.id}/children")
        if not children.is_file():
            pytest.skip("this system does not tell a process's children")
        [reader] = map(int, children.read_text().split())
    _await(lambda: _ended(reader), lambda: f"process {reader} is still there")


def _ended(process: int) -> bool:
    """Gone, or waiting for a parent to ask after it."""
    status = Path(f"/proc/{process}/stat")
    return not status.is_file() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_of_two_processes_at_once_one_waits_and_nothing_is_lost(
    start: Start, home: Path, folder: Path, clean: dict[str, list[tuple[object, ...]]]
) -> None:
    with start(home, folder, "with the lock") as first, start(home, folder, "with the lock") as second:
        first.await_word("done")
        second.await_word("done")
    held = contents(home)
    for part in clean:
        assert held[part] == clean[part], part
    _require_index(home)


def test_two_processes_add_two_works_at_once(start: Start, home: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    folder_of(folders[0])
    (folders[0] / "tides.txt").unlink()
    folders[1].mkdir()
    (folders[1] / "tides.txt").write_text(tides())
    with start(home, folders[0], "with the lock") as first, start(home, folders[1], "with the lock") as second:
        first.await_word("done")
        second.await_word("done")
    with Library.open(home) as library:
        states = {record.work.key: record.state for record in library.works()}
        assert states[PAPER.key] == states[TIDES.key] == "full text"
        assert library.check() == []


def test_who_does_not_wait_is_told_who_writes(start: Start, home: Path, folder: Path) -> None:
    with start(home, folder, "just before the commit") as child:
        child.await_word("here")
        shelf = open_shelf(home, wait=0.1)
        with pytest.raises(LibraryBusy) as raised:
            list(add_files(shelf, [folder / "tides.txt"], CATALOGUE))
        assert str(child.id) in raised.value.message
        assert "Wait until it is done" in raised.value.remedy
        assert shelf.library.works() == []
    [taken] = of(TakenIn, list(add_files(shelf, [folder / "tides.txt"], CATALOGUE)))
    assert taken.work == TIDES
    shelf.library.close()
