"""What the command line and the app both do, without a terminal or a page."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.answers import Answer
from bot.followup import exchange_of
from corpus.bibliography import catalogue
from corpus.errors import CatalogueError, EmbedderMismatch, QuestionError, SavedAnswerError, UnknownWork
from corpus.settings import Settings
from ingest.events import Embedding, Registered, TakenIn, Unchanged
from tests.fakes import HashEmbedder
from tests.ui.conftest import HARBOUR, MILL
from ui import wiring, workflows

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reader import Reader

QUESTION = "What does a small harbour forget?"


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    """Stands behind the seam in place of the model."""
    made = HashEmbedder()
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: made)
    return made


@pytest.fixture
def settings(home: Path, tmp_path: Path, embedder: HashEmbedder) -> Settings:
    """A home with two works."""
    settings = Settings.load({}, home=home, threshold=0.0)
    for name, text in (("harbour", HARBOUR), ("mill", MILL)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        list(workflows.add(settings, [tmp_path / f"{name}.txt"], name))
    return settings


@pytest.fixture
def reader(settings: Settings) -> Reader:
    return wiring.make_reader(settings)[0]


def another(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    made = HashEmbedder(name="hash-32", dimensions=32)
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: made)
    return made


def test_a_reader_of_another_model_is_refused_and_the_index_stays(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    pointer = (settings.home / "index" / "current").read_bytes()
    another(monkeypatch)
    with pytest.raises(EmbedderMismatch, match="hash-64"):
        wiring.make_reader(settings)
    assert (settings.home / "index" / "current").read_bytes() == pointer


def test_another_model_embeds_all_anew_before_it_adds(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = another(monkeypatch)
    (tmp_path / "new.txt").write_text(HARBOUR.replace("harbour", "quay"), encoding="utf-8")
    events = list(workflows.add(settings, [tmp_path / "new.txt"], "quay"))
    kinds = [type(event) for event in events]
    assert kinds.index(Embedding) < kinds.index(TakenIn)
    assert any("miller" in " ".join(text) for text in made.embedded)
    answer = workflows.ask(wiring.make_reader(settings)[0], "What does a miller hear?", evidence=5)
    assert answer.evidence[0].work.key == "mill"


def test_rebuild_embeds_nothing_unless_asked(settings: Settings, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(embedder.embedded)
    *_, count = workflows.rebuild(settings, embed=False)
    assert len(embedder.embedded) == before
    made = another(monkeypatch)
    *_, anew = workflows.rebuild(settings, embed=True)
    assert anew == count
    assert made.embedded
    assert wiring.make_reader(settings)[1] is None


def test_a_lost_index_is_mended_and_said(settings: Settings) -> None:
    (settings.home / "index" / "current").unlink()
    reader, mended = wiring.make_reader(settings)
    assert mended is not None
    assert "built anew" in mended
    assert workflows.ask(reader, QUESTION, evidence=3).evidence


def test_added_again_it_is_unchanged_and_nothing_is_embedded(settings: Settings, tmp_path: Path, embedder: HashEmbedder) -> None:
    before = len(embedder.embedded)
    events = list(workflows.add(settings, [tmp_path / "harbour.txt"], None))
    assert [type(event) for event in events] == [Unchanged]
    assert len(embedder.embedded) == before


def test_removed_works_leave_the_index_at_once(settings: Settings) -> None:
    list(workflows.remove(settings, "mill"))
    with wiring.open_library(settings) as library:
        assert wiring.open_index(settings).check(library, "hash-64") == []
    with pytest.raises(UnknownWork):
        list(workflows.remove(settings, "mill"))


def test_a_question_in_the_essays_words_is_the_essays_question(reader: Reader) -> None:
    essay = workflows.choose_essay(Settings.load({}, home=reader.library.home))
    question = next(each for each in essay.questions if each.asked != each.standalone)
    answer = workflows.ask(reader, question.asked, evidence=3, name="mine")
    assert answer.query == question.standalone
    assert answer.id == "mine"
    assert workflows.ask(reader, QUESTION, evidence=3).query == QUESTION


def test_a_follow_up_is_searched_beside_its_topic_and_repeats_nothing(reader: Reader) -> None:
    first = workflows.ask(reader, QUESTION, evidence=10)
    second = workflows.ask(reader, "why the boats?", evidence=10, earlier=[exchange_of(first)])
    assert second.query == "A small harbour forget: why the boats?"
    quoted = {citation.quote for citation in first.citations}
    assert quoted
    assert not quoted & {citation.quote for citation in second.citations}
    assert workflows.ask(reader, QUESTION, evidence=10, earlier=[exchange_of(first)]).claims == first.claims


def test_ingest_takes_from_the_files_at_hand_what_it_cannot_fetch(
    home: Path, tmp_path: Path, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = catalogue()["bengio-2017"]
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "prior.txt").write_text(f"{work.title}\n\n{work.authors[0].full}\n\n{HARBOUR}", encoding="utf-8")
    (folder / "mill.txt").write_text(MILL, encoding="utf-8")
    settings = Settings.load({"PINCITE_PAPERS": str(folder)}, home=home, offline=True)
    events = list(workflows.ingest(settings, workflows.choose_essay(settings), None))
    [taken] = [event for event in events if isinstance(event, TakenIn)]
    assert taken.work.key == "bengio-2017"
    assert "stands in for it. Bengio 2017 was not fetched: PINCITE_OFFLINE forbids it." in taken.notes[-1]
    assert sum(isinstance(event, Registered) for event in events) == 4
    elsewhere = Settings.load({"PINCITE_PAPERS": str(tmp_path / "absent")}, home=tmp_path / "other", offline=True)
    events = list(workflows.ingest(elsewhere, workflows.choose_essay(elsewhere), None))
    assert sum(isinstance(event, Registered) for event in events) == 5


def test_ask_raises_what_a_person_can_act_on(reader: Reader) -> None:
    with pytest.raises(UnknownWork, match="harbor"):
        workflows.ask(reader, QUESTION, works=["harbor"], evidence=3)
    with pytest.raises(QuestionError):
        workflows.ask(reader, "", evidence=3)


def test_every_line_but_the_blank_ones_has_its_answer(reader: Reader) -> None:
    lines = [
        json.dumps({"id": 1, "question": QUESTION}),
        "",
        " \t",
        "{",
        '{"id": "b"}',
        '{"id": null, "question": ""}',
        "[]",
        "7",
    ]
    answers = list(workflows.ask_lines(reader, lines, evidence=3))
    assert [answer.id for answer in answers] == ["1", None, "b", None, None, None]
    assert [answer.status for answer in answers] == ["answered", *["error"] * 5]
    assert ["Line 4" in str(answers[1].message), "Line 5" in str(answers[2].message)] == [True, True]


def test_lines_are_answered_as_they_come(reader: Reader) -> None:
    taken = []

    def lines() -> object:
        for number in range(3):
            taken.append(number)
            yield json.dumps({"question": QUESTION})

    answers = workflows.ask_lines(reader, lines(), evidence=3)  # type: ignore[arg-type]
    next(answers)
    assert taken == [0]


def test_an_unknown_work_fails_each_line_and_says_so(reader: Reader) -> None:
    (answer,) = workflows.ask_lines(reader, [json.dumps({"question": QUESTION})], works=["harbor"], evidence=3)
    assert answer.status == "error"
    assert "harbour" in str(answer.message)


def test_an_essay_is_chosen_by_its_key(home: Path) -> None:
    settings = Settings.load({}, home=home)
    first = workflows.choose_essay(settings)
    assert workflows.choose_essay(settings, first.key) == first
    with pytest.raises(CatalogueError, match="no-such") as caught:
        workflows.choose_essay(settings, "no-such")
    assert first.key in caught.value.remedy


def test_every_state_of_the_answers_is_kept_and_proven(settings: Settings, reader: Reader) -> None:
    essay = workflows.choose_essay(settings)
    answer = workflows.ask(reader, QUESTION, evidence=3)
    paths = [workflows.save_answers(settings, essay, [answer]) for _ in range(2)]
    assert workflows.saved_answers(settings) == paths
    findings = list(workflows.verify(settings, paths))
    assert len(findings) == 2 * len(answer.citations) > 0
    assert {finding.verdict for finding in findings} == {"stands"}

    false = replace(answer.citations[0], quote=replace(answer.citations[0].quote, text="A small harbour forgets nothing."))  # type: ignore[type-var]
    twisted = workflows.save_answers(settings, essay, [Answer(QUESTION, QUESTION, "answered", citations=(false,))])
    assert [finding.verdict for finding in workflows.verify(settings, [twisted])] == ["altered"]


def test_no_saved_answers(settings: Settings, tmp_path: Path) -> None:
    assert workflows.saved_answers(settings) == []
    assert list(workflows.verify(settings, [])) == []
    with pytest.raises(SavedAnswerError):
        list(workflows.verify(settings, [tmp_path / "harbour.txt"]))
