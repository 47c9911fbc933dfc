"""Who a claim says is speaking: the authors, whom a quote lets speak, and nobody else."""

from __future__ import annotations

import pytest

from bot.verifier.speakers import speaker_faults

SOURCES = ("Ada Grönwall", "Bo Lindqvist", "Lamps of the Harbour", "Grönwall and Lindqvist 2031", "2031")
QUOTE = "We hold that Lumen-3 lamps outlast Candela, as Brandt argues; see Oskar Vik's letter, and Holm et al. (2029)."


def wrong(claim: str, quote: str = QUOTE) -> list[str]:
    return [fault.words for fault in speaker_faults(claim, (quote,), SOURCES)]


@pytest.mark.parametrize(
    "claim",
    [
        "Grönwall and Lindqvist hold that Lumen-3 lamps outlast Candela.",
        "According to Grönwall, Lumen-3 lamps outlast Candela.",
        "In Lindqvist's view Lumen-3 lamps outlast Candela.",
        "Brandt argues that Lumen-3 lamps outlast Candela.",
        "Holm et al. write about a letter.",
        "Lumen-3 lamps outlast Candela.",
        "Lumen-3 shows that lamps may last.",
    ],
)
def test_authors_and_those_whom_a_quote_hears_may_speak(claim: str) -> None:
    assert wrong(claim) == []


@pytest.mark.parametrize(
    ("claim", "speaker"),
    [
        ("According to Candela, Lumen-3 lamps last.", "Candela"),
        ("Candela et al. hold that lamps last.", "Candela"),
        ("Oskar Vik writes that Lumen-3 lamps outlast Candela.", "Oskar Vik"),
        ("In Lumen-3's view lamps last longer.", "Lumen-3"),
        ("Lumen-3 objects that Grönwall has no lamps.", "Lumen-3"),
    ],
)
def test_what_a_quote_only_mentions_does_not_speak(claim: str, speaker: str) -> None:
    assert wrong(claim) == [speaker]


def test_where_nobody_knows_the_authors_nobody_is_doubted() -> None:
    assert speaker_faults("According to Candela, lamps last.", (QUOTE,), ()) == []
