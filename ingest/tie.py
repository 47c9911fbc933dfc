"""Ties annotations to the places that prove them. Knows no storage and no file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.proof import ProvenText
from corpus.records import Annotation, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.documents import Page, Passage, Span

SHORTEST_QUOTE, LONGEST_QUOTE = 30, 700
"""Characters of a quote that a text fragment may find; anything else is a fragment that found the wrong place."""


@dataclass(frozen=True, slots=True)
class Tied:
    """Annotations with their proven places, and those without."""

    ties: tuple[Tie, ...]
    missing: tuple[Annotation, ...]
    """Their quote is nowhere, or in more places than one."""


def tie(annotations: Iterable[Annotation], digest: str, pages: Sequence[Page], passages: Sequence[Passage]) -> Tied:
    """Find each annotation's quote: on the page that it names, else in exactly one place of the whole work."""
    proven = {page.position: ProvenText(page.text) for page in pages}
    ties: list[Tie] = []
    missing: list[Annotation] = []
    for annotation in annotations:
        place = _named(annotation, pages, proven) or _anywhere(annotation, pages, proven)
        if place is None:
            missing.append(annotation)
            continue
        page, span = place
        ties.append(Tie(annotation.id, digest, page.position, span, _passage(page, span, passages)))
    return Tied(tuple(ties), tuple(missing))


def _places(annotation: Annotation, page: Page, proven: dict[int, ProvenText]) -> list[Span]:
    """The quotes of sensible length that the fragment finds on a page."""
    found = proven[page.position].find_fragment(annotation.start, annotation.end)
    return [span for span in found if SHORTEST_QUOTE <= len(page.read(span)) <= LONGEST_QUOTE]


def _named(annotation: Annotation, pages: Sequence[Page], proven: dict[int, ProvenText]) -> tuple[Page, Span] | None:
    """The one place on the page or part that the annotation names."""
    for page in pages:
        named = (annotation.page is not None and page.number == annotation.page) or (
            annotation.part is not None and page.part == annotation.part
        )
        if named:
            places = _places(annotation, page, proven)
            return (page, places[0]) if len(places) == 1 else None
    return None


def _anywhere(annotation: Annotation, pages: Sequence[Page], proven: dict[int, ProvenText]) -> tuple[Page, Span] | None:
    """The one place in the whole work: another edition has other pages."""
    found = [(page, span) for page in pages for span in _places(annotation, page, proven)]
    return found[0] if len(found) == 1 else None


def _passage(page: Page, span: Span, passages: Sequence[Passage]) -> str | None:
    """The passage that shares most with the quote."""
    best, most = None, 0
    for passage in passages:
        if passage.position == page.position:
            shared = sum(
                max(0, min(sentence.span.end, span.end) - max(sentence.span.start, span.start)) for sentence in passage.sentences
            )
            if shared > most:
                best, most = passage.id, shared
    return best
