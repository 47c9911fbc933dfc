"""An embedder without a model, held to the same contract as the real ones (`tests/corpus/test_embedder.py`)."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.embedder import unit
from corpus.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:ations?|ings?|ies|ied|ers?|ed|es|ly|s|e|y)$")
_UNTOLD = frozenset(
    re.split(
        " ",
        "a an and are as at be been but by can do does for from had has have how in is it its no not of on or that the "
        "their them there these they this to was we were what when where which who why will with would",
    )
)
"""Words that say too little to make two texts alike."""


class HashEmbedder:
    """A bag of hashed word stems: texts that share words are near, all others nearly orthogonal.

    The same text has the same vectors in every process.
    """

    def __init__(self, *, name: str = "hash-64", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[tuple[str, ...]] = []
        """Every text that it was given, in order: what a test counts."""

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of each text and its sentences."""
        self.embedded.extend(tuple(sentences) for sentences in texts)
        return [self._vectors(sentences) for sentences in texts]

    def _vectors(self, sentences: Sequence[str]) -> Vectors:
        rows = [self._bag(_stems(sentence)) for sentence in sentences]
        stacked = np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)
        return Vectors(self._bag(_stems(" ".join(sentences))), stacked)

    def _bag(self, stems: Iterable[str]) -> NDArray[np.float32]:
        total = np.sum([_direction(stem, self.dimensions) for stem in stems] or [_direction("", self.dimensions)], axis=0)
        return np.asarray(unit(total.astype(np.float32)[None, :])[0])


def _stems(text: str) -> list[str]:
    """The telling words of a text without their endings; all its words where none is telling."""
    words = [word.casefold() for word in _WORD.findall(text)]
    telling = [word for word in words if word not in _UNTOLD] or words
    return [_ENDING.sub("", word) if len(word) > 4 else word for word in telling]


@lru_cache(maxsize=100_000)
def _direction(stem: str, dimensions: int) -> NDArray[np.float32]:
    """A direction of its own for each stem."""
    seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimensions).astype(np.float32)
