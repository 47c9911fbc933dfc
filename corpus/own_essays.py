"""The home's own essays: kept in `essays/`, their works in `works.bib`. Knows no essay's text, and no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.bibliography import write_bibtex
from corpus.errors import CatalogueError
from corpus.essays import essays, load_essay, write_essay
from corpus.home import home_error, write_file, writers_lock
from corpus.own_catalogue import FILE, own_works

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from corpus.essays import Essay


def essay_file(home: Path, key: str) -> Path:
    """Where an essay of this key is kept."""
    return home / "essays" / f"{key}.toml"


def keep_essay(
    home: Path,
    essay: Essay,
    *,
    opening: Iterable[str] = (),
    remarks: Mapping[str, Iterable[str]] | None = None,
    replace: bool = False,
    in_use: Collection[str] = (),
    wait: float = 30.0,
) -> bool:
    """Write an essay into the home; False where it stands there in just this form.

    One of the same key is only replaced where `replace` says so: a person may have mended it. Works that then no essay
    cites leave `works.bib`, but for those `in_use`.
    """
    path = essay_file(home, essay.key)
    with writers_lock(home, wait=wait):
        if path.exists() and not replace:
            if load_essay(path) == essay:
                return False
            raise taken(essay.key, str(path))
        earlier = _references(path)
        write_essay(essay, path, opening=opening, remarks=remarks)
        _drop(home, earlier - set(in_use))
    return True


def _references(path: Path) -> set[str]:
    """What the essay of this file cites; nothing where there is none, or none that can be read."""
    try:
        return set(load_essay(path).references) if path.exists() else set()
    except CatalogueError:
        return set()


def _drop(home: Path, keys: Collection[str]) -> list[str]:
    """Take works that no essay cites out of `works.bib`; their keys."""
    cited = {work for essay in essays(home).values() for work in essay.references}
    own = own_works(home)
    gone = [work.key for work in own if work.key in keys and work.key not in cited]
    if gone:
        write_file(home / FILE, write_bibtex(work for work in own if work.key not in gone).encode())
    return gone


def taken(key: str, where: str) -> CatalogueError:
    """An essay of this key is there already."""
    return CatalogueError(
        f"There is an essay {key} already ({where}).",
        remedy="Give this one another name with --key, or write over that one with --replace.",
        essay=key,
    )


def remove_essay(home: Path, key: str, *, in_use: Collection[str] = (), wait: float = 30.0) -> list[str]:
    """Take an essay out of the home, and out of `works.bib` the works that it alone cites; their keys.

    Works `in_use` stay. Raises `CatalogueError` for a key that no essay of the home has.
    """
    path = essay_file(home, key)
    with writers_lock(home, wait=wait):
        if not path.exists():
            packaged = f"{key} comes with Pincite and stays." if key in essays() else f"There is no essay {key!r} in the home."
            raise CatalogueError(packaged, remedy="See which there are: pincite essay list", essay=key)
        cited = _references(path)
        try:
            path.unlink()
        except OSError as error:
            raise home_error(error, path) from error
        return _drop(home, cited - set(in_use))
