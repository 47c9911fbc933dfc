"""`pincite update --llm`: a model is asked again only where what it would be asked is something else than before."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ingest.watches import add_watch, make_watch
from tests.bot.write.word_for_word import WordForWord
from tests.servers.language_model import language_model
from tests.servers.language_plays import Reply, Seen, claims, honest
from tests.ui.test_updates import (
    MILLS,
    SAME_BOATS,
    Killed,
    embedder,
    new_paper,
    new_version,
    papers,
    report_of,
    run,
    settings,
)
from ui import update_flow, wiring
from ui.update_flow import last_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.essays import Essay
    from corpus.settings import Settings
    from tests.papers import MadePapers
    from tests.servers.language_model import LanguageModelServer
    from tests.ui.conftest import Pincite

__all__ = ["embedder", "papers", "settings"]


@pytest.fixture
def server() -> Iterator[LanguageModelServer]:
    """A model that says the same in other words each time it is asked."""

    def never_twice(asked: Seen) -> Reply:
        ((text, number, quote),) = honest(asked, 1)
        lead = ("Indeed", "Likewise", "Furthermore", "Namely")[asked.turn % 4]
        return Reply(claims((text.replace("Indeed", lead), number, quote)))

    with language_model(never_twice) as site:
        yield site


@pytest.fixture
def written(
    settings: Settings, server: LanguageModelServer, pincite: Pincite, embedder: object, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """The essay's questions were answered by the model, each from one passage."""
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: embedder)
    monkeypatch.setattr(wiring, "make_verifier", lambda settings, embedder=None: WordForWord())
    monkeypatch.setattr(update_flow, "EVIDENCE", 1)
    monkeypatch.setenv("PINCITE_LLM", server.spec)
    monkeypatch.setenv("PINCITE_RETRY_SECONDS", "0.01")
    out = settings.home.parent / "report"
    assert pincite("answer", "--essay", "harbours", "--out", out, "--evidence", "1").code == 0
    composers = {answer["id"]: answer["composer"] for answer in newest(settings)}
    assert composers == {"boats-1": "openai-like/scripted", "mills-1": "openai-like/scripted", "bees-1": "library"}
    server.asked.clear()
    return replace(settings, llm=server.spec)


def newest(settings: Settings) -> list[dict[str, Any]]:
    path = max((settings.home / "answers" / "harbours").iterdir())
    held: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["answers"]
    return held


def words(settings: Settings) -> dict[str, list[str]]:
    return {answer["id"]: [claim["text"] for claim in answer["claims"]] for answer in newest(settings)}


def test_where_no_evidence_changed_no_model_is_asked_and_no_answer_counts_as_changed(
    written: Settings, server: LanguageModelServer, papers: MadePapers
) -> None:
    before = words(written)
    new_version(papers, SAME_BOATS)
    report = report_of(run(written))
    assert server.asked == []
    assert words(written) == before
    assert {change.id: change.touches for change in report.essays[0].changes} == {
        "boats-1": "version",
        "mills-1": None,
        "bees-1": None,
    }
    assert report.tokens == 0


def test_only_the_answer_whose_evidence_is_other_is_written_anew(
    written: Settings, server: LanguageModelServer, papers: MadePapers, pincite: Pincite
) -> None:
    before = words(written)
    add_watch(written.home, make_watch("swarm"))
    new_paper(papers)
    said = pincite("update")
    assert len(server.asked) == 1
    after = words(written)
    assert {name for name in after if after[name] != before[name]} == {"bees-1"}
    assert said.code == 0
    assert "1 answer changed; 2 as before." in said.out
    assert "tokens, only where the passages behind an answer are others." in said.out


def test_a_model_of_another_name_is_asked_everything(written: Settings, server: LanguageModelServer, papers: MadePapers) -> None:
    new_version(papers)
    run(replace(written, llm=f"openai-like/another@{server.url}/v1"))
    assert len(server.asked) == 2


def test_what_the_library_composed_while_the_model_was_away_is_written_now(
    written: Settings, server: LanguageModelServer, papers: MadePapers
) -> None:
    new_version(papers)
    run(replace(written, llm=""))
    assert {answer["composer"] for answer in newest(written)} == {"library"}
    new_version(papers, day="2031-03-01")
    papers.publish("2901.00002", "The Noise of Water Mills", "Otto Brook", "2031-03-02", _mills("twelve"))
    run(written)
    assert len(server.asked) == 2


def _mills(times: str) -> str:
    return MILLS.replace("eleven", times)


@pytest.mark.parametrize("moment", ["at the report", "at the answers"])
def test_an_update_that_is_ended_later_asks_for_nothing_twice(
    moment: str, written: Settings, server: LanguageModelServer, papers: MadePapers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    new_version(papers)
    with monkeypatch.context() as patch:
        patch.setattr(update_flow, "save_report" if moment == "at the report" else "last_state", _once(killed, moment))
        with pytest.raises(Killed):
            run(written)
    report = report_of(run(written))
    assert len(server.asked) == 1
    assert {change.id for change in report.essays[0].changed if change.touches == "answer"} == {"boats-1"}
    assert len(list((written.home / "answers" / "harbours").iterdir())) == 2


def _once(killed: Any, moment: str) -> Any:
    """At the answers, the first look at the newest state passes: it belongs to what is noted before."""
    calls = iter(range(1000))

    def look(settings: Settings, essay: Essay) -> Path | None:
        return killed() if next(calls) == 2 else last_state(settings, essay)

    return killed if moment == "at the report" else look


def test_a_script_is_told_what_it_cost(written: Settings, papers: MadePapers, pincite: Pincite) -> None:
    new_version(papers)
    rows = [json.loads(line) for line in pincite("update", "--json").out.splitlines()]
    assert rows[-1]["event"] == "language model"
    assert rows[-1]["writer"] == "openai-like/scripted"
    assert rows[-1]["tokens"] > 100
