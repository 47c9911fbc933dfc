"""Writes the index. Knows no question; whoever calls holds the writer's lock.

A change goes into a copy of the current folder, and the pointer moves when the copy is complete: readers never meet
half of a change, and a process that dies leaves a folder that the next one sweeps. On a server, which keeps its
readers apart from its writer, a change is made in place, and made again after a crash.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from corpus.chroma import KINDS, STEP, Chroma, unusable
from corpus.errors import IndexUnusable
from corpus.home import index_folder, make_folder
from corpus.index_pointer import Pointer, copy_folder, move_pointer, read_pointer, seal, sweep_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from corpus.library import Library
    from corpus.records import Kind, Op

    Step = tuple[Op, Kind, str]
    """One change: what, of which kind, which id."""


def open_place(home: Path, url: str | None, place: str, *, create: bool = False) -> Chroma:
    """An index's vectors, in the home or on a server."""
    if url is not None:
        return Chroma.on_server(url, place, create=create)
    folder = index_folder(home) / place
    if create:
        make_folder(folder)
    return Chroma.in_folder(folder, create=create)


def open_current(home: Path, pointer: Pointer) -> Chroma:
    """The vectors that the pointer names; IndexUnusable where its files are not what they were."""
    require_sound(home, pointer)
    return open_place(home, pointer.url, pointer.place)


def require_sound(home: Path, pointer: Pointer) -> None:
    """IndexUnusable where the current folder's files have changed since it was complete."""
    folder = index_folder(home) / pointer.place
    try:
        sound = pointer.url is not None or seal(folder) == pointer.seal
    except OSError as error:
        raise unusable(str(folder), str(error)) from error
    if not sound:
        raise unusable(str(folder), "its files are damaged")


def all_ids(library: Library, kind: Kind) -> Iterator[str]:
    """Ids of everything of that kind in the library."""
    if kind == "passage":
        yield from library.passage_ids()
    else:
        yield from (annotation.id for annotation in library.annotations())


class Builder:
    """Brings the index of one home up to its library."""

    def __init__(self, home: Path, url: str | None, library: Library, embedder: str) -> None:
        self._home = home
        self._url = url
        self._library = library
        self._embedder = embedder
        self._name = library.meta("library") or ""
        # Other homes may use the same server: collections that begin like this are ours alone.
        self._family = "pincite-" + sha256(f"{self._name}\n{home.resolve()}".encode()).hexdigest()[:12]

    def can_follow(self, pointer: Pointer | None) -> bool:
        """True for an index of this library, model and place that is not ahead of the library."""
        if pointer is None or pointer.generation > self._library.generation:
            return False
        return (pointer.url, pointer.embedder, pointer.library) == (self._url, self._embedder, self._name)

    def follow(self) -> int:
        """Apply what changed since; build anew where that cannot be done. How many changes."""
        pointer = read_pointer(self._home)
        if pointer is None or not self.can_follow(pointer):
            return self.build()
        generation = self._library.generation
        changes: list[Step] = [(each.op, each.kind, each.id) for each in self._library.changes_since(pointer.generation)]
        if not changes:
            move_pointer(self._home, replace(pointer, generation=generation))
            return 0
        if len(changes) > pointer.passages + pointer.annotations:
            self.build()  # quicker than taking out nearly everything and putting it back
            return len(changes)
        try:
            if self._url is not None:
                self._complete(pointer, self._fill(pointer.place, changes))
            else:
                place = self._new_place()
                require_sound(self._home, pointer)
                copy_folder(index_folder(self._home) / pointer.place, index_folder(self._home) / place)
                self._complete(replace(pointer, place=place, previous=pointer.place), self._fill(place, changes))
        except (FileNotFoundError, IndexUnusable):
            return self.build()
        return len(changes)

    def build(self) -> int:
        """Everything of the library, in a fresh place; how many vectors."""
        old = read_pointer(self._home)
        place = self._new_place()
        changes: Iterator[Step] = (("put", kind, name) for kind in KINDS for name in all_ids(self._library, kind))
        fresh = Pointer(
            place=place,
            url=self._url,
            library=self._name,
            embedder=self._embedder,
            dimensions=0,
            generation=0,
            passages=0,
            annotations=0,
            previous=old.place if old is not None and old.url == self._url else None,
            seal={},
        )
        pointer = self._complete(fresh, self._fill(place, changes, create=True))
        return pointer.passages + pointer.annotations

    def _new_place(self) -> str:
        return uuid.uuid4().hex if self._url is None else f"{self._family}-{uuid.uuid4().hex[:8]}"

    def _fill(self, place: str, changes: Iterable[Step], *, create: bool = False) -> tuple[int, list[int]]:
        """Apply changes at a place; dimensions of what was put (0 for nothing), and what is there now of each kind."""
        opened = open_place(self._home, self._url, place, create=create)
        try:
            dimensions = 0
            rest = iter(changes)
            while step := list(islice(rest, STEP)):
                for kind in KINDS:
                    mine = [(op, name) for op, of, name in step if of == kind]
                    dimensions = self._apply(opened, kind, mine, fresh=create) or dimensions
            return dimensions, [opened.count(kind) for kind in KINDS]
        finally:
            opened.close()

    def _apply(self, opened: Chroma, kind: Kind, changes: list[tuple[Op, str]], *, fresh: bool) -> int:
        texts = self._library.texts(kind, [name for op, name in changes if op == "put"])
        vectors = self._library.vectors([text for _, text in texts.values()], self._embedder)
        rows = [(name, work, vectors[text].whole) for name, (work, text) in texts.items() if text in vectors]
        opened.replace(kind, [] if fresh else [name for _, name in changes], rows)
        return len(rows[0][2]) if rows else 0

    def _complete(self, pointer: Pointer, filled: tuple[int, list[int]]) -> Pointer:
        """The moment at which readers see the change; then sweep what nobody reads any more."""
        dimensions, (passages, annotations) = filled
        pointer = replace(
            pointer,
            dimensions=dimensions or pointer.dimensions,
            generation=self._library.generation,
            passages=passages,
            annotations=annotations,
            seal=seal(index_folder(self._home) / pointer.place) if self._url is None else {},
        )
        move_pointer(self._home, pointer)
        keep = {pointer.place, pointer.previous or pointer.place}
        sweep_folders(self._home, keep)
        if self._url is not None:
            opened = open_place(self._home, self._url, pointer.place)
            opened.erase_others(self._family, keep)
            opened.close()
        return pointer
