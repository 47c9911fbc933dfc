"""Which state of each answer a reader has seen last, one file in the home: `visits.json`. Knows no page.

What is compared is the state that was seen with the newest one (`ui.saved_answers`). An answer that was seen for the
first time has not changed: a mark is for what a reader knows otherwise.
"""

from __future__ import annotations

import contextlib
import json
import threading
from typing import TYPE_CHECKING

from corpus.errors import HomeError, SavedAnswerError
from corpus.home import write_file
from ui.saved_answers import compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from corpus.essays import Essay
    from ui.saved_answers import Saved

FILE = "visits.json"
SCHEMA = 1

_TURN = threading.Lock()


def changed_since(home: Path, essay: Essay, saved: Saved) -> dict[str, str]:
    """Questions whose answer says something else than when it was seen last, with the name of the state seen.

    What is seen for the first time now is noted as seen.
    """
    if not saved.state:
        return {}
    seen = seen_states(home, essay.key)
    note_seen(home, essay.key, saved.state, [name for name in saved.answers if name not in seen])
    changed: dict[str, str] = {}
    for state in {seen[name] for name in saved.answers if name in seen} - {saved.state}:
        try:
            differs = {change.id for change in compared(home, essay, state, saved.state) if change.touches == "answer"}
        except SavedAnswerError:
            continue  # what was seen is not there any more, so that nothing can be said
        changed |= {name: state for name in saved.answers if name in differs and seen.get(name) == state}
    return {question.id: changed[question.id] for question in essay.questions if question.id in changed}


def seen_states(home: Path, essay: str) -> Mapping[str, str]:
    """The state of its answer that was seen last, for each question of the essay that was ever seen."""
    there = _read(home).get(essay, {})
    return {name: state for name, state in there.items() if isinstance(state, str)} if isinstance(there, dict) else {}


def note_seen(home: Path, essay: str, state: str, questions: Iterable[str]) -> None:
    """Remember that the answers to these questions were seen in this state; a home that cannot be written is left alone."""
    new = dict.fromkeys(questions, state)
    if not new:
        return
    with _TURN, contextlib.suppress(HomeError):
        there = _read(home)
        there[essay] = {**seen_states(home, essay), **new}
        write_file(home / FILE, json.dumps({"schema": SCHEMA, "essays": there}, indent=1).encode())


def _read(home: Path) -> dict[str, object]:
    """By essay; nothing where the file is lost or not ours."""
    try:
        there = json.loads((home / FILE).read_bytes())["essays"]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return there if isinstance(there, dict) else {}
