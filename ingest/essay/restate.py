"""A question restated so that it stands alone, without a language model. Knows no reference and no file.

The essay's words stay, but for these:

1. `this`, `these`, `such` and a noun become the nearest noun phrase before it in the section with the same noun in the same
   number, if that one says more and both its ends are plain (see `antecedents`);
2. where that is not so, or the question rests on `it`, `they`, `a similar …`, the nearest sentence before it in its
   paragraph that stands alone is put in front; if there is none, what its section is about;
3. a question that the essay repeats in other words takes those words, if the first ones rest on something;
4. a clause that is no sentence (`whether they can plan`) becomes a question.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.essay.antecedents import antecedent_of, demonstratives, without_demonstratives
from ingest.essay.asked import OPENING
from ingest.essay.clauses import as_question
from ingest.essay.writing import without_marks

if TYPE_CHECKING:
    from ingest.essay.asked import Asked
    from ingest.essay.sections import Section

LONGEST_SENTENCE = 160
"""Characters of a sentence that may be put in front of a question."""

_CITED = re.compile(r"\s*\((?:(?:see|e\.g\.|cf\.)[,]?\s*)?(?:[A-ZÀ-Þ][^()]{1,80}?,?\s(?:19|20)\d\d[a-z]?(?:;\s*)?)+\)")
_PRONOUN = re.compile(r"\b(it|its|itself|they|them|their|theirs|themselves|he|she|his|her|this|these|those|here|there)\b", re.I)
_THAT = re.compile(
    r"^(?:and |but |so )?(?:is|was|does|did|would|could|can|will|might|should|how|why|what about|how about) that\b(?! "
    r"[^\W\d_]+s\b)",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\bit (?:possible|true|enough|necessary|likely|fair|safe|right|reasonable|worth|better|clear|even possible|time)\b|"
    r"\bit (?:\w+ ){1,4}(?:that|to)\b|\bthere (?:\w+ )?(?:a|an|any|some|no|more|another|limits?|latent|hope|evidence)\b|"
    r"(?:is|are|was|were|will|could|can|might|may|should) there\b|\bthere (?:be|is|are)\b",
    re.I,
)
_LIKENESS = re.compile(
    r"\b(?:a |the )?(?:similar|same|former|latter|opposite|reverse)\b(?! (?:to|as)\b)|\bsuch\b(?! as\b)|\b(?:do|does|"
    r"did) so\b|\bof (?:them|these|those)\b",
    re.I,
)
_VERBS_AND_SMALL = re.compile(
    rf"(?:{OPENING}|not|a|an|the|of|in|on|to|for|with|from|by|we|you|i|one|us|all|any|some|more|even|just|only|really|"
    r"ever|still|then)\b",
    re.I,
)
_AUXILIARY = r"is|are|was|were|can|could|will|would|shall|should|may|might|must|do|does|did|has|have|had"
_TOPIC_END = re.compile(
    r"\s+(?:our|your|my|their|its|the|a|an|all|any|only|really|just|enough|necessary|possible|to|be|have|need|needed|not|ever|"
    r"in|on|for|as|still|yet|good|bad|dead|safe|over|that|which|who|lead|mean|make|do|does|know|think|understand)\b",
    re.I,
)


def restate(asked: Asked, section: Section) -> str:
    """The question in a form that stands alone; ends in a question mark."""
    text = _CITED.sub("", without_marks(asked.text)).strip()
    if asked.implied:
        text = as_question(text)
    if asked.heading:
        return _sentence(text)
    resolved, open_ends = _resolved(text, _before(asked, section))
    if not open_ends:
        return _sentence(resolved)
    if asked.again is not None and not _resolved(asked.again, "")[1]:
        return _sentence(without_marks(asked.again))
    ahead = _ahead(asked)
    if ahead:
        return f"{ahead} {_sentence(resolved)}"
    topic = topic_of(section.title)
    return f"{topic}: {_sentence(resolved)}" if topic else _sentence(resolved)


def topic_of(title: str) -> str:
    """What a section is about, from its title; of a title that asks, what it asks about."""
    title = without_marks(title).strip(" ?!.")
    if ":" in title:
        return title.split(":")[0].strip()
    asks = re.match(rf"(?:(?:what|which|why|how|when|where|who)\b\s*)?(?:(?:{_AUXILIARY})\s+)?(?P<rest>.*)", title, re.I)
    if asks is None or asks["rest"] == title:
        return title
    words = _TOPIC_END.split(asks["rest"], maxsplit=1)[0].strip()
    return words or title


def _before(asked: Asked, section: Section) -> str:
    """The section's text before the question."""
    blocks = [block.prose for block in section.blocks[: asked.block] if block.kind != "code"]
    return "\n".join(map(without_marks, [*blocks, " ".join(asked.before)]))


def _resolved(text: str, before: str) -> tuple[str, bool]:
    """The text with what its demonstratives point at, and whether something in it still points elsewhere."""
    open_ends = False
    for found in reversed(demonstratives(text)):
        if re.search(rf"\b{re.escape(found.noun)}\b", text[: found.start], re.I):
            continue  # the question itself names before what it points at
        phrase = antecedent_of(found, before)
        open_ends |= phrase is None
        text = text if phrase is None else text[: found.start] + phrase + text[found.end :]
    return text, open_ends or _leans(text)


def _leans(text: str) -> bool:
    """True where a pronoun stands before anything in the question that it could mean, or something is likened to nothing."""
    bare = _EXPLETIVE.sub(" ", without_demonstratives(text))
    if _LIKENESS.search(bare):
        return True
    if _THAT.search(bare):
        return True
    found = _PRONOUN.search(bare)
    if found is None:
        return False
    ahead = [word for word in re.findall(r"[^\W\d_][\w’'-]*", bare[: found.start()]) if not _VERBS_AND_SMALL.fullmatch(word)]
    return len(ahead) < 2


def _ahead(asked: Asked) -> str:
    """The nearest sentence before the question in its paragraph that states something and stands alone; empty if none does."""
    for sentence in reversed(asked.before):
        text = _CITED.sub("", without_marks(sentence))
        text = re.sub(
            r"^(?:similarly|likewise|however|moreover|furthermore|also|still|yet|and|but|so|thus|hence|indeed|again)\b,?\s*",
            "",
            text,
            flags=re.I,
        )
        if len(text) <= LONGEST_SENTENCE and text.endswith(".") and not _resolved(text, "")[1] and len(text.split()) > 3:
            return text[0].upper() + text[1:]
    return ""


def _sentence(text: str) -> str:
    """With a capital in front and a question mark at the end."""
    text = " ".join(text.split())
    text = text[0].upper() + text[1:] if text else text
    return text if text.endswith("?") else text.rstrip(".!") + "?"
