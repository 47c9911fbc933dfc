"""When to ask again."""

from __future__ import annotations

import datetime

import pytest

from ingest.network.patience import LONGEST_STEP, asked_for, wait_before

NOON = datetime.datetime(2031, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0), (" 3 ", 3.0), ("0", 0.0), ("Wed, 01 Jan 2031 12:00:30 GMT", 30.0), ("Wed, 01 Jan 2031 11:00:00 GMT", 0.0),
        ("Wednesday, 01-Jan-31 12:00:05 GMT", 5.0), ("soon", None), ("-4", None), ("", None),
        (None, None), ("1e9", None), ("³", None),
    ],
)  # fmt: skip
def test_a_server_asks_in_seconds_or_by_the_clock(header: str | None, seconds: float | None) -> None:
    assert asked_for(header, now=NOON) == seconds


def test_our_own_waits_double_and_are_bounded() -> None:
    for attempt, most in enumerate((1, 2, 4, 8, 16, LONGEST_STEP, LONGEST_STEP)):
        assert most / 2 <= wait_before(attempt, 1.0, None) <= most
    assert len({wait_before(3, 1.0, None) for _ in range(20)}) > 1, "never in step"


def test_never_sooner_than_asked() -> None:
    assert 7 <= wait_before(0, 1.0, 7.0) <= 7.2
