"""What a claim adds to its quotes: a frame that turns them round, a clause of its own, a word to its reader. Knows no truth.

A sentence that is copied and framed (`It is a myth that …`, `…, which is false`, `… and so you should delete …`) shares
nearly every word with its quote, so a verifier that weighs words lets it through. Here the frame alone is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.question import STOP_WORDS
from bot.verifier.lexicon import REPORTING
from bot.verifier.polarity import negations_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUN = 4
"""Words in a row that count as copied."""
COPIED = 0.45
"""Share of a claim's words from which it is a copy, and what else stands in it a frame."""
EDGE = 1
"""Words of matter that may stand before a copy or after it: another word for one of the quote's."""
STEM = 5
"""Letters by which forms of a word are told to be the same."""

_WRONG = (
    r"false(?:ly|hoods?)?|untrue|wrong(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?|myths?|fallac\w+|"
    r"unproven|unfounded|baseless|nonsense|misconceptions?|misguided|delusions?|hoax|fool\w*|absurd\w*"
)
_STANCES = tuple(
    (re.compile(rf"\b(?:{said})\b", re.I), re.compile(rf"\b(?:{there})\b", re.I))
    for said, there in (
        (
            r"den(?:y|ies|ied|ying|ials?)|refut\w+|reject\w*|disput\w+|disprov\w+|debunk\w*|dismiss\w*|rebut\w*",
            r"den(?:y|ies|ied|ying|ials?)|refut\w+|reject\w*|disput\w+|disprov\w+|debunk\w*|dismiss\w*|rebut\w*|contradict\w*",
        ),
        (_WRONG, rf"{_WRONG}|inaccura\w+|errors?|mistakes?"),
        *[(r"supposed(?:ly)?|alleged(?:ly)?|so-called|purported(?:ly)?",) * 2],
        (r"except(?:ing)?", r"except\w*|but|only|unless|other|apart|save|beyond|outside"),
        *[(r"you|your|yours|yourselves|yourself",) * 2],
        *[(r"please|click|download|password|the reader|readers",) * 2],
    )
)
"""Words that judge what is quoted or speak to whoever reads; a quote has to have some of the same kind."""

_NOBODY = re.compile(r"\b(?:nobody|no[ -]one)\b", re.I)
_WORKS = frozenset("architecture design experiment framework method recipe scenario setup study".split())
"""What a claim may call that of which its quote speaks: `in LeCun's architecture`."""
_CAUTION = frozenset(
    "may might could can some sometimes often usually typically perhaps possibly probably likely partly many most several few "
    "almost nearly suggest suggests seem seems appear appears".split()
)
_WHO_CAN = frozenset("we one you".split())
_CAN_BE = frozenset(
    "characterised characterized seen viewed thought described considered interpreted regarded understood".split()
)
"""`One can think of …` and `can be seen as …` allow nothing that could fail to be so."""
_ABLE = re.compile(r"\w{3,}[ai]bl[ey]$")
_POINTS_BACK = frozenset("it its they them their this these that those he his she her one".split())
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_EDGE = re.compile(r"[,;:.!?()\[\]“”\"—–]")


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, folded, with what stands between them."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    """Before each word, and after the last."""


def added(text: str, quotes: Sequence[str], sources: Sequence[str] = (), around: Sequence[str] = ()) -> str | None:
    """What a claim puts to its quotes, in words; None where it is nothing.

    `sources` are the names of the works, `around` the passages in which the quotes stand: a claim may take from these what
    a quote calls `it` or `these`.
    """
    there = "\n".join(quotes)
    for said, same in _STANCES:
        if (found := said.search(text)) and not same.search(there):
            return f"“{found[0]}”, which none of its quotes says"
    if (found := _NOBODY.search(text)) and len(negations_of(text)) > sum(len(negations_of(quote)) for quote in quotes):
        return f"“{found[0]}”, which none of its quotes says"
    claim = _words(text)
    known, near = _stems((*quotes, *sources)), _stems(around)
    for quote in quotes:
        told = _words(quote)
        if _is_cut(claim, told):
            return "a beginning or an end in the middle of its quote"
        if (more := _frame(claim.words, told.words, known, near)) is not None:
            return f"“{more}” around its quote"
    return None


def _stems(texts: Sequence[str]) -> set[str]:
    return {word[:STEM] for each in texts for word in _words(each).words}


def _words(text: str) -> _Words:
    words, gaps, end = [], [], 0
    for found in _WORD.finditer(text):
        words.append(found[0].casefold().replace("’", "'"))
        gaps.append(text[end : found.start()])
        end = found.end()
    return _Words(tuple(words), (*gaps, text[end:]))


def _is_cut(claim: _Words, quote: _Words) -> bool:
    """True for a claim that is a part of the quote, word for word, and neither begins nor ends where the quote pauses."""
    length, whole = len(claim.words), len(quote.words)
    places = [at for at in range(whole - length + 1) if quote.words[at : at + length] == claim.words]
    return bool(places) and not any(
        (at == 0 or _EDGE.search(quote.gaps[at]) or quote.words[at - 1] in _JOINS)
        and (at + length == whole or _EDGE.search(quote.gaps[at + length]))
        for at in places
    )


_JOINS = frozenset("that and but so because thus therefore however".split())
"""After these a statement may begin that stands alone."""


def _frame(claim: Sequence[str], quote: Sequence[str], known: set[str], near: set[str]) -> str | None:
    """What a copy has beyond the quote: matter in no other word's place, or more certainty."""
    matcher = SequenceMatcher(None, claim, quote, autojunk=False)
    copied = [run for run in matcher.get_matching_blocks() if run.size >= RUN]
    if sum(run.size for run in copied) < COPIED * len(claim):
        return None
    if (surer := _surer(matcher, claim, quote)) is not None:
        return surer
    at = there = 0
    for begin, begin_there, size in [*copied, (len(claim), len(quote), 0)]:
        dropped = quote[there:begin_there]
        new = list(_matter(claim[at:begin], known if _POINTS_BACK.isdisjoint(dropped) else known | near))
        inside = at > 0 and size > 0
        if len(new) > (sum(1 for _ in _matter(dropped, set())) if inside else EDGE):
            return new[0]
        at, there = begin + size, begin_there + size
    return None


def _surer(matcher: SequenceMatcher[str], claim: Sequence[str], quote: Sequence[str]) -> str | None:
    """The quote's word of caution for which a copy has none."""
    for change, at, end, there, end_there in matcher.get_opcodes():
        if change in ("replace", "delete", "insert") and end_there - there <= RUN and _CAUTION.isdisjoint(claim[at:end]):
            for place, word in enumerate(quote[there:end_there], there):
                if word in _CAUTION and word not in claim and not (word == "can" and _harmless(claim, quote, place)):
                    return f"more certainty than “{word}”"
    return None


def _harmless(claim: Sequence[str], quote: Sequence[str], place: int) -> bool:
    """True where the quote's `can` at a place may go: it allows nothing, or the claim says it as `achievable`."""
    before, behind = quote[max(0, place - 1) : place], [word for word in quote[place + 1 : place + 3] if word != "be"]
    able = {word[:STEM] for word in claim if _ABLE.search(word)}
    return not _WHO_CAN.isdisjoint(before) or not _CAN_BE.isdisjoint(behind[:1]) or any(word[:STEM] in able for word in behind)


def _matter(words: Sequence[str], known: set[str]) -> Iterator[str]:
    """The words that say something, but for those that are known."""
    for word in words:
        said = word.removesuffix("'s")
        bare = {said, said.removesuffix("s"), said.removesuffix("es"), said.removesuffix("d"), said.removesuffix("ed")}
        if len(said) > 2 and said not in STOP_WORDS and said[:STEM] not in known and not bare & (REPORTING | _WORKS):
            yield word
