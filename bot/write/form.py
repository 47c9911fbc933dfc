"""What a claim may look like. Knows no truth: a claim of the right form may still be wrong.

A citation's number, a link and a heading are code's to give, so a model's claim has none of them; nor characters that
cannot be seen, nor letters and digits that only look like others.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.orders import is_order

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST, LONGEST = 3, 45
"""Words of a claim."""
LONGEST_LETTERS = 360
"""Characters of a claim."""

_MARK = re.compile(
    r"[\[【]\s*\d+(?:\s*[,;–-]\s*\d+)*\s*[\]】]|[(（]\d{1,2}(?:\s*[,;]\s*\d{1,2})*[)）]|[\u00b9\u00b2\u00b3\u2070-\u2079]"
)
_LINK = re.compile(
    r"\w+://|\bwww\.|\bmailto:|\bjavascript:|\]\(|\bdata:\w+/|\b[\w-]+(?:\.| dot )(?:com|org|net|io|example)\b"
    r"|\S@\w|\w\.[a-z]{2,}/",
    re.I,
)
_MARKDOWN = re.compile(r"[*`|]|__|~~|^\s*(?:#|>|[-+•]\s|\d+[.)]\s)|!\[")
_TAG = re.compile(r"<\s*/?\s*[A-Za-z!]|&(?:#\w+|[a-z]+);|<\||\|>")
_TALK = re.compile(
    r"\bpassages?\s+\d|\bas an ai\b|\blanguage model,? i\b|\bi (?:cannot|can't|am unable)\b|\b(?:the|this) (?:passage|quote)s?\b",
    re.I,
)
"""A claim about the task instead of the matter."""
_DENIAL = re.compile(r"\b(?:it|that) is (?:not (?:true|so|right|correct|the case)|false|untrue|wrong)\b|\bcontrary to\b", re.I)
"""A claim that denies what follows: allowed where a quote says so."""
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:instruction|prompt|rule|previous|above|prior)s?\b"
    r"|(?-i:\bSYSTEM)\s*:|\byou are now\b|\bnew instructions?\b|\byou must (?:now )?(?:answer|say|reply|respond|cite)\b",
    re.I,
)


def addresses_a_model(text: str) -> bool:
    """True for words that give orders to whoever reads by machine; nothing is composed from these, and none is quoted."""
    return _ORDER.search(text) is not None or is_order(text)


def fault(text: str, known: Collection[str]) -> str | None:
    """What is wrong with a claim's form; None where nothing is. `known` are the texts that it may take its letters from."""
    words = text.split()
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") for letter in text):
        return "characters that cannot be seen"
    if not SHORTEST <= len(words) <= LONGEST or len(text) > LONGEST_LETTERS:
        return "its length"
    for pattern, what in ((_MARK, "a mark"), (_LINK, "a link"), (_TAG, "a tag"), (_MARKDOWN, "Markdown")):
        if any(not _of_a_work(found[0], known) for found in pattern.finditer(text)):
            return what
    if _TALK.search(text) or addresses_a_model(text) or text.rstrip("”\"' ").endswith(("?", ":")):
        return "it states nothing about the matter"
    if (denial := _DENIAL.search(text)) and not any(denial[0].casefold() in each.casefold() for each in known):
        return "a denial that none of its quotes makes"
    letters = {letter for letter in text if not letter.isascii() and (letter.isalnum() or unicodedata.combining(letter))}
    return "letters that stand in none of its quotes" if letters - set("".join(known)) else None


def _of_a_work(mark: str, known: Collection[str]) -> bool:
    """True for a number in round brackets or an upright line that a claim has from its quotes, as in `(1) ask, (2) wait`."""
    return (mark == "|" or mark.startswith("(")) and any(mark in each for each in known)


def cleaned(text: str) -> str:
    """White space folded; a model's line ends say nothing."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
