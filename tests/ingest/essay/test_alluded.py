"""What an essay names and does not list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpus.bibliography import catalogue
from corpus.works import Author, Work
from ingest.essay import read_essay
from ingest.essay.alluded import SAYS, alluded_in
from ingest.essay.mentions import Listed

if TYPE_CHECKING:
    from pathlib import Path

REFERENCES = (Listed(Work("hale-2030", "The Empty Mole", (Author("Hale", "Ada"), Author("Brook", "Otto")), 2030)),)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mina Quarry once remarked that bees vote.", ["Mina Quarry"]),
        ("According to Mina Quarry, bees vote.", ["Mina Quarry"]),
        ("As Mina van der Quarry has argued, bees vote.", ["Mina van der Quarry"]),
        ("Could OpenHive's Bitter Honey overshadow it?", ["OpenHive’s Bitter Honey"]),
        ("Her essay “The Silent Swarm” is on this.", ["“The Silent Swarm”, an essay"]),
        ("As Quarry and Wax (2019) show, bees vote (Drone, 2020; Comb et al., 2021b).",
         ["Quarry and Wax 2019", "Drone 2020", "Comb et al. 2021"]),
        ("Hale and Brook (2030) show it; so did Ada Hale, who said so.", []),
        ("Ada Hale said so.", []),
        ("In her paper “The Empty Mole”, she said so. Hale's Empty Mole is known.", []),
        ("Hale (2031) says more.", ["Hale 2031"]),
        ("In May (2030) the bees came. See Section (2030).", []),
        ("The Keeper said so. Many People believed it. Language Models predict tokens.", []),
        ("The harbour's Northern Gate was open in 2030 (as in 2031).", []),
        ("Our King's Hill is high, and (1990) was a year.", ["King’s Hill"][:0]),
        ("", []),
    ],
)  # fmt: skip
def test_it_is_told_in_the_essays_words(text: str, named: list[str]) -> None:
    assert alluded_in(text, REFERENCES) == [f"{words}{SAYS}" for words in named]


@pytest.mark.papers
def test_the_essay_at_hand_names_two_of_which_it_lists_neither(papers: Path) -> None:
    folder = papers.parent / "essay"
    file = folder / "next-on-llm-2024-04.txt"
    essay = read_essay(file.read_bytes(), file.name, known=catalogue().values()).essay
    gold = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    reviewed = {row["asked"]: " ".join(row["alluded"]) for row in gold if row["alluded"]}
    found = {question.asked: question.alluded for question in essay.questions if question.alluded}
    assert len(found) == 2
    assert found.keys() <= reviewed.keys()
    assert all("Elon Musk" in words[0] or "Bitter Lesson" in words[0] for words in found.values())
