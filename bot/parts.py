"""Splits a question that holds several into its parts. Knows no library and no answer.

Only what is sure is split: two questions one after another, or two clauses that ask each for itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.leaning import MANNER
from bot.question import AUXILIARY, content_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_PARTS = 4
"""Of one question; a list of more is searched as a whole."""
OWN_WORDS = 3
"""Content words that a part has for itself; with fewer it only hangs on another."""
POINTING_WORDS = 4
"""The same where one of its words points to another part."""
MOSTLY = 0.5
"""Share of a part's words that a passage holds which may speak to it."""

LONG_ENOUGH = 5
"""Words of a clause that has a verb, though no auxiliary."""

STEM = 6
"""Letters of a word that count; English endings differ behind them."""

_POINTS = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her|this|these|those|so)\b", re.I)
_POINTS_AT = re.compile(
    r"\b(?:ones?|such|(?:this|that|these|those) (?:idea|case|one|way|choice|claim|view|method|approach|point)s?)\b", re.I
)
"""A thing of another part, without whose name this one cannot be searched for."""
_SENTENCE = re.compile(r"(?<=[?.!])\s+(?=[\"“‘']?[A-Z0-9])")
_ASKING = r"(?:what|why|how|which|whose|who|whom|when|where)"
_AND = re.compile(
    rf",?\s+and(?=\s+(?:(?:in|to|by|from)\s+)?{_ASKING}\s+(?:\S+\s+){{0,4}}?{AUXILIARY}\s)"
    r"|,\s+and(?=\s+(?:which|what|who)\s+\S+\s+\S+\s+\S+)",
    re.I,
)
"""`and` before a clause that has a question word and a verb of its own; `and for what reason` has none."""
_OR = re.compile(rf",\s+or(?=\s+{AUXILIARY}\s)", re.I)
_BEGINS = re.compile(rf"(?:(?:in|by|to|for|with|on|from|of|at)\s+)?(?:{_ASKING}|{AUXILIARY})\b", re.I)
_ENDS_ASIDE = re.compile(
    r"\b(?:whether|if|say|says|said|know|tell|tells|explain|explains|show|shows|ask|asks|describe|describes)\s[^,?]*$", re.I
)
"""The clause before hangs on a verb that may govern what follows too: `does he say what it is and how it works`."""


def split_parts(question: str) -> tuple[str, ...]:
    """The parts, each as a question of its own; none where there is one only."""
    folded = " ".join(question.split())
    sentences = [each for each in _SENTENCE.split(folded) if each.endswith("?")]
    parts = [part for sentence in sentences for part in _clauses(sentence)]
    whole = all(map(_stands, parts))
    return tuple(parts) if whole and 2 <= len(parts) <= MOST_PARTS else ()


def _clauses(sentence: str) -> list[str]:
    """The clauses of one sentence that ask each for itself; the sentence where there is one only."""
    for joint in (_AND, _OR):
        places = [0]
        found = [match for match in joint.finditer(sentence) if not _within(sentence, match.start())]
        for match in found:
            places += [match.start(), match.end()]
        places.append(len(sentence))
        clauses = [sentence[start:end] for start, end in zip(places[::2], places[1::2], strict=True)]
        asks = all(_asks_for_itself(clause) for clause in clauses)
        governed = any(_ENDS_ASIDE.search(clause) for clause in clauses[:-1])
        if len(clauses) > 1 and asks and not governed:
            return [_sentence(clause) for clause in clauses]
    return [sentence]


def _asks_for_itself(clause: str) -> bool:
    """True where it begins as a question and has a verb, as far as its words or their number can tell."""
    if not _BEGINS.match(clause.strip()):
        return False
    return re.search(rf"\b{AUXILIARY}\b", clause, re.I) is not None or len(clause.split()) >= LONG_ENOUGH


def _within(sentence: str, place: int) -> bool:
    """True inside quotation marks or brackets."""
    before = sentence[:place]
    return before.count("(") > before.count(")") or before.count("“") > before.count("”") or before.count('"') % 2 == 1


def unspoken(parts: Sequence[str], passages: Iterable[str]) -> frozenset[int]:
    """Numbers of the parts, from 1, of whose words no passage holds as much as half."""
    read = [passage.lower() for passage in passages]
    silent = set()
    for number, part in enumerate(parts, start=1):
        words = [word[:STEM] for word in content_words(part)]
        if not any(sum(word in passage for word in words) >= MOSTLY * len(words) for passage in read):
            silent.add(number)
    return frozenset(silent)


def _stands(part: str) -> bool:
    """True where it can be searched for by its own words."""
    if _POINTS_AT.search(part):
        return False
    own = sum(word not in MANNER for word in content_words(part))
    return own >= (POINTING_WORDS if _POINTS.search(part) else OWN_WORDS)


def _sentence(clause: str) -> str:
    text = clause.strip(" ,;")
    text = text if text.endswith("?") else f"{text}?"
    return text[0].upper() + text[1:]
