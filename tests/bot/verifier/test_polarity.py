"""Negations, directions and quantifiers of a text."""

from __future__ import annotations

import pytest

from bot.verifier.polarity import denies, directions_of, negations_of, quantifiers_of, signed


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Fog does not stop it.", ["not"]),
        ("It isn't lit, and never was.", ["isn't", "never"]),
        ("Not only keepers came.", []),
        ("No lamp and no keeper.", ["No", "no"]),
        ("It cannot be seen without a glass.", ["cannot", "without"]),
        ("All lamps are lit.", []),
    ],
)
def test_what_denies(text: str, cues: list[str]) -> None:
    assert [word.text for word in negations_of(text)] == cues


def test_a_negation_reaches_to_the_end_of_its_clause() -> None:
    denied = {each.word.text for each in signed("The fog does not stop the signal, but weakens the beam.") if each.negated}
    assert denied == {"stop", "signal"}


@pytest.mark.parametrize("text", ["It fails in fog.", "It is unwatched.", "A lightless tower.", "It burns instead of glowing."])
def test_a_text_may_deny_without_a_negation(text: str) -> None:
    assert denies([text])


def test_a_text_that_denies_nothing() -> None:
    assert not denies(["The keeper lit three lamps at dusk."])


def test_a_denied_direction_points_the_other_way() -> None:
    (more,) = {direction.pole for direction in directions_of("The beam is stronger.") if direction.word.text == "stronger"}
    (denied,) = {direction.pole for direction in directions_of("The beam is not stronger.") if direction.word.text == "stronger"}
    assert more == -denied


def test_not_all_is_some() -> None:
    assert [rank for _, rank in quantifiers_of("Not all lamps are lit.")] == [2]
    assert [rank for _, rank in quantifiers_of("All lamps are lit; none is dark.")] == [4, 0]
