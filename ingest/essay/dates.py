"""Dates as people write them, made `2024`, `2024-04` or `2024-04-30`. Knows no file and no calendar but ours."""

from __future__ import annotations

import re

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?<!\d){_YEAR}[-./](?P<number>0?[1-9]|1[0-2])(?:[-./](?P<day>0?[1-9]|[12]\d|3[01]))?(?!\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?{_YEAR}\b",
    )
)
_ALONE = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d.])")


def date_in(text: str) -> str | None:
    """The first date in a text, as exactly as it is given; None where there is none. A lone year does not count."""
    found = [match for form in _FORMS if (match := form.search(text))]
    if not found:
        return None
    parts = min(found, key=lambda match: match.start()).groupdict()
    month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
    day = int(parts["day"]) if parts.get("day") else 0
    return f"{parts['year']}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else "")


def year_in(text: str) -> str | None:
    """The only year in a text; None where there is none, or several."""
    found = set(_ALONE.findall(text))
    return found.pop() if len(found) == 1 else None


def _month(word: str) -> int:
    return next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))
