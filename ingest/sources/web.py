"""Web addresses: a PDF, a page, or any other document that Pincite reads. Knows no registry.

A page that names the PDF of the paper which it presents is left for that PDF. What a page states of the work for
citations is taken over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from corpus.errors import FetchError, Refused
from corpus.works import Author, Identifiers, Work
from ingest.extract.names import family_and_given
from ingest.network.failures import BY_HAND, host_of
from ingest.sources.arrival import Arrival, is_pdf, is_riddle, looks_like_page, slug
from ingest.take_in import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.network import Reply

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "text/vtt": ".vtt", "application/x-subrip": ".srt", "application/json": ".json", "application/pdf": ".pdf",
}  # fmt: skip
_READ = frozenset(_SUFFIXES.values())
_SUFFIX_OF_TYPE = re.compile(r"\.[a-z]{2,5}$")


@dataclass(frozen=True, slots=True)
class Web:
    """Documents behind plain addresses."""

    get: Callable[[str], Reply]
    """Gets a file, or what the home has of it where it has not changed."""

    def arrive(self, url: str, *, identifiers: Identifiers | None = None) -> Arrival:
        """The document behind `url`; in place of a page that names the paper's PDF, that PDF."""
        reply = self.get(url)
        content = reply.content
        if is_pdf(content):
            return Arrival(Source(content, f"{_stem(reply.url)}.pdf", url), _known(identifiers, url))
        promised = urlsplit(url).path.lower().endswith(".pdf") or "application/pdf" in reply.headers.get("content-type", "")
        if not content.strip() or promised or (looks_like_page(content) and is_riddle(content)):
            looks = "nothing at all" if not content.strip() else "a web page" if looks_like_page(content) else "something else"
            wanted = "in place of the PDF" if promised else "in place of the document"
            raise Refused(f"{host_of(url)} sent {looks} {wanted}.", remedy=f"It may want to see a person; {BY_HAND}.", url=url)
        if looks_like_page(content):
            return self._page(url, reply, identifiers)
        return Arrival(Source(content, _stem(reply.url) + _suffix(reply), url), _known(identifiers, url))

    def _page(self, url: str, reply: Reply, identifiers: Identifiers | None) -> Arrival:
        stated = _stated(reply.content)
        work = _work(stated, identifiers, url)
        pdf = urljoin(reply.url, stated["citation_pdf_url"][0]) if "citation_pdf_url" in stated else ""
        if pdf and pdf not in (url, reply.url):
            try:
                found = self.get(pdf)
            except FetchError:
                found = None  # many publishers show the page and keep the PDF to subscribers
            if found is not None and is_pdf(found.content):
                return Arrival(Source(found.content, f"{_stem(found.url)}.pdf", pdf), work)
        return Arrival(Source(reply.content, f"{_stem(reply.url)}.html", url), work)


def _stem(url: str) -> str:
    """A file name's stem made of an address: of its path's end, else of its host."""
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    return slug(_SUFFIX_OF_TYPE.sub("", last)) or slug(parts.hostname or "") or "document"


def _suffix(reply: Reply) -> str:
    """What the server says it is, if that is of use; else what the address ends in."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    path = urlsplit(reply.url).path.lower()
    ending = next((suffix for suffix in _READ if path.endswith(suffix)), "")
    return ending if ending and kind in ("", "text/plain", "application/octet-stream") else _SUFFIXES.get(kind, ending)


def _known(identifiers: Identifiers | None, url: str) -> Work:
    return Work("", "", identifiers=identifiers or Identifiers(url=url))


def _stated(content: bytes) -> dict[str, list[str]]:
    """What a page's meta tags say, by name in lower case."""
    import trafilatura

    tree = trafilatura.load_html(content)
    found: dict[str, list[str]] = {}
    for tag in [] if tree is None else tree.xpath("//meta[@content]"):
        name = (tag.get("name") or tag.get("property") or "").lower()
        value = " ".join(tag.get("content").split())
        if name and value:
            found.setdefault(name, []).append(value)
    return found


def _work(stated: dict[str, list[str]], identifiers: Identifiers | None, url: str) -> Work:
    def first(*names: str) -> str:
        return next((stated[name][0] for name in names if name in stated), "")

    names = stated.get("citation_author") or stated.get("dc.creator") or stated.get("author") or []
    dated = first("citation_publication_date", "citation_date", "dc.date", "article:published_time", "citation_online_date")
    year = re.search(r"\b(?:19|20)\d\d\b", dated)
    doi = first("citation_doi").removeprefix("doi:").removeprefix("https://doi.org/")
    known = identifiers or Identifiers(arxiv=first("citation_arxiv_id") or None, doi=doi or None, url=url)
    authors = tuple(author for name in names for author in _authors(name))
    venue = first("citation_journal_title", "citation_conference_title") or None
    return Work("", first("citation_title", "og:title"), authors, int(year[0]) if year else None, venue=venue, identifiers=known)


def _authors(name: str) -> list[Author]:
    """`Family, Given`, `Given Family`, or several parted by semicolons or `and`."""
    found: list[Any] = []
    for one in re.split(r"\s*;\s*|\s+and\s+", name):
        family, comma, given = one.partition(",")
        if comma and "," not in given:
            found.append(Author(family.strip(), given.strip()))
        elif one.strip() and "://" not in one:
            found += [Author(*family_and_given(part.strip())) for part in one.split(",") if part.strip()]
    return found
