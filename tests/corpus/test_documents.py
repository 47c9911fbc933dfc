"""Spans, pages, passages and documents: their own arithmetic and their names."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Box, Page, Passage, Sentence, Span, digest_of, passage_on

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 10)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def covered(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@given(SPANS, SPANS)
def test_spans_count_as_sets_of_characters(one: Span, other: Span) -> None:
    assert len(one) == len(covered(one))
    assert one.overlaps(other) == other.overlaps(one) == bool(covered(one) & covered(other))
    both = one.to(other)
    assert both == other.to(one)
    assert {both.start, both.end} <= {one.start, one.end, other.start, other.end}


def test_a_span_is_half_open() -> None:
    assert Span(4, 8).of("the tide rises") == "tide"
    assert not Span(0, 4).overlaps(Span(4, 8))
    assert Span(0, 5).overlaps(Span(4, 8))
    assert len(Span(8, 4)) == 0


def test_spans_sort_by_their_start() -> None:
    assert sorted([Span(4, 8), Span(0, 9), Span(4, 5)]) == [Span(0, 9), Span(4, 5), Span(4, 8)]


def test_the_smallest_box_around_two() -> None:
    assert Box(10, 10, 20, 20).to(Box(5, 12, 15, 30)) == Box(5, 10, 20, 30)


@pytest.mark.parametrize("made", [Span(0, 1), Box(0, 0, 1, 1), Page(0, "tide"), Sentence(Span(0, 1))])
def test_nothing_changes_what_was_read(made: object) -> None:
    (first, *_) = dataclasses.fields(made)  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, first.name, 0)


RAW = "A self-\nsupervised tide lear-\nning the har-\nbour."
PAGE = Page(0, RAW, hyphens=(RAW.index("-"),))


def test_a_page_reads_with_its_own_hyphens() -> None:
    assert PAGE.read(Span(0, len(RAW))) == "A self-supervised tide learning the harbour."


@pytest.mark.parametrize("start", [0, 2, 4])
def test_a_page_reads_its_hyphens_wherever_the_span_begins(start: int) -> None:
    assert PAGE.read(Span(start, RAW.index(" tide"))) == "A self-supervised"[start:]


def test_hyphens_outside_the_span_do_not_count() -> None:
    raw = "lear-\nning self-\nsupervised"
    page = Page(0, raw, hyphens=(raw.rindex("-"),))
    assert page.read(Span(0, 11)) == "learning"
    assert page.read(Span(11, len(raw))) == "self-supervised"


TIMED = Page(0, "one two three", times=((0, 1.5), (4, 3.0), (8, 6.25)))


@pytest.mark.parametrize(
    ("offset", "seconds"), [(0, 1.5), (3, 1.5), (4, 3.0), (7, 3.0), (8, 6.25), (12, 6.25), (13, 6.25), (1000, 6.25)]
)
def test_the_time_of_a_place_is_its_cues_start(offset: int, seconds: float) -> None:
    assert TIMED.time_at(offset) == seconds


def test_a_place_before_the_first_cue_has_its_time() -> None:
    assert Page(0, "  one", times=((2, 7.0),)).time_at(0) == 7.0


def test_an_untimed_page_has_no_times() -> None:
    assert PAGE.time_at(0) is None


TEXT = "The tide rises. Boats leave."
SENTENCES = (Sentence(Span(0, 15)), Sentence(Span(16, 28)))


def passage(
    text: str = TEXT, digest: str = "d", position: int = 0, lead: str = "Hale 2031, Tides", section: str = "1 Tides"
) -> Passage:
    return passage_on(Page(position, text), digest, SENTENCES, section=section, lead=lead)


def test_a_passage_has_the_text_of_its_sentences_and_nothing_between() -> None:
    page = Page(0, "The tide rises.\n12 RUNNING HEAD\nBoats leave.")
    made = passage_on(page, "d", [Sentence(Span(0, 15)), Sentence(Span(32, 44))])
    assert made.texts == ("The tide rises.", "Boats leave.")
    assert made.text == TEXT
    assert made.span == Span(0, 44)


def test_the_embedder_reads_who_speaks_and_where_in_front() -> None:
    assert passage().embedded == ("Hale 2031, Tides. 1 Tides.", "The tide rises.", "Boats leave.")


def test_a_passage_keeps_its_id_for_ever() -> None:
    assert passage().id == "bda68b482396431a"
    assert passage(lead="Hale 2032", section="2 Tides").id == passage().id


@pytest.mark.parametrize(
    "other",
    [
        passage(digest="e"),
        passage(position=1),
        passage(text="The tide Rises. Boats leave."),
        passage(text="The tide rises. Boats leave!"),
        passage_on(Page(0, " " + TEXT), "d", [Sentence(Span(1, 16)), Sentence(Span(17, 29))]),
        passage_on(Page(0, TEXT), "d", SENTENCES[:1]),
    ],
    ids=["document", "page", "case", "sign", "place", "fewer sentences"],
)
def test_another_place_or_text_has_another_id(other: Passage) -> None:
    assert other.id != passage().id


def test_vectors_are_named_by_what_the_embedder_reads_and_not_by_its_place() -> None:
    assert passage(digest="e", position=3).text_digest == passage().text_digest
    assert (
        len(
            {
                made.text_digest
                for made in (passage(), passage(lead="Other"), passage(section="2"), passage("The tide rises. Boats leave!"))
            }
        )
        == 4
    )


def test_other_sentences_of_the_same_text_have_other_vectors() -> None:
    one = passage_on(Page(0, TEXT), "d", [Sentence(Span(0, 28))])
    assert one.text == passage().text
    assert one.text_digest != dataclasses.replace(passage(), lead="", section=None).text_digest


def test_a_document_is_named_by_its_bytes() -> None:
    assert digest_of(b"tide") == hashlib.sha256(b"tide").hexdigest()
    assert digest_of(b"tide") != digest_of(b"tide ")
