"""What a question is searched by: its own vector, half without the names of authors, and its facets'."""

from __future__ import annotations

import numpy as np
import pytest

from bot.probe import Probe, nameless, probes_of
from bot.question import make_query
from corpus.works import Author, Work
from tests.fakes import HashEmbedder

HALE = Work("hale-2031", "Ledgers", (Author("Hale", "Ada"), Author("de Brook", "Otto")), 2031)


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        ("What does Hale say about moorings?", "moorings?"),
        ("What did Hale and colleagues find on moorings?", "What did find on moorings?"),
        ("Which moorings did Hale et al. (2031) count?", "Which moorings did count?"),
        ("Are Hale's moorings deep, or de Brook's?", "Are moorings deep, or ?"),
        ("Is de Brook's mooring deep, or Vale's?", "Is mooring deep, or Vale's?"),
        ("Is Haleton's mooring deep?", "Is Haleton's mooring deep?"),
        ("Who is Hale?", "Who is Hale?"),
        ("What does Hale say?", "What does Hale say?"),
    ],
)
def test_a_question_without_its_authors_names(asked: str, bare: str) -> None:
    assert nameless(asked, [HALE]) == bare


def test_half_of_what_is_searched_bears_no_name() -> None:
    """So that what an author says of other matters comes less near, and what answers the question nearer."""
    embedder = HashEmbedder()
    asked = "What does Hale say about deep moorings?"
    named, _ = probes_of(make_query(asked, known=[HALE]), embedder, nameless(asked, [HALE]))
    unknown, _ = probes_of(make_query(asked), embedder, asked)
    rows = np.stack([vectors.whole for vectors in embedder.embed([["Hale paints."], ["moorings are deep"]])])
    assert named.vector @ named.vector == pytest.approx(1.0, abs=1e-5)
    assert named.near(rows)[0] < unknown.near(rows)[0]
    assert named.near(rows)[1] > unknown.near(rows)[1]


def test_nearness_joins_the_query_with_the_nearest_facet() -> None:
    rows = np.eye(3, dtype=np.float32)
    bare = Probe(rows[0], np.zeros((0, 3), np.float32))
    both = Probe(rows[0], rows[1:])
    assert bare.near(rows).tolist() == [1, 0, 0]
    near = both.near(rows)
    assert near[1] == near[2] > 0
    assert 0 < near[0] < 1
