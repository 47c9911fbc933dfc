"""Nothing is fetched twice: what was fetched under which address, and how the server names it. Knows no server.

The names (ETag, Last-Modified) lie in the library, the bytes where every document's lie. A server that says `not
modified` therefore costs no download, and bytes that left the home are asked for anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corpus.documents import digest_of
from corpus.errors import HomeError, SourceMissing
from ingest.network import Reply
from ingest.sources.arrival import is_ended, is_whole

if TYPE_CHECKING:
    from corpus.library import Library
    from ingest.network import Carrier

FILES = "application/pdf, text/html;q=0.9, text/plain;q=0.8, */*;q=0.5"
"""What a document may be."""


class Memory:
    """Gets files, each only where it has changed."""

    def __init__(self, carrier: Carrier, library: Library | None, *, wait: float = 30.0) -> None:
        self._carrier = carrier
        self.library = library
        self._wait = wait

    def get(self, url: str, *, accept: str = FILES) -> Reply:
        """The file behind `url`, or what the home has of it where the server says that it has not changed."""
        known = self._recall(url)
        if known is None or not (known[1].get("etag") or known[1].get("last_modified")):
            return self._fresh(url, accept)
        content, named = known
        reply = self._carrier.get(
            url,
            accept=accept,
            etag=named.get("etag", ""),
            last_modified=named.get("last_modified", ""),
            whole=is_whole,
            ended=is_ended,
        )
        if reply.not_modified:
            return Reply(content, named.get("url", url), {"content-type": named.get("type", "")}, not_modified=True)
        self._remember(url, reply)
        return reply

    def get_once(self, url: str) -> Reply:
        """The file behind `url`, which never changes: what the home has is not asked for again."""
        known = self._recall(url)
        if known is None:
            return self._fresh(url, FILES)
        return Reply(known[0], known[1].get("url", url), {"content-type": known[1].get("type", "")}, not_modified=True)

    def _fresh(self, url: str, accept: str) -> Reply:
        reply = self._carrier.get(url, accept=accept, whole=is_whole, ended=is_ended)
        self._remember(url, reply)
        return reply

    def _recall(self, url: str) -> tuple[bytes, dict[str, str]] | None:
        """The bytes and their names, where both are at hand."""
        if self.library is None:
            return None
        try:
            named = json.loads(self.library.meta(_name(url)) or "{}")
            return (self.library.content(named["digest"]), named) if named else None
        except (SourceMissing, ValueError, KeyError):
            return None

    def _remember(self, url: str, reply: Reply) -> None:
        if self.library is None:
            return
        named = {"digest": digest_of(reply.content), "url": reply.url}
        for name, header in (("etag", "etag"), ("last_modified", "last-modified"), ("type", "content-type")):
            named[name] = reply.headers.get(header, "")
        if json.dumps(named) == self.library.meta(_name(url)):
            return
        try:
            with self.library.writing(wait=self._wait) as writer:
                writer.set_meta(_name(url), json.dumps(named))
        except HomeError:
            return  # it costs one more download, some day


def _name(url: str) -> str:
    return f"fetched {url}"
