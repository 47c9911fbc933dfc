"""Numbers and their units in running text: what they are worth, and whether a claim's stand in its quotes.

Knows no names: digits that belong to one (`GPT-3`, `T6SS`) are left to `bot.verifier.names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.verifier.lexicon import MONTHS
from bot.verifier.number_words import MAGNITUDES, ONES, ORDINALS, REFERENCES, TENS, UNITS, VAGUE

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    value: Decimal
    unit: str
    """Canonical unit (`s`, `%`, `usd`), or the kind of thing that is numbered (`figure`); empty where there is none."""
    start: int
    end: int
    text: str
    kind: str = "cardinal"
    """`cardinal`, `ordinal`, `reference` (Figure 3), `vague` (millions), `day` (of the month that is its unit)."""
    spelled: bool = False
    """True for a number in words."""

    @property
    def measure(self) -> tuple[str, Decimal]:
        """Its dimension, and its size in that dimension's own unit."""
        dimension, factor = UNITS.get(self.unit, (self.unit, Decimal(1)))
        return dimension, self.value * factor


_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_DIGITS = (
    r"(?<![\d.])\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:[.·]\d+)?|(?<![\d.])\d{1,3}(?: \d{3})+(?!\d)|"
    r"(?<![\d.])\d+(?:[.·]\d+)?|(?<![\d.])\.\d+"
)
_POWER = r"(?:\s?[x×*]\s?10(?:\^\{?[-−–]?\d+\}?|[⁻⁰¹²³⁴-⁹]+|[-−–]\d+)|[eE][-−–+]?\d+|\^\{?[-−–]?\d+\}?|[⁻⁰¹²³⁴-⁹]+)"
_NUMBER = re.compile(rf"(?P<currency>[$€£¥]\s?)?(?P<digits>{_DIGITS})(?P<power>{_POWER})?(?P<suffix>st|nd|rd|th|s)?(?![\w])?")
_AFTER = re.compile(r"[\s\u00a0-]{0,2}(?P<word>%|‰|°\s?[CF]|°|[µμ]?[A-Za-z]+(?:\s(?:cent|points?|dollars))?|×)")
_BEFORE_IS_NAME = re.compile(
    r"(?<![A-Za-z])(?!(?:top|age|aged|mid|pre|post|non|sub|under|over|at|to|of|first|last|the)-)[^\W\d_]+[-–]?$", re.IGNORECASE
)
_REFERENCE = re.compile(rf"\b(?P<what>{REFERENCES})s?\.?\s?(?:\d+(?:\.\d+)*(?:,| and| to|–|-)\s?)*\(?$", re.IGNORECASE)
_LIST = re.compile(r"^-?\s?(?:to|and|or|,|–|-|−|versus|vs\.?|/|%?\s?(?:to|and|or|–|-))\s?$")
_ATTACHED = {"k": 3, "K": 3, "M": 6, "B": 9, "bn": 9, "T": 12}
_NAME_AFTER = re.compile(r"(?:[-–]?[A-Z]{2,}|[A-Z][a-z]|[a-z]?[A-Z]+\d|\.\d|-[A-Z])")


@lru_cache(maxsize=4096)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Every number of a text, in order, but those in square brackets (`[12]`) and inside names."""
    found = [*_in_digits(text), *_in_words(text)]
    found = [_ordered(text, each) for each in found]
    found.sort(key=lambda each: each.start)
    return tuple(_with_lists(text, found))


_ORDERS = re.compile(r"\s+orders?\s+of\s+magnitude", re.IGNORECASE)


def _ordered(text: str, quantity: Quantity) -> Quantity:
    """`two orders of magnitude` is a hundredfold."""
    orders = _ORDERS.match(text, quantity.end)
    if orders is None or not 0 < quantity.value < 20:
        return quantity
    return replace(quantity, value=Decimal(10) ** quantity.value, unit="fold", end=orders.end(), text=quantity.text + orders[0])


def _in_digits(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    bracketed = [match.span() for match in re.finditer(r"\[[\d,;\s–-]+\]", text)]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in bracketed):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        if _BEFORE_IS_NAME.search(before) or _NAME_AFTER.match(text, match.end()):
            continue
        value = _worth(match["digits"], match["power"])
        if value is None:
            continue
        found.append(_dressed(text, match, value, before, found))
    return found


_MONTH = "|".join([*MONTHS, *(month[:3] for month in MONTHS), "sept"])
_MONTH_BEFORE = re.compile(rf"\b(?P<month>{_MONTH})\.?\s$", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"\s(?:of\s)?(?P<month>{_MONTH})\b", re.IGNORECASE)
_ISO_BEFORE = re.compile(r"\b\d{4}-(?P<month>\d\d)-$")


def _month_of(text: str, match: re.Match[str], value: Decimal) -> str:
    """The month (three letters) whose day this number is; empty where it is none."""
    if not 1 <= value < 100 or value % 1:
        return ""
    if iso := _ISO_BEFORE.search(text, 0, match.start()):
        return next((name[:3] for name, place in MONTHS.items() if place == int(iso["month"])), "")
    named = _MONTH_AFTER.match(text, match.end()) or _MONTH_BEFORE.search(text, 0, match.start())
    return named["month"].lower()[:3] if named else ""


_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\.?,?\s(?P<year>\d{{4}})\b"
_MONTH_FIRST = rf"(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b"
_DATES = [re.compile(rf"\b{form}", re.IGNORECASE) for form in (_DAY_FIRST, _MONTH_FIRST)]


def dates_of(text: str) -> list[tuple[str, str]]:
    """Every whole date of a text: day and month, and its year."""
    found = [match for form in _DATES for match in form.finditer(text)]
    return [(f"{int(match['day'])} {match['month'].lower()[:3]}", match["year"]) for match in found]


def _worth(digits: str, power: str | None) -> Decimal | None:
    value = Decimal(re.sub(r"[,\u00a0\u2009\u202f ]", "", digits).replace("·", "."))
    if not power:
        return value
    exponent = power.translate(_SUPERSCRIPT).replace("−", "-").replace("–", "-")
    scaled = re.search(r"10\^?\{?(-?\d+)", exponent) if re.match(r"\s?[x×*]", exponent) else None
    number = scaled or re.search(r"-?\d+", exponent)
    try:
        size = int(number[1] if scaled and number else number[0] if number else 0)
        if abs(size) > 40:
            return None
        return value * Decimal(10) ** size if scaled or power[0] in "eE" else value**size
    except (InvalidOperation, ValueError):
        return None


def _dressed(text: str, match: re.Match[str], value: Decimal, before: str, found: Sequence[Quantity]) -> Quantity:
    """The quantity with its sign, magnitude, unit and kind."""
    end, unit, kind = match.end(), "", "cardinal"
    if reference := _REFERENCE.search(before):
        return Quantity(value, reference["what"].lower()[:3], match.start(), end, match[0].strip(), "reference")
    if month := _month_of(text, match, value):
        return Quantity(value, month, match.start(), end, match[0].strip(), "day")
    if match["suffix"] in ("st", "nd", "rd", "th"):
        return Quantity(value, "", match.start(), end, match[0], "ordinal")
    if re.search(r"(?:^|[\s(=<>≤≥~≈])[-−–]$", before) and not re.search(r"\d\s[-−–]$", before):
        value = -value
    year = found[-1] if found and re.fullmatch(r"[–-]", text[found[-1].end : match.start()]) else None
    if year and re.fullmatch(r"(?:1[6-9]|20)\d\d", year.text) and re.fullmatch(r"\d\d", match["digits"]):
        value += year.value - year.value % 100
    if match["currency"]:
        unit = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy"}[match["currency"].strip()]
    after = _AFTER.match(text, end)
    if attached := re.match(r"(?:k|K|M|B|bn|T)(?![\w-])", text[end:]):
        value, end = value.scaleb(_ATTACHED[attached[0]]), end + attached.end()
    elif after and (size := MAGNITUDES.get(after["word"].split()[0].lower())):
        value, end = value.scaleb(size), after.start("word") + len(after["word"].split()[0])
    after = _AFTER.match(text, end)
    if after and (known := unit_of(after["word"])) and not unit:
        unit, end = known, after.end()
    return Quantity(value, unit, match.start(), end, text[match.start() : end].strip(), kind)


def unit_of(word: str) -> str:
    """The canonical unit of a word after a number; empty where it is none."""
    short = re.sub(r"\s+", " ", word.replace("μ", "µ"))
    if short in UNITS:
        return short
    for candidate in (short.lower(), short.lower().removesuffix("s"), short.split(" ")[0].lower()):
        if candidate in UNITS and (len(candidate) > 2 or not candidate.isalpha()):
            return candidate
    return ""


_WORDS = "|".join(sorted({*ONES, *TENS, *MAGNITUDES, *ORDINALS, *VAGUE}, key=len, reverse=True))
_SPELLED = re.compile(rf"\b(?:{_WORDS})(?:(?:[\s-]|\sand\s)(?:{_WORDS}))*\b", re.IGNORECASE)


def _in_words(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _SPELLED.finditer(text):
        if re.search(r"[\d.]\s?$", text[: match.start()]):
            continue  # `3 million` is read with its digits
        words = list(re.finditer(r"[a-z]+", match[0], re.IGNORECASE))
        cuts = [0, *(place for place in range(1, len(words)) if _parted(words[place - 1][0], words[place][0])), len(words)]
        for first, last in pairwise(cuts):
            start, end = match.start() + words[first].start(), match.start() + words[last - 1].end()
            if quantity := _spelled(text, start, end, [word[0].lower() for word in words[first:last]]):
                found.append(quantity)
    return found


def _parted(one: str, other: str) -> bool:
    """True where two number words in a row are two numbers: `of two one is better`, `one or two`."""
    return one.lower() in ONES and (other.lower() in ONES or other.lower() in TENS)


def _spelled(text: str, start: int, end: int, words: Sequence[str]) -> Quantity | None:
    value, kind = _spelled_worth([word for word in words if word != "and"])
    if value is None:
        return None
    if words[0] in MAGNITUDES and re.search(r"\b(?:several|few|many|some)\s$", text[:start]):
        kind = "vague"
    unit = ""
    if kind == "cardinal" and (after := _AFTER.match(text, end)) and (unit := unit_of(after["word"])):
        end = after.end()
    return Quantity(value, unit, start, end, text[start:end], kind, spelled=True)


def _spelled_worth(parts: Sequence[str]) -> tuple[Decimal | None, str]:
    if len(parts) == 1 and parts[0] in VAGUE:
        return Decimal(VAGUE[parts[0]]), "vague"
    total = current = 0
    kind, seen = "cardinal", False
    for part in parts:
        if part in ORDINALS:
            current, kind = current + ORDINALS[part], "ordinal"
        elif part in ONES or part in TENS:
            current += ONES.get(part, 0) + TENS.get(part, 0)
        elif part in MAGNITUDES:
            size = 10 ** MAGNITUDES[part]
            if size == 100:
                current = max(1, current) * 100
            else:
                total, current = total + max(1, current) * size, 0
        else:
            return None, kind
        seen = True
    return (Decimal(total + current), kind) if seen else (None, kind)


def _with_lists(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Numbers of a list or range have the unit of the last: `85 to 87 %`."""
    dressed = list(found)
    for place in range(len(dressed) - 2, -1, -1):
        this, following = dressed[place], dressed[place + 1]
        if not this.unit and following.unit and this.kind == following.kind == "cardinal":
            between = text[this.end : following.start]
            if _LIST.match(between) and not (between.strip() == "," and following.unit in ("usd", "eur", "gbp")):
                dressed[place] = replace(this, unit=following.unit)
    return dressed
