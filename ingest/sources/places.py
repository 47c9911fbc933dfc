"""Chooses the source of a work or an address. Knows which places there are, and no protocol of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import FetchError, Offline, Refused
from ingest.sources.address import addresses_of
from ingest.sources.arxiv import Arxiv
from ingest.sources.doi import Doi
from ingest.sources.memory import Memory
from ingest.sources.openreview import OpenReview
from ingest.sources.web import Web
from ingest.sources.youtube import YouTube

if TYPE_CHECKING:
    import datetime

    from corpus.library import Library
    from corpus.works import Identifiers, Work
    from ingest.network import Carrier
    from ingest.sources.address import Address
    from ingest.sources.arrival import Arrival, Found
    from ingest.take_in import Source


@dataclass(frozen=True, slots=True)
class Places:
    """Where the places are."""

    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    arxiv_files_url: str = "https://arxiv.org"
    openreview_url: str = "https://openreview.net"
    doi_url: str = "https://doi.org"
    youtube_url: str = "https://www.youtube.com"


class Sources:
    """Every place that works come from."""

    def __init__(self, carrier: Carrier, places: Places, library: Library | None = None, *, wait: float = 30.0) -> None:
        self.memory = memory = Memory(carrier, library, wait=wait)
        self._carrier = carrier
        self.arxiv = Arxiv(carrier, places.arxiv_api_url, places.arxiv_files_url, memory.get_once)
        self._openreview = OpenReview(places.openreview_url, memory.get)
        self._web = Web(memory.get)
        self._doi = Doi(carrier, places.doi_url, self._web)
        self._youtube = YouTube(carrier, places.youtube_url)

    def fetch(self, work: Work) -> Source:
        """A work's newest document; the places are tried in the order of their trust."""
        addresses = addresses_of(work)
        if not addresses:
            raise Refused(
                f"{work.label} has no address or identifier, and cannot be fetched.",
                remedy="Give it as a file: `pincite add FILE`, or `pincite ingest --from DIR`.",
                work=work.key,
            )
        if self._carrier.settings.offline:
            raise Offline(
                f"{work.label} was not fetched: PINCITE_OFFLINE forbids it.",
                remedy="Unset PINCITE_OFFLINE, or give the file: `pincite ingest --from DIR`.",
                work=work.key,
            )
        first: FetchError | None = None
        for address in addresses:
            try:
                return self.arrive(address).source
            except FetchError as error:
                first = first or error
        raise first or AssertionError

    def arrive(self, address: Address) -> Arrival:
        """The document behind an address, and what its place says of the work."""
        match address.kind:
            case "arxiv":
                return self.arxiv.arrive(address.value, address.version)
            case "openreview":
                return self._openreview.arrive(address.value)
            case "youtube":
                return self._youtube.arrive(address.value)
            case "doi":
                return self._doi.arrive(address.value)
            case _:
                return self._web.arrive(address.value)

    def described(self, identifiers: Identifiers) -> Work | None:
        """What the place says of the work that has one of these identifiers, without its document; None where none tells."""
        if identifiers.arxiv:
            return self.arxiv.newest(identifiers.arxiv).work
        if identifiers.doi:
            return self._doi.described(identifiers.doi)
        return self._youtube.described(identifiers.youtube) if identifiers.youtube else None

    def search(self, query: str, *, since: datetime.date | None, limit: int) -> list[Found]:
        """The newest papers that match arXiv's query, newest first."""
        return self.arxiv.search(query, since=since, limit=limit)

    def newest(self, identifier: str) -> Found:
        """A paper by its arXiv id, in its newest version."""
        return self.arxiv.newest(identifier)
