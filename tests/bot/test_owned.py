"""A question that has a work's own term is asked of that work first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.confidence.names import OFTEN
from bot.owned import with_owners
from bot.question import make_query
from corpus.works import Author, Work
from tests.bot.made import ASKED, TIDES, add_text, answer_to

if TYPE_CHECKING:
    from bot.reader import Reader

TRAP = Work("marsh-2034", "On Catching Moths", (Author("Marsh", "Io"),), 2034)
PAGE = "The DUSK-4 trap of page {0} was hung above the door, and it was emptied on every morning but the {0}th.\n"


@pytest.fixture
def trapping(own_reader: Reader) -> Reader:
    """A reader whose library has one work that speaks of its own thing throughout."""
    add_text(own_reader, TRAP, "\f".join(PAGE.format(number) for number in range(4, 5 + OFTEN)))
    return own_reader


def test_the_work_whose_own_term_it_names_is_heard(trapping: Reader) -> None:
    assert with_owners(trapping, make_query("How bright is DUSK-4?")).heard == {TRAP.key}
    assert with_owners(trapping, make_query("How bright is a door?")).heard == frozenset()
    assert answer_to(trapping, "How bright is the DUSK-4 lamp of an archive?").evidence[0].work.key == TRAP.key


def test_a_work_that_is_named_goes_before_and_what_was_judged_or_chosen_stands(trapping: Reader) -> None:
    query = make_query("How bright is DUSK-4?")
    for settled in (
        replace(query, heard=frozenset({TIDES.key})),
        replace(query, works=frozenset({TRAP.key, TIDES.key})),
        replace(query, asked_by=ASKED),
    ):
        assert with_owners(trapping, settled) is settled
