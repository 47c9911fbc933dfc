"""What a text denies and which way it compares. Knows no numbers and no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.verifier.lexicon import DENYING, NEGATIONS, QUANTIFIERS, axes
from bot.verifier.words import Word, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

REACH = 4
"""Telling words behind a negation that it denies."""

_BREAK = re.compile(r"[,;:.!?()–—]|\b(?:but|although|though|because|which|while|whereas|when|if|since|so)\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|to mention|surprising\w*|least|but)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signed:
    """A word, and whether a negation denies it."""

    word: Word
    depth: int
    """0 where nothing denies it, else its place behind the negation, from 1."""

    @property
    def negated(self) -> bool:
        """True where it is denied."""
        return self.depth > 0


def is_negation(word: Word) -> bool:
    """True for `not`, `never`, `isn't`, …"""
    return word.lower in NEGATIONS or word.lower.endswith("n't")


@lru_cache(maxsize=4096)
def negations_of(text: str) -> tuple[Word, ...]:
    """The negations of a text; `not only` and `nothing but` are none."""
    return tuple(word for word in words_of(text) if is_negation(word) and not _NOT_ONLY.match(text, word.end))


@lru_cache(maxsize=4096)
def signed(text: str) -> tuple[Signed, ...]:
    """The telling words of a text with their signs."""
    starts = {word.start for word in negations_of(text)}
    found: list[Signed] = []
    depth = 0
    last = 0
    for word in words_of(text):
        if depth and _BREAK.search(text, last, word.start):
            depth = 0
        last = word.end
        if word.start in starts:
            depth = 1
        elif _BREAK.fullmatch(word.text):
            depth = 0
        elif word.telling or word.lower in _axes_by_word():
            found.append(Signed(word, depth))
            depth = 0 if depth >= REACH else depth + 1 if depth else 0
    return tuple(found)


def denies(texts: Iterable[str]) -> bool:
    """True where a text holds a negation, or a word that denies in another way (`fails`, `instead`, `unlike`)."""
    return any(
        is_negation(word) or stem(word.text) in DENYING or re.match(r"(?:un|in|im|ir|non|dis)[a-z]{4}", word.lower)
        or word.lower.endswith("less")
        for text in texts
        for word in words_of(text)
    )  # fmt: skip


@lru_cache(maxsize=1)
def _axes_by_word() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for axis, poles in enumerate(axes()):
        for pole, words in zip((1, -1), poles, strict=True):
            for word in words.split():
                found.setdefault(word, []).append((axis, pole))
    return {word: tuple(poles) for word, poles in found.items()}


def poles_of(word: str) -> tuple[tuple[int, int], ...]:
    """The axes on which a word (in lower case) lies, and at which pole, 1 or -1."""
    return _axes_by_word().get(word, ())


@dataclass(frozen=True, slots=True)
class Direction:
    """A word at the pole of an axis, its sign taken in: `not higher` points down."""

    axis: int
    pole: int
    word: Word


@lru_cache(maxsize=4096)
def directions_of(text: str) -> tuple[Direction, ...]:
    """Every direction that a text points in."""
    return tuple(
        Direction(axis, -pole if each.depth in (1, 2) else pole, each.word)
        for each in signed(text)
        for axis, pole in poles_of(each.word.lower)
    )


@lru_cache(maxsize=4096)
def quantifiers_of(text: str) -> tuple[tuple[Word, int], ...]:
    """Quantifiers and their ranks; `not all` counts as some."""
    found = []
    denied = {word.end for word in negations_of(text) if word.lower not in QUANTIFIERS}
    for word in words_of(text):
        if (rank := QUANTIFIERS.get(word.lower)) is not None:
            after_not = any(0 < word.start - end <= 2 for end in denied)
            found.append((word, 2 if after_not and rank >= 3 else rank))
    return tuple(found)
