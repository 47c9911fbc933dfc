"""A real HTTP server on loopback that plays the places works come from, and misbehaves on demand.

Each path has an act, or several in a row of which the last one stays. Every request is written down with its times.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Act = Callable[[BaseHTTPRequestHandler], None]
HTML = b"<!DOCTYPE html><html><body>Are you a person?</body></html>"


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    query: str
    began: float
    ended: float
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Site:
    """The server."""

    url: str = ""
    acts: dict[str, Act | list[Act]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self, path: str) -> Act:
        """What to do for a request to `path`."""
        with self.lock:
            found = self.acts.get(path, send(b"nothing here", 404))
            if isinstance(found, list):
                return found.pop(0) if len(found) > 1 else found[0]
            return found

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [each.path for each in self.asked]


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """Run a server."""
    site = Site()

    class Request(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            began = time.monotonic()
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, path, query, began, began, headers, body)
            with site.lock:
                site.asked.append(asked)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                site.act(path)(self)
            asked.ended = time.monotonic()

        do_POST = do_GET  # noqa: N815 - the standard library's name

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(body: bytes, status: int = 200, **headers: str) -> Act:
    """A whole answer; underscores in the names of headers stand for hyphens."""

    def act(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        told = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
        for name, value in told.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return act


def sent_on(target: str, status: int = 302) -> Act:
    """A redirect."""
    return send(b"", status, Location=target)


def named(body: bytes, etag: str = '"one"') -> Act:
    """A file with an ETag, which the server knows again and gives in parts."""

    def act(request: BaseHTTPRequestHandler) -> None:
        if request.headers.get("If-None-Match") == etag:
            send(b"", 304, ETag=etag)(request)
            return
        found = request.headers.get("Range", "")
        if found and request.headers.get("If-Range") == etag:
            start = int(found.removeprefix("bytes=").rstrip("-"))
            content_range = f"bytes {start}-{len(body) - 1}/{len(body)}"
            send(body[start:], 206, Content_Range=content_range, ETag=etag)(request)
            return
        send(body, ETag=etag, Accept_Ranges="bytes")(request)

    return act


def broken(body: bytes, at: int, *, told: bool = True, **headers: str) -> Act:
    """The first bytes of a body, and then nothing; without `told`, the length is kept back, so that only the end is missing."""

    def act(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if told:
            request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body[:at])

    return act


def stalled(body: bytes, at: int, seconds: float = 1.0) -> Act:
    """The first bytes of a body, and then silence."""

    def act(request: BaseHTTPRequestHandler) -> None:
        broken(body, at)(request)
        request.wfile.flush()
        time.sleep(seconds)

    return act


def trickling(request: BaseHTTPRequestHandler) -> None:
    """A body that never ends, in small pieces."""
    request.send_response(200)
    request.end_headers()
    for _ in range(60):
        request.wfile.write(b"%PDF " * 20)
        request.wfile.flush()
        time.sleep(0.05)


def crawling(head: bool) -> Act:
    """A byte now and then, so that nobody may call it silent: of the head of the answer, or of its body."""

    def act(request: BaseHTTPRequestHandler) -> None:
        if head:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lamp: ")
        else:
            request.send_response(200)
            request.send_header("Content-Length", "5000")
            request.end_headers()
        for _ in range(100):
            request.wfile.write(b"a")
            request.wfile.flush()
            time.sleep(0.05)

    return act


def silent(request: BaseHTTPRequestHandler) -> None:
    """No answer for a second."""
    time.sleep(1.0)


def reset(request: BaseHTTPRequestHandler) -> None:
    """The connection is torn down."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    request.connection.close()


def bomb(size: int) -> Act:
    """Zeros, packed a thousandfold."""
    return send(gzip.compress(b"%PDF-1.7\n" + bytes(size)), Content_Encoding="gzip", Content_Type="application/pdf")


def pauses(asked: Sequence[Asked]) -> list[float]:
    """Seconds between the beginnings of requests."""
    times = sorted(each.began for each in asked)
    return [later - earlier for earlier, later in itertools.pairwise(times)]
