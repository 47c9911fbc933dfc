"""arXiv, played on loopback: its feed in the real form, its files, and its bad days."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import FetchError, Offline, Refused, Unreachable
from corpus.works import Author, Identifiers, Work
from ingest.network import Carrier
from ingest.sources import Sources, parse
from tests.ingest.sources.conftest import places_of
from tests.servers.loopback import HTML, broken, send
from tests.servers.papers import Paper, entry, feed, printed, stock

if TYPE_CHECKING:
    from tests.servers.loopback import Act, Site

ONE = Paper("3101.00042")
TWO = ONE.next("v2", "A second bell was hung over the southern gate in the same winter.")
OLD = Paper("hep-th/9901001", "v2", title="Bells of the North")
WORK = Work("keeper-2031", ONE.title, (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(arxiv=ONE.id))


def test_the_newest_version_is_asked_for_and_fetched(site: Site, sources: Sources) -> None:
    stock(site, [ONE, TWO])
    source = sources.fetch(WORK)
    assert (source.content, source.name, source.version) == (printed(TWO), "3101.00042v2.pdf", "v2")
    assert source.origin == f"{site.url}/pdf/3101.00042v2"
    assert site.paths == ["/api/query", "/pdf/3101.00042v2"]


def test_a_version_that_is_named_is_the_one_that_comes(site: Site, sources: Sources) -> None:
    stock(site, [ONE, TWO])
    arrival = sources.arrive(parse("arXiv:3101.00042v1"))
    assert (arrival.source.content, arrival.source.version) == (printed(ONE), "v1")


def test_an_old_id_has_a_slash_in_the_address_and_none_in_the_name(site: Site, sources: Sources) -> None:
    stock(site, [OLD])
    assert sources.arrive(parse("hep-th/9901001")).source.name == "hep-th-9901001v2.pdf"


def test_what_arxiv_says_of_a_paper(site: Site, sources: Sources) -> None:
    stock(site, [replace(TWO, authors=("Ada van den Keeper", "Bo Clerk"), updated="2032-02-03T04:05:06Z")])
    found = sources.newest(ONE.id)
    assert found.work == Work(
        "", ONE.title, (Author("van den Keeper", "Ada"), Author("Clerk", "Bo")), 2031, venue="arXiv preprint",
        identifiers=Identifiers(ONE.id, url=f"https://arxiv.org/abs/{ONE.id}"), fields=(("primaryclass", "cs.DL"),),
    )  # fmt: skip
    assert (found.version, found.published.date(), found.updated.year) == ("v2", datetime.date(2031, 1, 1), 2032)
    assert found.withdrawn == ""


def test_the_same_version_is_not_fetched_again(site: Site, sources: Sources) -> None:
    stock(site, [ONE])
    with_home = sources.fetch(WORK)
    from tests.ingest.sources.test_memory import keep

    keep(sources, with_home)
    assert sources.fetch(WORK) == with_home
    assert site.paths.count("/pdf/3101.00042v1") == 1


@pytest.mark.parametrize("lost", ["id", "published", "updated", "both dates", "title", "author", "summary", "link", "category"])
def test_a_feed_with_a_missing_field_gives_what_it_can(site: Site, sources: Sources, lost: str) -> None:
    import re

    told = entry(ONE)
    for name in ("published", "updated") if lost == "both dates" else (lost,):
        told = re.sub(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)", "", told)
    stock(site, [ONE])
    site.acts["/api/query"] = send(feed(told))
    arrival = sources.arrive(parse(ONE.id))
    assert arrival.source.content == printed(ONE)
    assert arrival.source.version == "v1"
    assert arrival.work is not None
    assert arrival.work.title == ("" if lost == "title" else ONE.title)
    assert bool(arrival.work.authors) == (lost != "author")
    assert arrival.work.year == (None if lost == "both dates" else 2031)


def test_a_search_gives_the_newest_first_and_none_from_before(site: Site, sources: Sources) -> None:
    fresh = Paper("3102.00001", title="Wicks", published="2031-02-01T00:00:00Z", updated="2031-02-01T00:00:00Z")
    site.acts["/api/query"] = send(feed(entry(fresh), entry(ONE)))
    found = sources.search('abs:"lantern"', since=None, limit=5)
    assert [each.work.title for each in found] == ["Wicks", ONE.title]
    assert "search_query=abs%3A%22lantern%22" in site.asked[0].query
    assert "sortBy=submittedDate" in site.asked[0].query
    assert [each.work.title for each in sources.search("x", since=datetime.date(2031, 1, 15), limit=5)] == ["Wicks"]
    assert len(sources.search("x", since=None, limit=1)) == 1


@pytest.mark.parametrize(
    "comment", ["This paper has been withdrawn by Ada Keeper", "Withdrawn: an error in Lemma 3", "The article was withdrawn."]
)
def test_a_withdrawn_paper_is_said_to_be(site: Site, sources: Sources, comment: str) -> None:
    stock(site, [ONE, replace(TWO, comment=comment)])
    assert sources.newest(ONE.id).withdrawn == comment.rstrip(".")
    with pytest.raises(Refused, match="withdrawn by its authors") as raised:
        sources.fetch(WORK)
    assert "v1" in raised.value.remedy
    assert sources.arrive(parse(f"{ONE.id}v1")).source.content == printed(ONE)


def test_a_word_on_withdrawal_is_none(site: Site, sources: Sources) -> None:
    stock(site, [replace(ONE, comment="12 pages; the keeper has withdrawn oil from the store")])
    assert sources.newest(ONE.id).withdrawn == ""


ERROR = "<entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title><updated>2031-01-01T00:00:00Z</updated></entry>"


ENTITIES = feed(entry(ONE)).replace(b"<feed", b'<!DOCTYPE feed [<!ENTITY lamp SYSTEM "file:///etc/hostname">]><feed', 1)
UNSERVED = feed().replace(b">0<", b">7<")
"""arXiv counts papers now and then that it does not send."""


def test_a_page_without_the_papers_that_it_counts_is_asked_for_again(site: Site, sources: Sources) -> None:
    stock(site, [ONE])
    whole = site.acts["/api/query"]
    site.acts["/api/query"] = [send(UNSERVED), whole]  # type: ignore[list-item]
    assert sources.newest(ONE.id).version == "v1"


def test_what_arxiv_did_not_understand_is_told_in_its_words(site: Site, sources: Sources) -> None:
    site.acts["/api/query"] = send(feed(ERROR.replace("</title>", "</title><summary>a bracket has no partner</summary>")))
    with pytest.raises(Refused, match="did not take the search au:x: a bracket has no partner"):
        sources.search("au:x", since=None, limit=5)


def test_what_the_package_leaves_out_is_not_said_on_standard_error(
    site: Site, sources: Sources, capfd: pytest.CaptureFixture[str]
) -> None:
    site.acts["/api/query"] = send(feed("<entry><title>Lamps</title></entry>", entry(ONE)))
    assert sources.newest(ONE.id).version == "v1"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("told", [feed(), feed(entry(OLD)), feed(ERROR), feed("<entry/>")])
def test_an_id_that_arxiv_does_not_know(site: Site, sources: Sources, told: bytes) -> None:
    site.acts["/api/query"] = send(told)
    with pytest.raises(Refused, match=r"knows no paper 3101\.00042"):
        sources.fetch(WORK)
    assert site.paths == ["/api/query"]


@pytest.mark.parametrize(
    ("path", "act", "error", "says"),
    [
        ("/api/query", send(HTML), Refused, "a web page"),
        ("/api/query", send(b""), Refused, "something else than its list"),
        ("/api/query", send(feed(entry(ONE))[:-60]), Unreachable, "broke off"),
        ("/api/query", send(b"", 503), Unreachable, "503"),
        ("/api/query", send(b"", 429, Retry_After="17"), Unreachable, "17 seconds"),
        ("/api/query", send(ENTITIES), Refused, "something else than its list"),
        ("/api/query", send(feed(entry(ONE)).replace(b"</title>", b"", 1)), Unreachable, "it is damaged"),
        ("/api/query", send(UNSERVED), Unreachable, "broke off"),
        ("/pdf/3101.00042v1", send(HTML, Content_Type="application/pdf"), Refused, "a web page"),
        ("/pdf/3101.00042v1", send(b""), Refused, "nothing at all"),
        ("/pdf/3101.00042v1", send(b"PK\3\4"), Refused, "something else than a PDF"),
        ("/pdf/3101.00042v1", send(b"", 404), Refused, "nothing at"),
        ("/pdf/3101.00042v1", send(printed(ONE)[:-700]), Unreachable, "broke off"),
        ("/pdf/3101.00042v1", broken(printed(ONE), 900), Unreachable, "broke off"),
        ("/pdf/3101.00042v1", broken(printed(ONE), 900, told=False), Unreachable, "broke off"),
    ],
)
def test_a_bad_day_gives_one_clear_message(
    site: Site, sources: Sources, path: str, act: Act, error: type[FetchError], says: str
) -> None:
    stock(site, [ONE])
    site.acts[path] = act
    with pytest.raises(error) as raised:
        sources.fetch(WORK)
    assert says in str(raised.value)
    assert raised.value.remedy


def test_after_a_bad_moment_the_paper_comes_all_the_same(site: Site, sources: Sources) -> None:
    stock(site, [ONE])
    whole = site.acts["/pdf/3101.00042v1"]
    site.acts["/pdf/3101.00042v1"] = [send(printed(ONE)[:-700]), whole]  # type: ignore[list-item]
    assert sources.fetch(WORK).content == printed(ONE)


def test_offline_names_the_work(site: Site, carrier: Carrier) -> None:
    ours = Sources(Carrier(replace(carrier.settings, offline=True)), places_of(site))
    with pytest.raises(Offline, match=r"Keeper 2031 was not fetched: PINCITE_OFFLINE"):
        ours.fetch(WORK)
    with pytest.raises(Offline):
        ours.arrive(parse(ONE.id))
    assert site.asked == []


def test_a_work_without_any_address_must_be_given(sources: Sources) -> None:
    with pytest.raises(Refused, match="no address") as raised:
        sources.fetch(replace(WORK, identifiers=Identifiers()))
    assert "--from" in raised.value.remedy


def test_where_one_place_fails_the_next_is_asked(site: Site, sources: Sources) -> None:
    site.acts["/b.pdf"] = send(printed(ONE))
    known = Identifiers(arxiv=ONE.id, url=f"{site.url}/b.pdf")
    assert sources.fetch(replace(WORK, identifiers=known)).origin == f"{site.url}/b.pdf"
    nowhere = replace(WORK, identifiers=Identifiers(ONE.id, url=f"{site.url}/c.pdf"))
    with pytest.raises(Refused, match="/api/query"):
        sources.fetch(nowhere)
