"""The questions that an essay asks, in its own words. Knows no reference, and not what a question means.

A question is a sentence that ends in a question mark, the words inside quotation marks that do, or a heading that does.
Left out, each with its reason, is one that

1. says nothing by itself: no word of its own beside question words and words like `instance`, `next`, `matter`;
2. speaks to the reader (`Have you ever …?`, `Want to know more?`);
3. the essay answers with its very next word (`Because`, `Obviously`, `Yes.`, `No.`);
4. is asked a second time, word for word, as when a paragraph is repeated;
5. asks the one before in other words (`In other words, …?`): its words are kept, to restate that one;
6. is the title of a reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from corpus.text import loose
from ingest.essay.sentences import sentences
from ingest.essay.writing import without_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ingest.essay.sections import Section

SAME = 96.0
"""How alike, of 100, two questions are without case and signs to be the same."""

OPENING = (
    r"(?:is|are|was|were|am|can|could|will|would|shall|should|may|might|must|do|does|did|has|have|had|isn't|aren't|can't|won't|"
    r"don't|doesn't|what|which|who|whom|whose|why|when|where|how|if|to what|in what|in which|at what|by what|under what|for whom)"
)
"""How a question begins."""

_LEADS = (
    r"for (?:instance|example)|and|but|or|so|then|thus|hence|therefore|after all|similarly|likewise|still|yet|indeed|again|also|"
    r"first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|now|on the (?:one|other) hand|conversely|in short|that said|however|"
    r"moreover|furthermore|specifically|in particular|ultimately|more (?:broadly|generally|concretely|precisely|"
    r"specifically|to the point)|"
    r"to put it differently|put differently|alternatively|well|ok|okay|nevertheless|nonetheless|more importantly|next|meanwhile|"
    r"naturally|of course|instead|otherwise|additionally|besides|relatedly"
)
_LEAD = re.compile(rf"^(?:(?:{_LEADS})(?:\s*[,:—–]\s+|\s+(?={OPENING}\b)))+", re.I)
_AGAIN = re.compile(
    r"^(?:in other words|put differently|to put it differently|that is(?: to say)?|put another way|i\.e\.)\s*[,:]\s*", re.I
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{6,300}\?)[\"”]")
_ASIDE = re.compile(r"\(([^()]{6,200}\?)\)")
_AFTER_COLON = re.compile(rf"^(?!{OPENING}\b)(?:.*?[^:])??(?::|\s?[—–])\s*(?={OPENING}\b)", re.I)
_READER = re.compile(
    r"^(?:(?:have|did|do|are|can|could|would|will) you (?:ever|agree|think|know|remember|like|enjoy|want|find|see|feel|"
    r"notice|have|"
    r"still|mind|wonder|guess|imagine|spot|believe|interested|ready|curious|looking|sure|all|really)\b|want to\b|ready "
    r"(?:to|for)\b|"
    r"interested in\b|(?:any|got|have) (?:questions|thoughts|comments|feedback)\b|sounds? familiar|what do you think|"
    r"what about you|"
    r"(?:did|do) you\b.*\b(?:post|article|essay|newsletter)\b|who am i\b|remember\b|see what i\b|shall we\b|(?:may|can|let) i\b)",
    re.I,
)
_REPLY = re.compile(r"^(?:because\b|simple[.:!]|obviously\b|(?:yes|no|nope|yep)[.!])", re.I)
_EMPTY = frozenset(
    "instance example next matter matters mean means happen happens happened wrong right else point problem answer question "
    "questions far long going go wait guess see mind know sure course so really not no yes say said thing things one way ways "
    "change changed changes since here there now then this that these those it they we you i he she us them our my your "
    "its their be been being have has had "
    "do does did done is are was were am can could will would shall should may might must the a an of to in on at by for with "
    "from and or but if as than too also just even ever still yet again more most much many very all any some such same other "
    "what which who whom whose why when where how about up out off get got make makes made come comes take takes like "
    "look".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the essay asks it."""

    section: int
    """Which section, from 0."""
    block: int
    """Which block of the section, from 0."""
    text: str
    before: tuple[str, ...] = ()
    """Sentences of the block that stand before it."""
    again: str | None = None
    """The same in other words of the essay."""
    heading: bool = False
    implied: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is none to answer."""

    text: str
    reason: str


def ask_out(sections: Sequence[Section], titles: Collection[str]) -> tuple[list[Asked], list[LeftOut]]:
    """Every question of the sections, in order, and those left out; `titles` are those of the references."""
    kept: list[Asked] = []
    left: list[LeftOut] = []
    seen: list[str] = []
    known = {loose(title) for title in titles}
    for found, reply in _found(sections):
        again = _AGAIN.match(found.text)
        text = _tidy(_AGAIN.sub("", found.text))
        reason = _reason(text, reply, known)
        if any(fuzz.ratio(loose(text), other) >= SAME for other in seen):
            continue
        if reason is None and again and kept and kept[-1].section == found.section:
            kept[-1], reason = replace(kept[-1], again=text), "it asks the one before in other words"
        if reason is None:
            kept.append(replace(found, text=text))
            seen.append(loose(text))
        else:
            left.append(LeftOut(text, reason))
    return kept, left


def _found(sections: Sequence[Section]) -> Iterator[tuple[Asked, str]]:
    """Every question mark's question, with the sentence behind it."""
    for number, section in enumerate(sections):
        for place, block in enumerate(section.blocks):
            if block.kind == "code" or "?" not in block.text:
                continue
            if block.kind == "heading":
                if block.prose.rstrip("\"”' *_").endswith("?"):
                    yield Asked(number, place, section.title, heading=True), ""
                continue
            written = sentences(block.prose)
            for turn, sentence in enumerate(written):
                reply = written[turn + 1] if turn + 1 < len(written) else ""
                for text in questions_in(sentence):
                    yield Asked(number, place, text, tuple(written[:turn])), reply


def questions_in(sentence: str) -> list[str]:
    """The questions of one sentence: those in its quotation marks or brackets, or itself."""
    bare = without_marks(re.sub(r"!+\?|\?!+", "?", re.sub(r"\S+://\S+", "", sentence)))
    quoted = [found for found in _QUOTED.findall(bare) if len(found.split()) > 2]
    outside = _QUOTED.sub("", bare)
    asides = [found for found in _ASIDE.findall(outside) if len(found.split()) > 3]
    rest = _ASIDE.sub("", outside).strip(" \"“”'‘’*_")
    if not rest.rstrip(")").endswith("?"):
        return quoted + asides
    if quoted:  # the sentence asks, and quotes a question in doing so
        rest = _ASIDE.sub("", bare)
        return [rest.strip(" *_"), *asides]
    return [rest, *asides]


def _tidy(text: str) -> str:
    """The question without what leads up to it, in the essay's words."""
    text = text.strip(' "“”*_-–—•')
    text = re.sub(r"\s+([?])", r"\1", text)
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    text = _AFTER_COLON.sub("", _LEAD.sub("", text))
    return _LEAD.sub("", text).strip()


def _reason(text: str, reply: str, titles: Collection[str]) -> str | None:
    """Why a question is left out; None where it is not."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower())
    if not [word for word in words if word.replace("’", "'").split("'")[0] not in _EMPTY]:
        return "it says nothing by itself"
    if _READER.match(text):
        return "it speaks to the reader"
    if _REPLY.match(reply):
        return "the essay answers it at once"
    if loose(text) in titles:
        return "it is the title of a reference"
    return None
