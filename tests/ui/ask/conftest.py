"""A home with our paper and a text full of markup, for one test after another."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build
from tests.ui.ask.visiting import HOSTILE
from ui import wiring, workflows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.paper.build_paper import PaperFacts


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, PaperFacts]]:
    """A home with two works: our paper, and a text whose sentences are full of markup."""
    folder = tmp_path_factory.mktemp("shelf")
    facts = build(folder / "paper.pdf")
    (folder / "hostile.txt").write_text(f"{HOSTILE}\n\nThe harbour is deep and its lamp is old.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
        settings = Settings.load({}, home=folder / "home")
        list(workflows.add(settings, [facts.path], "ledger"))
        list(workflows.add(settings, [folder / "hostile.txt"], "harbour"))
        yield folder / "home", facts


@pytest.fixture
def home(shelf: tuple[Path, PaperFacts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy for one test, which is the home of the settings."""
    shutil.copytree(shelf[0], tmp_path / "home")
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PINCITE_THRESHOLD", "0.2")
    return tmp_path / "home"
