"""Findings, checks, measures and works, for a person and for a script."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from bot.risk import RiskPoint
from bot.verify import Finding, Verdict
from corpus.documents import Document
from corpus.records import WorkRecord
from corpus.works import Author, Work
from ui.doctor import Check
from ui.tables import show_checks, show_curve, show_findings, show_measures, works_to_json

LONG = "Why does a brighter lamp help an archive so little when the keeper has no hour for writing things down? " * 4


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=60, soft_wrap=True, highlight=False, emoji=False)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def held(console: Console) -> Any:
    """The one JSON value on one line."""
    text = shown(console)
    assert text.count("\n") == 1
    return json.loads(text)


def finding(verdict: Verdict, number: int = 1, answer: str = LONG) -> Finding:
    return Finding(answer, number, "keeper-2031", "page 3", verdict, "" if verdict == "stands" else "The words are not there.")


def test_a_person_sees_the_citations_that_do_not_stand_and_a_count(console: Console) -> None:
    found = [finding("stands"), finding("stands", 2), finding("altered", 3), finding("annotation", 4), finding("superseded", 5)]
    show_findings(console, found, as_json=False)
    lines = shown(console).splitlines()
    assert [line[:13] for line in lines if line.startswith("!")] == ["! altered: ke", "! superseded:"]
    assert "page 3" in lines[0]
    assert "[3]" in lines[0]
    assert "The words are not there." in lines[1]
    assert lines[-1] == "5 citations: 2 stands, 1 altered, 1 annotation, 1 superseded."


def test_no_findings_is_said(console: Console) -> None:
    show_findings(console, [], as_json=False)
    assert "no citations" in shown(console)


def test_a_script_gets_every_finding_on_one_line(console: Console) -> None:
    show_findings(console, [finding("stands"), finding("source missing", 2, "Why [1] :smile:\n?")], as_json=True)
    rows = held(console)["findings"]
    assert [row["verdict"] for row in rows] == ["stands", "source missing"]
    assert [row["question"] for row in rows] == [LONG, "Why [1] :smile:\n?"]
    assert set(rows[0]) == {"question", "number", "work", "place", "verdict", "why"}


def test_a_script_gets_no_findings_as_an_empty_list(console: Console) -> None:
    show_findings(console, [], as_json=True)
    assert held(console) == {"schema": 1, "findings": []}


@pytest.mark.parametrize("as_json", [True, False])
def test_a_saved_answer_cannot_drive_the_terminal(console: Console, as_json: bool) -> None:
    show_findings(console, [finding("altered", 1, "Why\x1b[2J\ud800\u202e?")], as_json=as_json)
    assert not {"\x1b", "\ud800", "\u202e"} & set(shown(console))


def test_checks_show_a_remedy_only_where_something_is_amiss(console: Console) -> None:
    checks = [Check("home", True, "a folder, 9 GB free", "Make room."), Check("index", False, "It is broken.", "Build it anew.")]
    show_checks(console, checks, as_json=False)
    assert shown(console).splitlines() == ["ok   home: a folder, 9 GB free", "BAD  index: It is broken.", "     Build it anew."]


def test_checks_for_a_script(console: Console) -> None:
    show_checks(console, [Check("index", False, LONG, "Build it anew.")], as_json=True)
    assert held(console)["checks"] == [{"check": "index", "well": False, "says": LONG, "remedy": "Build it anew."}]


def test_measures_stand_one_a_line(console: Console) -> None:
    show_measures(console, {"questions": 12, "found": 0.51234})
    assert [line.split() for line in shown(console).splitlines()] == [["12", "questions"], ["0.512", "found"]]


def test_a_curve_marks_where_it_is_now(console: Console) -> None:
    show_curve(console, [RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.6, 0.8, 0.05), RiskPoint(0.1, 1.0, 0.25)], 0.5)
    lines = [line.split() for line in shown(console).splitlines() if line]
    assert lines[0] == "answered of these unanswerable from confidence".split()
    assert lines[1:] == [
        ["50%", "0%", "0.90"],
        ["80%", "5%", "█", "0.60", "as", "now"],
        ["100%", "25%", "█████", "0.10"],
    ]
    show_curve(console, [], 0.5)


def test_works_with_and_without_a_document() -> None:
    work = Work("keeper-2031", "Lanterns", (Author("Keeper", "Ada"),), 2031)
    document = Document("d" * 64, "application/pdf", "lanterns.pdf", "papers/lanterns.pdf", version="v2")
    full = WorkRecord(work, "full text", None, document, 5, 33, 2, "2031-01-02T10:00:00Z")
    bare = WorkRecord(work, "annotation only", "Not here.", None, 0, 0, 2, "2031-01-02T10:00:00Z")
    first, second = works_to_json([full, bare])
    assert (first["document"], first["digest"], first["version"]) == ("lanterns.pdf", "d" * 64, "v2")
    assert (first["authors"], first["year"], first["pages"], first["passages"]) == (["Ada Keeper"], 2031, 5, 33)
    assert (second["document"], second["digest"], second["version"]) == (None, None, None)
    assert (second["state"], second["message"]) == ("annotation only", "Not here.")
    assert json.loads(json.dumps([first, second])) == [first, second]
