"""Sources: works from where they live, one module a place.

In come works and addresses; out come documents, and what their places say of the works.
It may not know the library's works, pages, or what becomes of a document.
"""

from __future__ import annotations

from ingest.sources.address import Address, addresses_of, parse
from ingest.sources.arrival import Arrival, Found
from ingest.sources.places import Places, Sources

__all__ = ["Address", "Arrival", "Found", "Places", "Sources", "addresses_of", "parse"]
