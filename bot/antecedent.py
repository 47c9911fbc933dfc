"""What a curt follow-up is about: the topic of the question before it. Knows no library and no turn.

The topic alone is carried over, not the whole question: asked again in full, it outweighs the few words that are new, and
what was said comes up once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.question import AUXILIARY

_SAYS = r"(?:say|think|write|argue|believe|mean|claim|report|find|propose|suggest|recommend)s?"
_ACCORDING = re.compile(r"according to (?P<who>[^,?]{1,80}), (?P<rest>\w.*)", re.I)
_SAID_ABOUT = re.compile(
    rf"(?:what|how)\s+{AUXILIARY}\s+(?P<who>\w.*?)\s+(?:have to\s+)?{_SAYS}\s+(?:about|on|of|by|regarding)\s+(?P<what>.+)", re.I
)
_WHAT_IS = re.compile(r"(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+(?:meant by\s+)?(?P<what>.+)", re.I)
_ASKED_FOR = re.compile(
    rf"(?:(?:by|on|in|at|with|for|from|to|of)\s+)?(?:what|which|whose|how\s+(?:many|much))\s+"
    rf"(?P<what>(?!{AUXILIARY}\b)\w[\w-]*(?:\s+(?!{AUXILIARY}\b)\w[\w-]*){{0,2}})\s+{AUXILIARY}\s+(?P<rest>.+)",
    re.I,
)
_ASKS = re.compile(
    rf"(?:(?:by|on|in|at|with|for|from|to|of)\s+)?(?:what|which|who|whom|why|when|where|how(?:\s+(?:much|many|long|far|often|few|well|"
    rf"good|big|large|fast|hard))?)\b\s*(?:{AUXILIARY}\b\s*)?|{AUXILIARY}\s+(?:there\s+)?",
    re.I,
)
_HAPPENS = re.compile(
    r"\w\s+(?:\w+ed|made|known|seen|found|given|shown)\s+(?:for|by|in|on|with|to|as|from|of|at|into)\b|,|\b(?:and|or)\b", re.I
)
"""More than a noun: it cannot be put in the place of a pronoun."""
LONGEST_NOUN = 8
"""Words of a noun that is put in the place of a pronoun."""
_THING = re.compile(
    r"\b(?:(?P<whose>its|their)|it|they|them|(?:this|that|these|those)(?=\W*$|\s+(?!really|so\b|true|right|correct|all\b)\w+\W*$))(?=\W|$)",
    re.I,
)
"""`That` alone may as well be what was said of it: `is that so?`."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a question was about."""

    words: str
    """The topic, as it stands in the question."""
    is_noun: bool = False
    """A pronoun may stand for it."""
    who: str = ""
    """Whose word on it was asked for; empty where nobody's."""


def antecedent(question: str) -> Antecedent:
    """The topic of a question: what is left of it without what makes it a question."""
    asked = _bare(question)
    if (found := _ACCORDING.fullmatch(asked)) is not None:
        inner = antecedent(found["rest"])
        return Antecedent(inner.words, inner.is_noun, found["who"])
    if (found := _SAID_ABOUT.fullmatch(asked)) is not None:
        return Antecedent(found["what"], _is_noun(found["what"]), found["who"])
    if (found := _WHAT_IS.fullmatch(asked)) is not None:
        return Antecedent(found["what"], _is_noun(found["what"]))
    if (found := _ASKED_FOR.fullmatch(asked)) is not None:
        return Antecedent(f"{found['what']} {found['rest']}")
    head = _ASKS.match(asked)
    return Antecedent(asked[head.end() :] or asked if head else asked)


def asked_of(question: str, about: Antecedent) -> str:
    """The follow-up as one question: the topic in the place of its pronoun, or before it."""
    found = _THING.search(question) if about.is_noun else None
    if found is None:
        who = f"{about.who} on " if about.who else ""
        topic = f"{who}{about.words}"
        return f"{topic[:1].upper()}{topic[1:]}: {_lowered(question)}"
    put = _whose(about.words) if found["whose"] else about.words
    text = f"{question[: found.start()]}{put}{question[found.end() :]}"
    return f"According to {about.who}, {_lowered(text)}" if about.who else f"{text[:1].upper()}{text[1:]}"


def _bare(question: str) -> str:
    return " ".join(question.split()).rstrip(" ?.!")


def _lowered(text: str) -> str:
    """Begun small, but for `I` and what is written in capitals."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return text if first == "I" or not first[1:].islower() else f"{text[:1].lower()}{text[1:]}"


def _is_noun(words: str) -> bool:
    return len(words.split()) <= LONGEST_NOUN and not _HAPPENS.search(words)


def _whose(words: str) -> str:
    return f"{words}'" if words.endswith("s") else f"{words}'s"
