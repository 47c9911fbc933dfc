"""A home with six made-up works, filled once; readers of it, and copies for the tests that spoil theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import made
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build, build_talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.reader import Reader
    from corpus.embedder import Embedder


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> made.Made:
    """The works' files, taken apart once."""
    folder = tmp_path_factory.mktemp("sources")
    facts = build(folder / "lanterns.pdf")
    talk = build_talk(*(folder / f"talk.{ending}" for ending in ("vtt", "srt", "json", "txt")))
    return made.Made(facts, talk, made.reads_of(folder, facts))


@pytest.fixture(scope="session")
def hashed() -> HashEmbedder:
    """An embedder for which texts are near where they share words."""
    return HashEmbedder(name="hash-256", dimensions=256)


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory, sources: made.Made, hashed: HashEmbedder) -> Path:
    """A home that nobody may change."""
    home = tmp_path_factory.mktemp("filled") / "home"
    made.fill(home, hashed, sources.reads)
    return home


@pytest.fixture(scope="session")
def reader(filled_home: Path, hashed: HashEmbedder) -> Iterator[Reader]:
    """A reader of the filled home that always answers where it finds anything."""
    with made.opened(filled_home, hashed) as reader:
        yield reader


@pytest.fixture
def own_home(filled_home: Path, home: Path) -> Path:
    """A copy of the filled home, to be changed."""
    return made.copy_of(filled_home, home)


@pytest.fixture
def own_reader(own_home: Path, hashed: HashEmbedder) -> Iterator[Reader]:
    """A reader of a home that may be changed."""
    with made.opened(own_home, hashed) as reader:
        yield reader


@pytest.fixture(scope="session")
def real_reader(tmp_path_factory: pytest.TempPathFactory, sources: made.Made, real_embedder: Embedder) -> Iterator[Reader]:
    """The same works under the default embedder and the default threshold."""
    home = tmp_path_factory.mktemp("real") / "home"
    made.fill(home, real_embedder, sources.reads)
    with made.opened(home, real_embedder, threshold=0.5) as reader:
        yield reader
