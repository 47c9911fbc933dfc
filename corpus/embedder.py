"""The seam to embedding models: texts in, vectors out. Knows no library, no index and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus.vectors import Vectors

BATCH = 32
"""Texts that go through a model at once; on two cores larger batches gain nothing (measured)."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Model and revision; vectors of one name are comparable with no others."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of each text, which is given as its sentences; a query is a text of one sentence.

        Raises `ModelUnavailable` where the weights cannot be had.
        """
        ...


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of shape (n, d) scaled to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def sentence_of_token(offsets: Sequence[tuple[int, int]], sentences: Sequence[str]) -> NDArray[np.int64]:
    """Which sentence of `" ".join(sentences)` each token lies in, by its character offsets; -1 for special tokens."""
    starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences[:-1])])
    places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    owner = np.searchsorted(starts, places[:, 0], side="right") - 1
    owner[places[:, 1] <= places[:, 0]] = -1
    return np.asarray(owner, dtype=np.int64)


def pool_sentences(
    tokens: NDArray[np.float32], owner: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Mean of each sentence's token vectors, and which sentences had none (cut off by the model's longest input).

    One forward pass gives a passage's vector and its sentences' (late pooling); nDCG@10 on SciFact 0.742 against
    0.748 for sentences embedded one by one, at a fraction of the cost.
    """
    rows = np.zeros((count, tokens.shape[1]), dtype=np.float32)
    counts = np.zeros(count, dtype=np.float32)
    inside = owner >= 0
    np.add.at(rows, owner[inside], tokens[inside])
    np.add.at(counts, owner[inside], 1)
    return unit(np.asarray(rows / np.maximum(counts, 1)[:, None], dtype=np.float32)), counts == 0
