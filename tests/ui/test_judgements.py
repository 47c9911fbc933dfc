"""What people said of answers: listed, exported, and scored by `pincite eval`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.answers import Answer
from corpus.judgements import judgements, judgements_file, keep_judgement
from corpus.settings import Settings
from tests.ui.conftest import ELSEWHERE, HARBOUR_QUESTION, LANTERN_QUESTION
from tests.ui.sample import ANSWERS
from ui import wiring, workflows
from ui.judgement_form import answer_digest, judgement_of
from ui.judgements import gold_line

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.judgements import Verdict
    from tests.ui.conftest import Pincite, Stocked


def judge(stocked: Stocked, models: Path, question: str, verdict: Verdict, note: str = "", **more: Any) -> Answer:
    """Ask, and keep a judgement of the answer, as the app does."""
    reader, _ = wiring.make_reader(Settings.load({}, home=stocked.home, models=models, offline=True))
    answer = workflows.ask(reader, question, evidence=10)
    keep_judgement(stocked.home, judgement_of(answer, (), verdict, note, **more))
    reader.library.close()
    return answer


def test_nothing_said_is_said(pincite: Pincite) -> None:
    assert "Nobody has judged an answer yet" in pincite("judgements").out
    assert pincite("judgements", "--json").json == {"schema": 1, "judgements": [], "unread": 0}


def test_the_list_shows_the_last_word_and_its_note(pincite: Pincite, stocked: Stocked, models: Path) -> None:
    judge(stocked, models, HARBOUR_QUESTION, "good", "just so")
    judge(stocked, models, HARBOUR_QUESTION, "bad", "on second\nthoughts \x1b[31mno", not_held=True)
    judgements_file(stocked.home).open("a").write("torn\n")
    ran = pincite("judgements")
    assert f"bad answer: {HARBOUR_QUESTION}" in ran.out
    assert "on second thoughts" in ran.out
    assert "\x1b" not in ran.out
    assert "the works do not hold the answer" in ran.out
    assert "just so" not in ran.out
    assert "1 line of judgements.jsonl cannot be read" in ran.out
    (row,) = pincite("judgements", "--json").json["judgements"]
    assert row["verdict"] == "bad"
    assert row["citations"]


def test_the_export_is_what_eval_reads_and_scores(pincite: Pincite, stocked: Stocked, models: Path, tmp_path: Path) -> None:
    good = judge(stocked, models, HARBOUR_QUESTION, "good", "just so")
    judge(stocked, models, LANTERN_QUESTION, "bad", "off the point")
    declined = judge(stocked, models, ELSEWHERE, "good")
    assert (good.status, declined.status) == ("answered", "abstained")
    file = tmp_path / "gold.jsonl"
    ran = pincite("judgements", "--export", file)
    assert "3 judgements, 1 of them with gold quotes" in ran.out
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(line["kind"], bool(line["gold"]), line["note"]) for line in lines] == [
        ("answerable", True, "just so"),
        ("answerable", False, "off the point"),
        ("unanswerable", False, ""),
    ]
    assert lines[0]["gold"][0]["quote"] == next(each.quote.text for each in good.citations if each.quote)
    assert "found bad" in lines[1]["left_out"]
    measured = pincite("eval", file, "--json").json
    assert measured["questions"] == 3
    assert measured["a citation on a gold page"] == 1.0
    assert measured["a citation that shares half of a gold quote"] == 1.0
    assert measured["unanswerable questions declined"] == 1.0


@pytest.mark.parametrize("answer", [each for each in ANSWERS if each.status != "error"], ids=lambda answer: answer.question[:30])
@pytest.mark.parametrize("verdict", ["good", "bad"])
@pytest.mark.parametrize("not_held", [True, False])
def test_every_line_has_gold_or_says_why_not(answer: Answer, verdict: Verdict, not_held: bool) -> None:
    line = gold_line(judgement_of(answer, (), verdict, "", not_held=not_held and verdict == "bad"))
    assert bool(line["gold"]) != ("left_out" in line)
    assert line["kind"] == "unanswerable" or not (verdict == "bad" and not_held)


def test_a_follow_up_is_exported_as_what_was_searched() -> None:
    answer = next(each for each in ANSWERS if each.citations)
    judgement = judgement_of(Answer("and why?", "Why does the keeper write?", "answered"), (), "good", "")
    assert gold_line(judgement)["question"] == "Why does the keeper write?"
    assert answer_digest(answer) != judgement.digest


def test_an_export_that_cannot_be_written_is_told(pincite: Pincite, tmp_path: Path) -> None:
    ran = pincite("judgements", "--export", tmp_path / "missing" / "gold.jsonl")
    assert ran.code == 1
    assert "cannot be written" in ran.err
    assert judgements(tmp_path).judgements == ()
