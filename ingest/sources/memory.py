"""Nothing is fetched twice: what was fetched under which address, and how the server names it. Knows no server.

The names (ETag, Last-Modified) lie in the library, the bytes where every document's lie. A server that says `not
modified` therefore costs no download, and bytes that left the home are asked for anew. Who fetches an address anew holds
its lock until it asks for the next one, by when the document is in the library: another process waits for that, and
finds it there.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.documents import digest_of
from corpus.errors import HomeError, SourceMissing
from corpus.home import make_folder
from ingest.network import Reply
from ingest.network.partial import FOLDER
from ingest.sources.arrival import is_ended, is_whole

if TYPE_CHECKING:
    from filelock import FileLock

    from corpus.library import Library
    from ingest.network import Carrier

FILES = "application/pdf, text/html;q=0.9, text/plain;q=0.8, */*;q=0.5"
"""What a document may be."""

_HELD: list[FileLock] = []
"""The lock of the address that this process fetched last; never two, so that no two processes wait for each other."""
_HELD_LOCK = threading.Lock()


class Memory:
    """Gets files, each only where it has changed."""

    def __init__(self, carrier: Carrier, library: Library | None, *, wait: float = 30.0) -> None:
        self._carrier = carrier
        self.library = library
        self._wait = wait

    def get(self, url: str, *, accept: str = FILES) -> Reply:
        """The file behind `url`, or what the home has of it where the server says that it has not changed."""
        known = self._recall_in_turn(url)
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
        known = self._recall_in_turn(url)
        if known is None:
            return self._fresh(url, FILES)
        return Reply(known[0], known[1].get("url", url), {"content-type": known[1].get("type", "")}, not_modified=True)

    def _fresh(self, url: str, accept: str) -> Reply:
        reply = self._carrier.get(url, accept=accept, whole=is_whole, ended=is_ended)
        self._remember(url, reply)
        return reply

    def _recall_in_turn(self, url: str) -> tuple[bytes, dict[str, str]] | None:
        """What is at hand, or is by the time that another process which fetches it is done; else the lock is ours."""
        let_go()
        known = self._recall(url)
        if known is None and self.library is not None:
            _hold(self.library.home, url, self._wait)
            known = self._recall(url)
        return known

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


def _hold(home: Path, url: str, wait: float) -> None:
    """Hold the address's lock; who waits for longer than `wait` goes without, which at worst costs a download."""
    from filelock import FileLock, Timeout

    path = home / FOLDER / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.lock"
    with contextlib.suppress(HomeError, OSError, Timeout):
        make_folder(path.parent)
        lock = FileLock(path, timeout=wait, thread_local=False)
        lock.acquire(poll_interval=0.05)
        with _HELD_LOCK:
            _HELD.append(lock)


def let_go() -> None:
    """Give back the lock of the address that was fetched last."""
    with _HELD_LOCK:
        for lock in _HELD:
            with contextlib.suppress(OSError):
                Path(lock.lock_file).unlink()  # one who waits for it gets the lock of a file that is gone, and looks again
            lock.release()
        _HELD.clear()


atexit.register(let_go)


def _name(url: str) -> str:
    return f"fetched {url}"
