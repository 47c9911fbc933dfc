"""When to ask again. Knows no request: how long a server wants to be left alone, and how long we wait by ourselves."""

from __future__ import annotations

import datetime
import random
from email.utils import parsedate_to_datetime

LONGEST_STEP = 30.0
"""Seconds beyond which our own waits do not grow."""


def asked_for(header: str | None, *, now: datetime.datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None where it has no sense."""
    text = (header or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - (now or datetime.datetime.now(datetime.UTC))).total_seconds())


def wait_before(attempt: int, first: float, asked: float | None) -> float:
    """Seconds before repetition number `attempt` (from 0): twice as long each time, never in step with others."""
    own = min(first * 2.0**attempt, LONGEST_STEP) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads requests, keeps no secret
    return own if asked is None else asked + own * 0.1
