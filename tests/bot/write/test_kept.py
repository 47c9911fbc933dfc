"""An answer that a model wrote before: taken over where it would be asked the very same, and proven like anything it writes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import answering, make_query
from bot.answer_json import answer_from_json, answer_to_json
from bot.write.writer import is_writers_note
from tests.servers.language_model import language_model
from tests.servers.language_plays import Reply, Seen, claims, honest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers import Answer, Citation
    from bot.reader import Reader
    from tests.bot.write.conftest import MakeWriter

QUESTION = "What does a harbour forget, and what does the ledger of an archive keep?"


def given(reader: Reader, make_writer: MakeWriter, kept: list[Answer], question: str = QUESTION) -> tuple[Answer, int]:
    """The answer of a model that has become tight-lipped, and how often it was asked."""

    def one_claim(asked: Seen) -> Reply:
        return Reply(claims(*honest(asked, 1)))

    known = [record.work for record in reader.works().values()]
    with language_model(one_claim) as server:
        writer = make_writer(server).with_kept(kept)
        *_, answer = answering(reader, make_query(question, known=known), writer=writer)
        return answer, len(server.asked)


@pytest.fixture
def kept(reader: Reader, make_writer: MakeWriter) -> Answer:
    """An answer with three claims, one fallen and one narrowed, as it comes back from a file."""

    def mixed(asked: Seen) -> Reply:
        first, second, third = honest(asked)[:3]
        return Reply(claims(first, ("Lactose is split by an enzyme.", *second[1:]), third, ("It is so.", 99, third[2])))

    known = [record.work for record in reader.works().values()]
    with language_model(mixed) as server:
        *_, answer = answering(reader, make_query(QUESTION, known=known), writer=make_writer(server))
    assert [claim.kind for claim in answer.claims] == ["composed", "quoted", "composed"]
    return answer_from_json(json.loads(json.dumps(answer_to_json(answer))))


def untimed(answer: Answer) -> dict[str, object]:
    return answer_to_json(replace(answer, milliseconds={}))


def test_where_nothing_differs_it_is_taken_over_whole_and_no_model_is_asked(
    reader: Reader, make_writer: MakeWriter, kept: Answer
) -> None:
    answer, asked = given(reader, make_writer, [kept])
    assert asked == 0
    assert untimed(answer) == untimed(kept)
    assert answer.dropped == 1
    assert len(answer.notes) == 2


def test_the_order_of_the_passages_makes_no_difference(reader: Reader, make_writer: MakeWriter, kept: Answer) -> None:
    answer, asked = given(reader, make_writer, [replace(kept, evidence=kept.evidence[::-1])])
    assert asked == 0
    assert answer.claims == kept.claims


DIFFERS: dict[str, Callable[[Answer], Answer]] = {
    "another question": lambda kept: replace(kept, query="What does a harbour forget?"),
    "another model": lambda kept: replace(kept, composer="openai-like/another"),
    "no model": lambda kept: replace(kept, composer="library"),
    "a passage fewer": lambda kept: replace(kept, evidence=kept.evidence[1:]),
    "a passage in other words": lambda kept: replace(
        kept,
        evidence=(
            replace(kept.evidence[0], passage=replace(kept.evidence[0].passage, texts=("Other words.",))),
            *kept.evidence[1:],
        ),
    ),
    "words that do not stand": lambda kept: _quoting(kept, "These words stand in no passage at all."),
    "a statement that its quote does not carry": lambda kept: replace(
        kept, claims=(replace(kept.claims[0], text="Lactose is split by an enzyme of the gut."), *kept.claims[1:])
    ),
    "a statement without any quote": lambda kept: replace(
        kept, citations=(replace(kept.citations[0], quote=None), *kept.citations[1:])
    ),
}


def _place(citation: Citation) -> tuple[object, ...]:
    assert citation.quote is not None
    return citation.locator, citation.quote.text, citation.quote.document, citation.quote.position, citation.quote.span


def _quoting(kept: Answer, words: str) -> Answer:
    first, *others = kept.citations
    assert first.quote is not None
    return replace(kept, citations=(replace(first, quote=replace(first.quote, text=words)), *others))


@pytest.mark.parametrize("what", DIFFERS)
def test_where_it_was_made_of_something_else_or_does_not_stand_the_model_is_asked(
    what: str, reader: Reader, make_writer: MakeWriter, kept: Answer
) -> None:
    answer, asked = given(reader, make_writer, [DIFFERS[what](kept)])
    assert asked == 1
    assert len(answer.claims) == 1


def test_the_same_words_on_another_page_of_another_file_are_cited_where_they_stand_now(
    reader: Reader, make_writer: MakeWriter, kept: Answer
) -> None:
    moved = tuple(
        replace(each, quote=replace(each.quote, document="0" * 64, position=7), locator=replace(each.locator, page=8))
        for each in kept.citations
        if each.quote
    )
    answer, asked = given(reader, make_writer, [replace(kept, citations=moved)])
    assert asked == 0
    assert [_place(each) for each in answer.citations] == [_place(each) for each in kept.citations]


def test_of_several_the_one_that_fits_is_taken_over(reader: Reader, make_writer: MakeWriter, kept: Answer) -> None:
    answer, asked = given(reader, make_writer, [DIFFERS["another model"](kept), DIFFERS["words that do not stand"](kept), kept])
    assert (answer.claims, asked) == (kept.claims, 0)


def test_only_the_writers_own_notes_are_taken_over(reader: Reader, make_writer: MakeWriter, kept: Answer) -> None:
    answer, _ = given(reader, make_writer, [replace(kept, notes=(*kept.notes, "The library did not have this work then."))])
    assert answer.notes == kept.notes
    assert all(map(is_writers_note, kept.notes))
    assert is_writers_note("The model's answer broke off; what stands was proven before.")
