"""A contrast is told of both its sides, or says of which it is not."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answers import Query
from bot.candidates import Candidate
from bot.compose import MOST_CLAIMS, compose
from bot.sides import of_both_sides, sides
from corpus.works import Author, Work
from tests.bot.made import answer_to

if TYPE_CHECKING:
    from bot.reader import Reader

ASKED = "What is the difference between a day ledger and a night ledger?"
_axes = itertools.count()
HALE, WEIR = (Work(f"{name.lower()}-2030", f"The {name} Book", (Author(name),), 2030) for name in ("Hale", "Weir"))


def said(text: str, score: float, work: Work = HALE) -> Candidate:
    """A statement of a work that is not here, in a direction of its own."""
    vector = np.zeros(4096, np.float32)
    vector[next(_axes)] = 1
    return Candidate(text, work, score, vector)


def told(question: str, ranked: list[Candidate]) -> tuple[list[str | None], tuple[str, ...], str]:
    query = Query(question, question)
    draft = of_both_sides(query, compose(query, ranked, 0.9), ranked, ())
    return [each.text for each in draft.candidates], draft.notes, draft.opening


@pytest.mark.parametrize(
    ("question", "both"),
    [
        (ASKED, ("a day ledger", "a night ledger")),
        ("What are the main differences between tin and brass lamps?", ("tin", "brass lamps")),
        ("How does a mill differ from a windmill?", ("a mill", "a windmill")),
        ("How do oil and wax compare as sources of light?", ("oil", "wax")),
        ("How do mills and ponds differ?", ("mills", "ponds")),
        ("How does it differ from a windmill?", ()),
        ("How do lamps differ?", ()),
        ("How does a harbour forget its boats?", ()),
        ("What is the difference between them and a mill?", ()),
    ],
)
def test_the_sides_of_a_contrast_are_told_apart(question: str, both: tuple[str, ...]) -> None:
    assert sides(question) == both


def test_a_side_that_is_not_told_of_is_given_its_best() -> None:
    ranked = [said("A day ledger is kept by day.", 0.8), said("Nobody reads a night ledger.", 0.4, WEIR)]
    texts, notes, opening = told(ASKED, ranked)
    assert texts == ["A day ledger is kept by day.", "Nobody reads a night ledger."]
    assert notes == ()
    assert opening == "Two works speak to this: Hale 2030 and Weir 2030."


def test_a_side_is_not_told_of_at_any_price_nor_twice() -> None:
    day, far = said("A day ledger is kept by day.", 0.8), said("Nobody reads a night ledger.", 0.1)
    assert told(ASKED, [day, far])[0] == ["A day ledger is kept by day."]
    night = said("Nobody reads a night ledger.", 0.5)
    again = replace(said("A night ledger is read by nobody.", 0.45), vector=night.vector)
    assert told(ASKED, [day, night, again])[0] == ["A day ledger is kept by day.", "Nobody reads a night ledger."]


def test_a_claim_that_names_both_does_not_stand_for_either() -> None:
    both = "There are the day, the night and the evening ledger."
    ranked = [said(both, 0.8), said("A day ledger is kept by day.", 0.79), said("The night one is not read.", 0.4)]
    assert told(ASKED, ranked)[0][-1] == "The night one is not read."
    assert told(ASKED, ranked[:2])[1] == ("What was found speaks of “a night ledger” only beside “a day ledger”.",)


def test_of_a_side_on_which_nothing_was_found_that_is_said() -> None:
    ranked = [said("A day ledger is kept by day.", 0.8)]
    assert told(ASKED, ranked)[:2] == (
        ["A day ledger is kept by day."],
        ("Nothing that was found speaks of “a night ledger”.",),
    )


def test_a_work_is_a_side_by_its_name() -> None:
    ranked = [said("Ledgers are dear.", 0.8), said("The night is long.", 0.7, WEIR)]
    assert told("How does Hale differ from the night?", ranked)[1] == ()


def test_other_questions_are_left_alone_and_the_answer_keeps_its_bounds() -> None:
    many = [said(f"A day ledger, {place}.", 0.8 - place / 1000, (HALE, WEIR)[place % 2]) for place in range(12)]
    query = Query(ASKED, ASKED)
    wide = replace(compose(query, many, 0.9), candidates=tuple(many[:MOST_CLAIMS]))
    assert len(of_both_sides(query, wide, [*many, said("A night ledger.", 0.1)], ()).candidates) == MOST_CLAIMS
    other = Query("What is a day ledger?", "What is a day ledger?")
    draft = compose(other, many, 0.9)
    assert of_both_sides(other, draft, many, ()) is draft


def test_an_answer_from_quotes_is_held_against_both_sides(reader: Reader) -> None:
    answer = answer_to(reader, "What is the difference between a day ledger and a moon whistle?")
    assert any("ledger" in claim.text for claim in answer.claims)
    assert "Nothing that was found speaks of “a moon whistle”." in answer.notes
    assert not any("day ledger" in text for text in answer.notes)
