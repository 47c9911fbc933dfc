"""Reads the JSON that a language model writes, while it is being written. Knows no passage: it believes nothing.

Each claim is given out as soon as its object ends. What stands before the list (a Markdown fence, a preamble) is passed
over, and keys that nobody asked for are, too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_CLAIM = 8_000
"""Characters of one claim's object; more is no claim."""
LONGEST_ANSWER = 80_000
"""Characters of everything."""
LONGEST_PREAMBLE = 4_000
"""Characters before the list, unless they are thoughts in tags."""
MOST_QUOTES = 4
"""Quotes of one claim that are looked at."""

_OPENING = re.compile(r'\{\s*"claims"\s*:\s*\[|\A\s*(?:```\w*\s*)?\[(?=\s*[{\]])')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where a model says that words stand."""

    passage: int
    """Number of the passage, from 1, as the model gives it."""
    quote: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model would say."""

    text: str
    quotes: tuple[Pointed, ...]


class ClaimStream:
    """The claims of one answer, from the pieces in which it comes."""

    def __init__(self) -> None:
        self.text = ""
        """Everything so far."""
        self.whole = False
        """True where the list of claims has ended as it should."""
        self.fault = "it holds no list of claims"
        """Why it is not whole."""
        self._place: int | None = None
        self._stopped = False

    def feed(self, piece: str) -> Iterator[Proposed | None]:
        """The claims that end in this piece; None for an object that is no claim."""
        if self._stopped:
            return
        self.text += piece
        if len(self.text) > LONGEST_ANSWER:
            self._stop("it is far too long")
            return
        if self._place is None:
            opening = _OPENING.search(self.text)
            if opening is None:
                if len(self.text) > LONGEST_PREAMBLE and "<think" not in self.text[:LONGEST_PREAMBLE]:
                    self._stop("it holds no list of claims")
                return
            self._place, self.fault = opening.end(), "it breaks off"
        yield from self._claims(self._place)

    @property
    def done(self) -> bool:
        """True where nothing that comes can matter."""
        return self._stopped

    def _claims(self, place: int) -> Iterator[Proposed | None]:
        while True:
            place = _BETWEEN.match(self.text, place).end()  # type: ignore[union-attr]  # it matches everywhere
            self._place = place
            if place == len(self.text):
                return
            if self.text[place] == "]":
                self.whole = self._stopped = True
                return
            if self.text[place] != "{":
                self._stop("its list holds something that is no claim")
                return
            end = _end_of_object(self.text, place)
            if end is None:
                if len(self.text) - place > LONGEST_CLAIM:
                    self._stop("one of its claims is far too long")
                return
            yield _proposed(self.text[place:end])
            place = end

    def _stop(self, fault: str) -> None:
        self.fault, self._stopped = fault, True


_STRUCTURE = re.compile(r'[{}]|"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)


def _end_of_object(text: str, start: int) -> int | None:
    """Where the object that begins at `start` ends; None where it has not ended yet."""
    depth = 0
    for match in _STRUCTURE.finditer(text, start, start + LONGEST_CLAIM):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.end()
    return None


def _proposed(text: str) -> Proposed | None:
    """A claim from its JSON; None where it is none."""
    try:
        held = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or not isinstance(held.get("text"), str):
        return None
    listed = held.get("quotes", held)
    each = listed if isinstance(listed, list) else [listed]
    quotes = [pointed for one in each[:MOST_QUOTES] if (pointed := _pointed(one)) is not None]
    return Proposed(held["text"], tuple(quotes)) if quotes else None


def _pointed(held: Any) -> Pointed | None:
    if not isinstance(held, dict) or not isinstance(held.get("quote"), str):
        return None
    number = held.get("passage")
    if isinstance(number, str) and re.fullmatch(r"\s*\d{1,4}\s*", number, re.ASCII):
        number = int(number)
    return Pointed(number, held["quote"]) if isinstance(number, int) and not isinstance(number, bool) else None
