"""What the answers and failures of a server mean. Knows httpx's errors and HTTP's statuses; makes no request."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import FetchError, Refused, Unreachable
from ingest.network.patience import asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

BY_HAND = "get it with a browser and give it as a file: `pincite add FILE`, or `pincite ingest --from DIR`"


class Passing(Exception):
    """A failure that may pass; never leaves this package."""

    def __init__(self, error: FetchError, asked: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.asked = asked
        """Seconds for which the server wants to be left alone."""


class NoConnection(Exception):
    """Nobody answers there at all; never leaves this package."""

    def __init__(self, error: FetchError) -> None:
        super().__init__(str(error))
        self.error = error


def host_of(url: str) -> str:
    """The host, for a message."""
    return urlsplit(url).hostname or url


def refused(url: str, what: str, **facts: int) -> Refused:
    """It will not help to try again."""
    return Refused(f"{what}.", remedy=f"If you need it, {BY_HAND}.", url=url, **facts)


def unreachable(url: str, what: str) -> Unreachable:
    """It may help to try again later."""
    return Unreachable(f"Not fetched: {what}.", remedy=f"Try again later, or {BY_HAND}.", url=url)


def broken_off(url: str, why: str = "") -> Passing:
    """The body has no end."""
    return Passing(unreachable(url, f"the download from {host_of(url)} broke off{f' ({why})' if why else ''}"))


def location(reply: httpx.Response, url: str, method: str) -> str:
    """Where a redirect leads."""
    target = reply.headers.get("location", "").strip()
    if reply.status_code not in (301, 302, 303, 307, 308) or not target or method != "GET":
        raise refused(url, f"{host_of(url)} sends us elsewhere ({reply.status_code}), and does not say where")
    return str(target)


def is_bounded(reply: httpx.Response) -> bool:
    """True where the end of the body is told, so that one that was cut off is noticed."""
    told = reply.headers
    return "content-length" in told or "chunked" in told.get("transfer-encoding", "").lower() or "content-encoding" in told


def require_success(reply: httpx.Response, url: str) -> None:
    """Nothing for a body that may be read; else the error that the status means."""
    status, host = reply.status_code, host_of(url)
    if status in (200, 206):
        return
    asked = asked_for(reply.headers.get("retry-after"))
    if status == 429 or (status in (403, 503) and asked is not None):
        when = f"in {asked:.0f} seconds" if asked is not None else "in some minutes"
        letter = Unreachable(
            f"{host} asks us to slow down ({status}).", remedy=f"Try again {when}, or {BY_HAND}.", url=url, status=status
        )
        raise Passing(letter, asked)
    if status >= 500 or status == 408:
        raise Passing(unreachable(url, f"{host} answered with error {status}"), asked)
    if status in (404, 410):
        raise Refused(f"{host} has nothing at {url}.", remedy="Check the address or identifier.", url=url, status=status)
    if status in (401, 402, 403, 451):
        raise refused(url, f"{host} does not give {url} to us ({status})", status=status)
    raise refused(url, f"{host} answered {status} where a document was asked for", status=status)


@contextlib.contextmanager
def translated(url: str) -> Iterator[None]:
    """httpx's errors as ours."""
    import httpx

    host = host_of(url)
    try:
        yield
    except httpx.ConnectTimeout as error:
        raise NoConnection(unreachable(url, f"{host} gave no connection in time")) from error
    except httpx.ConnectError as error:
        raise NoConnection(unreachable(url, f"{host} cannot be reached ({error})")) from error
    except httpx.TimeoutException as error:
        raise Passing(unreachable(url, f"{host} did not answer in time")) from error
    except httpx.RemoteProtocolError as error:
        if "location header" in str(error):
            raise refused(url, f"{host} sends us on to what is no address") from error
        if "illegal" in str(error):
            raise Passing(unreachable(url, f"what {host} sent is no answer of a web server")) from error
        raise Passing(unreachable(url, f"the download from {host} broke off ({error})")) from error
    except (httpx.ReadError, httpx.WriteError) as error:
        raise Passing(unreachable(url, f"the download from {host} broke off ({error})")) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Refused(f"{url} is no address to fetch from.", remedy="Check it for slips.", url=url) from error
    except httpx.HTTPError as error:
        raise unreachable(url, f"{host} cannot be reached ({error})") from error
