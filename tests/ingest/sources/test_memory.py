"""Nothing is fetched twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.documents import Document, digest_of
from corpus.home import content_path
from corpus.works import Identifiers, Work
from ingest.sources.arrival import slug
from tests.servers.loopback import named, send
from tests.servers.papers import Paper, printed

if TYPE_CHECKING:
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
