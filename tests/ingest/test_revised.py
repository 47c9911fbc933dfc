"""Works that their places revise without a number: OpenReview's PDF, asked from a server through the real adapters."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.works import Author, Identifiers, Work
from ingest.events import Failed, TakenIn
from ingest.network import Carrier, NetworkSettings
from ingest.renewal import Looking, NewVersion, look, take
from ingest.run import Catalogue, ingest_network
from ingest.sources import Places, Sources
from tests.ingest.shelves import of, open_shelf
from tests.servers.loopback import HTML, named, send, serving
from tests.servers.papers import Paper, printed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.take_in import Shelf
    from tests.servers.loopback import Site

LANTERNS = Paper("3101.00001", stamped=False)
REVISED = replace(LANTERNS, says=(LANTERNS.says[0].replace("doubles", "trebles"), *LANTERNS.says[1:]))
WORK = Work("keeper-2031", LANTERNS.title, (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(openreview="LaMp-31"))
KNOWN = Catalogue((WORK,), {})


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that has the first text."""
    with serving() as played:
        played.acts["/pdf"] = named(printed(LANTERNS))
        yield played


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    """An empty library."""
    opened = open_shelf(home)
    yield opened
    opened.library.close()


@pytest.fixture
def sources(site: Site, shelf: Shelf, home: Path) -> Sources:
    """The real adapters, with the first text taken in."""
    limits = NetworkSettings(home=home, allow_private=True, arxiv_urls=(), host_pause=0.0, retries=0)
    ours = Sources(Carrier(limits), Places(openreview_url=site.url), shelf.library)
    assert of(TakenIn, list(ingest_network(shelf, KNOWN, ours.fetch)))
    site.asked.clear()
    return ours


def found(shelf: Shelf, sources: Sources, since: datetime.date | None = None) -> list[object]:
    steps = look(shelf.library, [], sources, KNOWN, since=since, limit=10)
    return [step for step in steps if not isinstance(step, Looking)]


def test_the_same_file_is_no_news_and_no_download(site: Site, shelf: Shelf, sources: Sources) -> None:
    assert found(shelf, sources) == []
    assert [asked.headers.get("if-none-match") for asked in site.asked] == ['"one"']


def test_another_text_takes_the_place_of_the_one_before(site: Site, shelf: Shelf, sources: Sources) -> None:
    site.acts["/pdf"] = named(printed(REVISED), '"two"')
    [new] = found(shelf, sources)
    assert new == NewVersion(WORK, None, "", None)
    assert isinstance(new, NewVersion)
    [taken] = of(TakenIn, list(take(shelf, new, sources, KNOWN)))
    assert taken.replaced
    assert found(shelf, sources) == []
    assert len(shelf.library.documents(WORK.key)) == 2


def test_a_copy_with_another_stamp_is_no_news(site: Site, shelf: Shelf, sources: Sources) -> None:
    site.acts["/pdf"] = named(printed(LANTERNS) + b"\n% copied on another day\n%%EOF\n", '"two"')
    assert found(shelf, sources) == []


@pytest.mark.parametrize("act", [send(HTML), send(b"", 403), send(b"", 404), send(b"%PDF-1.4 broken %%EOF")])
def test_a_place_that_says_no_is_no_news(site: Site, shelf: Shelf, sources: Sources, act: object) -> None:
    site.acts["/pdf"] = act  # type: ignore[assignment]
    assert found(shelf, sources) == []


def test_a_place_that_does_not_answer_is_told(site: Site, shelf: Shelf, sources: Sources) -> None:
    site.acts["/pdf"] = send(b"", 503)
    [failed] = found(shelf, sources)
    assert isinstance(failed, Failed)
    assert failed.name == WORK.key


def test_where_a_day_is_asked_for_it_is_not_asked(site: Site, shelf: Shelf, sources: Sources) -> None:
    assert found(shelf, sources, datetime.date(2031, 1, 1)) == []
    assert site.asked == []
