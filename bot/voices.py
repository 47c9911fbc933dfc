"""What the works of an answer say against each other, as far as their words tell. Knows no library and no model.

Two claims are against each other only where they speak of the same in the same words and one denies it, or where one
has a word and the other its opposite. Whatever is less than sure is left to the reader.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from bot.compose import listed
from bot.question import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.answers import Answer, Claim
    from corpus.works import Work

STEM = 6
"""Letters of a word that count; English endings differ behind them."""
SHARED = 0.75
"""Share of the shorter claim's words that both have."""
LEAST_SHARED = 4
"""How many words that is at the least."""

_DENIES = re.compile(
    r"\b(?:not|no|never|none|nor|neither|cannot|without|fails? to|unable|insufficient|impossible)\b|\w+n['’]t\b", re.I
)
_HEDGES = re.compile(
    r"\b(?:may|might|could|perhaps|probably|only|if|unless|although|though|yet|but|while|whether|seems?|either)\b", re.I
)
"""Words by which a claim is not as flat as to be denied."""
_REPORTS = frozenset(
    "admits argues believes claims concedes concludes finds grants holds notes observes reports stresses suggests".split()
)
_OPPOSITES = (
    ("increa", "decrea"), ("increa", "reduce"), ("improv", "worsen"), ("improv", "degrad"), ("better", "worse"),
    ("higher", "lower"), ("more", "less"), ("more", "fewer"), ("larger", "smalle"), ("faster", "slower"), ("easier", "harder"),
    ("strong", "weaker"), ("helps", "hurts"), ("necess", "unnece"), ("suffic", "insuff"), ("possib", "imposs"),
    ("succee", "fails"), ("always", "never"), ("all", "none"),
)  # fmt: skip


def opposed(answer: Answer) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of two works that say the opposite of each other."""
    works = {citation.work.key: citation.work for citation in answer.citations}
    for one, other in combinations(answer.claims, 2):
        if one.work != other.work and one.work in works and other.work in works:
            names = [works[one.work], works[other.work]]
            if _against(_words(one.text, names), _words(other.text, names), one.text, other.text):
                yield one, other


def notes_on_voices(answer: Answer) -> Iterator[str]:
    """A sentence for each such pair, with the numbers of its citations."""
    works = {citation.work.key: citation.work for citation in answer.citations}
    for one, other in opposed(answer):
        names = [f"{works[claim.work or ''].label} [{claim.citations[0]}]" for claim in (one, other)]
        yield f"{names[0]} and {names[1]} differ: on the same matter one says the opposite of the other."


def not_heard(answer: Answer, named: Mapping[str, Work]) -> Iterator[str]:
    """A sentence on the works that a question names beside others and that the answer does not cite.

    None on a work whose author is heard with another: the name may have meant that one.
    """
    heard = [citation.work for citation in answer.citations]
    authors = {author for work in heard for author in work.authors[:1]}
    keys = {work.key for work in heard}
    unheard = [work for work in named.values() if work.key not in keys]
    silent = [work.label for work in unheard if not authors.intersection(work.authors[:1])]
    if silent and len(named) > 1:
        whose = "it" if len(silent) == 1 else "them"
        yield f"The question names {listed(silent)}; nothing in {whose} comes close enough to what is asked."


def _against(ours: set[str], theirs: set[str], one: str, other: str) -> bool:
    shared = ours & theirs
    least = min(len(ours), len(theirs))
    if len(shared) < LEAST_SHARED or _HEDGES.search(one) or _HEDGES.search(other):
        return False
    denied = len(_DENIES.findall(one)) % 2 != len(_DENIES.findall(other)) % 2
    turned = sum(_turns(one, other, pair) or _turns(other, one, pair) for pair in _OPPOSITES)
    # A word and its opposite are not shared, and count as one place where both speak.
    return (denied != bool(turned)) and len(shared) + turned >= SHARED * least and turned <= 1


def _turns(one: str, other: str, pair: tuple[str, str]) -> bool:
    """True where one has the first word and the other the second, and neither has both."""
    mine, yours = ({word[:STEM] for word in re.findall(r"[a-z]+", text.lower())} for text in (one, other))
    first, second = pair
    return first in mine and second in yours and second not in mine and first not in yours


def _words(text: str, works: Sequence[Work]) -> set[str]:
    """Stems of what a claim is about: without the names of its authors, words of reporting and of denying."""
    names = {part.lower() for work in works for author in work.authors for part in author.family.split()} | {"colleagues"}
    opposite = {stem for pair in _OPPOSITES for stem in pair}
    words = (word for word in content_words(_DENIES.sub(" ", text)) if word not in names | _REPORTS)
    return {word[:STEM] for word in words} - opposite
