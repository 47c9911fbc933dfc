"""`pincite update` and `pincite watch`: a real library, answers of a small essay, and arXiv made up."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.changes_json import change_schema
from corpus.errors import LibraryBusy, Offline, Refused, Unreachable
from corpus.library import Library
from corpus.settings import Settings
from ingest import renewal
from ingest.events import Event, Failed, TakenIn
from ingest.renewal import Looking
from ingest.run import Catalogue
from ingest.take_in import Shelf, read, take_in
from ingest.watches import TRIES, add_watch, make_watch, watches
from tests.fakes import HashEmbedder
from tests.papers import MadePapers
from tests.schemas import validator
from ui import update_flow, wiring
from ui.update_flow import update
from ui.update_record import Report, only_update, report_to_json, saved_reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpus.works import Work
    from tests.ui.conftest import Pincite

ESSAY = """
title = "Some questions on small harbours"
date = "2031-05"
references = []

[[question]]
id = "boats-1"
section = "Boats"
asked = "What does a small harbour forget?"
standalone = "What does a small harbour forget first of its boats?"

[[question]]
id = "mills-1"
section = "Mills"
asked = "What does a miller hear?"
standalone = "What does a miller hear before he sees a broken paddle of the wheel?"

[[question]]
id = "bees-1"
section = "Bees"
asked = "How do bees choose?"
standalone = "How do bees choose the hollow tree for a swarm in May?"
"""

BOATS = """Tides and the Memory of Small Harbours

Ada Hale

2030

1 Harbours

A small harbour forgets its oldest boats within one generation of keepers. The keepers write down which of the boats came
home, and they do not write down why the others stayed away. Nobody in the harbour reads those pages about the boats.

2 Ropes

The rope of a mooring is tarred in the autumn by two men, and it is never tarred in the spring when the wind is dry. A rope
that was tarred in the wrong month breaks in the first gale, and the boat that hung on it goes down with the tide.
"""
MILLS = """The Noise of Water Mills

Otto Brook

2029

1 Wheels

The wheel of a water mill turns eleven times a minute when the pond is full. A miller hears a broken paddle of the wheel
long before he sees it, since the beat of the wheel becomes uneven. The miller stops the wheel before the paddle is lost.
"""
BEES = """How a Swarm Chooses its Tree

Mina Quarry

2031

1 Scouts

The bees of a swarm send scouts to every hollow tree within a mile of the old hive. A hollow tree is chosen by the bees when
enough scouts of the swarm stand in it at the same time. The swarm leaves for the chosen tree on a warm noon in May.
"""
LATER_BOATS = BOATS.replace("within one generation of keepers", "within two generations of keepers")
SAME_BOATS = BOATS.replace("breaks in the first gale", "breaks in the second gale")


MILL_QUESTION = "What does a miller hear before he sees a broken paddle of the wheel?"


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    made = HashEmbedder()
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: made)
    return made


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> MadePapers:
    made = MadePapers()
    monkeypatch.setattr(wiring, "make_papers", lambda settings, remember=True: made)
    return made


@pytest.fixture
def settings(home: Path, embedder: HashEmbedder, papers: MadePapers) -> Settings:
    """A home with two papers of arXiv and an essay of three questions that was answered."""
    settings = Settings.load({}, home=home, wait=5.0)
    (home / "essays").mkdir(parents=True)
    (home / "essays" / "harbours.toml").write_text(ESSAY, encoding="utf-8")
    shelf = wiring.make_shelf(settings)
    for identifier, title, author, text in (
        ("3001.00001", "Tides and the Memory of Small Harbours", "Ada Hale", BOATS),
        ("2901.00002", "The Noise of Water Mills", "Otto Brook", MILLS),
    ):
        work = papers.publish(identifier, title, author, "2030-01-05", text)
        _take_in(shelf, papers, work, "hale-2030" if author == "Ada Hale" else "brook-2030")
    shelf.library.close()
    return settings


def _take_in(shelf: Shelf, papers: MadePapers, work: Work, key: str) -> None:
    list(take_in(shelf, read(papers.fetch(work), shelf.limits), replace(work, key=key)))


@pytest.fixture
def answered(settings: Settings, pincite: Pincite, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The essay's questions were answered once."""
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: embedder)
    assert pincite("answer", "--essay", "harbours", "--out", settings.home.parent / "report").code == 0
    return settings


def new_version(papers: MadePapers, text: str = LATER_BOATS, day: str = "2031-02-01") -> None:
    papers.publish("3001.00001", "Tides and the Memory of Small Harbours", "Ada Hale", day, text)


def new_paper(papers: MadePapers) -> None:
    papers.publish("3105.00003", "How a Swarm Chooses its Tree", "Mina Quarry", "2031-05-01", BEES)


def new_wax(papers: MadePapers, identifier: str, day: str) -> None:
    """One of many papers on wax."""
    title = f"Wax of the Moor, Volume {identifier[-2:]}"
    text = BEES.replace("How a Swarm Chooses its Tree", title).replace("Mina Quarry", "Yo Trimmer")
    papers.publish(identifier, title, "Yo Trimmer", day, text.replace("The swarm leaves", f"Swarm {identifier} leaves"))


def run(settings: Settings, **options: Any) -> list[Event | update_flow.Step]:
    return [step for step in update(settings, **options) if not isinstance(step, Looking)]


def report_of(steps: Sequence[object]) -> Report:
    (report,) = (step for step in steps if isinstance(step, Report))
    return report


def state(home: Path) -> dict[str, bytes]:
    """Every file of the home but the passing ones of SQLite and of locks, and the note of when works were looked up."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock", "checks.json"))
    }


def test_nothing_new_is_silent_and_answers_nothing(answered: Settings, pincite: Pincite, embedder: HashEmbedder) -> None:
    before, embedded = state(answered.home), len(embedder.embedded)
    ran = pincite("update")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert pincite("update", "--json").out == ""
    assert state(answered.home) == before
    assert len(embedder.embedded) == embedded


def test_a_new_version_and_a_new_paper_embed_their_passages_only_and_name_the_questions_that_changed(
    answered: Settings, papers: MadePapers, embedder: HashEmbedder
) -> None:
    add_watch(answered.home, make_watch("all:swarm"))
    new_version(papers)
    new_paper(papers)
    embedder.embedded.clear()
    steps = run(answered)
    assert {step.work.key: step.replaced for step in steps if isinstance(step, TakenIn)} == {
        "hale-2030": True,
        "quarry-2031": False,
    }
    passages = [" ".join(text) for text in embedder.embedded if len(text) > 1]
    assert sum(step.embedded for step in steps if isinstance(step, TakenIn)) == len(passages) > 1
    assert all("two generations" in text or "swarm" in text.lower() for text in passages)
    report = report_of(steps)
    (essay,) = report.essays
    assert {change.id for change in essay.changed if change.touches == "answer"} == {"boats-1", "bees-1"}
    bees = next(change for change in essay.changed if change.id == "bees-1")
    assert {citation.work.key for citation in bees.cited} == {"quarry-2031"}
    assert [(taken.work, taken.held, taken.version, taken.watch) for taken in report.taken] == [
        ("hale-2030", "v1", "v2", None),
        ("quarry-2031", None, "v1", "swarm"),
    ]


def test_a_question_on_another_work_is_named_only_where_its_evidence_is_other(answered: Settings, papers: MadePapers) -> None:
    new_version(papers, SAME_BOATS)
    report = report_of(run(answered))
    (essay,) = report.essays
    boats = next(change for change in essay.changed if change.id == "boats-1")
    assert "claims" not in boats.parts
    assert boats.superseded
    assert {(pair.before.version, pair.after.version) for pair in boats.superseded} == {("v1", "v2")}
    assert {pair.before.quote.text for pair in boats.superseded if pair.before.quote} == {
        pair.after.quote.text for pair in boats.superseded if pair.after.quote
    }


def test_the_second_run_has_nothing_to_do(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "all:swarm").code == 0
    new_version(papers)
    new_paper(papers)
    assert pincite("update").code == 0
    after = state(answered.home)
    ran = pincite("update")
    assert (ran.code, ran.said) == (0, "")
    assert state(answered.home) == after


def test_what_is_printed_shows_old_and_new(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    new_version(papers)
    ran = pincite("update")
    lines = ran.out.splitlines()
    assert ran.code == 0
    (gone,) = (line for line in lines if line.startswith("  - "))
    assert gone.startswith("  - “A small harbour forgets")
    assert "one generation" in gone
    assert "[new: " not in gone
    assert any(
        line.startswith("  + “A small harbour forgets") and "two generations" in line and "[new: " in line for line in lines
    )
    assert "What does a small harbour forget first of its boats?" in lines
    assert lines.index("The same answer, with other passages behind it:") < lines.index(MILL_QUESTION)
    assert lines[-1] == "1 answer changed; 2 with other passages behind the same answer; 0 as before."


def test_json_is_a_line_for_each_event_and_holds_to_the_schema(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    new_version(papers)
    papers.publish("3105.00003", "How a Swarm Chooses its Tree", "Mina Quarry", "2031-05-01", BEES)
    assert pincite("watch", "add", "swarm").code == 0
    ran = pincite("update", "--json")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert [row["event"] for row in rows if row["event"] not in ("answer",)] == [
        "new version",
        "taken in",
        "new paper",
        "taken in",
        "answered",
    ]
    told = [row for row in rows if row["event"] == "answer"]
    assert len(told) == rows[-1]["questions"]["changed"] > 0
    for row in told:
        validator(change_schema).validate(row)
    (path,) = saved_reports(answered.home)
    assert rows[-1]["report"] == path.relative_to(answered.home).as_posix()
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert [change["id"] for change in kept["essays"][0]["changes"]] == [row["id"] for row in told]
    assert all((answered.home / kept["essays"][0][side]).is_file() for side in ("before", "after"))


def test_a_dry_run_says_what_would_come_and_writes_nothing(
    answered: Settings, papers: MadePapers, pincite: Pincite, embedder: HashEmbedder
) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    new_version(papers)
    new_paper(papers)
    before, embedded = state(answered.home), len(embedder.embedded)
    papers.fetched.clear()
    ran = pincite("update", "--dry-run")
    assert ran.code == 0
    assert "hale-2030: v2 of 2031-02-01 in place of v1 would be taken in" in ran.out
    assert "quarry-2031: How a Swarm Chooses its Tree, of 2031-05-01, would be taken in (found by swarm)" in ran.out
    rows = [json.loads(line)["event"] for line in pincite("update", "--dry-run", "--json").out.splitlines()]
    assert rows == ["new version", "new paper"]
    assert state(answered.home) == before
    assert (papers.fetched, len(embedder.embedded)) == ([], embedded)


def test_a_dry_run_without_a_library_makes_none(home: Path, papers: MadePapers, embedder: HashEmbedder) -> None:
    settings = Settings.load({}, home=home)
    assert run(settings, dry_run=True) == []
    assert not home.exists()
    add_watch(home, make_watch("swarm"))
    new_paper(papers)
    before = state(home)
    assert [type(step).__name__ for step in run(settings, dry_run=True)] == ["NewPaper"]
    assert state(home) == before


def test_without_saved_answers_those_before_are_given_first(settings: Settings, papers: MadePapers) -> None:
    new_version(papers)
    (essay,) = report_of(run(settings, essay="harbours")).essays
    assert {change.id for change in essay.changed if change.touches == "answer"} == {"boats-1"}
    assert len(list((settings.home / "answers" / "harbours").iterdir())) == 2


def test_since_leaves_out_what_came_before(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    new_version(papers)
    new_paper(papers)
    ran = pincite("update", "--since", "2031-03-01", "--dry-run", "--json")
    assert [json.loads(line)["event"] for line in ran.out.splitlines()] == ["new paper"]
    assert pincite("update", "--since", "yesterday").code == 2


def test_the_first_run_of_a_watch_takes_the_newest_and_later_ones_what_is_new(answered: Settings, papers: MadePapers) -> None:
    for number in range(4):
        new_wax(papers, f"3103.0001{number}", f"2031-03-0{number + 1}")
    add_watch(answered.home, make_watch("wax"))
    taken = [step.work.identifiers.arxiv for step in run(answered, limit=2) if isinstance(step, TakenIn)]
    assert taken == ["3103.00013", "3103.00012"]
    assert run(answered, limit=2) == []
    # A paper of an earlier day that shows up only now is new all the same.
    new_wax(papers, "3102.00009", "2031-02-09")
    assert [step.work.key for step in run(answered, limit=2) if isinstance(step, TakenIn)] == ["trimmer-2031-c"]


def test_what_exceeds_the_limit_later_waits_for_the_next_run(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "wax").code == 0
    assert pincite("update").said == ""
    for number in range(3):
        new_wax(papers, f"3103.0001{number}", f"2031-03-0{number + 1}")
    ran = pincite("update", "--limit", "2")
    assert "1 more new paper, left for the next time" in ran.out
    assert "Volume 10" in pincite("update", "--limit", "2").out
    assert pincite("update", "--limit", "2").said == ""


def test_a_paper_that_was_taken_out_does_not_come_back(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    new_paper(papers)
    assert pincite("update").code == 0
    assert pincite("remove", "quarry-2031").code == 0
    assert pincite("update").said == ""


def test_a_paper_in_the_library_is_not_new_to_a_watch(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "harbours").code == 0
    assert pincite("update").said == ""
    assert watches(answered.home)[0].seen == ("3001.00001",)


def test_one_failure_stops_nothing_else_and_is_tried_again(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    new_version(papers)
    new_paper(papers)
    papers.faults["fetch 3001.00001"] = Refused("A riddle came in place of the PDF.", remedy="Look later.")
    ran = pincite("update")
    assert ran.code == 3
    assert "A riddle came in place of the PDF." in ran.out
    assert "How do bees choose the hollow tree for a swarm in May?" in ran.out
    papers.faults.clear()
    again = pincite("update")
    assert again.code == 0
    assert "hale-2030" in again.out
    assert "quarry-2031" not in again.out.split("What that changes")[0]


def test_a_paper_that_cannot_be_read_is_given_up_in_the_end(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    papers.publish("3105.00003", "How a Swarm Chooses its Tree", "Mina Quarry", "2031-05-01", "Something else came.")
    codes = []
    for _ in range(2):
        codes.append(pincite("update").code)
        papers.faults["fetch 3105.00003"] = Unreachable("No answer.", remedy="Later.")
        codes.append(pincite("update").code)  # that nobody answers is no fault of the paper's
        papers.faults.clear()
    assert "gave is not Quarry 2031" in pincite("update").out
    assert codes == [3, 3, 3, 3]
    assert pincite("update").said == ""


def test_a_riddle_in_place_of_a_paper_is_no_fault_of_the_papers(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    assert pincite("watch", "add", "swarm").code == 0
    new_paper(papers)
    papers.faults["fetch 3105.00003"] = Refused("A riddle came.", remedy="Look later.", url="https://arxiv.example/pdf")
    assert [pincite("update").code for _ in range(TRIES + 1)] == [3] * (TRIES + 1)
    papers.faults["fetch 3105.00003"] = Refused("Nothing is there.", remedy="Look.", url="https://arxiv.example/pdf", status=404)
    assert [pincite("update").code for _ in range(TRIES + 1)] == [3] * TRIES + [0]


def test_a_failure_alone_answers_nothing_and_leaves_no_note(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    new_version(papers)
    papers.faults["fetch 3001.00001"] = Refused("A riddle came in place of the PDF.", remedy="Look later.")
    before = state(answered.home)
    ran = pincite("update", "--json")
    assert (ran.code, [json.loads(line)["event"] for line in ran.out.splitlines()]) == (3, ["new version", "failed"])
    assert state(answered.home) == before


def test_offline_is_one_letter(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    for identifier in papers.papers:
        papers.faults[identifier] = Offline("Nothing was looked up: PINCITE_OFFLINE forbids it.", remedy="Unset it.")
    ran = pincite("update")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("PINCITE_OFFLINE") == 1


def test_a_withdrawal_is_said_once_and_the_document_stays(answered: Settings, papers: MadePapers, pincite: Pincite) -> None:
    new_version(papers)
    papers.papers["3001.00001"] = replace(papers.papers["3001.00001"], withdrawn="an error in figure 3")
    assert "hale-2030: withdrawn by its authors (an error in figure 3)" in pincite("update", "--dry-run").out
    row = pincite("update", "--json").json
    assert (row["event"], row["work"], row["says"]) == ("withdrawn", "hale-2030", "an error in figure 3")
    assert pincite("update").said == ""
    with Library.open(answered.home) as library:
        assert library.documents("hale-2030")[0].version == "v1"


def test_where_nobody_answers_the_rest_is_given_up(answered: Settings, papers: MadePapers) -> None:
    for number in range(5):
        add_watch(answered.home, make_watch(f"word{number}"))
        papers.faults[f"word{number}"] = Unreachable("No answer.", remedy="Later.")
    steps = run(answered)
    assert [step.name for step in steps if isinstance(step, Failed)] == ["watch word0", "watch word1", "watch word2", "2 more"]
    assert "word3" not in papers.asked


class Killed(BaseException):
    """Stands for a process that ends without a word."""


@pytest.mark.parametrize(
    "moment", ["before the fetch", "behind the fetch", "behind the first work", "at the answers", "behind the report"]
)
def test_killed_and_run_again_it_reports_as_if_nothing_had_been(
    answered: Settings, papers: MadePapers, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    add_watch(answered.home, make_watch("swarm"))
    new_version(papers)
    new_paper(papers)
    with monkeypatch.context() as patch:
        _arm(patch, moment)
        with pytest.raises(Killed):
            run(answered)
    report = report_of(run(answered))
    assert [taken.work for taken in report.taken] == ["hale-2030", "quarry-2031"]
    (essay,) = report.essays
    assert {change.id for change in essay.changed if change.touches == "answer"} == {"boats-1", "bees-1"}
    (path,) = saved_reports(answered.home)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(report_to_json(report)))
    assert run(answered) == []
    with Library.open(answered.home) as library:
        assert library.check() == []


def _arm(patch: pytest.MonkeyPatch, moment: str) -> None:
    """Let the update end at a moment."""

    def killed(*_: object, **__: object) -> Any:
        raise Killed

    take, seen = renewal.take, []

    def second(*words: Any) -> Iterator[Event]:
        seen.append(words)
        if len(seen) == 2:
            raise Killed
        yield from take(*words)

    match moment:
        case "before the fetch":
            patch.setattr(update_flow, "take", killed)
        case "behind the fetch":
            patch.setattr("ingest.renewal.take_in", killed)
        case "behind the first work":
            patch.setattr(update_flow, "take", second)
        case "at the answers":
            patch.setattr("bot.essay.answer_essay", killed)
        case "behind the report":
            patch.setattr(update_flow, "drop_unfinished", killed)


def test_two_at_once_do_the_work_once(answered: Settings, papers: MadePapers) -> None:
    new_version(papers)
    told: list[list[Event | update_flow.Step]] = [[], []]
    both = [threading.Thread(target=lambda place=place: told[place].extend(run(answered))) for place in (0, 1)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(len([step for step in steps if isinstance(step, Report)]) for steps in told) == [0, 1]
    assert papers.fetched.count("3001.00001") == 2  # once for the home, once for the update
    assert len(saved_reports(answered.home)) == 1


def test_a_second_one_waits_no_longer_than_it_may(answered: Settings) -> None:
    hasty = Settings.load({}, home=answered.home, wait=0.0)
    with only_update(answered.home, wait=0.0), pytest.raises(LibraryBusy, match="update is under way"):
        run(hasty)


def test_a_watch_is_added_listed_and_removed(pincite: Pincite, home: Path) -> None:
    assert pincite("watch", "list").out == "There are no saved searches. `pincite watch add` saves one.\n"
    ran = pincite("watch", "add", 'abs:"world model"', "--author", "Ida Lantern", "--category", "cs.LG", "--name", "worlds")
    assert ran.out == 'worlds: (abs:"world model") AND au:"Ida Lantern" AND cat:cs.LG\n'
    assert "there already" in pincite("watch", "add", 'abs:"world model"', "--author", "Ida Lantern", "--category", "cs.LG").out
    assert [row["name"] for row in pincite("watch", "list", "--json").json] == ["worlds"]
    assert "worlds" in pincite("watch", "list").out
    missed = pincite("watch", "remove", "world")
    assert missed.code == 1
    assert "Did you mean worlds?" in missed.err
    assert pincite("watch", "remove", "worlds").code == 0
    assert pincite("watch", "list", "--json").json == []


def test_the_catalogues_work_keeps_its_key(answered: Settings, papers: MadePapers, monkeypatch: pytest.MonkeyPatch) -> None:
    new_paper(papers)
    known = replace(papers.papers["3105.00003"].work, key="swarm-2031")
    monkeypatch.setattr(wiring, "make_catalogue", lambda *_, **__: Catalogue((known,), {}))
    add_watch(answered.home, make_watch("swarm"))
    assert [step.work.key for step in run(answered) if isinstance(step, TakenIn)] == ["swarm-2031"]
