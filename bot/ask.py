"""One question, one answer: retrieve, choose evidence, compose, prove. Knows no screen and no adapter."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.abstention import missing, not_here, nothing_more, unspoken_of
from bot.answers import Answer
from bot.candidates import candidates
from bot.cite import cite, writers_named
from bot.compose import compose
from bot.confidence import confidence
from bot.evidence import DEFAULT, choose_evidence, each_named
from bot.parts import unspoken
from bot.premise import DOUBT, corrected, correction_first
from bot.question import named_works
from bot.retrieve import retrieve
from bot.said import unsaid
from bot.sides import of_both_sides
from bot.voices import not_heard, notes_on_voices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.answers import Evidence, Query
    from bot.compose import Draft
    from bot.confidence import Signs
    from bot.premise import Correction
    from bot.reader import Reader
    from bot.retrieve import Found
    from bot.write import Writer
    from corpus.works import Work

UNSAID = 0.5
"""What is left of the confidence where a model reads the evidence and has nothing to say of it. A model that was played by a
reader had nothing to say for 17 of 114 development questions that the works answer (for most, what was shown did not), and for
9 of 10 whose answer no work has."""


def ask(reader: Reader, query: Query, *, evidence: int = DEFAULT, writer: Writer | None = None) -> Answer:
    """Answer a query, or abstain and say why; every claim's quote is proven before it is given out."""
    *_, answer = answering(reader, query, evidence=evidence, writer=writer)
    return answer


def answering(reader: Reader, query: Query, *, evidence: int = DEFAULT, writer: Writer | None = None) -> Iterator[Answer]:
    """The answer as it grows, claim by claim: every state is proven, the last one is the whole answer.

    Whether it is answered at all is decided before any `writer` sees a passage.
    """
    if not reader.works():
        yield _empty(query)
        return
    start = time.perf_counter()
    search = _search(reader, query, evidence)
    sure, retrieved = search.sure, time.perf_counter()
    draft = _draft(search, whole=writer is not None) if sure >= reader.threshold else None
    growing = _growing(reader, query, draft) if draft else iter(())
    if writer is not None and search.evidence:
        judged_by_a_person = query.asked_by is not None  # that works bear on it, by whoever annotated them for its essay
        may_abstain = not judged_by_a_person and UNSAID * sure < reader.threshold
        growing = writer.answering(reader, query, search.evidence, growing, may_abstain=may_abstain)
    answer = None
    for answer in growing:
        left = sure if answer.status == "answered" else UNSAID * sure
        yield replace(answer, confidence=left, evidence=search.evidence, milliseconds=_times(start, retrieved))
    if answer is None:
        yield replace(_declined(reader, search, draft, evidence), milliseconds=_times(start, retrieved))
    elif answer.status == "answered":
        silent = (*not_heard(answer, search.names), *missing(replace(search.signs, amount=None), reader.works()))
        if more := (*notes_on_voices(answer), *silent):
            notes = (*answer.notes, *more)
            yield replace(answer, notes=notes, confidence=sure, evidence=search.evidence, milliseconds=_times(start, retrieved))


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found for a question, and what was judged of it, before anything is said."""

    query: Query
    found: Found
    names: Mapping[str, Work]
    """The works that it names, by key."""
    evidence: tuple[Evidence, ...]
    signs: Signs
    correction: Correction | None
    """Of what it takes for granted."""
    unheard: bool
    """What it carries over from the turn before stands in none of the evidence."""
    sure: float
    """Confidence, 0 to 1."""


def _search(reader: Reader, query: Query, count: int) -> _Search:
    """Look for evidence, and judge whether the library bears on the question."""
    found = retrieve(reader, query)
    names = _named(reader, query)
    chosen = choose_evidence(reader, each_named(found.hits, names, count), count)
    judged = confidence(reader, found)
    correction = corrected(reader, found, judged.signs)
    unheard = bool(query.carried) and bool(unspoken((query.carried,), (each.passage.text for each in chosen)))
    sure = DOUBT * judged.value if correction or unheard else judged.value
    return _Search(query, found, names, chosen, judged.signs, correction, unheard, sure)


def _declined(reader: Reader, search: _Search, draft: Draft | None, count: int) -> Answer:
    """The abstention, its reason, and the passages that come nearest."""
    query, correction, works = search.query, search.correction, reader.works()
    chosen = choose_evidence(reader, correction_first(search.found.hits, correction), count)
    reason = "not in library" if correction is None else "false premise"
    message = correction.message if correction else not_here(search.signs, works, shown=bool(chosen))
    if draft and not draft.candidates:
        reason, message = "said before", nothing_more(draft.notes)
    elif search.unheard and not (correction or search.signs.missing):
        message = f"{message} {unspoken_of(query.carried, sorted(works[key].work.label for key in query.works))}"
    answer = Answer(query.question, query.text, "abstained", id=query.id, reason=reason, message=message)
    return replace(answer, confidence=search.sure, evidence=chosen)


def _named(reader: Reader, query: Query) -> dict[str, Work]:
    """The works that the question names of those that are searched, by key.

    None for an essay's, which says itself what it cites and is not heard.
    """
    works = [record.work for key, record in reader.works().items() if not query.works or key in query.works]
    names = named_works(query.text, works) if query.asked_by is None else ()
    return {work.key: work for work in works if work.key in names}


def _draft(search: _Search, *, whole: bool) -> Draft | None:
    """What the library would say; with `whole` what it has said before, where it has nothing new, so that a model is asked.

    Of a contrast it says something of both sides, unless these are works, which are heard by name. None without candidates.
    """
    query, ranked = search.query, candidates(search.found, search.evidence)
    if not ranked:
        return None
    silent = unspoken(query.parts, (each.passage.text for each in search.evidence))
    draft = compose(query, ranked, search.sure, silent)
    if not draft.candidates and whole:
        draft = compose(replace(query, said=()), ranked, search.sure, silent)
    if len(search.names) > 1 or not draft.candidates:
        return draft
    return of_both_sides(query, draft, unsaid(query, ranked), search.evidence)


def _growing(reader: Reader, query: Query, draft: Draft) -> Iterator[Answer]:
    """The answer after each candidate; none at all where the proof of all failed."""
    answer = Answer(
        query.question,
        query.text,
        "answered",
        query.id,
        draft.coverage,
        opening=draft.opening,
        parts=draft.parts,
        notes=draft.notes,
    )
    for cited in cite(reader, draft.candidates):
        if cited.claims:
            grown = replace(answer, dropped=cited.dropped, claims=tuple(cited.claims), citations=tuple(cited.citations))
            yield replace(grown, notes=(*answer.notes, *writers_named(cited.citations)))


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
