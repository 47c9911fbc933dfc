"""Nothing is fetched twice."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from filelock import FileLock

from corpus.documents import Document, digest_of
from corpus.home import content_path
from corpus.library import Library
from corpus.works import Identifiers, Work
from ingest.sources.arrival import slug
from ingest.sources.memory import Memory, let_go
from tests.servers.loopback import named, send
from tests.servers.papers import Paper, printed

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.network import Carrier
    from ingest.sources import Sources
    from ingest.take_in import Source
    from tests.servers.loopback import Site

PDF = printed(Paper("3101.00042", stamped=False))


def keep(sources: Sources, source: Source) -> None:
    """Put a document into the library that the sources remember by."""
    library = sources.memory.library
    assert library is not None
    with library.writing(wait=5) as writer:
        writer.put_work(Work("k", "T"))
        document = Document(digest_of(source.content), "application/pdf", source.name, source.origin)
        writer.put_document("k", document, source.content, (), (), recipe="r")


def _work(site: Site) -> Work:
    return Work("k", "T", identifiers=Identifiers(url=f"{site.url}/a.pdf"))


def test_an_unchanged_file_comes_from_the_home(site: Site, sources: Sources) -> None:
    site.acts["/a.pdf"] = named(PDF)
    keep(sources, sources.fetch(_work(site)))
    assert sources.fetch(_work(site)).content == PDF
    assert site.asked[1].headers["if-none-match"] == '"one"'


def test_a_changed_file_comes_anew(site: Site, sources: Sources) -> None:
    site.acts["/a.pdf"] = named(PDF)
    keep(sources, sources.fetch(_work(site)))
    newer = printed(Paper("3101.00042", stamped=False, title="Wicks"))
    site.acts["/a.pdf"] = named(newer, '"two"')
    assert sources.fetch(_work(site)).content == newer


def test_without_a_name_it_is_fetched_again(site: Site, sources: Sources) -> None:
    site.acts["/a.pdf"] = send(PDF)
    keep(sources, sources.fetch(_work(site)))
    assert sources.fetch(_work(site)).content == PDF
    assert "if-none-match" not in site.asked[1].headers


def test_bytes_that_left_the_home_are_asked_for_anew(site: Site, sources: Sources) -> None:
    site.acts["/a.pdf"] = named(PDF)
    source = sources.fetch(_work(site))
    keep(sources, source)
    library = sources.memory.library
    assert library is not None
    content_path(library.home, digest_of(source.content)).unlink()
    assert sources.fetch(_work(site)).content == PDF
    assert "if-none-match" not in site.asked[1].headers


def test_a_refused_download_is_not_remembered_as_had(site: Site, sources: Sources) -> None:
    site.acts["/a.pdf"] = named(PDF)
    sources.fetch(_work(site))
    sources.fetch(_work(site))
    assert "if-none-match" not in site.asked[1].headers


def test_file_names_are_of_our_own_making() -> None:
    for name in ("../../etc/passwd", "a\0b", "CON .pdf", "ﬁle\u202efdp", "-rf *", "é" * 300, "..", "$(rm)"):
        made = slug(name)
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
        assert not made.startswith((".", "-"))
        assert ".." not in made
        assert len(made) <= 80


def test_another_process_that_fetches_the_same_is_waited_for(site: Site, sources: Sources, home: Path) -> None:
    site.acts["/a.pdf"] = named(PDF)
    script = "import sys, pathlib\nfrom ingest.sources import memory\nmemory._hold(pathlib.Path(sys.argv[1]), sys.argv[2], 5)\n"
    other = subprocess.Popen(
        [sys.executable, "-c", f"{script}print('held', flush=True)\nsys.stdin.read()", str(home), f"{site.url}/a.pdf"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    got: list[bytes] = []
    asking = threading.Thread(target=lambda: got.append(sources.fetch(_work(site)).content))
    asking.start()
    asking.join(0.5)
    assert asking.is_alive()
    assert not site.asked
    other.communicate(b"")  # done, as a process is that has taken the document in
    asking.join(10)
    assert got == [PDF]
    assert len(site.asked) == 1
    let_go()
    assert not list((home / "fetching").iterdir())


def test_who_waits_for_too_long_fetches_by_himself(site: Site, carrier: Carrier, home: Path) -> None:
    site.acts["/a.pdf"] = named(PDF)
    url = f"{site.url}/a.pdf"
    lock = FileLock(home / "fetching" / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.lock")
    (home / "fetching").mkdir(parents=True)
    with lock, Library.open(home) as library:
        assert Memory(carrier, library, wait=0.2).get(url).content == PDF
