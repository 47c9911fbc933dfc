"""One score from all that speaks for a passage. Knows numbers only.

The constants were chosen on the development questions (`pincite eval`); CONTRIBUTING has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

LEXICAL = 0.1
"""Share of BM25, relative to the query's best passage; more lowers the score on questions in a reader's own words."""
HEARD = 0.06
"""Added for a passage of a work that the question or its essay names."""
ANNOTATION = 0.35
"""Share of a tied annotation's cosine where it is above the passage's own score."""
BEARING = 0.9
"""The same share where two readers found the annotation to bear on the very question."""
BESIDE = 0.04
"""Taken from captions and footnotes, which are evidence but not what a work says first."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a passage; cosines from -1 to 1, the others from 0 to 1."""

    cosine: float
    """Passage to query."""
    sentence: float
    """Best sentence to query."""
    lexical: float
    """BM25, relative to the best passage's."""
    annotation: float | None = None
    """Best tied annotation's statement to query."""
    bears: bool = False
    """That annotation bears on the very question."""
    heard: bool = False
    """Its work is named by the question."""
    kind: str = "prose"


def fuse(signs: Signs) -> float:
    """The score of a passage for one query."""
    score = (1 - LEXICAL) * (signs.cosine + signs.sentence) / 2 + LEXICAL * signs.lexical
    if signs.annotation is not None and signs.annotation > score:
        score += (BEARING if signs.bears else ANNOTATION) * (signs.annotation - score)
    return score + HEARD * signs.heard - BESIDE * (signs.kind != "prose")
