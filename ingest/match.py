"""Which file at hand is which work. Knows no format, no storage and no network: only first pages, names and works.

A file is a work's where, in this order of trust,

1. it bears the work's identifier: in an arXiv stamp, on a line of its own at the top, stated in the file, or in its name;
2. its first page is headed by the work's title, with one of the authors near it;
3. its name has the author and the title's words, or at least the author and the year, and nothing in it speaks against.

A first page may mention other works, so a mention never counts. One file a work is taken, the best; the rest is
reported with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from corpus.bibliography import ARXIV_ID
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.works import Work

How = Literal["identifier", "title", "file name"]

TITLE_AGREEMENT = 92.0
"""How alike, of 100, a heading and a title must be without case, spaces and signs: two slips in forty letters pass,
another last word ("… from Human Preferences", "… from Human Feedback") does not. Digits must agree exactly."""

HEAD_LINES = 40
HEAD_CHARACTERS = 2500
"""How far down a first page its head reaches, where no abstract ends it before."""

LEGIBLE = 200
"""Characters from which a first page counts as read, so that a missing title speaks against a PDF."""

_STAMP = re.compile(rf"arXiv:\s?({ARXIV_ID})(?:v\d+)?\s+\[")
_NAMED_ARXIV = re.compile(r"(?<!\d)(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)")
_LABELS = re.compile(
    r"abs|arxiv|at|available|code|com|cs|doi|eprint|forum|from|https?|id|identifier|lg|link|open|openreview|org|original"
    r"|page|paper|pdf|preprint|published|review|source|submitted|talk|under|url|version|video|watch|www|youtube"
)
"""What may stand beside an identifier on a line of its own."""

_SMALL_WORDS = ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "towards", "with")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a work's."""

    name: str
    """Its path or name, as reports shall call it."""
    media_type: str
    first_text: str
    """Text of its first page or part."""
    title: str | None = None
    """What the file names as its title."""
    identifiers: tuple[str, ...] = ()
    """As extraction found them: `arXiv:1709.08568v2`, `10.1000/182`."""
    timed: bool = False
    """A transcript with times."""

    @property
    def is_pdf(self) -> bool:
        """Printed pages, which are always headed by their title."""
        return self.media_type == "application/pdf"

    @property
    def rank(self) -> int:
        """0 is the best form of a work: a PDF, then a transcript with times, plain text, Markdown, HTML, anything else."""
        if self.is_pdf:
            return 0
        order = ("text/plain", "text/markdown", "text/html")
        return 1 if self.timed else 2 + (order.index(self.media_type) if self.media_type in order else len(order))


@dataclass(frozen=True, slots=True)
class Match:
    """A file and the work that it is."""

    work: Work
    file: Candidate
    how: How
    weak: bool = False
    """Only author and year of its name say so; a person should look."""


@dataclass(frozen=True, slots=True)
class Beaten:
    """A file that is a work, too, but not in its best form."""

    work: Work
    file: Candidate
    by: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A file that is none of the works."""

    file: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of every file and every work."""

    matches: tuple[Match, ...]
    """In the order of the works."""
    beaten: tuple[Beaten, ...]
    unmatched: tuple[Unmatched, ...]
    missing: tuple[Work, ...]
    """Works for which there is no file."""


def match(files: Sequence[Candidate], works: Sequence[Work]) -> Matching:
    """Give each work its best file; every other file is reported with the reason."""
    claims: dict[str, list[Match]] = {work.key: [] for work in works}
    unmatched = []
    for file in files:
        found = _recognise(file, works)
        if isinstance(found, Unmatched):
            unmatched.append(found)
        else:
            claims[found.work.key].append(found)
    matches, beaten = [], []
    for work in works:
        if claims[work.key]:
            best, *others = sorted(claims[work.key], key=_preference)
            matches.append(best)
            beaten += [Beaten(work, other.file, best.file, _why(other, best)) for other in others]
    missing = tuple(work for work in works if not claims[work.key])
    return Matching(tuple(matches), tuple(beaten), tuple(unmatched), missing)


def _preference(found: Match) -> tuple[bool, int, int, str]:
    return found.weak, found.file.rank, ("identifier", "title", "file name").index(found.how), found.file.name


def _why(loser: Match, winner: Match) -> str:
    if loser.weak and not winner.weak:
        return f"only its name fits {loser.work.label}; {winner.file.name} is surer"
    if loser.file.rank != winner.file.rank:
        return f"{winner.file.name} is a better form of {loser.work.label}"
    return f"{winner.file.name} is {loser.work.label}, too; one file a work is taken"


def _recognise(file: Candidate, works: Sequence[Work]) -> Match | Unmatched:
    """The one work that the strongest sign points at."""
    signs: tuple[tuple[How, list[Work], bool], ...] = (
        ("identifier", [work for work in works if _bears_identifier(file, work)], False),
        ("title", [work for work in works if _headed_by_title(file, work)], False),
        ("file name", [work for work in works if _named_by_title(file, work)], False),
        ("file name", [work for work in works if _named_by_author_and_year(file, work)], True),
    )
    against = ""
    for how, found, weak in signs:
        objections = {work.key: _objection(file, work, how) for work in found}
        standing = [work for work in found if not objections[work.key]]
        if len(standing) == 1:
            return Match(standing[0], file, how, weak)
        if standing:
            return Unmatched(file, f"it fits several works alike: {', '.join(work.label for work in standing)}")
        against = against or next((objection for objection in objections.values() if objection), "")
    return Unmatched(file, against or _mention(file, works))


def _objection(file: Candidate, work: Work, how: How) -> str:
    """What speaks against a file that a sign points at; empty where nothing does."""
    own = _arxiv_ids(file)
    if how != "identifier" and own and work.identifiers.arxiv and work.identifiers.arxiv not in own:
        return f"it looks like {work.label}, but is arXiv:{sorted(own)[0]}"
    if how == "file name" and file.is_pdf and len(file.first_text.strip()) >= LEGIBLE:
        return f"its name looks like {work.label}, but its first page is not headed by that title"
    return ""


def _mention(file: Candidate, works: Sequence[Work]) -> str:
    text = loose(file.first_text)
    for work in works:
        if len(loose(work.title)) > 15 and loose(work.title) in text:
            return f"it mentions {work.label}, but is not headed by that title"
    return "neither its first page nor its name has an identifier, a title, or author and year of a work"


def _arxiv_ids(file: Candidate) -> frozenset[str]:
    """The file's own arXiv ids: a stamp decides; without one, its name does."""
    stamped = frozenset(_STAMP.findall(file.first_text))
    return stamped or frozenset(_NAMED_ARXIV.findall(_stem(file)))


def _stem(file: Candidate) -> str:
    return PurePath(file.name).name.rsplit(".", 1)[0]


def _bears_identifier(file: Candidate, work: Work) -> bool:
    known = work.identifiers
    own = _arxiv_ids(file)
    if own and known.arxiv:
        return known.arxiv in own
    arxiv_doi = f"10.48550/arXiv.{known.arxiv}" if known.arxiv else None
    return any(
        _whole(identifier).search(_stem(file)) or _on_its_own_line(identifier, file) or _stated(identifier, file)
        for identifier in (known.arxiv, arxiv_doi, known.doi, known.youtube, known.openreview)
        if identifier
    )


def _whole(identifier: str) -> re.Pattern[str]:
    """The identifier, not as part of a longer one; a version may follow."""
    return re.compile(rf"(?<![\w-]){re.escape(identifier)}(?:v\d+)?(?![\w-])", re.IGNORECASE if identifier[0] == "1" else 0)


def _on_its_own_line(identifier: str, file: Candidate) -> bool:
    for line in _head(file):
        if _whole(identifier).search(line):
            others = re.findall(r"[a-z]+", _whole(identifier).sub(" ", line).lower())
            if all(map(_LABELS.fullmatch, others)):
                return True
    return False


def _stated(identifier: str, file: Candidate) -> bool:
    """The file names the identifier as its own elsewhere than in the text, where it may be a mention."""
    printed = _whole(identifier).search(file.first_text)
    return not printed and any(_whole(identifier).search(stated) for stated in file.identifiers)


def _head(file: Candidate) -> list[str]:
    """The lines at the top of the first page, down to its abstract; for other files than PDFs with the stated title."""
    lines: list[str] = [] if file.is_pdf or not file.title else [file.title]
    length = 0
    for line in filter(None, map(str.strip, file.first_text.splitlines())):
        if (lines and re.match(r"\W*abstract\b", line, re.IGNORECASE)) or len(lines) >= HEAD_LINES or length > HEAD_CHARACTERS:
            break
        lines.append(line)
        length += len(line)
    return lines


def _headed_by_title(file: Candidate, work: Work) -> bool:
    """Some lines of the head are the title, whole, and an author's name stands on the page's upper part."""
    lines = _head(file)
    if not any(
        _is_title(" ".join(lines[start : start + size]), work.title) for start in range(len(lines)) for size in range(1, 6)
    ):
        return False
    written = _words(" ".join(lines) + " " + file.first_text[:HEAD_CHARACTERS])
    return not work.authors or any(_family(author.family) in written for author in work.authors)


def _is_title(heading: str, title: str) -> bool:
    whole = loose(title)
    forms = [loose(heading)]
    if ":" in heading and ":" not in title and len(title.split()) > 2:
        forms.append(loose(heading.split(":")[0]))  # the catalogue may leave a subtitle out
    return any(
        re.findall(r"\d", form) == re.findall(r"\d", whole) and fuzz.ratio(form, whole) >= TITLE_AGREEMENT for form in forms
    )


def _family(name: str) -> str:
    return loose(name.split()[-1])


def _words(text: str) -> set[str]:
    """Words in loose form, without the figures of footnote marks."""
    plain = unicodedata.normalize("NFKD", text)
    return {loose(word).rstrip("0123456789") for word in re.split(r"[\s,;()*/]+", plain)}


def _name_words(file: Candidate) -> set[str]:
    return set(re.findall(r"[a-z]+|\d+", re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", _stem(file)).lower())))


def _named_by_title(file: Candidate, work: Work) -> bool:
    """The name has every telling word of the title: three of them, or two and an author."""
    telling = {word for word in map(loose, re.split(r"[\s:/-]+", work.title)) if word and word not in _SMALL_WORDS}
    words = _name_words(file)
    by_author = any(_family(author.family) in words for author in work.authors)
    return telling <= words and (len(telling) >= 3 or (len(telling) == 2 and by_author))


def _named_by_author_and_year(file: Candidate, work: Work) -> bool:
    words = _name_words(file)
    first = bool(work.authors) and _family(work.authors[0].family) in words
    return _stem(file) == work.key or (first and work.year is not None and str(work.year) in words)
