"""Questions of several parts are split where that is sure, and answered part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import ask, make_query
from bot.parts import split_parts, unspoken
from tests.bot.made import LANTERNS, TIDES

if TYPE_CHECKING:
    from bot.reader import Reader


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How many boats does a harbour keep, and which bell calls the keepers home?",
            ("How many boats does a harbour keep?", "Which bell calls the keepers home?"),
        ),
        (
            "What share of the oil is burnt each night and how is the wick of a lamp trimmed?",
            ("What share of the oil is burnt each night?", "How is the wick of a lamp trimmed?"),
        ),
        (
            "Can a mill grind without a pond, or does every wheel need standing water?",
            ("Can a mill grind without a pond?", "Does every wheel need standing water?"),
        ),
        (
            "What does a small harbour forget? How does a brighter lamp help the archive?",
            ("What does a small harbour forget?", "How does a brighter lamp help the archive?"),
        ),
        (
            "Harbours keep pages. Who reads the keepers' pages? Who counts the missing names?",
            ("Who reads the keepers' pages?", "Who counts the missing names?"),
        ),
    ],
)
def test_parts_that_ask_each_for_itself_are_split(question: str, parts: tuple[str, ...]) -> None:
    assert split_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What does a small harbour forget?",
        "What is burnt, and for what reason?",
        "Why do boats come home and stay in the harbour?",
        "Is the lamp bright or dim?",
        "How many boats and how many bells does the harbour keep?",
        "Does the keeper say what a lamp costs and how long its wick burns?",
        "Which boats does the harbour forget, and why does it?",
        "How far does one bell carry over the water, and where does that idea come from?",
        "The harbour keeps many pages. Who reads the keepers' pages?",
        'What does "how the tide comes, and what the moon has done" say of harbours?',
        "Who? Why? Where?",
        "What does a boat do? What does a bell do? What does a lamp do? What does a mill do? What does a pond do?",
        "",
    ],
)
def test_what_is_not_sure_stays_whole(question: str) -> None:
    assert split_parts(question) == ()


def test_a_part_is_unspoken_where_no_passage_has_half_of_its_words() -> None:
    parts = ("How many boats does a harbour keep?", "Which bell calls the keepers home?")
    assert unspoken(parts, ["Boats lie in the harbour, which keeps none of them."]) == {2}
    assert unspoken(parts, ["A bell called the keepers.", "Every harbour keeps boats."]) == frozenset()
    assert unspoken(parts, []) == {1, 2}
    assert unspoken((), ["A bell."]) == frozenset()


def test_an_answer_is_given_part_by_part(reader: Reader) -> None:
    question = "When does a harbour forget its oldest boats? Why do brighter lamps help an archive so little?"
    works = [record.work for record in reader.works().values()]
    answer = ask(reader, make_query(question, known=works))
    assert answer.parts == ("When does a harbour forget its oldest boats?", "Why do brighter lamps help an archive so little?")
    numbers = [claim.part for claim in answer.claims]
    assert numbers == sorted(numbers, key=lambda number: number or 0)
    assert set(numbers) == {1, 2}
    assert TIDES.key in {claim.work for claim in answer.claims if claim.part == 1}
    assert LANTERNS.key in {claim.work for claim in answer.claims if claim.part == 2}
    assert "two parts" in answer.opening


def test_a_question_of_one_part_has_none(reader: Reader) -> None:
    answer = ask(reader, make_query("What does a small harbour forget?"))
    assert answer.parts == ()
    assert {claim.part for claim in answer.claims} == {None}
    whole = ask(reader, make_query("What does a small harbour forget? Why do lamps help an archive?", parts=()))
    assert whole.parts == ()
