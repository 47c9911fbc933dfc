"""Rewording keeps what a sentence says: its numbers, its names, and which way it points."""

from __future__ import annotations

import random

import pytest

from bot.verifier.polarity import negations_of
from tests.fitting.close import close_pairs
from tests.fitting.pairs import SETS
from tests.fitting.rewording import reworded


def _said(text: str) -> set[str]:
    return {reworded(text, random.Random(seed)) for seed in range(300)}


def test_numbers_and_names_stay_and_nothing_is_denied() -> None:
    found = _said("However, we found that Skerry Light used 12 lamps (all of brass), which Ann Marr lit.")
    assert len(found) > 5
    assert all("12" in said and "Skerry Light" in said and not negations_of(said) for said in found)


def test_a_comparison_is_said_from_its_other_side_only_with_the_opposite_word() -> None:
    found = _said("Brass is larger than iron.")
    turned = {said for said in found if said.startswith("Iron")}
    assert turned
    assert not any("larger" in said for said in turned)


def test_a_passive_keeps_who_did_what() -> None:
    assert "The lamp is regulated by the keeper." in _said("The keeper regulates the lamp.")
    assert "The keeper is regulated by the lamp." not in _said("The keeper regulates the lamp.")


@pytest.mark.skipif(not SETS.is_dir(), reason="the development sets are not here")
def test_close_pairs_are_drawn_alike_each_time_and_deny_where_that_is_wanted() -> None:
    found = close_pairs(40, 3, denying=True)
    assert found == close_pairs(40, 3, denying=True)
    assert all(negations_of(pair.group) and pair.true and pair.quotes for pair in found)
