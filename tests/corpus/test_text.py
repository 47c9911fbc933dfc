"""Raw text made readable: what is normalised, and what is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import LIGATURES, compounds_in, kept_hyphens, loose, readable


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("two  spaces", "two spaces"),
        ("a line\nand\r\nanother\tone", "a line and another one"),
        ("no\u00a0break, thin\u2009space", "no break, thin space"),
        ("  around  ", "around"),
        ("the har-\nbour", "the harbour"),
        ("the har-\r\n  bour", "the harbour"),
        ("the har\u2010\nbour", "the harbour"),
        ("the har\u00ad\nbour", "the harbour"),
        ("the har\u00adbour", "the harbour"),
        ("the har\ufffebour", "the harbour"),
        ("the har\x02bour", "the harbour"),
        ("the har\x02\nbour", "the harbour"),
        ("o\ufb00er \ufb01ve \ufb02at e\ufb03cient ra\ufb04e", "offer five flat efficient raffle"),
        ("\ufb05ill mo\ufb06", "still most"),
    ],
)
def test_normalises_white_space_hyphens_and_ligatures(raw: str, wanted: str) -> None:
    assert readable(raw) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        "Tide",
        "TIDE",
        "self-supervised",
        "a hyphen - alone",
        "10-20",
        "−5",
        "0.85",
        "1,000",
        "<5% ≥ 3",
        "“quoted” ‘words’ – and — dashes",
        "é",
        "e\u0301",
        "x² ½ ① ﹣",
        "ǆ Ĳ œ æ",  # letters that Unicode could take apart, and the rule does not
    ],
)
def test_leaves_everything_else_alone(raw: str) -> None:
    assert readable(raw) == raw


@pytest.mark.parametrize("raw", ["10-\n20", "GPT-\n3", "3-\ndimensional", "harbour -\nand"])
def test_a_hyphen_at_a_line_end_goes_only_between_letters(raw: str) -> None:
    assert readable(raw) == raw.replace("\n", " ")


def test_keeps_the_line_end_hyphens_that_it_is_told_to_keep() -> None:
    raw = "self-\nsupervised lear-\nning"
    assert readable(raw, {raw.index("-")}) == "self-supervised learning"
    assert readable(raw, {raw.rindex("-")}) == "selfsupervised lear-ning"


@given(st.text(st.sampled_from("ab Z5.-\u2010\u00ad\ufffe\x02\ufb01\n\r\t<%é²")))
def test_reading_twice_changes_nothing(raw: str) -> None:
    once = readable(raw)
    assert readable(once) == once


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab-\n\u00ad\ufb03"))))
def test_reading_takes_out_only_what_the_rule_names(raw: str) -> None:
    kept = re.sub(r"[\s\u00ad\ufffe\x02-]|\u2010(?=[ \t]*\r?\n)", "", raw)
    for ligature, letters in LIGATURES.items():
        kept = kept.replace(ligature, letters)
    assert re.sub(r"[\s-]", "", readable(raw)) == kept


def test_compounds_are_the_hyphenated_words_inside_lines() -> None:
    text = "Self-supervised state-of-the-art models, GPT-3 and 10-fold; lear-\nning, -led, non--word"
    assert compounds_in(text) == {"self-supervised", "state-of-the-art"}


def test_hyphens_are_kept_where_the_document_writes_the_word_with_one() -> None:
    text = "Self-\nsupervised lear-\nning is self-\nsupervised."
    assert kept_hyphens(text, {"self-supervised"}) == (4, text.rindex("-"))
    assert kept_hyphens(text, set()) == ()


def test_soft_marks_are_kept_as_hyphens_where_the_document_writes_the_word_with_one() -> None:
    text = "self\x02supervised"
    kept = kept_hyphens(text, {"self-supervised"})
    assert readable(text, kept) == "self-supervised"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World Models", "world  models."),
        ("A Path Towards…", "A path towards"),
        ("Schölkopf", "Scholkopf"),
        ("Reﬂexion", "reflexion"),
        ("I-JEPA", "i jepa"),
    ],
)
def test_loose_forms_agree_where_only_the_dress_differs(one: str, other: str) -> None:
    assert loose(one) == loose(other) != ""


def test_loose_forms_differ_where_a_digit_does() -> None:
    assert loose("GPT-3") != loose("GPT-4")
