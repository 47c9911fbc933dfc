"""Proof that words stand in a text: finds a quote by the one rule that Pincite promises.

A quote is a contiguous range of a page's raw text. White space, soft hyphens, hyphens at line ends and ligatures are
normalised; everything else must match, character by character. A quote may not begin or end inside a word or a
number (`1.` of `1.5`, `can` of `can't`, `linear` of `non-linear`), nor leave out a sign or a unit that belongs to a
number (`<5`, `85%`). Knows no file format and no storage.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.documents import Span
from corpus.text import LIGATURES, LINE_END_HYPHEN, SOFT_HYPHENS, readable

LONGEST_FRAGMENT = 700
"""A text fragment's quote is at most this many characters long, start and end included."""
FRAGMENT = range(5, 1, -1)
"""Words at either end of a quote that find it, the most telling first."""

_JOINT = "\ud800"
"""Stands for a line-end hyphen in canonical text: a quote may write it as a hyphen or leave it out. A lone surrogate,
which no text that can be stored has."""

_FOLDED = re.compile(
    rf"(?P<joint>{LINE_END_HYPHEN.pattern})|[{SOFT_HYPHENS}{''.join(LIGATURES)}]"
    rf"|(?P<space>\A\s+|[^\S ]\s*| \s+|(?<=[{SOFT_HYPHENS}]) )"
)
"""What is another text in canonical form; everything between, most single spaces too, is taken over as it is."""

_SIGNS = "-−–+±~≈<>≤≥=≠$€£¥"
_SPACED_SIGNS = "−±~≈<>≤≥≠$€£¥"
"""Signs that belong to the next number also with a space between."""
_UNITS = "%‰°€×+"
_SPACED_UNITS = "%‰€"
_BONDS = "-\u2010\u2011'’_"
"""They hold a word together where letters or digits stand on both sides."""
_POINTS = ".,:/^·"
"""They hold a number together where digits stand on both sides."""
_CLOSING = ".!?%)]}'\"’”"
"""What may stand before the point that ends a sentence, beside a letter."""
_NUMBER_AHEAD = re.compile(rf"[{_SIGNS}]* ?\.?\d")


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

    def fragment_for(self, quote: str, span: Span, *, shortest: bool = False) -> tuple[str, str] | None:
        """The first and the last words of a quote, two to five at either end, that find `span` and nothing else; None where
        no such words do."""
        words = quote.split()
        for count in FRAGMENT if not shortest else reversed(FRAGMENT):
            start, end = " ".join(words[:count]), " ".join(words[-count:])
            if 2 * count <= len(words) and self.find_fragment(start, end) == [span]:
                return start, end
        return None


def stands(quote: str, raw: str) -> bool:
    """True where `quote` stands in `raw`."""
    return bool(ProvenText(raw).find(quote))


def _canonical(raw: str) -> _Canonical:
    """Fold white space, open ligatures, mark line-end hyphens, drop other soft hyphens; keep the raw offsets."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in _FOLDED.finditer(raw):
        start, end = match.span()
        if start > done:
            pieces.append(raw[done:start])
            places.extend(range(done, start))
        done = end
        if match["joint"]:
            pieces.append(_JOINT)
            places.append(start)
        elif match["space"]:
            if pieces and not pieces[-1].endswith(" "):
                pieces.append(" ")
                places.append(start)
        elif opened := LIGATURES.get(match.group()):
            pieces.append(opened)
            places.extend([start] * len(opened))
    return _Canonical("".join((*pieces, raw[done:])), (*places, *range(done, len(raw) + 1)))


def _pattern(quote: str) -> str | None:
    """A pattern that matches the quote in canonical text; None for a quote without a letter or digit."""
    text = readable(quote)
    if _JOINT in text or not any(letter.isalnum() for letter in text):
        return None
    parts: list[str] = []
    for index, letter in enumerate(text):
        before = text[index - 1 : index]
        if letter == "-" and _is_letter(before) and _is_letter(text[index + 1 : index + 2]):
            parts.append(f"(?:-|{_JOINT})")
            continue
        if _is_letter(before) and _is_letter(letter):
            parts.append(f"{_JOINT}?")
        parts.append(re.escape(letter))
    return "".join(parts)


def _is_letter(character: str) -> bool:
    """What `LINE_END_HYPHEN` takes for a letter: `²` and `½` too."""
    return character.isalnum() and not character.isdecimal()


def _whole(text: str, start: int, end: int) -> bool:
    """False where the range cuts a word or a number, or a number's sign or unit off."""
    return not (_inside(text, start) or _inside(text, end) or _after_sign(text, start) or _before_unit(text, end))


def _inside(text: str, place: int) -> bool:
    """True where a cut at `place` would part a word or a number."""
    if not 0 < place < len(text):
        return False
    before, left, right, after = text[place - 2 : place - 1], text[place - 1], text[place], text[place + 1 : place + 2]
    if (unicodedata.combining(right) and left != " ") or (_in_word(left) and _in_word(right)):
        return True
    if right in _BONDS and _in_word(left) and after.isalnum():
        return True
    if left in _BONDS and before.isalnum() and _in_word(right):
        return True
    if right in _POINTS and left.isdecimal() and after.isdecimal():
        return True
    if left in _POINTS and right.isdecimal():  # a point in front of all digits, as in `p < .05`, is the number's as well
        return before.isdecimal() or (left == "." and not before.isalpha() and before not in tuple(_CLOSING))
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == _JOINT


def _after_sign(text: str, start: int) -> bool:
    """True where a number's sign stands in front of the range, or the number of the range's first sign or unit."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    first, second = text[start], text[start + 1 : start + 2]
    if first in "%‰":
        return before[-1:].isdecimal()
    if first in "-−–+±" and second.isdecimal() and text[start - 1 : start].isalnum():
        return True
    if not before or not _NUMBER_AHEAD.match(text, start):
        return False
    if text[start - 1] != " ":
        return before[-1] in _SIGNS
    return before[-1] in _SPACED_SIGNS or before[-2:] in ("<=", ">=", "!=", "+-")


def _before_unit(text: str, end: int) -> bool:
    """True where the unit of the range's last number stands behind it."""
    if not text[end - 1].isnumeric():
        return False
    after = text[end : end + 2]
    return after[:1] in tuple(_UNITS) or (after[:1] == " " and after[1:] in tuple(_SPACED_UNITS))
