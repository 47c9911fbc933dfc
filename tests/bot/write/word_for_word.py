"""The strictest verifier: a claim is carried where its words are its quotes' words, in their order. Knows no meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.verifier.support import Support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.support import Posed

NEW = 0.15
"""Share of a claim's words that may be its own."""
FREE = frozenset("a an the and is are was were be of to in on for that this it its by as thus since so".split())
"""Words that carry nothing; `not`, `no`, `never` and `without` do."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[<>=%]")


class WordForWord:
    """Asks for nearly the same words, all numbers, and no word that turns the meaning round."""

    def support(self, claims: Sequence[Posed]) -> list[Support]:
        """1 or 0 for each."""
        return [Support(1.0 if _carried(claim) else 0.0) for claim in claims]


def _carried(claim: Posed) -> bool:
    quoted = " ".join(claim.quotes).casefold()
    there, sources = _WORD.findall(quoted), set(_WORD.findall(" ".join(claim.sources).casefold()))
    said = [word for word in _WORD.findall(claim.text.casefold()) if word not in FREE]
    place, new = 0, 0
    for word in said:
        if word in there[place:]:
            place = there.index(word, place) + 1
        elif word in sources:
            continue
        elif any(letter.isdigit() for letter in word) or word in ("not", "no", "never", "without", "nor", "none"):
            return False
        else:
            new += 1
    return bool(said) and new <= NEW * len(said)
