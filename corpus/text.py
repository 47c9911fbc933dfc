"""Raw text made readable, and the loose form for comparing titles. Knows no page and no file.

`readable` does what the rule of proof allows and nothing else: white space is folded, ligatures are opened, soft
hyphens and hyphens at line ends are taken out. Case, digits, signs, decimal points, %, < and > stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
"""Unicode's Latin presentation forms FB00 to FB06, opened."""

SOFT_HYPHENS = "\u00ad\ufffe\x02"
"""U+00AD, and the two code points by which PDFium marks a hyphen that it takes for a line-end hyphen."""

LINE_END_HYPHEN = re.compile(rf"(?<=[^\W\d_])(?:[-\u2010][ \t]*\r?\n\s*|[{SOFT_HYPHENS}][ \t]*(?:\r?\n\s*)?)(?=[^\W\d_])")
"""A hyphen between two letters, with a line end behind it (PDFium leaves the line end out behind its own marks)."""

_LIGATURE_TABLE = str.maketrans(LIGATURES)
_SOFT_HYPHEN = re.compile(f"[{SOFT_HYPHENS}]")
_SPACE = re.compile(r"\s+")
_NOT_LETTER_OR_DIGIT = re.compile(r"[^0-9a-z]+")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)+(?![\w-])")
_WORD_END = re.compile(r"[^\W\d_]+$")
_WORD_START = re.compile(r"[^\W\d_]+")


def readable(raw: str, hyphens: Collection[int] = ()) -> str:
    """The reader's form of a stretch of raw text.

    `hyphens` are offsets in `raw` of line-end hyphens that belong to their word (`self-supervised`) and stay.
    """

    def joined(match: re.Match[str]) -> str:
        return "-" if match.start() in hyphens else ""

    text = LINE_END_HYPHEN.sub(joined, raw)
    return _SPACE.sub(" ", _SOFT_HYPHEN.sub("", text).translate(_LIGATURE_TABLE)).strip()


def loose(text: str) -> str:
    """Letters and digits only, lower case, accents off: for comparing titles and names, never for quotes."""
    return _NOT_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFKD", text).casefold())


def compounds_in(text: str) -> set[str]:
    """Hyphenated words inside lines, in lower case: what the document itself writes with a hyphen."""
    return {match.lower() for match in _COMPOUND.findall(text)}


def kept_hyphens(text: str, compounds: Collection[str]) -> tuple[int, ...]:
    """Offsets of the line-end hyphens of `text` that stand in one of `compounds`."""
    return tuple(
        match.start()
        for match in LINE_END_HYPHEN.finditer(text)
        if (before := _WORD_END.search(text, max(0, match.start() - 40), match.start()))
        and (after := _WORD_START.match(text, match.end()))
        and f"{before[0]}-{after[0]}".lower() in compounds
    )
