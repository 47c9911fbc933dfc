"""Which work a file is that no catalogue knows: key, title, authors, year, identifiers. Knows no storage and no network.

The key is the first author's family name and the year, `vaswani-2017`. The first work with a key keeps it plain; the
next get `vaswani-2017-b`, `vaswani-2017-c`. Where author or year is unknown the file's name tells them, if it reads
`surname-year-words` and the file does not speak against it; otherwise its name is the key.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus.errors import SettingsError
from corpus.works import Author, Identifiers, Work
from ingest.extract.dates import year_of_arxiv
from ingest.extract.front_matter import FrontMatter
from ingest.extract.headings import is_matter
from ingest.extract.names import SUFFIXES, family_and_given
from ingest.extract.own_identifiers import own_identifiers
from ingest.extract.written_front import written_front

if TYPE_CHECKING:
    from collections.abc import Collection

    from ingest.extract.extraction import Extraction

LONGEST_KEY = 60
"""Characters of a key made from a file's name."""
HEAD = 3000
"""Characters of the first page in which a surname from the file's name must stand."""

_KEY = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NAMED = re.compile(r"(?P<family>[^\W\d_]+(?:['’-][^\W\d_]+){0,3}?)[-_ ](?P<year>(?:19|20)\d\d)[a-z]?(?:[-_ ](?P<words>.+))?")
_NO_SURNAMES = (
    "notes report reports talk lecture lectures paper papers draft final slides meeting episode podcast transcript seminar "
    "keynote interview workshop conference review version iclr icml neurips nips aaai acl emnlp cvpr arxiv the annual summary "
    "january february march april may june july august september october november december thesis book chapter article"
)
_NOT_SURNAMES = frozenset(_NO_SURNAMES.split())
_ARXIV_NAME = re.compile(r"(?:arxiv[-_. ]?)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?:[-_ ].*)?", re.I)
_LANGUAGE = re.compile(r"\.[a-z]{2}(?:-[A-Za-z]{2,4})?$")
_YOUTUBE = re.compile(r"(?:youtube\.com/(?:watch\?(?:\S*&)?v=|embed/|shorts/|live/)|youtu\.be/)([\w-]{11})(?![\w-])")
_YOUTUBE_NAME = re.compile(r"\[([\w-]{11})\]$")
_SOURCE_LINE = re.compile(r"^\W*(?:note|source|url|video|link|youtube)\b.*", re.I | re.M)
_NUMBER_AHEAD = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+)\.?\s")
_GENERAL_HEADING = re.compile(r"\W*(?:abstract|introduction|contents|summary|overview|background|page \d+)\W*", re.I)
_UNACCENTED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"}
)
"""Letters that Unicode does not take apart."""


@dataclass(frozen=True, slots=True)
class _Name:
    """What a file's name says of the work."""

    stem: str
    family: str | None = None
    """Surname as the file writes it, or as its name does."""
    year: int | None = None
    words: str = ""
    """What follows the year."""


def identify(extraction: Extraction, name: str, *, taken: Collection[str], key: str | None = None) -> Work:
    """Make a work of the file `name`; its key is none of `taken`, unless `key` names one.

    Raises `SettingsError` for a `key` that is none.
    """
    if key is not None and not _KEY.fullmatch(key):
        raise SettingsError(
            f"`{key}` cannot be a work's key.", remedy="Use letters, digits and single hyphens, as in vaswani-2017.", key=key
        )
    front = _front(extraction)
    identifiers = _identifiers(extraction, name)
    authors = tuple(Author(*family_and_given(full)) for full in front.authors)
    year = front.year or (year_of_arxiv([f"arXiv:{identifiers.arxiv}"]) if identifiers.arxiv else None)
    named = _named(extraction, name)
    if named.family and not authors:
        authors = (Author(named.family),)
    if year is None and authors and named.family and _slug(named.family) == _slug(authors[0].family):
        year = named.year
    title = _title(extraction, front, named)
    return Work(key or _free(_plain_key(authors, year, named), taken), title, authors, year, identifiers=identifiers)


def _front(extraction: Extraction) -> FrontMatter:
    """Title, authors and year that the file itself gives; a PDF's were read by its layout."""
    if not extraction.pages or extraction.pages[0].boxes is not None or extraction.timed:
        return FrontMatter(extraction.title, extraction.authors, extraction.year)
    written = written_front(extraction.pages[0].text)
    stated = extraction.title if extraction.title and not _is_file_name(extraction.title) else None
    title = stated or written.title
    return FrontMatter(title, extraction.authors or written.authors, extraction.year or written.year)


def _is_file_name(title: str) -> bool:
    return " " not in title.strip() and ("_" in title or "." in title)


def _is_transcript(extraction: Extraction) -> bool:
    return extraction.timed or any(page.part is not None for page in extraction.pages)


def _stem(name: str) -> str:
    return _LANGUAGE.sub("", PurePath(name).stem) or PurePath(name).stem


def _named(extraction: Extraction, name: str) -> _Name:
    """Surname and year of the file's name, where it has them and the file does not speak against it."""
    stem = unicodedata.normalize("NFC", _YOUTUBE_NAME.sub("", _stem(name)).strip(" -_."))
    found = _NAMED.fullmatch(stem)
    if not found or found["family"].lower() in _NOT_SURNAMES:
        return _Name(stem)
    printed = _printed_as(found["family"], extraction)
    if printed is None and not _is_transcript(extraction):
        return _Name(stem)
    family = printed or " ".join(part.capitalize() if part.islower() else part for part in found["family"].split("-"))
    return _Name(stem, family, int(found["year"]), found["words"] or "")


def _printed_as(family: str, extraction: Extraction) -> str | None:
    """The surname as the head of the first page writes it, with a capital in it."""
    text = unicodedata.normalize("NFC", extraction.pages[0].text[:HEAD]) if extraction.pages else ""
    parts = _slug(family).split("-")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    for place in range(len(words)):
        for size in range(1, len(parts) + 1):
            written = " ".join(words[place : place + size])
            if _slug(written) == "-".join(parts) and not written.islower():
                return written
    return None


def _title(extraction: Extraction, front: FrontMatter, named: _Name) -> str:
    """Its own title, else its first heading that is one, else the file's name in words."""
    if front.title:
        return front.title
    headings = (
        line.span.of(page.text).strip(" #*")
        for page, lines in zip(extraction.pages, extraction.lines, strict=True)
        for line in lines
        if line.kind == "heading"
    )
    first = next((text for text in headings if not _GENERAL_HEADING.fullmatch(text) and not is_matter(text)), None)
    if first and not _NUMBER_AHEAD.match(first) and not _is_file_name(first):
        return " ".join(first.split())
    words = " ".join(re.split(r"[-_\s]+", named.words or named.stem)).strip() or "Untitled"
    return words[0].upper() + words[1:]


def _identifiers(extraction: Extraction, name: str) -> Identifiers:
    own = own_identifiers(extraction.identifiers, extraction.pages[0].text if extraction.pages else "")
    arxiv = next((found.removeprefix("arXiv:") for found in own if found.startswith("arXiv:")), None)
    if arxiv is None and (in_name := _ARXIV_NAME.fullmatch(_stem(name))):
        arxiv = in_name[1]
    doi = next((found for found in own if found.startswith("10.")), None)
    if arxiv is None and doi and (minted := re.fullmatch(r"10\.48550/arXiv\.(.+)", doi, re.I)):
        arxiv, doi = minted[1], None
    return Identifiers(arxiv=re.sub(r"v\d+$", "", arxiv) if arxiv else None, doi=doi, youtube=_youtube(extraction, name))


def _youtube(extraction: Extraction, name: str) -> str | None:
    """The video of a transcript: in its file's name, among what it states, or on a line that names its source."""
    in_name = _YOUTUBE_NAME.search(_stem(name))
    if in_name and not in_name[1].islower() and not in_name[1].isupper():  # `[translation]` is none
        return in_name[1]
    printed = extraction.pages[0].boxes is not None if extraction.pages else True
    lines = [] if printed else [found[0] for found in _SOURCE_LINE.finditer(extraction.pages[0].text[:HEAD])]
    found = (_YOUTUBE.search(words) for words in (*extraction.identifiers, *lines))
    return next((match[1] for match in found if match), None)


def _plain_key(authors: tuple[Author, ...], year: int | None, named: _Name) -> str:
    family = _slug(" ".join(word for word in authors[0].family.split() if word.lower() not in SUFFIXES)) if authors else ""
    return f"{family}-{year}" if family and year else _slug(named.stem)[:LONGEST_KEY].strip("-") or "work"


def _slug(text: str) -> str:
    """ASCII, lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNACCENTED)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")


def _free(key: str, taken: Collection[str]) -> str:
    """The key, or the first of `key-b`, `key-c`, … `key-z`, `key-27`, … that is not taken."""
    if key not in taken:
        return key
    endings = (string.ascii_lowercase[number - 1] if number <= 26 else str(number) for number in count(2))
    return next(f"{key}-{ending}" for ending in endings if f"{key}-{ending}" not in taken)
