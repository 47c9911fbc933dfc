"""Words, stems and sentences of a short text. Knows no claim and no quote."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:et al|e\.g|i\.e|cf|vs|Fig|Eq|Sec|Dr|Mr|Mrs|Ms|Prof|St|No|Inc|approx)|\b[A-Z])\.$")

UNTOLD = frozenset(
    "a about after again all also although am an and any are as at be because been before being between both but by "
    "can could did do does doing during each either even ever every few for from further had has have having he her "
    "here hers him his how i if in into is it its itself just like many may me might more most much must my neither "
    "no nor not of off on once one only onto or other our out over own per quite rather same she should since so some "
    "such than that the their them then there these they this those through thus to too toward towards under until up "
    "upon us very was we well were what when where whether which while who whom whose why will with within without "
    "would yet you your".split()
)
"""Words that carry no matter of their own."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def stem(self) -> str:
        """What its inflections share."""
        return stem(self.text)

    @property
    def telling(self) -> bool:
        """True where it carries matter."""
        return len(self.text) > 1 and self.lower not in UNTOLD and "n't" not in self.lower


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; a hyphen parts two."""
    return tuple(Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    found: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text, max(0, match.start() - 10), match.start()):
            continue
        found.append(text[start : match.start()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if any(character.isalnum() for character in sentence))


def plain(text: str) -> str:
    """Lower case, accents off."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each))


_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("isation", "iz"), ("ization", "iz"), ("ational", "at"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "iv"), ("ically", "ic"), ("ation", "at"), ("ments", ""), ("ment", ""),
    ("ness", ""), ("ical", "ic"), ("ally", "al"), ("ion", ""), ("ity", ""),
    ("ive", ""), ("ise", "iz"), ("ize", "iz"), ("ing", ""), ("ed", ""),
    ("ly", ""), ("er", ""), ("al", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem: plurals, verb endings and the commonest suffixes off, British spelling as American."""
    text = re.sub(r"['’]s?$", "", plain(word)).replace("our", "or")
    if len(text) <= 3 or any(character.isdigit() for character in text):
        return text
    if text.endswith("ies"):
        text = text[:-3] + "y"
    elif text.endswith(("sses", "shes", "ches", "xes")):
        text = text[:-2]
    elif text.endswith("s") and not text.endswith(("ss", "us", "is")):
        text = text[:-1]
    for _ in range(2):
        for ending, instead in _ENDINGS:
            kept = text[: -len(ending)]
            if text.endswith(ending) and len(kept) >= 3 and _VOWEL.search(kept):
                text = kept + instead
                break
    if len(text) > 3 and text[-1] == text[-2] and text[-1] not in "lsz":
        text = text[:-1]
    return text[:-1] + "i" if text.endswith("y") else text


def around(text: str, start: int) -> str:
    """A few words from a place on."""
    return " ".join(text[start:].split()[:4]).rstrip(" ,;:.")


def short(text: str) -> str:
    """A text's first words."""
    words = text.split()
    return " ".join(words[:8]).rstrip(" ,;:.") + ("…" if len(words) > 8 else "")
