"""The questions that an essay poses without asking: `it is unclear whether …`. Knows no reference, and not what they mean.

They are suggestions for a person to look at. A clause counts only behind words that show that something is not known or
not settled: `depends on whether`, `an open question is how`, `the challenge is how to`, `we do not know why`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from corpus.text import loose
from ingest.essay.asked import SAME, Asked
from ingest.essay.sentences import sentences
from ingest.essay.writing import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.essay.sections import Section

_CLAUSE = r"(?P<clause>(?:whether|if|how|why|what|which|when|where|who)\b[^?]*)"
_DOUBTFUL = (
    r"(?:unclear|uncertain|unknown|unresolved|unsettled|debatable|doubtful|not (?:yet )?(?:clear|known|obvious|settled|"
    r"understood)|an? open (?:question|problem|issue)|an? (?:mystery|puzzle)|anyone['’]s guess|up for debate|hard to (?:say|"
    r"tell|know))"
)
_ASKING = r"(?:question|problem|challenge|issue|puzzle|mystery|difficulty|debate|uncertainty|doubt|worry|concern)"
_CUES = tuple(
    re.compile(cue, re.I)
    for cue in (
        rf"\b{_ASKING}s?\b[^.;:?]{{0,60}}?\b(?:is|are|was|remains?|becomes?|lies in|concerns?|of|about|over|as to|on|"
        rf"around)\s+(?:just |exactly |then |not )?{_CLAUSE}",
        rf"\b(?:depends?|depended|hinges?|turns?|rests?)\s+(?:up)?on\s+{_CLAUSE}",
        r"\b(?:is|are|remains?|seems?|was|still)\s+(?:still |largely |far from |also |by no means "
        rf")?{_DOUBTFUL}[,:]?\s+(?:as to |just |exactly )?{_CLAUSE}",
        r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t|nobody|no one|hardly)\s+(?:yet |really |fully |"
        rf"actually )?(?:knows?|understands?|say|tell|predict|explain|agree on)\s+(?:exactly |for sure |yet )?{_CLAUSE}",
        r"\b(?:I|we|one|many|some|people|researchers|it)\s+(?:\w+ )?(?:wonders?|wondered|asks?|debates?|doubts?|"
        rf"questions?)\s+{_CLAUSE}",
        r"\b(?:(?:would|['’]d) (?:like|love)|wants?|wanted|wish(?:es)?|curious)\s+to (?:know|understand|learn|see)"
        rf"(?:\s+(?:is|was|exactly|most is))?[,:]?\s+{_CLAUSE}",
        rf"\b(?:remains?|is|are) (?:yet )?to be (?:seen|shown|determined|settled|answered|explained)[,:]?\s+{_CLAUSE}",
        r"\b(?:understand|explain|figure out|find out|learn|determine|settle|decide|ask|asking|see|investigate|explore|"
        r"study|examine)\s+(?P<must>whether\b[^?]*)",
        r"\b(?P<subject>(?:whether|how|why|what)\b[^?]{8,160}?)\s+(?:is|remains?|are)\s+(?:still |largely |also )?(?:an? "
        r"open (?:question|problem|issue)|unclear|unknown|unresolved|unsettled|uncertain|debated|another (?:question|"
        r"matter)|not (?:yet )?(?:clear|known|understood|settled))\b",
        r"\bthe question of\s+(?P<topic>(?!whether|how|why|what|which|who|when|where)[a-z][^.;:?,]{6,120})",
    )
)
_CUT = re.compile(
    r"[;]|\s[—–]\s?|(?<=\w)—|,\s+(?:but|and (?:it|we|they|this|that|I)|yet|which|since|because|although|though|while|"
    r"whereas|so)\b|\.\s"
)
_FEWEST_WORDS = 3
_NOT_THESE = re.compile(r"\b(?:regardless of|no matter|irrespective of|independent of)\s+$", re.I)


def implied_in(sections: Sequence[Section], asked: Sequence[Asked]) -> list[Asked]:
    """The implied questions of the sections, in order, none that is asked elsewhere."""
    seen = [loose(each.text) for each in asked]
    kept: list[Asked] = []
    for number, section in enumerate(sections):
        for place, block in enumerate(section.blocks):
            if block.kind in ("code", "heading"):
                continue
            written = sentences(block.prose)
            for turn, sentence in enumerate(written):
                for text in _posed(without_marks(sentence)):
                    if not any(fuzz.ratio(loose(text), other) >= SAME for other in seen):
                        kept.append(Asked(number, place, text, tuple(written[:turn]), implied=True))
                        seen.append(loose(text))
    return kept


def _posed(sentence: str) -> Iterator[str]:
    """What a sentence that does not ask leaves open; one clause a sentence, of the surest cue."""
    if "?" in sentence:
        return
    for cue in _CUES:
        found = cue.search(sentence)
        if found is None or _NOT_THESE.search(sentence[: found.start("clause") if "clause" in cue.groupindex else found.start()]):
            continue
        text = _cut(next(words for words in found.groupdict().values() if words))
        text = f"the question of {text}" if "topic" in cue.groupindex else text
        if len(text.split()) >= _FEWEST_WORDS and not re.match(r"(?:what|which|who|how) (?:it|this|that|follows)\b", text):
            yield text
            return


def _cut(clause: str) -> str:
    """The clause up to where the sentence goes on with something else; brackets stay whole."""
    for cut in _CUT.finditer(clause):
        ahead = clause[: cut.start()]
        if ahead.count("(") == ahead.count(")") and ahead.count("“") == ahead.count("”"):
            clause = ahead
            break
    clause = clause.strip(" .,:;!")
    return clause.rstrip(")") if clause.count("(") < clause.count(")") else clause
