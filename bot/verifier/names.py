"""Names in a claim: people, places, products, acronyms, code-like words. Knows no numbers but those inside names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.verifier.lexicon import MONTHS, OPENERS, PLACES, SHORT, everyday_stems
from bot.verifier.support import Fault
from bot.verifier.words import UNTOLD, plain, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised or code-like words."""

    parts: tuple[str, ...]
    start: int
    end: int
    text: str


_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[-–.&+/_'’](?=[^\W_])|(?<=[A-Z])\.(?=\s?[A-Z]\.)|(?<=C)\+\+|(?<=[CF])#)*")
_CODE = re.compile(
    r"[A-Za-z]+\d|\d+[A-Z]{2}|[a-z][A-Z]|^[A-Z]{2,}|_\w|[a-z]{2}\.[a-z]{2}|^[A-Z]$|[A-Z]\.[A-Z]|[A-Z][a-z]+[A-Z]|^[A-Z]+s$|-[A-Z]\b|^[A-Z]\w*-\d+$|[A-Z]-\d"
)
_ROMAN = re.compile(r"[IVX]+$")
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]|…\s*)$")


@lru_cache(maxsize=2048)
def names_of(text: str) -> tuple[Name, ...]:
    """The names of a text in order; a capital that may only open a sentence makes none."""
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        if run and not re.fullmatch(r"\s?|\s?[’']s\s", text[run[-1].end() : match.start()]):
            found.extend(_named(text, run))
            run = []
        if _is_name(text, match):
            run.append(match)
        elif run:
            found.extend(_named(text, run))
            run = []
    found.extend(_named(text, run))
    return tuple(found)


def _is_name(text: str, match: re.Match[str]) -> bool:
    word = re.sub(r"['’]s$", "", match[0])
    if word in ("I", "A") or word.lower() in UNTOLD:
        return False
    if _CODE.search(word) and not re.fullmatch(r"\d+(?:st|nd|rd|th|s)|\d[\d.,/–-]*[A-Za-z]{0,2}", word):
        return True
    if not word[0].isupper():
        return False
    opens = _STARTS.search(text, 0, match.start()) is not None
    return not opens or not _everyday(word)


def _everyday(word: str) -> bool:
    """True for a word that may well open a sentence without being a name."""
    first = word.split("-")[0].lower()
    known = everyday_stems()
    return stem(first) in known or first in OPENERS or first.endswith(_ENDINGS) or stem(_PREFIX.sub("", first)) in known


_ENDINGS = ("ing", "ly", "tion", "ness", "ity", "ment", "ised", "ized", "ever")
_PREFIX = re.compile(r"^(?:un|re|non|over|under|pre|inter|multi|self|dis|mis)")


_TAIL = re.compile(
    r"(?:(?<=\w\w)[-–](?:like|based|dependent|induced|expressing|mediated|positive|negative|type|style|trained|tuned|driven|related|specific|"
    r"deficient|treated|associated|derived|free|wide|level|phenotype|born|led|owned|made|run|class|era|inspired|sponsored|powered|sized)|['’]s?)$"
)
_GREEK = str.maketrans({"α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "κ": "k", "λ": "l", "μ": "m", "ω": "o"})


def _named(text: str, run: Sequence[re.Match[str]]) -> list[Name]:
    if not run:
        return []
    parts = tuple(part for match in run if len(part := _TAIL.sub("", match[0])) > 1)
    if not parts:
        return []
    end = run[-1].start() + len(_TAIL.sub("", run[-1][0]))
    return [Name(parts, run[0].start(), end, text[run[0].start() : end])]


@lru_cache(maxsize=65536)
def keys_of(word: str) -> frozenset[str]:
    """The forms under which a word of a name may be found elsewhere."""
    text = plain(re.sub(r"['’]s?$", "", word)).replace("–", "-").translate(_GREEK)
    tight = re.sub(r"[.\-/'’_]", "", text)
    forms = {text, tight, stem(tight)}
    if tight.endswith("s"):
        forms.add(tight[:-1])
    if not any(each.isdigit() for each in text):
        forms.update(part for part in re.split(r"[-/]", text) if len(part) > 3)
    return frozenset(forms | {place for form in tuple(forms) if (place := PLACES.get(form))})


@dataclass(frozen=True, slots=True)
class Named:
    """Everything under which names may be found in some texts."""

    words: frozenset[str]
    numbered: frozenset[str]
    """Those that hold a digit."""
    initials: str
    """First letters of the words in order, for acronyms."""
    text: str
    """All of it in lower case."""

    def has(self, word: str) -> bool:
        """True where the word, an inflection of it, or what it abbreviates stands there."""
        forms = keys_of(word)
        if forms & self.words or any(" " in form and form in self.text for form in forms):
            return True
        bare = re.sub(r"[^A-Za-z]", "", word)
        if any(each.isdigit() for each in word):
            return any(_abbreviates(form, other) or _abbreviates(other, form) for form in forms for other in self.numbered)
        letters = bare[:-1] if bare.endswith("s") and bare[:-1].isupper() else bare
        if letters.lower() in SHORT:
            return SHORT[letters.lower()] in self.text
        if _ACRONYM.fullmatch(letters):
            return letters.lower() in self.initials
        return len(bare) >= 5 and any(_kin(form, other) for form in forms for other in self.words)


_ACRONYM = re.compile(r"[A-Z][A-Z]{1,4}[A-Z]|[A-Z][a-z][A-Z]")
"""Of initials, those of little words in small letters: `NLP`, `ToT`."""


def _kin(one: str, other: str) -> bool:
    """True for `America` and `American`, `England` and `English`: one root, and little behind it."""
    if len(one) < 5 or len(other) < 4 or one[0] != other[0]:
        return False
    shared = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= 4 and shared >= max(len(one), len(other)) - 3 and shared >= min(len(one), len(other)) - 2


_LETTERS_DIGITS = re.compile(r"([a-z]+)-?(\d+)")


def _abbreviates(short: str, long: str) -> bool:
    """True for `IL-2` and `interleukin-2`: the same digits, and the letters of one in order within the other."""
    one, other = _LETTERS_DIGITS.fullmatch(short), _LETTERS_DIGITS.fullmatch(long)
    return bool(one and other and one[2] == other[2] and _in_order(one[1], other[1]))


def _in_order(letters: str, text: str) -> bool:
    """True where the letters occur in the text in this order, the first of them first."""
    rest = iter(text)
    return bool(text) and text[0] == letters[0] and all(letter in rest for letter in letters)


@lru_cache(maxsize=1024)
def named_in(texts: tuple[str, ...]) -> Named:
    """Gather what stands in some texts."""
    words: set[str] = set()
    initials: list[str] = []
    for text in texts:
        for match in _TOKEN.finditer(text):
            words |= _keys_and_parts(match[0])
        initials.append("".join(word.lower[0] for word in words_of(text)))
        initials.append("".join(word.lower[0] for word in words_of(text) if word.lower not in UNTOLD))
    numbered = frozenset(word for word in words if any(each.isdigit() for each in word))
    return Named(frozenset(words), numbered, " ".join(initials), " ".join(texts).lower())


@lru_cache(maxsize=65536)
def _keys_and_parts(word: str) -> frozenset[str]:
    return frozenset(part for form in keys_of(word) for part in (form, *form.split()))


def name_faults(claim: str, quotes: Sequence[str], sources: Sequence[str] = ()) -> list[Fault]:
    """The claim's names that do not stand in the quotes; a person may be called by family name alone."""
    here, there = named_in(tuple(quotes)), named_in((*quotes, *sources))
    names = names_of(claim)
    absent = {name: missing for name in names if (missing := _missing(name, here, there))}
    faults = []
    for name, missing in absent.items():
        glossed = _glossed(claim, name)
        if not glossed and (len(missing) * 2 > len(name.parts) or name.parts[-1] in missing or _renamed(name, quotes)):
            faults.append(Fault("name", name.text))
    return faults


def _renamed(name: Name, quotes: Sequence[str]) -> bool:
    """True where the quotes give the bearer of the last part another first name."""
    theirs = [other.parts for quote in quotes for other in names_of(quote) if name.parts[-1] in other.parts[1:]]
    first = {part for parts in theirs for part in parts}
    return bool(theirs) and not first & set(name.parts[:-1])


def _missing(name: Name, quotes: Named, all_of_it: Named) -> list[str]:
    """Parts that stand nowhere; a month must stand in the quotes."""
    numeral = len(name.parts) > 1
    return [
        part
        for part in name.parts
        if not (quotes if part.lower() in MONTHS else all_of_it).has(part) and not (numeral and _ROMAN.match(part))
    ]


_IN_BRACKETS = re.compile(r"\s?\(([^()\s]{2,9})\)")


def _glossed(claim: str, name: Name) -> bool:
    """True for an acronym in brackets behind what it stands for, and for what stands before its own acronym."""
    before = claim[: name.start]
    if before.endswith("(") and claim[name.end : name.end + 1] == ")":
        words = [word.lower for word in words_of(before)][-len(name.text) - 1 :]
        letters = re.sub(r"[^a-z]", "", name.text.lower().removesuffix("s"))
        if not set(re.findall(r"\d+", name.text)) <= set(re.findall(r"\d+", before)):
            return False
        return bool(letters) and any(_in_order(letters, "".join(words[place:])) for place in range(len(words)))
    bracketed = _IN_BRACKETS.match(claim, name.end)
    if bracketed is None:
        return False
    letters = re.sub(r"[^a-z]", "", bracketed[1].lower().removesuffix("s"))
    if set(re.findall(r"\d+", name.text)) != set(re.findall(r"\d+", bracketed[1])):
        return False
    return bool(letters) and _in_order(letters, plain(name.text)) and len(letters) >= len(name.parts)
