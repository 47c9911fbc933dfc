"""Which addresses may be asked. Knows no HTTP; asks the resolver once, and says which address to connect to.

Whoever can make us follow a link must not reach what only this machine can: so every hop is looked at, a host is
resolved once, all its addresses have to be public, and the connection goes to the one that was looked at. Leave to ask
private addresses is no leave to ask link-local ones (169.254.0.0/16, fe80::/10): no paper lives there, and a rented
machine's keys do.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import Refused, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Resolve = Callable[[str, int], Sequence[str]]
    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PACKED = tuple(ipaddress.ip_network(name) for name in ("64:ff9b::/96", "::/96"))
"""IPv6 networks whose last four bytes are an IPv4 address: NAT64, and the old compatible form."""
_SECRETS = tuple(ipaddress.ip_address(name) for name in ("fd00:ec2::254", "fd20:ce::254"))
"""Where rented machines find their own keys over IPv6; over IPv4 it is a link-local address."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked."""

    url: str
    host: str
    """As the address names it; for the Host header and the certificate."""
    port: int | None
    """None for the scheme's own."""
    ip: str | None
    """What to connect to; None where a proxy resolves the name."""

    @property
    def place(self) -> str:
        """`host`, or `host:port`."""
        return f"{self.host}:{self.port}" if self.port else self.host


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check(url: str, *, allow_private: bool, proxied: bool = False, resolver: Resolve = resolve) -> Target:
    """The address, if it may be asked; `Refused` says why it may not, `Unreachable` that there is no such host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(url, "it is no address") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise _refused(url, f"it is {parts.scheme or 'nothing'}:, and only http and https are asked")
    if parts.username is not None or parts.password is not None:
        raise _refused(parts._replace(netloc=parts.netloc.rsplit("@", 1)[1]).geturl(), "it holds a name or password")
    host = (parts.hostname or "").lower()
    if not host or any(ord(character) <= 32 for character in url):
        raise _refused(url, "it names no host")
    addresses = _addresses(url, host, port or (443 if parts.scheme.lower() == "https" else 80), proxied, resolver)
    for address in addresses:
        reason = forbidden(address, allow_private=allow_private)
        if reason:
            raise _refused(url, f"{host} is {reason}", private=not allow_private)
    return Target(url, host, port, addresses[0] if addresses and not proxied else None)


def _addresses(url: str, host: str, port: int, proxied: bool, resolver: Resolve) -> Sequence[str]:
    try:
        return resolver(host, port)
    except (OSError, UnicodeError) as error:
        if proxied:
            return []  # only the proxy knows it
        raise Unreachable(
            f"Not fetched: there is no host {host}, or no network to ask.", remedy="Check the address and the network.", url=url
        ) from error


def forbidden(text: str, *, allow_private: bool) -> str:
    """Why an IP address may not be asked, in words that follow `is`; empty where it may."""
    address = _plain(ipaddress.ip_address(text.split("%")[0]))
    if address.is_link_local or address in _SECRETS:
        where = "link-local" if address.is_link_local else "no public address"
        return f"{where} ({address}), where a machine keeps its own secrets"
    if address.is_multicast or address.is_unspecified:
        return f"no single machine ({address})"
    if address.is_loopback or address.is_private:
        return "" if allow_private else f"a private address ({address})"
    return "" if address.is_global else f"a reserved address ({address})"


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.is_loopback or address.is_unspecified:
            return address
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and any(address in network for network in _PACKED):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def _refused(url: str, why: str, *, private: bool = False) -> Refused:
    remedy = "If you mean it, set PINCITE_ALLOW_PRIVATE=1." if private else "Check the address, or give the work as a file."
    return Refused(f"{url} was not asked: {why}.", remedy=remedy, url=url)
