"""Whether a question asks for an amount, and whether a text gives one of its kind. Knows no passage and no score.

`How many parameters …?` wants a number beside *parameters*, `What was the bill …?` one beside a currency. Other questions
want no amount, however they begin: what is asked `how far` is seldom told in numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.question import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

STEM = 5
"""Letters of a counted thing's name that count; its plural differs behind them."""
NEAR = 6
"""Words between a number and the thing it counts, at most."""

VAGUE = frozenset("people persons humans men women times ways kinds types sorts forms parts pieces steps stages cases".split())
"""Counted things for which a work has its own word more often than not."""

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"dozens?|hundreds?|thousands?|millions?|billions?|half|thirds?|quarters?|both|pairs?|couple|single|no|zero|none|"
    r"twice|thrice|doubl(?:es?|ed|ing)|trebl(?:es?|ed|ing)|tripl(?:es?|ed|ing)|halv(?:es?|ed|ing))"
)
_PLURAL = re.compile(r"(?:ies|es|s|y)$")
_COUNTED = re.compile(r"\bhow many\s+(?:[a-z]+ly\s+|of the\s+|more\s+|fewer\s+|other\s+|different\s+)*([^\W\d_][\w-]*)", re.I)
_MONEY_ASKED = re.compile(
    r"\bhow much\b.*\b(?:paid|pay|costs?|earn|earned|charged?)\b"
    r"|\b(?:bill|cost|price|wages?|salary|fee) (?:was|is|were|are|did|does|in dollars)\b|\bin dollars\b|\bhow many dollars\b",
    re.I,
)
_MONEY = re.compile(r"[$€£¥]\s?\d|\b(?:dollars?|cents?|euros?|pounds?|USD|EUR)\b", re.I)
_REFERENCE = re.compile(
    r"\[[\d,;\s–-]+\]|\b(?:19|20)\d\d[a-z]?\b|\b(?:Figure|Fig\.|Table|Section|Equation|Appendix)\s*[\d.]+", re.I
)
"""Numbers that count nothing."""


def amount_asked(question: str) -> str | None:
    """What is to be counted, in the question's own word, or `money`; None where no amount is asked."""
    if _MONEY_ASKED.search(question):
        return "money"
    found = _COUNTED.search(question)
    return found[1].lower() if found and found[1].lower() not in STOP_WORDS | VAGUE else None


def gives(amount: str, texts: Iterable[str]) -> bool:
    """True where one of the texts has a number that counts it."""
    if amount == "money":
        return any(_MONEY.search(text) for text in texts)
    stem = re.escape(_PLURAL.sub("", amount)[: max(STEM, len(amount) - 3)])
    between = rf"(?:\s+\S+){{0,{NEAR}}}?\s+"
    counted = re.compile(rf"\b{_NUMBER}\b(?:-\w+)?{between}\S*{stem}|{stem}\S*{between}\S*\b{_NUMBER}\b", re.I)
    return any(counted.search(_REFERENCE.sub(" ", text)) for text in texts)
