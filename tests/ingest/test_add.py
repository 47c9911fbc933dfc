"""What a person names: addresses and bibliographies, from a server on loopback into a real library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.bibliography import catalogue
from corpus.library import Library
from corpus.own_catalogue import own_works
from corpus.works import Author, Identifiers, Work
from ingest.add import add_sources
from ingest.events import Failed, Fetching, LeftOut, Registered, TakenIn, Unchanged
from ingest.network import Carrier, NetworkSettings
from ingest.run import Catalogue, ingest_network
from ingest.sources import Sources
from tests.ingest.shelves import contents, embedded, of, open_shelf
from tests.ingest.sources.conftest import places_of
from tests.servers.loopback import HTML, broken, send, serving
from tests.servers.papers import Paper, printed, stock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ingest.events import Event
    from ingest.take_in import Shelf
    from tests.servers.loopback import Act, Site

ONE = Paper("3101.00042")
TWO = ONE.next("v2", "A second bell was hung over the southern gate in the same winter by the keeper.")
EMPTY = Catalogue((), {})
BIB = """@article{hale:2030_tides, title = {Tides of Small Harbours}, author = {Hale, Ada}, year = 2030, doi = {10.1000/tides}}
@misc{keeper, title = {Lanterns in Small Harbours}, author = {Keeper, Ada}, eprint = {3101.00042}, archiveprefix = {arXiv}}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as played:
        yield played


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    """An empty shelf."""
    made = open_shelf(home)
    yield made
    made.library.close()


@pytest.fixture
def sources(site: Site, shelf: Shelf) -> Sources:
    """Every place."""
    limits = NetworkSettings(shelf.library.home, allow_private=True, host_pause=0.0, arxiv_urls=(), retries=2, retry_seconds=0.01)
    return Sources(Carrier(replace(limits, read_seconds=0.5, longest_wait=1.0)), places_of(site), shelf.library)


@pytest.fixture
def add(shelf: Shelf, sources: Sources) -> Callable[..., list[Event]]:
    """Adds what is named."""
    return lambda *named, key=None, known=EMPTY: list(add_sources(shelf, named, known, sources, key=key))


def test_an_arxiv_paper_is_a_work_by_surname_and_year(site: Site, shelf: Shelf, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    events = add("3101.00042")
    [taken] = of(TakenIn, events)
    assert of(Fetching, events)[0].title == "arXiv:3101.00042"
    assert (taken.work.key, taken.work.title, taken.work.identifiers.arxiv) == ("keeper-2031", ONE.title, ONE.id)
    document = shelf.library.work("keeper-2031").document
    assert document is not None
    assert (document.version, document.origin) == ("v1", f"{site.url}/pdf/3101.00042v1")


def test_twice_is_once_and_the_file_is_not_fetched_again(site: Site, shelf: Shelf, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    add("3101.00042")
    before, generation = embedded(shelf), shelf.library.generation
    assert of(Unchanged, add("https://arxiv.org/abs/3101.00042")) == [Unchanged("keeper-2031", "3101.00042v1.pdf")]
    assert (embedded(shelf), shelf.library.generation) == (before, generation)
    assert site.paths.count("/pdf/3101.00042v1") == 1


def test_a_new_version_takes_the_old_ones_place_which_stays_on_record(
    site: Site, shelf: Shelf, add: Callable[..., list[Event]]
) -> None:
    stock(site, [ONE])
    add("3101.00042")
    stock(site, [ONE, TWO])
    [taken] = of(TakenIn, add("3101.00042"))
    assert taken.replaced
    current, old = shelf.library.documents("keeper-2031")
    assert (current.version, old.version, old.superseded_by) == ("v2", "v1", current.digest)
    assert {shelf.library.passages([name])[name][0].document for name in shelf.library.passage_ids()} == {current.digest}
    assert len(shelf.library.works()) == 1


def test_a_paper_of_the_catalogue_keeps_its_key(site: Site, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    known = Work("lamps", ONE.title, (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(arxiv=ONE.id))
    [taken] = of(TakenIn, add("3101.00042", known=Catalogue((known,), {})))
    assert taken.work == known


def test_a_key_can_be_chosen(site: Site, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    assert of(TakenIn, add("3101.00042", key="lamps"))[0].work.key == "lamps"


def test_a_paper_from_elsewhere_is_the_work_that_is_here(site: Site, shelf: Shelf, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    site.acts["/copy.pdf"] = send(printed(TWO))
    add("3101.00042")
    [taken] = of(TakenIn, add(f"{site.url}/copy.pdf"))
    assert (taken.work.key, len(shelf.library.works())) == ("keeper-2031", 1)


def test_one_that_fails_leaves_the_others(site: Site, add: Callable[..., list[Event]], tmp_path: Path) -> None:
    stock(site, [ONE])
    (tmp_path / "mill.txt").write_text(
        "The Mill\n\nOtto Brook\n\n2029\n\nThe wheel of a water mill turns eleven times a minute.\n"
    )
    events = add("3101.09999", "3101.00042", str(tmp_path / "mill.txt"), f"{site.url}/none.pdf", "nowhere.pdf")
    assert [event.name for event in of(Failed, events)] == ["arXiv:3101.09999", f"{site.url}/none.pdf", "nowhere.pdf"]
    assert len(of(TakenIn, events)) == 2


def test_another_paper_in_its_place_is_refused(site: Site, shelf: Shelf, add: Callable[..., list[Event]]) -> None:
    stock(site, [ONE])
    site.acts["/pdf/3101.00042v1"] = send(printed(Paper("3101.00077", title="Wicks", authors=("Cy Trimmer",))))
    [failed] = of(Failed, add("3101.00042"))
    assert "is not Keeper and Clerk 2031" in failed.error.message
    assert shelf.library.works() == []


FAULTS: dict[str, Act] = {
    "slow down": send(b"", 429, Retry_After="0"),
    "slow down, no word of when": send(b"", 429),
    "unavailable": send(b"", 503),
    "torn down": broken(printed(TWO), 700),
    "torn down unseen": broken(printed(TWO), 700, told=False),
    "cut off": send(printed(TWO)[:-800]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_the_library_is_that_of_a_clean_run(site: Site, fault: str, tmp_path: Path) -> None:
    found = []
    for name, acts in (("clean", []), ("faulty", [FAULTS[fault]])):
        stock(site, [ONE, TWO])
        site.acts["/pdf/3101.00042v2"] = [*acts, send(printed(TWO))]
        site.acts["/api/query"] = [*acts * (fault[0] in "su"), site.acts["/api/query"]]  # type: ignore[list-item]
        shelf = open_shelf(tmp_path / name)
        limits = NetworkSettings(tmp_path / name, allow_private=True, host_pause=0.0, arxiv_urls=(), retry_seconds=0.01)
        list(add_sources(shelf, ["3101.00042"], EMPTY, Sources(Carrier(limits), places_of(site), shelf.library)))
        shelf.library.close()
        found.append(contents(tmp_path / name))
    assert found[0] == found[1]
    assert found[0]["documents"]


@pytest.mark.parametrize("act", [send(HTML), send(b"", 500), send(printed(TWO)[:-800])])
def test_a_lasting_fault_leaves_nothing_behind(site: Site, home: Path, add: Callable[..., list[Event]], act: Act) -> None:
    stock(site, [ONE])
    site.acts["/pdf/3101.00042v1"] = act
    events = add("3101.00042")
    assert len(of(Failed, events)) == 1
    assert not of(TakenIn, events)
    with Library.open(home) as library:
        assert library.works() == []
    assert not list((home / "documents").glob("*")) if (home / "documents").exists() else True


def test_the_catalogues_works_are_held_against_what_comes(site: Site, shelf: Shelf, sources: Sources) -> None:
    right = Work("keeper-2031", ONE.title, (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(arxiv=ONE.id))
    wrong = Work("trimmer-2029", "Wicks", (Author("Trimmer", "Cy"),), 2029, identifiers=Identifiers(openreview="Ab"))
    stock(site, [ONE])
    site.acts["/open/pdf"] = send(printed(Paper("3101.00077", stamped=False, title="Ropes")))
    events = list(ingest_network(shelf, Catalogue((right, wrong), {}), sources.fetch))
    assert [event.work for event in of(TakenIn, events)] == [right]
    [failed] = of(Failed, events)
    assert (failed.work, "headed “Ropes”" in failed.error.message) == (wrong.key, True)


def test_the_works_of_a_bibliography_are_known_and_can_be_fetched(
    site: Site, shelf: Shelf, home: Path, add: Callable[..., list[Event]], tmp_path: Path, sources: Sources
) -> None:
    stock(site, [ONE])
    (tmp_path / "refs.bib").write_text(BIB)
    assert [event.work.key for event in of(Registered, add(str(tmp_path / "refs.bib")))] == ["hale-2030-tides", "keeper"]
    assert [work.key for work in own_works(home)] == ["hale-2030-tides", "keeper"]
    assert list(catalogue(home))[-2:] == ["hale-2030-tides", "keeper"]
    assert "keeper" not in catalogue()
    known = Catalogue(tuple(own_works(home)), {})
    assert [event.work.key for event in of(TakenIn, list(ingest_network(shelf, known, sources.fetch)))] == ["keeper"]
    again = add(str(tmp_path / "refs.bib"))
    assert [event.reason for event in of(LeftOut, again)] == [
        "it is known already, as hale-2030-tides",
        "it is known already, as keeper",
    ]
    assert len(own_works(home)) == 2


def test_a_key_that_another_work_has_gets_an_ending(home: Path, add: Callable[..., list[Event]], tmp_path: Path) -> None:
    for number, title in enumerate(("Tides", "Bells")):
        (tmp_path / f"{number}.bib").write_text(f"@misc{{a, title = {{{title}}}, author = {{Hale, Ada}}}}\n")
        add(str(tmp_path / f"{number}.bib"))
    assert [(work.key, work.title) for work in own_works(home)] == [("a", "Tides"), ("a-b", "Bells")]


@pytest.mark.parametrize("text", ["@article{a, title = {T}", "no entry", None])
def test_a_bibliography_that_cannot_be_read_is_one_failure(
    add: Callable[..., list[Event]], tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / "refs.bib").write_text(text)
    [failed] = of(Failed, add(str(tmp_path / "refs.bib")))
    assert failed.name == "refs.bib"
    assert failed.error.remedy
