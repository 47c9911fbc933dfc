"""Tells how far quotes carry claims, with nothing but the default embedder and a few trees. Knows no storage and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verifier.aligned import align, lines_of, texts_to_embed
from bot.verifier.faults import faults_of
from bot.verifier.features import features_of
from bot.verifier.model import COPIED, packaged
from bot.verifier.support import Support
from bot.verifier.suspicion import suspected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.aligned import Aligned
    from bot.verifier.model import Weights
    from bot.verifier.support import Posed
    from corpus.embedder import Embedder


class Verifier:
    """The verifier that needs no model of its own; its weights are read at the first claim.

    They were fitted with the vectors of all-MiniLM-L6-v2: give it that embedder, whatever the library's own is.
    """

    def __init__(self, embedder: Embedder, weights: Weights | None = None) -> None:
        self._embedder = embedder
        self._weights = weights

    def support(self, claims: Sequence[Posed]) -> list[Support]:
        """One finding a claim, in order; all texts go through the embedder in one batch."""
        if not claims:
            return []
        weights = self._weights or packaged()
        aligned = self._align(claims)
        features = [features_of(posed, each) for posed, each in zip(claims, aligned, strict=True)]
        totals = weights.carried.totals(features)
        carried = [weights.carried.probability(total) for total in totals]
        turned = weights.turned.probabilities([{**seen, "carried": total} for seen, total in zip(features, totals, strict=True)])
        found = []
        for posed, each, seen, probability, turn in zip(claims, aligned, features, carried, turned, strict=True):
            faults = faults_of(posed)
            if not faults and turn >= weights.turned_from(seen[COPIED]):
                faults = [suspected(posed, each, seen)]
            found.append(Support(round(probability, 4), tuple(faults)))
        return found

    def _align(self, claims: Sequence[Posed]) -> list[Aligned]:
        texts = list(dict.fromkeys(text for posed in claims for text in texts_to_embed(posed)))
        vectors = self._embedder.embed([lines_of(text).pieces or (".",) for text in texts])
        found = dict(zip(texts, vectors, strict=True))
        return [align(posed, found.__getitem__) for posed in claims]
