"""Chooses the evidence: the passages that an answer may rest on. Knows no wording and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import Evidence, Locator

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.answers import Hit
    from bot.reader import Reader
    from corpus.documents import Page
    from corpus.records import WorkRecord

DEFAULT = 10
"""Passages; about 700 words."""
OF_EACH = 2
"""Passages of a work that is named beside others and has none among the best: enough for its side to be told."""


def choose_evidence(reader: Reader, hits: Iterable[Hit], count: int = DEFAULT) -> tuple[Evidence, ...]:
    """The best `count` passages, disjoint; passages of one document never overlap, so the best are taken as they come."""
    chosen: list[Evidence] = []
    works = reader.works()
    for hit in hits:
        if len(chosen) >= count:
            break
        record = works.get(hit.work.key)
        if record is None or record.document is None or record.document.digest != hit.passage.document:
            continue
        page = reader.library.page(hit.passage.document, hit.passage.position)
        locator = locate(page, hit.passage.span.start, hit.passage.section, record)
        chosen.append(Evidence(len(chosen) + 1, hit.passage, hit.work, locator, record.document.name, hit.score))
    return tuple(chosen)


def each_named(hits: Sequence[Hit], named: Collection[str], count: int = DEFAULT) -> list[Hit]:
    """The hits with the best of each named work among the first `count`, at their end, where a question names several.

    At most half of the places go to them; whether they come near enough to be said is another matter.
    """
    here = {hit.work.key for hit in hits[:count]}
    lacking = [key for key in named if key not in here] if len(named) > 1 else []
    theirs = {id(hit) for key in lacking for hit in [hit for hit in hits if hit.work.key == key][:OF_EACH]}
    added = [hit for hit in hits if id(hit) in theirs][: count // 2]
    kept = count - len(added)
    return [*hits[:kept], *added, *(hit for hit in hits[kept:] if id(hit) not in theirs)]


def locate(page: Page, offset: int, section: str | None, record: WorkRecord) -> Locator:
    """The place of an offset on a page, as a reader names it."""
    return Locator(
        page=page.number,
        label=page.label,
        part=page.part,
        parts=record.pages if page.part is not None else None,
        time=page.time_at(offset),
        section=section,
    )
