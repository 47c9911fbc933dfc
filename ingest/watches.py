"""Saved searches, one file in the home: `watches.toml`. Knows no network and no library; what a search finds is not its concern.

A person may read and mend the file. Each watch remembers which papers it has shown, so that a paper that was taken out
of the library does not come back, and of which day the oldest was, so that later searches do not reach behind the first.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from corpus.errors import SettingsError
from corpus.home import write_file, writers_lock
from corpus.toml_files import Table, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

FILE = "watches.toml"
TRIES = 3
"""Runs in which a paper may fail before it is given up, so that one bad file is no news for ever."""
LONGEST_NAME = 40
"""Characters of a name that is made of a search."""

_HEADING = """\
# Saved searches of arXiv, written by `pincite watch`; `pincite update` takes in the papers that they find.
# `seen` holds the papers that have been shown already, `failed` those that could not be read; nothing older than `floor`
# is shown.
"""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CATEGORY = re.compile(r"[a-z]+(-[a-z]+)*(\.[A-Za-z-]{2,})?")


@dataclass(frozen=True, slots=True)
class Watch:
    """One saved search of arXiv."""

    name: str
    """Names it for a person: lower-case letters, digits and hyphens."""
    query: str | None = None
    """As arXiv reads it, e.g. `abs:"world model"`."""
    author: str | None = None
    category: str | None = None
    """arXiv's, e.g. `cs.LG`."""
    begun: str | None = None
    """Day of its first run; None before it."""
    floor: str | None = None
    """Day before which nothing is shown; None for no limit."""
    seen: tuple[str, ...] = ()
    """arXiv ids, without version, of the papers that have been shown."""
    failed: tuple[str, ...] = ()
    """Ids of papers that came and could not be taken in, once for each time."""

    def is_done_with(self, paper: str) -> bool:
        """True for a paper that was shown, or that failed so often that it is given up."""
        return paper in self.seen or self.failed.count(paper) >= TRIES

    @property
    def search(self) -> str:
        """All three as one query, as arXiv reads it."""
        parts = [self.query] if self.query else []
        parts += [f'au:"{self.author}"'] if self.author else []
        parts += [f"cat:{self.category}"] if self.category else []
        return parts[0] if len(parts) == 1 else " AND ".join(f"({part})" if part == self.query else part for part in parts)


def make_watch(
    query: str | None = None, *, author: str | None = None, category: str | None = None, name: str | None = None
) -> Watch:
    """A watch of what a person typed; raises `SettingsError` where it has no sense."""
    query, author, category = _plain(query), _plain(author), _plain(category)
    if not (query or author or category):
        raise SettingsError(
            "There is nothing to search for.", remedy="Give a query, e.g. 'abs:\"world model\"', an author or a category."
        )
    if query and (query.count('"') % 2 or query.count("(") != query.count(")")):
        raise SettingsError(f"In the query {query} a quotation mark or bracket has no partner.", remedy="Close what is open.")
    if author and re.search(r'["()\\:]', author):
        raise SettingsError(f"{author!r} is no name of a person.", remedy="Write it as arXiv prints it, e.g. Yoshua Bengio.")
    if category and not _CATEGORY.fullmatch(category):
        raise SettingsError(f"{category!r} is no category of arXiv.", remedy="They read like cs.LG or math.CO.")
    made = name or _slug(" ".join(part for part in (query, author, category) if part)) or "watch"
    if not _NAME.fullmatch(made):
        raise SettingsError(
            f"{made!r} cannot name a watch.", remedy="Use lower-case letters, digits and single hyphens, as in world-models."
        )
    return Watch(made, query, author, category)


def watches(home: Path) -> tuple[Watch, ...]:
    """All saved searches, in the order in which they were added; `CatalogueError` names the line of a mistake."""
    path = home / FILE
    if not path.exists():
        return ()
    top, tables = read_toml(path, "watch")
    top.only("watch")
    found = tuple(_watch(table) for table in tables["watch"])
    for number, (table, watch) in enumerate(zip(tables["watch"], found, strict=True)):
        if any(watch.name == other.name for other in found[:number]):
            raise table.fault(f"the name `{watch.name}` is given twice", "Give each watch a name of its own.")
    return found


def add_watch(home: Path, watch: Watch, *, wait: float = 0.0) -> Watch:
    """Save a search; gives the one that is there already where it searches the same. `SettingsError` where the name is taken."""
    kept = [watch]

    def added(there: tuple[Watch, ...]) -> tuple[Watch, ...]:
        for other in there:
            if other.search == watch.search:
                kept[0] = other
                return there
            if other.name == watch.name:
                raise SettingsError(
                    f"There is a watch named {watch.name} already; it searches {other.search}.",
                    remedy="Give this one another name with --name, or take that one out: pincite watch remove " + watch.name,
                )
        return (*there, watch)

    _change(home, added, wait)
    return kept[0]


def remove_watch(home: Path, name: str, *, wait: float = 0.0) -> None:
    """Forget a search, and what it has shown; what came in through it stays. `SettingsError` where none has the name."""

    def without(there: tuple[Watch, ...]) -> tuple[Watch, ...]:
        names = [watch.name for watch in there]
        if name not in names:
            near = get_close_matches(name, names, n=3, cutoff=0.5)
            remedy = f"Did you mean {' or '.join(near)}?" if near else "See pincite watch list for those that are."
            raise SettingsError(f"There is no watch named {name!r}.", remedy=remedy)
        return tuple(watch for watch in there if watch.name != name)

    _change(home, without, wait)


def note_shown(home: Path, name: str, papers: Iterable[str], *, floor: str | None = None, wait: float = 0.0) -> None:
    """Remember that a watch has run and has shown these papers; one that was removed meanwhile stays removed."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()

    def noted(there: tuple[Watch, ...]) -> tuple[Watch, ...]:
        return tuple(_shown(watch, papers, floor, today) if watch.name == name else watch for watch in there)

    _change(home, noted, wait)


def note_failed(home: Path, name: str, paper: str, *, wait: float = 0.0) -> None:
    """Remember that a paper of a watch came and could not be taken in."""

    def noted(there: tuple[Watch, ...]) -> tuple[Watch, ...]:
        return tuple(replace(watch, failed=(*watch.failed, paper)) if watch.name == name else watch for watch in there)

    _change(home, noted, wait)


def _shown(watch: Watch, papers: Iterable[str], floor: str | None, today: str) -> Watch:
    seen = tuple(dict.fromkeys((*watch.seen, *papers)))
    failed = tuple(paper for paper in watch.failed if paper not in seen)
    return replace(watch, begun=watch.begun or today, floor=watch.floor or floor, seen=seen, failed=failed)


def _change(home: Path, change: Callable[[tuple[Watch, ...]], tuple[Watch, ...]], wait: float) -> None:
    """Read, change and write the file while nobody else does."""
    with writers_lock(home, wait=wait):
        there = watches(home)
        changed = change(there)
        if changed != there:
            write_file(home / FILE, _toml(changed).encode())


def _watch(table: Table) -> Watch:
    table.only("name", "query", "author", "category", "begun", "floor", "seen", "failed")
    name = table.text("name")
    if not _NAME.fullmatch(name):
        raise table.fault(f"`{name}` cannot name a watch", "Use lower-case letters, digits and single hyphens.")
    query, author, category = (table.optional_text(key) for key in ("query", "author", "category"))
    if not (query or author or category):
        raise table.fault("it searches for nothing", "Add query, author or category.")
    begun, floor = (table.date(key) if key in table.values else None for key in ("begun", "floor"))
    return Watch(name, query, author, category, begun, floor, table.texts("seen"), table.texts("failed"))


def _toml(there: Sequence[Watch]) -> str:
    return _HEADING + "".join(f"\n[[watch]]\n{_lines(watch)}" for watch in there)


def _lines(watch: Watch) -> str:
    texts = ("name", "query", "author", "category", "begun", "floor")
    lines = [f"{key} = {_quoted(value)}\n" for key in texts if (value := getattr(watch, key)) is not None]
    for key, papers in (("seen", watch.seen), ("failed", watch.failed)):
        if papers:
            lines.append(f"{key} = [\n" + "".join(f"  {_quoted(paper)},\n" for paper in papers) + "]\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does, and one character more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str | None) -> str | None:
    """What was typed, on one line; None where it says nothing."""
    return " ".join(re.sub("[\ud800-\udfff]", "\ufffd", text or "").split()) or None


def _slug(text: str) -> str:
    """The words of a search as a name, cut between two words."""
    plain = re.sub(r"\b(?:all|ti|au|abs|cat|co|jr|rn|id):|\b(?:AND|OR|ANDNOT)\b", " ", text)
    whole = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if len(whole) <= LONGEST_NAME:
        return whole
    return whole[: LONGEST_NAME + 1].rpartition("-")[0] or whole[:LONGEST_NAME]
