"""Tokens are counted, and too many are refused."""

from __future__ import annotations

import pytest

from bot.language import Budget
from bot.language.budget import tokens_of
from corpus.errors import BudgetExceeded


def test_what_is_spent_is_counted_in_the_part_and_in_the_whole() -> None:
    whole = Budget(100)
    part = whole.part(50, setting="PINCITE_LLM_ANSWER_TOKENS")
    part.require(50)
    part.spend(40)
    other = whole.part(50, setting="PINCITE_LLM_ANSWER_TOKENS")
    other.spend(30)
    assert (part.spent, other.spent, whole.spent) == (40, 30, 70)
    part.spend(-10)  # the provider said so
    assert (part.spent, whole.spent) == (30, 60)


def test_a_part_that_is_used_up_names_its_own_setting() -> None:
    part = Budget(1000).part(50, setting="PINCITE_LLM_ANSWER_TOKENS")
    part.spend(40)
    with pytest.raises(BudgetExceeded) as raised:
        part.require(11)
    assert "PINCITE_LLM_ANSWER_TOKENS" in raised.value.remedy
    assert raised.value.message == "40 of 50 tokens are spent, and the language model may need 11 more."
    with pytest.raises(BudgetExceeded, match="None of 50 tokens are spent, and the language model may need 51 more"):
        Budget(50).require(51)


def test_a_whole_that_is_used_up_stops_every_part() -> None:
    whole = Budget(100)
    whole.part(90, setting="X").spend(90)
    with pytest.raises(BudgetExceeded) as raised:
        whole.part(90, setting="X").require(11)
    assert "PINCITE_LLM_TOKENS" in raised.value.remedy


def test_a_token_is_about_four_letters_or_one_sign_of_a_script_without_spaces() -> None:
    assert tokens_of("") == 0
    assert tokens_of("lamp") == 1
    assert tokens_of("a lamp on the mole") == 5
    assert tokens_of("灯台守") == 3
