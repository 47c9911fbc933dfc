"""What a person means by a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.works import Identifiers, Work
from ingest.sources.address import Address, addresses_of, parse

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "kind", "value", "version"),
    [
        ("3101.00042", "arxiv", "3101.00042", None),
        (" arXiv:3101.00042v3 ", "arxiv", "3101.00042", "v3"),
        ("hep-th/9901001", "arxiv", "hep-th/9901001", None),
        ("math.GT/0309136v2", "arxiv", "math.GT/0309136", "v2"),
        ("https://arxiv.org/abs/3101.00042", "arxiv", "3101.00042", None),
        ("https://arxiv.org/pdf/3101.00042v2.pdf", "arxiv", "3101.00042", "v2"),
        ("http://www.arxiv.org/abs/hep-th/9901001v1", "arxiv", "hep-th/9901001", "v1"),
        ("https://export.arxiv.org/pdf/3101.00042", "arxiv", "3101.00042", None),
        ("arxiv.org/abs/3101.00042", "arxiv", "3101.00042", None),
        ("https://doi.org/10.48550/arXiv.3101.00042", "arxiv", "3101.00042", None),
        ("10.1000/182", "doi", "10.1000/182", None),
        ("doi:10.1000/a(b)c_d", "doi", "10.1000/a(b)c_d", None),
        ("https://dx.doi.org/10.1000%2F182", "doi", "10.1000/182", None),
        ("https://openreview.net/forum?id=Ab-12_xyz&noteId=q", "openreview", "Ab-12_xyz", None),
        ("https://openreview.net/pdf?id=Ab-12_xyz", "openreview", "Ab-12_xyz", None),
        ("https://www.youtube.com/watch?t=4&v=dQ-abcdefgh", "youtube", "dQ-abcdefgh", None),
        ("https://youtu.be/dQ-abcdefgh?si=x", "youtube", "dQ-abcdefgh", None),
        ("https://m.youtube.com/live/dQ-abcdefgh", "youtube", "dQ-abcdefgh", None),
        ("https://www.youtube.com/@channel", "web", "https://www.youtube.com/@channel", None),
        ("https://papers.example/a.pdf", "web", "https://papers.example/a.pdf", None),
        ("https://arxiv.org/list/cs.LG/recent", "web", "https://arxiv.org/list/cs.LG/recent", None),
        ("https://arxiv.org.evil.example/abs/3101.00042", "web", "https://arxiv.org.evil.example/abs/3101.00042", None),
        ("ftp://papers.example/a.pdf", "web", "ftp://papers.example/a.pdf", None),
        ("https://[bad/", "web", "https://[bad/", None),
        ("papers/lanterns.pdf", "file", "papers/lanterns.pdf", None),
        ("lanterns.pdf", "file", "lanterns.pdf", None),
        ("a" * 5000, "file", "a" * 5000, None),
        ("nul\0.txt", "file", "nul\0.txt", None),
    ],
)
def test_an_address_is_told_from_a_file(text: str, kind: str, value: str, version: str | None) -> None:
    found = parse(text)
    assert (found.kind, found.value, found.version) == (kind, value, version)


def test_a_file_that_exists_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "3101.00042").write_text("ours")
    assert parse("3101.00042").kind == "file"


def test_a_work_is_sought_where_it_is_surest() -> None:
    known = Identifiers("3101.00042", "10.1000/182", None, None, "https://arxiv.org/abs/3101.00042")
    assert addresses_of(Work("k", "T", identifiers=known)) == [Address("arxiv", "3101.00042"), Address("doi", "10.1000/182")]
    assert addresses_of(Work("k", "T")) == []
    assert addresses_of(Work("k", "T", identifiers=Identifiers(url="lanterns.pdf"))) == []
