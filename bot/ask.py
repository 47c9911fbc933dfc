"""One question, one answer: retrieve, choose evidence, compose, prove. Knows no screen and no adapter."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import Answer
from bot.candidates import candidates
from bot.cite import cite
from bot.compose import compose
from bot.confidence import confidence
from bot.evidence import DEFAULT, choose_evidence
from bot.retrieve import retrieve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Query
    from bot.candidates import Candidate
    from bot.reader import Reader

NOT_HERE = "Nothing was found in the library that answers this question."
NEAREST = "The nearest passages are shown; none of them was judged to bear on it."


def ask(reader: Reader, query: Query, *, evidence: int = DEFAULT) -> Answer:
    """Answer a query, or abstain and say why; every claim's quote is proven before it is given out."""
    *_, answer = answering(reader, query, evidence=evidence)
    return answer


def answering(reader: Reader, query: Query, *, evidence: int = DEFAULT) -> Iterator[Answer]:
    """The answer as it grows, claim by claim: every state is proven, the last one is the whole answer."""
    start = time.perf_counter()
    if not reader.works():
        yield _empty(query)
        return
    found = retrieve(reader, query)
    chosen = choose_evidence(reader, found.hits, evidence)
    retrieved = time.perf_counter()
    sure = confidence(found)
    ranked = candidates(found, chosen)
    answer = None
    for answer in _growing(reader, query, ranked, sure) if ranked and sure >= reader.threshold else ():
        yield replace(answer, confidence=sure, evidence=chosen, milliseconds=_times(start, retrieved))
    if answer is None:
        message = f"{NOT_HERE} {NEAREST}" if chosen else NOT_HERE
        answer = Answer(query.question, query.text, "abstained", id=query.id, reason="not in library", message=message)
        yield replace(answer, confidence=sure, evidence=chosen, milliseconds=_times(start, retrieved))


def _growing(reader: Reader, query: Query, ranked: Sequence[Candidate], sure: float) -> Iterator[Answer]:
    """The answer after each candidate; none at all where the proof of all failed."""
    draft = compose(query, ranked, sure)
    answer = Answer(query.question, query.text, "answered", id=query.id, coverage=draft.coverage, opening=draft.opening)
    for cited in cite(reader, draft.candidates):
        if cited.claims:
            yield replace(answer, dropped=cited.dropped, claims=tuple(cited.claims), citations=tuple(cited.citations))


def _empty(query: Query) -> Answer:
    return Answer(
        question=query.question,
        query=query.text,
        id=query.id,
        status="abstained",
        reason="empty library",
        message="The library is empty. Take in the essay's works with `pincite ingest`, or files with `pincite add FILE`.",
        milliseconds={"retrieve": 0.0, "compose": 0.0, "total": 0.0},
    )


def _times(start: float, retrieved: float) -> dict[str, float]:
    now = time.perf_counter()
    return {"retrieve": (retrieved - start) * 1000, "compose": (now - retrieved) * 1000, "total": (now - start) * 1000}
