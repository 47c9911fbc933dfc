"""The JSON of a model, read while it is written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.write.parse import ClaimStream, Pointed, Proposed

ONE = Proposed("The lamp is lit.", (Pointed(1, "The lamp is lit at night."),))
TWO = Proposed('A "lamp" {is} [not] a moon, \\ é.', (Pointed(2, 'He said: "}]".'), Pointed(3, "Or \u2028 so.")))


def written(*claims: Proposed, ascii_only: bool = False) -> str:
    listed = [
        {"text": claim.text, "quotes": [{"passage": each.passage, "quote": each.quote} for each in claim.quotes]}
        for claim in claims
    ]
    return json.dumps({"claims": listed}, ensure_ascii=ascii_only)


def read(text: str, piece: int = 1_000_000) -> tuple[list[Proposed | None], ClaimStream]:
    stream = ClaimStream()
    found: list[Proposed | None] = []
    for start in range(0, len(text), piece):
        found += stream.feed(text[start : start + piece])
    return found, stream


@pytest.mark.parametrize("piece", [1, 2, 7, 100_000])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_claims_come_whole_however_they_are_cut(piece: int, ascii_only: bool) -> None:
    found, stream = read(written(ONE, TWO, ascii_only=ascii_only), piece)
    assert found == [ONE, TWO]
    assert stream.whole


def test_a_claim_comes_as_soon_as_it_ends() -> None:
    text = written(ONE, TWO)
    end = text.index("}]}") + 3
    stream = ClaimStream()
    assert list(stream.feed(text[: end - 1])) == []
    assert list(stream.feed(text[end - 1 : end])) == [ONE]
    assert not stream.whole


@pytest.mark.parametrize(
    "dress",
    [
        "```json\n{}\n```",
        "Sure! Here you are:\n{}\nI hope this helps.",
        "<think>{{hm}} [1]</think>{}",
        "\n\n  {}",
    ],
)
def test_what_stands_around_the_object_is_passed_over(dress: str) -> None:
    found, stream = read(dress.format(written(ONE)))
    assert found == [ONE]
    assert stream.whole


def test_a_bare_list_will_do() -> None:
    found, stream = read(json.dumps(json.loads(written(ONE, TWO))["claims"]))
    assert found == [ONE, TWO]
    assert stream.whole


def test_more_keys_and_flat_claims_will_do() -> None:
    flat = {"id": 4, "text": ONE.text, "passage": " 1 ", "quote": ONE.quotes[0].quote, "sure": 0.9}
    single = {"text": ONE.text, "quotes": {"passage": 1, "quote": ONE.quotes[0].quote}}
    found, _ = read(json.dumps({"claims": [flat, single]}))
    assert found == [ONE, ONE]


@pytest.mark.parametrize(
    "claim",
    [
        "{}",
        '{"text": 7, "quotes": []}',
        '{"text": "A b c.", "quotes": []}',
        '{"text": "A b c.", "quotes": "1"}',
        '{"text": "A b c.", "quotes": [{"passage": 1}]}',
        '{"text": "A b c.", "quotes": [{"passage": true, "quote": "a b c"}]}',
        '{"text": "A b c.", "quotes": [{"passage": 1.5, "quote": "a b c"}]}',
        '{"text": "A b c.", "quotes": [{"passage": "one", "quote": "a b c"}]}',
        '{"text": "A b c.", "quotes": [{"passage": "１", "quote": "a b c"}]}',
        '{"text": "A b c.", "quotes": [{"passage": 1, "quote": null}]}',
        '{"text": "A b c." "quotes": 1}',
        '{"text": nonsense}',
    ],
)
def test_an_object_that_is_no_claim_is_told_and_passed_over(claim: str) -> None:
    rest = written(ONE)[len('{"claims": [') :]
    found, stream = read(f'{{"claims": [{claim}, {rest}', 3)
    assert found == [None, ONE]
    assert stream.whole


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "holds no list"),
        ("The lamp is lit [1].", "holds no list"),
        (written(ONE)[:-10], "breaks off"),
        ('{"claims": ["The lamp is lit."]}', "no claim"),
        ('{"claims": [' + '{"text": ' * 20_000, "far too long"),
        ('{"claims": [{"text": "' + "lamp " * 5_000, "far too long"),
        ("lamp " * 2_000, "holds no list"),
        ("<think>" + "lamp " * 30_000, "far too long"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, fault: str) -> None:
    found, stream = read(text, 50)
    assert found == []
    assert not stream.whole
    assert fault in stream.fault


def test_nothing_behind_the_list_matters() -> None:
    found, stream = read(written(ONE) + written(TWO))
    assert found == [ONE]
    assert stream.done


@given(st.text(max_size=300), st.integers(1, 40))
def test_no_text_breaks_it(text: str, piece: int) -> None:
    found, stream = read(f'{{"claims": [{text}', piece)
    assert all(claim is None or claim.quotes for claim in found)
    assert not stream.whole or "]" in text
