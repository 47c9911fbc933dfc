"""Whether a claim's numbers stand in its quotes, to the digit and with their units. Knows no names."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.verifier.numbers import Quantity, dates_of, quantities_of
from bot.verifier.support import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence


def number_faults(claim: str, quotes: Sequence[str], sources: Sequence[str] = ()) -> list[Fault]:
    """The claim's numbers that do not stand in the quotes."""
    there = [quantity for text in quotes for quantity in (*quantities_of(text), *_pairs_in(text), *_parted_in(text))]
    there += [quantity for text in sources if _YEAR.fullmatch(text) for quantity in quantities_of(text)]
    units = {quantity.measure[0] for quantity in there} | {"days" for quantity in there if quantity.kind == "day"}
    faults = []
    for quantity in quantities_of(claim):
        if _needs_no_proof(claim, quantity) or any(_agree(quantity, other, units) for other in there):
            continue
        same = next(
            (other for other in there if other.value == quantity.value and other.kind == quantity.kind == "cardinal"), None
        )
        if same is not None and same.unit != quantity.unit:
            faults.append(Fault("unit", quantity.text, same.text))
        elif quantity.spelled and quantity.value == 1 and not _one_against(claim, quantity, quotes):
            continue
        else:
            faults.append(Fault("number", quantity.text))
    return faults or _year_faults(claim, quotes) or _doubled(claim, quotes)


def _doubled(claim: str, quotes: Sequence[str]) -> list[Fault]:
    """A number that a list of the claim has twice in a row (`k = 4, 4`), where no quote has it so."""
    return [
        Fault("number", text) for text in _twice_in_a_list(claim) if not any(text in _twice_in_a_list(quote) for quote in quotes)
    ]


def _twice_in_a_list(text: str) -> list[str]:
    return [
        f"{one.text}{between}{other.text}"
        for one, other in pairwise(quantities_of(text))
        if one.value == other.value and _LISTED.fullmatch(between := text[one.end : other.start])
    ]


_LISTED = re.compile(r",\s?|,?\s(?:and|or)\s|/")


def _year_faults(claim: str, quotes: Sequence[str]) -> list[Fault]:
    """Whole dates whose day stands in the quotes with another year only."""
    there: dict[str, list[str]] = {}
    for quote in quotes:
        for day, year in dates_of(quote):
            there.setdefault(day, []).append(year)
    return [Fault("number", year, there[day][0]) for day, year in dates_of(claim) if day in there and year not in there[day]]


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PAIR = re.compile(
    r"\b(?:both|either|neither|pairs?|couple|twins?|another|other(?!\s+(?:three|four|five|six|seven|eight|nine|ten|\d))|twofold|"
    r"double|twice|former|latter|second|half)\b",
    re.IGNORECASE,
)


def _pairs_in(text: str) -> list[Quantity]:
    """What says `two` without a number."""
    return [Quantity(Decimal(2), "", match.start(), match.end(), match[0], spelled=True) for match in _PAIR.finditer(text)]


_PARTED = re.compile(r"(?<![\d.,])\d{1,3}(?:, \d{3})+(?![\d,])")


def _parted_in(text: str) -> list[Quantity]:
    """Thousands as TeX sets them (`4, 000`), which may as well be a list: one reading more."""
    found = [(match, re.sub(r"\D", "", match[0])) for match in _PARTED.finditer(text)]
    return [Quantity(Decimal(digits), "", match.start(), match.end(), match[0]) for match, digits in found]


_COUNTED = re.compile(r"\W+([^\W\d_]{3,})")


def _one_against(claim: str, one: Quantity, quotes: Sequence[str]) -> bool:
    """True where what the claim counts as one is given another number in a quote."""
    counted = _COUNTED.match(claim, one.end)
    if counted is None:
        return False
    what = counted[1].lower().rstrip("s")[:6]
    return any(
        (noun := _COUNTED.match(quote, other.end)) is not None and noun[1].lower().startswith(what) and other.value != 1
        for quote in quotes
        for other in quantities_of(quote)
    )


_LOOSE_ORDINALS = frozenset("first second third".split())


def _needs_no_proof(claim: str, quantity: Quantity) -> bool:
    """True for `first` that only orders what is told, and for the `one` that is a pronoun."""
    if quantity.spelled and quantity.kind == "ordinal" and quantity.text.lower() in _LOOSE_ORDINALS:
        return True
    if quantity.spelled and quantity.value == 1 and quantity.kind == "cardinal":
        after, before = claim[quantity.end :], claim[: quantity.start]
        return bool(
            re.match(
                r"\s?(?:of|another|'s|can|could|might|may|must|should|would|will|day|is|has|that|who|which|[,.;])\b|\s?[,.;]|$",
                after,
            )
            or re.search(r"\b(?:no|any|every|each|this|that|the|some|only|which|good|better|new|old|large|small)\s$", before)
        )
    return False


def _agree(ours: Quantity, theirs: Quantity, units: set[str]) -> bool:
    """True where both say the same; a unit may be left out where it stands beside another number of the quotes."""
    if "reference" in (ours.kind, theirs.kind):
        return ours.kind == theirs.kind and (ours.unit, ours.value) == (theirs.unit, theirs.value)
    if ours.kind == "day" and theirs.kind == "day":
        return (ours.unit, ours.value) == (theirs.unit, theirs.value)
    if ours.kind == "day":
        return ours.value == theirs.value and "days" not in units
    if "vague" in (ours.kind, theirs.kind):
        low, high = min(ours.value, theirs.value), max(ours.value, theirs.value)
        return ours.value == theirs.value or (ours.kind == "vague" and low > 0 and low == ours.value and high < low * 1000)
    (dimension, size), (other, other_size) = ours.measure, theirs.measure
    if dimension == other:
        return size == other_size
    if {dimension, other} == {"%", ""}:
        share, whole = (ours, theirs) if dimension == "%" else (theirs, ours)
        if whole.value < 1 and share.value == whole.value * 100:
            return True
    if dimension and other:
        return False
    if ours.value != theirs.value:
        return False
    return not other and dimension not in _STRICT if dimension else other not in _STRICT


_STRICT = frozenset({"%", "usd", "eur", "gbp", "points"})
"""Units that a number may not lose or gain."""
