"""Looks over what Pincite needs. Knows no screen."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.settings import Settings

LOW_DISK_GB = 1.0
"""Free space below which a person should know."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    well: bool
    says: str
    remedy: str = ""


def examine(settings: Settings) -> list[Check]:
    """Every check, none of which stops another."""
    return [*_python(), *_variables(), *_home(settings), *_library(settings), *_model(settings), *_network(settings)]


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", sys.version_info >= (3, 11), version, "Use Python 3.11 or newer.")


def _variables() -> Iterator[Check]:
    from corpus.settings import unread_variables

    unread = unread_variables()
    says = f"nothing reads {', '.join(unread)}" if unread else "every PINCITE_ variable that is set is read"
    yield Check("variables", not unread, says, "Mend their names, or unset them.")


def _home(settings: Settings) -> Iterator[Check]:
    from corpus.errors import HomeError

    try:
        wiring.open_library(settings).close()
    except HomeError as error:
        yield Check("home", False, error.message, error.remedy)
        return
    free = shutil.disk_usage(settings.home).free / 1e9
    yield Check(
        "home", free > LOW_DISK_GB, f"{settings.home}, {free:.0f} GB free", "Make room on this disk, or set PINCITE_HOME."
    )


def _library(settings: Settings) -> Iterator[Check]:
    from corpus.errors import PinciteError

    try:
        with wiring.open_library(settings) as library:
            records = library.works()
            full = sum(record.state == "full text" for record in records)
            faults = library.check()
            says = "; ".join(faults) or f"{len(records)} works, {full} with full text, {library.passage_count():,} passages"
            yield Check("library", not faults, says, "Take the works named in again: pincite ingest, or pincite add FILE.")
            made_with = library.meta("embedder") or wiring.make_embedder(settings).name
            faults = wiring.open_index(settings).check(library, made_with)
            yield Check(
                "index", not faults, " ".join(faults) or "holds what the library holds", "Build it anew: pincite rebuild."
            )
    except PinciteError as error:
        yield Check("library", False, error.message, error.remedy)


def _model(settings: Settings) -> Iterator[Check]:
    from corpus.errors import EmbedderError

    embedder = wiring.make_embedder(settings)
    try:
        length = len(embedder.embed([["A first sentence."]])[0].whole)
    except EmbedderError as error:
        yield Check("embedder", False, error.message, error.remedy)
        return
    yield Check("embedder", True, f"{embedder.name}, {length} numbers a vector")


def _network(settings: Settings) -> Iterator[Check]:
    says = "forbidden by PINCITE_OFFLINE" if settings.offline else "used only to fetch works"
    yield Check("network", True, says)
