"""What one reference states, in the styles that people use. Knows no catalogue, no network and no essay.

    APA          LeCun, Y. (2022). A path towards autonomous machine intelligence. Open Review, 62(1), 1-62.
    quoted       D. Ha and J. Schmidhuber, "World models," arXiv, 2018.        (IEEE, MLA, Chicago)
    dated        David Ha and Jürgen Schmidhuber. 2018. World models. arXiv.   (ACL)
    talk         World Models - David Ha | Some Workshop
    parted       Ha, D., Schmidhuber, J.: World models. arXiv (2018)           (Springer, NeurIPS, Vancouver)
    title first  World Models. David Ha, Jürgen Schmidhuber. 2018.
    italics      David Ha, *World Models* (Press, 2018), 45–67.                (Chicago's notes)
    linked       [World Models](https://…), David Ha and Jürgen Schmidhuber, 2018

A style is only believed where what stands in the place of the authors reads as names and nothing else. So a reference in
none of these styles gives nothing, rather than a wrong title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus.text import loose
from ingest.essay.addresses import URL, without_addresses
from ingest.essay.persons import read_authors

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.works import Author
    from ingest.essay.entries import Entry

LONGEST_TITLE, LONGEST_REFERENCE = 300, 8000
MOST_PLACES, FEW_PLACES = 600, 12
"""At how many full stops or commas the authors, and at how many the title or a lone name, may end."""

_YEAR = r"(?P<year>(?:19|20)\d\d)(?P<letter>[a-z])?"
_TITLE = r"(?P<title>.+?(?:[?!](?=\s|$)|(?<!\bvs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])(?=\.(?:\s|$))|$))"
_REST = r"\.?\s*(?P<rest>.*)"
_APA = re.compile(rf"(?P<authors>.{{2,6000}}?)[.,]?\s*[(\[]{_YEAR}(?:,[^)\]]*)?[)\]][.,:]?\s+{_TITLE}{_REST}")
_DATED = re.compile(rf"(?P<authors>.{{2,6000}}?)[.,]?\s+{_YEAR}[.:]\s+{_TITLE}{_REST}")
_QUOTED = re.compile(
    r"(?P<authors>.{0,6000}?)[.,:;]?\s*(?:[(\[]?(?P<early>(?:19|"
    r"20)\d\d)(?P<letter>[a-z])?[)\]]?[.,:]?\s*)?[\"“](?P<title>[^\"“”]{3,300})[\"”][.,]?\s*(?P<rest>.*)"
)
_TALK = re.compile(r"(?P<title>.{3,200}?)\s+[-–—|]\s+(?P<authors>[^|–—]{3,80}?)(?:\s*[|–—,(]\s*(?P<rest>.*))?")
_COLON = re.compile(rf"(?P<authors>.{{3,6000}}?):\s+{_TITLE}{_REST}")
_ANY_YEAR = re.compile(r"(?<![\d.:/-])((?:19|20)\d\d)(?:[a-z])?(?![\d:/])(?!-\d{4})")
_GENERIC = re.compile(
    r"(?:here|link|paper|pdf|html|arxiv|doi|code|blog|post|blog post|video|talk|slides|website|source|original|article|this|url|"
    r"(?:this|the|their|his|her|our|a) (?:\w+ )?(?:paper|work|article|post|talk|essay|report|study|video|book)s?|et "
    r"al\.?|arxiv preprint|online|web)",
    re.I,
)
_GIVEN_AND_INITIAL = re.compile(r"(?:^|,|\band\b|&)\s*[A-ZÀ-Þ][a-zà-þ]{2,} (?:[A-ZÀ-Þ]\. )*[A-ZÀ-Þ]$")
_FAMILY_ALONE = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[-’'][^\W\d_]+)?(?:\.\s|,\s)")
_IN = re.compile(r"^(?:in:?|presented at|proc\. of|preprint at|published in)(?:\s+|$)", re.I)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a reference says of a work."""

    title: str
    authors: tuple[Author, ...] = ()
    year: int | None = None
    letter: str = ""
    """`a` of `2018a`, which tells works of one year apart in marks."""
    venue: str | None = None
    kind: str = "misc"


def read_reference(entry: Entry) -> Stated | None:
    """What the reference states; None where it is in no style that is known."""
    text = _plain(entry.text)
    for style in (_linked(entry), _italic(entry), *(_by(style, text) for style in _STYLES)):
        if style is not None and is_title(style.title):
            return style
    return None


def is_title(text: str) -> bool:
    """True for what can be a title: words of its own, not `here` or `this paper`, and no address."""
    letters = sum(map(str.isalpha, text))
    if len(re.findall(r"\b[A-ZÀ-Þ]\.", text)) > 2:  # a list of names that broke off
        return False
    return letters > 2 and len(text) <= LONGEST_TITLE and not _GENERIC.fullmatch(text.strip(" .")) and not URL.search(text)


def _plain(text: str) -> str:
    text = re.sub(r"^(?:see|compare|cf\.?|also|e\.g\.)(?: also)?[,:]?\s+(?!also\b)", "", text, flags=re.I)
    text = without_addresses(re.sub(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text))
    return re.sub(r"[‘’](?=[^‘’]{3,}[‘’])|''", '"', text) if '"' not in text and "“" not in text and "''" in text else text


def _by(style: Callable[[str], Stated | None], text: str) -> Stated | None:
    return style(text) if len(text) < LONGEST_REFERENCE else None


def _linked(entry: Entry) -> Stated | None:
    """The title is the text of the link; the rest names the authors, and perhaps the year."""
    for link in entry.links:
        title = link.text.strip(' .,“”"*_')
        if len(title.split()) < 2 or not is_title(title) or title not in entry.text or len(title) > 0.8 * len(entry.text) + 10:
            continue
        if read_authors(_without_year(title)) is not None or _APA.fullmatch(title):
            continue
        ahead, _, behind = (without_addresses(part) for part in entry.text.partition(title))
        year = _year(f"{ahead} {behind}")
        for part in (ahead, *_segments(behind)):
            authors = read_authors(_without_year(part).strip(' .,:;—–-"“”()'), groups=True) if part else None
            if authors:
                return Stated(title, authors, year)
        if not ahead.strip(' .,"“') or year:
            return Stated(title, (), year)
    return None


def _italic(entry: Entry) -> Stated | None:
    """The title is in italics, right behind the authors; where more than these is ahead of it, it names a journal."""
    text = _plain(entry.text)
    for words in entry.emphasised:
        ahead, title, behind = text.partition(words)
        authors = read_authors(_without_year(ahead.strip(" .,:;(")))
        if title and authors and is_title(title) and read_authors(title) is None:
            year = _year(behind) or _year(ahead)
            return Stated(title.strip(' .,:;"“”'), authors, year, venue=_venue(behind), kind=_kind(behind.strip(" .,")))
    return None


def _apa(text: str) -> Stated | None:
    found = _APA.fullmatch(text)
    authors = read_authors(found["authors"], groups=True) if found else None
    return _stated(found, authors) if found and authors else None


def _dated(text: str) -> Stated | None:
    found = _DATED.fullmatch(text)
    authors = read_authors(found["authors"], groups=True) if found else None
    return _stated(found, authors) if found and authors else None


def _quoted(text: str) -> Stated | None:
    found = _QUOTED.fullmatch(text)
    if found is None:
        return None
    ahead = found["authors"].strip(" .,:;")
    authors = read_authors(_without_year(ahead), groups=True) if ahead else ()
    if not ahead:  # “World models,” by David Ha
        authors = next((names for part in _segments(found["rest"]) if (names := read_authors(_without_year(part)))), ())
    if authors is None:
        return None
    year = int(found["early"]) if found["early"] else _year(found["rest"]) or _year(ahead)
    title = found["title"].strip(" ,.")
    rest = found["rest"]
    return Stated(title, authors, year, found["letter"] or "", _venue(rest), _kind(rest)) if authors or year else None


def _talk(text: str) -> Stated | None:
    found = _TALK.fullmatch(text)
    if found is None:
        return None
    title, named, rest = found["title"], found["authors"], found["rest"] or ""
    authors = read_authors(_without_year(named))
    if authors is None and (authors := read_authors(_without_year(title))):
        title = named
    return Stated(title.strip(' ."“”'), authors, _year(f"{named} {rest}"), venue=_venue(rest)) if authors else None


def _parted(text: str) -> Stated | None:
    """Authors, then the title, parted by a colon, a full stop or a comma."""
    if (found := _COLON.fullmatch(text)) and (authors := read_authors(found["authors"])):
        return _stated(found, authors)
    for end in islice(re.finditer(r"\.\s+(?=[A-ZÀ-Þ0-9\"“(])", text), MOST_PLACES):
        if _GIVEN_AND_INITIAL.search(text[: end.start()]) and _FAMILY_ALONE.match(text, end.end()):
            continue  # `Andrew G. Barto.` is not yet whole
        authors = read_authors(text[: end.start() + 1]) or read_authors(text[: end.start()])
        if authors and (found := re.fullmatch(rf"{_TITLE}{_REST}", text[end.end() :])):
            named = read_authors(found["title"])
            if named is None:
                return _stated(found, authors)
    pieces = text.split(", ")
    for size in range(min(len(pieces) - 1, MOST_PLACES), 0, -1):
        authors = read_authors(", ".join(pieces[:size]))
        title, rest = pieces[size], ", ".join(pieces[size + 1 :])
        if authors and len(title.split()) > 1 and read_authors(title) is None and _year(rest):
            return Stated(title.strip(" ."), authors, _year(rest), venue=_venue(rest), kind=_kind(rest))
    return None


def _title_first(text: str) -> Stated | None:
    if aside := re.fullmatch(r"(?P<title>[^()]{3,200}?)\.?\s*\((?P<aside>[^()]{3,200})\)\.?", text):
        authors = read_authors(_without_year(aside["aside"]), groups=False)
        return Stated(aside["title"], authors, _year(aside["aside"])) if authors else None
    ends = re.finditer(r"(?:(?<=[.?!])|,|\.)\s+(?:by\s+)?(?=[A-ZÀ-Þ])|\s+by\s+(?=[A-ZÀ-Þ])", text)
    for end in islice(ends, FEW_PLACES):
        title, rest = text[: end.start()].strip(" .,"), text[end.end() :]
        if re.search(r"(?:^|[,.]\s)[A-ZÀ-Þ]$|^[A-ZÀ-Þ]\.", title):
            continue  # an initial: these are names
        for part in _segments(rest):
            authors = read_authors(_without_year(part))
            if authors and (_year(rest) or "by" in end[0]) and len(title.split()) > 1:
                return Stated(title, authors, _year(rest))
    return None


_STYLES = (_apa, _quoted, _dated, _talk, _parted, _title_first)


def _stated(found: re.Match[str], authors: tuple[Author, ...]) -> Stated:
    groups = found.groupdict()
    rest = groups.get("rest") or ""
    year = int(groups["year"]) if groups.get("year") else _year(rest)
    title = groups["title"].strip(' .,"“”')
    return Stated(title, authors, year, groups.get("letter") or "", _venue(rest), _kind(rest))


def _segments(text: str) -> list[str]:
    """Stretches of a text between full stops, semicolons and dashes, the year's brackets included, the longest first."""
    text = text.strip(" .,;:—–-")
    ends = [
        end.start()
        for end in re.finditer(r"(?:\.|;|\s[—–|-])(?:\s+|$)|,\s+(?=(?:19|20)\d\d|[a-z]|In\b|arXiv)|\s+\((?=(?:19|20)\d\d)", text)
    ]
    return [text, *(text[:end] for end in reversed(ends[:FEW_PLACES]))] if text else []


def _without_year(text: str) -> str:
    return re.sub(r"[,.]?\s*[(\[]?\b(?:19|20)\d\d[a-z]?\b[)\]]?", "", text).strip(" ,.")


def _year(text: str) -> int | None:
    """The last year in a text: a volume or a page may look like one before it."""
    found = _ANY_YEAR.findall(text)
    return int(found[-1]) if found else None


def _venue(rest: str) -> str | None:
    """The name in front of volume, pages and year."""
    plain = re.sub(r"\b([A-Z][a-z]{0,5})\.\s", "\\1.\u00a0", _IN.sub("", rest.strip(" .,:")))
    name = re.split(
        r",?\s*(?:\bvol\b|\bpp?\b\.|\bno\b\.|\bpages?\b)|[,.;(]\s*(?=[\d(])|,\s|\.[ ]|[ ]\(|[ ](?=(?:19|20)\d\d\b)",
        plain,
        maxsplit=1,
    )[0]
    name = re.sub(r"\s\d{1,4}$", "", name.replace("\u00a0", " ").strip(' .,:;()"“”'))
    return name if 2 < len(name) <= 120 and loose(name) and not re.match(r"\d|version\b|v\d|see\s", name, re.I) else None


def _kind(rest: str) -> str:
    if re.match(r"in:?\s", rest, re.I) or re.match(r"(?:proceedings|advances in neural|international conference)", rest, re.I):
        return "inproceedings"
    return (
        "article"
        if re.search(r"\b(?:journal|transactions|nature|science|review|letters)\b", rest, re.I) and re.search(r"\d", rest)
        else "misc"
    )
