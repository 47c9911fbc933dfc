"""Any embedder by name, through sentence-transformers. Knows no library and no index.

This is the reference: for the default model it gives the vectors that `corpus.minilm` gives, more slowly.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedder import BATCH, pool_sentences, sentence_of_token, unit
from corpus.errors import ModelUnavailable
from corpus.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Sequence


class SentenceEmbedder:
    """A sentence-transformers model, by its name on the hub or the path of its folder."""

    def __init__(self, model: str, *, revision: str | None = None, offline: bool = False) -> None:
        self._model_name = model
        self._revision = revision
        self._offline = offline

    @property
    def name(self) -> str:
        """Model and, where one is pinned, revision."""
        return f"{self._model_name}@{self._revision}" if self._revision else self._model_name

    @property
    def dimensions(self) -> int:
        """Length of a vector; loads the model."""
        return int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of each text; one forward pass a text where the model pools by the mean, else one a sentence besides."""
        if not texts:
            return []
        return self._in_one_pass(texts) if self._pools_by_mean else self._one_by_one(texts)

    def _in_one_pass(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        wholes = [" ".join(sentences) for sentences in texts]
        rows = self._model.encode(wholes, batch_size=BATCH, output_value=None, show_progress_bar=False)
        found: list[Vectors] = []
        for text, sentences, row in zip(wholes, texts, rows, strict=True):
            whole = unit(row["sentence_embedding"].cpu().numpy()[None, :])[0]
            tokens = row["token_embeddings"].cpu().numpy()
            found.append(Vectors(whole, self._pooled(text, sentences, tokens, whole)))
        return found

    def _pooled(self, text: str, sentences: Sequence[str], tokens: Any, whole: Any) -> Any:
        if len(sentences) == 1:
            return whole[None, :].copy()
        encoded = self._model.tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=self._model.max_seq_length)
        owner = sentence_of_token(encoded["offset_mapping"], sentences)[: len(tokens)]
        rows, missing = pool_sentences(np.asarray(tokens[: len(owner)], dtype=np.float32), owner, len(sentences))
        places = np.flatnonzero(missing).tolist()
        for place, vectors in zip(places, self.embed([[sentences[place] or "."] for place in places]), strict=True):
            rows[place] = vectors.whole
        return rows

    def _one_by_one(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        flat = [sentence for sentences in texts for sentence in (" ".join(sentences), *sentences)]
        rows = unit(self._model.encode(flat, batch_size=BATCH, show_progress_bar=False))
        found, place = [], 0
        for sentences in texts:
            found.append(Vectors(rows[place], rows[place + 1 : place + 1 + len(sentences)]))
            place += 1 + len(sentences)
        return found

    @cached_property
    def _pools_by_mean(self) -> bool:
        return any(getattr(module, "pooling_mode", None) in ("mean", ("mean",)) for module in self._model) and bool(
            getattr(self._model.tokenizer, "is_fast", False)
        )

    @cached_property
    def _model(self) -> Any:
        if self._offline:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._model_name, device="cpu", revision=self._revision, local_files_only=self._offline)
        except Exception as error:  # hub, file and format errors have no common root
            raise ModelUnavailable(
                f"The embedder {self._model_name} cannot be loaded ({type(error).__name__}: {str(error)[:120]}).",
                remedy="Check its name; without a network, give a folder that holds it, or unset PINCITE_EMBEDDER.",
            ) from error
