"""`--llm` on the command line, against a scripted server: answers, reasons, streaming, and what `doctor` says."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from corpus.settings import Settings
from tests.servers.language_model import language_model
from tests.ui import sample
from tests.ui.conftest import ELSEWHERE, HARBOUR_QUESTION
from ui import wiring
from ui.growing import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.answers import Answer
    from tests.ui.conftest import Pincite, Ran, Stocked


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_LIKE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PINCITE_RETRY_SECONDS", "0.01")


def test_an_answer_is_written_by_the_model_that_is_named(pincite: Pincite, stocked: Stocked) -> None:
    with language_model("good") as server:
        given = pincite("ask", HARBOUR_QUESTION, "--llm", server.spec, "--json").json
    assert given["composer"] == "openai-like/scripted"
    assert given["tokens"] > 200
    assert {claim["kind"] for claim in given["claims"]} <= {"composed", "quoted"}
    assert server.url not in json.dumps(given)


def test_a_variable_names_it_as_well_and_a_key_alone_does_not(
    pincite: Pincite, stocked: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "lamp-key")
    with language_model("good") as server:
        assert pincite("ask", HARBOUR_QUESTION, "--json").json["composer"] == "library"
        assert server.asked == []
        monkeypatch.setenv("PINCITE_LLM", server.ollama)
        assert pincite("ask", HARBOUR_QUESTION, "--json").json["composer"] == "ollama/scripted"
        assert "lamp-key" not in str(server.asked)


def test_what_cannot_be_proven_gives_the_librarys_answer_and_the_reason(pincite: Pincite, stocked: Stocked) -> None:
    plain = pincite("ask", HARBOUR_QUESTION, "--json").json
    with language_model("invents-quotes") as server:
        given = pincite("ask", HARBOUR_QUESTION, "--llm", server.spec, "--json").json
        said = pincite("ask", HARBOUR_QUESTION, "--llm", server.spec)
    assert given["claims"] == plain["claims"]
    assert given["composer"] == "library"
    assert "could be proven" in given["notes"][-1]
    assert said.code == 0
    assert "could be proven" in said.out


def test_a_missing_key_is_said_and_the_answer_given(pincite: Pincite, stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PINCITE_OFFLINE")
    said = pincite("ask", HARBOUR_QUESTION, "--llm", "anthropic/claude-x")
    assert said.code == 0
    assert "ANTHROPIC_API_KEY is not set" in said.out
    assert "[1]" in said.out


def test_offline_forbids_models_that_are_elsewhere(pincite: Pincite, stocked: Stocked) -> None:
    given = pincite("ask", HARBOUR_QUESTION, "--llm", "openai-like/m@http://192.0.2.1/v1", "--json").json
    assert "PINCITE_OFFLINE" in given["notes"][-1]
    assert given["status"] == "answered"


def test_a_name_without_sense_is_a_short_letter(pincite: Pincite, stocked: Stocked) -> None:
    said = pincite("ask", HARBOUR_QUESTION, "--llm", "claude")
    assert said.code == 1
    assert said.out == ""
    assert "openai-like/MODEL@http://" in said.err


def test_no_model_sees_what_the_library_does_not_bear_on(pincite: Pincite, stocked: Stocked) -> None:
    with language_model("good") as server:
        assert pincite("ask", ELSEWHERE, "--llm", server.spec, "--json").json["status"] == "abstained"
        assert server.asked == []


def test_a_file_of_questions_shares_one_budget(
    pincite: Pincite, stocked: Stocked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": f"q{number}", "question": HARBOUR_QUESTION}) for number in range(3)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("PINCITE_LLM_TOKENS", "5000")
    with language_model("good") as server:
        said = pincite("ask", "--file", tmp_path / "questions.jsonl", "--llm", server.spec, "--json")
    composers = [json.loads(line)["composer"] for line in said.out.splitlines()]
    assert composers[0] == "openai-like/scripted"
    assert composers[-1] == "library"
    assert "PINCITE_LLM_TOKENS" in said.out
    assert said.code == 0


def test_the_report_is_written_by_the_model_and_says_what_it_cost(pincite: Pincite, stocked: Stocked) -> None:
    with language_model("good") as server:
        said = pincite("answer", "--llm", server.spec, "--no-pictures")
    assert said.code == 0
    assert "tokens." in said.out


def checks_of(ran: Ran) -> dict[str, Any]:
    return {check["check"]: check for check in ran.json["checks"]}


def test_doctor_tries_the_model(pincite: Pincite, stocked: Stocked) -> None:
    with language_model("ready") as server:
        checks = checks_of(pincite("doctor", "--llm", server.spec, "--json"))
        assert len(server.asked) == 1
    found = checks["language model"]
    assert found["well"] is True
    assert "tokens" in found["says"]
    assert "first word after" in found["says"]


@pytest.mark.parametrize(
    ("play", "part"), [("bad-key", "401"), ("refuses", "Temperature is not supported"), ("empty", "nothing")]
)
def test_doctor_says_what_is_wrong_with_the_model(play: str, part: str, pincite: Pincite, stocked: Stocked) -> None:
    with language_model(play) as server:
        said = pincite("doctor", "--llm", server.spec)
    assert said.code == 1
    assert part in said.out


def test_doctor_names_no_model_where_none_is_named(pincite: Pincite, stocked: Stocked) -> None:
    checks = checks_of(pincite("doctor", "--json"))
    assert checks["language model"]["well"] is True


def test_on_a_terminal_the_claims_are_shown_as_they_come() -> None:
    out = io.StringIO()
    screen = Console(file=out, force_terminal=True, width=60, height=12)
    answer = sample.KEEPING_1

    def states() -> Iterator[Answer]:
        from dataclasses import replace

        for count in range(1, len(answer.claims) + 1):
            yield replace(answer, claims=answer.claims[:count])

    assert whole(screen, states(), "ollama/lamp") is not None
    shown = " ".join(out.getvalue().split())
    assert all(claim.text[:20] in shown for claim in answer.claims)


def test_in_a_pipe_nothing_is_shown_before_the_end() -> None:
    out = io.StringIO()
    assert whole(Console(file=out), iter([sample.KEEPING_1]), "ollama/lamp") is sample.KEEPING_1
    assert out.getvalue() == ""


def test_no_writer_is_made_where_no_model_is_named(home: Path) -> None:
    assert wiring.make_writer(Settings.load({}, home=home)) is None
