"""Asks the server of a test so many times, in a process of its own: `asker.py HOME URL PAUSE TIMES`."""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.network import Carrier, NetworkSettings


def main(home: str, url: str, pause: str, times: str) -> None:
    """Make the requests, one after another."""
    carrier = Carrier(NetworkSettings(Path(home), allow_private=True, arxiv_urls=(url,), arxiv_pause=float(pause)))
    for number in range(int(times)):
        carrier.get(f"{url}/{number}")
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
