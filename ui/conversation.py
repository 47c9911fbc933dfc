"""Questions and what became of each, in one person's session. Knows no page; asking is `ui.workflows`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.evidence import DEFAULT
from corpus.errors import PinciteError
from ui import workflows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers import Answer
    from bot.reader import Reader

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """An error, as a person reads it."""

    message: str
    """What failed and why."""
    remedy: str
    """What to do now."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, and its answer or what went wrong."""

    question: str
    """As asked."""
    outcome: Answer | Letter


def letter_of(error: Exception) -> Letter:
    """An error as a short letter; one that nobody foresaw is named, and its trace goes to the log alone."""
    if isinstance(error, PinciteError):
        return Letter(error.message, error.remedy)
    _log.error("Unforeseen", exc_info=error)
    return Letter(
        f"Something failed that should not have ({type(error).__name__}).",
        "Ask again. If it stays, `pincite doctor` says what is amiss; the terminal that runs the app has the details.",
    )


def converse(reader: Reader, question: str, works: Sequence[str]) -> Turn:
    """Ask one question of these works, or of all; an error is an outcome too, so that the conversation goes on."""
    try:
        return Turn(question, workflows.ask(reader, question, works=works, evidence=DEFAULT))
    except Exception as error:
        return Turn(question, letter_of(error))
