"""The test paper, read and split once for all tests of the write side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from ingest.extract import Limits
from ingest.split import passages_of
from ingest.take_in import Source, read
from tests.paper.build_paper import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from corpus.documents import Passage
    from ingest.take_in import Read
    from tests.paper.build_paper import PaperFacts


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> PaperFacts:
    """What the test paper says, and where it lies."""
    return build(tmp_path_factory.mktemp("paper") / "lanterns.pdf")


@pytest.fixture(scope="session")
def paper(facts: PaperFacts) -> Read:
    """The test paper taken apart."""
    return read(source(facts.path), Limits())


@pytest.fixture(scope="session")
def passages(paper: Read) -> Sequence[Passage]:
    """Its passages."""
    return passages_of(paper.extraction, paper.digest)


@pytest.fixture(scope="session")
def read_once() -> Callable[[Path], Read]:
    """Takes a file apart, once for all tests that ask for it."""
    return cache(lambda path: read(source(path), Limits()))


def source(path: Path) -> Source:
    """A file as a source."""
    return Source(path.read_bytes(), path.name, str(path))
