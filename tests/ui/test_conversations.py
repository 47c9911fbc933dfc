"""`ask --keep`, `ask --continue` and `pincite conversations`, from the words typed to what the home holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.followup import Exchange
from corpus.conversations import Conversations
from corpus.essays import Essay, Question, write_essay
from tests.schemas import validator
from tests.ui.conftest import HARBOUR_QUESTION
from tests.ui.sample import ANSWERS, FAILED
from ui.conversation import Letter, Turn
from ui.conversations import conversation_markdown, exchanges_of, kept_turn, turns_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers import Answer
    from tests.ui.conftest import Pincite, Stocked


def test_a_conversation_is_begun_gone_on_with_and_deleted(pincite: Pincite, stocked: Stocked) -> None:
    begun = pincite("ask", "--keep", "--json", HARBOUR_QUESTION)
    assert begun.json["question"] == HARBOUR_QUESTION
    assert begun.err == 'Kept. Go on with it: pincite ask --continue last "QUESTION"\n'
    after = pincite("ask", "--continue", "last", "--json", "and for Keeper?")
    answer = after.json
    validator().validate(answer)
    assert answer["question"] == "and for Keeper?"
    assert answer["query"] != answer["question"]
    assert "small harbour" in answer["query"]

    (head,) = pincite("conversations", "list", "--json").json
    assert (head["title"], head["questions"]) == (HARBOUR_QUESTION, 2)
    assert f"{head['id']}  {HARBOUR_QUESTION} (2 questions, " in pincite("conversations", "list").out
    shown = pincite("conversations", "show", head["id"])
    assert HARBOUR_QUESTION in shown.out
    assert f"and for Keeper?\nSearched for: {answer['query']}" in shown.out

    assert pincite("conversations", "delete", head["id"]).out == f"Deleted: {head['id']}\n"
    assert pincite("conversations", "list", "--json").json == []
    assert "No conversation is kept yet" in pincite("conversations", "list").out
    assert list((stocked.home / "conversations").glob("*.json")) == []


def test_a_work_that_is_named_is_the_only_one_asked(pincite: Pincite, stocked: Stocked) -> None:
    assert pincite("ask", "--keep", "What stands in the ledger of an archive?").code == 0
    answer = pincite("ask", "--continue", "last", "--json", "and for mill?").json
    assert {citation["work"] for citation in answer["citations"]} <= {"mill"}
    assert {evidence["work"] for evidence in answer["evidence"]} == {"mill"}
    other = pincite("ask", "--continue", "last", "--json", "--work", "harbour", "and for mill?").json
    assert {evidence["work"] for evidence in other["evidence"]} == {"harbour"}
    assert stocked.facts


def test_nothing_is_kept_unasked(pincite: Pincite, stocked: Stocked) -> None:
    assert pincite("ask", HARBOUR_QUESTION).code == 0
    assert not (stocked.home / "conversations").exists()
    assert pincite("conversations", "list", "--json").json == []


def test_an_essays_question_is_asked_again_of_another_work_as_the_essays(pincite: Pincite, stocked: Stocked) -> None:
    question = Question(
        "count-1", "Counting", "who counts?", "When can a small harbour count its boats?", facets=("Slack water.",)
    )
    write_essay(
        Essay("harbours", "Harbours", None, "2031", None, ("Counting",), (question,), ()),
        stocked.home / "essays" / "harbours.toml",
    )
    first = pincite("ask", "--keep", "--json", "who counts?").json
    assert first["query"] == question.standalone
    again = pincite("ask", "--continue", "last", "--json", "and for mill?").json
    assert again["query"] == question.standalone
    assert {evidence["work"] for evidence in again["evidence"]} == {"mill"}


def test_export_gives_markdown_and_json_that_verify_reads(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    assert pincite("ask", "--keep", HARBOUR_QUESTION).code == 0
    text = pincite("conversations", "export", "last").out
    assert text.startswith(f"# {HARBOUR_QUESTION}\n")
    assert "[^1-1]" in text
    markdown, saved = tmp_path / "talk.md", tmp_path / "talk.json"
    assert pincite("conversations", "export", "last", "--out", markdown).out == f"Written: {markdown}\n"
    assert markdown.read_text(encoding="utf-8") == text
    assert pincite("conversations", "export", "last", "--out", saved).code == 0
    held = json.loads(saved.read_text(encoding="utf-8"))
    assert held["title"] == HARBOUR_QUESTION
    validator().validate({key: value for key, value in held["answers"][0].items() if key != "moment"})
    ran = pincite("verify", saved)
    assert ran.code == 0
    assert "stands" in ran.out
    assert stocked.facts


def test_a_damaged_conversation_is_told_and_the_others_are_listed(pincite: Pincite, stocked: Stocked) -> None:
    pincite("ask", "--keep", HARBOUR_QUESTION)
    (stocked.home / "conversations" / "20310505-100000-abcdef.json").write_text("{", encoding="utf-8")
    ran = pincite("conversations", "list")
    assert ran.code == 0
    assert HARBOUR_QUESTION in ran.out
    assert ran.err == "20310505-100000-abcdef.json cannot be read, and was skipped.\n"
    shown = pincite("conversations", "show", "20310505-100000-abcdef")
    assert shown.code == 1
    assert "cannot be read" in shown.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ask", "--continue", "last", "why?"), 1, "No conversation is kept in the home yet."),
        (("ask", "--continue", "nobody", "why?"), 1, "No conversation 'nobody' is kept in the home."),
        (("ask", "--keep", "--continue", "last", "why?"), 2, "--keep and --continue"),
        (("ask", "--keep", "--file", "x.jsonl"), 2, "--keep and --continue"),
        (("conversations", "show", "nobody"), 1, "pincite conversations list"),
        (("conversations", "delete", "../x"), 1, "pincite conversations list"),
    ],
)
def test_what_cannot_be_is_said(pincite: Pincite, stocked: Stocked, words: tuple[str, ...], code: int, says: str) -> None:
    ran = pincite(*words)
    assert ran.code == code
    assert says in ran.err
    assert stocked.facts


def test_every_outcome_comes_back_from_the_home(home: Path) -> None:
    kept = Conversations(home)
    letter = Letter("It failed.", "Ask again.")
    outcomes: list[Answer | Letter] = [*ANSWERS, letter]
    head = kept.begin(kept_turn("first?", outcomes[0]))
    for outcome in outcomes[1:]:
        kept.append(head.id, kept_turn("more?", outcome))
    turns = turns_of(kept.read(head.id))
    assert [turn.question for turn in turns] == ["first?", *["more?"] * (len(outcomes) - 1)]
    for turn, outcome in zip(turns, outcomes, strict=True):
        if isinstance(outcome, Letter):
            assert turn.outcome == outcome
        else:
            assert not isinstance(turn.outcome, Letter | None)
            assert (turn.outcome.question, turn.outcome.claims) == (outcome.question, outcome.claims)
    text = conversation_markdown("A talk", turns)
    assert text.startswith("# A talk\n")
    assert "It failed. Ask again." in text


def test_a_follow_up_leans_on_answers_and_abstentions_alone() -> None:
    abstained = next(answer for answer in ANSWERS if answer.status == "abstained")
    turns = [Turn("a?", abstained), Turn("b?", Letter("It failed.", "Ask again.")), Turn("c?", FAILED), Turn("d?", None)]
    assert exchanges_of(turns) == [Exchange(abstained.question, abstained.query, ())]


def test_an_answer_of_a_later_form_is_a_letter_that_says_so(home: Path) -> None:
    kept = Conversations(home)
    turn = kept_turn("a?", ANSWERS[0])
    assert turn.answer is not None
    head = kept.begin(type(turn)(turn.question, turn.moment, {**turn.answer, "schema": 99}))
    (shown,) = turns_of(kept.read(head.id))
    assert isinstance(shown.outcome, Letter)
    assert "schema" in shown.outcome.message
