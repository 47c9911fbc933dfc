"""The entries of a list of references, one a reference, as they stand there. Knows no style of reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.essay.addresses import links_of, trimmed
from ingest.essay.sections import is_bibliography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.essay.writing import Block, Link

_LABEL = re.compile(
    r"\s*(?:\[\^?(?P<label>[\w+:.-]{1,24})\]:?|(?P<number>\d{1,3})[.)])\s+(?=\S)|\s*\[\^?(?P<tight>\d{1,3})\](?=\S)"
)
_BEGINS = re.compile(r"\s*(?:[-*•]\s+)?(?:[A-ZÀ-Þ“\"\[]|\d{1,3}[.)]\s)")
_ENDS = re.compile(r"[.)\]/\w]\s*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BACK = re.compile(r"\s*[↩↑⤴]\ufe0e?\s*|^\s*\^\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference as the essay lists it."""

    text: str
    label: str | None = None
    """`3`, `ha`, `Vas17`; what marks in the text name."""
    links: tuple[Link, ...] = ()
    emphasised: tuple[str, ...] = ()
    """Stretches in italics."""
    bibtex: bool = False
    """True where the text is BibTeX, with all entries of its block."""


def entries_of(blocks: Sequence[Block]) -> list[Entry]:
    """The entries of a list of references, in order."""
    found: list[Entry] = []
    for block in blocks:
        if is_bibliography(block):
            found.append(Entry(block.text, bibtex=True))
        elif block.kind not in ("heading", "code"):
            found += _entries(block)
    return [entry for entry in found if len(entry.text) > 3]


def _entries(block: Block) -> Iterator[Entry]:
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    groups: list[list[str]] = []
    for line in lines:
        if not groups or _opens(groups[-1], line):
            groups.append([line])
        else:
            groups[-1].append(line)
    for place, group in enumerate(groups):
        text = _joined(group)
        found = _LABEL.match(text)
        label = next((words for words in found.groups() if words), None) if found else None
        bare = _BACK.sub(" ", text[found.end() :] if found else text).strip()
        for one in _several(bare):
            links = tuple(link for link in block.links if one == text or link.text in one or link.url in one)
            italics = tuple(words for words in block.emphasised if words in one)
            yield Entry(one, label or (block.label if place == 0 else None), links, italics)


def _several(text: str) -> list[str]:
    """The references of one note, parted by semicolons or `see also`, where each has a year or an address of its own."""
    parts = [
        part.strip()
        for part in re.split(r"(?:;\s+|[;.]\s+)(?:see also|see|cf\.?)\s+(?=[A-ZÀ-Þ“\"])|;\s+(?=[A-ZÀ-Þ“\"])", text, flags=re.I)
    ]
    whole = all(len(part) > 15 and (_YEAR.search(part) or "://" in part or "arXiv" in part) for part in parts)
    return parts if len(parts) > 1 and whole else [text]


def _opens(group: Sequence[str], line: str) -> bool:
    """True where a line begins another reference than the group's."""
    labelled = _LABEL.match(group[0])
    if labelled:
        return _LABEL.match(line) is not None
    if _LABEL.match(line):
        return True
    so_far = " ".join(group)
    whole = _YEAR.search(so_far) is not None or "://" in so_far
    return bool(
        whole and _BEGINS.match(line) and _ENDS.search(group[-1]) and (_YEAR.search(line) or "://" in line or "," in line[:40])
    )


def _joined(lines: Sequence[str]) -> str:
    """The lines of one reference; an address that was broken stays apart, since nobody can tell how it goes on."""
    text = " ".join(lines)
    return " ".join(re.sub(r"(?<=[a-z])-\s(?=[a-z])", "", text).split())


def linked(blocks: Sequence[Block]) -> list[Link]:
    """Links in running text, in order, each address once; a bare address is a link without words."""
    every = [link for block in blocks if block.kind != "code" for link in links_of(block)]
    found = {trimmed(link.url): link for link in reversed(every)}
    return [link for link in every if found.pop(trimmed(link.url), None) is not None]
