"""What an essay is before anybody looks for questions: its front matter and its blocks, in order. Knows no file format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "entry", "note", "code"]

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)])\s+(?=\S)")
_MARK = re.compile(r"\s*\[(?:\^[\w-]+|\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*)\]")
_MARK_RANGE = re.compile(r"\[(\d{1,3})\]\s?[–—-]\s?\[(\d{1,3})\]")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"(?<=[^\W\d_.?!”\"’)\]])([¹²³⁴-⁹⁰]+)|(?<=[.?!”\"’)\]])([¹²³⁴-⁹⁰]+)")


@dataclass(frozen=True, slots=True)
class Link:
    """An address behind some words of a block."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an entry of a list, a note, or a stretch of code."""

    kind: BlockKind
    text: str
    """As written; a line end stays one, since lists of references may part their entries by it."""
    level: int = 0
    """Of a heading, from 1."""
    label: str | None = None
    """Of a note or a numbered entry: `3`, `ha`."""
    links: tuple[Link, ...] = ()
    emphasised: tuple[str, ...] = ()
    """Stretches in italics: in a reference often the title."""

    @property
    def prose(self) -> str:
        """The text on one line; raised figures as marks, `[3]`."""
        marked = _RAISED.sub(lambda found: f"[{found[0].translate(_SUPERSCRIPT)}]", self.text)
        ranged = _MARK_RANGE.sub(r"[\1-\2]", marked)
        return " ".join(re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "-", ranged).split())


@dataclass(frozen=True, slots=True)
class Writing:
    """An essay as its file gives it."""

    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    date: str | None = None
    """`2024`, `2024-04` or `2024-04-30`."""
    url: str | None = None


def without_marks(text: str) -> str:
    """The text without marks of references such as `[3]`, `[2, 4-6]` and `[^ha]`."""
    return " ".join(_MARK.sub("", text).split())


def without_number(title: str) -> str:
    """A heading without the number in front."""
    return _NUMBER.sub("", title).strip()
