"""The answers to an essay's questions that the home keeps, newest first. Knows no page; how they are kept is `ui.workflows`.

The saved form has no identifiers of works: a work that is still in the library is put back whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answer_json import answers_in
from bot.answer_reading import answer_from_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.answers import Answer
    from corpus.essays import Essay
    from corpus.records import WorkRecord


@dataclass(frozen=True, slots=True)
class Saved:
    """The newest state of an essay's answers."""

    moment: str
    """When they were given, as `2024-04-30 12:41`; empty where there are none."""
    answers: Mapping[str, Answer]
    """By id of the question."""


def newest(home: Path, essay: Essay, works: Mapping[str, WorkRecord]) -> Saved:
    """The newest answers of the essay; raises `SavedAnswerError` where they cannot be read."""
    paths = sorted((home / "answers" / essay.key).glob("*.json"))
    if not paths:
        return Saved("", {})
    asked = {question.id for question in essay.questions}
    answers = _read(paths[-1], paths[-1].stat().st_mtime_ns)
    return Saved(
        f"{paths[-1].stem[:10]} {paths[-1].stem[11:13]}:{paths[-1].stem[13:15]}",
        {answer.id: whole(answer, works) for answer in answers if answer.id in asked and answer.id},
    )


def whole(answer: Answer, works: Mapping[str, WorkRecord]) -> Answer:
    """The answer with the works of its citations as the library knows them."""
    citations = tuple(
        replace(citation, work=works[citation.work.key].work) if citation.work.key in works else citation
        for citation in answer.citations
    )
    return replace(answer, citations=citations)


@lru_cache(maxsize=8)
def _read(path: Path, _written: int) -> tuple[Answer, ...]:
    return tuple(answer_from_json(saved) for saved in answers_in(path))
