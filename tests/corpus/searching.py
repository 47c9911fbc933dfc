"""Searches of an index, beside the same by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.index_pointer import Pointer, read_pointer
from tests.corpus import made

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.index import Index
    from corpus.library import Library
    from corpus.records import Kind


def found(index: Index, text: str, kind: Kind = "passage", limit: int = 1000) -> list[tuple[str, float]]:
    return [(name, round(cosine, 4)) for name, cosine in index.nearest(made.vector(text), limit, kind=kind)]


def expected(library: Library, text: str, kind: Kind = "passage") -> list[tuple[str, float]]:
    """The same by hand: every vector of the library against the query's."""
    ids = list(library.passage_ids()) if kind == "passage" else [note.id for note in library.annotations()]
    query = made.vector(text)
    cosines = {name: float(made.vector(digest) @ query) for name, (_, digest) in library.texts(kind, ids).items()}
    return sorted(((name, round(cosine, 4)) for name, cosine in cosines.items()), key=lambda hit: -hit[1])


def pointer_of(index: Index) -> Pointer:
    pointer = read_pointer(index.home)
    assert pointer is not None
    return pointer


def folder(index: Index) -> Path:
    return index.home / "index" / pointer_of(index).place


def folders(index: Index) -> set[str]:
    return {path.name for path in (index.home / "index").iterdir() if path.is_dir()}
