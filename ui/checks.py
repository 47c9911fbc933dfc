"""When each work was last looked up for a newer version, one file in the home: `checks.json`. Knows no server and no page."""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import TYPE_CHECKING

from corpus.errors import HomeError
from corpus.home import write_file
from ingest.events import Failed
from ingest.renewal import Looking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ingest.renewal import Looked, NewVersion, Withdrawn

FILE = "checks.json"


def last_checks(home: Path) -> Mapping[str, str]:
    """Moment of each work's last look-up, as `2024-04-30 12:41` UTC, by its key."""
    try:
        there = json.loads((home / FILE).read_bytes())
        return {str(key): str(moment) for key, moment in there.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def noted(
    home: Path, keys: Sequence[str], found: Iterable[Looking | NewVersion | Withdrawn | Looked | Failed]
) -> Iterator[Looking | NewVersion | Withdrawn | Looked | Failed]:
    """Pass on what looking finds, and note which of these works, looked up in this order, got an answer."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M")
    answered: set[str] = set()
    under_way: str | None = None
    try:
        for each in found:
            if isinstance(each, Looking):
                answered |= {under_way} if under_way else set()
                under_way = keys[each.place - 1] if each.place <= len(keys) else None
            elif isinstance(each, Failed):
                under_way = None
            yield each
        answered |= {under_way} if under_way else set()
    finally:
        if answered:
            with contextlib.suppress(HomeError):
                write_file(
                    home / FILE, json.dumps({**last_checks(home), **dict.fromkeys(sorted(answered), now)}, indent=1).encode()
                )
