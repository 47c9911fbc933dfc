"""Works that never speak of what they are asked about are not made to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from bot import ask, make_query
from bot.confidence.topic import silent_on
from tests.bot.made import LANTERNS, TALK, TIDES, with_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reader import Reader
    from corpus.records import Annotation

HERE = (LANTERNS, TIDES, TALK)


def silent(reader: Reader, question: str, works: Sequence[str] = ()) -> tuple[str, ...]:
    """What the works are silent on, where the question is put to these alone as a follow-up is."""
    return silent_on(reader, make_query(question, known=HERE, works=works, cited=works))[0]


@pytest.mark.parametrize(
    "question",
    [
        "What does Quarry say about moorings?",
        "What does Quarry think of the moorings?",
        "Does Quarry mention moorings?",
    ],
)
def test_a_work_that_has_no_word_of_it_does_not_speak_of_it(reader: Reader, question: str) -> None:
    assert silent(reader, question) == ("moorings",)


@pytest.mark.parametrize(
    "question",
    [
        "What does Hale say about moorings?",
        "What does Hale say about a mooring?",  # another ending
        "What does Quarry say about zeppelins?",  # a reader's own word for what the works may call otherwise
        "What does Quarry say about moorings that the ice took away?",  # a description, not a term
        "What do the works say about moorings?",
        "Why does Quarry want moorings?",
    ],
)
def test_nothing_else_is_taken_for_silence(reader: Reader, question: str) -> None:
    assert silent(reader, question) == ()


class Shelf:
    """Nine passages of Hale on moorings, two of Quarry on lamps."""

    def standing(self, term: str, works: Sequence[str] = ()) -> dict[str, int]:
        stands = {"moorings": {TIDES.key: 9}, "lamps": {TIDES.key: 3, TALK.key: 2}, "boat": {TIDES.key: 2}}.get(term, {})
        return {key: count for key, count in stands.items() if not works or key in works}

    def annotations(self, work: str | None = None) -> list[Annotation]:
        return []


def test_a_term_that_is_another_works_own_is_missed_where_a_question_is_put_again() -> None:
    here = {work.key: SimpleNamespace(work=work, document="a file") for work in HERE}
    shelf = cast("Reader", SimpleNamespace(library=Shelf(), works=lambda: here))
    assert silent(shelf, "According to Quarry, how are moorings kept?", [TALK.key]) == ("moorings",)
    assert silent(shelf, "According to Hale, how are moorings kept?", [TIDES.key]) == ()
    assert silent(shelf, "According to Quarry, how are lamps kept?", [TALK.key]) == ()
    assert silent(shelf, "According to Quarry, how is a boat kept?", [TALK.key]) == ()  # too few to be a term of Hale's
    assert silent(shelf, "Does Quarry keep moorings?") == ()  # it was not put to Quarry alone


def test_an_answer_says_that_the_work_is_silent_instead_of_quoting_what_is_off_the_matter(reader: Reader) -> None:
    strict = with_threshold(reader, 0.5)
    answer = ask(strict, make_query("What does Quarry say about moorings?", known=HERE, works=[TALK.key]))
    assert (answer.status, answer.claims) == ("abstained", ())
    assert "Nothing in Quarry 2032 speaks of moorings." in (answer.message or "")
