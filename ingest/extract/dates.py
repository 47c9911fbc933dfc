"""The year of a work, by what its first page prints of itself. Knows no page and no list of references.

An arXiv id says when a work first appeared; the date in a stamp is that of one version, often years later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NEW_ID = re.compile(r"arXiv:(\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}")
_OLD_ID = re.compile(r"arXiv:[a-z-]+(?:\.[A-Z]{2})?/(\d\d)\d{5}")
_VENUE = re.compile(
    rf"(?:published|proceedings|proc\.|conference|workshop|symposium|journal|transactions|to appear|pmlr|preprint|"
    rf"\b(?:iclr|icml|neurips|nips|aaai|ijcai|cvpr|iccv|eccv|acl|emnlp|naacl|eacl|coling|colm|tmlr|jmlr|tacl|kdd|sigir|chi)\b).*?\b{_YEAR}\b",
    re.I,
)
_STAMP = re.compile(rf"\S+:\s?\S+\s+\[[\w.-]+\]\s+\d{{1,2}}\s+[A-Z][a-z]{{2}}\s+{_YEAR}")
"""The form of arXiv's stamp, which other servers of preprints use, too."""
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|\bcopyright\b)\D{{0,40}}?{_YEAR}\b", re.I)
_DATE = re.compile(
    rf"^\W*(?:(?:first )?(?:posted|published|submitted|draft|version|revised|dated?|updated)\b.{{0,24}}?)?"
    rf"(?:{_YEAR}(?:-\d\d(?:-\d\d)?)?\W*$|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    rf"(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?P<dated>(?:19|20)\d\d)\b)",
    re.I,
)


def year_of_arxiv(identifiers: Iterable[str]) -> int | None:
    """The year in the first arXiv id: `arXiv:2309.10668` is of 2023."""
    for identifier in identifiers:
        if new := _NEW_ID.match(identifier):
            return 2000 + int(new[1])
        if old := _OLD_ID.match(identifier):
            return (1900 if int(old[1]) > 90 else 2000) + int(old[1])
    return None


def year_of_stamp(lines: Iterable[str]) -> int | None:
    """The year in a preprint server's stamp, for ids that do not tell it."""
    found = next((match for line in lines if (match := _STAMP.fullmatch(line.strip()))), None)
    return int(found["year"]) if found else None


def year_of_press(lines: Iterable[str]) -> int | None:
    """The year in a line of the conference or journal, or in a copyright line."""
    lines = list(lines)
    for pattern in (_VENUE, _COPYRIGHT):
        for line in lines:
            if found := pattern.search(line):
                return int(found["year"])
    return None


def year_in_head(lines: Iterable[str]) -> int | None:
    """The year in a line that is a date."""
    found = next((match for line in lines if (match := _DATE.match(line))), None)
    return int(found["year"] or found["dated"]) if found else None
