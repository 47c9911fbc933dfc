"""Proof that words stand in a text: finds a quote by the one rule that Pincite promises.

A quote is a contiguous range of a page's raw text. White space, soft hyphens, hyphens at line ends and ligatures are
normalised; everything else must match, character by character. A quote may not begin or end inside a word or a
number, nor leave out a sign or a unit that belongs to a number (`<5`, `85%`). Knows no file format and no storage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.documents import Span
from corpus.text import LIGATURES, LINE_END_HYPHEN, SOFT_HYPHENS, readable

LONGEST_FRAGMENT = 700
"""A text fragment's quote is at most this many characters long, start and end included."""

_JOINT = "\x01"
"""Stands for a line-end hyphen in canonical text: a quote may write it as a hyphen or leave it out."""
_SIGNS = "-−–+±~≈<>≤≥=$€£"


@dataclass(frozen=True, slots=True)
class _Canonical:
    """A text in which quotes are sought, and where each character stands in the raw one."""

    text: str
    places: tuple[int, ...]
    """Offset in the raw text of each canonical character; one more for the end."""

    def span(self, start: int, end: int) -> Span:
        """The raw range of a canonical one."""
        return Span(self.places[start], self.places[end - 1] + 1)


class ProvenText:
    """A page's raw text, ready for many look-ups."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._canonical = _canonical(raw)

    def find(self, quote: str) -> list[Span]:
        """Every place where `quote` stands, as spans of the raw text; none where it does not."""
        pattern = _pattern(quote)
        if pattern is None:
            return []
        text = self._canonical.text
        return [
            self._canonical.span(match.start(1), match.end(1))
            for match in re.finditer(f"(?=({pattern}))", text)
            if _whole(text, match.start(1), match.end(1))
        ]

    def find_fragment(self, start: str, end: str) -> list[Span]:
        """Every stretch that begins with the words `start` and ends with the next `end` behind them
        (WICG Text Fragments, `#:~:text=start,end`); without `end`, every place of `start`."""
        starts = self.find(start)
        if not end:
            return starts
        ends = self.find(end)
        found = []
        for first in starts:
            last = next((place for place in ends if place.end >= first.end and place.start >= first.start), None)
            if last is not None and last.end - first.start <= LONGEST_FRAGMENT:
                found.append(Span(first.start, last.end))
        return found


def stands(quote: str, raw: str) -> bool:
    """True where `quote` stands in `raw`."""
    return bool(ProvenText(raw).find(quote))


def _canonical(raw: str) -> _Canonical:
    """Fold white space, open ligatures, mark line-end hyphens, drop other soft hyphens; keep the raw offsets."""
    joints = {match.start(): match.end() for match in LINE_END_HYPHEN.finditer(raw)}
    letters: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(raw):
        letter = raw[index]
        if index in joints:
            letters.append(_JOINT)
            places.append(index)
            index = joints[index]
            continue
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(index)
        elif letter not in SOFT_HYPHENS:
            for opened in LIGATURES.get(letter, letter):
                letters.append(opened)
                places.append(index)
        index += 1
    return _Canonical("".join(letters), (*places, len(raw)))


def _pattern(quote: str) -> str | None:
    """A pattern that matches the quote in canonical text; None for a quote without a letter or digit."""
    text = readable(quote)
    if not any(letter.isalnum() for letter in text):
        return None
    parts: list[str] = []
    for index, letter in enumerate(text):
        before = text[index - 1] if index else ""
        after = text[index + 1] if index + 1 < len(text) else ""
        if letter == "-" and before.isalpha() and after.isalpha():
            parts.append(f"(?:-|{_JOINT})")
            continue
        if before.isalpha() and letter.isalpha():
            parts.append(f"{_JOINT}?")
        parts.append(re.escape(letter))
    return "".join(parts)


def _whole(text: str, start: int, end: int) -> bool:
    """False where the range cuts a word, a number, or a number's sign or unit off."""
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    if (first.isalnum() and (before.isalnum() or before == _JOINT)) or (last.isalnum() and (after.isalnum() or after == _JOINT)):
        return False
    if first.isdigit() and before:
        if before in _SIGNS or (before in ".," and start > 1 and text[start - 2].isdigit()):
            return False
        if before == " " and start > 1 and text[start - 2] in "<>≤≥±≈":
            return False
    if last.isdigit() and after:
        following = text[end + 1 : end + 2]
        if after in "%‰°" or (after in ".," and following.isdigit()):
            return False
    return True
