"""The index on a Chroma server of our own on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import IndexUnusable
from corpus.index import Index
from corpus.library import Library
from tests.corpus import made
from tests.corpus.made import FIRST, KEY, SECOND, take_in
from tests.corpus.searching import expected, folders, found

if TYPE_CHECKING:
    from collections.abc import Iterator


def remove(library: Library, key: str = KEY) -> None:
    with library.writing() as writer:
        writer.remove_work(key)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of our own on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(port)]
    place = ["--path", str(tmp_path_factory.mktemp("server"))]
    process = subprocess.Popen([*command, *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_on_a_server_it_works_the_same(library: Library, server: str) -> None:
    writer, reader = Index(library.home, url=server), Index(library.home, url=server)
    take_in(library, FIRST)
    assert "40 vectors" in (writer.ensure(library, made.EMBEDDER) or "")
    assert len(found(reader, "query")) == 40
    take_in(library, SECOND, "b-2002")
    assert writer.catch_up(library, made.EMBEDDER) == 25
    assert sorted(found(reader, "query")) == sorted(expected(library, "query"))
    remove(library)
    writer.catch_up(library, made.EMBEDDER)
    assert reader.check(library, made.EMBEDDER) == []
    for _ in range(3):
        writer.rebuild(library, made.EMBEDDER)
        assert len(found(reader, "query")) == 25
    assert writer.ensure(library, made.EMBEDDER) is None
    assert not folders(writer)
    reader.close()
    writer.close()


def test_two_homes_share_a_server(tmp_path: Path, server: str) -> None:
    for name, document in (("one", FIRST), ("two", SECOND), ("one", FIRST)):
        with Library.open(tmp_path / name) as library:
            take_in(library, document)
            index = Index(library.home, url=server)
            index.rebuild(library, made.EMBEDDER)
            assert index.check(library, made.EMBEDDER) == []
            index.close()
    with Library.open(tmp_path / "two") as library:
        index = Index(library.home, url=server)
        assert index.check(library, made.EMBEDDER) == []
        index.close()


def test_a_server_that_is_not_there(library: Library) -> None:
    take_in(library, FIRST)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(IndexUnusable) as raised:
        Index(library.home, url=url).ensure(library, made.EMBEDDER)
    assert "PINCITE_CHROMA_URL" in raised.value.remedy
