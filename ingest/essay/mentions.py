"""Which references a stretch of an essay mentions. Knows no style of reference and no question.

A mention is a mark that bears a reference's label (`[2]`, `[1, 3-5]`, `[^ha]`, `[@ha2018]`), its first author with its year
(`(LeCun, 2022)`, `Ha and Schmidhuber (2018)`), or a link to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.text import loose
from ingest.essay.addresses import identifiers_of, links_of, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.works import Work
    from ingest.essay.writing import Block

_MARK = re.compile(r"\[(?P<inside>[^\[\]]{1,120})\]")
_RANGE = re.compile(r"(\d{1,3})\s*[–—-]\s*(\d{1,3})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)([a-z])?(?!\d)")
_REACH = 90
"""Characters between a family name and its year."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A reference that is a work, and how the text may name it."""

    work: Work
    label: str | None = None
    letter: str = ""
    """`a` of `2018a`."""
    url: str | None = None
    """Where its entry, or the link that it is, points."""


def mentioned(blocks: Iterable[Block], references: Sequence[Listed]) -> tuple[str, ...]:
    """Keys of the works that these blocks mention, in the order of the references."""
    found: set[str] = set()
    for block in blocks:
        if block.kind == "code":
            continue
        text = block.prose
        labels = set(_labels(text))
        found |= {each.work.key for each in references if each.label and each.label.lower() in labels}
        found |= {each.work.key for each in references if _named(each, text, references)}
        found |= {each.work.key for link in links_of(block) for each in references if _points_at(link.url, each)}
    return tuple(dict.fromkeys(each.work.key for each in references if each.work.key in found))


def _labels(text: str) -> Iterator[str]:
    """Every label in square brackets, ranges opened, in lower case."""
    for mark in _MARK.finditer(text):
        for piece in re.split(r"\s*[,;]\s*", mark["inside"]):
            if opened := _RANGE.fullmatch(piece.strip()):
                yield from map(str, range(int(opened[1]), min(int(opened[2]), int(opened[1]) + 100) + 1))
            else:
                yield piece.strip().lstrip("^@-").split(" ")[0].rstrip(":").lower()


def _named(reference: Listed, text: str, references: Sequence[Listed]) -> bool:
    """True where the first author's family name stands before the year, and no other year between."""
    work = reference.work
    if not work.authors or work.year is None:
        return False
    family = re.escape(work.authors[0].family)
    for found in re.finditer(
        rf"(?<![\w-]){family}(?![\w-])(?P<between>[^;]{{0,{_REACH}}}?)(?<!\d){work.year}(?P<letter>[a-z])?(?!\d)", text
    ):
        others = [year for year, _ in _YEAR.findall(found["between"]) if not _cited_with(work, int(year), references)]
        told_apart = found["letter"] and reference.letter and found["letter"] != reference.letter
        if not others and not told_apart and _fits(work, found["between"], references):
            return True
    return False


def _cited_with(work: Work, year: int, references: Sequence[Listed]) -> bool:
    """True for another year of the same author, as in `LeCun (2019, 2022)`."""
    family = work.authors[0].family
    return any(each.work.year == year and each.work.authors[:1] and each.work.authors[0].family == family for each in references)


def _fits(work: Work, between: str, references: Sequence[Listed]) -> bool:
    """False where the names that follow are those of another work of the same first author and year."""
    second = re.match(r"\s*(?:,|&|and\b|et\b)+\s*([A-ZÀ-Þ][\w’'-]+)", between)
    if second is None:
        return True
    rivals = [each.work for each in references if each.work is not work and each.work.year == work.year and each.work.authors]
    rivals = [rival for rival in rivals if rival.authors[0].family == work.authors[0].family]
    ours, named = {loose(author.family) for author in work.authors[1:]}, loose(second[1])
    return named in ours or not any(named in {loose(author.family) for author in rival.authors[1:]} for rival in rivals)


def _points_at(url: str, reference: Listed) -> bool:
    if reference.url is not None and trimmed(url) == trimmed(reference.url):
        return True
    target, known = identifiers_of("", [url]), reference.work.identifiers
    return any(
        getattr(target, name) and getattr(target, name) == getattr(known, name)
        for name in ("arxiv", "doi", "openreview", "youtube", "url")
    )
