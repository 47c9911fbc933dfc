"""What a verifier makes of many claims, and where its limits lie so that only so many true ones are lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.verifier.faults import faults_of
from bot.verifier.model import COPIED
from bot.verifier.support import THRESHOLD
from bot.write.growing import objection
from tests.fitting.vectors import posed_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tests.fitting.pairs import Pair

    Sums = NDArray[np.float64]
    Flags = NDArray[np.bool_]

Limits = list[list[float]]
LOST = 0.10
"""Share of the true claims that may be lost."""
COPIES, END = 0.5, 1.01
"""Share of its words from which a claim runs along its quotes, and where the last limit ends."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims with what is made of them."""

    gone: Flags
    """True where a claim falls before the trees are asked whether it was turned: by a hard fault and, where the gate of an
    answer is asked as well, by its form, by what it adds, or by its probability of being carried."""
    turned: Sums
    """Probability of being turned."""
    copied: Sums

    @classmethod
    def of(cls, pairs: Sequence[Pair], features: Sequence[Mapping[str, float]], turned: Sums) -> Judged:
        """By hard faults alone."""
        hard = np.array([bool(faults_of(posed_of(pair))) for pair in pairs])
        return cls(hard, turned, np.array([each[COPIED] for each in features]))

    def gated(self, pairs: Sequence[Pair], around: Mapping[str, Sequence[str]], carried: Sums) -> Judged:
        """By the whole gate of an answer, for claims that a model composed; `around` are the passages of each one's quotes, by
        the first of these. Those that people wrote were not written for it."""
        ours = np.array([pair.source == "composed" for pair in pairs])
        against = [
            each and objection(posed_of(pair), "", around[pair.quotes[0]]) is not None
            for each, pair in zip(ours, pairs, strict=True)
        ]
        return Judged(self.gone | np.array(against) | (ours & (carried < THRESHOLD)), self.turned, self.copied)

    def some(self, which: Flags) -> Judged:
        """Only these."""
        return Judged(self.gone[which], self.turned[which], self.copied[which])

    def limit(self, which: Flags) -> float:
        """The probability from which `LOST` of these are lost, those that are gone among them."""
        return float(np.quantile(np.where(self.gone, 1.0, self.turned)[which], 1 - LOST))

    def lost(self, limits: Limits) -> Flags:
        """True where a claim does not come through."""
        places = np.digitize(self.copied, [below for below, _ in limits[:-1]])
        return np.asarray(self.gone | (self.turned >= np.array([limit for _, limit in limits])[places]), dtype=np.bool_)


def limits_of(every: Judged, copying: Judged) -> Limits:
    """The probabilities from which `LOST` of true claims are lost: of those in their own words, and of those that copy."""
    free = every.limit(every.copied < COPIES)
    return [[COPIES, round(free + 1e-6, 6)], [END, round(copying.limit(copying.copied >= COPIES) + 1e-6, 6)]]
