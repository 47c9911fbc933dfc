"""Names of persons in a line of authors. Knows no page, no layout and no registry of names.

Better no author than an affiliation: `Google Brain` looks like a name, so a word that belongs to institutions, places
or the press of a paper makes its piece none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LOWER = "van von vom der den de del della di da dos das du la le el al bin ibn ben ter ten te zu zur af av y"
_CAPITAL = "Van Von De Del Della Dos El Ter Ten"
_BEHIND = "jr jr. sr sr. ii iii iv"
PARTICLES = frozenset(_LOWER.split())
"""What belongs to a family name though it begins in lower case."""
CAPITAL_PARTICLES = frozenset(_CAPITAL.split())
"""Particles that are rarely a given name, so that they belong to the family name in capitals, too."""
SUFFIXES = frozenset(_BEHIND.split())

_ORGANISATIONS = (
    "university universität université universiteit universidad universidade universita università institute institut "
    "institution instituto school college polytechnic technion department dept faculty laboratory laboratories lab labs "
    "research center centre group team inc corp corporation ltd llc gmbh company academy academia hospital foundation "
    "council agency division program programme unit office association google deepmind openai microsoft meta facebook "
    "anthropic amazon apple nvidia intel huawei alibaba tencent baidu bytedance samsung adobe salesforce inria kaist "
    "brain nnaisense cohere eleutherai stanford harvard princeton cambridge oxford berkeley caltech cornell tsinghua"
)
_ACRONYMS = "AI MIT ETH EPFL CNRS CSAIL UCL NYU CMU IBM FAIR IEEE ACM USA UK UC IDSIA ML NLP"
_PLACES = "germany france japan korea switzerland singapore australia netherlands kingdom states"
_FIELDS = (
    "science sciences engineering mathematics mathematical physics computing computer informatics statistics "
    "technology technologies intelligence learning systems society linguistics neuroscience psychology philosophy medicine"
)
_PRESS = (
    "journal proceedings conference workshop preprint draft version abstract introduction keywords contents review "
    "equal contribution contributions contributed corresponding correspondence author authors editor edited published "
    "publication accepted received revised copyright rights reserved report paper article invited original survey tutorial "
    "thesis manuscript supplementary material anonymous student member senior pages figure table lecture notes"
)
_NO_NAMES = "the of for and with from is are by at as under our we this via using not your how why what"
_INSTITUTIONAL = frozenset(f"{_ORGANISATIONS} {_PLACES} {_FIELDS}".split())
_NEVER = frozenset(f"{_PRESS} {_NO_NAMES}".split())
_IN_CAPITALS = frozenset(_ACRONYMS.split())
"""Institutions only where they are written in capitals: `Ai` is a name."""
_TWO_WORDS = (
    "new york|san francisco|san diego|san jose|los angeles|palo alto|mountain view|menlo park|hong kong|new haven|"
    "ann arbor|santa barbara|santa clara|tel aviv|la jolla|st louis|redwood city|new delhi|sao paulo|salt lake"
)
_CITIES = frozenset(_TWO_WORDS.split("|"))
_LANDS = (
    "usa|u.s.a|uk|united kingdom|united states|canada|mexico|brazil|china|p.r. china|india|japan|korea|south korea|taiwan|"
    "singapore|australia|israel|germany|france|italy|spain|portugal|austria|switzerland|belgium|netherlands|the netherlands|"
    "denmark|sweden|norway|finland|poland|czech republic|greece|turkey|ireland|russia|iran|south africa"
)
_COUNTRIES = frozenset(_LANDS.split("|"))

_MARK = r"[\d*∗⋆★†‡§¶‖#♠♣♢♡♦♥✉✝✩]|\(\d\)|\[\d\]"
_MARKS = re.compile(rf"(?:{_MARK})(?:[\s,]*(?:{_MARK}))*")
_ORDINAL = re.compile(r"\b\d{1,2}(?:(?:st|nd|rd|th)\b|∗∗(?=\s))\s*", re.I)
_ADDRESS = re.compile(r"\{[^{}]*\}\s*@\s*\S+|[^\s,;{}]+\s?@\s?\S+|(?:https?://|www\.)\S+|\S+\.(?:edu|com|org)\b\S*", re.I)
_PARTING = re.compile(r"\s*(?:[\t|,;&·•/]|\b(?:and|AND|und|et)\b)\s*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TITLE_AHEAD = re.compile(r"^(?:(?:by|written by|authors?:|(?:dr|prof|professor|mr|mrs|ms|sir)\b\.?)\s+)+", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’‘-][^\W\d_]+)*\.?(?:-?[^\W\d_]\.)*")
_PLAIN_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of the lines under a title, read for names."""

    names: tuple[str, ...]
    """Full names as printed, marks off."""
    affiliation: bool
    """True where an institution, a place or a field of study stands in it."""
    address: bool
    """True where an e-mail or web address stands in it."""
    marked: bool
    """True where a footnote mark, a comma or an `and` shows that it is a list of authors, not a lone line."""


def read_names(text: str) -> Reading:
    """Read one stretch of text, wide gaps in it given as tabs, for names of persons."""
    bare = _BRACKETS.sub(" ", _ADDRESS.sub("\t", text.replace("\u00a0", " ")))
    bare = _ORDINAL.sub("\t", bare)
    legend = _MARKS.match(bare.strip()) is not None  # a mark ahead explains a footnote or names an affiliation
    parted = _MARKS.sub("\t", bare)
    pieces = _parted(bare)
    places = [place for place, piece in enumerate(pieces) if _is_institution(piece)]
    # `Lantern Works, Canada`: what stands before a country is an address.
    places += [max(1, place - 1) for place, piece in enumerate(pieces) if piece.lower() in _COUNTRIES]
    ahead = pieces[: min(places)] if places else pieces
    marked = len(list(_PARTING.finditer(parted.strip()))) > 0
    found = [] if legend else [piece for piece in ahead if is_name(_tidied(piece))]
    if found and found[0].isupper():  # a press that sets names in capitals does not set institutions so
        found = [piece for piece in found if piece.isupper()]
    names = tuple(map(_tidied, found))
    return Reading(names, bool(places) or legend, _ADDRESS.search(text) is not None, marked or parted != bare)


def is_name(piece: str) -> bool:
    """True where a piece has the form of one person's full name and no word of institutions."""
    words = [word for word in piece.split() if word.lower() not in SUFFIXES]
    plain = [word.lower() for word in _PLAIN_WORDS.findall(piece)]
    if not 2 <= len(words) <= 6 or not all(_WORD.fullmatch(word) for word in words):
        return False
    if set(plain) & _NEVER or _is_institution(piece):
        return False
    proper = [word for word in words if word not in PARTICLES]
    if len(proper) < 2 or any(not word[0].isupper() for word in proper):
        return False
    return len(words[-1]) > 1 and "." not in words[-1]


def mended(above: str, below: str) -> tuple[str, str]:
    """Two lines of a list of authors; a name that is broken between them is put whole on the first."""
    pieces, rest = _parted(above), _parted(below)
    last, first = pieces[-1], rest[0]
    whole = f"{last} {first}"
    halves = last and first and len(first.split()) == 1 and is_name(_tidied(whole))
    if len(pieces) < 2 or not halves or not (len(last.split()) == 1 or any(map(is_name, rest[1:]))):
        return above, below
    place = below.index(first) + len(first)
    behind = _MARKS.match(below, place)
    return f"{above.rstrip()} {below[:place].strip()}", below[behind.end() if behind else place :]


def family_and_given(name: str) -> tuple[str, str]:
    """Family name with its particles (`van den Oord`, `El Showk`), and the given names."""
    words = name.split()
    last = len(words) - 1
    while last > 1 and words[last].lower() in SUFFIXES:
        last -= 1
    first = last
    while first > 1 and words[first - 1] in PARTICLES | CAPITAL_PARTICLES:
        first -= 1
    return " ".join(words[first:]), " ".join(words[:first])


def _is_institution(piece: str) -> bool:
    words = set(_PLAIN_WORDS.findall(piece))
    acronym = bool(words & _IN_CAPITALS) and not piece.isupper()
    return acronym or bool({word.lower() for word in words} & _INSTITUTIONAL) or piece.lower() in _CITIES


def _parted(text: str) -> list[str]:
    """Pieces between commas, marks, wide gaps and the word `and`."""
    return [_TITLE_AHEAD.sub("", piece.strip(" .:-–—'’")) for piece in _PARTING.split(_MARKS.sub("\t", text))]


def _tidied(piece: str) -> str:
    """White space folded, and a name in capitals in ordinary case, as running text names it."""
    piece = " ".join(piece.split())
    if not piece.isupper():
        return piece
    return re.sub(r"(?i)(?=[^\W\d_]*[aeiouyàáâäãåèéêëìíîïòóôöõøùúûüý])[^\W\d_]{2,}", lambda word: word[0].capitalize(), piece)
