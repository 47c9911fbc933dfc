"""`pincite update` with nothing made up but arXiv's server: the real adapters, the real model, real PDFs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corpus.library import Library
from tests.servers.loopback import broken, send, serving
from tests.servers.papers import Paper, entry, feed, printed, stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.loopback import Site
    from tests.ui.conftest import Pincite

ESSAY = """
title = "Some questions on lanterns"
date = "2031-05"
references = []

[[question]]
id = "boats-1"
section = "Boats"
asked = "What does a lantern do for the boats?"
standalone = "How many boats come home before dark when a lantern hangs on the mole of a small harbour?"

[[question]]
id = "bees-1"
section = "Bees"
asked = "How do bees choose?"
standalone = "How do the scouts of a swarm of bees choose the hollow tree?"
"""
LANTERNS = Paper("3101.00001")
BETTER = Paper(
    "3101.00001",
    "v2",
    says=(LANTERNS.says[0].replace("doubles the number", "trebles the number"), *LANTERNS.says[1:]),
    updated="2031-04-01T00:00:00Z",
)
BEES = Paper(
    "3105.00002",
    title="How a Swarm Chooses its Hollow Tree",
    authors=("Mina Quarry",),
    says=(
        "The scouts of a swarm of bees visit every hollow tree within a mile of the old hive.",
        "A hollow tree is chosen by the bees when enough scouts of the swarm stand in it at the same time.",
    ),
    published="2031-05-01T00:00:00Z",
    updated="2031-05-01T00:00:00Z",
)


@pytest.fixture
def arxiv(pincite: Pincite, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """arXiv's server, a saved search that has brought one paper in, and an essay that was answered from it."""
    with serving() as site:
        for name, value in (
            ("ARXIV_API_URL", f"{site.url}/api/query"), ("ARXIV_FILES_URL", site.url), ("ALLOW_PRIVATE", "1"),
            ("ARXIV_PAUSE", "0"), ("RETRIES", "0"), ("READ_SECONDS", "2"), ("OFFLINE", "0"),
        ):  # fmt: skip
            monkeypatch.setenv(f"PINCITE_{name}", value)
        stock(site, [LANTERNS])
        (home / "essays").mkdir(parents=True)
        (home / "essays" / "lanterns.toml").write_text(ESSAY, encoding="utf-8")
        assert pincite("watch", "add", "all:harbour").code == 0
        assert pincite("update", "--essay", "lanterns").code == 0
        yield site


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_new_version_and_a_new_paper_change_what_they_change(arxiv: Site, pincite: Pincite, home: Path) -> None:
    arxiv.asked.clear()
    assert pincite("update").said == ""
    assert "/pdf/" not in " ".join(arxiv.paths)
    stock(arxiv, [LANTERNS, BETTER, BEES])
    ran = pincite("update", "--json")
    assert ran.code == 0
    found = rows(ran.out)
    assert [(row["work"], row["version"]) for row in found if row["event"].startswith("new ")] == [
        ("keeper-2031", "v2"),
        ("quarry-2031", "v1"),
    ]
    taken = {row["work"]: row["embedded"] for row in found if row["event"] == "taken in"}
    with Library.open(home) as library:
        assert taken == {record.work.key: record.passages for record in library.works()}
    answers = {row["id"]: row for row in found if row["event"] == "answer"}
    assert {name for name, row in answers.items() if row["touches"] == "answer"} == {"boats-1", "bees-1"}
    assert answers["bees-1"]["after"]["status"] == "answered"
    assert any("trebles" in claim["text"] for claim in answers["boats-1"]["claims"]["new"])
    assert pincite("update").said == ""
    verdicts = {row["verdict"] for row in pincite("verify", "--all", "--json").json["findings"]}
    assert verdicts == {"stands", "superseded"}


@pytest.mark.parametrize("fault", ["broken off", "a page", "an error"])
def test_a_fault_is_one_message_and_the_next_run_mends_it(arxiv: Site, pincite: Pincite, home: Path, fault: str) -> None:
    stock(arxiv, [BETTER])
    content = printed(BETTER)
    arxiv.acts["/pdf/3101.00001v2"] = {
        "broken off": broken(content, len(content) // 2),
        "a page": send(b"<!DOCTYPE html><html><body>Are you a person?</body></html>", Content_Type="text/html"),
        "an error": send(b"busy", 503),
    }[fault]
    ran = pincite("update", "--json")
    assert (ran.code, [row["event"] for row in rows(ran.out)]) == (3, ["new version", "failed"])
    with Library.open(home) as library:
        assert library.documents("keeper-2031")[0].version == "v1"
    stock(arxiv, [BETTER])
    assert pincite("update").code == 0
    with Library.open(home) as library:
        assert library.documents("keeper-2031")[0].version == "v2"


def test_another_paper_in_place_of_the_version_is_refused(arxiv: Site, pincite: Pincite, home: Path) -> None:
    stock(arxiv, [BETTER])
    arxiv.acts["/pdf/3101.00001v2"] = send(printed(BEES))
    ran = pincite("update")
    assert ran.code == 3
    assert "is not Keeper and Clerk 2031" in ran.out
    with Library.open(home) as library:
        assert library.documents("keeper-2031")[0].version == "v1"


def test_a_dry_run_leaves_no_library_behind(pincite: Pincite, home: Path, arxiv: Site) -> None:
    elsewhere = home.parent / "elsewhere"
    assert pincite("watch", "add", "all:harbour", "--home", elsewhere).code == 0
    ran = pincite("update", "--dry-run", "--json", "--home", elsewhere)
    assert [row["event"] for row in rows(ran.out)] == ["new paper"]
    left = {path.name for path in elsewhere.iterdir() if not path.name.startswith("arxiv.")}
    assert left == {"watches.toml", "write.lock"}


def test_an_empty_feed_is_no_news(arxiv: Site, pincite: Pincite) -> None:
    stock(arxiv, [LANTERNS])
    assert pincite("watch", "add", "all:nothing", "--name", "nothing").code == 0
    arxiv.acts["/api/query"] = [send(feed(entry(LANTERNS))), send(feed())]
    assert pincite("update").said == ""
