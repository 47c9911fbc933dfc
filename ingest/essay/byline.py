"""Who wrote an essay and when, as the lines below its title say. Knows no file format."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.essay.dates import date_in

if TYPE_CHECKING:
    from ingest.essay.writing import Writing

TOP, LONGEST = 4, 200
"""How many blocks below the title may be a byline, and how long each."""

_BYLINE = re.compile(r"(?:by|authors?|written by)[:\s]+(?P<name>[^\W\d_][^\d,;|·•]{2,60}?)\s*(?:[,;|·•–—-].*)?", re.I)
_DATED = re.compile(
    r"(?:published|posted|date|written|updated|last modified)\b.{0,40}|\W*(?:\w+\W+){1,2}(?:\w+\W+)?\d{4}\W*|"
    r"[\d./-]{6,10}|by\b.{4,80}",
    re.I,
)


def is_byline(line: str) -> bool:
    """True for a line that only says who wrote it, or when."""
    return bool(_BYLINE.fullmatch(line)) or bool(_DATED.fullmatch(line) and date_in(line))


def with_byline(writing: Writing) -> Writing:
    """The essay with author and date of the blocks on top that say nothing else, and without these blocks."""
    author, date, kept = writing.author, writing.date, list(writing.blocks)
    for _ in range(TOP):
        if not kept or kept[0].kind == "heading" or len(kept[0].text) > LONGEST or kept[0].prose.endswith("?"):
            break
        lines = [line.strip(" *_") for line in kept[0].text.split("\n")]
        names = [found["name"].strip() for line in lines if (found := _BYLINE.fullmatch(line))]
        dates = [day for line in lines if _DATED.fullmatch(line) and (day := date_in(line))]
        told = [line for line in lines if line == author or is_byline(line)]
        if len(told) < len(lines):
            break
        author, date, kept = author or next(iter(names), None), date or next(iter(dates), None), kept[1:]
    return replace(writing, author=author, date=date, blocks=tuple(kept))
