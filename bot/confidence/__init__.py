"""How likely the library bears on a question: what retrieval found and what the library holds come in, a probability goes out.

Three signs through a logistic curve: the nearness of the best passage or annotation, names of the question that its works
never mention, and an amount that is asked for and nowhere given. The weights are fitted by `tests/fitting/fit_confidence.py`
and lie beside this module. It may not know the answer.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.confidence.signs import Signs, signs_of

if TYPE_CHECKING:
    from bot.reader import Reader
    from bot.retrieve import Found

__all__ = ["HIGHEST", "Confidence", "Signs", "confidence", "likely", "signs_of"]

HIGHEST = 0.98
"""No sign makes it certain."""
WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely the library bears on a question, and why."""

    value: float
    """From 0 to `HIGHEST`."""
    signs: Signs


def confidence(reader: Reader, found: Found) -> Confidence:
    """Judge what was found for a question."""
    signs = signs_of(reader, found)
    return Confidence(likely(signs), signs)


def likely(signs: Signs) -> float:
    """The calibrated probability of these signs."""
    weights = _weights()
    total = weights["constant"] + sum(weights[name] * value for name, value in signs.row.items())
    return HIGHEST / (1 + math.exp(-max(-60.0, min(60.0, total))))


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"].items()}
