"""Which passages an answer may rest on where a question names several works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evidence import OF_EACH, each_named
from bot.question import make_query
from bot.retrieve import retrieve
from tests.bot.made import LANTERNS, TIDES, answer_to

if TYPE_CHECKING:
    from bot.answers import Hit
    from bot.reader import Reader

BOTH = (LANTERNS.key, TIDES.key)


@pytest.fixture(scope="module")
def hits(reader: Reader) -> list[Hit]:
    """Of one work first, then all others."""
    found = retrieve(reader, make_query("Why do brighter lamps help an archive so little?")).hits
    return sorted(found, key=lambda hit: hit.work.key != LANTERNS.key)


def test_each_work_that_is_named_beside_others_is_among_the_first(hits: list[Hit]) -> None:
    told = each_named(hits, BOTH, 6)
    assert [hit.work.key for hit in told[:6]] == [LANTERNS.key] * (6 - OF_EACH) + [TIDES.key] * OF_EACH
    assert sorted(hit.passage.id for hit in told) == sorted(hit.passage.id for hit in hits)
    assert [hit.work.key for hit in each_named(hits, BOTH, 1)[:1]] == [LANTERNS.key]


@pytest.mark.parametrize("named", [(), (TIDES.key,), (LANTERNS.key, "gone-2000")])
def test_else_the_best_come_first(hits: list[Hit], named: tuple[str, ...]) -> None:
    assert each_named(hits, named, 6) == hits


def test_of_a_work_that_is_named_and_not_heard_the_answer_says_so(reader: Reader) -> None:
    answer = answer_to(reader, "Do Keeper and Hale agree why brighter lamps help an archive so little?", evidence=4)
    assert {LANTERNS.key, TIDES.key} <= {each.work.key for each in answer.evidence}
    one = answer_to(reader, "Do Keeper and Hale agree why brighter lamps help an archive so little?", evidence=1)
    assert {citation.work.key for citation in one.citations} == {LANTERNS.key}
    assert "The question names Hale 2030; nothing in it comes close enough to what is asked." in one.notes
