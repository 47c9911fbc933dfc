"""Composes an answer without a language model: which candidates, in which order, under which opening.

Code chooses and orders; it writes nothing about the world. Works are heard one after another, the most telling first;
doubles are left out. Knows no storage and no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.answers import Coverage, Query
    from bot.candidates import Candidate
    from corpus.works import Work

MOST_CLAIMS = 8
"""Claims of one answer; more is a list, not an answer."""
MOST_VOICES = 5
"""Works that are heard in one answer."""
MOST_OF_ONE = 3
"""Claims of one work where several are heard."""
MOST_ALONE = 6
"""Claims where one work is heard alone."""
NEAR_BEST = 0.7
"""A claim has at least this share of the best one's score."""
NEAR_BEST_VOICE = 0.80
"""A further work's first claim has at least this share of the best one's score.

Less is enough where two readers found it to bear, or where the question or its essay names the work.
"""
DOUBLE = 0.82
"""Cosine from which two claims say the same."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer will say, before its proof."""

    opening: str
    coverage: Coverage
    candidates: tuple[Candidate, ...]
    """In the order in which they are read."""


def compose(query: Query, ranked: Sequence[Candidate], confidence: float) -> Draft:
    """Choose and order the candidates; `ranked` is best first and not empty."""
    chosen = _grouped(_choose(ranked, query.heard))
    voices = list(dict.fromkeys(candidate.work.key for candidate in chosen))
    works = [next(candidate.work for candidate in chosen if candidate.work.key == key) for key in voices]
    coverage: Coverage = "bears on" if query.open or query.judgement or confidence < SETTLES else "settles"
    return Draft(opening(query, works, coverage), coverage, tuple(chosen))


SETTLES = 0.75
"""Confidence from which a closed question counts as settled by what is quoted."""


def _choose(ranked: Sequence[Candidate], heard: Collection[str] = ()) -> list[Candidate]:
    """The best candidates, none saying what another says: first one of each work that comes near the best, then more."""
    best = ranked[0].score
    near = [candidate for candidate in ranked if candidate.score >= min(best, NEAR_BEST * best)]
    chosen: list[Candidate] = []
    for candidate in near:
        voices = {other.work.key for other in chosen}
        new = candidate.work.key not in voices and len(voices) < MOST_VOICES
        needed = NEAR_BEST if candidate.bears or candidate.work.key in heard else NEAR_BEST_VOICE
        if new and candidate.score >= min(best, needed * best) and not _says_again(candidate, chosen):
            chosen.append(candidate)
    most = MOST_OF_ONE if len(chosen) > 1 else MOST_ALONE
    for candidate in near:
        of_its_work = sum(other.work.key == candidate.work.key for other in chosen)
        if len(chosen) < MOST_CLAIMS and 0 < of_its_work < most and not _says_again(candidate, chosen):
            chosen.append(candidate)
    order = {id(candidate): place for place, candidate in enumerate(ranked)}
    return sorted(chosen, key=lambda candidate: order[id(candidate)])


def _says_again(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    """True where one of the chosen is the same, or says the same."""
    return any(candidate is other or _double(candidate, other) for other in chosen)


def _double(one: Candidate, other: Candidate) -> bool:
    """True where both quote the same words, or say the same."""
    if (
        one.span
        and other.span
        and (one.document, one.position) == (other.document, other.position)
        and one.span.overlaps(other.span)
    ):
        return True
    return any(float(ours @ theirs) > DOUBLE for ours in one.vectors for theirs in other.vectors)


def _grouped(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Works one after another in the order of their best claim."""
    order = list(dict.fromkeys(candidate.work.key for candidate in chosen))
    return sorted(chosen, key=lambda candidate: order.index(candidate.work.key))


def opening(query: Query, works: Sequence[Work], coverage: Coverage) -> str:
    """Which works speak to the question and, where somebody has judged so, that none settles it.

    That a work answers it is never said: nearness does not tell an answer from words on the very matter.
    """
    names = listed([work.label for work in works])
    if query.open:
        if len(works) == 1:
            return f"No work in the library settles this question. One bears on it: {names}."
        return f"None of the works in the library settles this question. {_count(len(works))} bear on it: {names}."
    one = len(works) == 1
    ending = "" if one and len(works[0].authors) > 1 else "s"
    if query.judgement:
        bearing = f"{names} bear{ending} on this" if one else f"{_count(len(works))} works bear on this: {names}"
        return f"{bearing}. Whether {'it settles' if one else 'they settle'} it is left to the reader."
    if one:
        return f"{names} {f'speak{ending} to' if coverage == 'settles' else f'come{ending} nearest to'} this."
    return f"{_count(len(works))} works {'speak to' if coverage == 'settles' else 'come nearest to'} this: {names}."


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _count(number: int) -> str:
    words = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    return words[number] if number < len(words) else str(number)
