"""References at the end of an essay that no heading announces and no mark labels. Knows what a reference states; no work.

Only what stands behind the last sentence counts: entries of a list, or lines, each of which is a reference by itself. It is
one where its authors can be read, with a year or an identifier, or where it is an identifier and next to nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.essay.addresses import identifiers_of, without_addresses
from ingest.essay.entries import entries_of
from ingest.essay.resolve import registered
from ingest.essay.sections import Parted, Section
from ingest.essay.styles import read_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.essay.entries import Entry
    from ingest.essay.writing import Block

FEW_WORDS = 6
"""Words beside an identifier that may still be its label: `arXiv preprint`, `doi`, `see`."""
MOST = 0.6
"""Share of the entries that has to state a work, for the others to be references too."""
LONGEST = 600
"""Characters of a reference without a mark; what is longer is prose."""


def with_trailing(found: Parted) -> Parted:
    """The same, with the references that end the last section among the others."""
    sections = list(found.sections)
    trailing: list[Block] = []
    while sections:
        blocks, tail = _split(sections[-1].blocks)
        trailing = [*tail, *trailing]
        if blocks:
            sections[-1] = Section(sections[-1].title, tuple(blocks))
            break
        sections.pop()
    if not sections:  # an essay of nothing but references is none
        return found
    return replace(found, sections=tuple(sections), references=(*trailing, *found.references))


def _split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """A section's blocks, and the references that end it.

    In a list that is mostly references, an entry that states no work is one that nobody can resolve.
    """
    start = len(blocks)
    while start and (_is_list(blocks[start - 1]) or (blocks[start - 1].kind == "entry" and "?" not in blocks[start - 1].text)):
        start -= 1
    while start < len(blocks) and not _is_list(blocks[start]):
        start += 1
    if sum(map(_is_list, blocks[start:])) < MOST * len(blocks[start:]):
        start = len(blocks)
        while start and _is_list(blocks[start - 1]):
            start -= 1
    return list(blocks[:start]), list(blocks[start:])


def _is_list(block: Block) -> bool:
    if block.kind not in ("paragraph", "entry"):
        return False
    entries = entries_of([block])
    return bool(entries) and all(map(_is_reference, entries))


def _is_reference(entry: Entry) -> bool:
    text = entry.text
    if len(text) > LONGEST or text.rstrip().endswith(("?", ":")):
        return False
    identifiers = identifiers_of(text, [link.url for link in entry.links])
    if registered(identifiers) and len(without_addresses(text).split()) <= FEW_WORDS:
        return True
    stated = read_reference(entry)
    if stated is None or stated.title[:1].islower():  # a sentence of the essay: `Hale (2030) would disagree`
        return False
    return bool(stated.authors and (stated.year or registered(identifiers)))
