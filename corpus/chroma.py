"""Chroma: two collections of vectors, open. Knows Chroma's lists and errors; not what the vectors mean or whence they come.

Embedded (a folder) or on a server (a URL). Chroma embeds nothing here and keeps no text.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.errors import IndexUnusable
from corpus.home import disk_full
from corpus.index_pointer import copy_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus.records import Kind

KINDS: tuple[Kind, Kind] = ("passage", "annotation")

STEP = 2000
"""Rows a call; never more than Chroma says it takes."""

GRAPH = {"space": "cosine", "ef_construction": 200, "ef_search": 300, "max_neighbors": 32, "batch_size": 2, "sync_threshold": 2}
"""A small threshold: everything is on disk when a change is done, and a reader has nothing to replay."""

_opening = threading.Lock()
"""Chroma keeps its open folders in a table of the process that is not safe for threads."""


class Chroma:
    """The passages' and the annotations' vectors of one place."""

    def __init__(self, client: Any, prefix: str, place: str, copy: TemporaryDirectory[str] | None = None) -> None:
        self._client = client
        self._copy = copy
        self._prefix = prefix
        self._place = place
        self._collections: dict[Kind, Any] = {}

    @classmethod
    def in_folder(cls, folder: Path, *, create: bool = False) -> Chroma:
        """Open a folder; without `create` one that is not there is an error, not a new one."""
        if not create and not (folder / "chroma.sqlite3").is_file():
            raise unusable(str(folder), "it is not there")
        copy = None
        if not os.access(folder, os.W_OK):
            # Chroma writes a little even to read. A home that may only be read is read from a copy.
            copy = TemporaryDirectory(prefix="pincite-index-", ignore_cleanup_errors=True)
            copy_folder(folder, Path(copy.name))
        with _translated(str(folder)), _opening:
            import chromadb
            from chromadb.config import Settings

            client = chromadb.PersistentClient(copy.name if copy else folder, settings=Settings(anonymized_telemetry=False))
        return cls(client, "", str(folder), copy)._with_collections(create)

    @classmethod
    def on_server(cls, url: str, prefix: str, *, create: bool = False) -> Chroma:
        """Open collections of a server whose names begin with `prefix`."""
        with _translated(url), _opening:
            import chromadb
            from chromadb.config import Settings

            parts = urlsplit(url)
            secure = parts.scheme == "https"
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                settings=Settings(anonymized_telemetry=False),
            )
        return cls(client, f"{prefix}-", url)._with_collections(create)

    def _with_collections(self, create: bool) -> Chroma:
        try:
            with _translated(self._place):
                for kind in KINDS:
                    self._collections[kind] = self._collection(kind, create)
        except IndexUnusable:
            self.close()
            raise
        return self

    def _collection(self, kind: Kind, create: bool) -> Any:
        name = f"{self._prefix}{kind}s"
        if create:
            return self._client.create_collection(name, configuration={"hnsw": GRAPH}, embedding_function=None)
        return self._client.get_collection(name, embedding_function=None)

    def replace(self, kind: Kind, ids: Sequence[str], rows: Sequence[tuple[str, str, NDArray[np.float32]]]) -> None:
        """Take out `ids`, then put in rows of (id, work key, vector): Chroma's own `add` would keep what an id had before."""
        with _translated(self._place):
            collection = self._collections[kind]
            step = min(STEP, self._client.get_max_batch_size())
            there = self._there(kind, ids, step)
            for start in range(0, len(there), step):
                collection.delete(ids=there[start : start + step])
            for start in range(0, len(rows), step):
                names, works, vectors = zip(*rows[start : start + step], strict=True)
                collection.add(ids=list(names), embeddings=list(vectors), metadatas=[{"work": work} for work in works])

    def _there(self, kind: Kind, ids: Sequence[str], step: int) -> list[str]:
        get = self._collections[kind].get
        return [
            name for start in range(0, len(ids), step) for name in get(ids=list(ids[start : start + step]), include=[])["ids"]
        ]

    def count(self, kind: Kind) -> int:
        """How many vectors there are."""
        with _translated(self._place):
            return int(self._collections[kind].count())

    def ids(self, kind: Kind) -> Iterator[str]:
        """All ids, in no order."""
        place = 0
        while names := self._step(kind, place):
            yield from names
            place += len(names)

    def _step(self, kind: Kind, place: int) -> list[str]:
        with _translated(self._place):
            return list(self._collections[kind].get(limit=STEP, offset=place, include=[])["ids"])

    def nearest(
        self, kind: Kind, vector: NDArray[np.float32], limit: int, works: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """Ids and cosines, nearest first."""
        where = {"work": {"$in": sorted(works)}} if works else None
        with _translated(self._place):
            found = self._collections[kind].query(query_embeddings=[vector], n_results=limit, where=where, include=["distances"])
        return [
            (name, min(1.0, 1.0 - float(distance))) for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def erase_others(self, family: str, keep: Collection[str]) -> None:
        """Delete collections whose names begin with `family`, but none that begins with a prefix to keep."""
        with _translated(self._place):
            for collection in self._client.list_collections():
                if collection.name.startswith(family) and not collection.name.startswith(tuple(keep)):
                    self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the folder; the next opening reads it anew."""
        self._collections.clear()
        with contextlib.suppress(IndexUnusable), _translated(self._place), _opening:
            self._client.close()
            # Chroma leaves the sockets of its HTTP client open for the collector to find.
            session = getattr(getattr(self._client, "_server", None), "_session", None)
            if session is not None:
                session.close()
        if self._copy is not None:
            self._copy.cleanup()


@contextlib.contextmanager
def _translated(place: str) -> Iterator[None]:
    try:
        yield
    except IndexUnusable:
        raise
    except BaseException as error:
        # What panics inside Chroma's Rust part arrives as a BaseException of a module that cannot be imported.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if "disk is full" in str(error) or "No space left" in str(error):
            raise disk_full(Path(place)) from error
        raise unusable(place, f"{type(error).__name__}: {error}") from error


def unusable(place: str, reason: str) -> IndexUnusable:
    """The error of an index that cannot be read."""
    server = place.startswith(("http://", "https://"))
    remedy = "See that the Chroma server runs (PINCITE_CHROMA_URL), then do it again" if server else "Do it again"
    return IndexUnusable(
        f"The index in {place} cannot be used ({reason}).",
        remedy=f"{remedy}, or build the index anew from the library: pincite rebuild.",
        place=place,
    )
