from __future__ import annotations

import pytest

from corpus.documents import Page, Passage, Sentence, Span, passage_on
from corpus.records import Annotation, annotation_id
from ingest.tie import LONGEST_QUOTE, SHORTEST_QUOTE, tie

DIGEST = "d" * 64
FIRST = "The lamp went out at nine and nobody wrote it down.\nThe ledger was found in the morning under the bread."
SECOND = "The keeper trusts the ledger more than the lamp.\nThe lamp went out at nine and nobody wrote it down."


def note(start: str, end: str = "", *, page: int | None = None, part: int | None = None) -> Annotation:
    name = annotation_id("hale-2031", "A statement.", start, end)
    return Annotation(name, "hale-2031", "A statement.", page, part, "1 Lamps", start, end)


def paged(*texts: str) -> list[Page]:
    return [Page(place, text, number=place + 1) for place, text in enumerate(texts)]


def by_line(pages: list[Page]) -> list[Passage]:
    """One passage a line."""
    passages = []
    for page in pages:
        start = 0
        for line in page.text.split("\n"):
            passages.append(passage_on(page, DIGEST, [Sentence(Span(start, start + len(line)))]))
            start += len(line) + 1
    return passages


PAGES = paged(FIRST, SECOND)
PASSAGES = by_line(PAGES)


def test_the_quote_lies_on_the_page_that_is_named() -> None:
    found = tie([note("The lamp went", "it down.", page=2)], DIGEST, PAGES, PASSAGES)
    assert found.missing == ()
    [place] = found.ties
    assert (place.document, place.position) == (DIGEST, 1)
    assert place.span.of(SECOND) == "The lamp went out at nine and nobody wrote it down."
    assert place.passage == PASSAGES[3].id


def test_a_part_is_named_like_a_page() -> None:
    parts = [Page(0, FIRST, part=1), Page(1, SECOND, part=2)]
    [place] = tie([note("The lamp went", "it down.", part=2)], DIGEST, parts, []).ties
    assert place.position == 1
    assert place.passage is None


def test_another_edition_has_other_pages_but_the_quote_only_once() -> None:
    [place] = tie([note("The keeper trusts", "the lamp.", page=7)], DIGEST, PAGES, PASSAGES).ties
    assert place.position == 1
    [place] = tie([note("The keeper trusts", "the lamp.", page=1)], DIGEST, PAGES, PASSAGES).ties
    assert place.position == 1


def test_a_quote_in_two_places_proves_nothing() -> None:
    twice = note("The lamp went", "it down.", page=7)
    assert tie([twice], DIGEST, PAGES, PASSAGES).missing == (twice,)
    doubled = paged(f"{FIRST}\n{FIRST}")
    twice = note("The ledger was", "the bread.", page=1)
    assert tie([twice], DIGEST, doubled, []).missing == (twice,)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("The lamp was lit", "it down."),
        ("The lamp went", "it up."),
        ("the lamp went", "it down."),
        ("The ledger was found", "wrote it down."),
    ],
)
def test_a_fragment_that_is_not_there_is_missing(start: str, end: str) -> None:
    lost = note(start, end, page=1)
    found = tie([lost, note("The ledger was", "the bread.", page=1)], DIGEST, PAGES, PASSAGES)
    assert found.missing == (lost,)
    assert len(found.ties) == 1


def test_a_quote_has_a_sensible_length() -> None:
    short = "Nine lamps burn."
    assert len(short) < SHORTEST_QUOTE
    long = "Begin here " + "and go on " * (LONGEST_QUOTE // 10) + "until the end."
    notes = [note("Nine lamps", "lamps burn."), note("Begin here", "the end.")]
    assert tie(notes, DIGEST, paged(short, long), []).missing == tuple(notes)


def test_line_ends_and_ligatures_do_not_hide_a_quote() -> None:
    pages = paged("A ﬁlament lamp is set be\x02\r\nside the led-\r\nger in the ﬁrst room.")
    [place] = tie([note("A filament lamp", "the first room.", page=1)], DIGEST, pages, []).ties
    assert pages[0].read(place.span) == "A filament lamp is set beside the ledger in the first room."


def test_the_passage_is_the_one_that_shares_most() -> None:
    pages = paged(FIRST)
    [place] = tie([note("nobody wrote it", "the bread.", page=1)], DIGEST, pages, by_line(pages)).ties
    assert place.passage == by_line(pages)[1].id
