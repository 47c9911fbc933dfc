"""Judgements are kept whatever happens, and the last word on an answer counts."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import HomeError, LibraryBusy
from corpus.home import writers_lock
from corpus.judgements import CitedQuote, Judgement, judgements, judgements_file, keep_judgement

ROOT = Path(__file__).parents[2]
GOOD = Judgement(
    moment="2031-05-01T12:00:00Z",
    question="Where does the keeper write?",
    query="Where does the keeper of the lamp write?",
    works=("harbour",),
    verdict="good",
    answered=True,
    digest="0" * 64,
    composer="library",
    note="“Näheres” \u2028 in line\ntwo",
    citations=(CitedQuote("harbour", 3, None, "into a book"), CitedQuote("talk", None, 12.5, "a lamp")),
)


def test_a_judgement_comes_back_as_it_was(tmp_path: Path) -> None:
    assert judgements(tmp_path).judgements == ()
    keep_judgement(tmp_path, GOOD)
    assert judgements(tmp_path).judgements == (GOOD,)


def test_the_last_word_on_an_answer_counts(tmp_path: Path) -> None:
    other = replace(GOOD, question="How deep is the harbour?")
    for each in (GOOD, other, replace(GOOD, verdict="bad", not_held=True, note="no")):
        keep_judgement(tmp_path, each)
    assert [(each.question, each.verdict) for each in judgements(tmp_path).judgements] == [
        (other.question, "good"),
        (GOOD.question, "bad"),
    ]
    keep_judgement(tmp_path, replace(other, verdict="none"))
    assert [each.verdict for each in judgements(tmp_path).judgements] == ["bad"]


@pytest.mark.parametrize("changed", [{"digest": "1" * 64}, {"works": ()}, {"question": "Where?"}])
def test_another_answer_is_judged_apart(tmp_path: Path, changed: dict[str, object]) -> None:
    keep_judgement(tmp_path, GOOD)
    keep_judgement(tmp_path, replace(GOOD, **changed))  # type: ignore[arg-type]
    assert len(judgements(tmp_path).judgements) == 2


def test_a_line_that_a_crash_cut_off_costs_only_itself(tmp_path: Path) -> None:
    keep_judgement(tmp_path, GOOD)
    path = judgements_file(tmp_path)
    path.write_bytes(path.read_bytes() + path.read_bytes()[:40])
    later = replace(GOOD, question="How deep is the harbour?")
    keep_judgement(tmp_path, later)
    kept = judgements(tmp_path)
    assert kept.judgements == (GOOD, later)
    assert kept.unread == 1


@pytest.mark.parametrize("line", [b"[]", b"7", b'{"verdict": "good"}', b"\xff", b"[" * 100_000, b'{"verdict": "splendid"}'])
def test_what_is_no_judgement_is_counted_and_passed_over(tmp_path: Path, line: bytes) -> None:
    judgements_file(tmp_path).write_bytes(line + b"\n")
    keep_judgement(tmp_path, GOOD)
    assert judgements(tmp_path).judgements == (GOOD,)
    assert judgements(tmp_path).unread == 1


def test_it_waits_for_the_writer_and_says_so(tmp_path: Path) -> None:
    with writers_lock(tmp_path), pytest.raises(LibraryBusy):
        keep_judgement(tmp_path, GOOD)
    assert judgements(tmp_path).judgements == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    keep_judgement(tmp_path, GOOD)
    judgements_file(tmp_path).chmod(0)
    with pytest.raises(HomeError):
        judgements(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    judgements_file(tmp_path).mkdir()
    with pytest.raises(HomeError, match="cannot be written"):
        keep_judgement(tmp_path, GOOD)
    with pytest.raises(HomeError, match="cannot be read"):
        judgements(tmp_path)


WRITES = """
import sys
from dataclasses import replace
from pathlib import Path
from corpus.judgements import keep_judgement
from tests.corpus.test_judgements import GOOD
for place in range(20):
    keep_judgement(Path(sys.argv[1]), replace(GOOD, question=f"{sys.argv[2]} {place}"), wait=20)
"""


def test_processes_that_judge_at_once_lose_nothing(tmp_path: Path) -> None:
    start = [sys.executable, "-c", WRITES, str(tmp_path)]
    running = [subprocess.Popen([*start, name], cwd=ROOT) for name in "abc"]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    kept = judgements(tmp_path)
    assert len(kept.judgements) == 60
    assert kept.unread == 0
