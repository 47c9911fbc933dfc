"""Where a claim runs along its quote, and what it says in the places where it does not."""

from __future__ import annotations

import pytest

from bot.verifier.slots import Run, run_along, turned_in_a_copy

QUOTE = "The keeper of the old harbour trims the northern lamp every evening before the tide turns."


def slots(claim: str, *quotes: str, sources: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(slot.said, slot.there) for slot in run_along(claim, quotes or (QUOTE,), sources).slots]


def test_a_copy_leaves_no_slot() -> None:
    run = run_along(QUOTE, (QUOTE,))
    assert run == Run(1.0, ())


@pytest.mark.parametrize(
    ("one", "other"), [("northern", "southern"), ("trims", "breaks"), ("evening", "morning"), ("tide turns", "storm begins")]
)
def test_an_exchanged_word_stands_in_a_slot_beside_the_quotes_own(one: str, other: str) -> None:
    (found,) = slots(QUOTE.replace(one, other))
    assert found == (other, one)


def test_an_exchanged_opening_counts_as_well() -> None:
    assert slots(QUOTE.replace("The keeper", "The clerk")) == [("clerk", "keeper")]


def test_two_words_in_each_others_place_are_known_from_elsewhere_in_the_quote() -> None:
    claim = QUOTE.replace("keeper", "tide", 1).replace("before the tide", "before the keeper")
    found = run_along(claim, (QUOTE,)).slots
    assert [(slot.said, slot.there, slot.moved) for slot in found] == [("tide", "keeper", True), ("keeper", "tide", True)]


def test_who_speaks_fills_no_slot() -> None:
    claim = f"Grönwall says that {QUOTE[0].lower()}{QUOTE[1:]}"
    assert slots(claim, sources=("Ada Grönwall", "Lamps of the harbour")) == []
    assert slots(claim) == [("grönwall", "")]


def test_a_word_in_small_letters_is_no_speaker_though_a_title_has_it() -> None:
    claim = QUOTE.replace("northern lamp", "northern clock")
    assert slots(claim, sources=("Ada Grönwall", "Clock and lamp")) == [("clock", "lamp")]


def test_free_words_run_along_nothing() -> None:
    run = run_along("At dusk somebody looks after the light.", (QUOTE,))
    assert run.copied < 0.5
    assert run.slots == ()


def test_a_claim_may_end_before_its_quote_does() -> None:
    assert slots("The keeper of the old harbour trims the northern lamp.") == []


def test_each_word_of_a_claim_fills_one_slot_of_several_quotes() -> None:
    other = "The clerk of the archive counts every wick twice."
    claim = "The keeper of the old harbour trims the green lamp, and the clerk of the archive counts every wick twice."
    assert slots(claim, QUOTE, other) == [("green", "northern")]


@pytest.mark.parametrize("claim", ["", "…", "the of and"])
def test_a_claim_without_words_has_no_slots(claim: str) -> None:
    assert run_along(claim, (QUOTE,)).slots == ()


def turned(claim: str, quote: str = QUOTE) -> tuple[str, bool] | None:
    found = turned_in_a_copy(claim, (quote,))
    return None if found is None else (found[0].text, found[1])


DENIES = "The keeper of Orm Bay does not light the second lamp before the fog signal has sounded."


def test_a_negation_put_into_a_copy_or_taken_out_is_told() -> None:
    assert turned(QUOTE.replace("trims", "never trims")) == ("never", True)
    assert turned(DENIES.replace("does not light", "does light"), DENIES) == ("not", False)
    assert turned(DENIES.replace("does not light", "lights"), DENIES) == ("not", False)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (QUOTE, QUOTE),
        (DENIES, DENIES),
        (DENIES.replace("does not", "doesn't"), DENIES),
        ("The keeper of Orm Bay fails to light the second lamp before the fog signal has sounded.", DENIES),
        (
            "In winter the wick does not in general burn as slowly as oil.",
            "In winter the wick does, in general, not burn as slowly as oil.",
        ),
        ("The keeper lights nothing but the second lamp at night.", "The keeper lights only the second lamp at night."),
    ],
)
def test_what_is_denied_in_the_quote_may_be_denied_otherwise(claim: str, quote: str) -> None:
    assert turned(claim, quote) is None
