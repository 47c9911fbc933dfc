"""What a person means by a source: an arXiv id, a DOI, an address, or a file. Knows no network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from corpus.bibliography import ARXIV_ID

if TYPE_CHECKING:
    from corpus.works import Work

Kind = Literal["arxiv", "doi", "openreview", "youtube", "web", "file"]

_ARXIV = re.compile(rf"(?:arxiv:\s*)?({ARXIV_ID})(v\d+)?", re.I)
_ARXIV_PATH = re.compile(rf"/(?:abs|pdf|html|format)/({ARXIV_ID})(v\d+)?(?:\.pdf)?/?", re.I)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_ARXIV_DOI = re.compile(rf"10\.48550/arXiv\.({ARXIV_ID})(v\d+)?", re.I)
_VIDEO = re.compile(r"[\w-]{11}")
_FORUM = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a work is to be had."""

    kind: Kind
    value: str
    """The identifier as its registry writes it, or the URL or path."""
    version: str | None = None
    """`v2`, where a certain version of an arXiv paper is meant."""

    def __str__(self) -> str:
        return f"arXiv:{self.value}{self.version or ''}" if self.kind == "arxiv" else self.value


def parse(text: str) -> Address:
    """The address that a person wrote; a path that exists is always a file."""
    text = text.strip()
    if "://" not in text and _exists(text):
        return Address("file", text)
    if found := _ARXIV.fullmatch(text):
        return _arxiv(found)
    if found := _DOI.fullmatch(text):
        return _doi(found[1])
    if re.match(r"(?:www\.|export\.)?(?:arxiv|openreview|youtube|doi)\.(?:org|net|com)/|youtu\.be/", text, re.I):
        text = f"https://{text}"  # as copied from a browser's bar
    return _url(text) if re.match(r"[a-z][a-z0-9+.-]*://", text, re.I) else Address("file", text)


def addresses_of(work: Work) -> list[Address]:
    """Where a work is to be had, the surest first."""
    known = work.identifiers
    found = [Address("arxiv", known.arxiv)] if known.arxiv else []
    found += [Address("openreview", known.openreview)] if known.openreview else []
    found += [Address("youtube", known.youtube)] if known.youtube else []
    found += [parse(f"doi:{known.doi}")] if known.doi else []
    found += [parse(known.url)] if known.url else []
    return [each for each in dict.fromkeys(found) if each.kind != "file"]


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _arxiv(found: re.Match[str]) -> Address:
    identifier = found[1] if found[1][0].isdigit() else re.sub(r"\.[a-z]{2}/", lambda part: part[0].upper(), found[1].lower())
    return Address("arxiv", identifier, found[2].lower() if found[2] else None)


def _doi(doi: str) -> Address:
    doi = doi.rstrip(".,;)")
    found = _ARXIV_DOI.fullmatch(doi)
    return _arxiv(found) if found else Address("doi", doi)


def _url(text: str) -> Address:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return Address("web", text)
    asked = parse_qs(parts.query)
    if (host == "arxiv.org" or host.endswith(".arxiv.org")) and (found := _ARXIV_PATH.fullmatch(parts.path)):
        return _arxiv(found)
    if host in ("doi.org", "dx.doi.org") and (doi := _DOI.fullmatch(unquote(parts.path.lstrip("/")))):
        return _doi(doi[1])
    if host == "openreview.net" and parts.path in ("/forum", "/pdf") and _FORUM.fullmatch(forum := asked.get("id", [""])[0]):
        return Address("openreview", forum)
    if (video := _video(host, parts.path, asked)) and _VIDEO.fullmatch(video):
        return Address("youtube", video)
    return Address("web", text)


def _video(host: str, path: str, asked: dict[str, list[str]]) -> str:
    if host == "youtu.be":
        return path.strip("/")
    if host in ("youtube.com", "m.youtube.com", "youtube-nocookie.com"):
        if path == "/watch":
            return asked.get("v", [""])[0]
        if found := re.fullmatch(r"/(?:embed|shorts|live|v)/([^/]+)/?", path):
            return found[1]
    return ""
