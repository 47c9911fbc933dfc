"""Questions that take something for granted which the works contradict. Knows no screen, and writes nothing about the world.

`Why does X recommend Y?` says that X does. Such a premise is held against the lines that come nearest to the question, and
falls only where a line says the contrary in a form that code can tell: the opposite direction of the same thing, a denial
of the same words, or the winner of a comparison lost (`bot/contrary.py`). What differs in meaning alone passes; a question
wrongly turned away is worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.candidates import LONGEST_QUOTE
from bot.cite import Place, citation_of
from bot.contrary import DENIES, contradicts, stem
from bot.orders import is_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Citation, Hit
    from bot.confidence import Signs
    from bot.reader import Reader
    from bot.retrieve import Found
    from corpus.documents import Passage
    from corpus.works import Work

NEAR = 0.42
"""Cosine to the question from which a line speaks of the same matter."""
LINES = 20
"""Lines that are held against a premise."""
HITS = 40
"""Passages whose sentences are read."""
UNFOUNDED = "The question takes something for granted that the library does not bear out."
DOUBT = 0.2
"""What is left of the confidence where the premise falls."""

_PRESUPPOSES = re.compile(
    r"(?:(?:and|but|so)[,\s]+)?(?:why|how come|for what reason|(?:what|which) reason|when did|how (?:did|does|do)|which of the|"
    r"what (?:made|makes|led|leads|drove|drives|caused|causes|prompted))\b"
    r"|.*\bwhy (?:did|does|do|is|are|was|were|has|have)\b|given that\b",
    re.I,
)
_NON = re.compile(r"\bnon-", re.I)
_WORD = re.compile(r"[^\W\d_]+")


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
    around: str
    statement: str | None


def corrected(reader: Reader, found: Found, signs: Signs) -> Correction | None:
    """What corrects the question's premise; None where it takes nothing for granted, or nothing tells against it."""
    question = found.query.text
    if not presupposes(question) or any(hit.bears for hit in found.annotations):
        return None
    named = found.query.heard & reader.works().keys()
    for line in _lines(found, signs.about or found.query.heard):
        authors = {name for key in named | {line.place.work} for name in _author_stems(reader, key)}
        if line.near >= NEAR and contradicts(question, line.text, authors, line.around):
            citation = citation_of(reader, line.place, 1, line.statement)
            if citation is not None:
                return Correction(_message(citation), line.passage)
    return None


def correction_first(hits: Sequence[Hit], correction: Correction | None) -> list[Hit]:
    """The hits with the correcting passage in front."""
    return sorted(hits, key=lambda hit: correction is not None and hit.passage.id != correction.passage)


def presupposes(question: str) -> bool:
    """True where the question's form takes a statement for granted, and the statement denies nothing."""
    return bool(_PRESUPPOSES.match(question)) and not DENIES.search(question) and not _NON.search(question)


def _author_stems(reader: Reader, key: str) -> set[str]:
    """Of who wrote a work, or gave the talk that its key is called after."""
    names = (word for author in reader.works()[key].work.authors for word in _WORD.findall(author.full))
    return {stem(name) for name in (*names, key.split("-")[0], "colleagues")}


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
            if sentence.quotable and len(text.split()) <= LONGEST_QUOTE and not is_order(text):
                place = Place(hit.work.key, passage.document, passage.position, sentence.span, passage.section)
                yield _Line(text, near, place, passage.id, _around(hit.work, passage), None)


def _statements(found: Found) -> Iterator[_Line]:
    passages = {hit.passage.id: hit.passage for hit in found.hits}
    for hit in found.annotations:
        if hit.tie is not None and hit.tie.passage in passages:
            passage = passages[hit.tie.passage]
            place = Place(hit.work.key, hit.tie.document, hit.tie.position, hit.tie.span, passage.section)
            said = hit.annotation.statement if hit.annotation.writer == "reviewed" else None  # a model's words are quoted instead
            yield _Line(hit.annotation.statement, hit.cosine, place, passage.id, _around(hit.work, passage), said)


def _around(work: Work, passage: Passage) -> str:
    """What tells where and when: the passage, its section's title and its work's."""
    return " ".join((work.title, passage.section or "", *passage.texts))


def _message(citation: Citation) -> str:
    """That the premise falls, and what stands where."""
    said = citation.statement or (f"“{citation.quote.text}”" if citation.quote else "")
    return f"{UNFOUNDED} What is said there tells against it. Nearest to it: {said} ({citation.pincite})"
