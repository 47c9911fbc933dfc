"""Which printed lines are headings, by outline, number, weight and size. Knows no PDF library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.text import loose, readable
from ingest.extract.headings import is_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.extract.printed_lines import PrintedLine

LONGEST = 120
"""Longest heading, in characters."""
OUTLINE_ENOUGH = 5
"""An outline with this many bookmarks names every heading, so bold words in a figure are none."""

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3}|[IVX]{1,5}|(?:Appendix|Annex|Chapter)\s+[A-Z0-9]+)"
    r"\s?[.:]?\s+(?P<title>[^\W\d_].*)",
    re.S,
)
_KNOWN = re.compile(
    r"(?:abstract|preface|foreword|introduction|background|related works?|preliminaries|methods?|methodology|experiments?|"
    r"results?|discussion|limitations|conclusions?|future work|summary|prologue|epilogue|appendix|"
    r"appendices|supplementary materials?)",
    re.I,
)
_APPENDIX = re.compile(r"(?:appendix|supplement(?:ary materials?)?)\s?[:.–—]\s?[^\W_].{2,90}", re.I | re.S)
"""`Appendix: Symbols`; what ends the references where an outline has no appendices."""
_NO_TITLE = re.compile(r"(?!.*[^\W\d_]{3}).*|.*[±=<>|].*", re.S)
"""Letters beside a picture, or the row of a table."""
_PAGE_BEHIND = re.compile(r"(?:\s|\.{2,})\d{1,3}$")
_NUMBER_AHEAD = re.compile(r"^(?:\d{1,2}(?:\s?\.\s?\d{1,2})*|[A-Z](?:\.\d{1,2})*|[IVX]+)\s?[.:]?\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading."""

    text: str
    """Number and title in readable form."""
    level: int | None
    """From 1; None where neither outline nor number tells."""


class Outline:
    """A PDF's bookmarks, looked up by title."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._levels: dict[tuple[int, str], int] = {}
        for level, title, page in rows:
            name = _title_of(str(title))
            if len(name) > 2:
                self._levels[(int(page), name)] = int(level) + 1

    def __len__(self) -> int:
        return len(self._levels)

    def level(self, page: int, text: str) -> int | None:
        """Level of a bookmark of this title on this page or, since some point at the page before, the one before; else None."""
        title = _title_of(text)
        for where in (page, page - 1):
            if title and (where, title) in self._levels:
                return self._levels[(where, title)]
        return None


class HeadingFinder:
    """Tells a heading by the outline, by its number and weight, or by its name and size."""

    def __init__(self, outline: Outline, body: float) -> None:
        self._outline = outline
        self._body = body

    def heading(self, lines: Sequence[PrintedLine]) -> Heading | None:
        """The heading that a block of lines is; None for anything else."""
        if len(lines) > 3:
            return None
        text = readable("\n".join(line.text for line in lines))
        if not 3 <= len(text) <= LONGEST or not any(letter.isalpha() for letter in text):
            return None
        level = self._outline.level(lines[0].page, text)
        if level is not None:
            return Heading(text, level)
        if _NO_TITLE.fullmatch(text):
            return None
        strong = all(line.bold > 0.7 for line in lines) or lines[0].size > 1.12 * self._body
        return self._numbered(text, strong) or self._named(text, len(lines), strong)

    def _numbered(self, text: str, strong: bool) -> Heading | None:
        numbered = _NUMBERED.fullmatch(text)
        if not numbered or _PAGE_BEHIND.search(text) or text.endswith((".", ",", ";")):
            return None  # a page number behind: a line of the table of contents
        number = numbered["number"]
        if number.isdigit() and re.search(rf"\s{int(number) + 1}\s", numbered["title"]):
            return None  # labels in a row: 1 Round 2 Rounds
        return Heading(text, _depth(number)) if strong or text.isupper() else None

    def _named(self, text: str, lines: int, strong: bool) -> Heading | None:
        if (_KNOWN.fullmatch(text.strip(" .:")) or is_matter(text)) and (strong or lines == 1):
            return Heading(text, 1)
        if strong and _APPENDIX.fullmatch(text):
            return Heading(text, 1)
        like_one = strong and len(text) < 90 and text[0].isupper() and lines <= 2 and not text.endswith((".", ",", ";", ":"))
        return Heading(text, None) if like_one and len(self._outline) < OUTLINE_ENOUGH else None


def _depth(number: str) -> int:
    """1 for `3` and `B`, 2 for `3.1` and `B.2`, …"""
    return len([part for part in re.split(r"[.\s]+", number) if part]) if number[0].isdigit() or "." in number else 1


def _title_of(text: str) -> str:
    """The title without its number, loosely."""
    return loose(_NUMBER_AHEAD.sub("", text.strip()))
