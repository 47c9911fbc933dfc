"""Identifiers that a document prints of itself. Knows no registry and no format.

A first page may also cite other works, so an arXiv stamp (`arXiv:1709.08568v2 [cs.LG] 2 Dec 2019`) is believed
wherever it stands; anything else only near the top, never in the form by which references cite a preprint, and not
where several stand there, since then they are a list.
"""

from __future__ import annotations

import re

TOP = 3000
"""Characters of the first page in which an identifier without a stamp is believed."""

_ARXIV = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d{1,2})?"
_STAMP = re.compile(rf"arXiv:\s?{_ARXIV}\s+\[[\w.-]+\]\s+\d{{1,2}}\s+[A-Z][a-z]{{2}}\s+\d{{4}}")
_MENTION = re.compile(rf"(?<!preprint )(?:arXiv:\s?|arxiv\.org/(?:abs|pdf)/){_ARXIV}", re.I)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|\\^`]+)")
_VERSION = re.compile(r"^\s*version:?\s+(?P<number>\d+(?:\.\d+)*)\b", re.I | re.M)


def identifiers_in(first_page: str) -> tuple[tuple[str, ...], str | None]:
    """arXiv ids and DOIs of the document itself, a stamp first, and its version."""
    top = first_page[:TOP]
    stamps = list(_STAMP.finditer(first_page))
    found = [_written(match) for match in stamps]
    mentions = list(_MENTION.finditer(top))
    if len({match["id"] for match in mentions}) == 1:
        found += [_written(match) for match in mentions]
    dois = {match[1].rstrip(".,;:)]'’”") for match in _DOI.finditer(top)}
    found += dois if len(dois) == 1 else ()
    version = stamps[0]["version"] if stamps else None
    if version is None and (stated := _VERSION.search(top)):
        version = f"v{stated['number']}"
    return tuple(dict.fromkeys(found)), version


def _written(match: re.Match[str]) -> str:
    return f"arXiv:{match['id']}{match['version'] or ''}"
