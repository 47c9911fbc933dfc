"""An essay's questions: found however they are put, and answered with what the essay says about its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.essay import answer_essay, answer_question, find_question
from corpus.essays import Essay, Question
from tests.bot import made
from tests.bot.made import BEARING, ESSAY, LANTERNS, TIDES, WICKS

if TYPE_CHECKING:
    from bot.answers import Answer
    from bot.reader import Reader

MEMORY = Question(
    "memory-1",
    "Memory",
    asked="Is it only habit?",
    standalone="Does anything but habit let a trade pass from one keeper to the next?",
    cites=(WICKS.key,),
)
LEDGERS = Question(
    "ledgers-1",
    "Ledgers",
    asked="Enough, or not?",
    standalone="Is a day ledger enough for an archive to keep its answers?",
    cites=(LANTERNS.key, "nobody-1900"),
    alluded=("Plato's wax tablet: alluded to, not cited", "a certain librarian"),
    facets=("A ledger works only when somebody other than its writer has to read it.",),
)
COUNT = Question(
    "count-1", "Ledgers", asked="How many?", standalone="How many boats came home to the harbour?", cites=(TIDES.key,), open=False
)
ASKED = Essay(ESSAY, "On Small Archives", "Ivo Vale", "2031-05", None, ("Memory", "Ledgers"), (MEMORY, LEDGERS, COUNT), ())
OTHER = replace(
    ASKED, key="another-2032", questions=(replace(MEMORY, id="again", asked="And then?", standalone="What comes after?"),)
)


def told(reader: Reader, question: Question, **others: str) -> Answer:
    return answer_question(reader, ASKED, question, evidence=10, **others)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is it only habit?", (ESSAY, "memory-1")),
        ("  is it ONLY habit", (ESSAY, "memory-1")),
        ("Is a day-ledger enough for an archive to keep its answers?", (ESSAY, "ledgers-1")),
        ("And then…?", ("another-2032", "again")),
        ("Is it only habit, really?", None),
        ("", None),
        ("?!", None),
        ("記憶", None),
    ],
)
def test_a_question_is_found_in_the_essays_words_or_as_restated(text: str, found: tuple[str, str] | None) -> None:
    result = find_question([ASKED, OTHER], text)
    assert (result and (result[0].key, result[1].id)) == found


def test_every_question_is_answered_in_the_essays_order(reader: Reader) -> None:
    pairs = list(answer_essay(reader, ASKED, evidence=3))
    assert [question.id for question, _ in pairs] == [answer.id for _, answer in pairs] == ["memory-1", "ledgers-1", "count-1"]
    for question, answer in pairs:
        assert (answer.question, answer.query) == (question.standalone, question.standalone)
        assert answer.status == "answered"
        assert len(answer.evidence) == 3


def test_an_open_question_is_answered_with_what_bears_on_it(reader: Reader) -> None:
    answer = told(reader, LEDGERS)
    assert answer.coverage == "bears on"
    assert "in the library settles this question" in answer.opening
    assert "settles this question" not in told(reader, COUNT).opening


def test_how_a_person_put_it_is_kept_and_what_it_means_is_searched(reader: Reader) -> None:
    answer = told(reader, LEDGERS, asked="Enough, or not?")
    assert (answer.question, answer.query) == ("Enough, or not?", LEDGERS.standalone)
    plain = told(reader, LEDGERS)
    assert [claim.text for claim in answer.claims] == [claim.text for claim in plain.claims]


def test_what_two_readers_found_to_bear_on_it_is_said_first(reader: Reader) -> None:
    """Also where other statements and sentences have more of the question's words."""
    question = replace(MEMORY, standalone="Do apprentices inherit what a keeper of the harbour ledger knows?")
    answer = told(reader, question)
    assert answer.claims[0].text == BEARING.statement
    assert answer.citations[0].work.key == WICKS.key
    unjudged = answer_question(reader, OTHER, replace(question, id="elsewhere"), evidence=10)
    assert unjudged.claims[0].text != BEARING.statement


def test_a_work_that_the_essay_cites_there_is_heard_first_where_others_are_as_near(reader: Reader) -> None:
    def best_rank(question: Question) -> int:
        return next(each.rank for each in told(reader, question).evidence if each.work.key == TIDES.key)

    asked = replace(LEDGERS, facets=())
    assert best_rank(replace(asked, cites=(TIDES.key,))) <= best_rank(replace(asked, cites=()))


def test_the_notes_tell_allusions_and_works_that_are_not_here(reader: Reader) -> None:
    notes = told(reader, LEDGERS).notes
    assert notes == (
        "The essay alludes to Plato's wax tablet without citing it.",
        "The essay alludes to a certain librarian without citing it.",
        "The essay cites nobody-1900 here; that work is not in the library.",
    )
    two = told(reader, replace(LEDGERS, alluded=(), cites=("nobody-1900", "nemo-1901"))).notes
    assert two == ("The essay cites nobody-1900 and nemo-1901 here; those works are not in the library.",)


def test_the_notes_tell_which_cited_works_stay_silent(reader: Reader) -> None:
    answer = told(reader, replace(COUNT, cites=(TIDES.key, LANTERNS.key, made.NOTE.key)))
    heard = {citation.work.key for citation in answer.citations}
    assert TIDES.key in heard
    silent = [work.label for work in (LANTERNS, made.NOTE) if work.key not in heard]
    assert silent
    assert answer.notes == (
        f"The essay cites {' and '.join(silent)} here; nothing in {'it' if len(silent) == 1 else 'them'} "
        "comes close enough to the question.",
    )


def test_an_abstention_does_not_speak_of_silent_works(reader: Reader) -> None:
    never = made.with_threshold(reader, 1.1)
    answer = answer_question(never, ASKED, COUNT, evidence=10)
    assert (answer.status, answer.notes, answer.id) == ("abstained", (), "count-1")


def test_only_the_works_asked_for_answer(reader: Reader) -> None:
    answer = answer_question(reader, ASKED, MEMORY, evidence=10, works=[TIDES.key])
    assert {citation.work.key for citation in answer.citations} == {TIDES.key}
    assert answer.notes == ()  # of the work that was not asked nothing is known
