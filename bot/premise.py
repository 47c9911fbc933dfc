"""Questions that take something for granted which the works contradict. Knows no screen, and writes nothing about the world.

`Why does X recommend Y?` says that X does. Such a premise is held against the lines that come nearest to the question, and
falls only where a line says the contrary in a form that code can tell: the opposite direction of the same thing, a denial
of the same words, the winner of a comparison lost, or a name that the named work never mentions. What differs in meaning
alone passes; a question wrongly turned away is worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.abstention import either
from bot.cite import Place, citation_of
from bot.compose import listed
from bot.confidence.names import names_in
from bot.orders import is_order
from bot.question import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Citation, Hit
    from bot.confidence import Signs
    from bot.reader import Reader
    from bot.retrieve import Found

NEAR = 0.42
"""Cosine to the question from which a line speaks of the same matter."""
LINES = 20
"""Lines that are held against a premise."""
HITS = 40
"""Passages whose sentences are read."""
UNFOUNDED = "The question takes something for granted that the library does not bear out."
DOUBT = 0.2
"""What is left of the confidence where the premise falls."""
STEM = 6
"""Letters of a word that count; English endings differ behind them."""

_PRESUPPOSES = re.compile(
    r"(?:(?:and|but|so)[,\s]+)?(?:why|how come|for what reason|(?:what|which) reason|when did|how (?:did|does|do)|which of the|"
    r"what (?:made|makes|led|leads|drove|drives|caused|causes|prompted))\b"
    r"|.*\bwhy (?:did|does|do|is|are|was|were|has|have)\b|given that\b",
    re.I,
)
_DENIES = re.compile(r"\b(?:not|never|no|without|nor|neither|cannot|hardly|unlike)\b|n['’]t\b|\bnon-", re.I)
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
            "more many most high higher highest large larger largest greater greatest big increase increases increased "
            "increasing",
            "less few fewer fewest low lower lowest small smaller smallest decrease decreases decreased decreasing reduce "
            "reduces reduced reducing",
        ),
        ("fast faster fastest quickly quicker", "slow slower slowest slowly"),
        ("easy easier easily", "hard harder difficult"),
    )
)
_DIRECTED = frozenset(word for pair in _OPPOSITES for side in pair for word in side)
_ADVICE = r"(?:recommend|advis|advoc|urg|suggest|propos|favou?r|insist|conclud|argu|encourag|endors)[a-z]*"
_ADVISED = re.compile(rf"\b{_ADVICE}", re.I)
_ADVISED_AGAINST = re.compile(
    rf"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+){{0,2}}{_ADVICE}|\b{_ADVICE}\s+(?:\w+\s+){{0,2}}against\b", re.I
)
_BEATS = re.compile(r"\b(?:beats?|outperform\w*|surpass\w*|better than|superior to|defeat\w*)\b", re.I)
_EVERY = re.compile(r"\W*(?:all|any|every)\b", re.I)
_WORD = re.compile(r"\d+\w*|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Correction:
    """What stands against a question's premise, proven."""

    message: str
    """For a person: that the premise falls, the nearest true statement, and where it stands."""
    passage: str
    """Id of the passage in which it stands."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    near: float
    place: Place
    passage: str
    statement: str | None


def corrected(reader: Reader, found: Found, signs: Signs) -> Correction | None:
    """What corrects the question's premise; None where it takes nothing for granted, or nothing tells against it."""
    question = found.query.text
    if not presupposes(question) or any(hit.bears for hit in found.annotations):
        return None
    lines = _lines(found, signs.about or found.query.heard)
    authors = {stem for key in found.query.heard if key in reader.works() for stem in _author_stems(reader, key)}
    for line in lines:
        if line.near >= NEAR and contradicts(question, line.text, authors):
            citation = citation_of(reader, line.place, 1, line.statement)
            if citation is not None:
                return Correction(_message("What is said there tells against it.", citation), line.passage)
    if not signs.missing or not signs.about & found.query.heard:
        return None
    silent = (
        f"Nothing in {listed(sorted(reader.works()[key].work.label for key in signs.about))} speaks of {either(signs.missing)}."
    )
    nearest = next(((line, cited) for line in lines if (cited := citation_of(reader, line.place, 1, line.statement))), None)
    return None if nearest is None else Correction(_message(silent, nearest[1]), nearest[0].passage)


def correction_first(hits: Sequence[Hit], correction: Correction | None) -> list[Hit]:
    """The hits with the correcting passage in front."""
    return sorted(hits, key=lambda hit: correction is not None and hit.passage.id != correction.passage)


def presupposes(question: str) -> bool:
    """True where the question's form takes a statement for granted, and the statement denies nothing."""
    return bool(_PRESUPPOSES.match(question)) and not _DENIES.search(question)


def contradicts(question: str, line: str, authors: set[str] | frozenset[str] = frozenset()) -> bool:
    """True where a line says the contrary of what the question takes for granted."""
    taken = _stems(question) - authors
    fixed = {_stem(part) for name in names_in(question) for part in _WORD.findall(name)}
    fixed |= {_stem(word) for word in _WORD.findall(question) if any(map(str.isdigit, word)) and not _YEAR.fullmatch(word)}
    return _beaten(question, line) or any(
        _turned(question, clause, taken, fixed - authors) or _denied(question, clause, taken) for clause in _clauses(line)
    )


def _turned(question: str, clause: str, taken: set[str], fixed: set[str]) -> bool:
    """The opposite direction of the same thing: `worse` asked, `better` said, both of the 52B model."""
    if _DENIES.search(clause):
        return False
    said = {_stem(word) for word in _WORD.findall(clause)}
    shared, names = taken & said, fixed & said
    if not (names and len(shared | names) >= 2) and not (len(shared) >= 3 and 2 * len(shared) >= len(taken)):
        return False
    asked, told = _directions(question), _directions(clause)
    return any(one is not None and other is not None and one != other for one, other in zip(asked, told, strict=True))


def _directions(text: str) -> list[bool | None]:
    """For each pair of opposites which side a text is on; None for neither, or both."""
    words = {word.lower() for word in _WORD.findall(text)}
    return [bool(words & up) if bool(words & up) != bool(words & down) else None for up, down in _OPPOSITES]


def _denied(question: str, clause: str, taken: set[str]) -> bool:
    """A denial of the same words: advice that is not given, or most of the premise's words behind a `not`."""
    shared = taken & _stems(clause)
    if _ADVISED.search(question) and _ADVISED_AGAINST.search(clause):
        return len(shared) >= 2
    denial = _DENIES.search(clause)
    if denial is None or _RATHER.search(clause):
        return False
    behind = taken & {_stem(word) for word in _WORD.findall(clause[denial.end() :])[:3]}
    return bool(behind) and len(shared) >= 3 and 3 * len(shared) >= 2 * len(taken)


def _beaten(question: str, line: str) -> bool:
    """`A beats B` is asked, and `B beats A`, or all others, is said."""
    asked, said = _BEATS.search(question), _BEATS.search(line)
    if asked is None or said is None or _DENIES.search(line):
        return False
    winner, loser = _names_around(question, asked)
    before = {_stem(word) for word in _WORD.findall(line[: said.start()])}
    after = {_stem(word) for word in _WORD.findall(line[said.end() :])}
    every = bool(_EVERY.match(line[said.end() :]))
    return bool(winner and loser) and loser in before and winner not in before and (winner in after or every)


def _names_around(question: str, verb: re.Match[str]) -> tuple[str | None, str | None]:
    """The last word of matter before a verb, and the first one behind it."""
    before = [_stem(word) for word in _WORD.findall(question[: verb.start()]) if word.lower() not in STOP_WORDS]
    after = [_stem(word) for word in _WORD.findall(question[verb.end() :]) if word.lower() not in STOP_WORDS]
    return (before[-1] if before else None), (after[0] if after else None)


def _clauses(line: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(line) if len(clause.split()) >= 4]


def _stems(text: str) -> set[str]:
    """Of the words of matter; words of direction and advice are judged apart."""
    words = (word.lower() for word in _WORD.findall(text) if len(word) > 2)
    return {_stem(word) for word in words if word not in STOP_WORDS | _DIRECTED and not _ADVISED.fullmatch(word)}


def _stem(word: str) -> str:
    return word.lower()[:STEM]


def _author_stems(reader: Reader, key: str) -> set[str]:
    names = (word for author in reader.works()[key].work.authors for word in _WORD.findall(author.full))
    return {_stem(name) for name in names} | {_stem("colleagues")}


def _lines(found: Found, about: frozenset[str]) -> list[_Line]:
    """What could be said of the works asked about, nearest first: sentences that may be quoted, and proven annotations."""
    every = (line for line in (*_sentences(found), *_statements(found)) if not about or line.place.work in about)
    return sorted(every, key=lambda line: -line.near)[:LINES]


def _sentences(found: Found) -> Iterator[_Line]:
    for hit in found.hits[:HITS]:
        passage = hit.passage
        if passage.kind != "prose":
            continue
        for sentence, text, near in zip(passage.sentences, passage.texts, hit.sentence_scores, strict=True):
            if sentence.quotable and not is_order(text):
                place = Place(hit.work.key, passage.document, passage.position, sentence.span, passage.section)
                yield _Line(text, near, place, passage.id, None)


def _statements(found: Found) -> Iterator[_Line]:
    passages = {hit.passage.id: hit.passage for hit in found.hits}
    for hit in found.annotations:
        if hit.tie is not None and hit.tie.passage in passages:
            passage = passages[hit.tie.passage]
            place = Place(hit.work.key, hit.tie.document, hit.tie.position, hit.tie.span, passage.section)
            said = hit.annotation.statement if hit.annotation.writer == "reviewed" else None  # a model's words are quoted instead
            yield _Line(hit.annotation.statement, hit.cosine, place, passage.id, said)


def _message(why: str, citation: Citation) -> str:
    """That the premise falls, why, and what stands where."""
    said = citation.statement or (f"“{citation.quote.text}”" if citation.quote else "")
    return f"{UNFOUNDED} {why} Nearest to it: {said} ({citation.pincite})"
