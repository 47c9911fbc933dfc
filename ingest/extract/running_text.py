"""Tells running English text from tables, figures and lists of names, by its words alone. Knows no line and no layout."""

from __future__ import annotations

import re

from corpus.text import readable

PROSE_SHARE = 0.16
"""Running English text has at least this share of function words; tables, figures and author lists have fewer (measured)."""

FUNCTION_WORDS = frozenset(
    "a about after all also an and any are as at be because been both but by can could do does each for from had has have "
    "how however if in into is it its like may more most must no not of on one only or other our over same should since so "
    "some such than that the their them then there these they this those through thus to under up use used using very was "
    "we were what when where which while who will with without would you your he she his her i me my us".split()
)

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def is_prose(text: str, continues: bool = False) -> bool:
    """True for running text: enough function words, mostly letters; a short piece only where a sentence goes on."""
    words = WORD.findall(readable(text))
    tokens = max(1, len(text.split()))
    if not words or len(words) < 0.5 * tokens:
        return False
    share = sum(word.lower() in FUNCTION_WORDS for word in words) / len(words)
    if len(words) < 6:
        return continues and (share > 0 or text.strip()[0].islower() or text.strip().endswith("."))
    return share >= (PROSE_SHARE / 2 if continues else PROSE_SHARE)
