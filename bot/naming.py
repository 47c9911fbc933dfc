"""Puts an author's name into a question: for a pronoun, or in the place of another author. Knows no turn and no library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.leaning import names_in

if TYPE_CHECKING:
    from corpus.works import Work

_PERSON = re.compile(
    r"\b(?:(he|she|him|her(?=\s*(?:\?|$|say|think|mean|on|about|to)))|(his|her|their)"
    r"|(they(?=\s+(?:(?:all|each|also|ever|both)\s+)?(?:say|think|write|argue|believe|mention|claim|propose|recommend|suggest|report|"
    r"find|mean|want|use|train|test|measure|show|compare|define|conclude|explain|call|see|do|make|try)\b)))\b",
    re.I,
)
"""`They` who do what authors do; else it is as likely what was asked about: `when do they conflict?`."""


def swapped(query: str, old: Work, new: Work) -> str | None:
    """The query with another author in the place of the one it names; None where it names the work otherwise."""
    if not old.authors or not new.authors:
        return None
    names = "|".join(re.escape(author.family) for author in old.authors[:2])
    pattern = (
        rf"\b(?:{names})(?:,? (?:and|&) (?:{names}|colleagues|others)|,? et al\.?)?(?: \(?{old.year or 'n.d.'}\)?)?(?=['’]s|\W|$)"
    )
    text, count = re.subn(pattern, new.authors[0].family, query)
    return text if count and not names_in(text, [old]) else None


def with_name(asked: str, work: Work) -> str:
    """The question with the author's name in the place of its first pronoun for a person."""
    name = work.authors[0].family if work.authors else work.title
    many = len(work.authors) != 1

    def put(found: re.Match[str]) -> str:
        if not many and found[0].lower() in ("they", "their"):
            return found[0]  # which one author is not
        return f"{name}'s" if found[2] else name

    return sentence(_PERSON.sub(put, asked, count=1))


def sentence(asked: str) -> str:
    """Begun with a capital and ended as a question."""
    text = asked.strip(" ,;:")
    text = text if text[-1:] in "?.!" else f"{text}?"
    return text[:1].upper() + text[1:]
