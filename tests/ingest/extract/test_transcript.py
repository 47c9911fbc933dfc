from __future__ import annotations

import json

import pytest

from corpus.errors import DamagedDocument, UnsupportedFormat
from ingest.extract import Extraction, extract

TALK = [
    {"text": "good evening\neveryone", "start": 0.0, "duration": 2.5},
    {"text": "[Music]", "start": 2.5, "duration": 1.0},
    {"text": "we count lamps", "start": 3.5, "duration": 2.0},
]
"""What youtube-transcript-api's `to_raw_data` gives and its `JSONFormatter` writes."""


def read(text: str) -> Extraction:
    media_type, extraction = extract(text.encode(), "talk.json")
    assert media_type == "application/json"
    return extraction


def test_what_the_formatter_writes_is_read() -> None:
    for text in (json.dumps(TALK), json.dumps([TALK], indent=2)):
        extraction = read(text)
        (page,) = extraction.pages
        assert page.text == "good evening\neveryone\n[Music]\nwe count lamps"
        assert page.times == ((0, 0.0), (22, 2.5), (30, 3.5))
        assert extraction.timed
        assert [line.kind for line in extraction.lines[0]] == ["prose", "prose", "matter", "prose"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"text": "no list", "start": 0}, "no transcript"),
        ({"events": []}, "no transcript"),
        (["words"], "no transcript"),
        ([{"words": "a"}], "no transcript"),
        ([[{"text": "a", "start": 0}], [{"text": "b", "start": 0}]], "2 transcripts"),
    ],
)
def test_other_json_is_told_what_was_expected(found: object, words: str) -> None:
    with pytest.raises(UnsupportedFormat, match=words) as caught:
        read(json.dumps(found))
    assert '"start": seconds' in caught.value.message


@pytest.mark.parametrize("start", [None, "0:01", -1, True, float("nan"), float("inf")])
def test_an_entry_without_a_time_is_an_error_that_names_it(start: object) -> None:
    with pytest.raises(DamagedDocument, match="entry 2"):
        read(json.dumps([{"text": "a", "start": 0}, {"text": "b", "start": start}]))


def test_half_a_surrogate_pair_does_not_get_into_the_text() -> None:
    (page,) = read('[{"text": "a lamp \\ud83d here", "start": 0}]').pages
    assert page.text == "a lamp ? here"
