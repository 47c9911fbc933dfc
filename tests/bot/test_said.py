"""What a talk has cited is told from what is new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Citation, Locator, Query, Quote
from bot.candidates import Candidate
from bot.compose import NEAR_BEST, NEAR_BEST_VOICE, compose
from bot.said import said_note, unsaid
from corpus.documents import Span
from tests.bot.test_compose import candidate, work

ASKED = Query("why so few?", "The boats of a harbour: why so few?")


def cited(span: Span | None, statement: str | None = None, page: int = 0, letter: str = "a") -> Citation:
    quote = Quote("Boats come home.", letter * 64, page, span) if span else None
    return Citation(1, work(letter), "full text" if quote else "annotation", Locator(page=3), quote, statement)


def after(*said: Citation) -> Query:
    return replace(ASKED, said=said)


@pytest.mark.parametrize(
    ("said", "new"),
    [
        (cited(Span(10, 60)), False),
        (cited(Span(40, 90)), False),  # part of it was quoted
        (cited(Span(60, 90)), True),
        (cited(Span(10, 60), page=1), True),
        (cited(Span(10, 60), letter="b"), True),
        (cited(None, "Boats come home."), True),
    ],
)
def test_the_same_words_are_known_by_their_place(said: Citation, new: bool) -> None:
    one = candidate("a", 0.8, span=Span(10, 60))
    assert unsaid(after(said), [one]) == ([one] if new else [])


def test_a_statement_is_known_by_its_words_where_it_has_no_quote() -> None:
    stated = Candidate("Boats come home.", work("a"), 0.8, candidate("a", 0.8).vector)
    assert unsaid(after(cited(None, "Boats come home.")), [stated]) == []
    assert unsaid(after(cited(None, "Boats stay out.")), [stated]) == [stated]


def test_a_question_that_asks_for_no_more_leaves_nothing_out() -> None:
    ranked = [candidate("a", 0.8), candidate("b", 0.7)]
    assert unsaid(ASKED, ranked) == ranked
    assert said_note(ASKED, ranked) == ()


def test_what_was_cited_is_not_said_again_though_it_comes_nearest() -> None:
    said, near, other = candidate("a", 0.80, span=Span(10, 60)), candidate("a", 0.79, axis=7), candidate("a", 0.78, axis=7)
    drafted = compose(after(cited(Span(10, 60))), [said, near, other], 0.9)
    assert (drafted.candidates, drafted.coverage, drafted.notes) == ((near,), "settles", ())


def test_what_is_new_but_far_behind_is_said_to_come_nearest_and_where_the_nearest_stands() -> None:
    said, far = candidate("a", 0.80, span=Span(10, 60)), candidate("a", 0.80 * (NEAR_BEST + NEAR_BEST_VOICE) / 2)
    drafted = compose(after(cited(Span(10, 60))), [said, far], 0.9)
    assert (drafted.candidates, drafted.coverage) == ((far,), "bears on")
    assert drafted.notes == ("What comes nearest to this was cited before: A 2030, p. 3.",)


@pytest.mark.parametrize("others", [[], [0.3]])
def test_where_nothing_else_comes_near_nothing_is_said_but_where_it_stands(others: list[float]) -> None:
    said = candidate("a", 0.8, span=Span(10, 60))
    drafted = compose(after(cited(Span(10, 60))), [said, *(candidate("b", score) for score in others)], 0.9)
    assert (drafted.candidates, drafted.opening) == ((), "")
    assert drafted.notes == ("What comes nearest to this was cited before: A 2030, p. 3.",)
