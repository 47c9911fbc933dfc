"""arXiv: papers by id, newest versions, searches. Knows arXiv's addresses and the package `arxiv`; makes no request itself.

The package asks and parses, and we carry: its own limiter is one per object, and it has neither time-outs nor patience.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import Refused, Unreachable
from corpus.works import Author, Identifiers, Work
from ingest.network.failures import BY_HAND, host_of
from ingest.sources import atom
from ingest.sources.arrival import UNKNOWN, Arrival, Found, looks_like_page, required_pdf
from ingest.take_in import Source

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from ingest.network import Carrier, Reply

PAGE = 100
"""Most papers of one page of the feed."""

_FAULT = "/api/errors"
"""In the id of an entry that is no paper, but says what arXiv did not understand."""
_ID = re.compile(r"/abs/(.+?)(v\d+)?$")
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|preprint|version|work|it)\b[^.]{0,60}\b(?:is|has been|have been|was|been)\s+"
    r"(?:\w+ )?(?:withdrawn|retracted)\b|^\W*(?:withdrawn|retracted)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the arxiv package reads of a reply."""

    content: bytes
    status_code: int = 200


class _Session:
    """Stands where the arxiv package keeps its HTTP session: same verb, our manners."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self.entries = 0

    def get(self, url: str, **_theirs: object) -> _Answer:
        """One page of the feed; the package's own headers are replaced by ours."""
        reply = self._carrier.get(url, accept="application/atom+xml", whole=atom.is_whole)
        if not atom.is_feed(reply.content):
            looks = ": a web page" if looks_like_page(reply.content) else ""
            raise Refused(
                f"{host_of(url)} sent something else than its list of papers{looks}.",
                remedy=f"Try again in some minutes, or {BY_HAND}.",
                url=url,
            )
        self.entries += reply.content.count(b"</entry>")
        return _Answer(atom.mended(reply.content))


@dataclass(frozen=True, slots=True)
class Arxiv:
    """Papers of arXiv."""

    carrier: Carrier
    api_url: str
    files_url: str
    get: Callable[[str], Reply]
    """Gets a file that never changes, as the PDF of a version does not; what the home has is not asked for again."""

    def newest(self, identifier: str, version: str | None = None) -> Found:
        """A paper by its id, in its newest version or the one that is named."""
        import arxiv

        search = arxiv.Search(id_list=[f"{identifier}{version or ''}"], max_results=1)
        for result in self._results(search, 1):
            found = _found(result)
            if found is not None and found.work.identifiers.arxiv == identifier:
                return found
        raise Refused(
            f"arXiv knows no paper {identifier}{version or ''}.",
            remedy="Check the id; old ones have the form hep-th/9901001.",
            arxiv=identifier,
        )

    def search(self, query: str, *, since: datetime.date | None = None, limit: int = 10) -> list[Found]:
        """The newest papers that match arXiv's query, newest first; those published or renewed since a day, if one is named."""
        import arxiv

        search = arxiv.Search(query=query, sort_by=arxiv.SortCriterion.SubmittedDate, max_results=limit)
        results = self._results(search, min(limit, PAGE))
        for result in results:
            if _FAULT in result.entry_id:
                why = " ".join(result.summary.split())[:200] or "it does not say why"
                raise Refused(f"arXiv did not take the search {query}: {why}.", remedy="Check it for slips.", query=query)
        papers = [found for found in map(_found, results) if found is not None]
        return [found for found in papers if since is None or max(found.published, found.updated).date() >= since]

    def arrive(self, identifier: str, version: str | None = None) -> Arrival:
        """A paper's PDF, and what arXiv says of it."""
        found = self.newest(identifier, version)
        if found.withdrawn and version is None:
            raise Refused(
                f"The paper arXiv:{identifier} was withdrawn by its authors ({found.withdrawn}).",
                remedy=f"An earlier version may be there: pincite add arXiv:{identifier}v1.",
                arxiv=identifier,
            )
        url = f"{self.files_url.rstrip('/')}/pdf/{identifier}{found.version}"
        reply = self.get(url)
        name = f"{identifier.replace('/', '-')}{found.version}.pdf"
        return Arrival(Source(required_pdf(reply.content, url), name, url, found.version or None), found.work)

    def _results(self, search: Any, page: int) -> list[Any]:
        import arxiv

        client = arxiv.Client(page_size=page, delay_seconds=0, num_retries=0)
        client.query_url_format = self.api_url + ("&{}" if "?" in self.api_url else "?{}")
        client._session = session = _Session(self.carrier)
        logging.getLogger("arxiv").addHandler(logging.NullHandler())  # what it leaves out is ours to tell
        try:
            found = list(client.results(search))
            if session.entries and not found:
                raise ValueError("it is damaged")
        except (arxiv.ArxivError, ValueError, OverflowError) as error:
            raise Unreachable(
                f"The list of papers from arXiv cannot be read: {error}.", remedy=f"Try again in some minutes, or {BY_HAND}."
            ) from error
        return found


def _found(result: Any) -> Found | None:
    """A paper of the feed; None for an entry that is none, such as an error."""
    stated = _ID.search(result.entry_id)
    if stated is None:
        return None
    published, updated = (UNKNOWN if moment.year == 1 else moment for moment in (result.published, result.updated))
    dates = [moment.year for moment in (published, updated) if moment != UNKNOWN]
    work = Work(
        key="",
        title=" ".join(result.title.split()),
        authors=tuple(_author(author.name) for author in result.authors if author.name.strip()),
        year=dates[0] if dates else None,
        venue="arXiv preprint",
        identifiers=Identifiers(arxiv=stated[1], doi=result.doi or None, url=f"https://arxiv.org/abs/{stated[1]}"),
        fields=(("primaryclass", result.primary_category),) if result.primary_category else (),
    )
    return Found(work, stated[2] or "", published, updated, _withdrawn(result))


def _author(name: str) -> Author:
    from ingest.extract.names import family_and_given

    return Author(*family_and_given(" ".join(name.split())))


def _withdrawn(result: Any) -> str:
    said = (result.comment or "", result.summary[:300])
    return next((" ".join(text.split())[:200].rstrip(". ") for text in said if _WITHDRAWN.search(text)), "")
