"""One score from all that speaks for a passage. Knows numbers only.

The constants were chosen on the development questions (`pincite eval`); CONTRIBUTING has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

LEXICAL = 0.1
"""Share of BM25, relative to the query's best passage, for a question of few words: see `lexical_share`."""
FEW_WORDS, MANY_WORDS = 6, 8
"""Content words up to which a question's own words count in full, and from which they do not count."""
HEARD = 0.12
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


def lexical_share(words: int) -> float:
    """What BM25 counts for a question of so many content words.

    A short question is made of the words it looks for; a long one describes in a reader's words, and matching those
    misleads. Gold within the first 500 words, five works / nine others: 0.71 / 0.58 with no share for any, 0.73 / 0.47
    with the full one for all, 0.74 / 0.58 so.
    """
    return LEXICAL * min(1.0, max(0.0, (MANY_WORDS - words) / (MANY_WORDS - FEW_WORDS)))


def fuse(signs: Signs, share: float = LEXICAL) -> float:
    """The score of a passage for one query; `share` is what its words count."""
    score = (1 - share) * (signs.cosine + signs.sentence) / 2 + share * signs.lexical
    if signs.annotation is not None and signs.annotation > score:
        score += (BEARING if signs.bears else ANNOTATION) * (signs.annotation - score)
    return score + HEARD * signs.heard - BESIDE * (signs.kind != "prose")
