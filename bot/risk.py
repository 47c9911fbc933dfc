"""How well confidence tells questions that can be answered from those that cannot. Knows numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What answering from one confidence upwards comes to (El-Yaniv and Wiener 2010)."""

    threshold: float
    """The lowest confidence that is answered."""
    coverage: float
    """Share of all questions that are answered."""
    risk: float
    """Share of the answered ones that nothing in the library answers."""


def risk_by_coverage(scored: Sequence[tuple[float, bool]]) -> list[RiskPoint]:
    """One point for each confidence that occurs, highest first; `scored` has each question's, and whether it is answerable."""
    points: list[RiskPoint] = []
    wrong = 0
    ordered = sorted(scored, key=lambda each: -each[0])
    for place, (score, answerable) in enumerate(ordered, 1):
        wrong += not answerable
        if place == len(ordered) or ordered[place][0] < score:
            points.append(RiskPoint(score, place / len(ordered), wrong / place))
    return points


def auroc(scored: Sequence[tuple[float, bool]]) -> float:
    """Probability that a positive scores above a negative, ties counting half (Mann and Whitney 1947)."""
    positive = [score for score, kind in scored if kind]
    negative = [score for score, kind in scored if not kind]
    if not positive or not negative:
        return 0.5
    wins = sum((one > other) + (one == other) / 2 for one in positive for other in negative)
    return wins / (len(positive) * len(negative))
