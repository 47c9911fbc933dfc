"""Jobs: what they tell, how they are stopped, and that there is one at a time in each home."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from corpus.errors import DiskFull, LibraryBusy
from ui.jobs import Doing, Job, Jobs, Outcome, Stop

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from ui.jobs import Progress, Step

LONG = 20.0


def ended(job: Job) -> Progress:
    assert job.wait(LONG)
    return job.progress


def three() -> Generator[Step, None, None]:
    yield Doing("one", 0.0)
    yield Outcome("one is done")
    yield Outcome("two failed", "Do it again.", failed=True)


class Held:
    """Steps that go no further than they are let."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.taken_back = False

    def steps(self) -> Generator[Step, None, None]:
        try:
            yield Doing("waiting", 0.5)
            self.begun.set()
            assert self.go.wait(LONG)
            yield Doing("going on", 0.7)
            yield Outcome("at the end")
        except Stop:
            self.taken_back = True
            raise

    def job(self, jobs: Jobs, home: Path) -> Job:
        job = jobs.start(home, "Waiting for a sign", self.steps())
        assert self.begun.wait(LONG)
        return job


def test_a_job_tells_what_came_of_each_thing_in_order(tmp_path: Path) -> None:
    progress = ended(Jobs().start(tmp_path, "Counting", three()))
    assert progress.state == "done"
    assert not progress.is_on
    assert [outcome.says for outcome in progress.outcomes] == ["one is done", "two failed"]
    assert progress.failures == 1
    assert progress.doing == Doing("one", 0.0)


def test_how_far_it_is_can_be_seen_meanwhile(tmp_path: Path) -> None:
    held = Held()
    job = held.job(Jobs(), tmp_path)
    assert job.progress.is_on
    assert job.progress.doing == Doing("waiting", 0.5)
    held.go.set()
    assert [outcome.says for outcome in ended(job).outcomes] == ["at the end"]


def test_only_one_at_a_time_and_the_refusal_says_which(tmp_path: Path) -> None:
    jobs, held = Jobs(), Held()
    job = held.job(jobs, tmp_path)
    with pytest.raises(LibraryBusy) as refused:
        jobs.start(tmp_path, "Counting", three())
    assert "Waiting for a sign" in refused.value.message
    assert ended(jobs.start(tmp_path / "another", "Counting", three())).state == "done", "another home is free"
    held.go.set()
    ended(job)
    assert ended(jobs.start(tmp_path, "Counting", three())).state == "done"


def test_of_many_that_begin_at_once_one_begins(tmp_path: Path) -> None:
    jobs, held, refused = Jobs(), Held(), []

    def begin() -> None:
        try:
            jobs.start(tmp_path, "Waiting for a sign", held.steps())
        except LibraryBusy as error:
            refused.append(error)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 7
    held.go.set()
    latest = jobs.latest(tmp_path)
    assert latest is not None
    assert ended(latest).state == "done"


def test_one_that_is_stopped_takes_back_what_is_half_done(tmp_path: Path) -> None:
    held = Held()
    job = held.job(Jobs(), tmp_path)
    job.stop()
    assert job.progress.state == "stopping"
    held.go.set()
    progress = ended(job)
    assert progress.state == "stopped"
    assert progress.outcomes == ()
    assert held.taken_back


def test_one_that_is_stopped_may_say_what_it_leaves(tmp_path: Path) -> None:
    begun, go = threading.Event(), threading.Event()

    def steps() -> Generator[Step, None, None]:
        try:
            begun.set()
            assert go.wait(LONG)
            yield Doing("half")
            yield Outcome("never said")
        except Stop:
            yield Outcome("half of it stays")
            yield Outcome("and that is all")

    job = Jobs().start(tmp_path, "Counting", steps())
    assert begun.wait(LONG)
    job.stop()
    go.set()
    progress = ended(job)
    assert progress.state == "stopped"
    assert [outcome.says for outcome in progress.outcomes] == ["half of it stays", "and that is all"]
    job.stop()
    assert job.progress.state == "stopped", "what has ended cannot be stopped"


def test_what_goes_wrong_is_a_letter_and_what_came_before_stays(tmp_path: Path) -> None:
    def steps() -> Generator[Step, None, None]:
        yield Outcome("one is done")
        raise DiskFull("No room is left.", remedy="Make some.")

    progress = ended(Jobs().start(tmp_path, "Counting", steps()))
    assert progress.state == "failed"
    assert progress.letter is not None
    assert (progress.letter.message, progress.letter.remedy) == ("No room is left.", "Make some.")
    assert [outcome.says for outcome in progress.outcomes] == ["one is done"]
    assert progress.failures == 1


def test_what_nobody_foresaw_is_named_without_its_details(tmp_path: Path) -> None:
    def steps() -> Generator[Step, None, None]:
        yield Doing("dividing")
        raise ZeroDivisionError("secret detail")

    letter = ended(Jobs().start(tmp_path, "Counting", steps())).letter
    assert letter is not None
    assert "ZeroDivisionError" in letter.message
    assert "secret" not in letter.message + letter.remedy


def test_what_came_of_it_stays_until_it_is_put_away(tmp_path: Path) -> None:
    jobs, held = Jobs(), Held()
    job = held.job(jobs, tmp_path)
    jobs.put_away(tmp_path)
    assert jobs.latest(tmp_path) is job, "what is under way cannot be put away"
    held.go.set()
    ended(job)
    assert jobs.latest(tmp_path) is job
    jobs.put_away(tmp_path)
    assert jobs.latest(tmp_path) is None
