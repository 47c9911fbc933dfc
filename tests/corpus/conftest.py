"""A library and an index in a home of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.index import Index
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    opened = Index(library.home)
    yield opened
    opened.close()
