"""What a text fragment, the first and last words of a quote, finds."""

from __future__ import annotations

import pytest

from corpus.documents import Span
from corpus.proof import LONGEST_FRAGMENT, ProvenText

FRAGMENTS = "The tide rises at dawn. Boats leave. The tide falls at night. Boats come back at night."


def test_a_text_fragment_finds_from_its_start_to_the_next_end() -> None:
    found = ProvenText(FRAGMENTS).find_fragment("Boats come", "at night.")
    assert [span.of(FRAGMENTS) for span in found] == ["Boats come back at night."]


def test_a_text_fragment_finds_every_place() -> None:
    found = ProvenText(FRAGMENTS).find_fragment("Boats", "at night.")
    assert [span.of(FRAGMENTS) for span in found] == [
        "Boats leave. The tide falls at night.",
        "Boats come back at night.",
    ]


def test_a_text_fragment_without_end_finds_its_start() -> None:
    assert ProvenText(FRAGMENTS).find_fragment("The tide", "") == [Span(0, 8), Span(37, 45)]


def test_start_and_end_of_a_text_fragment_may_share_words() -> None:
    found = ProvenText(FRAGMENTS).find_fragment("Boats come back", "come back at night.")
    assert [span.of(FRAGMENTS) for span in found] == ["Boats come back at night."]


def test_the_end_of_a_text_fragment_does_not_stand_before_its_start() -> None:
    assert ProvenText(FRAGMENTS).find_fragment("The tide falls", "at dawn.") == []


@pytest.mark.parametrize(
    ("start", "end"), [("The tides", "at dawn."), ("The tide", "at noon."), ("the tide", "at dawn."), ("", "")]
)
def test_both_ends_of_a_text_fragment_are_held_to_the_rule(start: str, end: str) -> None:
    assert ProvenText(FRAGMENTS).find_fragment(start, end) == []


def test_a_text_fragment_does_not_reach_further_than_a_quote_may() -> None:
    longest, too_long = (f"Here {'x' * (LONGEST_FRAGMENT - len('Here  end.') + more)} end." for more in (0, 1))
    assert ProvenText(longest).find_fragment("Here", "end.") == [Span(0, LONGEST_FRAGMENT)]
    assert ProvenText(too_long).find_fragment("Here", "end.") == []


def test_a_text_fragment_reads_through_line_ends_and_hyphens() -> None:
    page = "A self-\nsupervised tide rises, and the har-\nbour \ufb01lls."
    assert ProvenText(page).find_fragment("A self-supervised", "harbour fills.") == [Span(0, len(page))]
