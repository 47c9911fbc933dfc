"""What a language model is shown of a conversation, and how far it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.followup import LONGEST_REPHRASED, Exchange, standalone
from bot.language import Budget
from bot.rephrase import LONGEST_TURN, MOST_TURNS, ModelRephraser
from corpus.errors import BudgetExceeded
from corpus.works import Author, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language import Prompt

HALE = Work("hale-2030", "Tides", (Author("Hale", "Ada"),), 2030)
ONE = Exchange("What does Hale say about tides?", "What does Hale say about tides?", ("hale-2030",))


class Scripted:
    """A model that writes what it is told to, piece by piece."""

    name = "scripted"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.prompts: list[Prompt] = []
        self.read = 0

    def write(self, prompt: Prompt) -> Iterator[str]:
        self.prompts.append(prompt)
        prompt.budget.require(1)
        for piece in self.pieces:
            self.read += 1
            yield piece


def test_the_model_sees_the_questions_as_material_and_its_question_is_searched() -> None:
    model = Scripted("Does Hale say ", "why tides matter?\n")
    alone = standalone("does she say why?", [ONE], [HALE], ModelRephraser(model, Budget()))
    assert alone.text == "Does Hale say why tides matter?"
    (prompt,) = model.prompts
    assert "What does Hale say about tides?" in prompt.task
    assert "does she say why?" in prompt.task
    assert "tides" not in prompt.rules
    seal = prompt.task.split("\n")[0].removeprefix("<conversation ").removesuffix(">")
    assert len(seal) == 12
    assert seal in prompt.rules


def test_only_the_last_turns_are_shown_each_on_one_line() -> None:
    turns = [Exchange("", f"Is boat {number}\nhome?" + " far" * 200) for number in range(9)]
    model = Scripted("Is Hale home with the boats?")
    ModelRephraser(model, Budget()).rephrase("and\nnow?", turns)
    lines = model.prompts[0].task.split("\n")
    assert len(lines) == MOST_TURNS + 3
    assert lines[1].startswith("Question 1: Is boat 5 home?")
    assert lines[-2] == "Last question: and now?"
    assert max(map(len, lines)) < LONGEST_TURN + 30


def test_a_model_that_does_not_end_is_not_heard_out() -> None:
    model = Scripted(*["and on "] * 10_000)
    assert len(ModelRephraser(model, Budget()).rephrase("why?", [ONE])) <= 2 * LONGEST_REPHRASED + 10
    assert model.read < 200


def test_it_spends_the_budget_of_the_answers() -> None:
    rephraser = ModelRephraser(Scripted("Does Hale say why?"), Budget(0))
    with pytest.raises(BudgetExceeded):
        rephraser.rephrase("why?", [ONE])
    assert standalone("why?", [ONE], [HALE], rephraser).text == "Hale on tides: why?"
