"""Vectors and features of many pairs, kept in a file so that fitting anew embeds nothing twice."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np

from bot.verifier.aligned import align, lines_of, texts_to_embed
from bot.verifier.features import features_of
from bot.verifier.support import Posed
from corpus.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus.embedder import Embedder
    from tests.fitting.pairs import Pair

STRIDE = 256
"""Texts embedded at once."""


class Kept:
    """An embedder's vectors of texts and their pieces, in half precision, in one file."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self._embedder = embedder
        self._file = file
        self._found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        if file.exists():
            self._found = pickle.loads(file.read_bytes())

    def vectors(self, text: str) -> Vectors:
        """Of one text, which was prepared."""
        whole, pieces = self._found[text]
        return Vectors(whole.astype(np.float32), pieces.astype(np.float32))

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Embed whatever of these pairs is new."""
        texts = {text for pair in pairs for text in texts_to_embed(posed_of(pair))}
        new = sorted(texts - self._found.keys(), key=lambda text: (len(text), text))
        for first in range(0, len(new), STRIDE):
            batch = new[first : first + STRIDE]
            vectors = self._embedder.embed([lines_of(text).pieces or (".",) for text in batch])
            for text, each in zip(batch, vectors, strict=True):
                self._found[text] = (each.whole.astype(np.float16), each.sentences.astype(np.float16))
        if new:
            self._file.write_bytes(pickle.dumps(self._found))

    def features(self, pairs: Sequence[Pair]) -> list[dict[str, float]]:
        """Of each pair."""
        self.prepare(pairs)
        return [features_of(posed_of(pair), align(posed_of(pair), self.vectors)) for pair in pairs]


def posed_of(pair: Pair) -> Posed:
    """What the verifier is asked."""
    return Posed(pair.claim, pair.quotes, pair.sources)
