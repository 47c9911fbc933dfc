"""The home's own catalogue beside the packaged one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from corpus.bibliography import catalogue
from corpus.errors import CatalogueError
from corpus.own_catalogue import FILE, add_to_catalogue, own_works
from corpus.works import Author, Identifiers, Work

if TYPE_CHECKING:
    from pathlib import Path

HALE = (Author("Hale", "Ada"),)
TIDES = Work("hale-2030", "Tides of Small Harbours", HALE, 2030, identifiers=Identifiers(doi="10.1000/Tides"))


def test_a_home_without_one_has_the_packaged_works_only(home: Path) -> None:
    assert own_works(home) == []
    assert catalogue(home) == catalogue()
    assert not home.exists()


def test_what_is_added_stands_behind_the_packaged_works(home: Path) -> None:
    assert add_to_catalogue(home, [TIDES]) == [(TIDES, None)]
    assert own_works(home) == [TIDES]
    assert list(catalogue(home).values()) == [*catalogue().values(), TIDES]


@pytest.mark.parametrize(
    "same",
    [
        Work("x", "Another Title", identifiers=Identifiers(doi="10.1000/tides")),
        Work("x", "Tides of small harbours.", HALE),
        Work("x", "Tides of Small Harbours"),
    ],
)
def test_a_work_that_is_known_is_not_added_again(home: Path, same: Work) -> None:
    add_to_catalogue(home, [TIDES])
    before = (home / FILE).read_bytes()
    assert add_to_catalogue(home, [same]) == [(same, TIDES)]
    assert (home / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "other",
    [
        Work("hale-2030", "Tides of Small Harbours", HALE, identifiers=Identifiers(doi="10.1000/other")),
        Work("hale-2030", "Tides of Small Harbours", (Author("Brook", "Otto"),)),
        Work("hale-2030", "Tides of Small Harbours 2", HALE),
    ],
)
def test_another_work_of_the_same_key_gets_an_ending(home: Path, other: Work) -> None:
    add_to_catalogue(home, [TIDES])
    [(added, known)] = add_to_catalogue(home, [other])
    assert (added.key, added.title, known) == ("hale-2030-b", other.title, None)


def test_a_packaged_work_and_one_of_the_library_are_known(home: Path) -> None:
    bengio = catalogue()["bengio-2017"]
    assert add_to_catalogue(home, [bengio, TIDES], others=[TIDES]) == [(bengio, bengio), (TIDES, TIDES)]
    assert own_works(home) == []


def test_a_key_that_files_could_not_bear_is_made_over(home: Path) -> None:
    [(added, _)] = add_to_catalogue(home, [Work("DBLP:conf/tides_2030", "Tides", HALE)])
    assert added.key == "DBLP-conf-tides-2030"


def test_two_at_once_lose_nothing(home: Path) -> None:
    works = [Work(f"w-{number}", f"Harbour Number {number}", HALE) for number in range(8)]
    threads = [threading.Thread(target=add_to_catalogue, args=(home, [work])) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {work.key for work in own_works(home)} == {work.key for work in works}


@pytest.mark.parametrize("content", [b"@article{a, title = {T}", b"\xff\xfe\xfa", b"no entry"])
def test_a_broken_file_is_named_and_left_alone(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / FILE).write_bytes(content)
    with pytest.raises(CatalogueError, match=r"works\.bib"):
        catalogue(home)
    with pytest.raises(CatalogueError):
        add_to_catalogue(home, [TIDES])
    assert (home / FILE).read_bytes() == content
