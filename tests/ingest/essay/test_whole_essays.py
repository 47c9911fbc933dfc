"""Whole essays: the one at hand, and two of our own, judged question by question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rapidfuzz import fuzz

from corpus.bibliography import catalogue, read_bibtex, write_bibtex
from corpus.essays import load_essay, write_essay
from corpus.text import loose
from ingest.essay import read_essay
from tests.ingest.essay.made import TODAY, made

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.essays import Essay
    from ingest.essay import Draft


def _read(name: str) -> Draft:
    return read_essay(made(name), name, today=TODAY)


def _pairs(essay: Essay) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(question.asked, question.implied, question.cites) for question in essay.questions]


@pytest.mark.papers
def test_the_essay_at_hand_gives_its_questions_and_all_its_works(papers: Path) -> None:
    folder = papers.parent / "essay"
    gold = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    file = folder / "next-on-llm-2024-04.txt"
    draft = read_essay(file.read_bytes(), file.name, known=catalogue().values())
    essay = draft.essay

    def same(mine: str, theirs: str) -> bool:
        return fuzz.ratio(loose(mine), loose(theirs)) >= 95

    missing = [row["id"] for row in gold if not any(same(question.asked, row["asked"]) for question in essay.questions)]
    extra = [question.asked for question in essay.questions if not any(same(question.asked, row["asked"]) for row in gold)]
    assert (missing, extra) == ([], [])
    implied = {row["asked"] for row in gold if row["implied"]}
    assert {question.asked for question in essay.questions if question.implied} == implied
    assert set(essay.references) == {key for row in gold for key in row["cites"]}
    assert (draft.new, draft.unresolved, len(essay.references)) == ((), (), 5)
    assert (essay.title, essay.date) == ("Some Questions asking Myself 2024.4", "2024-04")


@pytest.mark.papers
def test_without_a_catalogue_the_essay_at_hand_still_lists_its_works(papers: Path) -> None:
    file = papers.parent / "essay" / "next-on-llm-2024-04.txt"
    draft = read_essay(file.read_bytes(), file.name)
    reviewed = catalogue()
    assert len(draft.new) == len(draft.essay.references) == 5
    for made_up, known in zip(draft.new, reviewed.values(), strict=True):
        assert loose(made_up.title) == loose(known.title)
        assert made_up.authors[0].family == known.authors[0].family
        assert made_up.year in (known.year, None)


def test_an_essay_in_markdown_with_notes() -> None:
    draft = _read("gardens.md")
    essay = draft.essay
    assert (essay.key, essay.title, essay.author, essay.date) == ("gardens", "Gardens of Memory", "Ida Fenn", "2031-03-09")
    assert essay.sections == ("What should a memory keep?", "Pruning", "Seasons")
    keep = ("rowe-2027", "marsh-2028")
    assert _pairs(essay) == [
        ("What should a memory keep?", False, (*keep, "arxiv-2904-11223")),
        ("Does a memory that forgets nothing still learn?", False, keep),
        (
            "if forgetting is useful, who decides what is forgotten — the model, its owner, or the reader?",
            False,
            keep,
        ),
        ("whether a model can be made to forget a single page without harming its neighbours", True, ("arxiv-2904-11223",)),
        ("how the useful ones could be told before training", True, ("brook-2028",)),
        ("Could such pruned models be grafted onto one another?", False, ("brook-2028",)),
        ("Does it depend on the season of training?", False, ("fenn-2029",)),
        ("Does early data shape a model more than late data?", False, ("fenn-2029",)),
    ]
    assert [question.id for question in essay.questions][:2] == ["memory-keep-1", "memory-keep-2"]
    assert all(question.open for question in essay.questions)
    works = {work.key: work for work in draft.new}
    assert works["rowe-2027"].identifiers.doi == "10.5555/jsm.2027.0402"
    assert works["brook-2028"].title == "Pruning without tears"
    assert [author.full for author in works["brook-2028"].authors] == ["Lena Brook", "Piet de Wit"]
    assert works["marsh-2028"].authors[1].family == "van der Veen"
    assert [each.text for each in draft.unresolved] == ["A conversation over the fence, last spring."]
    assert {each.text: each.reason for each in draft.left_out} == {
        "Want to know what I asked last year?": "it speaks to the reader",
        "For instance?": "it says nothing by itself",
        "Why does this work at all?": "the essay answers it at once",
        "could two small models be joined into a good larger one?": "it asks the one before in other words",
    }


def test_an_essay_in_html_with_authors_and_years() -> None:
    draft = _read("tides.html")
    essay = draft.essay
    assert (essay.title, essay.author, essay.date) == ("What the Tide Teaches", "Nils Okafor", "2032-11-02")
    assert essay.url == "https://harbour.example.org/what-the-tide-teaches"
    assert essay.sections == ("Surprise", "Long horizons", "Trust")
    surprise = ("abara-2024", "quill-2019", "quill-2021-b")
    assert _pairs(essay) == [
        ("Is surprise a signal or merely an error with a pleasant name?", False, surprise),
        ("Should a forecaster seek surprise, as Abara and Holm (2024) argue, or avoid it?", False, surprise),
        (
            "whether a system that avoids all surprise would ever leave the dark room that Quill (2021a) describes",
            True,
            ("quill-2021",),
        ),
        ("Can they be corrected from inside, or does every long forecast need fresh observation?", False, ("vasquez-lund-2025",)),
        ("How far ahead a forecaster can see at best", True, ("vasquez-lund-2025",)),
        ("What would a forecaster lose if it predicted summaries of the sea instead of the sea itself?", False, ("lin-2024",)),
        ("Is there a horizon beyond which these summaries stop helping?", False, ("vasquez-lund-2025", "lin-2024")),
        ("how to give learned forecasters such a reputation", True, ()),
        ("Whom should a harbour believe when two good forecasters disagree?", False, ()),
        ("how to combine forecasts whose errors are not independent", True, ()),
    ]
    titles = {work.key: (work.title, work.year, work.venue) for work in draft.new}
    assert titles == {
        "abara-2024": ("Learning from Surprise", 2024, "Annals of Forecasting"),
        "quill-2019": ("The Moon Does the Work", 2019, "Saltmarsh Press"),
        "quill-2021": ("The Dark Room at Low Tide", 2021, "Philosophy of Water"),
        "quill-2021-b": ("Errors Worth Making", 2021, None),
        "vasquez-lund-2025": ("Drift in Learned Simulators", 2025, "Proceedings of the Tidal Learning Conference"),
        "lin-2024": ("Summaries of the Sea", 2024, None),
    }
    assert [each.text for each in draft.unresolved] == ["See also the harbour master's notebooks, unpublished."]
    assert [each.text for each in draft.left_out] == ["Have you ever watched a child at the beach?", "What next?"]


@pytest.mark.parametrize("name", ["gardens.md", "tides.html"])
def test_what_was_found_survives_its_files(name: str, tmp_path: Path) -> None:
    draft = _read(name)
    path = tmp_path / f"{draft.essay.key}.toml"
    write_essay(draft.essay, path, opening=["look at it"])
    assert load_essay(path) == draft.essay
    assert read_bibtex(write_bibtex(draft.new)) == list(draft.new)


@pytest.mark.parametrize("name", ["gardens.md", "tides.html"])
def test_a_second_reading_knows_the_works_of_the_first(name: str) -> None:
    first = _read(name)
    again = read_essay(made(name), name, known=first.new, today=TODAY)
    assert again.new == ()
    assert again.essay == first.essay
