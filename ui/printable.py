"""Text from elsewhere made safe to show. Knows no screen and no format; it never touches what is stored or proven.

A quote comes from a file that anybody may have written: control characters could drive a terminal, and characters
that turn the direction of writing could make a line read as something else.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with each unsafe character shown as U+FFFD; white space stays."""
    return _UNSAFE.sub("\ufffd", text)


def printable(text: str | None) -> str:
    """The text made visible, on one line; empty for None."""
    return visible(_SPACE.sub(" ", text or "").strip())


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 quote`, `2 quotes`, `no quotes`."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def as_sentence(text: str) -> str:
    """The text with a capital at its head and a full stop at its end."""
    plain = printable(text)
    return plain[:1].upper() + plain[1:] + ("" if plain.endswith((".", "?", "!")) else ".")
