"""What counts as new: versions, papers, and what neither the library nor a watch has had before."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest

from corpus.errors import FetchError, Unreachable
from corpus.works import Author, Identifiers, Work
from ingest.events import Failed
from ingest.network import Carrier, NetworkSettings
from ingest.renewal import LOOK, Looked, NewPaper, NewVersion, look, take
from ingest.run import Catalogue
from ingest.sources import Places, Sources
from ingest.take_in import Shelf, Source, read, take_in
from ingest.watches import Watch
from tests.ingest.shelves import open_shelf, tides
from tests.papers import MadePapers
from tests.servers.loopback import serving
from tests.servers.papers import Paper as Served
from tests.servers.papers import stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.papers import Papers

TIDES = Work("hale-2030", "Tides and Memory", (Author("Hale", "Ada"),), 2030, identifiers=Identifiers(arxiv="3001.00001"))
NONE = Catalogue((), {})


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    made = open_shelf(home)
    yield made
    made.library.close()


@pytest.fixture
def papers() -> MadePapers:
    """Two papers on tides and one on wicks."""
    made = MadePapers()
    made.publish("3001.00001", "Tides and Memory", "Ada Hale", "2030-01-05", tides(3))
    made.publish(
        "3002.00002",
        "Tides Again",
        "Ada Hale",
        "2030-02-05",
        tides(4).replace("Tides and Memory of Small Harbours", "Tides Again"),
    )
    made.publish("3003.00003", "Wicks", "Yo Trimmer", "2030-03-05", "Wicks and lamps.")
    return made


def hold(shelf: Shelf, version: str | None, work: Work = TIDES) -> None:
    """Put a work in the library."""
    source = Source(tides(2).encode(), "tides.txt", "tides.txt", version)
    list(take_in(shelf, read(source, shelf.limits), work))


def versions(shelf: Shelf, papers: Papers, since: datetime.date | None = None) -> list[tuple[str | None, str]]:
    found = look(shelf.library, [], papers, NONE, since=since, limit=10)
    return [(each.held, each.version) for each in found if isinstance(each, NewVersion)]


def ran(shelf: Shelf, watch: Watch, papers: Papers, *, limit: int = 10, catalogue: Catalogue = NONE) -> Looked:
    (found,) = (
        each for each in look(shelf.library, [watch], papers, catalogue, since=None, limit=limit) if isinstance(each, Looked)
    )
    return found


def ids(looked: Looked) -> list[str | None]:
    return [paper.work.identifiers.arxiv for paper in looked.papers]


@pytest.fixture(params=["made up", "arXiv's form"])
def source(request: pytest.FixtureRequest, papers: MadePapers, home: Path) -> Iterator[Papers]:
    """The papers as the tests make them up, and the same from a server through the real adapter."""
    if request.param == "made up":
        yield papers
        return
    with serving() as site:
        stock(site, [_as_served(papers, "3002.00002"), _as_served(papers, "3001.00001")])
        limits = NetworkSettings(home=home, allow_private=True, arxiv_urls=(), arxiv_pause=0.0, host_pause=0.0, retries=0)
        yield Sources(Carrier(limits), Places(arxiv_api_url=f"{site.url}/api/query", arxiv_files_url=site.url))


def _as_served(papers: MadePapers, identifier: str) -> Served:
    paper = papers.papers[identifier]
    author = paper.work.authors[0].full
    days = (f"{moment.date().isoformat()}T12:00:00Z" for moment in (paper.published, paper.updated))
    return Served(identifier, paper.version, paper.work.title, (author,), ("Tides.",), True, *days)


class TestContract:
    """What every source of papers does."""

    def test_a_search_gives_the_newest_first_and_no_more_than_asked(self, source: Papers) -> None:
        found = source.search("all:tides", since=None, limit=10)
        assert [each.work.identifiers.arxiv for each in found] == ["3002.00002", "3001.00001"]
        assert [each.work.title for each in source.search("all:tides", since=None, limit=1)] == ["Tides Again"]

    def test_since_is_a_day_that_counts_itself(self, source: Papers) -> None:
        assert len(source.search("all:tides", since=datetime.date(2030, 2, 5), limit=10)) == 1
        assert source.search("all:tides", since=datetime.date(2030, 2, 6), limit=10) == []

    def test_newest_names_the_version_and_its_days(self, source: Papers) -> None:
        found = source.newest("3001.00001")
        assert (found.version, found.work.authors[0].family, found.withdrawn) == ("v1", "Hale", "")
        assert found.published.tzinfo is not None
        assert found.updated >= found.published

    def test_a_paper_that_is_not_there_is_an_error_of_the_network(self, source: Papers) -> None:
        with pytest.raises(FetchError):
            source.newest("3009.99999")

    def test_fetch_gives_bytes_with_their_version(self, source: Papers) -> None:
        fetched = source.fetch(TIDES)
        assert (fetched.version, bool(fetched.content)) == ("v1", True)


@pytest.mark.parametrize(("held", "times", "new"), [("v1", 1, False), ("v1", 2, True), ("v9", 10, True), ("v10", 9, False)])
def test_versions_are_numbers(shelf: Shelf, papers: MadePapers, held: str, times: int, new: bool) -> None:
    hold(shelf, held)
    for day in range(1, times):
        papers.publish("3001.00001", "Tides and Memory", "Ada Hale", f"2031-01-{day:02d}", tides(5))
    assert versions(shelf, papers) == ([(held, f"v{times}")] if new else [])


@pytest.mark.parametrize("stated", [None, "2030-01", "v0.9.2"])
def test_a_document_that_states_no_version_of_arxivs_gives_way_to_what_came_out_later(
    shelf: Shelf, papers: MadePapers, stated: str | None
) -> None:
    hold(shelf, stated)
    today = datetime.datetime.now(datetime.UTC).date()
    papers.papers["3001.00001"] = replace(papers.papers["3001.00001"], updated=_noon(today - datetime.timedelta(days=30)))
    assert versions(shelf, papers) == []
    papers.papers["3001.00001"] = replace(papers.papers["3001.00001"], updated=_noon(today + datetime.timedelta(days=30)))
    assert versions(shelf, papers) == [(stated, "v1")]


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)


def test_a_work_without_a_document_is_to_be_had(shelf: Shelf, papers: MadePapers) -> None:
    with shelf.library.writing() as writer:
        writer.put_work(TIDES)
    assert versions(shelf, papers) == [(None, "v1")]


def test_a_version_before_the_day_asked_for_is_left_alone(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1")
    papers.publish("3001.00001", "Tides and Memory", "Ada Hale", "2031-01-05", tides(5))
    assert versions(shelf, papers, datetime.date(2031, 1, 6)) == []
    assert versions(shelf, papers, datetime.date(2031, 1, 5)) == [("v1", "v2")]


def test_works_of_other_places_are_not_asked_for(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1", replace(TIDES, identifiers=Identifiers(doi="10.1000/182")))
    assert versions(shelf, papers) == []
    assert papers.asked == []


def test_a_paper_of_the_library_is_no_news_by_id_or_by_title_and_author(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1", replace(TIDES, title="Another title"))
    assert ids(ran(shelf, Watch("tides", "tides"), papers)) == ["3002.00002"]
    with shelf.library.writing() as writer:
        writer.put_work(Work("tides", "TIDES — again", (Author("Hale"),)))
    found = ran(shelf, Watch("tides", "tides"), papers)
    assert (found.papers, found.passed) == ((), ("3002.00002", "3001.00001"))


def test_the_same_title_by_others_is_another_paper(shelf: Shelf, papers: MadePapers) -> None:
    with shelf.library.writing() as writer:
        writer.put_work(Work("tides", "Tides Again", (Author("Brook"),)))
    assert "3002.00002" in ids(ran(shelf, Watch("tides", "tides"), papers))


def test_a_first_run_passes_over_what_exceeds_its_limit_for_ever(shelf: Shelf, papers: MadePapers) -> None:
    found = ran(shelf, Watch("tides", "tides"), papers, limit=1)
    assert (ids(found), found.passed, found.waiting, found.floor) == (["3002.00002"], ("3001.00001",), 0, None)


def test_a_later_run_lets_it_wait(shelf: Shelf, papers: MadePapers) -> None:
    found = ran(shelf, Watch("tides", "tides", begun="2030-06-01"), papers, limit=1)
    assert (ids(found), found.passed, found.waiting) == (["3002.00002"], (), 1)


def test_a_first_run_that_did_not_see_the_end_sets_a_floor(shelf: Shelf, papers: MadePapers) -> None:
    first = datetime.date(2031, 1, 1)
    for number in range(LOOK + 5):
        day = (first + datetime.timedelta(days=number)).isoformat()
        papers.publish(f"3100.{number:05d}", f"Moths {number}", "Yo Trimmer", day, "moths")
    found = ran(shelf, Watch("moths", "moths"), papers, limit=2)
    assert (len(found.papers), len(found.passed)) == (2, LOOK - 2)
    assert found.floor == (first + datetime.timedelta(days=5)).isoformat()
    watch = Watch("moths", "moths", begun="2031-06-01", floor=found.floor, seen=found.passed)
    papers.papers = {name: paper for name, paper in papers.papers.items() if name not in found.passed[:3]}
    assert len(ran(shelf, watch, papers, limit=5).papers) == 2


def test_papers_of_no_known_day_are_new_unless_a_day_is_asked_for(shelf: Shelf, papers: MadePapers) -> None:
    unknown = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
    for name in ("3001.00001", "3002.00002"):
        papers.papers[name] = replace(papers.papers[name], published=unknown, updated=unknown)
    watch = Watch("tides", "tides", begun="2030-01-01", floor="2030-01-01")
    found = ran(shelf, watch, papers)
    assert [paper.day for paper in found.papers] == [None, None]
    assert found.floor is None
    papers.papers["3001.00001"] = replace(papers.papers["3001.00001"], updated=_noon(datetime.date(2029, 12, 31)))
    assert ids(ran(shelf, watch, papers)) == ["3002.00002"]


def test_withdrawn_papers_are_passed_over(shelf: Shelf, papers: MadePapers) -> None:
    papers.papers["3002.00002"] = replace(papers.papers["3002.00002"], withdrawn="an error in figure 3")
    found = ran(shelf, Watch("tides", "tides"), papers)
    assert (ids(found), found.passed) == (["3001.00001"], ("3002.00002",))


def test_a_paper_whose_title_arxiv_forgot_gets_one(shelf: Shelf, papers: MadePapers) -> None:
    new = NewPaper(replace(papers.papers["3003.00003"].work, key="wicks", title=""), "wicks", "v1", None)
    papers.texts["3003.00003"] = tides(2)  # without a title nothing can be compared
    list(take(shelf, new, papers, NONE))
    assert shelf.library.work("wicks").work.title


def test_two_watches_show_a_paper_once(shelf: Shelf, papers: MadePapers) -> None:
    both = [Watch("tides", "tides"), Watch("hale", "tides")]
    found = [each for each in look(shelf.library, both, papers, NONE, since=None, limit=10) if isinstance(each, Looked)]
    assert [len(each.papers) for each in found] == [2, 0]
    assert len(found[1].passed) == 2


def test_new_papers_get_keys_that_are_free(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1", replace(TIDES, identifiers=Identifiers(), title="Other Tides"))
    assert [paper.work.key for paper in ran(shelf, Watch("tides", "tides"), papers).papers] == ["hale-2030-b", "hale-2030-c"]


def test_a_paper_of_the_catalogue_comes_under_its_key(shelf: Shelf, papers: MadePapers) -> None:
    found = ran(shelf, Watch("tides", "tides"), papers, catalogue=Catalogue((replace(TIDES, key="tides"),), {}))
    assert {paper.work.key for paper in found.papers} == {"hale-2030", "tides"}


def test_looking_changes_nothing(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1")
    papers.publish("3001.00001", "Tides and Memory", "Ada Hale", "2031-01-05", tides(5))
    generation = shelf.library.generation
    found = list(look(shelf.library, [Watch("tides", "tides")], papers, NONE, since=None, limit=10))
    assert [type(each).__name__ for each in found] == ["Looking", "NewVersion", "Looking", "Looked"]
    assert shelf.library.generation == generation
    assert papers.fetched == []


def test_a_place_that_wants_rest_is_told_of_once(shelf: Shelf, papers: MadePapers) -> None:
    class Resting(MadePapers):
        def newest(self, identifier: str) -> NoReturn:
            raise Unreachable("Left alone.", remedy="Try again later.", resting=60)

    hold(shelf, "v1")
    resting = Resting(papers.papers, papers.texts)
    found = list(look(shelf.library, [Watch("tides", "tides"), Watch("wicks", "wicks")], resting, NONE, since=None, limit=10))
    assert [each.name for each in found if isinstance(each, Failed)] == ["hale-2030 and 2 more"]


def test_what_cannot_be_read_leaves_the_version_that_is_there(shelf: Shelf, papers: MadePapers) -> None:
    hold(shelf, "v1")
    papers.publish("3001.00001", "Tides and Memory", "Ada Hale", "2031-01-05", "")
    (new,) = (each for each in look(shelf.library, [], papers, NONE, since=None, limit=10) if isinstance(each, NewVersion))
    events = list(take(shelf, new, papers, NONE))
    assert [type(event).__name__ for event in events] == ["Fetching", "Failed"]
    (document,) = shelf.library.documents(TIDES.key)
    assert document.version == "v1"


def test_a_source_that_forgets_its_version_gets_the_one_that_was_looked_up(shelf: Shelf, papers: MadePapers) -> None:
    work = papers.papers["3002.00002"].work

    class Forgetful(MadePapers):
        def fetch(self, work: Work) -> Source:
            return replace(super().fetch(work), version=None)

    forgetful = Forgetful(papers.papers, papers.texts)
    list(take(shelf, NewPaper(replace(work, key="tides-2"), "tides", "v1", "2030-02-05"), forgetful, NONE))
    assert shelf.library.documents("tides-2")[0].version == "v1"
