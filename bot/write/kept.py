"""Claims that a model wrote before, where it would be asked the very same again. Knows no model and no file.

What is kept is believed no more than a model is: each claim goes through the same gate once more, and where one of them
does not come out of it as it was, nothing is taken over.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.write.parse import Pointed, Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers import Answer, Citation, Claim, Evidence
    from bot.write.growing import Growing


def made_of_the_same(kept: Answer, name: str, query: str, evidence: Sequence[Evidence]) -> bool:
    """True where a kept answer was written by this model, on this question, from these passages.

    Where a passage stands, and in which order they come, makes no difference to what they say.
    """
    return (kept.status, kept.composer, kept.query) == ("answered", name, query) and _words(kept.evidence) == _words(evidence)


def take_over(kept: Answer, growing: Growing) -> bool:
    """Let the kept claims grow again; True where all of them stand, and as they were."""
    cited = {citation.number: citation for citation in kept.citations}
    for claim in kept.claims:
        quotes = [_pointed(cited[number], growing.evidence) for number in claim.citations]
        growing.take(Proposed(claim.text, tuple(pointed for pointed in quotes if pointed is not None)))
    return bool(kept.claims) and _said(kept.claims, cited.values()) == _said(growing.claims, growing.citations)


def _words(evidence: Iterable[Evidence]) -> Counter[tuple[str, str]]:
    return Counter((each.work.key, each.passage.text) for each in evidence)


def _pointed(citation: Citation, evidence: Sequence[Evidence]) -> Pointed | None:
    """The passage in which the quoted words stand now: of several, the one on the page where they stood."""
    quote = citation.quote
    if quote is None:
        return None
    there = [
        (each.passage.position != quote.position, number)
        for number, each in enumerate(evidence, start=1)
        if each.work.key == citation.work.key and quote.text in each.passage.text
    ]
    return Pointed(min(there)[1], quote.text) if there else None


def _said(claims: Sequence[Claim], citations: Iterable[Citation]) -> list[tuple[str, str, tuple[int, ...], list[str]]]:
    """What an answer says, claim by claim, and the words on which each rests."""
    quoted = {citation.number: citation.quote.text if citation.quote else "" for citation in citations}
    return [(claim.text, claim.kind, claim.citations, [quoted[number] for number in claim.citations]) for claim in claims]
