"""DOIs: what their registry says of a work, and the document that its publisher gives. Knows CSL's JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from corpus.errors import FetchError
from corpus.works import Author, Identifiers, Work
from ingest.sources.arrival import Arrival
from ingest.take_in import Source

if TYPE_CHECKING:
    from ingest.network import Carrier
    from ingest.sources.web import Web

CSL = "application/vnd.citationstyles.csl+json"
_KINDS = {"article-journal": "article", "journal-article": "article", "paper-conference": "inproceedings", "book": "book"}


@dataclass(frozen=True, slots=True)
class Doi:
    """Works with a DOI."""

    carrier: Carrier
    url: str
    """The resolver."""
    web: Web

    def arrive(self, doi: str) -> Arrival:
        """The publisher's document, and what the registry says of the work; either alone would do for the other's loss."""
        address = f"{self.url.rstrip('/')}/{quote(doi, safe='/:;()._-')}"
        identifiers = Identifiers(doi=doi, url=f"https://doi.org/{doi}")
        try:
            described = self.described(doi)
        except FetchError:
            described = None
        arrival = self.web.arrive(address, identifiers=identifiers)
        source = Source(arrival.source.content, arrival.source.name, arrival.source.origin)
        work = described or arrival.work
        return Arrival(source, replace(work, identifiers=identifiers) if work else None)

    def described(self, doi: str) -> Work | None:
        """What the registry says of a work; None where it says nothing that can be read."""
        address = f"{self.url.rstrip('/')}/{quote(doi, safe='/:;()._-')}"
        reply = self.carrier.get(address, accept=f"{CSL}, application/json;q=0.5")
        try:
            found = json.loads(reply.content)
        except (ValueError, RecursionError):
            return None
        return work_of(found, doi) if isinstance(found, dict) else None


def work_of(csl: dict[str, Any], doi: str) -> Work | None:
    """A work as CSL describes it; what is missing or out of form is left out."""
    title = csl.get("title")
    title = title[0] if isinstance(title, list) and title else title
    if not isinstance(title, str) or not title.strip():
        return None
    venue = csl.get("container-title")
    venue = venue[0] if isinstance(venue, list) and venue else venue
    authors = csl.get("author")
    return Work(
        key="",
        title=" ".join(re.sub(r"</?[a-z]+>", "", title).split()),
        authors=tuple(_authors(authors if isinstance(authors, list) else [])),
        year=_year(csl),
        kind=_KINDS.get(str(csl.get("type")), "misc"),
        venue=venue if isinstance(venue, str) and venue else None,
        identifiers=Identifiers(doi=doi, url=f"https://doi.org/{doi}"),
    )


def _authors(names: list[Any]) -> list[Author]:
    found = []
    for name in names:
        if isinstance(name, dict):
            family = " ".join(str(name[part]) for part in ("non-dropping-particle", "family") if name.get(part))
            literal = str(name.get("literal") or name.get("name") or "")
            if family or literal:
                found.append(Author(family or literal, str(name.get("given") or "") if family else ""))
    return found


def _year(csl: dict[str, Any]) -> int | None:
    for name in ("issued", "published-print", "published-online", "published", "created"):
        try:
            return int(csl[name]["date-parts"][0][0])
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    return None
