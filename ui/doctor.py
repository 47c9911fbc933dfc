"""Looks over what Pincite needs. Knows no screen."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.settings import Settings

TRY_TOKENS = 200
"""Tokens of the language model's answer when it is tried; some think before they say a word."""
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
    looked = [_python(), _variables(), _home(settings), _library(settings), _model(settings), _language_model(settings)]
    return [*(check for each in looked for check in each), *_network(settings)]


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


def _language_model(settings: Settings) -> Iterator[Check]:
    """Asks the model that is named for one word: how long it takes, and what it costs."""
    from bot.language import Budget, Prompt
    from bot.language.model import instructions
    from corpus.errors import PinciteError

    name = "language model"
    begun, first = time.perf_counter(), None
    budget = Budget(settings.llm_answer_tokens, setting="PINCITE_LLM_ANSWER_TOKENS")
    try:
        model = wiring.make_model(settings)
        if model is None:
            yield Check(name, True, "none is named: answers are composed without one")
            return
        written = ""
        for piece in model.write(Prompt(instructions("try").substitute(), "Say that you are ready.", budget, TRY_TOKENS)):
            first = first or time.perf_counter() - begun
            written += piece
    except PinciteError as error:
        said = str(error.facts.get("said") or "")
        yield Check(name, False, f"{error.message} It says: {said}" if said else error.message, error.remedy)
        return
    took = time.perf_counter() - begun
    seconds = f"first word after {first or took:.1f} s, all after {took:.1f} s, its client loaded"
    says = f"{model.name}: {seconds}; {budget.spent} tokens"
    yield Check(name, bool(written.strip()), says if written.strip() else f"{model.name} wrote nothing", "Name another model.")


def _network(settings: Settings) -> Iterator[Check]:
    says = "forbidden by PINCITE_OFFLINE" if settings.offline else f"used only to fetch works{_and_model(settings)}"
    yield Check("network", True, says)


def _and_model(settings: Settings) -> str:
    """What else the network is used for, where a language model elsewhere is named."""
    from bot.language import parse_spec
    from corpus.errors import SettingsError

    try:
        spec = parse_spec(settings.llm) if settings.llm else None
    except SettingsError:
        return ""
    return f", and to ask {spec.name}, which is shown the question and its evidence" if spec and not spec.here else ""
