"""How sure the library may be: between 0 and 1, and moved by how near the nearest comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answers import Hit, Query
from bot.confidence import confidence
from bot.question import make_query
from bot.retrieve import AnnotationHit, Found, retrieve
from corpus.documents import Page, Sentence, Span, passage_on
from tests.bot import made

if TYPE_CHECKING:
    from bot.reader import Reader

NOTHING = Found(Query("?", "?"), np.zeros(4, np.float32), ("lamp", "ledger"), (), (), {})


def hit(nearness: float, lexical: float = 1.0) -> Hit:
    text = "A lamp and a ledger."
    passage = passage_on(Page(0, text), "0" * 64, [Sentence(Span(0, len(text)))])
    return Hit(passage, made.TIDES, nearness, nearness, (nearness,), lexical)


def annotated(nearness: float) -> AnnotationHit:
    return AnnotationHit(made.WICK, None, made.WICKS, nearness, np.zeros(4, np.float32))


def sure(*hits: Hit, notes: tuple[AnnotationHit, ...] = ()) -> float:
    return confidence(replace(NOTHING, hits=hits, annotations=notes))


def test_where_nothing_is_found_it_is_not_sure() -> None:
    assert 0 <= sure() < 0.1


def test_nearer_passages_make_surer() -> None:
    assert sure() < sure(hit(0.3)) < sure(hit(0.5)) < sure(hit(0.7))


def test_nearer_annotations_make_surer_and_far_ones_do_no_harm() -> None:
    assert sure(hit(0.3), notes=(annotated(0.6),)) > sure(hit(0.3))
    assert sure(hit(0.5), notes=(annotated(-0.2),)) >= sure(hit(0.5))
    assert sure(notes=(annotated(0.6),)) > sure()


def test_nearness_counts_for_less_where_none_of_the_words_stands_anywhere() -> None:
    assert sure(hit(0.4, lexical=0.0)) < 0.5 < sure(hit(0.4))
    assert sure(hit(0.4, lexical=0.0), hit(0.2, lexical=0.1)) == sure(hit(0.4))
    assert sure(hit(0.3, lexical=0.0), notes=(annotated(0.6),)) == sure(notes=(annotated(0.6),))


def test_random_letters_are_not_in_the_library(real_reader: Reader) -> None:
    assert confidence(retrieve(real_reader, make_query("asdf qwerty zxcv"))) < real_reader.threshold


@pytest.mark.parametrize("nearness", [-1.0, 0.0, 0.5, 1.0, 1.25])
def test_it_is_a_probability_whatever_was_found(nearness: float) -> None:
    assert 0 <= sure(*[hit(nearness)] * 6, notes=(annotated(nearness),)) <= 1


def test_what_is_in_the_library_is_surer_than_what_is_not(real_reader: Reader) -> None:
    def of(question: str) -> float:
        return confidence(retrieve(real_reader, make_query(question)))

    here = [of("What share of its answers does an archive with a day ledger keep?"), of("Does a brighter lamp improve recall?")]
    not_here = [of("What is the boiling point of tungsten?"), of("Who won the chess tournament of Linares in 1993?")]
    assert min(here) > max(not_here)
