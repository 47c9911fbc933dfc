"""Essays of our own making: one in Markdown with notes, one in HTML with authors and years, and small ones in plain text."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.essay import read_essay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.works import Work
    from ingest.essay import Draft, LookUp

FOLDER = Path(__file__).parent
TODAY = datetime.date(2034, 5, 6)


def made(name: str) -> bytes:
    """The bytes of an essay beside this file."""
    return (FOLDER / name).read_bytes()


def draft(text: str, name: str = "essay.txt", *, known: Iterable[Work] = (), look_up: LookUp | None = None) -> Draft:
    """What is found in a text."""
    return read_essay(text.encode(), name, known=known, look_up=look_up, today=TODAY)


def asked(text: str, name: str = "essay.txt") -> list[str]:
    """The questions that are found in a text, in its own words."""
    return [question.asked for question in draft(text, name).essay.questions]
