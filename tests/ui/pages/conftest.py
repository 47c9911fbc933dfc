"""A home with works of our own making, and the app on it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from corpus.essays import essays
from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build, build_talk
from ui import wiring, workflows

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.essays import Essay
    from tests.paper.build_paper import Fact, PaperFacts

MARKUP = "The keeper writes <script>alert(1)</script> and **bold** with his lamp into a book of the harbour before noon."
ESSAY = """
title = "Letters on <i>Harbours</i>"
date = "2031-05"
references = []

[[question]]
id = "boats-1"
section = "Boats"
asked = "How deep is it?"
standalone = "How deep is the harbour, and how old is its lamp?"

[[question]]
id = "boats-2"
section = "Boats"
asked = "And who writes?"
standalone = "What does the keeper write into a book of the harbour with his lamp?"
"""
"""An essay whose first answer is the harbour's alone."""


@dataclass(frozen=True)
class Made:
    """A home, and what its paper says."""

    home: Path
    facts: PaperFacts


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A home with our paper, our timed talk and a text full of markup; made once, and copied for each test."""
    folder = tmp_path_factory.mktemp("made")
    facts = build(folder / "paper.pdf")
    build_talk(*(folder / f"talk.{kind}" for kind in ("vtt", "srt", "json", "txt")))
    (folder / "harbour.txt").write_text(f"{MARKUP}\n\nThe harbour is deep and its lamp is old.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
        settings = Settings.load({}, home=folder / "home")
        for name, key in (("paper.pdf", "ledger"), ("harbour.txt", "harbour"), ("talk.vtt", "talk")):
            list(workflows.add(settings, [folder / name], key))
    return Made(folder / "home", facts)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    """The model of all who open the library."""
    one = HashEmbedder()
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: one)
    return one


@pytest.fixture
def home(made: Made, embedder: HashEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy for one test, which is the home of the settings; the network is switched off."""
    shutil.copytree(made.home, tmp_path / "home")
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PINCITE_THRESHOLD", "0")
    monkeypatch.setenv("PINCITE_OFFLINE", "1")
    return tmp_path / "home"


@pytest.fixture
def empty(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it."""
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "empty"))
    return tmp_path / "empty"


@pytest.fixture
def fact(made: Made) -> Fact:
    """The longest sentence that the paper has on its third page."""
    return max((fact for fact in made.facts.whole if fact.page == 3), key=lambda fact: len(fact.text))


@pytest.fixture
def harbours(home: Path, fact: Fact) -> Essay:
    """A second essay, of the home's own; two questions on the harbour, and one on the paper."""
    (home / "essays").mkdir()
    last = f'\n[[question]]\nid = "ledger-1"\nsection = "Ledgers"\nasked = "And so?"\nstandalone = """{fact.text}"""\n'
    (home / "essays" / "harbours.toml").write_text(ESSAY + last, encoding="utf-8")
    return essays(home)["harbours"]
