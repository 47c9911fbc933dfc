"""What a verifier makes of many claims, and where its limits lie so that only so many true ones are lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.verifier.faults import faults_of
from bot.verifier.model import CLOSENESS, Trees
from tests.fitting.vectors import posed_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.fitting.pairs import Pair
    from tests.fitting.vectors import Kept

    Sums = NDArray[np.float64]

Limits = list[list[float]]
LOST = 0.10
"""Share of the true claims, of those whose numbers and names stand in their quotes, that may be lost."""
NEAR, END = 0.9, 1.01
"""From where on a claim nearly repeats its quotes, and where the last limit ends."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims with what the verifier makes of them."""

    hard: NDArray[np.bool_]
    """True where a number, a name or a negation does not stand in the quotes at all."""
    turned: Sums
    """Probability of being turned."""
    closeness: Sums

    @classmethod
    def of(cls, pairs: Sequence[Pair], features: Sequence[dict[str, float]], turned: Sums) -> Judged:
        """From features and probabilities."""
        hard = np.array([bool(faults_of(posed_of(pair))) for pair in pairs])
        return cls(hard, turned, np.array([each[CLOSENESS] for each in features]))

    def some(self, which: NDArray[np.bool_]) -> Judged:
        """Only these."""
        return Judged(self.hard[which], self.turned[which], self.closeness[which])

    def limit(self, which: NDArray[np.bool_]) -> float:
        """The probability from which `LOST` of these are lost, those with hard faults among them."""
        return float(np.quantile(np.where(self.hard, 1.0, self.turned)[which], 1 - LOST))

    def lost(self, limits: Limits) -> NDArray[np.bool_]:
        """True where a claim has a fault."""
        places = np.digitize(self.closeness, [below for below, _ in limits[:-1]])
        return np.asarray(self.hard | (self.turned >= np.array([limit for _, limit in limits])[places]), dtype=np.bool_)


def judged_by(kept: Kept, pairs: Sequence[Pair], carried: dict[str, Any], turned: dict[str, Any]) -> Judged:
    """Claims that no tree has seen, judged by the trees that are written."""
    features = kept.features(pairs)
    totals = Trees.read(carried).totals(features)
    seen = [{**each, "carried": total} for each, total in zip(features, totals, strict=True)]
    return Judged.of(pairs, features, np.array(Trees.read(turned).probabilities(seen)))


def limits_of(free: Judged, close: Judged) -> Limits:
    """The probability from which `LOST` of the free true claims are lost, and that for those that nearly repeat their quotes."""
    limits = [free.limit(free.closeness < NEAR), close.limit(close.closeness >= NEAR)]
    return [[below, round(limit + 1e-6, 6)] for below, limit in zip((NEAR, END), limits, strict=True)]
