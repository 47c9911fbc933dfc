"""Fetching a work's file from where it is published. Knows no library, no extractor, and keeps nothing.

arXiv is asked which version is newest, then for that version's PDF; OpenReview for the PDF of a forum. One attempt
each. Between two requests to arXiv lie three seconds and only one is under way at a time, as its terms ask.
Whatever goes wrong is one of three errors: `Offline`, `Unreachable` (try again later), `Refused` (it will not help).
"""

from __future__ import annotations

import functools
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from corpus.errors import Offline, Refused, SettingsError, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from corpus.works import Work

BY_HAND = "download it in a browser and give the file: `pincite ingest --from DIR`"


@functools.cache
def user_agent() -> str:
    """How we introduce ourselves to a server."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Pincite/{version('pincite')}"
    except PackageNotFoundError:
        return "Pincite/0"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Where to fetch, how long to wait, and whether at all."""

    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    arxiv_files_url: str = "https://arxiv.org"
    openreview_url: str = "https://openreview.net"
    offline: bool = False
    """Forbids every attempt."""
    connect_seconds: float = 5.0
    read_seconds: float = 30.0
    """Longest silence while a file is coming."""
    total_seconds: float = 300.0
    """Longest time for one file, however steadily it trickles."""
    arxiv_pause_seconds: float = 3.0
    """Least time between the ends and starts of two requests to arXiv."""
    max_bytes: int = 200_000_000
    user_agent: str = field(default_factory=user_agent)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came."""

    content: bytes
    name: str
    """What to call the file, e.g. `1706.03741v4.pdf`."""
    origin: str
    """The URL it came from."""
    version: str | None = None
    """`v4`, where the server states one."""


def fetch(work: Work, settings: FetchSettings) -> Fetched:
    """Fetch the newest PDF of a work."""
    known = work.identifiers
    if known.arxiv is None and known.openreview is None:
        what = "is a talk, and its transcript" if work.is_talk else "has no arXiv or OpenReview id, and its file"
        raise Refused(
            f"{work.label} {what} cannot be fetched.",
            remedy="Give it as a file: `pincite ingest --from DIR`"
            + (", with the transcript as .vtt, .srt, .json or .txt." if work.is_talk else "."),
            work=work.key,
        )
    if settings.offline:
        raise Offline(
            f"{work.label} was not fetched: PINCITE_OFFLINE forbids it.",
            remedy="Unset PINCITE_OFFLINE, or give the file: `pincite ingest --from DIR`.",
            work=work.key,
        )
    if known.arxiv is not None:
        return _from_arxiv(known.arxiv, settings)
    return _from_openreview(str(known.openreview), settings)


def _from_arxiv(identifier: str, settings: FetchSettings) -> Fetched:
    version = _newest_version(identifier, settings)
    url = f"{settings.arxiv_files_url.rstrip('/')}/pdf/{identifier}{version}"
    with _ARXIV.turn(settings.arxiv_pause_seconds):
        content = _download(url, settings)
    return Fetched(_pdf(content, url), f"{identifier.replace('/', '-')}{version}.pdf", url, version)


def _from_openreview(forum: str, settings: FetchSettings) -> Fetched:
    url = f"{settings.openreview_url.rstrip('/')}/pdf?id={quote(forum, safe='')}"
    return Fetched(_pdf(_download(url, settings), url), f"{forum}.pdf", url)


def _newest_version(identifier: str, settings: FetchSettings) -> str:
    """`v4`: what arXiv says is the newest version of a paper."""
    import arxiv

    client = arxiv.Client(page_size=1, delay_seconds=0, num_retries=0)
    client.query_url_format = settings.arxiv_api_url + "?{}"
    # The package has neither timeouts nor a pause between objects; so it asks and parses, and we carry.
    client._session = _Carrier(settings)
    found = next(client.results(arxiv.Search(id_list=[identifier], max_results=1)), None)
    stated = re.search(r"/abs/(.+)(v\d+)$", found.entry_id) if found else None
    if stated is None or stated[1] != identifier:
        raise Refused(
            f"arXiv knows no paper {identifier}.",
            remedy="Check the id in the bibliography; old ones have the form hep-th/9901001.",
            arxiv=identifier,
        )
    return stated[2]


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the arxiv package reads of a reply."""

    content: bytes
    status_code: int = 200


@dataclass(frozen=True, slots=True)
class _Carrier:
    """Stands where the arxiv package keeps its HTTP session: same verb, our manners."""

    settings: FetchSettings

    def get(self, url: str, **_theirs: object) -> _Reply:
        """Fetch one page of the feed; the package's own headers are replaced by ours."""
        with _ARXIV.turn(self.settings.arxiv_pause_seconds):
            content = _download(url, self.settings)
        if b"<feed" not in content[:2000]:
            raise Refused(
                f"{_host(url)} sent something else than its list of papers{_looks_like(content)}.",
                remedy=f"Try again in some minutes, or {BY_HAND}.",
                url=url,
            )
        return _Reply(content)


class _Turnstile:
    """Lets one request through at a time, and none too soon after the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = float("-inf")

    @contextmanager
    def turn(self, pause: float) -> Iterator[None]:
        """Wait for our turn, and hold it while the request is under way."""
        with self._lock:
            time.sleep(max(0.0, self._last + pause - time.monotonic()))
            try:
                yield
            finally:
                self._last = time.monotonic()


_ARXIV = _Turnstile()


def _download(url: str, settings: FetchSettings) -> bytes:
    """The whole body behind `url`; the one place where the network's errors become ours."""
    import httpx

    host = _host(url)
    timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds)
    try:
        with (
            httpx.Client(timeout=timeout, follow_redirects=True, headers={"User-Agent": settings.user_agent}) as client,
            client.stream("GET", url) as reply,
        ):
            _check_status(reply, host)
            return _body(reply, settings)
    except httpx.TimeoutException as error:
        raise _unreachable(url, f"{host} did not answer in time", error) from error
    except httpx.RemoteProtocolError as error:
        raise _unreachable(url, f"the download from {host} broke off", error) from error
    except httpx.TooManyRedirects as error:
        raise Refused(f"{host} sends us round in circles.", remedy=f"To get the file, {BY_HAND}.", url=url) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise SettingsError(f"{url} is no address to fetch from.", remedy="Check the URLs in the settings.", url=url) from error
    except httpx.HTTPError as error:
        raise _unreachable(url, f"{host} cannot be reached", error) from error


def _check_status(reply: httpx.Response, host: str) -> None:
    status, url = reply.status_code, str(reply.url)
    if status >= 500:
        raise _unreachable(url, f"{host} answered with error {status}", None)
    if status == 429 or (status == 403 and "retry-after" in reply.headers):
        wait = reply.headers.get("retry-after", "")
        when = f"in {wait} seconds" if wait.isdigit() else "in some minutes"
        raise Refused(
            f"{host} asks us to slow down ({status}).", remedy=f"Try again {when}, or {BY_HAND}.", url=url, status=status
        )
    if status in (404, 410):
        raise Refused(f"{host} has nothing at {url}.", remedy="Check the id in the bibliography.", url=url, status=status)
    if status != 200:
        raise Refused(f"{host} refused ({status}).", remedy=f"To get the file, {BY_HAND}.", url=url, status=status)


def _body(reply: httpx.Response, settings: FetchSettings) -> bytes:
    url, until = str(reply.url), time.monotonic() + settings.total_seconds
    pieces, length = [], 0
    for piece in reply.iter_bytes():
        pieces.append(piece)
        length += len(piece)
        if length > settings.max_bytes:
            raise Refused(
                f"The file at {url} has more than {settings.max_bytes:,} bytes.",
                remedy=f"If it is the right one, {BY_HAND}.",
                url=url,
            )
        if time.monotonic() > until:
            raise _unreachable(url, f"the download from {_host(url)} took more than {settings.total_seconds:g} seconds", None)
    return b"".join(pieces)


def _pdf(content: bytes, url: str) -> bytes:
    """The content, if it is a PDF; servers under strain send a page with a riddle instead."""
    if b"%PDF" not in content[:1024]:
        raise Refused(
            f"{_host(url)} sent something else than a PDF{_looks_like(content)}.",
            remedy=f"It may want to see a person; {BY_HAND}.",
            url=url,
        )
    return content


def _looks_like(content: bytes) -> str:
    start = content[:1024].lstrip().lower()
    if not start:
        return ": nothing at all"
    return ": a web page" if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start else ""


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _unreachable(url: str, what: str, error: Any) -> Unreachable:
    detail = f" ({error})" if error is not None and str(error) else ""
    return Unreachable(f"Not fetched: {what}{detail}.", remedy=f"Try again later, or {BY_HAND}.", url=url)
