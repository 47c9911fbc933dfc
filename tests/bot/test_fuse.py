"""What each sign does to a passage's score; never how much."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fuse import Signs, fuse, lexical_share

cosines = st.floats(-1, 1)
shares = st.floats(0, 1)
some_signs = st.builds(
    Signs, cosine=cosines, sentence=cosines, lexical=shares, heard=st.booleans(), kind=st.sampled_from(["prose", "caption"])
)
PLAIN = Signs(cosine=0.4, sentence=0.5, lexical=0.2)


@pytest.mark.parametrize(
    "better",
    [
        replace(PLAIN, cosine=0.5),
        replace(PLAIN, sentence=0.6),
        replace(PLAIN, lexical=0.9),
        replace(PLAIN, heard=True),
        replace(PLAIN, annotation=0.8),
    ],
)
def test_each_sign_speaks_for_a_passage(better: Signs) -> None:
    assert fuse(better) > fuse(PLAIN)


@pytest.mark.parametrize("kind", ["caption", "footnote"])
def test_what_stands_beside_the_text_comes_after_the_text(kind: str) -> None:
    assert fuse(replace(PLAIN, kind=kind)) < fuse(PLAIN)


def test_two_readers_judgement_counts_for_more_than_a_cosine() -> None:
    tied = replace(PLAIN, annotation=0.8)
    assert fuse(replace(tied, bears=True)) > fuse(tied)


@given(some_signs, cosines, st.booleans())
def test_an_annotation_never_takes_from_a_passage(signs: Signs, cosine: float, bears: bool) -> None:
    assert fuse(replace(signs, annotation=cosine, bears=bears)) >= fuse(signs) - 1e-9


@given(some_signs, st.floats(0, 1), st.booleans())
def test_an_annotation_lifts_a_passage_no_higher_than_its_own_nearness(signs: Signs, cosine: float, bears: bool) -> None:
    bare = replace(signs, heard=False, kind="prose")
    assert fuse(replace(bare, annotation=cosine, bears=bears)) <= max(fuse(bare), cosine) + 1e-9


@given(some_signs, some_signs)
def test_more_of_everything_is_never_less(one: Signs, other: Signs) -> None:
    more = Signs(
        max(one.cosine, other.cosine),
        max(one.sentence, other.sentence),
        max(one.lexical, other.lexical),
        heard=one.heard or other.heard,
        kind="prose",
    )
    assert fuse(more) >= fuse(replace(one, kind="prose", heard=one.heard)) - 1e-9


def test_the_words_of_a_long_question_count_for_less_and_never_for_less_than_nothing() -> None:
    shares = [lexical_share(count) for count in range(40)]
    assert shares == sorted(shares, reverse=True)
    assert 0 <= min(shares) < max(shares) < 0.5
    assert fuse(PLAIN, share=0.0) == pytest.approx((PLAIN.cosine + PLAIN.sentence) / 2)
