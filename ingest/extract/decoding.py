"""Bytes to text. Knows no format, only encodings.

Order: a byte order mark, what the file declares, UTF-8, and only then a guess among the encodings that people still
use. A wrong guess changes letters inside a quote, so a guess is made only where the text comes out clean, is always
noted, and is refused for text that is UTF-8 but for a broken place.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import WrongEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKELY = [
    "cp1252", "mac_roman", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "iso8859_7",
    "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
"""Without such a list, short English text with one accent is taken for a DOS code page of the Baltic."""
_MESS = 0.1
"""Above this share of unlikely neighbours (charset-normalizer's `chaos`) a guess is refused."""
_TIE = 0.02
"""Within this distance of the best guess, windows-1252 wins: it is by far the most common."""
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x01\x03-\x07\x0e-\x1a\x1c-\x1f\x7f]")
"""Not U+0002, by which PDFium marks a hyphen, nor tab, line ends, form feed, backspace and escape."""
_CONTROLS_ALLOWED = 0.005
_SAVE_AS_UTF8 = "Save it as UTF-8 (in most editors: Save As, Encoding) and add it again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with how it was read."""

    text: str
    """With `\\n` for every line end, and without a byte order mark."""
    encoding: str
    """Python's name of the encoding."""
    notes: tuple[str, ...] = ()


def decode(content: bytes, name: str, *, declared: str | None = None) -> Decoded:
    """Read `content` as text; `declared` is what the file says of its own encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_strict(content[len(mark) :], encoding, name), encoding, name)
    if b"\0" in content:
        raise WrongEncoding(f"{name} holds NUL bytes: it is not text, or it is UTF-16 without a mark.", remedy=_SAVE_AS_UTF8)
    declared = _known(declared)
    if declared:
        try:
            return _checked(content.decode(declared), declared, name)
        except UnicodeDecodeError:
            pass  # pages often lie about it, and the checks below find the truth
    try:
        return _checked(content.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError as error:
        pairs = len(_UTF8_PAIR.findall(content))
        if pairs and len(_HIGH.findall(_UTF8_PAIR.sub(b"", content))) < pairs:
            raise WrongEncoding(
                f"{name} is UTF-8 with a broken place at byte {error.start:,}: it may have been cut off or joined.",
                remedy="Get the file again, or mend the place and save it as UTF-8.",
            ) from error
    return _guessed(content, name)


def _known(declared: str | None) -> str | None:
    """The declared encoding as Python knows it; a page in 8-bit bytes that declares UTF-16 is taken for UTF-8."""
    if not declared:
        return None
    try:
        label = codecs.lookup(declared.strip()).name
    except LookupError:
        return None
    if label in ("iso8859-1", "ascii"):  # what browsers do with these two labels
        return "cp1252"
    return "utf-8" if label.startswith(("utf-16", "utf-32")) else label


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(
            f"{name} is marked as {encoding.upper()}, but byte {error.start:,} does not fit.", remedy=_SAVE_AS_UTF8
        ) from error


def _guessed(content: bytes, name: str) -> Decoded:
    """The encoding in which the text looks cleanest."""
    from charset_normalizer import from_bytes

    guesses = [guess for guess in from_bytes(content, cp_isolation=_LIKELY) if guess.chaos <= _MESS]
    if not guesses:
        raise WrongEncoding(f"{name} is not text in any encoding that can be told.", remedy=_SAVE_AS_UTF8)
    cleanest = min(guess.chaos for guess in guesses)
    names = [label for guess in guesses if guess.chaos <= cleanest + _TIE for label in guess.could_be_from_charset]
    encoding = "cp1252" if "cp1252" in names else min(guesses, key=lambda guess: guess.chaos).encoding
    decoded = _checked(_strict(content, encoding, name), encoding, name)
    label = encoding.replace("cp125", "windows-125").replace("_", "-")
    note = f"its encoding was guessed as {label}: letters outside ASCII may be wrong"
    return Decoded(decoded.text, encoding, (note, *decoded.notes))


def _checked(text: str, encoding: str, name: str) -> Decoded:
    """Refuse what decodes but is no text, and make every line end `\\n`."""
    if "\0" in text or len(_CONTROL.findall(text)) > _CONTROLS_ALLOWED * len(text) + 2:
        raise WrongEncoding(f"{name} is full of control characters: it is not text.", remedy=_SAVE_AS_UTF8)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lost = text.count("\ufffd")
    return Decoded(text, encoding, (f"{lost} characters were already lost when it was saved (U+FFFD)",) if lost else ())
