"""How sure the library may be: between 0 and 1, moved by what was found, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answers import Hit, Query
from bot.confidence import SIGNS, confidence, signs_of
from bot.question import make_query
from bot.retrieve import Found, retrieve
from corpus.documents import Page, Sentence, Span, passage_on
from tests.bot import made

if TYPE_CHECKING:
    from bot.reader import Reader

NOTHING = Found(Query("?", "?"), np.zeros(4, np.float32), ("lamp", "ledger"), (), (), {})


def hit(text: str, score: float, sentence: float = 0.5) -> Hit:
    page = Page(0, text)
    return Hit(passage_on(page, "0" * 64, [Sentence(Span(0, len(text)))]), made.TIDES, score, score, (sentence,))


def found(*hits: Hit) -> Found:
    return replace(NOTHING, hits=hits)


def sure(of: Found) -> float:
    return confidence(of, {"lamp": 3, "ledger": 3})


def test_nothing_found_is_hardly_sure() -> None:
    assert 0 <= sure(NOTHING) < 0.5
    assert set(signs_of(NOTHING, {})) == set(SIGNS)
    assert confidence(replace(NOTHING, words=()), {}) == pytest.approx(sure(NOTHING))


def test_nearer_passages_make_surer() -> None:
    text = "A lamp and a ledger."
    assert sure(NOTHING) < sure(found(hit(text, 0.3))) < sure(found(hit(text, 0.6))) < sure(found(hit(text, 0.6, sentence=0.9)))


def test_the_words_of_the_question_make_surer_where_they_stand() -> None:
    both, one, none = (sure(found(hit(text, 0.5))) for text in ("A lamp, a ledger.", "A lamp, a boat.", "A boat, a mill."))
    assert none < one < both


def test_a_rare_word_says_more_than_a_frequent_one() -> None:
    frequencies = {"lamp": 5000, "ledger": 2}
    rare, frequent = (confidence(found(hit(text, 0.5)), frequencies) for text in ("The ledger.", "The lamp."))
    assert frequent < rare


@pytest.mark.parametrize("score", [-1.0, 0.0, 1.0, 2.0])
def test_it_is_a_probability_whatever_was_found(score: float) -> None:
    assert 0 <= sure(found(*[hit("A lamp and a ledger.", score, sentence=score)] * 6)) <= 1


def test_what_is_in_the_library_is_surer_than_what_is_not(real_reader: Reader) -> None:
    def of(question: str) -> float:
        result = retrieve(real_reader, make_query(question))
        return confidence(result, real_reader.library.document_frequency(result.words))

    here = [of("What share of its answers does an archive with a day ledger keep?"), of("Does a brighter lamp improve recall?")]
    not_here = [of("What is the boiling point of tungsten?"), of("Who won the chess tournament of Linares in 1993?")]
    assert min(here) > max(not_here)
