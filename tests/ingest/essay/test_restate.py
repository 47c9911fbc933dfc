"""A question restated so that it stands alone."""

from __future__ import annotations

import pytest

from ingest.essay.clauses import as_question
from ingest.essay.restate import topic_of
from tests.ingest.essay.made import draft

ESSAY = "On Lamps\n\nHarbour light\n\n{}\n"


def _restated(text: str) -> str:
    return draft(ESSAY.format(text)).essay.questions[-1].standalone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do lamps need oil[1]?", "Do lamps need oil?"),
        ("but do lamps need oil (Hale, 2030)?", "Do lamps need oil?"),
        (
            "Bright lamps burn oil. It is dear. Could these lamps burn wax?",
            "Could bright lamps burn wax?",
        ),
        (
            "He spoke of the change from oil to wax. Is money the best reason for such change?",
            "Is money the best reason for the change from oil to wax?",
        ),
        (
            "Keepers use several old tools (e.g., wicks, scissors and bells). Would these tools rust?",
            "Would old tools such as wicks, scissors and bells rust?",
        ),
        ("The moon drives the tide. Can it be stopped?", "The moon drives the tide. Can it be stopped?"),
        ("Lamps fail. Will bells meet a similar fate?", "Harbour light: Will bells meet a similar fate?"),
        ("All wicks smoke in wet weather. Is this a flaw?", "All wicks smoke in wet weather. Is this a flaw?"),
        (
            "Will bells meet the same fate? In other words, will bells be silent in ten years?",
            "Will bells be silent in ten years?",
        ),
        ("Is it possible that bells outlive lamps?", "Is it possible that bells outlive lamps?"),
        ("If a keeper sleeps, does he still count?", "If a keeper sleeps, does he still count?"),
        ("What did this essay leave out of its account?", "What did this essay leave out of its account?"),
    ],
)
def test_the_essays_words_stay_but_for_what_points_elsewhere(text: str, expected: str) -> None:
    assert _restated(text) == expected


def test_no_phrase_is_taken_whose_ends_are_not_plain() -> None:
    """`keep models` would be a wrong phrase: a verb stands before the noun."""
    text = "Some towns keep bells. Rust comes. Do these bells ring?"
    assert _restated(text) == "Some towns keep bells. Do these bells ring?"


@pytest.mark.parametrize(
    ("clause", "question"),
    [
        ("whether agents can plan", "Can agents plan?"),
        ("whether new lamps are even needed", "Are new lamps even needed?"),
        ("whether lamps that are lit can be seen", "Is it true that lamps that are lit can be seen?"),
        ("whether light tires the eye", "Is it true that light tires the eye?"),
        ("how keepers could sleep", "How could keepers sleep?"),
        ("How far a lamp can be seen", "What is known about how far a lamp can be seen?"),
        ("why wicks smoke", "What is known about why wicks smoke?"),
        ("how to trim a wick", "How can one trim a wick?"),
        ("what limits the light", "What limits the light?"),
        ("what lamps are for", "What is known about what lamps are for?"),
        ("the question of oil", "What is known about oil?"),
    ],
)
def test_a_clause_becomes_a_sentence_that_asks(clause: str, question: str) -> None:
    assert as_question(clause) == question


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Agents", "Agents"),
        ("World Model: A Data-Driven Approach?", "World Model"),
        ("Is Compression Our Only Path?", "Compression"),
        ("What about data?", "about data"),
        ("Alignment and Feedback", "Alignment and Feedback"),
    ],
)
def test_a_sections_title_says_what_it_is_about(title: str, topic: str) -> None:
    assert topic_of(title) == topic
