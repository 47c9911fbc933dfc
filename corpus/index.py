"""The index: nearest neighbours of a vector, derived from the library. Knows no text, and no question.

It holds nothing that is not in the library, and nobody may trust it alone: a hit is joined to the library, and
dropped where it is not there. Reading never writes; writing is `corpus.index_builder`'s, under the writer's lock.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from corpus.chroma import KINDS, Chroma
from corpus.errors import EmbedderMismatch, HomeNotWritable, IndexUnusable, LibraryBusy
from corpus.home import writers_lock
from corpus.index_builder import Builder, all_ids, open_current
from corpus.index_pointer import Pointer, read_pointer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from corpus.library import Library
    from corpus.records import Kind


class Index:
    """The current index of one home, for any number of readers and one writer at a time."""

    def __init__(self, home: Path, *, url: str | None = None, wait: float = 0.0) -> None:
        self.home = home
        self._url = url
        self._wait = wait
        self._turn = threading.RLock()
        self._open: tuple[str, Chroma] | None = None

    def catch_up(self, library: Library, embedder: str) -> int:
        """Apply what changed in the library since; how many changes. None is applied while somebody else writes."""
        builder = Builder(self.home, self._url, library, embedder)
        pointer = read_pointer(self.home)
        if pointer and builder.can_follow(pointer) and pointer.generation == library.generation:
            return 0
        try:
            with writers_lock(self.home, wait=self._wait):
                return builder.follow()
        except LibraryBusy:
            return 0

    def rebuild(self, library: Library, embedder: str) -> int:
        """Build the index anew from the library's vectors, beside the current one; how many it holds then."""
        with writers_lock(self.home, wait=self._wait):
            return Builder(self.home, self._url, library, embedder).build()

    def nearest(
        self, vector: NDArray[np.float32], limit: int, *, kind: Kind, works: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """Ids and cosines, nearest first; of these works only, where any are named. Empty where there is no index."""
        with self._turn:
            try:
                return self._nearest(vector, limit, kind, works)
            except IndexUnusable:
                # The folder may have been swept between the pointer's reading and the opening: look once more.
                self.close()
                return self._nearest(vector, limit, kind, works)

    def _nearest(self, vector: NDArray[np.float32], limit: int, kind: Kind, works: Collection[str]) -> list[tuple[str, float]]:
        pointer = read_pointer(self.home)
        if pointer is None or not pointer.dimensions:
            return []
        if pointer.dimensions != len(vector):
            raise EmbedderMismatch(
                f"The index holds vectors of {pointer.embedder}, {pointer.dimensions} numbers each; this one has {len(vector)}.",
                remedy="Ask with that model (PINCITE_EMBEDDER), or build the index anew: pincite rebuild.",
                embedder=pointer.embedder,
            )
        return self._current(pointer).nearest(kind, vector, limit, works)

    def ensure(self, library: Library, embedder: str) -> str | None:
        """Mend the index where it is missing, broken, stale or of another model; what was mended, in words."""
        pointer = read_pointer(self.home)
        fault = self._fault(pointer, library, embedder)
        try:
            if fault:
                return f"{fault}; it was built anew from the library ({self.rebuild(library, embedder)} vectors)."
            if changes := self.catch_up(library, embedder) if pointer else 0:
                return f"The index was behind the library; it has caught up ({changes} changes)."
        except (LibraryBusy, HomeNotWritable):
            return None  # whoever may write mends it; a reader works with what is there
        return None

    def _fault(self, pointer: Pointer | None, library: Library, embedder: str) -> str | None:
        """Why the index has to be built anew. Cheap: it is asked at every start."""
        if pointer is None:
            return "There was no index" if library.generation else None
        if pointer.embedder != embedder:
            return f"The index was of another model ({pointer.embedder})"
        if not Builder(self.home, self._url, library, embedder).can_follow(pointer):
            return "The index was of another library"
        expected = dict(zip(KINDS, (pointer.passages, pointer.annotations), strict=True))
        with self._turn:
            try:
                opened = self._current(pointer)
                if any(opened.count(kind) != count for kind, count in expected.items()):
                    fault = "The index had lost vectors"
                elif any(count and not opened.nearest(kind, _any(pointer.dimensions), 1) for kind, count in expected.items()):
                    fault = "The index found nothing"
                else:
                    return None
            except IndexUnusable:
                fault = "The index was broken"
            self.close()
            return fault

    def check(self, library: Library, embedder: str) -> list[str]:
        """What is wrong with the index, in sentences; reads all of it."""
        pointer = read_pointer(self.home)
        if pointer is None:
            return ["There is no index."] if library.generation else []
        if not Builder(self.home, self._url, library, embedder).can_follow(pointer):
            return [f"The index is of another library or model ({pointer.embedder})."]
        found = []
        if behind := sum(1 for _ in library.changes_since(pointer.generation)):
            found.append(f"The index is behind the library by {behind} changes.")
        with self._turn:
            try:
                for kind in KINDS:
                    found += _differences(self._current(pointer), library, embedder, kind)
            except IndexUnusable as error:
                self.close()
                found.append(str(error))
        return found

    def close(self) -> None:
        """Let go of what is open; the next question opens it again."""
        with self._turn:
            if self._open is not None:
                self._open[1].close()
                self._open = None

    def _current(self, pointer: Pointer) -> Chroma:
        """The place that the pointer names: opened anew when it has moved."""
        if self._open is None or self._open[0] != pointer.place:
            self.close()
            self._open = (pointer.place, open_current(self.home, pointer))
        return self._open[1]


def _any(dimensions: int) -> NDArray[np.float32]:
    """A vector that finds something in an index that works."""
    import numpy

    return numpy.full(dimensions, dimensions**-0.5, dtype=numpy.float32)


def _differences(opened: Chroma, library: Library, embedder: str, kind: Kind) -> Iterator[str]:
    texts = {name: text for name, (_, text) in library.texts(kind, list(all_ids(library, kind))).items()}
    bare = library.missing_vectors(texts.values(), embedder)
    if without := sum(text in bare for text in texts.values()):
        yield f"{without} {kind}s have no vector of {embedder}."
    there = set(opened.ids(kind))
    if missing := sum(name not in there and text not in bare for name, text in texts.items()):
        yield f"{missing} {kind}s are not in the index."
    if ghosts := len(there - texts.keys()):
        yield f"{ghosts} {kind}s of the index are not in the library."
