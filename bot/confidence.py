"""How likely the library bears on a question. Knows what retrieval found, and nothing of the answer.

One sign, the nearness of the best passage or annotation, through a logistic curve; passages count for less where none
of the question's words stands in any (random letters come as near as some real questions do). It tells questions on other matters
from questions on the library's (AUROC 0.92 to 0.98, development questions against 25 on anything else); it does not tell
an answer that is missing from works on the very matter (0.51 to 0.66), for which nearness is no sign.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.retrieve import Found

MIDDLE = 0.345
"""Nearness at which it is as likely as not: nine in ten questions on other matters lie below, one in twenty on the library's."""
STEEPNESS = 22.0
"""Of the curve; 0.1 above the middle gives 0.9."""
STRANGE = 0.1
"""Taken from the nearness of passages where not one word of the question stands in the library, as no development question's."""
HIGHEST = 0.98
"""No nearness makes it certain."""


def confidence(found: Found) -> float:
    """From 0 to `HIGHEST`."""
    return HIGHEST / (1 + math.exp(-STEEPNESS * (nearness(found) - MIDDLE)))


def nearness(found: Found) -> float:
    """The mean of passage and best sentence for the nearest passage, or an annotation's nearness where that is more."""
    strange = STRANGE * all(hit.lexical <= 0 for hit in found.hits)
    passages = ((hit.cosine + max(hit.sentence_scores, default=0.0)) / 2 - strange for hit in found.hits[:10])
    return max((*passages, *(hit.cosine for hit in found.annotations)), default=0.0)
