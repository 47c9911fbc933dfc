"""Whether a fetched document is the work that was asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import Refused
from corpus.works import Author, Identifiers, Work
from ingest.extract import Limits
from ingest.identity import described, known_as, require_identity
from ingest.take_in import Read, Source, read
from tests.servers.papers import Paper, printed

PAPER = Paper("3101.00042", "v2")
WORK = Work("keeper-2031", PAPER.title, (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(arxiv=PAPER.id))
URL = "https://arxiv.org/pdf/3101.00042v2"


def taken(paper: Paper, name: str = "3101.00042v2.pdf") -> Read:
    """A paper as it comes from the network, under the name of the one that was asked for."""
    return read(Source(printed(paper), name, URL), Limits())


def test_the_stamp_is_enough() -> None:
    require_identity(replace(WORK, title="Under Another Title"), taken(PAPER))


def test_the_title_with_an_author_is_enough() -> None:
    require_identity(WORK, taken(replace(PAPER, stamped=False)))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (replace(PAPER, id="3101.00043"), "arXiv:3101.00043"),
        (replace(PAPER, stamped=False, title="Bells of the North"), "Bells of the North"),
        (replace(PAPER, stamped=False, authors=("Cy Trimmer",), says=("A wick is long.",)), "not headed by that title"),
        (replace(PAPER, stamped=False, title="Lanterns in Small Harbours 2"), "not headed by that title|neither"),
    ],
)
def test_another_document_under_its_name_is_refused(other: Paper, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as raised:
        require_identity(WORK, taken(other))
    assert "Keeper 2031" in raised.value.message
    assert URL in raised.value.message


def test_a_page_is_known_by_its_own_title() -> None:
    page = (
        "<html><head><title>{}</title></head><body><p>By Ada Keeper. The lantern hangs over the gate, and all see it.</p></body>"
    )
    found = read(Source(page.format(PAPER.title).encode(), "a.html", URL), Limits())
    require_identity(WORK, found)
    with pytest.raises(Refused):
        require_identity(WORK, read(Source(page.format("Wicks").encode(), "a.html", URL), Limits()))


def test_a_transcript_has_no_head_to_look_at() -> None:
    found = read(Source(b"WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome to the harbour.\n", "a.vtt", URL), Limits())
    require_identity(WORK, found)


def test_a_work_is_known_by_any_of_its_identifiers() -> None:
    other = Work("x", "X", identifiers=Identifiers(doi="10.1000/ABC"))
    assert known_as(Identifiers(arxiv=PAPER.id, doi="10.1/z"), [other, WORK]) == WORK
    assert known_as(Identifiers(doi="10.1000/abc"), [WORK, other]) == other
    assert known_as(Identifiers(), [WORK, replace(other, identifiers=Identifiers())]) is None


def test_what_its_place_tells_makes_the_work_and_the_document_the_rest() -> None:
    known = Identifiers(doi="10.1000/l", url="https://doi.org/10.1000/l")
    told = Work("", "Lanterns, Revised", (), None, "article", "Harbour Letters", known)
    made = described(told, taken(PAPER), taken={"keeper-2031"})
    assert (made.key, made.title, made.venue, made.kind) == ("keeper-2031-b", "Lanterns, Revised", "Harbour Letters", "article")
    assert made.identifiers == known
    assert [author.full for author in made.authors] == ["Ada Keeper", "Bo Clerk"]
    assert described(
        Work("", "", identifiers=Identifiers(url="https://a.example")), taken(PAPER), taken=()
    ).identifiers == Identifiers(arxiv=PAPER.id, url="https://a.example")
    assert described(None, taken(PAPER), taken=(), key="mine").key == "mine"
