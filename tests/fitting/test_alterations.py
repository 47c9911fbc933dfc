"""The generator of false claims: seeded, and each of its claims differs from a true one in the one thing that it names."""

from __future__ import annotations

import re

from tests.bot.verifier.made import PAIRS
from tests.fitting.alterations import alterations, term_alterations
from tests.fitting.pairs import Pair, misquoted, stands


def test_one_seed_gives_the_same_claims() -> None:
    first, again, other = (alterations(PAIRS, seed, 24) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_a_third_of_each_kind_and_no_two_of_one_kind_from_one_claim() -> None:
    made = alterations(PAIRS, 3, 15)
    assert [sum(each.kind == kind for each in made) for kind in ("number", "name", "negation")] == [5, 5, 5]
    assert len({(each.kind, each.pair) for each in made}) == len(made)


def test_an_altered_number_leaves_the_words() -> None:
    for each in alterations(PAIRS, 3):
        assert each.text != each.pair.claim
        if each.way in ("digit", "point", "of the quote") and each.kind == "number":
            assert re.sub(r"[\d.,]", "", each.text) == re.sub(r"[\d.,]", "", each.pair.claim)


def test_a_claim_stands_where_its_numbers_and_names_do() -> None:
    assert all(stands(pair) for pair in PAIRS)
    numbers = [each for each in alterations(PAIRS, 3) if each.way == "digit"]
    assert numbers
    assert not any(stands(type(each.pair)("made", "0", each.text, each.pair.quotes, true=False)) for each in numbers)


def test_a_misquoted_claim_has_another_claims_quotes() -> None:
    for pair, other in zip(PAIRS, misquoted(PAIRS), strict=True):
        assert other.claim == pair.claim
        assert other.quotes != pair.quotes
        assert not other.true


def test_a_term_gives_way_to_another_and_everything_else_stays() -> None:
    made = term_alterations(PAIRS, 3)
    assert {each.way for each in made} == {"another term", "term of the quote", "terms exchanged"}
    assert {each.kind for each in made} == {"name"}
    for each in made:
        words, others = each.text.split(), each.pair.claim.split()
        assert words != others
        assert sum(one != other for one, other in zip(words, others, strict=False)) <= 4
        assert re.findall(r"\d+", each.text) == re.findall(r"\d+", each.pair.claim)


def test_another_form_of_apostrophe_makes_no_false_claim() -> None:
    pair = Pair("made", "0", "Vik says that Goodhart's lamp is lit.", ("Goodhart’s lamp is lit, as Vik says.",), true=True)
    assert "Vik says that Goodhart’s lamp is lit." not in [each.text for each in alterations([pair], 3)]
