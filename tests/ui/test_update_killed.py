"""kill -9 at any moment of `pincite update`: the next run ends it, and all is as if nothing had been."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus.index import Index
from corpus.library import Library
from corpus.settings import Settings
from ingest.watches import add_watch, make_watch, watches
from tests.fakes import HashEmbedder
from tests.ingest.shelves import contents
from tests.servers.loopback import serving, stalled
from tests.servers.papers import Paper, printed, stock
from tests.ui.test_updates_over_http import BETTER, ESSAY, LANTERNS
from ui import wiring
from ui.workflows import save_answers, saved_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers.loopback import Site

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

DOWNLOADING = "while a paper is downloaded"
MOMENTS = (
    DOWNLOADING,
    "before the first fetch",
    "behind the first work",
    "behind the last work",
    "while the essay is answered",
    "behind the new answers",
    "before the report",
    "behind the report",
)
PATIENCE = 60.0
"""Seconds, for a machine that has other things to do."""
BEES = Paper(
    "3105.00002",
    title="How a Swarm Chooses its Hollow Tree",
    authors=("Mina Quarry",),
    says=(
        "The scouts of a swarm of bees visit every hollow tree in the harbour within a mile of the old hive.",
        "A hollow tree is chosen by the bees when enough scouts of the swarm stand in it at the same time.",
    ),
    published="2031-05-01T00:00:00Z",
    updated="2031-05-01T00:00:00Z",
)


@dataclass(frozen=True)
class Child:
    """Another process that updates a home."""

    id: int
    said: Path

    def await_word(self, word: str) -> None:
        """Wait until a line begins with the word."""
        end = time.monotonic() + PATIENCE
        while not any(line.startswith(word) for line in self.said.read_text().splitlines()):
            assert time.monotonic() < end, self.said.read_text()
            time.sleep(0.02)

    def kill(self) -> None:
        """End it without warning; gone when this returns."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                os.kill(self.id, signal.SIGKILL)
            except ProcessLookupError:
                return
            assert time.monotonic() < end
            time.sleep(0.02)


@dataclass(frozen=True)
class World:
    """arXiv's server, and a home that was answered before anything new came."""

    site: Site
    start: Callable[[Path, str], Child]
    answered: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.updater"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert driver.stdin is not None
    assert driver.stdout is not None
    with serving() as site:
        told = {"ARXIV_API_URL": f"{site.url}/api/query", "ARXIV_FILES_URL": site.url, "ALLOW_PRIVATE": "1", "ARXIV_PAUSE": "0"}
        surroundings = {f"PINCITE_{name}": value for name, value in told.items()}

        def start(home: Path, moment: str = "") -> Child:
            said = tmp_path_factory.mktemp("said") / "said.txt"
            said.touch()
            order = {"home": str(home), "moment": moment, "surroundings": surroundings, "said": str(said)}
            driver.stdin.write(json.dumps(order) + "\n")  # type: ignore[union-attr]
            driver.stdin.flush()  # type: ignore[union-attr]
            return Child(int(driver.stdout.readline()), said)  # type: ignore[union-attr]

        answered = tmp_path_factory.mktemp("answered") / "home"
        (answered / "essays").mkdir(parents=True)
        (answered / "essays" / "lanterns.toml").write_text(ESSAY, encoding="utf-8")
        add_watch(answered, make_watch("all:harbour"))
        stock(site, [LANTERNS])
        start(answered).await_word("done 0")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
            _answer(answered)
        stock(site, [LANTERNS, BETTER, BEES])
        yield World(site, start, answered)
    driver.stdin.close()
    driver.stdout.close()
    driver.wait(PATIENCE)


def _answer(home: Path) -> None:
    """As `pincite answer --essay lanterns` does, and forget what the first update reported."""
    from bot.essay import answer_essay
    from ui.workflows import choose_essay

    settings = Settings.load({}, home=home)
    shutil.rmtree(home / "updates", ignore_errors=True)
    shutil.rmtree(home / "answers", ignore_errors=True)
    essay = choose_essay(settings, "lanterns")
    reader, _ = wiring.make_reader(settings)
    save_answers(settings, essay, [answer for _, answer in answer_essay(reader, essay, evidence=10)])
    reader.library.close()


def found(home: Path) -> dict[str, Any]:
    """What matters of a home: all but times, and names that are made of times."""
    settings = Settings.load({}, home=home)
    states = [_untimed(json.loads(path.read_text(encoding="utf-8"))["answers"]) for path in saved_answers(settings)]
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((home / "updates").glob("[!.]*.json"))]
    for report in reports:
        del report["time"]
        for essay in report["essays"]:
            del essay["before"], essay["after"]
    with Library.open(home) as library:
        entries = [(each.work, each.digest, each.outcome) for key in _works(library) for each in library.ledger(key)]
        sound = (library.check(), Index(home).check(library, HashEmbedder().name))
    return {
        "library": contents(home),
        "ledger": entries,
        "answers": states,
        "reports": reports,
        "seen": [watch.seen for watch in watches(home)],
        "sound": sound,
        "left": sorted(path.name for folder in ("updates", "fetching") for path in (home / folder).glob(".*")),
    }


def _works(library: Library) -> list[str]:
    return [record.work.key for record in library.works()]


def _untimed(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in answer.items() if key != "milliseconds"} for answer in answers]


@pytest.fixture(scope="module")
def undisturbed(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What an update that nothing happened to leaves."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(world.answered, home)
    world.start(home, "").await_word("done 0")
    return found(home)


def test_an_undisturbed_update_brings_what_is_new(undisturbed: dict[str, Any]) -> None:
    assert [len(undisturbed[name]) for name in ("answers", "reports")] == [2, 1]
    assert [taken["work"] for taken in undisturbed["reports"][0]["taken"]] == ["keeper-2031", "quarry-2031"]
    assert undisturbed["sound"] == ([], [])
    assert undisturbed["left"] == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_and_run_again_it_leaves_what_an_undisturbed_one_leaves(
    world: World, undisturbed: dict[str, Any], home: Path, moment: str
) -> None:
    shutil.copytree(world.answered, home)
    stock(world.site, [LANTERNS, BETTER, BEES])
    world.site.asked.clear()
    if moment == DOWNLOADING:
        content = printed(BETTER)
        world.site.acts["/pdf/3101.00001v2"] = stalled(content, len(content) // 2, 3.0)
    child = world.start(home, moment)
    if moment == DOWNLOADING:
        end = time.monotonic() + PATIENCE
        while "/pdf/3101.00001v2" not in world.site.paths:
            assert time.monotonic() < end, child.said.read_text()
            time.sleep(0.02)
    else:
        child.await_word("here")
    child.kill()
    stock(world.site, [LANTERNS, BETTER, BEES])
    world.start(home, "").await_word("done 0")
    assert found(home) == undisturbed
    if moment not in (DOWNLOADING, "behind the report"):
        return
    again = world.start(home, "")
    again.await_word("done 0")
    assert again.said.read_text() == "done 0\n"  # nothing is new
    assert found(home) == undisturbed
