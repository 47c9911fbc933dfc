"""Web pages, DOIs and OpenReview, played on loopback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpus.errors import Refused
from corpus.works import Author, Identifiers, Work
from ingest.sources import parse
from ingest.sources.doi import CSL, work_of
from tests.servers.loopback import HTML, send, sent_on
from tests.servers.papers import Paper, printed

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from ingest.sources import Sources
    from tests.servers.loopback import Act, Site

PDF = printed(Paper("3101.00042", stamped=False))
PAGE = """<!DOCTYPE html><html><head><title>Lanterns | Harbour Press</title>
<meta name="citation_title" content="Lanterns in Small Harbours"><meta name="citation_author" content="Keeper, Ada">
<meta name="citation_author" content="Bo Clerk"><meta name="citation_publication_date" content="2031/01/02">
<meta name="citation_doi" content="10.1000/lanterns"><meta name="citation_journal_title" content="Harbour Letters">{more}</head>
<body><article><h1>Lanterns in Small Harbours</h1><p>A lantern on the mole doubles the number of boats that come home before
dark in a small harbour. The keeper writes down every boat, and the clerk reads it on the next day.</p></article></body></html>"""


def page(more: str = "") -> bytes:
    """A page that states what it presents."""
    return PAGE.format(more=more).encode()


def test_a_pdf_has_a_name_of_our_own_making(site: Site, sources: Sources) -> None:
    site.acts["/papers/..%2FLanterns%20%231.pdf"] = send(PDF, Content_Type="application/pdf")
    arrival = sources.arrive(parse(f"{site.url}/papers/..%2FLanterns%20%231.pdf"))
    assert arrival.source.name == "lanterns-1.pdf"
    assert arrival.source.content == PDF


def test_a_pdf_under_another_name_is_still_one(site: Site, sources: Sources) -> None:
    site.acts["/download"] = send(PDF, Content_Type="text/html")
    assert sources.arrive(parse(f"{site.url}/download")).source.name == "download.pdf"


def test_a_page_tells_what_it_presents(site: Site, sources: Sources) -> None:
    site.acts["/lanterns"] = send(page(), Content_Type="text/html; charset=utf-8")
    arrival = sources.arrive(parse(f"{site.url}/lanterns"))
    assert (arrival.source.name, arrival.source.content) == ("lanterns.html", page())
    assert arrival.work == Work(
        "", "Lanterns in Small Harbours", (Author("Keeper", "Ada"), Author("Clerk", "Bo")), 2031, venue="Harbour Letters",
        identifiers=Identifiers(doi="10.1000/lanterns", url=f"{site.url}/lanterns"),
    )  # fmt: skip


def test_a_page_that_names_its_pdf_is_left_for_it(site: Site, sources: Sources) -> None:
    site.acts |= {"/lanterns": send(page('<meta name="citation_pdf_url" content="/l.pdf">')), "/l.pdf": send(PDF)}
    arrival = sources.arrive(parse(f"{site.url}/lanterns"))
    assert (arrival.source.name, arrival.source.origin) == ("l.pdf", f"{site.url}/l.pdf")
    assert arrival.work is not None
    assert arrival.work.title == "Lanterns in Small Harbours"


@pytest.mark.parametrize("act", [send(b"", 403), send(HTML)])
def test_a_pdf_that_is_kept_back_leaves_the_page(site: Site, sources: Sources, act: Act) -> None:
    site.acts |= {"/lanterns": send(page('<meta name="citation_pdf_url" content="/l.pdf">')), "/l.pdf": act}
    assert sources.arrive(parse(f"{site.url}/lanterns")).source.name == "lanterns.html"


@pytest.mark.parametrize(
    "kind", [("text/plain", ".txt"), ("text/vtt", ".vtt"), ("application/json", ".json"), ("image/x-odd", "")]
)
def test_other_documents_are_named_by_what_the_server_says(site: Site, sources: Sources, kind: tuple[str, str]) -> None:
    site.acts["/talk"] = send(b"words", Content_Type=kind[0])
    assert sources.arrive(parse(f"{site.url}/talk")).source.name == f"talk{kind[1]}"


@pytest.mark.parametrize(
    ("path", "act", "says"),
    [
        ("/a.pdf", send(page()), "a web page in place of the PDF"),
        ("/a", send(page(), Content_Type="application/pdf"), "a web page in place of the PDF"),
        ("/a", send(HTML), "a web page in place of the document"),
        ("/a", send(b"<html><body>Please verify you are human</body></html>"), "in place of the document"),
        ("/a", send(b" \n"), "nothing at all"),
    ],
)
def test_what_is_none_is_refused(site: Site, sources: Sources, path: str, act: Act, says: str) -> None:
    site.acts[path] = act
    with pytest.raises(Refused, match=says):
        sources.arrive(parse(f"{site.url}{path}"))


def test_an_article_on_riddles_is_no_riddle(site: Site, sources: Sources) -> None:
    words = " ".join(["A captcha asks whether you are a robot, and this article tells how it came about."] * 30)
    site.acts["/a"] = send(f"<html><body><p>{words}</p></body></html>".encode())
    assert sources.arrive(parse(f"{site.url}/a")).source.name == "a.html"


def negotiated(csl: object, other: Act) -> Act:
    """Gives CSL to those who ask for it, and all others something else."""

    def act(request: BaseHTTPRequestHandler) -> None:
        wants = CSL in request.headers.get("Accept", "")
        (send(json.dumps(csl).encode(), Content_Type=CSL) if wants else other)(request)

    return act


CSL_WORK = {
    "type": "journal-article", "title": ["Lanterns in <i>Small</i> Harbours"], "container-title": ["Harbour Letters"],
    "author": [{"family": "Keeper", "given": "Ada"}, {"literal": "The Clerks"}, "odd"], "issued": {"date-parts": [[2031, 1]]},
}  # fmt: skip


def test_a_doi_gives_what_its_registry_says_and_what_its_publisher_gives(site: Site, sources: Sources) -> None:
    site.acts |= {"/doi/10.1000/lanterns": negotiated(CSL_WORK, sent_on("/l.pdf")), "/l.pdf": send(PDF)}
    arrival = sources.arrive(parse("doi:10.1000/lanterns"))
    assert (arrival.source.content, arrival.source.name) == (PDF, "l.pdf")
    known = Identifiers(doi="10.1000/lanterns", url="https://doi.org/10.1000/lanterns")
    people = (Author("Keeper", "Ada"), Author("The Clerks"))
    assert arrival.work == Work("", "Lanterns in Small Harbours", people, 2031, "article", "Harbour Letters", known)


def test_a_registry_that_says_nothing_leaves_it_to_the_page(site: Site, sources: Sources) -> None:
    site.acts["/doi/10.1000/lanterns"] = send(page())
    arrival = sources.arrive(parse("10.1000/lanterns"))
    assert arrival.work is not None
    assert (arrival.work.title, arrival.work.identifiers.doi) == ("Lanterns in Small Harbours", "10.1000/lanterns")


def test_a_doi_that_nobody_knows(site: Site, sources: Sources) -> None:
    with pytest.raises(Refused, match="has nothing at"):
        sources.arrive(parse("10.1000/none"))


@pytest.mark.parametrize("csl", [{}, {"title": ""}, {"title": []}, {"title": 4}])
def test_without_a_title_there_is_no_work(csl: dict[str, object]) -> None:
    assert work_of(csl, "10.1000/x") is None


@pytest.mark.parametrize("issued", [{}, {"date-parts": []}, {"date-parts": [["soon"]]}, None, 4])
def test_a_date_out_of_form_is_left_out(issued: object) -> None:
    found = work_of({"title": "T", "issued": issued, "author": {"family": "odd"}}, "10.1000/x")
    assert found is not None
    assert (found.year, found.authors) == (None, ())


def test_openreview_gives_the_pdf_of_a_forum(site: Site, sources: Sources) -> None:
    site.acts["/open/pdf"] = send(PDF)
    arrival = sources.arrive(parse("https://openreview.net/forum?id=Ab-12_xyz"))
    assert (arrival.source.content, arrival.source.name) == (PDF, "openreview-ab-12-xyz.pdf")
    assert site.asked[0].query == "id=Ab-12_xyz"
    assert arrival.work is not None
    assert arrival.work.identifiers.openreview == "Ab-12_xyz"


def test_openreview_that_wants_to_see_a_person(site: Site, sources: Sources) -> None:
    site.acts["/open/pdf"] = send(HTML)
    with pytest.raises(Refused, match="something else than a PDF: a web page"):
        sources.arrive(parse("https://openreview.net/pdf?id=Ab-12_xyz"))
