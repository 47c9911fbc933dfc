"""Progress and outcomes on a terminal, plain lines in a pipe. Knows events, not how they come about."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from ingest.events import (
    AnnotationsTied,
    Embedding,
    Failed,
    Fetching,
    LeftOut,
    Reading,
    Registered,
    Removed,
    TakenIn,
    Unchanged,
)
from ui.printable import as_sentence, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from ingest.events import Event

DONE, IN_PART = 0, 3
PATIENCE = 1.0
"""Seconds after which a person wants to know how far it is."""

_T = TypeVar("_T")


def console(*, stderr: bool = False) -> Console:
    """Standard output (or error) as rich sees it: colours and wrapping on a terminal, neither in a pipe."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)


def follow(events: Iterable[Event]) -> int:
    """Show what happens; gives the exit code: 0, or 3 where a file or work that was asked for failed."""
    screen, failed, taken, same = console(), 0, 0, 0
    with _Status() as status:
        for event in events:
            if isinstance(event, Reading | Fetching | Embedding):
                status.say(doing(event))
                continue
            failed += isinstance(event, Failed)
            taken += isinstance(event, TakenIn)
            same += isinstance(event, Unchanged)
            status.pause()
            for line, style in done(event):
                screen.print(visible(line), style=style, markup=False)
    if same and not taken and not failed:
        screen.print("Nothing new: the library has these already.", markup=False)
    if failed:
        files = "1 file or work" if failed == 1 else f"{failed} files or works"
        screen.print(f"{files} could not be taken in; everything else is in the library.", style="bold red", markup=False)
    return IN_PART if failed else DONE


def follow_rebuild(events: Iterable[Event | int]) -> None:
    """Show the building of an index."""
    with _Status() as status:
        for event in events:
            if isinstance(event, int):
                status.pause()
                console().print(f"The index was built anew: {event:,} vectors.", markup=False)
            elif isinstance(event, Embedding):
                status.say(doing(event))


def counting(steps: Iterable[_T], total: int, doing: str) -> Iterator[_T]:
    """Pass the steps on, and say how many are done."""
    with _Status() as status:
        for place, step in enumerate(steps, 1):
            status.say(f"{doing} {place} of {total}")
            yield step


class _Status:
    """A line that changes, on a terminal only and only where something takes its time."""

    def __init__(self) -> None:
        self._console = console(stderr=True)
        self._begun = time.monotonic()
        self._status = self._console.status("") if self._console.is_terminal else None
        self._shown = False

    def __enter__(self) -> _Status:
        return self

    def __exit__(self, *_: object) -> None:
        self.pause()

    def say(self, text: str) -> None:
        """Show what is being done, once it has taken a second."""
        if self._status is None or time.monotonic() - self._begun < PATIENCE:
            return
        from rich.text import Text

        self._status.update(Text(visible(text)))
        if not self._shown:
            self._status.start()
            self._shown = True

    def pause(self) -> None:
        """Take the line away, so that a lasting one can be printed."""
        if self._status is not None and self._shown:
            self._status.stop()
            self._shown = False


def doing(event: Reading | Fetching | Embedding) -> str:
    """What is being done."""
    match event:
        case Reading(name):
            return f"Reading {name}"
        case Fetching(_, title):
            return f"Fetching {title}"
        case Embedding(name, done, total):
            return f"Embedding {name}: {done:,} of {total:,} passages"


def done(event: Event) -> Iterator[tuple[str, str]]:
    """Lines, with their styles, that say what became of a file or work."""
    match event:
        case TakenIn():
            yield from _taken(event)
        case Unchanged(work, name):
            yield f"  {work}: {name} is in the library already, unchanged", "dim"
        case AnnotationsTied(work, proven, missing):
            yield f"    {proven} annotations, their quotes proven", "dim"
            for statement in missing:
                yield f"    not used, since its quote was not found in {work}: {statement}", "yellow"
        case Registered(work, annotations, reason):
            yield f"~ {work.key}: by {annotations} annotations only. {as_sentence(reason)}", "yellow"
        case LeftOut(name, reason):
            yield f"  {name}: left out; {reason}", "dim"
        case Failed(name, error):
            yield f"! {name}: {error.message}", "red"
            yield f"    {error.remedy}", ""
        case Removed(work, title):
            yield f"- {work}: {title} is out of the library", ""


def _taken(event: TakenIn) -> Iterator[tuple[str, str]]:
    pages = "" if event.pages == 1 else f"{event.pages} pages, "
    how = f", known by its {event.how}" if event.how else ""
    sign = "*" if event.replaced else "+"
    yield f"{sign} {event.work.key}: {event.work.title}", "green"
    yield f"    {event.name}{how}: {pages}{event.passages} passages, {event.embedded} of them embedded now", "dim"
    for note in event.notes:
        yield f"    {note}", "yellow"
