"""What plain text, Markdown or a web page's text says of title, authors and year at its top. Knows no layout.

There is nothing but words to go by, so only plain signs count: front matter, a line `by NAME`, or the title block of a
paper, which is a title, a line of names, and `Abstract` below.
"""

from __future__ import annotations

import re

from ingest.extract.dates import year_in_head, year_of_arxiv, year_of_press
from ingest.extract.front_matter import FrontMatter
from ingest.extract.identifiers import identifiers_in
from ingest.extract.names import is_name, read_names
from ingest.extract.own_identifiers import own_identifiers

TOP = 20_000
"""Characters that are looked at."""
HEAD, BYLINE = 40, 15
"""Lines in which `Abstract` ends a title block, and in which a `by NAME` is the work's."""

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^(?P<name>\w[\w -]*?)[ \t]*:[ \t]*(?P<value>.*(?:\n[ \t]*-[ \t]+.*)*)", re.M)
_BY = re.compile(r"[*_>\s]*(?:(?:written )?by:?|authors?:)\s+(?P<names>[^\n]{3,200}?)[*_\s]*", re.I)
_ABSTRACT = re.compile(r"[\W_]*abstract\b.*", re.I)
_NOT_TITLE = re.compile(
    r"\W*$|arxiv:|https?:|doi:|[>|]|#+\s*page\s+\d+|(?:preprint|published|version|draft)\b|(?:#+\s*)?\S*_\S*$", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def written_front(text: str) -> FrontMatter:
    """Read the top of a text."""
    text = text[:TOP]
    front = _FRONT.match(text)
    stated = {field["name"].lower(): field["value"] for field in _FIELD.finditer(front[1])} if front else {}
    lines = [line.strip() for line in text[front.end() if front else 0 :].splitlines() if line.strip()][:HEAD]
    title, authors, dates = _title_block(lines)
    named = _listed(stated.get("authors") or stated.get("author") or "") or _byline(lines) or authors
    return FrontMatter(title, named, _stated_year(stated) or _printed_year(text, lines, dates))


def _listed(value: str) -> tuple[str, ...]:
    """The names in a field: `Ann Poe, Bo Lee`, `[Ann Poe, Bo Lee]`, or one a line."""
    pieces = re.split(r"\s*(?:[\[\],;\n]|\band\b)\s*", value)
    names = (" ".join(piece.strip("\"' \t-").split()) for piece in pieces)
    return tuple(name for name in names if is_name(name))


def _byline(lines: list[str]) -> tuple[str, ...]:
    found = (match for line in lines[:BYLINE] if (match := _BY.fullmatch(line)))
    return next((names for match in found if (names := read_names(match["names"]).names)), ())


def _title_block(lines: list[str]) -> tuple[str | None, tuple[str, ...], list[str]]:
    """Title, authors and the lines below them, where the text is headed as a paper is."""
    stop = next((place for place, line in enumerate(lines) if _ABSTRACT.fullmatch(line)), 0)
    head = [line for line in lines[:stop] if not _NOT_TITLE.match(line)]
    for place, line in enumerate(head[1:], 1):
        reading = read_names(line)
        if reading.names and not reading.affiliation:
            title = " ".join(word.strip("#*") for word in head[:place]).strip()
            return title, reading.names, head[place + 1 :]
    return None, (), []


def _stated_year(stated: dict[str, str]) -> int | None:
    found = _YEAR.search(stated.get("year") or stated.get("date") or stated.get("published") or "")
    return int(found[0]) if found else None


def _printed_year(text: str, lines: list[str], dates: list[str]) -> int | None:
    identifiers = own_identifiers(identifiers_in(text)[0], text)
    press = [line for line in lines[:BYLINE] if len(line) < 160]
    return year_of_arxiv(identifiers) or (year_of_press(press) if dates else None) or year_in_head(dates)
