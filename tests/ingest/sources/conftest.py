"""Every place, played on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.library import Library
from ingest.network import Carrier, NetworkSettings
from ingest.sources import Places, Sources
from tests.servers.loopback import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.loopback import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as played:
        yield played


@pytest.fixture
def carrier(home: Path) -> Carrier:
    """A carrier that may ask the server, and does not wait long."""
    return Carrier(
        NetworkSettings(
            home,
            allow_private=True,
            arxiv_urls=(),
            host_pause=0.0,
            retries=1,
            retry_seconds=0.01,
            longest_wait=1.0,
            read_seconds=1.0,
        )
    )


def places_of(site: Site) -> Places:
    """Where the server plays each place."""
    return Places(
        arxiv_api_url=f"{site.url}/api/query",
        arxiv_files_url=site.url,
        openreview_url=f"{site.url}/open",
        doi_url=f"{site.url}/doi",
        youtube_url=f"{site.url}/tube",
    )


@pytest.fixture
def sources(site: Site, carrier: Carrier, home: Path) -> Iterator[Sources]:
    """All places, with a library that remembers."""
    with Library.open(home) as library:
        yield Sources(carrier, places_of(site), library)
