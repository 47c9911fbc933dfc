"""What `these models` or `such a transformation` points at, by its noun. Knows no question.

A noun phrase is found by its borders alone, since there is no tagger: on its left stands a determiner, a preposition
or the beginning of a sentence, one or two words before the noun. Anything else is no sure find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREPOSITIONS = (
    "of in on at by for with from into onto over under about between among within without through during against across like "
    "via per versus than"
).split()
_LINKS = "to and or but as nor while when if because though although that which who whose".split()
_DETERMINERS = (
    "a an the this that these those such all any some several many few most more other another each every no both our their "
    "its my your his her various certain different enough"
).split()
_AUXILIARIES = "is are was were be been can could will would shall should may might must do does did has have had not".split()
_BORDERS = frozenset([*_PREPOSITIONS, *_DETERMINERS])
"""Behind these stands a noun phrase; behind `to` or `and` may stand a verb."""
_FUNCTION = frozenset([*_PREPOSITIONS, *_LINKS, *_DETERMINERS, *_AUXILIARIES])
_VERBAL = re.compile(r"(?<!ou)(?<!s)(?<!u)(?<!i)s$")
"""A plural, or a verb as in `keeps bells`: no part of the phrase."""
_NOT_POINTING = frozenset(
    "day days year years week weeks month post essay article blog time times world era age kind sort way moment point case "
    "sense respect regard question section talk decade century".split()
)
"""`This post`, `these days`: known to whoever reads, or not a thing of which the section speaks."""

_DEMONSTRATIVE = re.compile(
    r"\b(?P<which>this|these|those|such(?: an?\b)?)\s+[\"“”‘']?(?P<words>[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*){0,2})", re.I
)
_LISTED = re.compile(
    r"(?:,\s|\s\()(?:like|such as|including|e\.g\.,?|i\.e\.,?|namely)\s+(?P<list>[^.;:?()\n]{3,120}?)(?=\)|,\s(?:are|is|"
    r"have|can|were|and\s\w+\s\w+\s)|[.;:\n])"
)
_BEHIND = re.compile(r"\s(?:between|of|from|in|into|for|with|towards?)\s(?P<rest>[^.,;:?()\n—–]{3,70})(?=[.;?:\n]|,\s)")


@dataclass(frozen=True, slots=True)
class Demonstrative:
    """A `this`, `these` or `such` with its noun."""

    start: int
    end: int
    """Half-open range in the text."""
    noun: str
    """In lower case, as it stands there."""
    phrase: str
    """The noun with the words between."""
    plural: bool


def demonstratives(text: str) -> list[Demonstrative]:
    """Every demonstrative with a noun that is told by what follows it."""
    found: list[Demonstrative] = []
    for match in _DEMONSTRATIVE.finditer(text):
        words = match["words"].split()
        size = next((place for place, word in enumerate(words) if word.lower() in _FUNCTION), len(words))
        if size == 0 or (behind := _noun_end(text, match, words[:size])) is None:
            continue
        noun = words[behind - 1].lower()
        if noun in _NOT_POINTING:
            continue
        end = match.start("words") + len(" ".join(words[:behind]))
        plural = match["which"].lower() in ("these", "those") or (noun.endswith("s") and not noun.endswith("ss"))
        found.append(Demonstrative(match.start(), end, noun, " ".join(words[:behind]), plural))
    return found


def _noun_end(text: str, match: re.Match[str], words: list[str]) -> int | None:
    """How many words reach to the noun: to a sign or a small word behind; a plural ends there in any case."""
    if match["which"].lower() in ("these", "those", "such"):
        plural = next((place for place, word in enumerate(words, 1) if word.endswith("s") and not word.endswith("ss")), None)
        if plural is not None or match["which"].lower() != "such":
            return plural
    end = match.start("words") + len(" ".join(words))
    behind = re.match(r"\s*([^\W\d_]+)?", text[end:])
    closes = behind is None or behind[1] is None or behind[1].lower() in _FUNCTION
    return len(words) if closes and len(words) == 1 else None


def antecedent_of(found: Demonstrative, before: str) -> str | None:
    """The nearest phrase of the same noun that says more than the noun alone, as it would stand in the question; or None."""
    if " " in found.phrase and found.plural and re.search(rf"\b{re.escape(found.phrase)}\b", before, re.I):
        return found.phrase
    for match in reversed(list(re.finditer(rf"(?<![\w-]){re.escape(found.noun)}(?![\w-])", before, re.I))):
        modifiers, article = _modifiers(before[: match.start()])
        if modifiers is None:
            continue
        behind = before[match.end() :]
        listed, rest = _LISTED.match(behind), _BEHIND.match(behind)
        tail = (
            f" such as {listed['list'].strip()}"
            if listed
            else f" {rest[0].strip()}"
            if rest and article and not modifiers
            else ""
        )
        if not modifiers and not tail:
            continue
        if rest and not listed and len(rest["rest"].split()) > 7:
            continue
        phrase = f"{modifiers} {found.noun}".strip() + tail
        if _points(phrase):
            continue
        return phrase if found.plural else f"the {phrase}"
    return None


def _modifiers(ahead: str) -> tuple[str | None, bool]:
    """The words between a border and the noun, and whether an article is that border; None where no border is near.

    One word is taken; two only where the essay uses them together more than once.
    """
    run = re.search(r"(?P<start>(?:^|[.?!:;\n][\"”’)]?[ ]*)?)(?P<words>(?:[^\W\d_][\w’'/-]*[ ]+)*)$", ahead[-120:])
    near = run["words"].split() if run else []
    for size in range(min(2, len(near)) + 1):
        border = near[-size - 1].lower() if size < len(near) else None
        if border not in _BORDERS and not (border is None and run and run["start"]):
            continue
        kept = near[len(near) - size :] if size else []
        if any(word.lower() in _FUNCTION or _VERBAL.search(word) for word in kept):
            return None, False
        if size == 2 and len(re.findall(rf"\b{re.escape(' '.join(kept))}\b", ahead, re.I)) < 2:
            return None, False
        if kept and border is None and kept[0][1:].islower():
            kept = [kept[0].lower(), *kept[1:]]
        return " ".join(kept), border in ("the", "a", "an")
    return None, False


def without_demonstratives(text: str) -> str:
    """The text without the demonstratives that have a noun, whether they point at something or not."""
    for found in reversed(demonstratives(text)):
        text = text[: found.start] + found.phrase + text[found.end :]
    return re.sub(rf"\b(?:this|these|that|those)\s(?=(?:{'|'.join(sorted(_NOT_POINTING))})\b)", "the ", text, flags=re.I)


def _points(phrase: str) -> bool:
    return re.search(r"\b(?:this|these|those|such (?!as\b)|it|its|they|their)\b", phrase, re.I) is not None
