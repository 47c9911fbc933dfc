"""The names in a question, and those that the searched works never mention. Knows no passage and no score.

A name is a word with a capital inside its sentence, or one that mixes capitals, or letters and digits (`GPT-4`, `KOSMOS-1`):
a reader's own words for a matter vary, its names do not. Numbers by themselves are no names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.question import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

OWN = 0.8
"""Share of a name's passages in one work from which it is that work's own."""
OFTEN = 5
"""Passages that a name has at least, to be a work's own."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_BEGINS = re.compile(r"(?:^|[.?!:;][\"'”’)]*|[\"'“‘(])\s*$")
"""Before a word that has its capital from where it stands."""
_PARTS = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|\d+|[^\W\d_]")
"""Of a name: runs of capitals, words, numbers."""
_MIXED = re.compile(r"[^\W\d_].*[A-Z]|[^\W\d_]-?\d")


def names_in(question: str) -> list[str]:
    """The names of a question, in order, each once; none where its capitals say nothing."""
    if question.isupper():
        return []
    words = [(match[0].removesuffix("'s").removesuffix("’s"), match.start()) for match in _WORD.finditer(question)]
    telling = [(word, start) for word, start in words if word.lower() not in STOP_WORDS and not word.isdigit()]
    capitals = sum(word[0].isupper() for word, _ in telling)
    if len(telling) > 3 and capitals > 0.7 * len(telling):
        return []  # a headline
    found = (name for word, start in telling for name in _names(word, first=bool(_BEGINS.search(question[:start]))))
    return list(dict.fromkeys(found))


def _names(word: str, *, first: bool) -> Iterator[str]:
    """The word itself, or of a compound in which an everyday word stands (`GPT-style`) its capitalised parts."""
    parts = word.split("-")
    if len(parts) > 1 and any(part.islower() and len(part) > 1 for part in parts):
        return
    if _MIXED.search(word) or (word[0].isupper() and len(word) > 1 and not first):
        yield word


def spellings(name: str) -> tuple[str, ...]:
    """The ways to write a name: as it is, its parts apart (`Alpha Zero`), and all of it together (`AlphaZero`)."""
    parts = _PARTS.findall(name)
    return tuple(dict.fromkeys((name, " ".join(parts), "".join(parts))))


def spoken(name: str, text: str) -> bool:
    """True where a name stands in a text as words of its own, in any of its spellings and in any case."""
    parts = r"[\W_]?".join(map(re.escape, _PARTS.findall(name)))
    return re.search(rf"(?<![^\W_]){parts}(?:['’]?s)?(?![^\W_])", text, re.I) is not None


def works_about(standing: Mapping[str, Mapping[str, int]], heard: Collection[str]) -> frozenset[str]:
    """The works that a question is about: those it names, and those whose own one of its names is; empty for any.

    `standing` has, for each name, in how many passages of each work it stands.
    """
    return frozenset(heard) | {work for works in standing.values() if (work := owner(works)) is not None}


def missing_names(standing: Mapping[str, Mapping[str, int]], about: Collection[str]) -> tuple[str, ...]:
    """Names that stand in none of the works which the question is about."""
    return tuple(name for name, works in standing.items() if not (works.keys() & set(about) if about else works))


def owner(works: Mapping[str, int]) -> str | None:
    """The work whose own a name is, if it is one's."""
    total = sum(works.values())
    work = max(works, key=works.__getitem__, default=None)
    return work if work is not None and total >= OFTEN and works[work] >= OWN * total else None
