"""What has come of a download that broke off, kept so that the rest alone is asked for. Knows no HTTP client.

Bytes are continued only where the server named them (a strong ETag, or a time): the name goes along with the request
for the rest, and a server whose file is another one by now sends the whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.errors import HomeError
from corpus.home import make_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "fetching"
"""Of the home: broken downloads."""
KEPT_SECONDS = 86_400.0
"""Age from which a broken download is thrown away."""

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(slots=True)
class Partial:
    """The first bytes of a body."""

    url: str
    name: str = ""
    """ETag or time by which the server knows the bytes; empty where they cannot be continued."""
    content: bytearray = field(default_factory=bytearray)

    @property
    def asks(self) -> dict[str, str]:
        """Headers that ask for the rest."""
        return {"Range": f"bytes={len(self.content)}-", "If-Range": self.name} if self.content and self.name else {}

    def restart(self, headers: Mapping[str, str]) -> None:
        """A whole body begins."""
        self.content.clear()
        etag, moment = headers.get("etag", ""), headers.get("last-modified", "")
        whole = not headers.get("content-encoding") and headers.get("accept-ranges", "").strip().lower() != "none"
        strong = etag if etag.startswith('"') else ""
        self.name = (strong or moment if whole else "").strip()

    def continues(self, headers: Mapping[str, str]) -> bool:
        """True where a reply of status 206 begins where ours breaks off, and is of the same file.

        Some servers give a part whatever `If-Range` says: of another file, where a new version came in between.
        """
        found = _RANGE.fullmatch(headers.get("content-range", "").strip())
        told = headers.get("etag" if self.name.startswith('"') else "last-modified", self.name)
        fits = found is not None and int(found[1]) == len(self.content)
        return fits and told == self.name and not headers.get("content-encoding")

    def complete(self, headers: Mapping[str, str]) -> bool:
        """True where the rest that this reply brought makes up the whole."""
        found = _RANGE.fullmatch(headers.get("content-range", "").strip())
        return found is not None and (found[2] == "*" or int(found[2]) == len(self.content))

    def clear(self) -> None:
        """Forget all of it."""
        self.content.clear()
        self.name = ""

    def keep(self, home: Path) -> None:
        """Put it into the home for the next process that asks for the same; nothing where it cannot be continued."""
        if self.content and self.name:
            with contextlib.suppress(HomeError):
                make_folder(home / FOLDER)
                head = json.dumps({"url": self.url, "name": self.name}).encode()
                write_file(_file(home, self.url), head + b"\n" + bytes(self.content))

    def forget(self, home: Path) -> None:
        """It is whole, or cannot be had: nothing has to be kept."""
        with contextlib.suppress(OSError):
            _file(home, self.url).unlink()


def begun(home: Path, url: str) -> Partial:
    """What an earlier process got of this address; what is too old goes."""
    with contextlib.suppress(OSError):
        for path in (home / FOLDER).iterdir():
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()
    try:
        head, _, content = _file(home, url).read_bytes().partition(b"\n")
        found = json.loads(head)
        if found["url"] == url:
            return Partial(url, str(found["name"]), bytearray(content))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Partial(url)


def _file(home: Path, url: str) -> Path:
    return home / FOLDER / hashlib.sha256(url.encode()).hexdigest()[:32]
