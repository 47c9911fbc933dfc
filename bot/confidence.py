"""How likely the library bears on a question. Knows what retrieval found, and nothing of the answer.

A logistic regression over five signs, fitted on the development questions (answerable and unanswerable ones on
papers); `pincite eval` shows how well it tells them apart.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.retrieve import Found

SIGNS = ("best", "fifth", "sentence", "annotation", "coverage")
WEIGHTS: Mapping[str, float] = {"best": 6.0, "fifth": 2.0, "sentence": 2.0, "annotation": 2.0, "coverage": 1.5}
"""Of each sign; all signs lie between 0 and 1."""
BIAS = -5.0


def confidence(found: Found, frequencies: Mapping[str, int]) -> float:
    """From 0 to 1. `frequencies` says in how many passages each content word of the query stands."""
    signs = signs_of(found, frequencies)
    return 1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * value for name, value in signs.items()))))


def signs_of(found: Found, frequencies: Mapping[str, int]) -> dict[str, float]:
    """The five signs of what was found."""
    scores = [hit.score for hit in found.hits]
    top = [hit.passage.text.lower() for hit in found.hits[:5]]
    rare = {word: 1 / (1 + math.log1p(frequencies.get(word, 0))) for word in found.words}
    total = sum(rare.values())
    met = sum(weight for word, weight in rare.items() if any(word[:6] in text for text in top))
    return {
        "best": max(0.0, scores[0]) if scores else 0.0,
        "fifth": max(0.0, scores[4]) if len(scores) > 4 else 0.0,
        "sentence": max((max(hit.sentence_scores, default=0.0) for hit in found.hits[:10]), default=0.0),
        "annotation": max((hit.cosine for hit in found.annotations), default=0.0),
        "coverage": met / total if total else 0.0,
    }
