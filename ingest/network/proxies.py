"""The proxy that the surroundings name for an address. Knows no request."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_for(url: str) -> str | None:
    """Address of the proxy for `url`; None where there is none, or the host is given as a number."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost" or proxy_bypass(host):
            return None
        found = getproxies()
        proxy = found.get(parts.scheme.lower()) or found.get("all")
        return proxy if not proxy or "://" in proxy else f"http://{proxy}"
    return None
