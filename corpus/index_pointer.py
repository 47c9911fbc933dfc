"""Which index is the current one, and how far it has followed the library. Knows no vectors.

`index/current` is one small JSON file, and the only thing that ever changes in place: a reader sees the index before
a change or after it. Folders beside it are written once, and never again once the pointer names them.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING
from zlib import crc32

from corpus.home import home_error, index_folder, make_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pointer:
    """The current index."""

    place: str
    """Name of its folder, or the prefix of its collections on a server."""
    url: str | None
    """The server; None where it lies in the home."""
    library: str
    """The library's own name (`meta("library")`), so that another library in the same home is noticed."""
    embedder: str
    """Name of the model that made its vectors."""
    dimensions: int
    """Of its vectors; 0 while it is empty."""
    generation: int
    """The library's, up to which it has followed."""
    passages: int
    """How many it holds."""
    annotations: int
    """How many it holds."""
    previous: str | None
    """The place before, kept for readers that have it open."""
    seal: dict[str, str]
    """Of its folder's files: see `seal`."""


def read_pointer(home: Path) -> Pointer | None:
    """The current index; None where there is none, or no sense in the file."""
    try:
        facts = json.loads((index_folder(home) / "current").read_text(encoding="utf-8"))
        return Pointer(**{field.name: facts[field.name] for field in fields(Pointer)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def move_pointer(home: Path, pointer: Pointer) -> None:
    """Make another index the current one, from one moment to the next."""
    make_folder(index_folder(home))
    write_file(index_folder(home) / "current", json.dumps(asdict(pointer), indent=1).encode())


def seal(folder: Path) -> dict[str, str]:
    """Size and checksum of each file of the neighbour graphs, which nobody writes once the index is complete.

    Chroma trusts these files: it finds less where they are cut short, and takes the process down where they are
    garbage. SQLite looks after its own file.
    """
    graphs = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("chroma.sqlite3"))
    return {path.relative_to(folder).as_posix(): _checksum(path) for path in sorted(graphs)}


def _checksum(path: Path) -> str:
    size = checksum = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            size += len(block)
            checksum = crc32(block, checksum)
    return f"{size} {checksum:08x}"


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder and what is in it. FileNotFoundError where there is none."""
    files = [path for path in source.rglob("*") if path.is_file()]
    if not files:
        raise FileNotFoundError(source)
    for path in files:
        copy = target / path.relative_to(source)
        make_folder(copy.parent)
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise home_error(error, copy) from error


def sweep_folders(home: Path, keep: Collection[str]) -> None:
    """Delete folders that are neither current nor the last one; what cannot be deleted waits for the next time."""
    with contextlib.suppress(OSError):
        for path in index_folder(home).iterdir():
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
