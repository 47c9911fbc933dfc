"""What stands beside what: whether a number or a name keeps in a claim the company that it has in the quotes.

Knows no meanings: only which words stand to the left and to the right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from bot.verifier.names import Name, keys_of, names_of
from bot.verifier.numbers import Quantity, quantities_of
from bot.verifier.words import UNTOLD, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDE = 6
"""Telling words on either side that count as company."""


@dataclass(frozen=True, slots=True)
class Company:
    """Stems to the left and to the right, the nearest weighing most."""

    left: Mapping[str, float]
    right: Mapping[str, float]


@lru_cache(maxsize=8192)
def company_of(text: str, start: int, end: int) -> Company:
    """The company of a stretch of text."""
    starts, stems_there = _telling(text)
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    before, after = stems_there[max(0, first - WIDE) : first][::-1], stems_there[last : last + WIDE]
    left, right = ({stem: 1 / (1 + 0.4 * place) for place, stem in reversed(list(enumerate(stems)))} for stems in (before, after))
    return Company(left, right)


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where the telling words of a text stand, and their stems."""
    words = [word for word in words_of(text) if word.telling]
    return tuple(word.start for word in words), tuple(word.stem for word in words)


def likeness(one: Company, other: Company) -> float:
    """How much company they share; a word that changed sides counts half."""
    same = _shared(one.left, other.left) + _shared(one.right, other.right)
    crossed = _shared(one.left, other.right) + _shared(one.right, other.left)
    return same + 0.5 * crossed


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


@dataclass(frozen=True, slots=True)
class Rival:
    """Something of the quotes that fits the company of a claim's number or name, and how much better it does."""

    words: str
    """The claim's number or name."""
    rival: str
    """The quotes' own."""
    own: float
    """Likeness of the company where the claim's own stands in the quotes."""
    better: float
    """Likeness of the rival's company, less that."""


def number_rivals(claim: str, quotes: Sequence[str]) -> list[Rival]:
    """For each number of the claim that stands in the quotes, the one that fits its place best instead."""
    ours = [each for each in quantities_of(claim) if not (each.spelled and each.value == 1)]
    there = [(quote, quantity) for quote in quotes for quantity in quantities_of(quote)]
    used = {quantity.value for quantity in ours}
    found = []
    for quantity in ours:
        company = company_of(claim, quantity.start, quantity.end)
        own = [(likeness(company, company_of(quote, other.start, other.end)), other.text)
               for quote, other in there if other.value == quantity.value]  # fmt: skip
        rivals = [(likeness(company, company_of(quote, other.start, other.end)), other.text)
                  for quote, other in there if other.value not in used and _one_kind(quantity, other)]  # fmt: skip
        if own and rivals:
            best, rival = max(rivals)
            found.append(Rival(quantity.text, rival, max(own)[0], best - max(own)[0]))
    return found


def exchanged_numbers(claim: str, quotes: Sequence[str]) -> list[Rival]:
    """For each two numbers of the claim that both stand in the quotes, how much better each fits the other's place.

    Where a quote has two of one unit the other way round and nothing speaks for the claim's order, that is one more.
    """
    ours = [
        each for each in quantities_of(claim) if each.kind in ("cardinal", "vague") and not (each.spelled and each.value == 1)
    ]
    there = [
        [(quote, other) for quote in quotes for other in quantities_of(quote) if other.value == quantity.value]
        for quantity in ours
    ]
    found = []
    for (one, at_one), (two, at_two) in combinations(zip(ours, there, strict=True), 2):
        if one.value == two.value or not at_one or not at_two or not _one_kind(one, two):
            continue
        own, other = _place(claim, one, two, at_one, at_two), _place(claim, two, one, at_one, at_two)
        turned = all(first.start > second.start for quote, first in at_one for also, second in at_two if quote == also) and any(
            quote == also for quote, _ in at_one for also, _ in at_two
        )
        if not turned and any("respectively" in quote for quote, _ in (*at_one, *at_two)):
            continue
        alike = one.unit == two.unit and own >= ALIKE
        better = other - own + (1.0 if turned and alike and other >= own else 0.0)
        found.append(Rival(one.text, two.text, own, better))
    return found


def _place(
    claim: str, one: Quantity, two: Quantity, at_one: Iterable[tuple[str, Quantity]], at_two: Iterable[tuple[str, Quantity]]
) -> float:
    """How well the places of two numbers in the claim fit those that they have in the quotes, one and two."""
    return sum(
        max(likeness(_beside(claim, ours), _beside(quote, theirs)) for quote, theirs in there)
        for ours, there in ((one, at_one), (two, at_two))
    )


ALIKE = 0.5
"""Company that numbers have to share with those of the quote before their order alone says something."""
_NEAR_NUMBER = 5
"""Words on either side of a number that say what it is a number of."""


_CLAUSE = re.compile(r"[,;:](?=\s)|\b(?:and|or|while|whereas|but|versus|vs)\b")
"""Where another thing begins, with a number of its own."""


@lru_cache(maxsize=8192)
def _beside(text: str, quantity: Quantity) -> Company:
    """The words of its clause on either side of a number, also single letters and digits (`Figure 2`), but no other number's."""
    taken = [(each.start, each.end) for each in quantities_of(text) if each.kind in ("cardinal", "vague")]
    words = [
        word
        for word in words_of(text)
        if (word.telling or len(word.text) == 1 or word.text.isdigit())
        and word.lower not in UNTOLD
        and not any(start <= word.start < end for start, end in taken)
    ]
    breaks = [match.start() for match in _CLAUSE.finditer(text) if not any(start <= match.start() < end for start, end in taken)]
    begin = max((place for place in breaks if place < quantity.start), default=-1)
    end = min((place for place in breaks if place >= quantity.end), default=len(text))
    left = [word.stem for word in words if begin <= word.start and word.end <= quantity.start][::-1][:_NEAR_NUMBER]
    right = [word.stem for word in words if quantity.end <= word.start < end][:_NEAR_NUMBER]
    weighed = [{stem: 1 / (1 + 0.4 * place) for place, stem in reversed(list(enumerate(side)))} for side in (left, right)]
    return Company(*weighed)


def _one_kind(one: Quantity, other: Quantity) -> bool:
    """True where one might stand for the other: both years, or both of one kind and unit."""
    years = [1500 <= each.value < 2100 and not each.unit for each in (one, other)]
    return years[0] == years[1] and one.kind == other.kind and (one.unit == other.unit or not (one.unit and other.unit))


def name_rivals(claim: str, quotes: Sequence[str]) -> list[Rival]:
    """For each name of the claim that stands in the quotes, the other name of the quotes that fits its place best."""
    ours = names_of(claim)
    there = [(quote, name, _forms(name)) for quote in quotes for name in names_of(quote)]
    used = {form for name in ours for form in _forms(name)}
    found = []
    for name in ours:
        forms, company = _forms(name), company_of(claim, name.start, name.end)
        own = [likeness(company, company_of(quote, other.start, other.end)) for quote, other, theirs in there if theirs & forms]
        rivals = [(likeness(company, company_of(quote, other.start, other.end)), other.text)
                  for quote, other, theirs in there if not theirs & used]  # fmt: skip
        if own and rivals:
            best, rival = max(rivals)
            found.append(Rival(name.text, rival, max(own), best - max(own)))
    return found


def exchanged_names(claim: str, quotes: Sequence[str]) -> list[Rival]:
    """For each two names of the claim that both stand in the quotes, how much better each fits the other's place."""
    ours = names_of(claim)
    places = [[(quote, other) for quote in quotes for other in names_of(quote) if _forms(other) & _forms(name)] for name in ours]
    found = []
    for first in range(len(ours)):
        for second in range(first + 1, len(ours)):
            if places[first] and places[second] and not _forms(ours[first]) & _forms(ours[second]):
                own = _fits(claim, ours[first], places[first]) + _fits(claim, ours[second], places[second])
                other = _fits(claim, ours[first], places[second]) + _fits(claim, ours[second], places[first])
                found.append(Rival(ours[first].text, ours[second].text, own, other - own))
    return found


def _fits(claim: str, name: Name, places: Iterable[tuple[str, Name]]) -> float:
    company = company_of(claim, name.start, name.end)
    return max(likeness(company, company_of(quote, other.start, other.end)) for quote, other in places)


@lru_cache(maxsize=16384)
def _forms(name: Name) -> frozenset[str]:
    return frozenset(form for part in name.parts for form in keys_of(part))
