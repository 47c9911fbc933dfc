"""Reads one body within its limits. Knows httpx's stream, and nothing of addresses, turns or repetitions.

Bodies are unpacked here, piece by piece, so that what is small on the wire and huge unpacked is given up in time.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

from corpus.errors import Refused, Unreachable

if TYPE_CHECKING:
    import httpx

    from ingest.network.limits import NetworkSettings
    from ingest.network.partial import Partial

ENCODINGS = "gzip, deflate"
"""What we can unpack."""
LEAST = 200
"""Bytes within the longest silence that a server is allowed; one that sends fewer is as good as silent."""
_STEP = 1 << 20


class BrokenOff(Exception):
    """The body ended before its end, or does not come to one; never leaves this package."""


def receive(reply: httpx.Response, partial: Partial, limits: NetworkSettings, host: str) -> bytes:
    """The whole body: of a reply 200, or of a 206 that goes on where `partial` ends; `partial` grows as it comes."""
    encoding = reply.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Refused(
            f"{host} packed its answer as {encoding}, which was not asked for.",
            remedy="Try again later, or give the work as a file.",
        )
    if reply.status_code != 206:
        partial.restart(reply.headers)
    announced = reply.headers.get("content-length", "")
    if announced.isdigit() and int(announced) + len(partial.content) > limits.max_bytes:
        raise _too_large(host, limits)
    unpack = _Unpacking(limits.max_bytes) if encoding not in ("", "identity") else None
    pace, until = _Pace(limits.read_seconds), time.monotonic() + limits.total_seconds
    for piece in reply.iter_raw():
        pace.keep(len(piece))
        partial.content += unpack(piece) if unpack else piece
        if len(partial.content) > limits.max_bytes:
            partial.clear()
            raise _too_large(host, limits)
        if time.monotonic() > until:
            raise Unreachable(
                f"Not fetched: the download from {host} took more than {limits.total_seconds:g} seconds.",
                remedy="Do it again: it goes on where it broke off, if the server can. Or give the work as a file.",
            )
    if unpack and partial.content and not unpack.ended:
        raise BrokenOff
    if reply.status_code == 206 and not partial.complete(reply.headers):
        raise BrokenOff
    return bytes(partial.content)


class _Pace:
    """How fast a body comes."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since = time.monotonic()
        self._count = 0

    def keep(self, count: int) -> None:
        """So many bytes more; raises `BrokenOff` where they are too few for the time."""
        self._count += count
        if time.monotonic() - self._since > self._seconds:
            if self._count < LEAST:
                raise BrokenOff(f"fewer than {LEAST} bytes in {self._seconds:g} seconds")
            self._since, self._count = time.monotonic(), 0


class _Unpacking:
    """Unpacks gzip and zlib, never much more than the limit at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._stream = zlib.decompressobj(wbits=47)
        self._first = True

    @property
    def ended(self) -> bool:
        """True where the packed stream has come to its end."""
        return self._stream.eof

    def __call__(self, piece: bytes) -> bytes:
        """What a piece holds, or as much of it as shows that the whole is too large."""
        out = bytearray()
        while piece and not self._stream.eof and self._count <= self._limit:
            out += self._step(piece)
            piece = self._stream.unconsumed_tail
        return bytes(out)

    def _step(self, piece: bytes) -> bytes:
        try:
            found = self._stream.decompress(piece, _STEP)
        except zlib.error as error:
            if not self._first:
                raise BrokenOff from error
            self._stream = zlib.decompressobj(wbits=-15)  # some servers send bare deflate
            try:
                found = self._stream.decompress(piece, _STEP)
            except zlib.error as again:
                raise BrokenOff from again
        self._first = False
        self._count += len(found)
        return found


def _too_large(host: str, limits: NetworkSettings) -> Refused:
    return Refused(
        f"What {host} sends has more than {limits.max_bytes:,} bytes.",
        remedy="If it is the right file, raise PINCITE_MAX_DOWNLOAD_MB, or give it as a file.",
        host=host,
    )
