"""A printed line spelled anew by where its characters stand. Knows no meaning of a line.

PDFium gives a line's characters in the order of the file. Read as text alone, authors parted by a wide gap run into
one another, an accent set by itself stands behind its word, and small capitals are capitals; the boxes tell better.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.boxes import unpack
from ingest.extract.printed_lines import SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ingest.extract.printed_lines import PrintedLine, PrintedPage

WIDE = 0.7
"""A gap of this share of the line's size parts two names; a space between words takes 0.25 to 0.35."""
FALSE_SPACE = 0.4
"""A space narrower than this share of the line's usual one is the letter-spacing of small capitals."""
SMALL_CAPITAL = 0.87
"""Small capitals have about 0.8 of the height of capitals."""
RAISED = "∗"
"""What stands for a raised letter or digit: a footnote mark."""

_ACCENTS = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "ˇ": "\u030c",
    "˚": "\u030a", "¸": "\u0327", "˘": "\u0306", "¯": "\u0304", "˙": "\u0307", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
"""Accents that TeX's older fonts set as characters of their own, and what combines."""


@dataclass(slots=True)
class _Letter:
    """One character as set."""

    text: str
    x0: float
    x1: float
    height: float
    spaced: bool
    """True where the PDF's text has a space before it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line that no wide gap parts."""

    text: str
    """Accents on their letters, small capitals in lower case."""
    marked: str
    """The same, with a footnote mark for each raised digit and each lone raised letter."""
    x0: float
    x1: float


def stretches(page: PrintedPage, lines: Sequence[PrintedLine]) -> list[list[Stretch]]:
    """Every line in stretches, from left to right."""
    if page.page.boxes is None:
        return [[Stretch(line.text, line.text, line.box.x0, line.box.x1)] for line in lines]
    boxes = unpack(page.page.boxes)
    spelt = []
    for line in lines:
        letters = _letters(page.page.text, line, boxes)
        _set_accents(letters)
        marked = _raised(letters, line.size)
        _lower_small_capitals(letters)
        spelt.append(_parted(letters, marked, line.size))
    return spelt


def _letters(text: str, line: PrintedLine, boxes: NDArray[Any]) -> list[_Letter]:
    letters: list[_Letter] = []
    spaced = False
    for place in range(line.span.start, line.span.end):
        x0, y0, x1, y1 = boxes[place].tolist()
        if text[place].isspace() or x1 <= x0:
            spaced = True
            continue
        letters.append(_Letter(text[place], x0, x1, y1 - y0, spaced))
        spaced = False
    return letters


def _set_accents(letters: list[_Letter]) -> None:
    """Put each accent that stands by itself on the letter below it."""
    for accent in [letter for letter in letters if letter.text in _ACCENTS]:
        middle = (accent.x0 + accent.x1) / 2
        below = [letter for letter in letters if letter.text.isalpha() and letter.x0 < middle < letter.x1]
        if not below:
            continue
        letter = min(below, key=lambda one: abs((one.x0 + one.x1) / 2 - middle))
        bare = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
        composed = unicodedata.normalize("NFC", bare + _ACCENTS[accent.text])
        if len(composed) == 1:
            letter.text = composed
            behind = letters.index(accent) + 1
            if behind < len(letters) and letters[behind] is letter:
                letter.spaced = accent.spaced
            letters.remove(accent)


def _raised(letters: list[_Letter], size: float) -> list[bool]:
    """Which letters are footnote marks: raised digits, and runs of at most two raised letters."""
    raised = [letter.height < SUPERSCRIPT * size and letter.text.isalnum() for letter in letters]
    start = 0
    while start < len(letters):
        end = start + 1
        while end < len(letters) and raised[start] and raised[end]:
            end += 1
        if end - start > 2 and any(letter.text.isalpha() for letter in letters[start:end]):
            raised[start:end] = [False] * (end - start)
        start = end
    return raised


def _lower_small_capitals(letters: list[_Letter]) -> None:
    """Give a line that is set in small capitals its lower case."""
    capitals = [letter for letter in letters if letter.text.isalpha()]
    if not capitals or any(letter.text.islower() for letter in capitals):
        return
    tallest = max(letter.height for letter in capitals)
    if all(letter.height >= SMALL_CAPITAL * tallest for letter in capitals):
        return
    for word in _words(letters):
        heights = [letter.height for letter in word if letter.text.isalpha()]
        # A single word may be set in another size, as a system's name is: its own tallest letters are its capitals.
        tall = max(heights, default=0.0)
        scale = tall if any(height < SMALL_CAPITAL * tall for height in heights) else tallest
        for letter in word:
            if letter.height < SMALL_CAPITAL * scale:
                letter.text = letter.text.lower()


def _words(letters: list[_Letter]) -> list[list[_Letter]]:
    """Letters parted at spaces that are ones, and behind hyphens and colons."""
    words: list[list[_Letter]] = [[]]
    usual = _usual_space(letters)
    for before, letter in zip([None, *letters], letters, strict=False):
        if before is not None and (_is_space(before, letter, usual) or before.text in ":-–—"):
            words.append([])
        words[-1].append(letter)
    return words


def _usual_space(letters: list[_Letter]) -> float:
    gaps = [after.x0 - before.x1 for before, after in pairwise(letters) if after.spaced]
    return median(gaps) if len(gaps) > 2 else 0.0


def _is_space(before: _Letter, after: _Letter, usual: float) -> bool:
    return after.spaced and not 0 <= after.x0 - before.x1 < FALSE_SPACE * usual


def _parted(letters: list[_Letter], raised: list[bool], size: float) -> list[Stretch]:
    """The letters as words, parted at every gap that is wider than a space."""
    usual = _usual_space(letters)
    starts = [place for place, letter in enumerate(letters) if place == 0 or letter.x0 - letters[place - 1].x1 > WIDE * size]
    found = []
    for start, end in pairwise([*starts, len(letters)]):
        words, marked = "", ""
        for place in range(start, end):
            space = " " if place > start and _is_space(letters[place - 1], letters[place], usual) else ""
            words += space + letters[place].text
            marked += space + (RAISED if raised[place] else letters[place].text)
        found.append(Stretch(_composed(words), _composed(marked), letters[start].x0, letters[end - 1].x1))
    return found


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)
