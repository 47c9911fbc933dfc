"""Asks, politely and warily, and brings a whole body or says why not. Knows no work and no format.

The one place where the network's errors become ours: `Offline`, `Unreachable` (try again later), `Refused` (it will
not help). A request waits for its turn, is repeated where the reason may pass, goes on where a download broke off,
and looks at every address that it is sent on to.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.errors import FetchError, Offline, Refused, Unreachable
from ingest.network import failures
from ingest.network.body import ENCODINGS, BrokenOff, receive
from ingest.network.deadline import HeadDeadline
from ingest.network.limits import place_of
from ingest.network.manners import LONGEST_REST, Manners
from ingest.network.partial import Partial, begun
from ingest.network.patience import wait_before
from ingest.network.proxies import proxy_for
from ingest.network.safety import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from ingest.network.limits import NetworkSettings
    from ingest.network.safety import Target

MOST_HOPS = 8
"""Redirects that are followed."""
DOWN_SECONDS = 60.0
"""For so long a host that gave no connection is not tried again."""

Whole = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole body."""

    content: bytes
    url: str
    """Where it came from in the end."""
    headers: Mapping[str, str]
    """With names in lower case."""
    not_modified: bool = False
    """True where the server says that nothing has changed; then there is no content."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked for."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    whole: Whole | None = None
    ended: Whole | None = None


@functools.cache
def user_agent() -> str:
    """How we introduce ourselves to a server."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Pincite/{version('pincite')} (reads papers that an essay cites; one reader, one request at a time)"
    except PackageNotFoundError:
        return "Pincite/0"


class Carrier:
    """Makes requests."""

    def __init__(self, settings: NetworkSettings) -> None:
        self.settings = settings
        self._manners = Manners(settings)
        self._down: dict[str, tuple[float, FetchError]] = {}
        self._clients: dict[str | None, httpx.Client] = {}

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        etag: str = "",
        last_modified: str = "",
        headers: Mapping[str, str] | None = None,
        whole: Whole | None = None,
        ended: Whole | None = None,
    ) -> Reply:
        """The body behind `url`; `whole` tells a complete body from one that was cut off unseen.

        So does `ended`, which is asked only where the server told no length and its silence alone ends the body.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        asked = {"Accept": accept, **{name: value for name, value in conditions.items() if value}, **(headers or {})}
        return self._ask(_Request(url, headers=asked, whole=whole, ended=ended))

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Reply:
        """The answer to what is sent to `url`."""
        return self._ask(_Request(url, "POST", headers, body))

    def _ask(self, request: _Request) -> Reply:
        """Try, and try again where the reason may pass."""
        if self.settings.offline:
            raise Offline(
                f"{place_of(request.url)} was not asked: PINCITE_OFFLINE forbids it.",
                remedy="Unset PINCITE_OFFLINE, or give the work as a file.",
                url=request.url,
            )
        partial = begun(self.settings.home, request.url) if request.method == "GET" else Partial(request.url)
        attempt = 0
        try:
            while True:
                try:
                    reply = self._follow(request, partial)
                    break
                except failures.Passing as passing:
                    wait = wait_before(attempt, self.settings.retry_seconds, passing.asked)
                    if attempt >= self.settings.retries or wait > self.settings.longest_wait * 1.1:
                        raise passing.error from passing.__cause__
                    time.sleep(wait)
                    attempt += 1
        except Refused:
            partial.clear()
            partial.forget(self.settings.home)
            raise
        except BaseException:
            partial.keep(self.settings.home)
            raise
        partial.forget(self.settings.home)
        return reply

    def _follow(self, request: _Request, partial: Partial) -> Reply:
        """One attempt, through all redirects."""
        url, seen = request.url, {request.url}
        while True:
            same = place_of(url) == place_of(request.url)
            headers = {name: value for name, value in request.headers.items() if same or name != "Cookie"}
            found = self._hop(replace(request, url=url, headers=headers), partial)
            if isinstance(found, Reply):
                return found
            url = urljoin(url, found)
            if url in seen or len(seen) > MOST_HOPS:
                raise failures.refused(request.url, f"{place_of(request.url)} sends us round in circles")
            seen.add(url)

    def _hop(self, request: _Request, partial: Partial) -> Reply | str:
        """One request: a body, or where to go instead."""
        since, error = self._down.get(place_of(request.url), (float("-inf"), None))
        if error is not None and time.monotonic() - since < DOWN_SECONDS:
            raise error
        proxy = proxy_for(request.url)
        try:
            target = check(request.url, allow_private=self.settings.allow_private, proxied=proxy is not None)
        except Unreachable as unknown:
            self._down[place_of(request.url)] = time.monotonic(), unknown
            raise
        self._client(proxy)  # made before our turn, which shall be short
        with self._manners.turn(target.place) as turn:
            try:
                return self._once(request, target, partial, proxy)
            except failures.Passing as passing:
                turn.rest = max(turn.rest, min(passing.asked or 0.0, LONGEST_REST))
                raise
            except failures.NoConnection as none:
                self._down[place_of(request.url)] = time.monotonic(), none.error
                raise none.error from none.__cause__

    def _once(self, request: _Request, target: Target, partial: Partial, proxy: str | None) -> Reply | str:
        with failures.translated(request.url), self._open(request, target, partial, proxy) as reply:
            if 300 <= reply.status_code < 400 and reply.status_code != 304:
                return failures.location(reply, request.url, request.method)
            if reply.status_code == 304 and any(name.startswith("If-") for name in request.headers):
                return Reply(b"", request.url, dict(reply.headers), not_modified=True)
            if reply.status_code == 206 and not (partial.asks and partial.continues(reply.headers)):
                partial.clear()
                raise failures.broken_off(request.url)
            if reply.status_code == 416 and partial.content:
                partial.clear()
                raise failures.broken_off(request.url)
            failures.require_success(reply, request.url)
            try:
                content = receive(reply, partial, self.settings, target.host)
            except BrokenOff as error:
                raise failures.broken_off(request.url, str(error)) from error
        tests = (request.whole, None if failures.is_bounded(reply) else request.ended)
        if not all(test(content) for test in tests if test is not None):
            partial.clear()
            raise failures.broken_off(request.url)
        return Reply(content, request.url, {name.lower(): value for name, value in reply.headers.items()})

    @contextlib.contextmanager
    def _open(self, request: _Request, target: Target, partial: Partial, proxy: str | None) -> Iterator[httpx.Response]:
        """The answer as far as its head, within the time that a server may be silent."""
        import httpx

        client = self._client(proxy)
        url = httpx.URL(request.url)
        headers = {"User-Agent": user_agent(), "Accept-Encoding": ENCODINGS, **request.headers, **partial.asks}
        extensions: dict[str, object] = {}
        if target.ip is not None:  # connect to the very address that was looked at
            headers["Host"] = url.netloc.decode()
            extensions["sni_hostname"] = target.host
            url = url.copy_with(host=target.ip)
        with HeadDeadline(self.settings.connect_seconds + self.settings.read_seconds) as head:
            extensions["trace"] = head.trace
            sending = client.stream(request.method, url, headers=headers, content=request.body, extensions=extensions)
            with sending as reply:
                head.stop()
                yield reply

    def _client(self, proxy: str | None) -> httpx.Client:
        import httpx

        if proxy not in self._clients:
            limits = self.settings
            self._clients[proxy] = httpx.Client(
                timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
                limits=httpx.Limits(max_keepalive_connections=0),
                follow_redirects=False,
                trust_env=False,
                proxy=proxy,
            )
        return self._clients[proxy]

    def close(self) -> None:
        """Give every connection back."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()
