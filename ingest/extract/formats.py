"""Which format a file is in: its bytes first, its name second. Knows no extractor.

A signature in the bytes outweighs the name (a PDF named `paper.txt` is read as a PDF); a name whose promise the bytes
break is an error that says what they look like instead, since it is most often an error page saved as a paper.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import EmptyDocument, NotWhatItClaims, UnsupportedFormat
from ingest.extract.decoding import Decoded, decode

PDF, PLAIN, MARKDOWN, HTML = "application/pdf", "text/plain", "text/markdown", "text/html"
WEBVTT, SUBRIP, JSON = "text/vtt", "application/x-subrip", "application/json"

SUFFIXES = {
    ".pdf": PDF, ".txt": PLAIN, ".text": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML,
    ".xhtml": HTML, ".vtt": WEBVTT, ".srt": SUBRIP, ".json": JSON,
}  # fmt: skip
"""What a file name promises."""
FORMATS = "PDF, plain text (.txt), Markdown (.md), HTML, WebVTT (.vtt), SubRip (.srt) and transcripts as JSON"

_PDF_WINDOW = 1024
"""Readers accept the signature anywhere in the first KiB."""
_PDF_SIGNATURE = re.compile(rb"%PDF-?\d?")
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (Word and EPUB files are such)"), (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"{\\rtf", "an RTF file"), (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"), (b"SQLite format 3", "a database"), (b"\x1aE\xdf\xa3", "a video"),
    (b"BZh9", "a bzip2 archive"), (b"7z\xbc\xaf", "a 7-Zip archive"), (b"(\xb5/\xfd", "a Zstandard archive"),
)  # fmt: skip
_MEANT_AS_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}")
"""`.docx`, but not the `.03741v4` of an arXiv id."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.-]+)""", re.I)
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_HTML_TAG = re.compile(r"<(?:p|div|body|head|h[1-6]|article|main|section|span|br|title|table|ul|ol)\b[^<>]*>", re.I)
_WEBVTT_START = re.compile(r"\s*WEBVTT(?:[ \t\n]|\Z)")
_SUBRIP_START = re.compile(r"\s*\d+[ \t]*\n\s*\d+:\d{1,2}:\d{1,2}[,.]\d+\s*-->")


@dataclass(frozen=True, slots=True)
class Identified:
    """A file whose format is known."""

    media_type: str
    decoded: Decoded | None = None
    """Its text; None for a PDF."""


def identify(content: bytes, name: str) -> Identified:
    """Find the format of `content`, and decode it where it is text."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if not content.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"):
        raise EmptyDocument(f"{name} is empty.", remedy="Get the file again; the download may have failed.")
    if _is_pdf(content, promised):
        return Identified(PDF)
    if promised == PDF:
        raise NotWhatItClaims(
            f"{name} is not a PDF: it looks like {_looks_like(content)}.",
            remedy="Open it to see what it is, and download the PDF again; a site may have answered with another page.",
        )
    _refuse_binary(content, name, suffix, promised)
    declared = _CHARSET.search(content[:2048])
    label = next((group for group in declared.groups() if group), b"") if declared else b""
    decoded = decode(content, name, declared=label.decode("ascii", "replace"))
    if not decoded.text.strip():
        raise EmptyDocument(f"{name} holds nothing but white space.", remedy="Get the file again.")
    return Identified(_text_format(decoded.text, name, suffix, promised), decoded)


def _is_pdf(content: bytes, promised: str | None) -> bool:
    """True where the signature stands at the top, or near it in a file that does not promise text."""
    place = _PDF_SIGNATURE.search(content[:_PDF_WINDOW])
    if place is None:
        return False
    at_top = not content[: place.start()].strip(b" \t\r\n\xef\xbb\xbf")
    return at_top or promised in (None, PDF)


def _refuse_binary(content: bytes, name: str, suffix: str, promised: str | None) -> None:
    """Raise for a file of a kind that is known and is not text."""
    known = _known_kind(content)
    if known and promised:
        raise NotWhatItClaims(
            f"{name} looks like {known}, not what {suffix} promises.", remedy="Convert it to PDF or plain text, and add that."
        )
    if known:
        raise _unsupported(name, f"looks like {known}")


def _text_format(text: str, name: str, suffix: str, promised: str | None) -> str:
    """The format of a text file."""
    seen = _seen(text)
    if promised is None:
        if _MEANT_AS_SUFFIX.fullmatch(suffix) and seen in (None, JSON):
            raise _unsupported(name, f"has the ending {suffix}")
        return seen or PLAIN
    if seen in (WEBVTT, SUBRIP) and promised in (PLAIN, MARKDOWN, WEBVTT, SUBRIP):
        return seen
    kept = {
        PLAIN: seen != HTML,
        MARKDOWN: seen != HTML,
        HTML: seen == HTML or (seen is None and _HTML_TAG.search(text) is not None),
        WEBVTT: False,  # its first line would have shown it
        SUBRIP: "-->" in text,
        JSON: text.lstrip()[:1] in ("[", "{"),
    }
    if kept[promised]:
        return promised
    wanted = {WEBVTT: "its first line is not WEBVTT", SUBRIP: "it has no line with times", JSON: "it is not JSON"}
    why = wanted.get(promised, "the name promises something else")
    raise NotWhatItClaims(
        f"{name} looks like {_in_words(seen)}: {why}.",
        remedy="Give it the ending of what it is (.txt, .md, .html, .vtt, .srt, .json), or get the file again.",
    )


def _seen(text: str) -> str | None:
    """The format that the text itself shows; None for plain text and Markdown, which look alike."""
    if _WEBVTT_START.match(text):
        return WEBVTT
    if _SUBRIP_START.match(text):
        return SUBRIP
    if _HTML_START.match(text):
        return HTML
    if text.lstrip()[:1] in ("[", "{"):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return None
        return JSON
    return None


def _known_kind(content: bytes) -> str | None:
    for signature, words in _SIGNATURES:
        if content.startswith(signature):
            return words
    if content[4:8] == b"ftyp" or (b"\0" in content[:512] and content[:4] in (b"RIFF", b"OggS", b"ID3\x03", b"ID3\x04")):
        return "a video or a sound recording"
    return None


def _looks_like(content: bytes) -> str:
    """What some bytes look like, in words for a person."""
    known = _known_kind(content)
    if known:
        return known
    if b"\0" in content[:4096]:
        return "binary content of no known kind"
    return _in_words(_seen(content[:100_000].decode("utf-8", "replace")))


def _in_words(seen: str | None) -> str:
    words = {HTML: "an HTML page", WEBVTT: "WebVTT captions", SUBRIP: "SubRip captions", JSON: "JSON"}
    return words.get(seen or "", "plain text")


def _unsupported(name: str, why: str) -> UnsupportedFormat:
    return UnsupportedFormat(f"{name} {why}, which Pincite does not read.", remedy=f"It reads {FORMATS}; convert it to one.")
