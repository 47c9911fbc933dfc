"""Whether a sentence says the contrary of what a question takes for granted. Knows no library and no score.

Three forms can be told by code: the opposite direction of the same thing, a denial of the same words, and the winner of a
comparison lost. Each asks that the sentence speaks of whom the question speaks of. What cannot be told is no contradiction:
a true question turned away is worse than a false premise that passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from bot.confidence.names import names_in, spoken
from bot.leaning import MANNER
from bot.question import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

STEM = 6
"""Letters of a word that count; English endings differ behind them."""
THING = 3
"""Words behind a word of direction, at most, that it describes: `fewer long evasive answers`."""

DENIES = re.compile(r"\b(?:not|never|no|without|nor|neither|cannot|hardly|unlike)\b|n['’]t\b", re.I)
_RATHER = re.compile(r"\b(?:rather than|instead of)\b", re.I)
_CLAUSE = re.compile(r"[;:—]|,\s+(?:but|while|whereas|although|though|yet|and|so|which)\b|\b(?:but|whereas|although|though)\b")
_OPPOSITES = tuple(
    (frozenset(up.split()), frozenset(down.split()))
    for up, down in (
        (
            "better best improve improves improved improving outperform outperforms outperformed",
            "worse worst degrade degrades degraded hurt hurts harm harms underperform underperforms worsen worsens worsened",
        ),
        (
            "more many most high higher highest large larger largest greater greatest big bigger biggest",
            "less few fewer fewest low lower lowest small smaller smallest",
        ),
        ("increase increases increased increasing", "decrease decreases decreased decreasing reduce reduces reduced reducing"),
        ("fast faster fastest quickly quicker", "slow slower slowest slowly"),
        ("easy easier easily", "hard harder difficult"),
    )
)
_SIDES = {
    word: (pair, up)
    for pair, sides in enumerate(_OPPOSITES)
    for words, up in zip(sides, (True, False), strict=True)
    for word in words
}
_SIZES = frozenset(
    "high higher highest low lower lowest large larger largest greater greatest big bigger biggest small smaller smallest".split()
)
"""Of a question that has other words of direction these tell which ones are meant (`large models`), not what is claimed."""
_SKIPPED = frozenset("a an the its their his her our".split())
"""Words that stand between a word of direction and what it describes."""
_ADVICE = r"(?:recommend|advis|advoc|urg|suggest|propos|favou?r|insist|conclud|argu|encourag|endors)[a-z]*"
_ADVISED = re.compile(rf"\b{_ADVICE}", re.I)
_ADVISED_AGAINST = re.compile(
    rf"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+){{0,2}}{_ADVICE}|\b{_ADVICE}\s+(?:\w+\s+){{0,2}}against\b", re.I
)
_BEATS = re.compile(r"\b(?:beats?|outperform\w*|surpass\w*|better than|superior to|defeat\w*)\b", re.I)
_EVERY = re.compile(r"\W*(?:all|any|every)\b", re.I)
_STANDARD = re.compile(
    r"\b(?:than|compared (?:to|with)|relative to|in contrast to|unlike|(?:out|under)perform\w*)\b(?P<standard>[^,;]*)", re.I
)
"""What something is compared with, up to the next comma."""
_POINTER = re.compile(r"(?:Table|Fig(?:ure)?|Section|Appendix|Equation|Algorithm)s?$")
_ASIDE = re.compile(r"\([^()]*\)")
_PAUSE = re.compile(r"[.,;:()]")
_WORD = re.compile(r"\d+\w*|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Told:
    """That more, or less, is said of something."""

    pair: int
    """Of `_OPPOSITES`."""
    up: bool
    size: bool
    """True where it may only tell which ones are meant."""
    thing: frozenset[str]
    """Stems of what it is said of."""
    behind: bool
    """True where that stands behind the word of direction, so that its last word is the thing."""
    before: str
    """The text before it."""


@dataclass(frozen=True, slots=True)
class _Premise:
    """What a question takes for granted, read once for all lines."""

    text: str
    stems: frozenset[str]
    """Of its words of matter that are neither in a name nor who speaks."""
    names: tuple[str, ...]
    """Whole ones, and figures such as `52B`; not those of who speaks."""
    told: tuple[_Told, ...]
    standard: str
    """What it compares with; empty where it does not."""


def contradicts(question: str, line: str, authors: Collection[str] = frozenset(), around: str = "") -> bool:
    """True where a line says the contrary of what the question takes for granted.

    `authors` are stems that name who speaks and need not stand in the line; `around` is the text that the line stands in,
    which may tell where and when.
    """
    premise = _premise(question, authors)
    if not all(spoken(name, f"{line} {around}") for name in premise.names if not name[0].isdigit()):
        return False
    if _beaten(question, line):
        return True
    named = [name for name in names_in(line) if not _POINTER.match(name) and stem(name) not in authors]
    others = [name for name in named if not spoken(name, question)]
    return any(
        _turned(premise, line, clause) or _denied(premise, clause) for clause in _clauses(line) if not _of_others(others, clause)
    )


def stem(word: str) -> str:
    """A word's letters that count, in lower case and without a plural's s."""
    low = word.lower()
    return (low[:-1] if len(low) > 3 and low.endswith("s") else low)[:STEM]


_MANNER = frozenset(map(stem, MANNER))


def _premise(question: str, authors: Collection[str]) -> _Premise:
    names = [name for name in names_in(question) if not {stem(part) for part in _WORD.findall(name)} <= set(authors)]
    figures = (word for word in _WORD.findall(question) if word[0].isdigit() and not _YEAR.fullmatch(word))
    names += [word for word in figures if not any(spoken(word, name) for name in names)]
    stems = _stems(question) - set(authors) - {stem(part) for name in names for part in _WORD.findall(name)}
    return _Premise(question, frozenset(stems), tuple(names), tuple(_told(question)), _standard(question))


def _of_others(others: Iterable[str], clause: str) -> bool:
    """True where a clause names somebody, or something, of which the question does not speak."""
    told = _ASIDE.sub(" ", clause)  # what stands in brackets explains
    return any(spoken(name, told) for name in others)


def _turned(premise: _Premise, line: str, clause: str) -> bool:
    """The opposite direction of the same thing: `worse` asked, `better` said, both of the 52B model."""
    if DENIES.search(clause):
        return False
    said = tuple(_told(clause))
    turned = [one for one in premise.told if any(_met(one, other, same=False) for other in said)]
    claimed = [*premise.told, *(one for one in premise.told if not one.size)][-1:]
    if not turned or turned != claimed or any(_met(turned[0], other, same=True) for other in said):
        return False  # turned twice it stands again, and what is said both ways is said of different things
    asked = turned[0]
    named = any(spoken(name, asked.before) for name in premise.names)
    if not named and any(_met(asked, other, same=True) for other in _told(line)):
        return False
    modifiers = [one for one in premise.told if one is not asked and len(one.before) < len(asked.before)]
    if not all(any(_met(one, other, same=True) for other in said) for one in modifiers):
        return False
    return _of_whom(premise, asked, clause) and _against_what(premise, line, clause)


def _met(one: _Told, other: _Told, *, same: bool) -> bool:
    """True where both say it of one thing: `evasive answers` and `evasive`, but not `evasive answers` and `long answers`."""
    shared = one.thing & other.thing
    whole = shared in {one.thing, other.thing} if one.behind and other.behind else bool(shared)
    return bool(shared) and whole and one.pair == other.pair and (one.up == other.up) is same


def _of_whom(premise: _Premise, asked: _Told, clause: str) -> bool:
    """True where the clause speaks of whom the question speaks of, and not as of what another is compared with."""
    standard = _standard(clause)
    rest = clause.replace(standard, " ") if standard else clause
    names = [name for name in premise.names if spoken(name, asked.before)]
    if names:
        return all(spoken(name, rest) for name in names)
    subject = _stems(asked.before) & premise.stems - asked.thing
    shared = subject & _stems(rest)
    return 2 * len(shared) >= len(subject) and len((shared | asked.thing) & _stems(rest)) >= 2


def _against_what(premise: _Premise, line: str, clause: str) -> bool:
    """True where both compare with the same, or one leaves it out and the other does not name anybody else."""
    said = _standard(line)
    if not said:
        return not premise.standard or not _words(premise.standard) <= _words(clause)
    return bool(_words(premise.standard) & _words(said)) if premise.standard else not names_in(said)


def _told(text: str) -> Iterator[_Told]:
    """What a text says more, or less, of."""
    words = list(_WORD.finditer(text))
    for place, found in enumerate(words):
        side = _SIDES.get(found[0].lower())
        if side is not None:
            behind = _behind(text, words, place)
            thing = frozenset(stem(each[0]) for each in behind or _before(text, words, place))
            yield _Told(*side, found[0].lower() in _SIZES, thing, bool(behind), text[: found.start()])


def _before(text: str, words: list[re.Match[str]], place: int) -> list[re.Match[str]]:
    """The two words of matter before one, without names and what another word of direction describes."""
    taken = {
        found.start() for other in range(place) if words[other][0].lower() in _SIDES for found in _behind(text, words, other)
    }
    names = {part for name in names_in(text) for part in _WORD.findall(name)}
    inside = takewhile(lambda found: not _PAUSE.search(text, found.end(), words[place].start()), reversed(words[:place]))
    before = (found for found in inside if _is_matter(found[0]) and found[0] not in names and not found[0].endswith("ly"))
    return [found for found in islice(before, 2) if found.start() not in taken]


def _behind(text: str, words: list[re.Match[str]], place: int) -> list[re.Match[str]]:
    """The words of matter that follow one, up to a pause or a word that is none."""
    end = words[place].end()
    behind: list[re.Match[str]] = []
    for found in words[place + 1 :]:
        if _PAUSE.search(text, end, found.start()) or len(behind) == THING:
            break
        end = found.end()
        if _is_matter(found[0]):
            behind.append(found)
        elif found[0].lower() not in _SKIPPED:
            break
    return behind


def _is_matter(word: str) -> bool:
    return len(word) > 1 and word.lower() not in STOP_WORDS and word.lower() not in _SIDES and not word[0].isdigit()


def _standard(text: str) -> str:
    found = _STANDARD.search(text)
    return found["standard"] if found else ""


def _denied(premise: _Premise, clause: str) -> bool:
    """A denial of the same words: advice that is not given, or most of the premise's words behind a `not`."""
    taken = premise.stems | {stem(part) for name in premise.names for part in _WORD.findall(name)}
    shared = taken & _stems(clause)
    if _ADVISED.search(premise.text) and _ADVISED_AGAINST.search(clause):
        return len(shared) >= 2 and not _ADVISED_AGAINST.search(premise.text)
    denial = DENIES.search(clause)
    if denial is None or _RATHER.search(clause):
        return False
    rest = clause[denial.end() :]
    told = list(_told(rest))
    if premise.told and not any(_met(one, other, same=True) for one in premise.told for other in told):
        return False  # more or less is claimed, and something else denied
    behind = {stem(word) for word in _WORD.findall(rest)[:3]}
    if taken & behind and len(shared) >= 3 and 3 * len(shared) >= 2 * len(taken):
        return True
    short, whole = taken - _MANNER, _stems(_PAUSE.split(rest)[0])
    return len(short) >= 2 and short <= shared and bool(whole) and whole <= short


def _beaten(question: str, line: str) -> bool:
    """`A beats B` is asked, and `B beats A`, or all others, is said."""
    asked, said = _BEATS.search(question), _BEATS.search(line)
    if asked is None or said is None or DENIES.search(line):
        return False
    winner, loser = _names_around(question, asked)
    before, after = _words(line[: said.start()]), _words(line[said.end() :])
    every = bool(_EVERY.match(line[said.end() :]))
    return bool(winner and loser) and loser in before and winner not in before and (winner in after or every)


def _names_around(question: str, verb: re.Match[str]) -> tuple[str | None, str | None]:
    """The last word of matter before a verb, and the first one behind it."""
    before = [stem(word) for word in _WORD.findall(question[: verb.start()]) if word.lower() not in STOP_WORDS]
    after = [stem(word) for word in _WORD.findall(question[verb.end() :]) if word.lower() not in STOP_WORDS]
    return (before[-1] if before else None), (after[0] if after else None)


def _clauses(line: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(line) if len(clause.split()) >= 4]


def _stems(text: str) -> set[str]:
    """Of the words of matter; words of direction and advice are judged apart."""
    words = (word.lower() for word in _WORD.findall(text) if len(word) > 2)
    return {stem(word) for word in words if word not in STOP_WORDS and word not in _SIDES and not _ADVISED.fullmatch(word)}


def _words(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(text) if word.lower() not in STOP_WORDS}
