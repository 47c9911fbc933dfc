"""How much a request may cost, and how often one may be made. Knows no address but arXiv's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

ARXIV_PAUSE = 3.0
"""Seconds between two requests that arXiv's terms ask for; its own hosts never get less."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What the network may do."""

    home: Path
    """Where the processes of a home agree on whose turn it is, and where broken downloads wait to be resumed."""
    offline: bool = False
    """Forbids every attempt."""
    allow_private: bool = False
    """Allows private and loopback addresses."""
    arxiv_urls: tuple[str, ...] = ("https://export.arxiv.org", "https://arxiv.org")
    """Their hosts are treated as arXiv's."""
    arxiv_pause: float = ARXIV_PAUSE
    """Seconds between two requests to arXiv."""
    host_pause: float = 1.0
    """Seconds between two requests to any other host."""
    retries: int = 3
    """How often a request is repeated that failed for a passing reason."""
    retry_seconds: float = 1.0
    """The first wait before a repetition; each further one is twice as long."""
    longest_wait: float = 60.0
    """A server that asks for a longer wait is not asked again."""
    connect_seconds: float = 5.0
    """Longest time to get a connection."""
    read_seconds: float = 20.0
    """Longest silence of a server."""
    total_seconds: float = 600.0
    """Longest time for one body, however steadily it trickles."""
    max_bytes: int = 200_000_000
    """Most bytes of one body, unpacked."""

    def is_arxiv(self, place: str) -> bool:
        """True for a `host` or `host:port` of arXiv's."""
        host = place.rsplit(":", 1)[0] if place.rsplit(":", 1)[-1].isdigit() else place
        return host == "arxiv.org" or host.endswith(".arxiv.org") or place in {place_of(url) for url in self.arxiv_urls}

    def pause(self, place: str) -> float:
        """Seconds between two requests to this place."""
        if not self.is_arxiv(place):
            return self.host_pause
        own = place.split(":")[0].endswith("arxiv.org")
        return max(self.arxiv_pause, ARXIV_PAUSE) if own else self.arxiv_pause


def place_of(url: str) -> str:
    """`host`, or `host:port` where the address names a port, in lower case."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    return f"{host}:{port}" if port else host
