"""The home's own `works.bib`: works that a person or an essay added. Knows no library; BibTeX is `bibliography`'s."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.bibliography import catalogue, read_bibtex, write_bibtex
from corpus.errors import CatalogueError
from corpus.home import make_folder, write_file, writers_lock
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from corpus.works import Work

FILE = "works.bib"
"""In the home."""

_NO_KEY = re.compile(r"[^A-Za-z0-9]+")


def own_works(home: Path) -> list[Work]:
    """The works of the home's `works.bib`, in order; `CatalogueError` names the file and the line of a mistake."""
    path = home / FILE
    if not path.exists():
        return []
    try:
        return read_bibtex(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}.", remedy="Mend it, or move it away.", file=str(path)) from error
    except CatalogueError as error:
        raise CatalogueError(f"{path}: {error.message}", remedy=error.remedy, file=str(path), **error.facts) from error


def add_to_catalogue(
    home: Path, works: Iterable[Work], *, others: Iterable[Work] = (), wait: float = 30.0
) -> list[tuple[Work, Work | None]]:
    """Write works into the home's `works.bib`; each as it is there now, or beside it the known work that it is.

    Known are those of the catalogue and `others`. A key that another work has gets an ending: `vaswani-2017-b`.
    """
    make_folder(home)
    with writers_lock(home, wait=wait):
        own, outcome = own_works(home), []
        known = {**{work.key: work for work in others}, **catalogue(home)}
        for given in works:
            work = replace(given, key=_NO_KEY.sub("-", given.key).strip("-") or "work")
            same = next((each for each in known.values() if _is_same(each, work)), None)
            if same is None:
                endings = (f"{work.key}-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
                work = replace(work, key=next(key for key in (work.key, *endings) if key not in known))
                known[work.key] = work
                own.append(work)
            outcome.append((work, same))
        if own != own_works(home):
            write_file(home / FILE, write_bibtex(own).encode())
    return outcome


def _is_same(one: Work, other: Work) -> bool:
    """An identifier of both says so; without one, the title and the first author's family name."""
    ours, theirs = one.identifiers, other.identifiers
    pairs = [(ours.arxiv, theirs.arxiv), (ours.doi, theirs.doi), (ours.openreview, theirs.openreview)]
    told = [mine.lower() == yours.lower() for mine, yours in [*pairs, (ours.youtube, theirs.youtube)] if mine and yours]
    if told:
        return any(told)
    first, second = ([loose(author.family) for author in work.authors[:1]] for work in (one, other))
    return loose(one.title) == loose(other.title) and (first == second or not first or not second)
