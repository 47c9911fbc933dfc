"""An essay's question asked in other words is recognised, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.recognise import recognise
from corpus.essays import Essay, Question, essays
from corpus.works import Author, Work
from tests.conftest import PAPERS

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.embedder import Embedder

KEEPING = Question("keeping-1", "Keeping", "Is a brighter lamp worth it?", "Does a brighter lamp help an archive to remember?")
LEDGERS = Question("keeping-2", "Keeping", "And ledgers?", "How does a day ledger keep an archive's answers through the winter?")
BELLS = Question("bells-1", "Bells", "Can bells count?", "Can the bell of a harbour tell how many boats are out?")
ASKED = Essay("archives", "Letters on Archives", "A. Clerk", "2031", None, ("Keeping", "Bells"), (KEEPING, LEDGERS, BELLS), ())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Does an archive remember better when its lamp is brighter?", KEEPING),
        ("Does having a brighter lamp help an archive to remember things?", KEEPING),
        ("Can a harbour's bell tell how many boats are still out?", BELLS),
        ("What does a brighter lamp cost?", None),
        ("Who keeps the ledger of the archive?", None),
        ("Which enzyme splits lactose?", None),
    ],
)
def test_a_question_in_other_words(real_embedder: Embedder, text: str, meant: Question | None) -> None:
    found = recognise(real_embedder, [ASKED], text)
    assert (found[1] if found else None) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Why does a brighter lamp help an archive to remember?",
        "Does a brighter lamp help an archive to remember, as Hale says?",
    ],
)
def test_another_kind_of_question_in_the_same_words(real_embedder: Embedder, text: str) -> None:
    """Of a reason or of a work, as the essay's own question is not; the words are as near as any."""
    hale = Work("hale-2030", "Tides", (Author("Hale", "Ada"),), 2030)
    assert recognise(real_embedder, [ASKED], text, [hale]) is None
    assert recognise(real_embedder, [ASKED], "Does a brighter lamp help an archive to remember?", [hale]) == (ASKED, KEEPING)


def test_an_essay_without_questions(real_embedder: Embedder) -> None:
    assert recognise(real_embedder, [Essay("none", "None", "A. Clerk", "2031", None, (), (), ())], "Is it so?") is None


@pytest.mark.papers
def test_most_of_the_essays_questions_as_reviewed_and_none_on_its_works(real_embedder: Embedder, papers: Path) -> None:
    known = list(essays().values())
    rows = [json.loads(line) for line in (PAPERS.parent / "essay" / "questions.jsonl").read_text("utf-8").splitlines()]
    found = [recognise(real_embedder, known, row["standalone"]) for row in rows]
    right = [each is not None and each[1].id == row["id"] for each, row in zip(found, rows, strict=True)]
    assert sum(right) >= 17
    assert all(each is None or good for each, good in zip(found, right, strict=True))
    for name in ("dev-cited-works", "dev-more-papers"):
        for line in (PAPERS.parent / "qa" / f"{name}.jsonl").read_text("utf-8").splitlines():
            assert recognise(real_embedder, known, json.loads(line)["question"]) is None
