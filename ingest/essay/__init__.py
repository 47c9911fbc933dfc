"""Essays: what one asks, and which works it cites, found by code.

In come the bytes of an essay and the works that are known; out go its questions and references, and what is in doubt.
It may not know storage, the network, or how a question is answered.
"""

from __future__ import annotations

from ingest.essay.draft import Draft, read_essay
from ingest.essay.resolve import LookUp, Unresolved

__all__ = ["Draft", "LookUp", "Unresolved", "read_essay"]
