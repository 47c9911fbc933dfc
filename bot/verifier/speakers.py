"""Who a claim says is speaking. What a quote says is said by the authors of its work, or by those whom it cites itself.

Knows no meanings: only names beside words of saying.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.verifier.names import keys_of, names_of
from bot.verifier.support import Fault
from bot.verifier.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.names import Name

_SAYING = (
    r"(?:says?|said|argues?|argued|holds?|held|thinks?|thought|objects?|writes?|wrote|claims?|claimed|warns?|warned|"
    r"believes?|believed|contends?|insists?|concedes?|grants?|cautions?|notes?|remarks?|observes?|reports?|tells?|told|"
    r"calls?|called|names?|named|asks?|asked|hypothesi[sz]es?|suggests?(?= that)|proposes?|concludes?|maintains?|emphasi[sz]es?|"
    r"stresses)"
)
"""What people do, and systems and tables do not."""
_BEHIND = re.compile(
    rf"(?:\s+(?:and|&)\s+[A-Z][\w’'-]+)?(?:,?\s+et\s+al\b|,?\s+(?:\w+ly\s+)?{_SAYING}\b|[’']s\s+(?:view|account|words?|opinion|talk|eyes)\b"
    r"|\s+and\s+(?:colleagues|co-?workers)\b)"
)
_BEFORE = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the (?:view|words|account|opinion) of)\s+$")


def speakers_of(text: str) -> list[Name]:
    """The names to which a text gives its words."""
    return [name for name in names_of(text) if _BEHIND.match(text, name.end) or _BEFORE.search(text, 0, name.start)]


def speaker_faults(claim: str, quotes: Sequence[str], sources: Sequence[str]) -> list[Fault]:
    """Speakers who are neither authors of the quoted works nor speak, or are cited, in a quote."""
    if not sources:
        return []
    known = {form for source in sources for word in words_of(source) for form in keys_of(word.text)}
    faults = []
    for name in speakers_of(claim):
        last = name.parts[-1]
        if not keys_of(last) & known and not any(_heard(last, quote) for quote in quotes):
            faults.append(Fault("name", name.text))
    return faults


def _heard(name: str, quote: str) -> bool:
    """True where a quote lets somebody of that name speak, or cites them with a year or a number."""
    cited = re.compile(
        rf"\b{re.escape(name)}\b(?:,?\s+et\s+al\b\.?|\s+(?:and|&)\s+[A-Z][\w’'-]+|,\s[A-Z][\w’'-]+)*,?\s*[(\[]?(?:\d{{4}}|\d{{1,3}}\])"
    )
    return cited.search(quote) is not None or any(name in each.parts for each in speakers_of(quote))
