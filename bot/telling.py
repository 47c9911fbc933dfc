"""What a sentence's own wording is worth as an answer, beside its nearness. Knows no passage and no vector."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN_WORDS = 0.08
"""Added for a sentence that has all of the query's content words."""
BRIEF = 0.15
"""Taken, in part, from a sentence of fewer than `FULL_WORDS` words: an aside, whose nearness is its surroundings'."""
FULL_WORDS = 18
ANNOUNCED = 0.1
"""Taken from a sentence that only says what will be said, or where it stands."""
SAMPLE = 0.15
"""Taken from a line of a dialogue or trace that a work shows as a sample."""
STEM = 6
"""Letters of a word that count; English endings differ behind them."""
DEFINES = 0.08
"""Added for a sentence that says what the thing asked about is, where a question asks that: of 16 such questions two open
better by it, none worse. A number for `how many`, and a word of reason for `why`, gained as much as they lost."""
SUBJECT = 3
"""Words that a definition may put to the words asked about before it says `is`."""
YEAR_AT_END = 12
"""Characters at the end of a bracket in which a citation has its year."""
LATE = 80
"""Characters before an announcement by which a sentence has said something itself."""

_TURN = re.compile(
    r"(?:(?:human|assistant|user|question|answer|prompt|response)\s*:|(?:thought|action|observation)(?: \d+\b|:))", re.I
)
"""A turn of a dialogue that a work shows: whoever speaks there, it is not the work."""
_POINTS_AWAY = re.compile(r"\b(?:Figure|Fig\.|Table|Section|Sec\.|Appendix|Eq\.|Equation|Algorithm)\s*\(?\d?", re.I)
_ANNOUNCES = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall|(?:['’](?:m|re)| am| are) (?:\w+ )?(?:going to|gonna)| want(?:ed)? to| would like to"
    r"| begin by| start by|['’]ve| have)?(?: (?:now|next|first|also|briefly|further|just|so far))*"
    r" (?:talk(?:ed|ing)? (?:about|through)|discuss|review|outline|go(?:ing)? (?:over|through|into)|describ(?:e|ing)|turn to"
    r"|move on|look(?:ing)? (?:at|into)|switch gears|(?:give|provide) (?:details|examples?|an overview))\b"
    r"|\blet(?:['’]s| us| me) (?:\w+ )?(?:start|begin|look|go|talk|turn|move|discuss)\b"
    r"|\b(?:is|are|will be) (?:\w+ )?(?:discussed|described|presented|given|shown|detailed|provided|listed|summari[sz]ed"
    r"|illustrated|explained) (?:in|by) (?:the (?:next|following)|figure|fig|table|section|appendix|app)\b"
    r"|^(?:figure|fig\.|table) ?\w+ (?:shows?|gives?|lists?|presents?|illustrates?|depicts?)\b(?! that)"
    r"|^see (?:figure|table|section|appendix)\b",
    re.I,
)
"""It takes 95 of the 4,101 sentences of fourteen works that can be quoted; of 55 that were read, 50 said nothing themselves."""
_FILLER = re.compile(r"\b(?:um|uh|you know|kind of|sort of|i mean|okay so|all right)\b", re.I)
_BRACKETS = re.compile(r"\[[\d,;\s–-]{1,200}\]|\([A-Z][^()]{0,600}\)")
_YEAR_LAST = re.compile(r"(?:19|20)\d\d[a-z]?[;,\s]*\)$")

_ASKS_WHAT = re.compile(r"what(?:['’]s| is| are| exactly (?:is|are)| precisely (?:is|are)| do(?:es)? .* mean)\b", re.I)
_DEFINITION = re.compile(
    r"(.{0,80}?)\b(?:is|are|was|means?|refers? to|consists? (?:in|of)|denotes?|stands? for)"
    r" (?:an?|the|that|when|where|any|one|how|just)\b",
    re.I,
)
_OF_DEFINING = frozenset("mean means meant exactly precisely actually term".split())


def telling(text: str, question: str, query_words: Sequence[str]) -> float:
    """What a sentence's own wording adds to its score: the query's words in it, against asides, fillers and pointers."""
    low = text.lower()
    met = sum(word[:STEM] in low for word in query_words) / max(1, len(query_words))
    short = max(0.0, 1 - len(text.split()) / FULL_WORDS)
    pointers = 0.03 * bool(_POINTS_AWAY.search(text)) + 0.02 * sum(1 for _ in _citations(text))
    wanted = answering_form(text, question, query_words)
    announced = ANNOUNCED * _announces(text) + SAMPLE * bool(_TURN.match(text))
    return wanted + OWN_WORDS * met - BRIEF * short - 0.02 * len(_FILLER.findall(text)) - pointers - announced


def without_citations(text: str) -> str:
    """The text without `(Hale, 2031)` and `[12]`."""
    for found in reversed(list(_citations(text))):
        text = text[: found.start()] + text[found.end() :]
    return text


def _citations(text: str) -> Iterator[re.Match[str]]:
    """Each is looked at once, whatever stands in it: one pattern for a list of them takes twice as long with each more."""
    for found in _BRACKETS.finditer(text):
        if found[0].startswith("[") or _YEAR_LAST.search(found[0][-YEAR_AT_END:]):
            yield found


def _announces(text: str) -> bool:
    """True where the sentence says nothing but what will be said or shown: nothing long before it, nor behind a colon."""
    found = _ANNOUNCES.search(text)
    return found is not None and found.start() < LATE and ": " not in text[found.end() :]


def answering_form(text: str, question: str, query_words: Sequence[str]) -> float:
    """What is added for a sentence that says what a thing is, where the question asks that."""
    if _ASKS_WHAT.match(question) or len(question.split()) <= 3:
        return DEFINES * _defines(text, query_words)
    return 0.0


def _defines(text: str, words: Sequence[str]) -> bool:
    """True where the sentence is about what is asked, and about nothing more, and says what it is."""
    found, asked = _DEFINITION.match(text), [word for word in words if word not in _OF_DEFINING]
    if found is None or not asked:
        return False
    subject = found[1].lower()
    return len(subject.split()) <= len(asked) + SUBJECT and all(word[:STEM] in subject for word in asked)
