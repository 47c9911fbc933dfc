"""Names of a claim against its quotes."""

from __future__ import annotations

import pytest

from bot.verifier.names import name_faults, names_of


def wrong(claim: str, *quotes: str, sources: tuple[str, ...] = ()) -> list[str]:
    return [fault.words for fault in name_faults(claim, quotes, sources)]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The lamp of Ilse Brandt was lit.", "Brandt lit her lamp."),
        ("The AGI debate goes on.", "The debate on artificial general intelligence goes on."),
        ("Learning by RL is slow.", "Reinforcement learning is slow."),
        ("The plan was made in England.", "It was an English plan."),
        ("LLMs answer.", "Large language models answer."),
        ("Its GPT-3 model answers.", "We ask GPT-3."),
        ("The U.S. agreed.", "The United States agreed."),
        ("The drug acts on IL-2.", "The drug acts on interleukin-2."),
        ("Patients got artificial general intelligence (AGI).", "Patients got artificial general intelligence."),
        ("It came in Feb. 2011.", "It came in February 2011."),
        ("Brandt's lamp is lit.", "The lamp of Brandt is lit."),
        ("The k_max setting rules.", "We set k_max by hand."),
        ("The NF-κB pathway is open.", "The NF-kB pathway is open."),
        ("People draw moths.", "Light draws moths."),
        ("United States lamps are lit.", "U.S. lamps are lit."),
        ("Keeping lamps is hard.", "It is hard to keep lamps."),
    ],
)
def test_a_name_in_another_form_is_fine(claim: str, quote: str) -> None:
    assert wrong(claim, quote) == []


@pytest.mark.parametrize(
    ("claim", "quote", "names"),
    [
        ("The lamp of Ilse Vogel was lit.", "Ilse Brandt lit her lamp.", ["Ilse Vogel"]),
        ("The lamp of Jana Brandt was lit.", "Ilse Brandt lit her lamp.", ["Jana Brandt"]),
        ("We ask GPT-2.", "We ask GPT-3.", ["GPT-2"]),
        ("It runs on a V100.", "It runs on an A100.", ["V100"]),
        ("The plan was made in Norway.", "The plan was made in Sweden.", ["Norway"]),
        ("The AGI debate goes on.", "The debate on machines goes on.", ["AGI"]),
        ("The AI debate goes on.", "As it is, the debate goes on.", ["AI"]),
        ("It uses torch.nn() well.", "It uses numpy well.", ["torch.nn"]),
        ("The receptor (NLRP3) traps it.", "The receptor traps it.", ["NLRP3"]),
        ("Mode-6 takes one pass.", "Mode-1 takes one pass.", ["Mode-6"]),
        ("It came in April.", "It came in March.", ["April"]),
        ("The drug acts on IL-6.", "The drug acts on interleukin-2.", ["IL-6"]),
    ],
)
def test_another_name_is_a_fault(claim: str, quote: str, names: list[str]) -> None:
    assert wrong(claim, quote) == names


def test_who_says_it_may_be_named() -> None:
    claim = "The keepers, argue Brandt and colleagues, should rest."
    assert wrong(claim, "We argue that keepers should rest.") == ["Brandt"]
    assert wrong(claim, "We argue that keepers should rest.", sources=("Ilse Brandt", "On Lamps")) == []


def test_a_month_of_the_source_is_not_taken_for_the_quotes() -> None:
    assert wrong("It came in April.", "It came early.", sources=("News of 3 April",)) == ["April"]


def test_a_capital_that_opens_a_sentence_makes_no_name() -> None:
    assert names_of("Reward is thin. However, people learn. “Deliberate reasoning” helps.") == ()
    assert [name.text for name in names_of("Brandt knows. Then Ilse Vogel left; so did DeepMind.")] == [
        "Brandt",
        "Ilse Vogel",
        "DeepMind",
    ]
