"""Authors as lists of references write them: `LeCun, Y., & Ha, D.`, `Y. LeCun and D. Ha`, `Ha D, LeCun Y`. Knows no reference."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.works import Author
from ingest.extract.names import CAPITAL_PARTICLES, PARTICLES, family_and_given, is_name

_OTHERS = re.compile(r"[,;]?\s*(?:\.\.\.|…|\bet\.? al\b\.?|\band others\b|\bu\. a\.)\s*(?:[,;]|&|\band\b)?\s*", re.I)
_GOES_ON = re.compile(r"\bet\.? al\b\.?[\s,;:&]*(?!(?:and|eds?)\b)\w", re.I)
"""What stands behind `et al.` is no name."""
_INITIALS = r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}"
_FAMILY = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|ter|ten|bin|ibn|Van|Von|De|Di|Le|La|Du|El|"
    r"Al)\s+){0,3}[A-ZÀ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*(?:\s(?:Jr\.?|Sr\.?|I{2,3}))?"
)
_INVERTED = re.compile(rf"(?P<family>{_FAMILY}(?:\s{_FAMILY})?),\s*(?P<given>{_INITIALS})(?=[\s,;&]|$|and\b)")
_BEHIND = re.compile(rf"(?P<family>{_FAMILY}(?:\s{_FAMILY})?)\s+(?P<given>[A-ZÀ-Þ]{{1,3}})\.?")
_AHEAD = re.compile(
    rf"(?P<given>(?:[A-ZÀ-Þ](?:\.[\s-]?|\s)){{1,4}}(?:\s?[A-ZÀ-Þ][a-zà-þ]+\.?)?)\s?(?P<family>{_FAMILY}(?:\s{_FAMILY})?)"
)
_PARTING = re.compile(r"\s*(?:,\s*(?:and\b|&)|;\s*(?:and\b|&)?|\band\b|&|,)\s*")
_ROLE = re.compile(r"\s*\((?:eds?\.?|editors?|hrsg\.?|trans\.?)\)|,?\s*\beds?\.$", re.I)
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]\w*|[A-Z]\w*[a-z][A-Z]\w*")
"""`OpenAI`, `DeepMind`: no person's name, and no title's."""
_GROUP = re.compile(r"[A-ZÀ-Þ0-9][\w.&’'-]*(?:\s(?:(?:of|for|the|and|on)\s)?[A-ZÀ-Þ0-9][\w.&’'-]*){0,5}")


def read_authors(text: str, *, groups: bool = False) -> tuple[Author, ...] | None:
    """The authors of a stretch of text; None where it is not a list of authors and nothing else.

    With `groups`, a lone name of an organisation counts too.
    """
    if _GOES_ON.search(text):
        return None
    text = _ROLE.sub("", _OTHERS.sub(", ", " ".join(text.split()))).strip(" ,;:&")
    text = re.sub(r"^by\s+", "", text, flags=re.I).removesuffix(" and").strip()
    if not text or re.search(r"[\d\"“”?!:]", text.replace("’", "")) or len(text) > 6000:
        return None
    found = _inverted(text) or _parted(text)
    if found is not None:
        return found
    if groups and (families := re.fullmatch(rf"({_FAMILY})(?:,? (?:and|&) ({_FAMILY}))", text)):
        return Author(families[1]), Author(families[2])
    return (Author(text),) if _CAMEL.fullmatch(text) or (groups and _GROUP.fullmatch(text)) else None


def _inverted(text: str) -> tuple[Author, ...] | None:
    """`LeCun, Y., & Ha, D.`: a comma inside each name."""
    found: list[Author] = []
    place, parted = 0, ""
    while place < len(text):
        match = _INVERTED.match(text, place)
        if match is None:
            break
        found.append(Author(match["family"], _given(match["given"])))
        place = match.end()
        parting = re.match(r"\s*[,;]?\s*(?:and\b|&)?\s*", text[place:])
        parted = parting[0].strip() if parting else ""
        place += parting.end() if parting else 0
    if not found:
        return None
    rest = text[place:].strip(" .,")
    if not rest:
        return tuple(found)
    others = _parted(rest) if parted else None  # `LeCun, Y. and David Ha`, not `LeCun, Y. World Models`
    return (*found, *others) if others else None


def _parted(text: str) -> tuple[Author, ...] | None:
    """`Y. LeCun and David Ha`, `Ha D, LeCun Y`; and `LeCun, Yann, and David Ha`, whose first name alone is inverted."""
    pieces = [piece.strip() for piece in re.split(r"\s*;\s*", text)] if ";" in text else [*_PARTING.split(text)]
    pieces = [piece.strip(" .") if not re.search(r"\b[A-Z]\.$", piece) else piece for piece in pieces if piece.strip(" .")]
    if not pieces:
        return None
    first = re.match(
        rf"({_FAMILY}), ([A-ZÀ-Þ][^\W\d_]+(?:[\s-](?:[A-ZÀ-Þ][^\W\d_]*\.?))*)(?=$|,? (?:and|&)|, [A-ZÀ-Þ]\S* )", text
    )
    if first and len(pieces) >= 2 and pieces[0] == first[1] and " " not in pieces[0].strip():
        rest = [_one(piece) for piece in pieces[2:]]
        whole = [author for author in rest if author is not None]
        return (Author(first[1], first[2]), *whole) if len(whole) == len(rest) else None
    found = [_one(piece) for piece in pieces]
    names = [author for author in found if author is not None]
    return tuple(names) if len(names) == len(found) else None


@lru_cache(4096)
def _one(piece: str) -> Author | None:
    """One person's name."""
    if re.search(r"[^\W\d_]{3,}\.", piece):  # a sentence ended there
        return None
    if "," in piece and (inverted := re.fullmatch(r"([^,]+),\s*([^,]+)", piece)) and is_name(f"{inverted[2]} {inverted[1]}"):
        return Author(inverted[1], inverted[2])
    if found := _BEHIND.fullmatch(piece):
        return Author(found["family"], " ".join(f"{letter}." for letter in found["given"]))
    if found := _AHEAD.fullmatch(piece):
        return Author(found["family"], _given(found["given"]))
    if is_name(piece) and not piece.isupper():
        return Author(*family_and_given(piece))
    words = piece.split()
    if len(words) == 2 and words[0].lower() in PARTICLES | {word.lower() for word in CAPITAL_PARTICLES}:
        return Author(piece)
    return None


def _given(initials: str) -> str:
    """`Y.` and `P. F.`, however they were written."""
    initials = initials.strip()
    if re.fullmatch(r"(?:[A-ZÀ-Þ]\.?[\s-]?)+", initials):
        return " ".join(f"{letter}." for letter in re.findall(r"[A-ZÀ-Þ]", initials)) if "-" not in initials else initials
    return initials
