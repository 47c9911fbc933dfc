"""`pincite annotate` and `pincite annotations`: written once by a model, proven, kept, edited, removed, told apart."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from corpus.library import Library
from corpus.own_annotations import own_annotations, own_file
from corpus.proof import ProvenText
from tests.servers.language_model import language_model
from tests.servers.language_plays import PLAYS, Reply, Seen
from tests.ui.conftest import HARBOUR_QUESTION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Pincite, Ran, Stocked

WRITER = "openai-like/scripted"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_LIKE_API_KEY", raising=False)
    monkeypatch.setenv("PINCITE_RETRY_SECONDS", "0.01")
    monkeypatch.setenv("PINCITE_LLM_RETRIES", "0")


@pytest.fixture
def annotated(pincite: Pincite, stocked: Stocked) -> Stocked:
    """The stock, with the harbour annotated by a good model."""
    with language_model("good") as server:
        said = pincite("annotate", "harbour", "--llm", server.spec)
    assert said.code == 0, said.said
    return stocked


def listed(ran: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ran.json
    return found


def test_what_a_good_model_writes_is_kept_with_its_name_and_its_proof(pincite: Pincite, annotated: Stocked) -> None:
    there = listed(pincite("annotations", "harbour", "--json"))
    assert len(there) >= 2
    assert {(each["writer"], each["proven"], each["checked"]) for each in there} == {(WRITER, True, False)}
    with Library.open(annotated.home) as library:
        digest = library.documents("harbour")[0].digest
        for each in there:
            tie = library.ties([each["id"]])[each["id"]]
            page = library.page(digest, tie.position)
            assert ProvenText(page.text).find_fragment(each["start"], each["end"]) == [tie.span]


def test_answers_need_no_model_from_then_on_and_say_whose_the_statements_are(pincite: Pincite, annotated: Stocked) -> None:
    given = pincite("ask", HARBOUR_QUESTION, "--json").json
    theirs = [citation for citation in given["citations"] if citation["writer"] == WRITER]
    assert theirs
    assert given["composer"] == "library"
    assert {claim["kind"] for claim in given["claims"] if theirs[0]["number"] in claim["citations"]} == {"annotated"}
    assert any(WRITER in note and f"[{theirs[0]['number']}]" in note for note in given["notes"])
    assert WRITER in pincite("ask", HARBOUR_QUESTION).out


@pytest.mark.parametrize("play", sorted(set(PLAYS) - {"stalls", "stalls-after-a-claim", "says-nothing-at-all"}))
def test_nothing_unproven_is_kept_whatever_it_plays(play: str, pincite: Pincite, stocked: Stocked) -> None:
    with language_model(play) as server:
        pincite("annotate", "harbour", "--llm", server.spec)
    there = listed(pincite("annotations", "harbour", "--json"))
    assert all(each["proven"] for each in there)
    text = stocked.folder.joinpath("harbour.txt").read_text(encoding="utf-8")
    words = " ".join(text.split())
    for each in there:
        said = each["statement"].removeprefix("Indeed, ").replace(" is thus ", " is therefore ")
        assert said[1:] in words, said


def test_they_survive_that_the_same_document_is_taken_in_again(pincite: Pincite, annotated: Stocked) -> None:
    before = listed(pincite("annotations", "harbour", "--json"))
    assert pincite("add", annotated.folder / "harbour.txt", "--key", "harbour").code == 0
    assert listed(pincite("annotations", "harbour", "--json")) == before


def test_a_newer_document_keeps_those_whose_quotes_it_still_has(pincite: Pincite, annotated: Stocked, tmp_path: Path) -> None:
    before = listed(pincite("annotations", "harbour", "--json"))
    text = annotated.folder.joinpath("harbour.txt").read_text(encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(text.replace("A spring tide covers", "A neap tide covers"), encoding="utf-8")
    assert pincite("add", tmp_path / "harbour.txt", "--key", "harbour").code == 0
    after = {each["id"]: each["proven"] for each in listed(pincite("annotations", "harbour", "--json"))}
    assert [after[each["id"]] for each in before] == ["three hours" not in each["statement"] for each in before]


def test_they_are_edited_in_the_homes_file(pincite: Pincite, annotated: Stocked) -> None:
    path = own_file(annotated.home, "harbour")
    text = path.read_text(encoding="utf-8")
    first = (own_annotations(annotated.home, "harbour") or [])[0]
    path.write_text(text.replace(first.statement, "A keeper's own words about the harbour."), encoding="utf-8")
    with language_model("good") as server:
        refused = pincite("annotate", "harbour", "--llm", server.spec)
        assert server.asked == []
    assert refused.code == 1
    assert "--read" in refused.err
    assert pincite("annotations", "harbour", "--read").code == 0
    statements = [each["statement"] for each in listed(pincite("annotations", "harbour", "--json"))]
    assert "A keeper's own words about the harbour." in statements
    assert first.statement not in statements


def test_an_edit_that_loses_its_quote_is_told_and_not_kept(pincite: Pincite, annotated: Stocked) -> None:
    path = own_file(annotated.home, "harbour")
    first = (own_annotations(annotated.home, "harbour") or [])[0]
    path.write_text(path.read_text(encoding="utf-8").replace(first.start, "words of nobody"), encoding="utf-8")
    said = pincite("annotations", "harbour", "--read")
    assert said.code == 3
    assert first.statement in said.err
    assert first.statement not in [each["statement"] for each in listed(pincite("annotations", "harbour", "--json"))]


def test_a_mistake_in_the_file_is_told_by_its_line(pincite: Pincite, annotated: Stocked) -> None:
    path = own_file(annotated.home, "harbour")
    path.write_text(path.read_text(encoding="utf-8").replace("statement =", "statment =", 1), encoding="utf-8")
    said = pincite("annotations", "harbour", "--read")
    assert said.code == 1
    assert "line" in said.err


def test_they_are_removed_one_by_one_or_all(pincite: Pincite, annotated: Stocked) -> None:
    there = listed(pincite("annotations", "harbour", "--json"))
    left = listed(pincite("annotations", "harbour", "--remove", there[0]["id"], "--json"))
    assert left == there[1:]
    assert listed(pincite("annotations", "harbour", "--remove-all", "--json")) == []
    assert not own_file(annotated.home, "harbour").exists()
    assert pincite("ask", HARBOUR_QUESTION, "--json").json["status"] == "answered"
    assert pincite("annotations", "harbour", "--remove", "0" * 16).code == 1


def test_a_second_run_takes_the_place_of_the_first(pincite: Pincite, annotated: Stocked) -> None:
    before = listed(pincite("annotations", "harbour", "--json"))
    with language_model("good") as server:
        pincite("annotate", "harbour", "--llm", server.spec)
        assert listed(pincite("annotations", "harbour", "--json")) == before
    with language_model("silent-on-everything") as server:
        pincite("annotate", "harbour", "--llm", server.spec)
    assert listed(pincite("annotations", "harbour", "--json")) == []


def test_what_was_written_before_a_failure_is_kept(pincite: Pincite, stocked: Stocked) -> None:
    def fails_the_second_time(asked: Seen) -> Reply:
        return PLAYS["good"](asked) if asked.turn == 1 else Reply("Out of order.", 500)

    with language_model(fails_the_second_time) as server:
        said = pincite("annotate", "harbour", "--llm", server.spec)
    assert said.code == 1
    assert "failed (500)" in said.err
    assert "It broke off there. " in said.out
    assert " kept; " in said.out
    assert listed(pincite("annotations", "harbour", "--json"))


@pytest.mark.parametrize(
    ("play", "says"),
    [
        ("invents-quotes", "Nothing that the model wrote could be proven."),
        ("prose", "wrote no statement with a quote that could be read"),
    ],
)
def test_where_nothing_is_kept_it_says_why_and_offers_no_review(play: str, says: str, pincite: Pincite, stocked: Stocked) -> None:
    with language_model(play) as server:
        said = pincite("annotate", "harbour", "--llm", server.spec)
    assert "No statements kept, " in said.out
    assert says in said.out
    assert "Review them" not in said.out


def test_what_cannot_be_annotated_is_a_short_letter(pincite: Pincite, stocked: Stocked) -> None:
    assert "--llm" in pincite("annotate", "harbour").err
    with language_model("good") as server:
        said = pincite("annotate", "nobody-1999", "--llm", server.spec)
        assert server.asked == []
    assert said.code == 1
    assert pincite("annotations", "nobody-1999").code == 1
    assert pincite("annotations", "harbour", "--read").code == 1


def test_pincites_own_stay(pincite: Pincite, annotated: Stocked, tmp_path: Path) -> None:
    shutil.copy(own_file(annotated.home, "harbour"), tmp_path / "kept.toml")
    path = own_file(annotated.home, "harbour")
    path.write_text(path.read_text(encoding="utf-8").replace(f'writer = "{WRITER}"', 'writer = "reviewed"'), encoding="utf-8")
    said = pincite("annotations", "harbour", "--read")
    assert said.code == 1
    assert "reviewed" in said.err
