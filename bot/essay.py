"""Answers an essay's questions, in order. Knows no screen; what becomes of the answers is the caller's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.ask import answering
from bot.compose import listed
from bot.question import make_query
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.answers import Answer, Citation
    from bot.reader import Reader
    from bot.write import Writer
    from corpus.essays import Essay, Question


def answer_essay(
    reader: Reader, essay: Essay, *, evidence: int, writer: Writer | None = None
) -> Iterator[tuple[Question, Answer]]:
    """Each question with its answer."""
    for question in essay.questions:
        yield question, answer_question(reader, essay, question, evidence=evidence, writer=writer)


def find_question(essays: Iterable[Essay], text: str) -> tuple[Essay, Question] | None:
    """The essay's question that is asked, in the essay's words or as restated; None where none is."""
    asked = loose(text)
    for essay in essays:
        for question in essay.questions:
            if asked and asked in (loose(question.asked), loose(question.standalone)):
                return essay, question
    return None


def answer_question(
    reader: Reader,
    essay: Essay,
    question: Question,
    *,
    evidence: int,
    works: Collection[str] = (),
    asked: str | None = None,
    writer: Writer | None = None,
) -> Answer:
    """One of an essay's questions: asked as restated, with notes on what the essay alludes to and cites.

    `asked` is how a person put it, where that is not how it is restated.
    """
    *_, answer = answering_question(reader, essay, question, evidence=evidence, works=works, asked=asked, writer=writer)
    return answer


def answering_question(
    reader: Reader,
    essay: Essay,
    question: Question,
    *,
    evidence: int,
    works: Collection[str] = (),
    asked: str | None = None,
    writer: Writer | None = None,
    said: tuple[Citation, ...] = (),
) -> Iterator[Answer]:
    """The same as it grows; what the essay alludes to and cites is noted at the end. What was `said` is not said again."""
    query = make_query(
        asked or question.standalone,
        standalone=question.standalone,
        works=works,
        asked_by=f"{essay.key}/{question.id}",
        known=[record.work for record in reader.works().values()],
        cited=question.cites,
        is_open=question.open,
        facets=question.facets,
        parts=question.parts or (None if loose(question.standalone) == loose(question.asked) else ()),  # not restated
        facet_parts=question.facet_parts,
        name=question.id,
    )
    for answer in answering(reader, replace(query, said=said), evidence=evidence, writer=writer):
        yield answer
    yield replace(answer, notes=(*answer.notes, *_notes(reader, question, answer, works)))


def _notes(reader: Reader, question: Question, answer: Answer, asked: Collection[str]) -> Iterator[str]:
    """What the essay alludes to, and the works that it cites here and that are not heard, though they were asked."""
    for allusion in question.alluded:
        yield f"The essay alludes to {allusion.removesuffix(': alluded to, not cited')} without citing it."
    works = reader.works()
    heard = {citation.work.key for citation in answer.citations}
    silent = [
        works[key].work.label for key in question.cites if key in works and key not in heard and (not asked or key in asked)
    ]
    absent = [key for key in question.cites if key not in works]
    if silent and answer.status == "answered":
        whose = "it" if len(silent) == 1 else "them"
        yield f"The essay cites {listed(silent)} here; nothing in {whose} comes close enough to the question."
    if absent:
        where = "that work is" if len(absent) == 1 else "those works are"
        yield f"The essay cites {listed(absent)} here; {where} not in the library."
