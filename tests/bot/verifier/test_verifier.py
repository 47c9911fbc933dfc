"""The verifier with its packaged weights and the real embedder, on made-up claims that are true and then altered."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from bot.verifier import Fault, Posed, Support, Verifier
from bot.verifier.model import packaged
from bot.verifier.support import THRESHOLD
from tests.bot.verifier.made import PAIRS
from tests.fakes import HashEmbedder
from tests.fitting.alterations import Altered, alterations

if TYPE_CHECKING:
    from corpus.embedder import Embedder


@pytest.fixture(scope="module")
def verifier(real_embedder: Embedder) -> Verifier:
    return Verifier(real_embedder)


@pytest.fixture(scope="module")
def judged(verifier: Verifier) -> list[tuple[Altered, Support]]:
    """Every alteration of the made-up claims that can be made, judged."""
    altered = alterations(PAIRS, seed=5)
    found = verifier.support([Posed(each.text, each.pair.quotes) for each in altered])
    return list(zip(altered, found, strict=True))


def caught(judged: list[tuple[Altered, Support]], kind: str) -> float:
    of_kind = [bool(support.faults) for each, support in judged if each.kind == kind]
    return sum(of_kind) / len(of_kind)


OWN_WORDS = (
    (
        "Brandt and Vik report that of all ships 87 % were reached by Lantern-2.",
        "Of all ships, 87 % were reached by Lantern-2 and 61 % by Lantern-1.",
    ),
    (
        "According to Brandt, no keeper can watch two lamps at once.",
        "Since no keeper can watch two lamps at once, a tower is needed.",
    ),
    (
        "Brandt argues that warm lenses fog less easily than cold ones.",
        "We argue that warm lenses fog less easily than cold ones.",
    ),
    (
        "Brandt and Vik say that oil that is cold burns slowly, and the harbour forgets nothing.",
        "However, oil that is cold burns slowly, and the harbour forgets nothing.",
    ),
    (
        "Brandt finds that a wick of the new kind burned for 9 hours, three times as long as the old kind.",
        "A wick of the new kind burned for 9 hours, which is three times as long as the old kind lasts.",
    ),
    (
        "To Brandt a lamp is not a toy but a promise to those at sea.",
        "A lamp is not a toy but a promise to those who are at sea.",
    ),
    (
        "Brandt and Vik trained Nordlicht on 1,500 nights, and false alarms were reduced.",
        "When it was trained on 1,500 nights, Nordlicht forecast better, and false alarms were reduced.",
    ),
    ("Brandt holds that small towers are cheaper to build.", "It is true that small towers are cheaper to build than tall ones."),
    (
        "Vik warns that a signal has to arrive before the storm does.",
        "The Harbour Office in Kiel warns, as Vik does, that a signal has to arrive before the storm does.",
    ),
    ("Without a reflector, say Brandt and Vik, the beam is 12 km shorter.", "Without a reflector the beam is 12 km shorter."),
)
"""Claims as the prompts ask for them, in their quotes' own words, with the authors' names."""
AUTHORS = ("Ilse Brandt", "Oskar Vik", "On Lamps", "Brandt and Vik 2031", "2031")


def test_a_claim_in_its_quotes_own_words_is_not_doubted(verifier: Verifier) -> None:
    found = verifier.support([Posed(claim, (quote,), AUTHORS) for claim, quote in OWN_WORDS])
    assert [support.faults for support in found] == [()] * len(OWN_WORDS)
    assert min(support.probability for support in found) > THRESHOLD


def test_of_true_claims_in_other_words_a_sixth_may_be_doubted(verifier: Verifier) -> None:
    found = verifier.support([Posed(pair.claim, pair.quotes) for pair in PAIRS])
    assert sum(bool(support.faults) for support in found) <= len(PAIRS) / 6
    assert all(0.3 < support.probability <= 1 for support in found)


def test_a_negation_gone_from_what_repeats_the_quote_is_caught(verifier: Verifier) -> None:
    quote = "The keeper of Orm Bay does not light the second lamp before the fog signal has sounded."
    whole, turned = verifier.support([Posed(text, (quote,)) for text in (quote, quote.replace("does not light", "does light"))])
    assert whole.faults == ()
    assert [(fault.kind, fault.against) for fault in turned.faults] == [("negation", "not")]


def test_a_claim_that_copies_has_a_limit_of_its_own(real_embedder: Embedder) -> None:
    quote = "The keeper of Orm Bay lights the second lamp before the fog signal has sounded."
    posed = [Posed(quote, (quote,)), Posed("Ahead of any signal a lamp is lit.", (quote,))]
    copies_only, free_only = (replace(packaged(), limits=((0.5, free), (1.01, copy))) for free, copy in ((1.0, 0.0), (0.0, 1.0)))
    assert [bool(each.faults) for each in Verifier(real_embedder, copies_only).support(posed)] == [True, False]
    assert [bool(each.faults) for each in Verifier(real_embedder, free_only).support(posed)] == [False, True]


def test_every_altered_number_is_caught(judged: list[tuple[Altered, Support]]) -> None:
    missed = [each.text for each, support in judged if each.kind == "number" and not support.faults]
    assert missed == []


def test_nearly_every_strangers_name_is_caught(judged: list[tuple[Altered, Support]]) -> None:
    missed = [each.text for each, support in judged if each.way == "stranger" and not support.faults]
    assert missed == []


def test_most_turned_claims_are_caught(judged: list[tuple[Altered, Support]]) -> None:
    assert caught(judged, "negation") >= 0.65


def test_what_has_nothing_to_do_with_the_quote_is_not_carried(verifier: Verifier) -> None:
    claim, other = PAIRS[1], PAIRS[7]
    near, far = verifier.support([Posed(claim.claim, claim.quotes), Posed("People like to eat soup in winter.", other.quotes)])
    assert near.probability > 0.5 > far.probability


def test_findings_come_in_the_order_of_the_claims(verifier: Verifier) -> None:
    posed = [Posed(pair.claim, pair.quotes) for pair in PAIRS[:4]]
    together = verifier.support(posed)
    alone = [verifier.support([each])[0] for each in posed]
    assert [support.faults for support in together] == [support.faults for support in alone]
    assert [support.probability for support in together] == pytest.approx([support.probability for support in alone], abs=0.02)


@pytest.mark.parametrize("quotes", [(), ("",), ("…",)])
def test_a_claim_without_words_to_rest_on_is_not_carried(verifier: Verifier, quotes: tuple[str, ...]) -> None:
    (found,) = verifier.support([Posed("The keeper lit the lamp.", quotes)])
    assert found.probability < 0.5


def test_an_empty_claim_is_judged_without_error(verifier: Verifier) -> None:
    (found,) = verifier.support([Posed("", ("The keeper lit the lamp.",))])
    assert 0 <= found.probability <= 1


def test_a_page_of_quotes_can_be_given(verifier: Verifier) -> None:
    page = tuple(f"On night {night} the keeper wrote about the weather and the sea." for night in range(200))
    (found,) = verifier.support([Posed(PAIRS[8].claim, (*page, *PAIRS[8].quotes))])
    assert found.faults == ()


def test_who_says_it_may_be_named(verifier: Verifier) -> None:
    claim, quote = "Brandt argues that warm lenses fog less.", "We argue that warm lenses fog less."
    without, named = verifier.support([Posed(claim, (quote,)), Posed(claim, (quote,), ("Ilse Brandt", "On Lenses", "2019"))])
    assert without.faults == (Fault("name", "Brandt"),)
    assert named.faults == ()


def test_a_fault_outweighs_any_probability() -> None:
    assert Support(0.9).carried(0.5)
    assert not Support(0.4).carried(0.5)
    assert not Support(0.99, (Fault("name", "Kiel"),)).carried(0.5)


def test_no_claims_ask_the_embedder_nothing() -> None:
    embedder = HashEmbedder()
    assert Verifier(embedder).support([]) == []
    assert embedder.embedded == []


def test_all_texts_go_through_the_embedder_once() -> None:
    embedder = HashEmbedder()
    Verifier(embedder).support([Posed(pair.claim, PAIRS[0].quotes) for pair in PAIRS])
    texts = [" ".join(text) for text in embedder.embedded]
    assert len(texts) == len(set(texts))


def test_the_weights_name_their_sets_and_licences() -> None:
    about = json.loads((resources.files("bot.verifier") / "weights.json").read_text(encoding="utf-8"))["about"]
    for word in ("WiCE", "ODC-By", "CC BY-SA", "SciFact", "CC BY 4.0"):
        assert word in about
    assert "HealthVer" not in about
    assert all(0 < packaged().turned_from(copied) < 1 for copied in (-1.0, 0.0, 0.65, 1.0, 2.0))


def test_a_claim_that_copies_is_doubted_sooner_than_a_free_one() -> None:
    assert packaged().turned_from(0.95) == packaged().turned_from(0.5) < packaged().turned_from(0.49)
