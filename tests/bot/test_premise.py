"""What a question takes for granted is held against the works: what they contradict is corrected, with the place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot import ask, make_query
from bot.answer_json import answer_to_json
from bot.premise import DOUBT, UNFOUNDED, presupposes
from corpus.works import Author, Work
from tests.bot import made
from tests.bot.made import answer_to, with_threshold
from tests.schemas import validator

if TYPE_CHECKING:
    from bot.reader import Reader

LUME = Work("lume-2035", "Lumen Tables", (Author("Lume", "Ada"),), 2035)


@pytest.mark.parametrize(
    "question",
    [
        "Why does Hale want more ledgers?",
        "And why did the clerks stop?",
        "What made the keepers buy a lamp?",
        "How did the filament lower the recall?",
        "When did the ledger burn?",
        "Which of the nine archives burned?",
        "Given that lamps lie, what helps?",
        "In the lamp paper, why do clerks read more slowly?",
    ],
)
def test_forms_that_take_something_for_granted(question: str) -> None:
    assert presupposes(question)


@pytest.mark.parametrize(
    "question",
    [
        "Does Hale want more ledgers?",
        "What is a ledger for?",
        "How many lamps are there?",
        "How can a lamp help?",
        "Why does nobody read the ledger without a lamp?",  # it denies, and a denial of a denial is no matter for code
        "Why don't clerks read?",
        "Should lamps be cheaper?",
    ],
)
def test_forms_that_take_nothing_for_granted(question: str) -> None:
    assert not presupposes(question)


def corrected(reader: Reader, text: str, question: str) -> str:
    made.add_text(reader, LUME, text)
    answer = answer_to(with_threshold(reader, 0.5), question)
    assert (answer.status, answer.reason, answer.claims, answer.citations) == ("abstained", "false premise", (), ())
    validator().validate(json.loads(json.dumps(answer_to_json(answer))))
    assert answer.message is not None
    assert answer.message.startswith(UNFOUNDED)
    assert [each.rank for each in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    assert answer.evidence[0].work.key == "lume-2035"
    return answer.message


TEXT = (
    "Lumen Tables\n\n"
    "The L52 lamp was tried in nine villages during one long winter of reading. "
    "With the L52 lamp every reading clerk in the villages did noticeably better than before the winter. "
    "Nobody in the villages asked what the oil of the lamp had cost them.\n"
)


def test_the_contrary_is_given_verbatim_with_its_place(own_reader: Reader) -> None:
    message = corrected(own_reader, TEXT, "Why did the L52 lamp make every reading clerk in the villages do worse?")
    assert "“With the L52 lamp every reading clerk in the villages did noticeably better than before the winter.”" in message
    assert "(Lume 2035" in message


def test_a_name_that_the_work_never_mentions_is_told_and_no_premise_is_called_false(own_reader: Reader) -> None:
    made.add_text(own_reader, LUME, TEXT)
    answer = answer_to(with_threshold(own_reader, 0.5), "Why does Lume prefer the Zyzzyva lamp for reading in the villages?")
    assert (answer.status, answer.reason) == ("abstained", "not in library")
    assert "Nothing in Lume 2035 speaks of Zyzzyva." in (answer.message or "")
    assert UNFOUNDED not in (answer.message or "")


def test_the_sentences_around_may_tell_what_the_contrary_is_said_of(own_reader: Reader) -> None:
    told = TEXT.replace("during one long winter of reading", "during one long winter of reading, by order of Ostrava")
    question = "Why did the L52 lamp make every reading clerk in the villages do worse in Ostrava?"
    assert "noticeably better than before" in corrected(own_reader, told, question)


def test_the_one_threshold_holds_here_too(own_reader: Reader) -> None:
    made.add_text(own_reader, LUME, TEXT)
    query = make_query("Why did the L52 lamp make every reading clerk in the villages do worse?")
    declined = ask(with_threshold(own_reader, 0.5), query)
    assert declined.confidence <= DOUBT
    assert ask(with_threshold(own_reader, declined.confidence), query).status == "answered"


def test_a_premise_that_stands_is_no_matter(own_reader: Reader) -> None:
    made.add_text(own_reader, LUME, TEXT)
    answer = answer_to(
        with_threshold(own_reader, 0.5), "Why did the L52 lamp make every reading clerk in the villages do better?"
    )
    assert answer.status == "answered"
