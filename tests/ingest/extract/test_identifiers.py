from __future__ import annotations

import pytest

from ingest.extract.identifiers import TOP, identifiers_in


@pytest.mark.parametrize(
    ("text", "found", "version"),
    [
        ("arXiv:2401.00001v3  [cs.LG]  2 Jan 2024\nLanterns", ("arXiv:2401.00001v3",), "v3"),
        ("Lanterns\narXiv:hep-th/9901001v2 [hep-th] 2 Jan 1999", ("arXiv:hep-th/9901001v2",), "v2"),
        (
            "doi:10.1234/lanterns.5.\narXiv:2401.00002v1 [cs.CL] 3 Feb 2024",
            ("arXiv:2401.00002v1", "10.1234/lanterns.5"),
            "v1",
        ),
        ("https://arxiv.org/abs/2401.00001 and (https://doi.org/10.1234/a(b)c)", ("arXiv:2401.00001", "10.1234/a(b)c"), None),
        ("Version 0.9.2, 2022-06-27", (), "v0.9.2"),
        ("A. Keeper. Lamps. arXiv preprint arXiv:2401.00009, 2024.", (), None),
        ("| lamps | arXiv:2401.00001 |\n| oil | arXiv:2401.00002 | 10.1234/a | 10.1234/b |", (), None),
        ("Nothing at all, but 2401.00001 lanterns.", (), None),
    ],
)
def test_only_the_documents_own_identifiers_are_found(text: str, found: tuple[str, ...], version: str | None) -> None:
    assert identifiers_in(text) == (found, version)


def test_far_down_only_a_stamp_is_believed() -> None:
    filling = "word " * TOP
    assert identifiers_in(f"{filling} arXiv:2401.00001v1 doi:10.1234/cited") == ((), None)
    assert identifiers_in(f"{filling}\narXiv:2401.00001v1 [cs.LG] 2 Jan 2024") == (("arXiv:2401.00001v1",), "v1")
