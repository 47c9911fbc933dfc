"""The sections of an essay, and its list of references. Knows no question, and no style of reference.

The list of references is what stands below a heading that says so, the notes, and labelled entries (`[3] …`) at the end,
whatever stands above them. Sections that are about the page itself (how to cite it, comments, thanks) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.essay.writing import Block, without_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.essay.writing import Writing

REFERENCES = re.compile(
    r"(?:selected |cited |main |key )?(?:references?|bibliography|works cited|literature(?: cited)?|sources?|foot "
    r"?notes?|end ?notes?|"
    r"notes|citations|reading list|further reading|links)(?: and (?:notes|references|further reading|sources|links))?",
    re.I,
)
"""Headings of a list of references."""

ABOUT_THE_PAGE = re.compile(
    r"(?:(?:how to )?cite (?:this|me|as|us)\b.*|citing this\b.*|citation|suggested citation|bibtex|acknowledge?ments?|thanks|"
    r"about (?:the )?(?:author|me|us).*|comments?|discussion|leave a (?:reply|comment)|related (?:posts?|articles?|reading)|"
    r"recent posts|share(?: this.*)?|subscribe.*|newsletter|(?:table of )?contents|licen[cs]e|disclaimer|change ?log|"
    r"(?:author )?contributions?|disclosure.*|contact|tags|faq about this.*)",
    re.I,
)
"""Headings of what is about the page, not its matter. A discussion is only where it is the readers': see `parted`."""

_LABELLED = re.compile(r"\[\^?[\w+-]{1,20}\]:?\s+\S")
_BIBTEX = re.compile(r"@[a-z]+\s*\{\s*[^\s,]+\s*,", re.I)


@dataclass(frozen=True, slots=True)
class Section:
    """One section, without what stands in the sections below it."""

    title: str
    """As its heading has it, without number."""
    blocks: tuple[Block, ...]
    """Its heading first, where it has one."""


@dataclass(frozen=True, slots=True)
class Parted:
    """An essay's matter, and its references as they stand there."""

    sections: tuple[Section, ...]
    references: tuple[Block, ...]


def parted(writing: Writing) -> Parted:
    """Part the sections of an essay from its list of references."""
    sections: list[Section] = []
    references: list[Block] = []
    blocks: list[Block] = []
    title, level, kind = writing.title or "Opening", 0, "matter"
    for block in writing.blocks:
        words = without_number(block.prose).strip(" :*_#").rstrip(".")
        stated = REFERENCES.fullmatch(words) is not None
        if block.kind == "heading" or (block.kind == "paragraph" and stated):
            if kind in ("references", "page") and block.kind == "heading" and block.level > level and not stated:
                continue  # deeper headings belong to it
            sections = _closed(sections, title, blocks, kind)
            title, blocks, level, kind = words, [], block.level, _kind(words)
            if kind == "matter":
                blocks.append(block)
        elif block.kind == "note" or kind == "references":
            references.append(block)
        elif kind == "matter" or (kind == "page" and _LABELLED.match(block.prose)):
            blocks.append(block)
    sections = _closed(sections, title, blocks, kind)
    trailing, sections = _trailing(sections)
    return Parted(tuple(section for section in sections if section.blocks), (*references, *trailing))


def _kind(words: str) -> str:
    if REFERENCES.fullmatch(words):
        return "references"
    page = ABOUT_THE_PAGE.fullmatch(words) and words.lower() != "discussion"
    return "page" if page else "matter"


def _closed(sections: list[Section], title: str, blocks: list[Block], kind: str) -> list[Section]:
    """The sections with one more; of a section about the page only what looks like a reference is there."""
    return [*sections, Section(title, tuple(blocks))] if blocks or kind == "matter" else sections


def _trailing(sections: Sequence[Section]) -> tuple[list[Block], list[Section]]:
    """Labelled entries at the end of the last section, and the sections without them."""
    found: list[Block] = []
    left = [section for section in sections if section.blocks]
    while left:
        blocks = list(left[-1].blocks)
        while blocks and blocks[-1].kind != "heading" and (_LABELLED.match(blocks[-1].text) or is_bibliography(blocks[-1])):
            found.insert(0, blocks.pop())
        if blocks:
            left[-1] = Section(left[-1].title, tuple(blocks))
            break
        left.pop()
    return found, left


def is_bibliography(block: Block) -> bool:
    """True for code that is BibTeX."""
    return block.kind == "code" and _BIBTEX.match(block.text.lstrip()) is not None
