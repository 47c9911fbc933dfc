"""What a source gives: a document, and what the place says of the work. Knows no place."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import Refused
from ingest.network.failures import BY_HAND

if TYPE_CHECKING:
    from corpus.works import Work
    from ingest.take_in import Source

LONGEST_NAME = 80
"""Characters of a file name that we make."""

UNKNOWN = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
"""Stands for a time that the source does not tell."""

_RIDDLE = re.compile(
    rb"captcha|verify (?:that )?you are (?:a )?human|are you a (?:robot|human|person)|you are not a robot|unusual traffic"
    rb"|enable javascript and cookies|checking (?:if the site|your browser)|security (?:check|of your connection)"
    rb"|<title>\s*(?:just a moment|attention required|access denied|robot check|one moment)|prove (?:that )?you"
    rb"|bot (?:protection|check)",
    re.I,
)
_FEW_WORDS = 300


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document, and its work as far as its place describes it."""

    source: Source
    work: Work | None = None
    """Title, authors, year and identifiers; its key is empty, and so is a title that is not told. None: nothing is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A paper as arXiv describes it."""

    work: Work
    """With its arXiv id; its key is empty."""
    version: str
    """The newest, or the one that was asked for: `v3`."""
    published: datetime.datetime
    """When the first version came; `UNKNOWN` where arXiv does not say."""
    updated: datetime.datetime
    """When this version came."""
    withdrawn: str = ""
    """What its authors say of taking it back; empty for a paper that stands."""


def slug(text: str) -> str:
    """A file name of our own making: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"\.{2,}", ".", re.sub(r"[^a-z0-9.]+", "-", plain)).strip("-.")[:LONGEST_NAME].rstrip("-.")


def is_pdf(content: bytes) -> bool:
    """True for bytes that begin as a PDF does."""
    return b"%PDF" in content[:1024]


def is_whole(content: bytes) -> bool:
    """False for a PDF without its end: a server may cut it off and not say so."""
    return not is_pdf(content) or b"%%EOF" in content[-4096:]


def is_ended(content: bytes) -> bool:
    """False for a page without its end tags, which most have: where nothing else ends it, it was cut off."""
    return not looks_like_page(content) or re.search(rb"</(?:html|body)\s*>", content[-4096:], re.I) is not None


def looks_like_page(content: bytes) -> bool:
    """True for HTML."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or b"<html" in start


def is_riddle(content: bytes) -> bool:
    """True for a short page that wants to see a person."""
    words = re.sub(rb"<(script|style)\b.*?</\1>|<[^>]*>", b" ", content[:200_000], flags=re.S | re.I)
    return _RIDDLE.search(content[:200_000]) is not None and len(words.split()) < _FEW_WORDS


def required_pdf(content: bytes, url: str) -> bytes:
    """The content, if it is a PDF; servers under strain send a page with a riddle instead."""
    if is_pdf(content):
        return content
    looks = ": nothing at all" if not content.strip() else ": a web page" if looks_like_page(content) else ""
    raise Refused(
        f"{urlsplit(url).hostname} sent something else than a PDF{looks}.",
        remedy=f"It may want to see a person; {BY_HAND}.",
        url=url,
    )
