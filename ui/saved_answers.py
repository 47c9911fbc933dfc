"""The states of an essay's answers that the home keeps. Knows no page; how they are kept is `ui.workflows`.

The saved form has no identifiers of works: a work that is still in the library is put back whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answer_json import answers_in
from bot.answer_reading import answer_from_json
from bot.changes import changes
from corpus.errors import SavedAnswerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.answers import Answer
    from bot.changes import Change
    from corpus.essays import Essay
    from corpus.records import WorkRecord

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d+Z")


@dataclass(frozen=True, slots=True)
class Saved:
    """One state of an essay's answers."""

    state: str
    """Its name, by which states sort in time; empty where there is none."""
    answers: Mapping[str, Answer]
    """By id of the question, in the essay's order."""

    @property
    def moment(self) -> str:
        """When they were given, as `2024-04-30 12:41 UTC`; empty where there are none."""
        return moment_of(self.state)


def states(home: Path, essay: str) -> list[str]:
    """Names of the kept states of an essay's answers, oldest first."""
    return sorted(path.stem for path in (home / "answers" / essay).glob("*.json"))


def moment_of(state: str, *, seconds: int = 0) -> str:
    """When a state came about, as `2024-04-30 12:41 UTC`; `seconds` is how many characters of its seconds are told.

    The name itself, where a person has named it otherwise.
    """
    if not _MOMENT.fullmatch(state):
        return state
    rest = f":{state[15 : 15 + seconds]}" if seconds else ""
    return f"{state[:10]} {state[11:13]}:{state[13:15]}{rest} UTC"


def newest(home: Path, essay: Essay, works: Mapping[str, WorkRecord]) -> Saved:
    """The newest answers of the essay; raises `SavedAnswerError` where they cannot be read."""
    names = states(home, essay.key)
    if not names:
        return Saved("", {})
    path = _path(home, essay.key, names[-1])
    given = {answer.id: answer for answer in _read(path, _written(path))}
    asked = [question.id for question in essay.questions if question.id in given]
    return Saved(names[-1], {name: whole(given[name], works) for name in asked})


def compared(home: Path, essay: Essay, before: str, after: str) -> tuple[Change, ...]:
    """What differs between two kept states, question by question; raises `SavedAnswerError`."""
    old, new = (_path(home, essay.key, name) for name in (before, after))
    return _changes(old, _written(old), new, _written(new))


def whole(answer: Answer, works: Mapping[str, WorkRecord]) -> Answer:
    """The answer with the works of its citations as the library knows them."""
    citations = tuple(
        replace(citation, work=works[citation.work.key].work) if citation.work.key in works else citation
        for citation in answer.citations
    )
    return replace(answer, citations=citations)


def _path(home: Path, essay: str, state: str) -> Path:
    return home / "answers" / essay / f"{state}.json"


def _written(path: Path) -> int:
    """When the file was written, which tells a kept reading of it from an old one."""
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise SavedAnswerError(
            f"The answers of {moment_of(path.stem)} are not in the home any more.",
            remedy="Choose another state.",
        ) from error


@lru_cache(maxsize=8)
def _read(path: Path, _written: int) -> tuple[Answer, ...]:
    return tuple(answer_from_json(saved) for saved in answers_in(path))


@lru_cache(maxsize=16)
def _changes(old: Path, _old: int, new: Path, _new: int) -> tuple[Change, ...]:
    return changes(answers_in(old), answers_in(new))
