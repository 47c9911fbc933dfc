"""Files at hand stand in for what cannot be fetched, and annotations for what is not at hand either."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import Refused
from ingest.events import Failed, LeftOut, Registered, TakenIn, Unchanged
from ingest.run import Catalogue, ingest_network
from tests.ingest.conftest import source
from tests.ingest.shelves import CATALOGUE, PAPER, TIDES, WICKS, folder_of, of, open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.works import Work
    from ingest.take_in import Shelf, Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of two works, and one of none."""
    return folder_of(tmp_path / "papers")


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    """An empty library."""
    opened = open_shelf(home)
    yield opened
    opened.library.close()


def nothing(work: Work) -> Source:
    """Where every place wants to see a person."""
    raise Refused(f"The place of {work.key} sent a riddle.", remedy="Look later.")


def test_what_cannot_be_fetched_comes_from_the_files_at_hand_and_each_work_says_so(shelf: Shelf, folder: Path) -> None:
    events = list(ingest_network(shelf, CATALOGUE, nothing, at_hand=folder))
    taken = {event.work.key: event for event in of(TakenIn, events)}
    assert {key: event.name for key, event in taken.items()} == {PAPER.key: "lanterns.pdf", TIDES.key: "tides.txt"}
    for key, event in taken.items():
        assert (
            event.notes[-1] == f"It could not be fetched, so a file at hand stands in for it. The place of {key} sent a riddle."
        )
    [failed] = of(Failed, events)  # neither file nor annotation: nothing is left of it
    assert (failed.work, failed.error.message) == (WICKS.key, f"The place of {WICKS.key} sent a riddle.")
    assert not of(LeftOut, events)  # the other files were not asked for


def test_the_network_comes_first(shelf: Shelf, folder: Path) -> None:
    def fetch(work: Work) -> Source:
        return source(folder / "lanterns.pdf") if work == PAPER else nothing(work)

    events = list(ingest_network(shelf, Catalogue((PAPER,), {}), fetch, at_hand=folder))
    [taken] = of(TakenIn, events)
    assert taken.how is None
    assert not any("stands in" in note for note in taken.notes)


def test_what_is_at_hand_no_more_is_known_by_its_annotations(shelf: Shelf, folder: Path) -> None:
    (folder / "tides.txt").unlink()
    events = list(ingest_network(shelf, Catalogue((PAPER, TIDES), CATALOGUE.annotations), nothing, at_hand=folder))
    [known] = of(Registered, events)
    assert (known.work, known.annotations, known.reason) == (TIDES, 1, f"The place of {TIDES.key} sent a riddle.")


def test_a_second_run_asks_nobody_for_what_is_here(shelf: Shelf, folder: Path) -> None:
    both = Catalogue((PAPER, TIDES), {})
    list(ingest_network(shelf, both, nothing, at_hand=folder))
    assert len(of(Unchanged, list(ingest_network(shelf, both, nothing, at_hand=folder)))) == 2


def test_a_document_that_was_lost_is_taken_from_the_files_again(shelf: Shelf, folder: Path) -> None:
    only = Catalogue((TIDES,), {})
    [taken] = of(TakenIn, list(ingest_network(shelf, only, nothing, at_hand=folder)))
    document = shelf.library.work(taken.work.key).document
    assert document is not None
    shelf.library.content_path(document.digest).unlink()
    [left] = of(LeftOut, list(ingest_network(shelf, only, nothing)))
    assert left.reason.endswith("The document in the library stays.")
    list(ingest_network(shelf, only, nothing, at_hand=folder))
    assert shelf.library.content(document.digest) == (folder / "tides.txt").read_bytes()


def test_a_file_that_cannot_be_read_stops_nothing(shelf: Shelf, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    events = list(ingest_network(shelf, Catalogue((TIDES,), {}), nothing, at_hand=folder))
    assert [event.name for event in of(LeftOut, events)] == ["broken.pdf"]
    assert [event.name for event in of(TakenIn, events)] == ["tides.txt"]


def test_an_earlier_note_of_the_file_is_kept(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import run

    real = run.read

    def noted(*words: object) -> object:
        found = real(*words)  # type: ignore[arg-type]
        return replace(found, extraction=replace(found.extraction, notes=("Two pages lie on their side.",)))

    monkeypatch.setattr(run, "read", noted)
    [taken] = of(TakenIn, list(ingest_network(shelf, Catalogue((TIDES,), {}), nothing, at_hand=folder)))
    assert taken.notes[0] == "Two pages lie on their side."
    assert len(taken.notes) == 2
