"""References resolved to works: known ones first, by identifier, then by title. Knows no style of reference and no storage.

A reference is a known work where an identifier of both says so; or, where none speaks against it, where

- the titles agree to `TITLE_AGREEMENT` of 100 without case, spaces and signs, and digit for digit,
- and the first authors' family names agree, as far as both are told.

A reference that states a title or bears an identifier, and is none of the known works, is a new work of just what is
stated. Whatever else stands in the list is unresolved: it is listed with the reason, and no work is made of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import fuzz

from corpus.bibliography import read_bibtex
from corpus.errors import CatalogueError, FetchError, Refused
from corpus.text import loose
from corpus.works import Identifiers, Work
from ingest.essay.addresses import identifiers_of
from ingest.essay.mentions import Listed
from ingest.essay.styles import is_title, read_reference
from ingest.extract.dates import year_of_arxiv
from ingest.identity import known_as
from ingest.match import TITLE_AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ingest.essay.entries import Entry
    from ingest.essay.writing import Link

_DATED = re.compile(r"\(?\b\d{4}[a-z]?\)?$")
"""How a mark ends that is linked: `Hale, 2030`."""
_SMALL = frozenset("a an the of on in for and to is it what how why with from by as at".split())


class LookUp(Protocol):
    """A registry of works; raises a `FetchError`."""

    def by_identifier(self, identifiers: Identifiers) -> Work | None:
        """The work that has one of these; None where the registry knows none."""
        ...

    def by_title(self, title: str) -> Sequence[Work]:
        """Works that may have this title."""
        ...


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference of which no work was made."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of an essay's references."""

    listed: tuple[Listed, ...]
    """In the order of the list, then of the text; each work once for each way it is named."""
    new: tuple[Work, ...]
    """Works that nobody knew."""
    unresolved: tuple[Unresolved, ...]
    notes: tuple[str, ...]


class Resolver:
    """Makes works of references, and remembers which it has made."""

    def __init__(self, known: Iterable[Work], look_up: LookUp | None = None) -> None:
        self._known = list(known)
        self._look_up = look_up
        self._listed: list[Listed] = []
        self._new: list[Work] = []
        self._unresolved: list[Unresolved] = []
        self._notes: list[str] = []

    def resolve(self, entries: Iterable[Entry], links: Iterable[Link], *, own_title: str | None = None) -> Resolution:
        """The works of a list of references, and of links in the text to works; the essay itself is none of them."""
        for entry in entries:
            if entry.bibtex:
                self._bibtex(entry, own_title)
            else:
                self._entry(entry)
        for link in links:
            self._link(link)
        return Resolution(tuple(self._listed), tuple(self._new), tuple(self._unresolved), tuple(self._notes))

    def _bibtex(self, entry: Entry, own_title: str | None) -> None:
        try:
            works = read_bibtex(entry.text)
        except CatalogueError as error:
            self._unresolved.append(Unresolved(entry.text.strip().splitlines()[0], error.message))
            return
        for work in works:
            if own_title is None or not alike(work.title, own_title):
                self._add(work, label=work.key, keep_key=True)

    def _entry(self, entry: Entry) -> None:
        """One reference, by what it states and the identifiers in it."""
        identifiers = identifiers_of(entry.text, [link.url for link in entry.links])
        stated = read_reference(entry)
        if stated is not None:
            work = Work("", stated.title, stated.authors, stated.year, stated.kind, stated.venue, identifiers)
            self._add(work, label=entry.label, letter=stated.letter)
        elif registered(identifiers):
            named = next((link.text for link in entry.links if is_title(link.text) and len(link.text.split()) > 1), "")
            self._add(Work("", named, identifiers=identifiers), label=entry.label)
        else:
            bare = "an address without a title" if identifiers.url else "no author, title and identifier can be told apart"
            self._unresolved.append(Unresolved(entry.text, bare))

    def _link(self, link: Link) -> None:
        """A link in the text, where it leads to a work by its identifier."""
        identifiers = identifiers_of("", [link.url])
        if registered(identifiers) and not any(known_as(identifiers, [each.work]) for each in self._listed):
            named = (
                is_title(link.text) and len(link.text.split()) > 1 and link.text[:1].isupper() and not _DATED.search(link.text)
            )
            title = link.text if named else ""
            self._add(Work("", title, identifiers=identifiers), url=link.url)

    def _add(
        self, work: Work, *, label: str | None = None, letter: str = "", url: str | None = None, keep_key: bool = False
    ) -> None:
        """The work, or the known one that it is."""
        if work.year is None and work.identifiers.arxiv:
            work = replace(work, year=year_of_arxiv([f"arXiv:{work.identifiers.arxiv}"]))
        same = find_known(work, [*self._known, *self._new])
        if same is None:
            work = self._looked_up(work)
            same = find_known(work, [*self._known, *self._new])
        if same is None:
            taken = {each.key for each in [*self._known, *self._new]}
            titled = work if work.title else replace(work, title=_name(work.identifiers))
            wanted = work.key if keep_key and re.fullmatch(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", work.key) else key_of(work)
            same = replace(titled, key=free(wanted, taken))
            self._new.append(same)
        # A mark names the work as the essay lists it: with its own year and authors.
        self._listed.append(Listed(_as_cited(same, work), label, letter, url or work.identifiers.url))

    def _looked_up(self, work: Work) -> Work:
        """The work as a registry has it; as it is where there is none, it does not answer, or it knows no such work."""
        if self._look_up is None or (registered(work.identifiers) and work.title and work.authors):
            return work
        try:
            if registered(work.identifiers):
                found = self._look_up.by_identifier(work.identifiers)
            else:
                found = find_known(work, self._look_up.by_title(work.title), identified=False)
        except Refused:
            return work
        except FetchError as error:
            self._notes.append(f"References were not looked up any further: {error.message}")
            self._look_up = None
            return work
        if found is None or not found.title:
            return work
        if work.title and fuzz.partial_ratio(loose(work.title), loose(found.title)) < TITLE_AGREEMENT:
            self._notes.append(f"{work.title}: its identifier is that of “{found.title}”; one of the two is mistaken.")
            return work
        return replace(found, authors=found.authors or work.authors, year=work.year or found.year)


def find_known(work: Work, known: Sequence[Work], *, identified: bool = True) -> Work | None:
    """The one of these works that a reference is; without `identified`, by title and authors only."""
    if identified and (same := known_as(work.identifiers, known)):
        return same
    return next((each for each in known if not _contradict(work, each) and alike(work.title, each.title)), None)


def alike(title: str, other: str) -> bool:
    """True for titles that agree, digit for digit, with or without a subtitle."""
    ours, theirs = loose(title), loose(other)
    if not ours or not theirs or re.findall(r"\d", ours) != re.findall(r"\d", theirs):
        return False
    return fuzz.ratio(ours, theirs) >= TITLE_AGREEMENT


def _contradict(work: Work, known: Work) -> bool:
    """True where identifiers of one kind, or the first authors, are told and differ."""
    ours, theirs = work.identifiers, known.identifiers
    for name in ("arxiv", "doi", "openreview", "youtube"):
        mine, yours = getattr(ours, name), getattr(theirs, name)
        if mine and yours and mine.lower() != yours.lower():
            return True
    if not work.authors or not known.authors:
        return False
    first, other = loose(work.authors[0].family), {loose(author.family) for author in known.authors}
    return first not in other and not any(loose(author.full) == first for author in known.authors)


def registered(identifiers: Identifiers) -> bool:
    """True where a registry knows the work; an address alone is none."""
    return any((identifiers.arxiv, identifiers.doi, identifiers.openreview, identifiers.youtube))


def _as_cited(known: Work, cited: Work) -> Work:
    """The known work, under the names and the year by which the essay's marks may call it."""
    return replace(known, authors=cited.authors or known.authors, year=cited.year or known.year)


def _name(identifiers: Identifiers) -> str:
    if identifiers.arxiv:
        return f"arXiv:{identifiers.arxiv}"
    if identifiers.doi:
        return f"doi:{identifiers.doi}"
    return f"YouTube {identifiers.youtube}" if identifiers.youtube else f"OpenReview {identifiers.openreview}"


def key_of(work: Work) -> str:
    """`hafner-2019`; without authors, of the title's first words and the year; without a title, of the identifier."""
    if work.authors:
        parts = [work.authors[0].family]
    else:
        words = [word for word in re.findall(r"[^\W_]+", work.title) if word.lower() not in _SMALL]
        if not words or work.title == _name(work.identifiers):
            return slug(_name(work.identifiers)) or "work"
        parts = words[:3]
    return slug(" ".join([*parts, str(work.year or "")])) or "work"


def slug(text: str) -> str:
    """ASCII, lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNACCENTED)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")


_UNACCENTED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ı": "i"}
)


def free(key: str, taken: Collection[str]) -> str:
    """The key, or the first of `key-b`, `key-c`, … that is not taken."""
    endings = [*(f"-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"), *(f"-{number}" for number in range(27, 1000))]
    return next(each for each in (key, *(f"{key}{ending}" for ending in endings)) if each not in taken)
