"""A carrier that may ask a server on loopback, and does not wait long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ingest.network import Carrier, NetworkSettings
from tests.servers.loopback import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers.loopback import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as played:
        yield played


@pytest.fixture
def carrier(site: Site, home: Path) -> Callable[..., Carrier]:
    """Makes a carrier with these settings."""
    ours = NetworkSettings(
        home=home, allow_private=True, arxiv_urls=(), arxiv_pause=0.0, host_pause=0.0, retries=2, retry_seconds=0.01,
        longest_wait=1.5, read_seconds=0.3, total_seconds=5.0, max_bytes=2_000_000,
    )  # fmt: skip
    return lambda **others: Carrier(replace(ours, **others))
