"""Composes an answer without a language model: which candidates, in which order, under which opening.

Code chooses and orders; it writes nothing about the world. Works are heard one after another, the most telling first,
and a question of several parts part by part; doubles are left out. Knows no storage and no screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.doubles import fuller, says_again
from bot.said import said_note, unsaid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

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
LEAST_OF_A_PART = 2
"""Claims that a part is given where none of the answer's best is about it."""
SILENT = 0.3
"""A part to which nothing comes nearer has nothing said on it: as far off are questions on other matters."""
SETTLES = 0.75
"""Confidence from which a closed question counts as settled by what is quoted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer will say, before its proof."""

    opening: str
    coverage: Coverage
    candidates: tuple[Candidate, ...]
    """In the order in which they are read."""
    parts: tuple[str, ...] = ()
    """The question's parts, where it is answered part by part."""
    notes: tuple[str, ...] = ()


def compose(query: Query, ranked: Sequence[Candidate], confidence: float, unspoken: Collection[int] = ()) -> Draft:
    """Choose and order the candidates; `ranked` is best first and not empty.

    `unspoken` are the parts of the question whose words stand in none of the evidence. What the talk has cited already is
    left out; where nothing else comes near, the draft says nothing.
    """
    coverage: Coverage = "bears on" if query.open or query.judgement or confidence < SETTLES else "settles"
    new, noted, best = unsaid(query, ranked), said_note(query, ranked), ranked[0].score
    if not new or new[0].score < min(best, NEAR_BEST * best):
        return Draft("", coverage, (), notes=noted)
    if new[0].score >= min(best, NEAR_BEST_VOICE * best):
        noted = ()  # what is new comes about as near
    coverage = "bears on" if noted else coverage
    by_part = _by_part(query, new, unspoken)
    if by_part:
        says = opening_by_part(query, [works_of(chosen) for chosen in by_part], coverage)
        return Draft(says, coverage, tuple(chain(*by_part)), query.parts, (*noted, *_silent(query, by_part)))
    whole = [replace(candidate, near_parts=()) for candidate in new] if query.parts else new
    chosen = grouped(_choose(whole, query.heard))
    return Draft(opening(query, works_of(chosen), coverage), coverage, tuple(chosen), notes=noted)


def _by_part(query: Query, ranked: Sequence[Candidate], unspoken: Collection[int]) -> list[list[Candidate]]:
    """What is said on each part; none at all where it cannot be told apart.

    What would be said on the whole question comes first; a part that has nothing of it is given its own nearest. One is
    left empty only where nothing comes near it: else what is said on another may well be said on it too.
    """
    if not query.parts:
        return []
    said = _choose(ranked, query.heard)
    if len({candidate.part for candidate in said}) < len(query.parts):
        said = _choose(ranked, query.heard, MOST_CLAIMS - LEAST_OF_A_PART)
    groups: list[list[Candidate]] = []
    for number, _ in enumerate(query.parts, start=1):
        chosen = [candidate for candidate in said if candidate.part == number]
        nearest = [candidate for candidate in ranked if candidate.part == number]
        if not chosen and nearest and nearest[0].near_parts[number - 1] > SILENT:
            chosen = _choose(nearest, query.heard, LEAST_OF_A_PART, said)
        near = max(candidate.near_parts[number - 1] for candidate in ranked)
        if not chosen and (near > SILENT or number not in unspoken):
            return []
        groups.append(grouped(chosen))
    return groups if any(groups) else []


def _silent(query: Query, by_part: Sequence[Sequence[Candidate]]) -> Iterator[str]:
    for number, chosen in enumerate(by_part):
        if not chosen:
            yield f"Nothing that was found speaks to the {_ORDINALS[number]} part: “{query.parts[number]}”"


def works_of(chosen: Sequence[Candidate]) -> list[Work]:
    """The works that are heard, each once."""
    return list({candidate.work.key: candidate.work for candidate in chosen}.values())


def _choose(
    ranked: Sequence[Candidate], heard: Collection[str] = (), most: int = MOST_CLAIMS, said: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The best candidates, none saying what another says: first one of each work that comes near the best, then more.

    None says again what was `said` before.
    """
    best = ranked[0].score
    near = [candidate for candidate in ranked if candidate.score >= min(best, NEAR_BEST * best)]
    chosen: list[Candidate] = []
    for candidate in near:
        voices = {other.work.key for other in chosen}
        new = candidate.work.key not in voices and len(voices) < min(most, MOST_VOICES)
        needed = NEAR_BEST if candidate.bears or candidate.work.key in heard else NEAR_BEST_VOICE
        if new and candidate.score >= min(best, needed * best) and not says_again(candidate, [*said, *chosen]):
            chosen.append(candidate)
    of_one = MOST_OF_ONE if len(chosen) > 1 else MOST_ALONE
    for candidate in near:
        of_its_work = sum(other.work.key == candidate.work.key for other in chosen)
        if len(chosen) < most and 0 < of_its_work < of_one and not says_again(candidate, [*said, *chosen]):
            chosen.append(candidate)
    order = {id(candidate): place for place, candidate in enumerate(ranked)}
    return fuller(sorted(chosen, key=lambda candidate: order[id(candidate)]), near)


def grouped(chosen: Sequence[Candidate]) -> list[Candidate]:
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
    if query.judgement:
        bearing = f"{names} {_verb('bear', works)} on it" if one else f"{_count(len(works))} works bear on it: {names}"
        return f"This asks for a judgement. {bearing}."
    if one:
        speaks = f"{_verb('speak', works)} to" if coverage == "settles" else f"{_verb('come', works)} nearest to"
        return f"{names} {speaks} this."
    return f"{_count(len(works))} works {'speak to' if coverage == 'settles' else 'come nearest to'} this: {names}."


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def opening_by_part(query: Query, works: Sequence[Sequence[Work]], coverage: Coverage) -> str:
    """The same for a question of several parts: which works speak to which of them."""
    count = _count(len(works)).lower()
    if query.open:
        head = f"None of the works in the library settles this question, which has {count} parts."
    else:
        head = f"This asks for a judgement, in {count} parts." if query.judgement else f"This question has {count} parts."
    does, on = ("speak", "to") if coverage == "settles" else ("come", "nearest to")
    does, on = ("bear", "on") if query.open or query.judgement else (does, on)
    names = [listed([work.label for work in heard]) if heard else "nothing" for heard in works]
    if len(set(names)) == 1:
        return f"{head} {names[0]} {_verb(does, works[0])} {on} {'both' if len(works) == 2 else 'all of them'}."
    says = [
        f"{who} {f'{_verb(does, heard)} {on}' if heard else 'comes near'} the {ordinal}"
        for ordinal, who, heard in zip(_ORDINALS, names, works, strict=False)
    ]
    tail = "; ".join(says)
    return f"{head} {tail[0].upper()}{tail[1:]}."


def _verb(stem: str, works: Sequence[Work]) -> str:
    """`speaks` for one author, `speak` for several."""
    return stem if len(works) > 1 or len(works[0].authors) > 1 else f"{stem}s"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _count(number: int) -> str:
    words = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    return words[number] if number < len(words) else str(number)
