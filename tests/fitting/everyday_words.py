"""Writes `bot/verifier/everyday.txt`, the stems of everyday words: `python -m tests.fitting.everyday_words`.

A stem is everyday where WiCE's pages and SciFact's abstracts have it three times in lower case, and twice as often so as
with a capital inside a sentence. Single words, sorted: nothing of any text can be read from them.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

from bot.verifier.words import stem
from tests.fitting.pairs import scifact, wice

LEAST = 3
_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r'(?:^|[.!?:"“(]\s*)$')


def main() -> None:
    """Count and write."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for pair in (*wice(), *scifact()):
        for text in (pair.claim, *pair.quotes):
            for match in _WORD.finditer(text):
                if match[0].islower():
                    small[stem(match[0])] += 1
                elif match[0].istitle() and not _OPENS.search(text[: match.start()][-3:]):
                    capital[stem(match[0])] += 1
    everyday = sorted(
        each for each, times in small.items() if times >= max(LEAST, 2 * capital[each]) and len(each) > 2 and each.isascii()
    )
    file = Path(__file__).parents[2] / "bot" / "verifier" / "everyday.txt"
    file.write_text(textwrap.fill(" ".join(everyday), 118) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
