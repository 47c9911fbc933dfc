"""How a claim would read with its names exchanged, renamed, or without its denial."""

from __future__ import annotations

import pytest

from bot.verifier.variants import MOST, variants_of

QUOTES = ("Lumen beats Candela at night, and Sirius is slower than both.",)


def made(claim: str, turn: str) -> list[str]:
    return [text for kind, text in variants_of(claim, QUOTES) if kind == turn]


def test_two_names_of_the_quote_change_places() -> None:
    assert made("At night Lumen beats Candela.", "exchanged") == ["At night Candela beats Lumen."]


def test_a_name_gives_way_to_another_of_the_quote() -> None:
    assert "At night Sirius beats Candela." in made("At night Lumen beats Candela.", "renamed")


@pytest.mark.parametrize(
    ("claim", "without"),
    [
        ("Lumen does not beat Candela.", "Lumen does beat Candela."),
        ("Lumen doesn't beat Candela.", "Lumen does beat Candela."),
        ("Lumen cannot beat Candela.", "Lumen can beat Candela."),
        ("Lumen shines without oil.", "Lumen shines with oil."),
        ("Lumen never fails.", "Lumen fails."),
    ],
)
def test_a_denial_goes(claim: str, without: str) -> None:
    assert made(claim, "undenied") == [without]


def test_there_are_never_many() -> None:
    claim = "Not Lumen, nor Candela, nor Sirius, nor Vega, nor Altair, nor Deneb is not lit."
    for turn in ("exchanged", "renamed", "undenied"):
        assert len([1 for kind, _ in variants_of(claim, (claim,)) if kind == turn]) <= MOST


def test_a_plain_claim_has_none() -> None:
    assert variants_of("The lamp is lit at night.", ("At night the lamp is lit.",)) == ()
