"""The network: the one place that makes HTTP requests.

In come addresses and how much a request may cost; out come whole bodies, or one of `Offline`, `Unreachable`, `Refused`.
It may not know works, formats, storage, or what a body means.
"""

from __future__ import annotations

from ingest.network.carrier import Carrier, Reply
from ingest.network.limits import NetworkSettings

__all__ = ["Carrier", "NetworkSettings", "Reply"]
