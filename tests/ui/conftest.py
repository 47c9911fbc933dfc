"""The command line, run in this process or in one of its own, on a library of our own making."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from corpus.minilm import MODEL
from corpus.settings import Settings
from tests.paper.build_paper import build
from ui import wiring
from ui.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.embedder import Embedder
    from corpus.vectors import Vectors
    from tests.paper.build_paper import PaperFacts

ROOT = Path(__file__).parents[2]

HARBOUR = """Tides and the Memory of Small Harbours

Ada Hale

2030

1 Harbours

A small harbour forgets its oldest boats within one generation. The keepers write down which of them came home, and they do
not write down why the others stayed away. Nobody reads those pages until a widow asks for the name of a boat.

2 Tides

A spring tide covers the lower mooring for three hours, and no boat can be counted during that time. The count is therefore
taken at slack water, when the harbour is quiet and the bell can be heard from the mole.
"""
MILL = """The Noise of Water Mills

Otto Brook

2029

1 Wheels

The wheel of a water mill turns eleven times a minute when the pond is full. A miller hears a broken paddle long before he
sees it, since the beat of the wheel becomes uneven.
"""
HARBOUR_QUESTION = "What does a small harbour forget?"
LANTERN_QUESTION = "Why do brighter lamps help an archive so little?"
ELSEWHERE = "Which enzyme splits lactose in the gut of an adult mammal?"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which has to be one JSON value and nothing else."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Everything that a person saw."""
        return self.out + self.err


class Pincite(Protocol):
    """Runs one command."""

    def __call__(self, *words: str | Path) -> Ran:
        """Run `pincite` with these words."""
        ...


@dataclass(frozen=True)
class Stocked:
    """A home with our paper and two texts, and what the paper says."""

    home: Path
    facts: PaperFacts
    folder: Path
    """Where the files lie: `lanterns.pdf`, `harbour.txt`, `mill.txt`."""


class Remembering:
    """The default model, asked only once for each text: many tests embed the same annotations."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._known: dict[tuple[str, ...], Vectors] = {}

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of each text and its sentences."""
        asked = [tuple(sentences) for sentences in texts]
        new = list(dict.fromkeys(text for text in asked if text not in self._known))
        self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return [self._known[text] for text in asked]


@pytest.fixture(scope="session")
def remembering(real_embedder: Embedder) -> Embedder:
    """The default model for all tests of one run."""
    return Remembering(real_embedder)


@pytest.fixture
def pincite(
    home: Path,
    models: Path,
    remembering: Embedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Pincite:
    """The command line in this process, offline, on the test's own home; the default model is loaded once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINCITE_HOME", str(home))
    monkeypatch.setenv("PINCITE_MODELS", str(models))
    monkeypatch.setenv("PINCITE_OFFLINE", "1")
    monkeypatch.delenv("COLUMNS", raising=False)
    make = wiring.make_embedder
    monkeypatch.setattr(
        wiring, "make_embedder", lambda settings: remembering if settings.embedder in ("", MODEL) else make(settings)
    )

    def run(*words: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["pincite", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="session")
def _stock(tmp_path_factory: pytest.TempPathFactory, models: Path, remembering: Embedder) -> Stocked:
    """Made once, and copied for each test."""
    from ui.workflows import add

    folder = tmp_path_factory.mktemp("stock")
    facts = build(folder / "lanterns.pdf")
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "mill.txt").write_text(MILL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "make_embedder", lambda settings: remembering)
        settings = Settings.load({}, home=folder / "home", models=models)
        for name, key in (("lanterns.pdf", "lanterns"), ("harbour.txt", "harbour"), ("mill.txt", "mill")):
            list(add(settings, [folder / name], key))
    return Stocked(folder / "home", facts, folder)


@pytest.fixture
def stocked(_stock: Stocked, home: Path) -> Stocked:
    """A copy of the stock in the test's own home."""
    shutil.copytree(_stock.home, home)
    return Stocked(home, _stock.facts, _stock.folder)


@pytest.fixture
def surroundings(home: Path, models: Path) -> dict[str, str]:
    """The environment of a command in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_") and name != "COLUMNS"}
    return kept | {
        "PINCITE_HOME": str(home),
        "PINCITE_MODELS": str(models),
        "PINCITE_OFFLINE": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


COMMAND = (sys.executable, "-m", "ui.cli")


@pytest.fixture
def alone(surroundings: dict[str, str], tmp_path: Path) -> Pincite:
    """The command line in a process of its own."""

    def run(*words: str | Path) -> Ran:
        done = subprocess.run(
            [*COMMAND, *map(str, words)], cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=120, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def keys(ran: Ran) -> dict[str, str]:
    """Works and their states, from `works --json`."""
    return {row["work"]: row["state"] for row in ran.json}
