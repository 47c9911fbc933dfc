"""Which candidates say the same, and which form of one says more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.answers import Query
from bot.candidates import Candidate
from bot.compose import compose
from bot.doubles import FULLER, double
from corpus.documents import Span
from corpus.works import Author, Work

HARBOUR = Work("keel-2030", "Harbours", (Author("Keel"),), 2030)
HERE = Span(0, 50)
ASKED = Query("How deep is it?", "How deep is it?")


def saying(said: str, score: float = 0.8, span: Span = HERE, axis: int = 0, page: int = 0) -> Candidate:
    vector = np.eye(8, dtype=np.float32)[axis]
    return Candidate(None, HARBOUR, score, vector, document="a" * 64, position=page, span=span, said=said)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The harbour is deep.", "Deep is the harbour.", True),
        ("The harbour is deep.", "The harbour is not deep.", False),
        ("It is not deep.", "It isn't deep.", True),
        ("It is 14 feet deep.", "It is 12 feet deep.", False),
        ("It is 14 feet deep.", "It is deep.", True),
        ("It is 2,000 feet deep.", "It is 2000 feet deep.", True),
        ("It is deep (Hale, 2031).", "It is deep [14].", True),
    ],
)
def test_near_is_the_same_but_for_numbers_and_denial(one: str, other: str, same: bool) -> None:
    assert double(saying(one), saying(other, page=1)) is same


def test_the_same_words_are_the_same_whatever_they_say() -> None:
    assert double(saying("It is deep."), saying("It is not deep.", span=Span(40, 90), axis=1))


def drafted(*ranked: Candidate) -> list[Candidate]:
    return list(compose(ASKED, ranked, 0.9).candidates)


def test_a_quote_is_extended_by_what_goes_on_from_it() -> None:
    first = saying("The harbour is deep.")
    on = saying("But its mouth is not.", 0.75, Span(0, 90), axis=1)
    on = replace(on, before=first.vector, pair=(Span(0, 50), Span(51, 90)))
    assert drafted(first, on) == [on]
    elsewhere = saying("The bell is old.", 0.78, axis=2, page=1)
    assert drafted(first, elsewhere, on) == [on, elsewhere], "in its place"
    assert drafted(first, replace(on, score=0.8 * (FULLER - 0.01))) == [first], "not where it is far less near"
    assert drafted(first, replace(on, pair=(Span(40, 50), Span(51, 90)))) == [first], "of which it is not the first half"


def test_a_statement_in_plain_words_stands_for_a_quote_of_the_same_words() -> None:
    quote = saying("The harbour is deep.")
    plain = replace(saying("Keel finds the harbour deep.", 0.75, Span(20, 70), axis=1), text="Keel finds the harbour deep.")
    assert drafted(quote, plain) == [plain]
    assert drafted(plain, replace(quote, score=0.7)) == [plain]


def test_what_says_more_must_not_say_again_what_another_says() -> None:
    first = saying("The harbour is deep.")
    other = saying("Its mouth is not.", 0.79, axis=1, page=1)
    on = replace(saying("Its mouth is not.", 0.75, Span(0, 90), axis=1), before=first.vector, pair=(Span(0, 50), Span(51, 90)))
    assert drafted(first, other, on) == [first, other]
