"""Saved searches: what a person may type, what is kept, and what the file says where it was mended by hand."""

from __future__ import annotations

import threading
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CatalogueError, LibraryBusy, SettingsError
from corpus.home import writers_lock
from ingest.watches import FILE, add_watch, make_watch, note_failed, note_shown, remove_watch, watches

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "search", "name"),
    [
        ({"query": 'abs:"world model"'}, 'abs:"world model"', "world-model"),
        ({"author": "Ida  Lantern"}, 'au:"Ida Lantern"', "ida-lantern"),
        ({"category": "cs.LG"}, "cat:cs.LG", "cs-lg"),
        ({"category": "hep-th"}, "cat:hep-th", "hep-th"),
        ({"query": "ti:a OR ti:b", "category": "cs.LG"}, "(ti:a OR ti:b) AND cat:cs.LG", "a-b-cs-lg"),
        ({"query": "lamps", "author": "Ida Lantern"}, '(lamps) AND au:"Ida Lantern"', "lamps-ida-lantern"),
        ({"query": "lamps", "name": "my-lamps"}, "lamps", "my-lamps"),
        ({"query": "灯"}, "灯", "watch"),
    ],
)
def test_a_watch_is_one_query(words: dict[str, str], search: str, name: str) -> None:
    watch = make_watch(**words)
    assert (watch.search, watch.name) == (search, name)


def test_a_name_of_many_words_is_cut_between_them() -> None:
    assert make_watch("the compression of everything that a village has ever written down").name == (
        "the-compression-of-everything-that-a"
    )
    assert make_watch("a" * 60).name == "a" * 40


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({}, "nothing to search"),
        ({"query": "  "}, "nothing to search"),
        ({"query": 'abs:"world'}, "no partner"),
        ({"query": "(a OR b"}, "no partner"),
        ({"category": "cs LG"}, "no category"),
        ({"category": "everything at all"}, "no category"),
        ({"author": 'Ida" OR all:x'}, "no name of a person"),
        ({"query": "a", "name": "My Lamps"}, "cannot name a watch"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(words: dict[str, str], what: str) -> None:
    with pytest.raises(SettingsError, match=what) as caught:
        make_watch(**words)
    assert caught.value.remedy


def test_without_a_file_there_is_no_watch_and_none_is_made(home: Path) -> None:
    assert watches(home) == ()
    assert not home.exists()


def test_added_kept_and_removed(home: Path) -> None:
    lamps, ropes = make_watch("lamps"), make_watch("ropes", author="Ida Lantern")
    assert add_watch(home, lamps) == lamps
    add_watch(home, ropes)
    assert watches(home) == (lamps, ropes)
    remove_watch(home, "lamps")
    assert watches(home) == (ropes,)
    with pytest.raises(SettingsError, match="no watch named 'ropes-ida'") as caught:
        remove_watch(home, "ropes-ida")
    assert ropes.name in caught.value.remedy


def test_the_same_search_is_kept_once_and_a_name_names_one(home: Path) -> None:
    first = add_watch(home, make_watch("lamps"))
    note_shown(home, "lamps", ["3001.00001"])
    again = add_watch(home, make_watch("lamps", name="others"))
    assert (again.name, again.seen) == (first.name, ("3001.00001",))
    assert len(watches(home)) == 1
    with pytest.raises(SettingsError, match="already"):
        add_watch(home, make_watch("ropes", name="lamps"))


def test_what_was_shown_is_remembered_once_and_the_floor_stays(home: Path) -> None:
    add_watch(home, make_watch("lamps"))
    note_shown(home, "lamps", ["3001.00002", "3001.00001"], floor="3001-01-05")
    note_shown(home, "lamps", ["3001.00001", "hep-th/9901001"], floor="3009-01-01")
    (watch,) = watches(home)
    assert watch.seen == ("3001.00002", "3001.00001", "hep-th/9901001")
    assert watch.floor == "3001-01-05"
    assert watch.begun is not None


def test_a_paper_is_done_with_when_it_was_shown_or_failed_thrice(home: Path) -> None:
    add_watch(home, make_watch("lamps"))
    for _ in range(3):
        assert not watches(home)[0].is_done_with("3001.00001")
        note_failed(home, "lamps", "3001.00001")
    assert watches(home)[0].is_done_with("3001.00001")
    note_shown(home, "lamps", ["3001.00001"])
    assert (watches(home)[0].seen, watches(home)[0].failed) == (("3001.00001",), ())


def test_nothing_new_writes_nothing(home: Path) -> None:
    add_watch(home, make_watch("lamps"))
    note_shown(home, "lamps", ["3001.00001"])
    before = (home / FILE).stat().st_ino
    note_shown(home, "lamps", ["3001.00001"])
    note_shown(home, "gone", ["3001.00002"])
    assert (home / FILE).stat().st_ino == before


def test_a_watch_that_was_removed_meanwhile_stays_removed(home: Path) -> None:
    add_watch(home, make_watch("lamps"))
    remove_watch(home, "lamps")
    note_shown(home, "lamps", ["3001.00001"])
    assert watches(home) == ()


@given(text=st.text(alphabet=st.characters(exclude_characters='"()'), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_comes_back_from_the_file(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("typed")
    try:
        watch = make_watch(text, name="typed")
    except SettingsError:
        assert not text.split()
        return
    add_watch(home, watch)
    assert watches(home) == (watch,)
    tomllib.loads((home / FILE).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("written", "line", "what"),
    [
        ('[[watch]]\nname = "a"\nquery = "x"\n\n[[watch]]\nname = "a"\nquery = "y"\n', 5, "given twice"),
        ('\n[[watch]]\nname = "a"\n', 2, "searches for nothing"),
        ('[[watch]]\nquery = "x"\n', 1, "`name` is missing"),
        ('[[watch]]\nname = "A B"\nquery = "x"\n', 1, "cannot name"),
        ('[[watch]]\nname = "a"\nquery = "x"\nfloor = "soon"\n', 1, "no date"),
        ('[[watch]]\nname = "a"\nwords = "x"\n', 1, "unknown"),
        ('[[watch]]\nname = "a\n', 2, "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(home: Path, written: str, line: int, what: str) -> None:
    home.mkdir()
    (home / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(CatalogueError, match=what) as caught:
        watches(home)
    assert caught.value.facts["line"] == line
    with pytest.raises(CatalogueError):
        add_watch(home, make_watch("lamps"))
    assert (home / FILE).read_text(encoding="utf-8") == written


def test_a_file_mended_by_hand_is_read(home: Path) -> None:
    home.mkdir()
    (home / FILE).write_text('# mine\n[[watch]]\nname = "a"\nquery = "x"\nfloor = 2031-01-05\n', encoding="utf-8")
    assert [(watch.search, watch.floor) for watch in watches(home)] == [("x", "2031-01-05")]


def test_many_at_once_lose_nothing(home: Path) -> None:
    add_watch(home, make_watch("lamps"))
    deeds = [
        threading.Thread(target=note_shown, args=(home, "lamps", [str(number)]), kwargs={"wait": 20.0}) for number in range(6)
    ]
    deeds += [
        threading.Thread(target=add_watch, args=(home, make_watch(f"w{number}")), kwargs={"wait": 20.0}) for number in range(6)
    ]
    for deed in deeds:
        deed.start()
    for deed in deeds:
        deed.join()
    there = {watch.name: watch for watch in watches(home)}
    assert len(there) == 7
    assert set(there["lamps"].seen) == {str(number) for number in range(6)}


def test_another_writer_is_waited_for_no_longer_than_asked(home: Path) -> None:
    with writers_lock(home), pytest.raises(LibraryBusy):
        add_watch(home, make_watch("lamps"))
