"""What the jobs do: real works taken in, in the background, while the library is read, stopped, or written by another."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from corpus.home import writers_lock
from corpus.settings import Settings
from tests.paper.build_paper import build
from tests.ui.pages.driving import LONG, answered
from ui import job_steps, wiring, workflows
from ui.jobs import Jobs, Outcome
from ui.saved_answers import newest, states

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpus.essays import Essay
    from corpus.vectors import Vectors
    from tests.fakes import HashEmbedder
    from ui.jobs import Job, Progress

TORN = b"%PDF-1.7 torn"
MILL = "The Noise of Mills\n\nOtto Brook\n\n2029\n\nThe wheel of the mill turns eleven times a minute when its pond is full.\n"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings.load()


def ended(job: Job) -> Progress:
    assert job.wait(LONG)
    return job.progress


def works(settings: Settings) -> set[str]:
    return {record.work.key for record in wiring.open_library(settings).works()}


@pytest.fixture
def gate(embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The job's thread waits before it embeds: `reached` says that it is there, `go` lets it go on. Others pass."""
    reached, go = threading.Event(), threading.Event()
    embed, here = embedder.embed, threading.current_thread()

    def held(texts: Sequence[Sequence[str]]) -> list[Vectors]:
        if threading.current_thread() is not here:
            reached.set()
            assert go.wait(LONG)
        return embed(texts)

    monkeypatch.setattr(embedder, "embed", held)
    yield reached, go
    go.set()


def test_a_good_file_a_torn_one_and_an_address_each_have_their_outcome(settings: Settings, tmp_path: Path) -> None:
    build(tmp_path / "again.pdf")
    mill = ("mill.txt", MILL.encode())
    uploads = [mill, ("../torn.pdf", TORN), ("again.pdf", (tmp_path / "again.pdf").read_bytes())]
    progress = ended(Jobs().start(settings.home, "x", job_steps.taking_in(settings, ["arXiv:2310.01234"], uploads)))
    assert progress.state == "done"
    failed = [outcome for outcome in progress.outcomes if outcome.failed]
    assert [outcome.says.split()[0] for outcome in failed] == ["arXiv:2310.01234:", "torn.pdf"]
    assert all(outcome.remedy for outcome in failed)
    assert "PINCITE_OFFLINE" in failed[0].says + failed[0].remedy
    said = " ".join(outcome.says for outcome in progress.outcomes if not outcome.failed)
    assert "mill.txt" in said
    assert "in the library already" in said, "the paper is there under another name"
    assert works(settings) == {"harbour", "ledger", "talk", "mill"}
    assert wiring.open_index(settings).ensure(wiring.open_library(settings), "hash-64") is None, "the index has caught up"


def test_questions_are_answered_while_a_work_comes_in(settings: Settings, gate: tuple[threading.Event, threading.Event]) -> None:
    reached, go = gate
    job = Jobs().start(settings.home, "x", job_steps.taking_in(settings, [], [("mill.txt", MILL.encode())]))
    assert reached.wait(LONG)
    reader, _ = wiring.make_reader(settings)
    answer = workflows.ask(reader, "How deep is the harbour, and how old is its lamp?", evidence=10)
    assert answer.status == "answered"
    assert job.progress.is_on
    go.set()
    assert ended(job).state == "done"
    answer = workflows.ask(reader, "How often does the wheel of the mill turn a minute?", evidence=10)
    assert "eleven times" in " ".join(claim.text for claim in answer.claims), "those who read already see it"


def test_a_job_that_is_stopped_leaves_the_library_as_it_was(
    settings: Settings, gate: tuple[threading.Event, threading.Event]
) -> None:
    reached, go = gate
    before, generation = works(settings), wiring.open_library(settings).generation
    job = Jobs().start(settings.home, "x", job_steps.taking_in(settings, [], [("mill.txt", MILL.encode()), ("b.txt", b"Words.")]))
    assert reached.wait(LONG)
    job.stop()
    go.set()
    assert ended(job).state == "stopped"
    assert works(settings) == before
    assert wiring.open_library(settings).generation == generation
    with writers_lock(settings.home):
        pass  # the lock was given back


def test_another_who_writes_is_waited_for_and_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_WAIT", "0.2")
    settings = Settings.load()
    with writers_lock(home):
        steps = list(_all(job_steps.taking_in(settings, [], [("mill.txt", MILL.encode())])))
    assert "is writing to the library" in steps[0].says
    job = Jobs()
    with writers_lock(home):
        progress = ended(job.start(home, "x", job_steps.taking_in(settings, [], [("mill.txt", MILL.encode())])))
    assert progress.state == "failed"
    assert progress.letter is not None
    assert "is writing to the library" in progress.letter.message
    assert "mill" not in works(settings)


def _all(steps: Iterator[job_steps.Step]) -> Iterator[job_steps.Step]:
    with contextlib.suppress(Exception):
        yield from steps


def test_a_work_is_taken_out(settings: Settings) -> None:
    progress = ended(Jobs().start(settings.home, "x", job_steps.taking_out(settings, "harbour")))
    assert ["out of the library" in outcome.says for outcome in progress.outcomes] == [True]
    assert works(settings) == {"ledger", "talk"}
    progress = ended(Jobs().start(settings.home, "x", job_steps.taking_out(settings, "harbour")))
    assert progress.letter is not None
    assert "No work in the library has the key" in progress.letter.message


def test_answering_keeps_a_state_and_says_what_it_changed(settings: Settings, harbours: Essay) -> None:
    reader, _ = wiring.make_reader(settings)
    earlier = newest(settings.home, harbours, reader.works())
    first = ended(Jobs().start(settings.home, "x", job_steps.answering(settings, reader, harbours, earlier, evidence=10)))
    assert [outcome.says for outcome in first.outcomes] == ["3 questions: 3 answered."]
    list(workflows.remove(settings, "harbour"))
    earlier = newest(settings.home, harbours, reader.works())
    second = ended(Jobs().start(settings.home, "x", job_steps.answering(settings, reader, harbours, earlier, evidence=10)))
    assert second.outcomes[1].says.split(" changed since ")[0] in ("2 answers", "3 answers")
    before, after = states(settings.home, "harbours")
    compares = second.outcomes[1].compares
    assert compares is not None
    assert (compares.essay, compares.before, compares.after) == ("harbours", before, after)


def test_answering_that_is_stopped_keeps_what_it_has_and_the_others_as_they_were(settings: Settings, harbours: Essay) -> None:
    answered(settings.home, harbours)
    list(workflows.remove(settings, "harbour"))
    reader, _ = wiring.make_reader(settings)
    earlier = newest(settings.home, harbours, reader.works())
    steps = job_steps.answering(settings, reader, harbours, earlier, evidence=10)
    next(steps)
    next(steps)  # the first answer is there
    step = steps.throw(job_steps.Stop())
    assert isinstance(step, Outcome)
    assert step.says == "1 of 3 questions answered anew; the others stay as they were."
    now = newest(settings.home, harbours, reader.works())
    assert now.state > earlier.state
    assert "harbour" not in {citation.work.key for citation in now.answers["boats-1"].citations}
    assert [claim.text for claim in now.answers["boats-2"].claims] == [claim.text for claim in earlier.answers["boats-2"].claims]


def test_answering_that_is_stopped_at_once_keeps_no_state(settings: Settings, harbours: Essay) -> None:
    reader, _ = wiring.make_reader(settings)
    earlier = newest(settings.home, harbours, reader.works())
    steps = job_steps.answering(settings, reader, harbours, earlier, evidence=10)
    next(steps)
    steps.throw(job_steps.Stop())
    assert states(settings.home, "harbours") == []


def test_nowhere_to_look_is_said(settings: Settings) -> None:
    progress = ended(Jobs().start(settings.home, "x", job_steps.looking(settings)))
    assert [outcome.says for outcome in progress.outcomes] == [job_steps.NOWHERE_TO_LOOK]
