"""What an answer could say: annotations and telling sentences of the evidence. Knows no wording around them.

An annotation is a statement in plain words with its proven quote; a sentence speaks for itself. Headings, captions,
footnotes, author lists and references are no candidates, since only whole sentences of running prose are; nor is an order
to whoever reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bot.orders import is_order
from bot.telling import answering_form, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bot.answers import Evidence, Hit
    from bot.retrieve import AnnotationHit, Found
    from corpus.documents import Passage, Span
    from corpus.works import Work

LONGEST_QUOTE = 90
"""Words of the longest sentence, or pair of sentences, that is quoted."""
SHORTEST_QUOTE = 7
"""Words of the shortest; less is an aside."""
PLAIN_WORDS = 0.04
"""What a checked statement in plain words is worth over a bare quote."""
DANGLING = 0.08
"""Taken from a sentence that leans on one before it which cannot be quoted with it."""

_LEANS = re.compile(
    r"(?:(?:um|uh|well|okay|now)\b,?\s+)*"  # before the word that leans, in a talk
    r"(?:which|this|that|these|those|it|its|they|their|them|he|she|such|however|but|and|hence|therefore|thus|so|instead|moreover|"
    r"furthermore|also|additionally|in addition|similarly|conversely|in contrast|consequently|as a result|nevertheless|yet|"
    r"otherwise|then|here|there|both|neither|the (?:former|latter)|for example|for instance|in this|in that|in particular|"
    r"likewise|specifically|second|third|finally|indeed|accordingly|still|note that|in other words|to this end|to do so)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that an answer could say, with the place that proves it."""

    text: str | None
    """The annotation's statement; None where the quote speaks for itself."""
    work: Work
    score: float
    vector: NDArray[np.float32]
    """Of what it says, for telling doubles."""
    document: str | None = None
    """Digest; None where only an annotation vouches for it."""
    position: int = 0
    span: Span | None = None
    section: str | None = None
    annotation: AnnotationHit | None = None
    before: NDArray[np.float32] | None = None
    """Vector of the sentence before, where it is quoted as well."""
    pair: tuple[Span, Span] | None = None
    """That sentence's place and its own, of which `span` is the whole."""
    said: str = ""
    """What it says, in words: the statement, or the sentence quoted."""
    near_parts: tuple[float, ...] = ()
    """Its nearness to each part of the question; empty where there is one only."""

    @property
    def part(self) -> int | None:
        """The part that it comes nearest to, from 1; None where there is one only."""
        return 1 + max(range(len(self.near_parts)), key=self.near_parts.__getitem__) if self.near_parts else None

    @property
    def vectors(self) -> tuple[NDArray[np.float32], ...]:
        """Of every sentence that it says."""
        return (self.vector,) if self.before is None else (self.vector, self.before)

    @property
    def bears(self) -> bool:
        """True where two readers found it to bear on the very question."""
        return self.annotation is not None and self.annotation.bears


def candidates(found: Found, evidence: Sequence[Evidence]) -> list[Candidate]:
    """All candidates of the evidence, and annotations of works that are not here; best first."""
    hits = {hit.passage.id: hit for hit in found.hits}
    shown = {each.passage.id: hits[each.passage.id] for each in evidence}
    all_of_them = [*_annotated(found, shown)]
    for hit in shown.values():
        all_of_them += _quoted(hit, found)
    if found.parts and all_of_them:
        rows = np.stack([candidate.vector for candidate in all_of_them])
        near = np.stack([probe.near(rows) for probe in found.parts], axis=1).tolist()
        all_of_them = [replace(each, near_parts=tuple(row)) for each, row in zip(all_of_them, near, strict=True)]
    return sorted(all_of_them, key=lambda candidate: -candidate.score)


def _annotated(found: Found, shown: dict[str, Hit]) -> Iterator[Candidate]:
    for hit in found.annotations:
        if hit.tie is None:
            score = hit.cosine - PLAIN_WORDS
            said = hit.annotation.statement
            yield Candidate(said, hit.work, score, hit.vector, section=hit.annotation.section, annotation=hit, said=said)
        elif hit.tie.passage in shown:
            passage = shown[hit.tie.passage]
            score = 0.7 * hit.cosine + 0.3 * passage.score + PLAIN_WORDS
            score += answering_form(hit.annotation.statement, found.query.text, found.words)
            yield Candidate(
                hit.annotation.statement,
                hit.work,
                score,
                hit.vector,
                document=hit.tie.document,
                position=hit.tie.position,
                span=hit.tie.span,
                section=passage.passage.section,
                annotation=hit,
                said=hit.annotation.statement,
            )


def _quoted(hit: Hit, found: Found) -> Iterator[Candidate]:
    """Sentences of a passage, with the one before where they lean on it."""
    passage = hit.passage
    if passage.kind != "prose":
        return
    vectors = found.vectors[passage.id]
    for place, sentence in enumerate(passage.sentences):
        text = passage.texts[place]
        words = len(text.split())
        if not sentence.quotable or not SHORTEST_QUOTE <= words <= LONGEST_QUOTE or text.endswith("?") or is_order(text):
            continue
        span, score = sentence.span, 0.7 * hit.sentence_scores[place] + 0.3 * hit.score
        pair = None
        if _LEANS.match(text):
            before = _before(passage, place)
            if before is not None and words + len(passage.texts[place - 1].split()) <= LONGEST_QUOTE:
                pair, span = (before, span), before.to(span)
            else:
                score -= DANGLING
        score += telling(text, found.query.text, found.words)
        yield Candidate(
            text=None,
            work=hit.work,
            score=score,
            vector=vectors.sentences[place],
            document=passage.document,
            position=passage.position,
            span=span,
            section=passage.section,
            before=vectors.sentences[place - 1] if pair else None,
            pair=pair,
            said=text,
        )


def _before(passage: Passage, place: int) -> Span | None:
    """The sentence before, where it is whole and follows on without a gap."""
    if place == 0 or not passage.sentences[place - 1].quotable or is_order(passage.texts[place - 1]):
        return None
    first, second = passage.sentences[place - 1].span, passage.sentences[place].span
    return first if second.start - first.end <= 3 and not _LEANS.match(passage.texts[place - 1]) else None
