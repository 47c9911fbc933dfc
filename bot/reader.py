"""What a question is asked of: the library, its index and the embedder. Knows no question."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from corpus.errors import EmbedderMismatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.embedder import Embedder
    from corpus.index import Index
    from corpus.library import Library
    from corpus.records import WorkRecord


class Reader:
    """One library with its index and embedder, for any number of threads."""

    def __init__(self, library: Library, index: Index, embedder: Embedder, *, threshold: float = 0.5) -> None:
        self.library = library
        self.index = index
        self.embedder = embedder
        self.threshold = threshold
        self._turn = threading.Lock()
        self._works: tuple[int, Mapping[str, WorkRecord]] = (-1, {})

    def works(self) -> Mapping[str, WorkRecord]:
        """The works by key; read again only when the library has changed."""
        generation = self.library.generation
        with self._turn:
            if self._works[0] != generation:
                self._works = (generation, {record.work.key: record for record in self.library.works()})
            return self._works[1]

    def require_vectors(self) -> None:
        """Raise `EmbedderMismatch` where the library was embedded with another model."""
        made_with = self.library.meta("embedder")
        if made_with is not None and made_with != self.embedder.name:
            raise EmbedderMismatch(
                f"The library was embedded with {made_with}; this is {self.embedder.name}.",
                remedy="Unset PINCITE_EMBEDDER to ask with the model it has, or embed it anew: pincite rebuild --embed.",
                library=made_with,
                asked=self.embedder.name,
            )
