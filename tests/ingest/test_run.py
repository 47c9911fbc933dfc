from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import (
    LibraryBusy,
    Offline,
    SettingsError,
    SourceMissing,
    UnknownWork,
)
from corpus.index import Index
from corpus.works import Author, Work
from ingest.events import AnnotationsTied, Failed, Fetching, LeftOut, Reading, Registered, Removed, TakenIn, Unchanged
from ingest.run import NO_FILE, Catalogue, add_files, ingest_folder, ingest_network, remove, source_of
from tests.ingest.conftest import source
from tests.ingest.shelves import (
    CATALOGUE,
    LEDGER,
    LOST,
    PAPER,
    TIDES,
    WICKS,
    contents,
    embedded,
    folder_of,
    note,
    of,
    open_shelf,
    tides,
)
from tests.paper.build_talk import SPEAKER, build_talk
from tests.paper.build_talk import TITLE as TALK_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.events import Event
    from ingest.take_in import Shelf, Source

EMPTY = Catalogue((), {})
TALK = Work("keeper-2030", TALK_TITLE, (Author(SPEAKER),), 2030)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "papers")


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    opened = open_shelf(home)
    yield opened
    opened.library.close()


@pytest.fixture
def filled(shelf: Shelf, folder: Path) -> Shelf:
    """A shelf that has taken the folder in."""
    list(ingest_folder(shelf, folder, CATALOGUE))
    return shelf


def states(shelf: Shelf) -> dict[str, str]:
    return {record.work.key: record.state for record in shelf.library.works()}


def test_a_folder_gives_the_works_of_the_catalogue(shelf: Shelf, folder: Path) -> None:
    events = list(ingest_folder(shelf, folder, CATALOGUE))
    assert [(event.work.key, event.how) for event in of(TakenIn, events)] == [(PAPER.key, "title"), (TIDES.key, "title")]
    assert {event.name for event in of(Reading, events)} == {"lanterns.pdf", "tides.txt", "shopping.md"}
    assert [event.name for event in of(LeftOut, events)] == ["shopping.md"]
    assert of(Registered, events) == [Registered(WICKS, 0, NO_FILE)]
    assert of(Failed, events) == []
    assert states(shelf) == {PAPER.key: "full text", TIDES.key: "full text", WICKS.key: "annotation only"}
    assert shelf.library.check() == []


def test_annotations_are_tied_and_those_without_their_quote_are_told_and_unused(filled: Shelf, folder: Path, home: Path) -> None:
    again = open_shelf(home / "again")
    events = of(AnnotationsTied, list(ingest_folder(again, folder, CATALOGUE)))
    again.library.close()
    assert events == [AnnotationsTied(PAPER.key, 2, (LOST.statement,)), AnnotationsTied(TIDES.key, 1, ())]
    ties = filled.library.ties()
    assert LOST.id not in ties
    place = ties[LEDGER.id]
    assert place.position == 3
    assert filled.library.page(place.document, place.position).read(place.span).startswith("The best single predictor")
    assert place.passage is not None
    assert "best single predictor" in filled.library.passages([place.passage])[place.passage][0].text


def test_the_same_folder_again_does_nothing(filled: Shelf, folder: Path) -> None:
    before, generation = embedded(filled), filled.library.generation
    events = list(ingest_folder(filled, folder, CATALOGUE))
    assert of(Unchanged, events) == [Unchanged(PAPER.key, "lanterns.pdf"), Unchanged(TIDES.key, "tides.txt")]
    assert of(TakenIn, events) == []
    assert of(Failed, events) == []
    assert {event.name for event in of(Reading, events)} == {"shopping.md"}
    assert (embedded(filled), filled.library.generation) == (before, generation)


def test_a_changed_file_replaces_exactly_its_own_passages(filled: Shelf, folder: Path) -> None:
    library, before, generation = filled.library, embedded(filled), filled.library.generation
    paper, old = set(library.passage_ids(PAPER.key)), set(library.passage_ids(TIDES.key))
    (folder / "tides.txt").write_text(tides(before=36))
    events = list(ingest_folder(filled, folder, CATALOGUE))
    [taken] = of(TakenIn, events)
    assert (taken.work.key, taken.replaced) == (TIDES.key, True)
    assert of(Unchanged, events) == [Unchanged(PAPER.key, "lanterns.pdf")]
    assert 0 < embedded(filled) - before == taken.embedded < taken.passages / 2
    assert set(library.passage_ids(PAPER.key)) == paper
    assert not set(library.passage_ids(TIDES.key)) & old  # an id names the document, too
    assert {change.work for change in library.changes_since(generation)} == {TIDES.key}


def test_what_left_the_file_is_found_no_more(filled: Shelf, folder: Path) -> None:
    assert filled.library.lexical(["widow"], 5)
    (folder / "tides.txt").write_text(tides().replace("widow", "miller"))
    list(ingest_folder(filled, folder, CATALOGUE))
    assert filled.library.lexical(["widow"], 5) == []
    assert filled.library.lexical(["miller"], 5)


def test_remove_takes_out_everything(filled: Shelf, folder: Path, home: Path) -> None:
    clean = open_shelf(home / "clean")
    only = replace(CATALOGUE, works=(TIDES, WICKS))
    list(ingest_folder(clean, folder, only))
    clean.library.close()
    index = Index(home)
    index.catch_up(filled.library, "hash-64")
    [vector] = filled.embedder.embed([["The keeper of the lamp and the ledger of the archive"]])
    assert index.nearest(vector.whole, 99, kind="annotation", works=[PAPER.key])

    assert list(remove(filled.library, PAPER.key, wait=0)) == [Removed(PAPER.key, PAPER.title)]

    assert contents(home) == contents(home / "clean")
    assert filled.library.lexical(["filament"], 9) == []
    index.catch_up(filled.library, "hash-64")
    for kind in ("passage", "annotation"):
        assert index.nearest(vector.whole, 99, kind=kind, works=[PAPER.key]) == []
    assert index.check(filled.library, "hash-64") == []
    index.close()
    assert [entry.outcome for entry in filled.library.ledger(PAPER.key)] == ["taken in", "removed"]


def test_nothing_is_removed_under_a_key_that_no_work_has(filled: Shelf) -> None:
    with pytest.raises(UnknownWork) as raised:
        list(remove(filled.library, "hale-2003", wait=0))
    assert TIDES.key in raised.value.remedy
    assert len(filled.library.works()) == 3


def test_a_removed_work_comes_back_as_it_was(filled: Shelf, folder: Path, home: Path) -> None:
    before = contents(home)
    list(remove(filled.library, PAPER.key, wait=0))
    list(ingest_folder(filled, folder, CATALOGUE))
    assert contents(home) == before


def test_one_broken_file_stops_no_other(shelf: Shelf, folder: Path) -> None:
    (folder / "a-broken.pdf").write_bytes((folder / "lanterns.pdf").read_bytes()[:200])
    (folder / "b-page.pdf").write_text("<html><body>Please log in.</body></html>")
    (folder / "c-empty.txt").write_text("")
    (folder / "d-dangling.pdf").symlink_to(folder / "nowhere.pdf")
    (folder / ".hidden.pdf").write_text("no PDF")
    events = list(ingest_folder(shelf, folder, CATALOGUE))
    assert [(event.name, type(event.error).__name__) for event in of(Failed, events)] == [
        ("a-broken.pdf", "DamagedDocument"),
        ("b-page.pdf", "NotWhatItClaims"),
        ("c-empty.txt", "EmptyDocument"),
    ]
    assert all(event.error.remedy for event in of(Failed, events))
    assert len(of(TakenIn, events)) == 2


def test_a_file_that_may_not_be_read_is_told(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "tides.txt"
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything
        _forbid(path, monkeypatch)
    events = list(ingest_folder(shelf, folder, CATALOGUE))
    [failed] = of(Failed, events)
    assert isinstance(failed.error, SourceMissing)
    assert "cannot be read (Permission denied)" in failed.error.message
    assert "permissions" in failed.error.remedy
    assert [event.work.key for event in of(TakenIn, events)] == [PAPER.key]
    assert states(shelf)[TIDES.key] == "annotation only"


def _forbid(forbidden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse one file as the system would."""
    read_bytes = type(forbidden).read_bytes

    def refuse(path: Path) -> bytes:
        if path == forbidden:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(type(forbidden), "read_bytes", refuse)


def test_of_two_files_of_one_work_the_better_is_taken(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    folder.mkdir()
    names = [folder / f"keeper-2030-why-lamps-lie-a-talk-on-small-archives.{end}" for end in ("vtt", "srt", "json", "txt")]
    build_talk(*names)
    for path in names[1:3]:
        path.unlink()
    catalogue = Catalogue((TALK,), {})
    events = list(ingest_folder(shelf, folder, catalogue))
    [taken] = of(TakenIn, events)
    assert taken.name.endswith(".vtt")
    [left] = of(LeftOut, events)
    assert left.name.endswith(".txt")
    assert "better form" in left.reason
    [left] = of(LeftOut, list(ingest_folder(shelf, folder, catalogue)))
    assert "in the library already" in left.reason
    document = shelf.library.work(TALK.key).document
    assert document is not None
    assert shelf.library.pages(document.digest)[0].times


def test_a_better_file_takes_a_worse_ones_place(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    folder.mkdir()
    stem = "keeper-2030-why-lamps-lie-a-talk-on-small-archives"
    paths = {end: folder / f"{stem}.{end}" for end in ("vtt", "srt", "json", "txt")}
    build_talk(*paths.values())
    timed = paths["vtt"].read_bytes()
    for end in ("vtt", "srt", "json"):
        paths[end].unlink()
    assert [event.name for event in of(TakenIn, list(ingest_folder(shelf, folder, Catalogue((TALK,), {}))))] == [f"{stem}.txt"]
    paths["vtt"].write_bytes(timed)
    [taken] = of(TakenIn, list(ingest_folder(shelf, folder, Catalogue((TALK,), {}))))
    assert (taken.name, taken.replaced) == (f"{stem}.vtt", True)


def test_a_folder_that_is_none(shelf: Shelf, folder: Path) -> None:
    for path in (folder / "nowhere", folder / "tides.txt"):
        with pytest.raises(SourceMissing, match="is not a folder"):
            list(ingest_folder(shelf, path, CATALOGUE))


def test_an_empty_folder_makes_the_works_known_by_their_annotations(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    events = list(ingest_folder(shelf, tmp_path / "empty", CATALOGUE))
    assert events == [Registered(PAPER, 3, NO_FILE), Registered(TIDES, 1, NO_FILE), Registered(WICKS, 0, NO_FILE)]
    assert set(states(shelf).values()) == {"annotation only"}


def test_a_document_stays_where_its_file_is_gone(filled: Shelf, folder: Path) -> None:
    (folder / "tides.txt").unlink()
    events = list(ingest_folder(filled, folder, CATALOGUE))
    assert of(Registered, events) == [Registered(WICKS, 0, NO_FILE)]
    assert states(filled)[TIDES.key] == "full text"


def test_an_added_file_of_a_work_in_the_catalogue_is_that_work(shelf: Shelf, folder: Path) -> None:
    events = list(add_files(shelf, [folder / "lanterns.pdf"], CATALOGUE))
    [taken] = of(TakenIn, events)
    assert (taken.work.key, taken.how) == (PAPER.key, "title")
    assert of(AnnotationsTied, events)[0].proven == 2
    assert list(add_files(shelf, [folder / "lanterns.pdf"], CATALOGUE)) == [Unchanged(PAPER.key, "lanterns.pdf")]


def test_an_added_file_that_no_catalogue_knows_is_a_work_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "hale-2030-tides.txt").write_text(tides())
    [taken] = of(TakenIn, list(add_files(shelf, [tmp_path / "hale-2030-tides.txt"], EMPTY)))
    assert taken.how is None
    assert (taken.work.key, taken.work.year) == (TIDES.key, 2030)
    assert states(shelf) == {TIDES.key: "full text"}


def test_a_key_that_is_given_is_the_works_key(shelf: Shelf, folder: Path) -> None:
    [taken] = of(TakenIn, list(add_files(shelf, [folder / "tides.txt"], EMPTY, key="my-tides")))
    assert taken.work.key == "my-tides"
    [again] = list(add_files(shelf, [folder / "tides.txt"], EMPTY, key="my-tides"))
    assert again == Unchanged("my-tides", "tides.txt")


def test_the_key_of_a_work_that_the_catalogue_knows_is_that_work(shelf: Shelf, folder: Path) -> None:
    known = Work("hale-2030", "Another Title by Far", (Author("Hale", "Ada"),), 2030)
    [taken] = of(TakenIn, list(add_files(shelf, [folder / "tides.txt"], Catalogue((known,), {}), key=known.key)))
    assert taken.work == known
    assert shelf.library.work(known.key).work == known


def test_a_key_that_is_none_is_refused(shelf: Shelf, folder: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be a work's key"):
        list(add_files(shelf, [folder / "tides.txt"], EMPTY, key="no key!"))
    assert shelf.library.works() == []


def test_a_file_of_one_work_is_not_given_to_another(filled: Shelf, folder: Path) -> None:
    [failed] = of(Failed, list(add_files(filled, [folder / "tides.txt"], EMPTY, key="other")))
    assert "already, as a document of hale-2030" in failed.error.message
    assert "pincite remove hale-2030" in failed.error.remedy
    assert "other" not in states(filled)


def test_the_key_of_a_work_that_is_here_gives_it_a_new_document(filled: Shelf, tmp_path: Path) -> None:
    (tmp_path / "newer.txt").write_text(tides(before=30))
    [taken] = of(TakenIn, list(add_files(filled, [tmp_path / "newer.txt"], EMPTY, key=TIDES.key)))
    assert (taken.work, taken.replaced) == (TIDES, True)


def test_keys_that_collide_get_letters(shelf: Shelf, tmp_path: Path) -> None:
    paths = [tmp_path / f"hale-2030-{name}.txt" for name in ("one", "two", "three")]
    for number, path in enumerate(paths):
        path.write_text(tides(6).replace(TIDES.title, f"Tides of the Harbour {number}").replace("widow", f"miller {number}"))
    keys = [event.work.key for event in of(TakenIn, list(add_files(shelf, paths, EMPTY)))]
    assert keys == ["hale-2030", "hale-2030-b", "hale-2030-c"]


def test_a_file_that_changed_in_its_place_is_a_new_document_of_its_work(shelf: Shelf, folder: Path) -> None:
    [first] = of(TakenIn, list(add_files(shelf, [folder / "tides.txt"], EMPTY)))
    (folder / "tides.txt").write_text(tides(before=30))
    [taken] = of(TakenIn, list(add_files(shelf, [folder / "tides.txt"], EMPTY)))
    assert (taken.work, taken.replaced) == (first.work, True)
    assert len(shelf.library.works()) == 1


def test_a_folder_that_is_added_is_told_where_it_belongs(shelf: Shelf, folder: Path) -> None:
    events = list(add_files(shelf, [folder, folder / "nowhere.pdf", folder / "tides.txt"], EMPTY))
    first, second = of(Failed, events)
    assert "is a folder" in first.error.message
    assert f"pincite ingest --from {folder}" in first.error.remedy
    assert "does not exist" in second.error.message
    assert len(of(TakenIn, events)) == 1


def test_a_work_keeps_what_a_model_wrote_about_it(filled: Shelf, folder: Path) -> None:
    written = note(TIDES.key, "Widows keep the names of boats.", "Nobody reads the 7", "of a boat.", writer="a-model")
    with filled.library.writing() as writer:
        writer.put_annotations(TIDES.key, [written])
    (folder / "tides.txt").write_text(tides(before=30))
    [tied] = of(AnnotationsTied, list(ingest_folder(filled, folder, CATALOGUE)))
    assert (tied.work, tied.proven, tied.missing) == (TIDES.key, 2, ())
    assert written.id in filled.library.ties()


def test_the_works_come_from_the_network(shelf: Shelf, folder: Path) -> None:
    def fetch(work: Work) -> Source:
        if work == PAPER:
            return replace(source(folder / "lanterns.pdf"), origin="https://example.org/lanterns.pdf", version="v2")
        if work == TIDES:
            return replace(source(folder / "tides.txt"), content=b"%PDF-1.4 broken", name="tides.pdf")
        raise Offline("The network is forbidden.", remedy="Allow it.")

    events = list(ingest_network(shelf, CATALOGUE, fetch))
    assert [event.work for event in of(Fetching, events)] == [PAPER.key, TIDES.key, WICKS.key]
    [taken] = of(TakenIn, events)
    document = shelf.library.work(PAPER.key).document
    assert document is not None
    assert (taken.work, document.version, document.origin) == (PAPER, "v2", "https://example.org/lanterns.pdf")
    assert [(event.work.key, event.annotations) for event in of(Registered, events)] == [(TIDES.key, 1)]
    [failed] = of(Failed, events)
    assert (failed.work, failed.error.message) == (WICKS.key, "The network is forbidden.")


def test_what_is_here_is_not_asked_of_the_network(filled: Shelf) -> None:
    def fetch(work: Work) -> Source:
        raise Offline("The network is forbidden.", remedy="Allow it.")

    events = list(ingest_network(filled, CATALOGUE, fetch))
    assert len(of(Unchanged, events)) == 2
    assert states(filled)[PAPER.key] == "full text"


def test_what_went_wrong_with_a_known_work_is_kept(filled: Shelf, folder: Path) -> None:
    (folder / "tides.txt").write_text(f"# {TIDES.title}\n\n## Ada Hale\n")
    [failed] = of(Failed, list(ingest_folder(filled, folder, CATALOGUE)))
    assert failed.work == TIDES.key
    record = filled.library.work(TIDES.key)
    assert record.message is not None
    assert "no running text" in record.message
    assert record.state == "full text"
    assert filled.library.ledger(TIDES.key)[-1].outcome == "failed"


def test_a_home_that_fails_stops_everything(shelf: Shelf, folder: Path) -> None:
    with shelf.library.writing(), pytest.raises(LibraryBusy) as raised:
        _all(replace(shelf, wait=0.0), folder)
    assert "Wait until it is done" in raised.value.remedy
    assert shelf.library.works() == []


def _all(shelf: Shelf, folder: Path) -> list[Event]:
    return list(ingest_folder(shelf, folder, CATALOGUE))


def test_a_source_knows_where_it_came_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    monkeypatch.chdir(folder)
    found = source_of(Path("tides.txt"))
    assert (found.name, found.origin, found.content) == ("tides.txt", str(folder / "tides.txt"), tides().encode())
