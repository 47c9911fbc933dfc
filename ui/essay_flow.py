"""Puts the finding, the resolving and the keeping of an essay in sequence. Knows no terminal and no page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.settings import Settings
    from corpus.works import Identifiers, Work
    from ingest.essay import Draft
    from ingest.sources import Sources

_GENERAL = frozenset("index post page essay default home document untitled readme".split())
"""File names that say nothing of an essay; its title names it then."""
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 60

OPENING = (
    "Read by code from {source}. Please look at it, above all at these:",
    "",
    "- `standalone` is what is searched, and the heading of the answer: it was made by rules from the essay's own words.",
    "- `implied = true` marks a question that the essay poses without asking: a suggestion. Delete what is none.",
    "- `cites` are the works that the question's paragraph mentions, or else those of its section.",
    "- `alluded` is what the text names there and the references do not list: it is said so, and given no source.",
    "- A question is open (no work settles it) unless it says `open = false`. `facets` (statements that would bear on",
    "  it, searched beside it) may be added.",
)
"""The comment on top of an essay's file."""


@dataclass(frozen=True, slots=True)
class Added:
    """An essay that is now in the home."""

    draft: Draft
    path: Path
    """Its file."""
    written: bool
    """False where it stood there already, in just this form."""
    works: tuple[tuple[Work, bool], ...]
    """The works that it cites, in order, and whether each is new."""


class _Registries:
    """What the places say of a reference."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def by_identifier(self, identifiers: Identifiers) -> Work | None:
        """A paper by its arXiv id, a work by its DOI, a talk by its video."""
        return self._sources.described(identifiers)

    def by_title(self, title: str) -> Sequence[Work]:
        """Papers whose title has these words."""
        words = " ".join(re.findall(r"[^\W_]+", title))
        return [found.work for found in self._sources.search(f'ti:"{words}"', since=None, limit=5)]


def add_essay(settings: Settings, source: str, *, key: str | None = None, replace: bool = False, search: bool = True) -> Added:
    """Find an essay's questions and references, and keep them in the home; `search` asks arXiv for what has no identifier."""
    from corpus.bibliography import catalogue
    from corpus.own_catalogue import add_to_catalogue
    from corpus.own_essays import essay_file, keep_essay
    from ingest.essay import read_essay

    sources = wiring.make_sources(settings)
    content, name, url = _content(sources, source)
    others = [record.work for record in wiring.open_library(settings).works()]
    known = {**{work.key: work for work in others}, **catalogue(settings.home)}
    look_up = _Registries(sources) if search and not settings.offline else None
    draft = read_essay(content, name, known=known.values(), key=_sound(key), url=url, look_up=look_up)
    if key is None:
        draft = draft.called(_key(draft))
    _require_free(settings, draft, replace=replace)
    outcome = add_to_catalogue(settings.home, draft.new, others=others, wait=settings.wait)
    # Between reading and writing, another process may have given a key, or added the very work.
    names = {work.key: (same or written).key for work, (written, same) in zip(draft.new, outcome, strict=True)}
    draft = draft.renamed(names)
    written = keep_essay(
        settings.home,
        draft.essay,
        opening=_opening(draft, source),
        replace=replace,
        in_use=[work.key for work in others],
        wait=settings.wait,
    )
    every = {**{work.key: work for work in others}, **catalogue(settings.home)}
    new = {work.key for work in draft.new}
    works = tuple((every[reference], reference in new) for reference in draft.essay.references if reference in every)
    return Added(draft, essay_file(settings.home, draft.essay.key), written, works)


def _content(sources: Sources, source: str) -> tuple[bytes, str, str | None]:
    """Bytes, name and address of an essay."""
    from ingest.run import source_of
    from ingest.sources import parse

    address = parse(source)
    if address.kind == "file":
        found = source_of(Path(address.value))
        return found.content, found.name, None
    arrived = sources.arrive(address).source
    return arrived.content, arrived.name, source if "://" in source else None


def _sound(key: str | None) -> str | None:
    from corpus.errors import SettingsError

    if key is not None and not _KEY.fullmatch(key):
        raise SettingsError(
            f"`{key}` cannot be an essay's key.", remedy="Use lower-case letters, digits and single hyphens, as in letters-2031."
        )
    return key


def _key(draft: Draft) -> str:
    """The file's name, or the title where that says nothing."""
    from ingest.essay.resolve import slug

    key = draft.essay.key
    if key in _GENERAL or key.isdigit():
        key = slug(draft.essay.title) or key
    return key[:LONGEST_KEY].strip("-")


def _require_free(settings: Settings, draft: Draft, *, replace: bool) -> None:
    """Raise `CatalogueError` before anything is written, where another essay has the key."""
    from corpus.essays import essays, load_essay
    from corpus.own_essays import essay_file, taken

    path = essay_file(settings.home, draft.essay.key)
    if replace:
        return
    if path.exists():
        if load_essay(path) != draft.essay:
            raise taken(draft.essay.key, str(path))
    elif draft.essay.key in essays():
        raise taken(draft.essay.key, "it comes with Pincite")


def _opening(draft: Draft, source: str) -> Iterator[str]:
    """The comment on top of the essay's file: what a person should look at."""
    yield from (line.format(source=source) for line in OPENING)
    for heading, rows in (
        ("References of which no work was made:", [f"{each.text} ({each.reason})" for each in draft.unresolved]),
        (
            "Left out, since they do not seem to be questions to answer:",
            [f"{each.text} ({each.reason})" for each in draft.left_out],
        ),
        ("Notes:", list(draft.notes)),
    ):
        if rows:
            yield ""
            yield heading
            yield from (f"- {row}" for row in rows)
