"""True claims to learn from and to try on, and the false ones that are made of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fitting.alterations import WAYS, Altered, alterations, posed_as, term_alterations
from tests.fitting.pairs import Pair, stands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fitting.composed import Read

LEARNT, TRIED = 1, 40
"""Seeds of the altered claims that are learnt from, and of those that are tried; nobody has looked at what the second misses."""
MOST = {
    ("number", "digit"): 120,
    ("number", "of the quote"): 120,
    ("name", "stranger"): 120,
    ("name", "version"): 60,
    ("name", "of the quote"): 320,
    ("name", "each other's place"): 280,
    ("name", "another term"): 800,
    ("name", "term of the quote"): 600,
    ("name", "terms exchanged"): 400,
}
"""Altered claims of one way that are learnt from, out of the many that can be made; all of the other ways."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the trees learn from."""

    true: list[Pair]
    made: list[Altered]
    """By rule."""
    read: list[Altered]
    """By a reader."""
    people: list[Altered]
    """500 made by rule of claims that people wrote; trees judge those alone whose claim they have not seen."""
    now: list[Altered]
    """500 made by rule of claims by the prompts of now, judged alike."""

    @classmethod
    def of(cls, people: list[Pair], composed: Sequence[Read]) -> Learnt:
        """Alter them."""
        true = [*people, *(each.pair for each in composed)]
        now = [each.pair for each in composed if each.claim.edition > 1]
        return cls(true, learnt(true), by_readers(composed), some(people, 500), some(now, 500))

    @property
    def sets(self) -> list[list[Pair]]:
        """The pairs of each."""
        return [self.true, *([posed_as(each) for each in altered] for altered in (self.made, self.read, self.people, self.now))]


def by_readers(composed: Sequence[Read]) -> list[Altered]:
    """Everything that readers made of them."""
    return [altered for each in composed for altered in each.altered()]


def learnt(true: Sequence[Pair]) -> list[Altered]:
    """Altered claims to learn from."""
    chance = random.Random(3)
    by_way: dict[tuple[str, str], list[Altered]] = {}
    for each in (*alterations(true, LEARNT), *term_alterations(true, LEARNT)):
        by_way.setdefault((each.kind, each.way), []).append(each)
    return [each for way, of_way in by_way.items() for each in chance.sample(of_way, min(len(of_way), MOST.get(way, 999)))]


def some(true: Sequence[Pair], most: int) -> list[Altered]:
    """Altered claims to try, a third of each kind, from claims whose numbers and names stand in their quotes."""
    taken: set[tuple[Pair, str]] = set()
    fit = [pair for pair in true if stands(pair)]
    found: dict[str, list[Altered]] = {kind: [] for kind in WAYS}
    for turn in range(4):
        for each in alterations(fit, TRIED + turn, 3 * len(fit)):
            if (each.pair, each.text) not in taken:
                taken.add((each.pair, each.text))
                found[each.kind].append(each)
    thirds = (-(-most // 3), -(-(most - 1) // 3), most // 3)
    return [each for kind, share in zip(found, thirds, strict=True) for each in found[kind][:share]]
