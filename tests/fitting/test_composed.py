"""The file of composed claims: our own words, places of quotes, and what readers found; read beside a library only."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.fitting.composed import FILE, RUN, At, Composed, Turned, pieces_of, read, sum_of, whole, write

if TYPE_CHECKING:
    from pathlib import Path

QUOTE = "The keeper of the old harbour trims the northern lamp every evening before the tide turns."
OTHER = "Every wick is measured twice by the clerk of the archive."
CLAIM = "Grönwall says that the keeper of the old harbour trims the lamp, and every wick is measured twice by the clerk."


def test_what_a_claim_took_over_is_a_range_of_its_quote() -> None:
    pieces = pieces_of(CLAIM, (QUOTE, OTHER))
    assert whole(pieces, (QUOTE, OTHER)) == CLAIM
    own = "".join(piece for piece in pieces if isinstance(piece, str))
    assert "the old harbour" not in own
    assert "measured twice" not in own
    assert "Grönwall says that" in own
    assert {piece[0] for piece in pieces if not isinstance(piece, str)} == {0, 1}


@pytest.mark.parametrize("text", ["", "At dusk somebody looks after it.", QUOTE])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert whole(pieces_of(text, (QUOTE,)), (QUOTE,)) == text


def test_a_claim_whose_quote_is_read_otherwise_is_not_put_together() -> None:
    composed = Composed("q", "notes", pieces_of(CLAIM, (QUOTE, OTHER)), (), sum_of(CLAIM), 2)
    assert composed.text((QUOTE, OTHER)) == CLAIM
    assert composed.text((QUOTE.replace("trims", "breaks"), OTHER)) is None


def test_the_file_keeps_everything(tmp_path: Path) -> None:
    turned = (Turned("name", "another keeper", ("The clerk ", [0, 4, 20])),)
    claim = Composed(
        "q", "joining", ("It is ", [0, 0, 9]), (At("made-2031", 3, "The keeper", "tide turns."),), "01234567", 2, "wrong", turned
    )
    write([claim], tmp_path / "claims.jsonl")
    assert read(tmp_path / "claims.jsonl") == [claim]


def test_the_committed_claims_are_whole_and_each_is_there_once() -> None:
    claims = read()
    assert len({claim.sum for claim in claims}) == len(claims) > 1000
    assert min(Counter(turned.kind for claim in claims for turned in claim.turned).values()) > 150
    assert all(claim.quotes and claim.said for claim in claims)
    assert {claim.edition for claim in claims} == {1, 2}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) <= {"asked", "way", "said", "quotes", "sum", "edition", "judged", "turned"}


def test_the_ends_of_quotes_are_short() -> None:
    ends = [end for claim in read() for place in claim.quotes for end in (place.start, place.end)]
    assert max(len(end.split()) for end in ends) <= 5
    assert RUN <= 5
