"""Where a claim runs along a sentence of its quotes word by word, and what it says in the places where it does not.

A claim that copies and exchanges one word (`the social world` for `the physical world`) shares nearly everything with its
quote; here the places that differ are looked at alone. Knows no vectors and no meanings.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.verifier.lexicon import REPORTS
from bot.verifier.polarity import denies, is_negation, negations_of
from bot.verifier.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.verifier.words import Word

FLANK = 2
"""Words in a row, one of them telling, that count as copied; a single telling word does where it stands near such a run."""
BESIDE = 2
"""Words, of the claim and of the quote, that may lie between a run and a single word which counts with it."""

NEAR_BY = 3
"""Words that may stand beside a negation in the place where a claim leaves its quote."""

Block = tuple[int, int, int]
"""Words that a claim and a sentence share: place in the claim, place in the sentence, how many."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a copied run where the claim has other words than the quote."""

    said: str
    """The claim's telling words there, in lower case; may be empty."""
    there: str
    """The quote's; may be empty."""
    moved: bool
    """A word that the claim says there stands elsewhere in the quotes."""
    whole: bool
    """Copied on both sides; else the claim begins or ends there."""


@dataclass(frozen=True, slots=True)
class Run:
    """A claim beside the sentence that it runs along."""

    copied: float
    """Share of the claim's words that stand in copied runs of some sentence."""
    slots: tuple[Slot, ...]


@lru_cache(maxsize=4096)
def run_along(claim: str, sentences: tuple[str, ...], sources: tuple[str, ...] = ()) -> Run:
    """What a claim copies of the sentences, and its slots, those of the sentence of which it copies most first.

    Who speaks (the names of the `sources`) and that it is said fills no slot.
    """
    ours = words_of(claim)
    if not ours:
        return Run(0.0, ())
    names = {word.stem for source in sources for word in words_of(source)}
    theirs = [words_of(sentence) for sentence in sentences]
    blocks = [_copied(ours, _shared(claim, sentence)) for sentence in sentences]
    copied = {place for each in blocks for begin, _, size in each for place in range(begin, begin + size)}
    known = {word.stem for words in theirs for word in words if word.telling}
    mine = [None if place in copied or not word.telling or _speaks(word, names) else word for place, word in enumerate(ours)]
    slots: list[Slot] = []
    for place in sorted(range(len(theirs)), key=lambda place: -sum(size for *_, size in blocks[place])):
        slots += _slots(mine, theirs[place], blocks[place], known)
    return Run(len(copied) / len(ours), tuple(slots))


def _speaks(word: Word, names: set[str]) -> bool:
    """True for what fills no slot: who says something, that it is said, and a negation, which is looked at by itself."""
    return word.stem in REPORTS or is_negation(word) or (word.text[0].isupper() and word.stem in names)


@lru_cache(maxsize=4096)
def _shared(claim: str, sentence: str) -> tuple[Block, ...]:
    """Every run of words that both have, in order."""
    ours, theirs = ([word.stem for word in words_of(text)] for text in (claim, sentence))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return tuple((block.a, block.b, block.size) for block in blocks if block.size)


def _copied(ours: Sequence[Word], found: Sequence[Block]) -> list[Block]:
    """The runs that are long enough to count as copied, and the single words beside them."""
    telling = [any(word.telling for word in ours[begin : begin + size]) for begin, _, size in found]
    long = [size >= FLANK and tells for (_, _, size), tells in zip(found, telling, strict=True)]
    return [
        block
        for place, block in enumerate(found)
        if long[place]
        or (
            telling[place]
            and any(long[other] and _beside(block, found[other]) for other in (place - 1, place + 1) if 0 <= other < len(found))
        )
    ]


def _beside(one: Block, other: Block) -> bool:
    first, second = sorted((one, other))
    return second[0] - first[0] - first[2] <= BESIDE and second[1] - first[1] - first[2] <= BESIDE


def _slots(mine: list[Word | None], theirs: Sequence[Word], blocks: Sequence[Block], known: set[str]) -> Iterator[Slot]:
    """What lies before, between and behind the runs; `mine` are the claim's words that may fill a slot, each once."""
    if not blocks:
        return
    ends = [(0, 0, 0), *blocks, (len(mine), len(theirs), 0)]
    for (begin, there, size), (following, there_following, length) in pairwise(ends):
        said = [word for word in mine[begin + size : following] if word]
        mine[begin + size : following] = [None] * (following - begin - size)
        dropped = [word for word in theirs[there + size : there_following] if word.telling]
        within = size > 0 and length > 0
        if not within:  # a claim may well begin after its quote does, and end before it
            dropped = dropped[: len(said)] if size else dropped[max(0, len(dropped) - len(said)) :]
        same = {word.stem for word in said} & {word.stem for word in dropped}
        said = [word for word in said if word.stem not in same]
        dropped = [word for word in dropped if word.stem not in same]
        if said or dropped:
            moved = any(word.stem in known for word in said)
            yield Slot(" ".join(w.lower for w in said), " ".join(w.lower for w in dropped), moved, within)


@lru_cache(maxsize=4096)
def turned_in_a_copy(claim: str, sentences: tuple[str, ...]) -> tuple[Word, bool] | None:
    """A negation that stands between two copied runs in the claim and not in the quote (True), or in the quote alone (False)."""
    ours, denied = words_of(claim), negations_of(claim)
    for sentence in sentences:
        theirs, cues = words_of(sentence), (*denied, *negations_of(sentence))
        if len(cues) == 2 * len(denied):
            continue  # it stands in another place
        for (begin, there, size), (following, there_following, length) in pairwise(_shared(claim, sentence)):
            here, other = ours[begin + size : following], theirs[there + size : there_following]
            if max(len(here), len(other)) > NEAR_BY or min(size, length) < FLANK:
                continue
            ways = [[word for word in words if word in cues] for words in (here, other)]
            if bool(ways[0]) != bool(ways[1]) and not denies(word.text for word in (other if ways[0] else here)):
                return (*ways[0], *ways[1])[0], bool(ways[0])
    return None
