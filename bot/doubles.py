"""Tells which candidates say the same, and which of two on the same words says more. Knows no order and no opening."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.contrary import DENIES
from bot.telling import without_citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.candidates import Candidate

DOUBLE = 0.82
"""Cosine from which two claims say the same."""
FULLER = 0.85
"""Share of a chosen claim's score that one has, at least, which says the same and more in its place."""

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def says_again(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    """True where one of the chosen is the same, or says the same."""
    return any(candidate is other or double(candidate, other) for other in chosen)


def double(one: Candidate, other: Candidate) -> bool:
    """True where both quote the same words, or say the same: with other numbers, or denied, it is not the same."""
    if overlap(one, other):
        return True
    near = any(float(ours @ theirs) > DOUBLE for ours in one.vectors for theirs in other.vectors)
    return near and not _told_apart(one.said, other.said)


def overlap(one: Candidate, other: Candidate) -> bool:
    """True where both quote some of the same words."""
    if one.span is None or other.span is None or (one.document, one.position) != (other.document, other.position):
        return False
    return one.span.overlaps(other.span)


def _told_apart(one: str, other: str) -> bool:
    ours, theirs = _figures(one), _figures(other)
    if ours and theirs and ours != theirs:
        return True
    return len(DENIES.findall(one)) % 2 != len(DENIES.findall(other)) % 2


def _figures(text: str) -> set[str]:
    """The numbers that a text gives; those of its citations are not its own."""
    return {figure.replace(",", "") for figure in _FIGURES.findall(without_citations(text))}


def fuller(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """The chosen, each in the form that says most: a quote with the sentence that goes on from it, or a statement on it."""
    said = list(chosen)
    for candidate in ranked:
        for place, other in enumerate(said):
            if _says_more(candidate, other) and not says_again(candidate, [*said[:place], *said[place + 1 :]]):
                said[place] = candidate
                break
    return said


def _says_more(candidate: Candidate, other: Candidate) -> bool:
    if other.text is not None or candidate is other or not overlap(candidate, other):
        return False
    if candidate.score < min(other.score, FULLER * other.score):
        return False
    if candidate.text is not None:
        return True
    return other.pair is None and candidate.pair is not None and candidate.pair[0] == other.span
