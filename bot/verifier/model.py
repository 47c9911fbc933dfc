"""Boosted trees with a logistic curve, read from JSON and run by numpy alone. Knows no claim: numbers in, probability out."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

WEIGHTS = "weights.json"
COPIED = "slot_copied"
"""The feature that tells how much of a claim runs along its quotes word by word (`bot.verifier.slots`)."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of regression trees, and the curve that makes a probability of it."""

    features: tuple[str, ...]
    start: float
    """The sum before any tree."""
    feature: NDArray[np.int32]
    """For each tree and branching, the feature that is looked at; -1 at a leaf. Shape (trees, branchings)."""
    threshold: NDArray[np.float64]
    """Go left where the feature is at most this."""
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    """What a leaf adds."""
    slope: float
    """Of the logistic curve (Platt)."""
    offset: float

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of the trees for each row of features."""
        total = np.full(len(rows), self.start)
        rounded = rows.astype(np.float32)
        every = np.arange(len(rows))
        for feature, threshold, left, right, value in zip(
            self.feature, self.threshold, self.left, self.right, self.value, strict=True
        ):
            at = np.zeros(len(rows), dtype=np.int32)
            while (inside := feature[at] >= 0).any():
                goes_left = rounded[every, np.maximum(feature[at], 0)] <= threshold[at]
                at = np.where(inside, np.where(goes_left, left[at], right[at]), at)
            total += value[at]
        return total

    def probabilities(self, features: Sequence[Mapping[str, float]]) -> list[float]:
        """Calibrated, one a mapping."""
        return [self.probability(total) for total in self.totals(features)]

    def totals(self, features: Sequence[Mapping[str, float]]) -> list[float]:
        """The sums, one a mapping."""
        if not features:
            return []
        rows = np.array([[each[name] for name in self.features] for each in features], dtype=np.float64)
        return [float(total) for total in self.sums(rows)]

    def probability(self, total: float) -> float:
        """Of a sum."""
        return 1 / (1 + math.exp(-(self.slope * total + self.offset)))

    @classmethod
    def read(cls, saved: Mapping[str, Any]) -> Trees:
        """From its JSON form."""
        trees = saved["trees"]
        most = max(len(tree["feature"]) for tree in trees)

        def padded(name: str, kind: type) -> Any:
            return np.array([tree[name] + [-1] * (most - len(tree[name])) for tree in trees], dtype=kind)

        return cls(
            tuple(saved["features"]),
            float(saved["start"]),
            padded("feature", np.int32),
            padded("threshold", np.float64),
            padded("left", np.int32),
            padded("right", np.int32),
            padded("value", np.float64),
            float(saved["slope"]),
            float(saved["offset"]),
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What was fitted: `tests/fitting/fit_verifier.py` writes it."""

    carried: Trees
    """Whether the quotes carry the claim."""
    turned: Trees
    """Whether the claim is a true one with its meaning turned."""
    limits: tuple[tuple[float, float], ...]
    """Probabilities of the second from which a claim counts as turned, each behind the share `COPIED` below which it holds."""

    def turned_from(self, copied: float) -> float:
        """The probability that holds for a claim that copies so much of its quotes.

        A claim that nearly repeats its quote is doubted much sooner than a free one: there an exchanged name stands out, and
        the quote that takes a doubted claim's place says the same.
        """
        return next((limit for below, limit in self.limits if copied < below), self.limits[-1][1])


@lru_cache(maxsize=1)
def packaged() -> Weights:
    """The weights that come with Pincite."""
    saved = json.loads((resources.files("bot.verifier") / WEIGHTS).read_text(encoding="utf-8"))
    return Weights(
        Trees.read(saved["carried"]),
        Trees.read(saved["turned"]),
        tuple((float(below), float(limit)) for below, limit in saved["limits"]),
    )
