"""Every command on its good path, from the words that are typed to what is printed and stored."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from corpus.bibliography import catalogue
from corpus.home import content_path
from tests.schemas import validator
from tests.servers.papers import Paper, printed
from tests.ui.conftest import ELSEWHERE, HARBOUR, HARBOUR_QUESTION, LANTERN_QUESTION, MILL, Pincite, Stocked, keys
from ui import workflows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIVE = ("askell-2021", "bengio-2017", "christiano-2017", "lecun-2022", "rae-2023")


def valid(answer: dict[str, Any]) -> dict[str, Any]:
    validator().validate(answer)
    return answer


def quoted(answer: dict[str, Any]) -> set[str]:
    return {citation["quote"] for citation in answer["citations"]}


# ingest


def test_ingest_from_a_folder_takes_the_essays_works_and_knows_the_rest_by_annotations(pincite: Pincite, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    work = catalogue()["bengio-2017"]
    (folder / "prior.txt").write_text(f"{work.title}\n\n{work.authors[0].full}\n\n{HARBOUR}", encoding="utf-8")
    (folder / "mill.txt").write_text(MILL, encoding="utf-8")
    ran = pincite("ingest", "--from", folder)
    assert ran.code == 0
    assert "mill.txt: left out" in ran.out
    states = keys(pincite("works", "--json"))
    assert states == {key: "full text" if key == "bengio-2017" else "annotation only" for key in FIVE}

    again = pincite("ingest", "--from", folder)
    assert again.code == 0
    assert "prior.txt is in the library already" in again.out
    assert keys(pincite("works", "--json")) == states


def test_ingest_without_a_network_says_why_for_each_work(pincite: Pincite) -> None:
    ran = pincite("ingest")
    assert ran.code == 0
    lines = [line for line in ran.out.splitlines() if line.startswith("~")]
    assert [line.split(":")[0] for line in lines] == [
        f"~ {key}" for key in ("rae-2023", "lecun-2022", *sorted(FIVE[:3], key=_cited))
    ]
    assert all("annotations only" in line for line in lines)
    assert sum("PINCITE_OFFLINE" in line for line in lines) == 5
    assert "LeCun 2022 was not fetched" in ran.out
    assert set(keys(pincite("works", "--json")).values()) == {"annotation only"}
    answer = valid(pincite("ask", "How can human preferences teach an agent a goal?", "--json").json)
    assert answer["status"] == "answered"
    assert {citation["kind"] for citation in answer["citations"]} == {"annotation"}
    assert quoted(answer) == {None}


def _cited(key: str) -> int:
    return ("bengio-2017", "christiano-2017", "askell-2021").index(key)


def test_ingest_takes_what_the_network_gives_and_knows_the_rest(
    pincite: Pincite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PINCITE_OFFLINE")
    for name, value in {"ALLOW_PRIVATE": "1", "RETRIES": "0", "ARXIV_PAUSE": "0", "HOST_PAUSE": "0"}.items():
        monkeypatch.setenv(f"PINCITE_{name}", value)
    work = catalogue()["lecun-2022"]
    paper = Paper("none", title=work.title, authors=tuple(author.full for author in work.authors), stamped=False)
    with _site(printed(paper)) as url:
        monkeypatch.setenv("PINCITE_OPENREVIEW_URL", url)
        for name in ("ARXIV_API_URL", "ARXIV_FILES_URL", "YOUTUBE_URL"):
            monkeypatch.setenv(f"PINCITE_{name}", f"{url}/broken")
        ran = pincite("ingest", "--home", tmp_path / "new")
    assert ran.code == 0
    assert "+ lecun-2022" in ran.out
    assert ran.out.count("annotations only") == 4
    assert "error 500" in ran.out
    states = keys(pincite("works", "--json", "--home", tmp_path / "new"))
    assert [key for key in FIVE if states[key] == "full text"] == ["lecun-2022"]


@contextmanager
def _site(paper: bytes) -> Iterator[str]:
    """OpenReview with one paper, and an arXiv that is broken."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            broken = self.path.startswith("/broken")
            self.send_response(500 if broken else 200)
            self.end_headers()
            self.wfile.write(b"" if broken else paper)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# add, remove, works


def test_a_bibliography_goes_in_and_comes_out_again(pincite: Pincite, tmp_path: Path) -> None:
    entry = "@article{hale-2030,\n  title = {{Tides}},\n  author = {Hale, Ada},\n  year = {2030},\n  doi = {10.1000/tides},\n}\n"
    (tmp_path / "refs.bib").write_text(entry)
    ran = pincite("add", tmp_path / "refs.bib", "--home", tmp_path / "new")
    assert (ran.code, "~ hale-2030" in ran.out) == (0, True)
    assert pincite("works", "--bibtex", "--home", tmp_path / "new").out == entry
    fetched = pincite("ingest", "--home", tmp_path / "new")  # neither its document nor an annotation is to be had
    assert (fetched.code, "! Tides" in fetched.out) == (3, True)


def test_add_names_the_work_and_the_same_again_does_nothing(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    first = pincite("add", stocked.folder / "lanterns.pdf", stocked.folder / "mill.txt", "--home", tmp_path / "new")
    assert first.code == 0
    assert first.out.count("embedded now") == 2
    before = pincite("works", "--json", "--home", tmp_path / "new").json
    assert stocked.facts.title in [row["title"] for row in before]
    again = pincite("add", stocked.folder / "lanterns.pdf", stocked.folder / "mill.txt", "--home", tmp_path / "new")
    assert again.code == 0
    assert "Nothing new" in again.out
    assert "embedded now" not in again.out
    assert pincite("works", "--json", "--home", tmp_path / "new").json == before


def test_add_of_a_good_file_among_bad_ones_is_done_in_part(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    ran = pincite("add", tmp_path / "empty.pdf", stocked.folder / "mill.txt", tmp_path / "none.txt", "--home", tmp_path / "new")
    assert ran.code == 3
    assert "empty.pdf is empty" in ran.out
    assert "none.txt does not exist" in ran.out
    assert "2 files or works could not be taken in" in ran.out
    assert len(keys(pincite("works", "--json", "--home", tmp_path / "new"))) == 1


def test_a_changed_file_replaces_its_own_passages_and_no_others(pincite: Pincite, tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "mill.txt").write_text(MILL, encoding="utf-8")
    assert pincite("add", file, tmp_path / "mill.txt").code == 0
    key = next(row["work"] for row in pincite("works", "--json").json if row["document"] == "harbour.txt")
    mill = [row for row in pincite("works", "--json").json if row["work"] != key]
    old = valid(pincite("ask", HARBOUR_QUESTION, "--json", "--work", key).json)
    assert any("oldest boats" in quote for quote in quoted(old))

    file.write_text(HARBOUR.replace("oldest boats", "smallest ferries"), encoding="utf-8")
    ran = pincite("add", file)
    assert ran.code == 0
    assert ran.out.startswith(f"* {key}:")
    new = valid(pincite("ask", HARBOUR_QUESTION, "--json", "--work", key).json)
    assert any("smallest ferries" in quote for quote in quoted(new))
    assert not any("oldest boats" in evidence["text"] for evidence in new["evidence"])
    assert [row for row in pincite("works", "--json").json if row["work"] != key] == mill


def test_add_with_a_key(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    assert pincite("add", stocked.folder / "mill.txt", "--key", "brook-2029-mills", "--home", tmp_path / "new").code == 0
    assert list(keys(pincite("works", "--json", "--home", tmp_path / "new"))) == ["brook-2029-mills"]


def test_remove_takes_works_out_whole(pincite: Pincite, stocked: Stocked) -> None:
    digests = {row["work"]: row["digest"] for row in pincite("works", "--json").json}
    ran = pincite("remove", "harbour", "mill", "harbour")
    assert ran.code == 0
    assert "harbour" in ran.out
    assert list(keys(pincite("works", "--json"))) == ["lanterns"]
    assert not content_path(stocked.home, digests["harbour"]).exists()
    assert content_path(stocked.home, digests["lanterns"]).exists()
    answer = valid(pincite("ask", HARBOUR_QUESTION, "--json").json)
    assert {evidence["work"] for evidence in answer["evidence"]} == {"lanterns"}
    assert pincite("doctor").code == 0


def test_works_lists_them_for_a_person_and_for_a_script(pincite: Pincite, stocked: Stocked) -> None:
    rows = {row["work"]: row for row in pincite("works", "--json").json}
    assert list(rows) == ["harbour", "lanterns", "mill"]
    assert rows["lanterns"]["pages"] == len(stocked.facts.labels)
    assert rows["lanterns"]["title"] == stocked.facts.title
    assert rows["lanterns"]["document"] == "lanterns.pdf"
    table = [line.split("\t") for line in pincite("works").out.splitlines()]
    assert [line[0] for line in table] == ["work", "harbour", "lanterns", "mill"]
    assert table[2][1:4] == ["full text", str(rows["lanterns"]["pages"]), str(rows["lanterns"]["passages"])]
    assert "empty" in pincite("works", "--home", stocked.home.parent / "nothing").out


# ask


def test_ask_answers_with_quotes_that_are_printed_where_it_says(pincite: Pincite, stocked: Stocked) -> None:
    answer = valid(pincite("ask", LANTERN_QUESTION, "--json").json)
    assert answer["status"] == "answered"
    assert answer["id"] is None
    printed = " ".join(fact.text for fact in (*stocked.facts.sentences, *stocked.facts.abstract))
    on_page = {fact.text: fact.page for fact in stocked.facts.whole}
    for citation in answer["citations"]:
        assert citation["quote"] in printed
        assert citation["page"] == on_page.get(citation["quote"], citation["page"])
        assert citation["page_label"] == stocked.facts.labels[citation["page"] - 1]
        assert citation["boxes"]
    assert all(claim["citations"] for claim in answer["claims"])


def test_ask_for_a_person_shows_claims_and_places(pincite: Pincite, stocked: Stocked) -> None:
    ran = pincite("ask", HARBOUR_QUESTION)
    assert ran.code == 0
    assert "oldest boats" in ran.out
    assert "[1]" in ran.out
    assert "\x1b" not in ran.out


def test_ask_abstains_and_shows_the_nearest(pincite: Pincite, stocked: Stocked) -> None:
    ran = pincite("ask", ELSEWHERE, "--json")
    assert ran.code == 0
    answer = valid(ran.json)
    assert (answer["status"], answer["reason"]) == ("abstained", "not in library")
    assert answer["claims"] == answer["citations"] == []
    assert answer["evidence"]
    assert "Nearest" in pincite("ask", ELSEWHERE).out


def test_ask_of_an_empty_library_says_what_to_do(pincite: Pincite) -> None:
    ran = pincite("ask", HARBOUR_QUESTION, "--json")
    assert ran.code == 0
    answer = valid(ran.json)
    assert (answer["status"], answer["reason"]) == ("abstained", "empty library")
    assert "pincite ingest" in answer["message"]


def test_ask_holds_to_the_works_and_the_number_of_passages_asked_for(pincite: Pincite, stocked: Stocked) -> None:
    answer = valid(pincite("ask", HARBOUR_QUESTION, "--json", "--work", "mill", "--work", "lanterns", "--evidence", "3").json)
    assert len(answer["evidence"]) == 3
    assert {evidence["work"] for evidence in answer["evidence"]} <= {"mill", "lanterns"}
    assert [evidence["rank"] for evidence in answer["evidence"]] == [1, 2, 3]


def test_a_file_of_questions_gives_an_answer_a_line_in_order(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "a", "question": HARBOUR_QUESTION, "kind": "ignored"},
        {"question": ELSEWHERE},
        {"id": 7, "question": LANTERN_QUESTION},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\ufeff" + "\n\n  \n".join(json.dumps(line) for line in lines) + "\r\n\n", encoding="utf-8")
    ran = pincite("ask", "--file", file, "--json")
    assert ran.code == 0
    answers = [valid(json.loads(line)) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "7"]
    assert [answer["question"] for answer in answers] == [line["question"] for line in lines]
    assert [answer["status"] for answer in answers] == ["answered", "abstained", "answered"]
    assert "oldest boats" in pincite("ask", "--file", file).out


def test_a_question_may_hold_characters_that_some_take_for_line_ends(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "question": "What does a small harbour\u2028 forget\x85?"}', encoding="utf-8")
    ran = pincite("ask", "--file", file, "--json")
    assert ran.code == 0
    assert valid(ran.json)["status"] == "answered"


# answer, verify


def test_answer_writes_a_report_that_verify_proves(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    pincite("ingest")
    out = tmp_path / "out" / "report"
    ran = pincite("answer", "--out", out)
    assert ran.code == 0
    essay = workflows.choose_essay(_settings(stocked))
    assert f"{len(essay.questions)} questions" in ran.out
    assert str(out / "index.html") in ran.out
    suffixes = {path.suffix for path in out.iterdir()}
    assert {".html", ".md", ".json", ".bib"} <= suffixes

    proven = pincite("verify", out / "index.html", "--json")
    assert proven.code == 0
    findings = proven.json["findings"]
    assert findings
    assert {finding["verdict"] for finding in findings} <= {"stands", "annotation"}
    everything = pincite("verify", "--all", "--json")
    assert everything.code == 0
    assert everything.json["findings"] == findings
    assert len(list((stocked.home / "answers").rglob("*.json"))) == 1


def test_verify_tells_what_was_altered_and_what_has_gone(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(pincite("ask", HARBOUR_QUESTION, "--json").out, encoding="utf-8")
    sound = pincite("verify", saved)
    assert sound.code == 0
    assert "stands" in sound.out

    altered = tmp_path / "altered.json"
    altered.write_text(saved.read_text().replace("oldest boats", "oldest banks"), encoding="utf-8")
    ran = pincite("verify", altered)
    assert ran.code == 1
    assert "altered: harbour" in ran.out
    assert "Traceback" not in ran.said

    pincite("remove", "harbour")
    gone = pincite("verify", saved)
    assert gone.code == 1
    assert "source missing" in gone.out


def test_verify_proves_from_the_bytes_and_not_from_what_was_stored_of_them(
    pincite: Pincite, stocked: Stocked, tmp_path: Path
) -> None:
    saved = tmp_path / "answer.json"
    ran = pincite("ask", HARBOUR_QUESTION, "--json")
    saved.write_text(ran.out, encoding="utf-8")
    content_path(stocked.home, ran.json["citations"][0]["digest"]).write_text(HARBOUR.replace("oldest boats", "oldest banks"))
    proven = pincite("verify", saved)
    assert proven.code == 1
    assert "have been altered" in proven.out


def test_verify_all_of_a_home_without_answers(pincite: Pincite, stocked: Stocked) -> None:
    ran = pincite("verify", "--all")
    assert ran.code == 0
    assert "no citations" in ran.out


# rebuild, doctor, eval, help


@pytest.mark.parametrize("words", [["rebuild"], ["rebuild", "--embed"]])
def test_rebuild_changes_no_answer(pincite: Pincite, stocked: Stocked, words: list[str]) -> None:
    before = pincite("ask", HARBOUR_QUESTION, "--json").json
    pointer = (stocked.home / "index" / "current").read_text()
    ran = pincite(*words)
    assert ran.code == 0
    assert "vectors" in ran.out
    assert (stocked.home / "index" / "current").read_text() != pointer
    after = pincite("ask", HARBOUR_QUESTION, "--json").json
    before.pop("milliseconds"), after.pop("milliseconds")
    assert after == before


def test_eval_measures(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    fact = next(fact for fact in stocked.facts.whole if len(fact.text.split()) > 12)
    gold = [
        {
            "id": "1",
            "question": fact.text,
            "kind": "answerable",
            "gold": [{"work": "lanterns", "page": fact.page, "quote": fact.text}],
        },
        {"id": "2", "question": ELSEWHERE, "kind": "unanswerable"},
    ]
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in gold), encoding="utf-8")
    ran = pincite("eval", file, "--json")
    assert ran.code == 0
    measures = ran.json
    assert measures["questions"] == 2
    assert measures["a citation on a gold page"] == 1.0
    assert measures["unanswerable questions declined"] == 1.0
    assert "questions" in pincite("eval", file).out


def test_help_and_version(pincite: Pincite) -> None:
    listed = pincite("--help")
    assert listed.code == 0
    commands = ("ingest", "add", "remove", "works", "ask", "answer", "verify", "rebuild", "doctor", "eval", "ui")
    assert [name for name in commands if f"\n  {name} " not in listed.out] == []
    for name in commands:
        assert "--home" in pincite(name, "--help").out
    version = pincite("--version")
    assert version.code == 0
    assert version.out.startswith("pincite ")


def test_from_a_process_of_its_own(alone: Pincite, stocked: Stocked) -> None:
    """The real entry, with its own model, an output in a pipe and no terminal."""
    ran = alone("ask", HARBOUR_QUESTION, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert valid(ran.json)["status"] == "answered"
    assert alone("verify").code == 2


def _settings(stocked: Stocked) -> Any:
    from corpus.settings import Settings

    return Settings.load({}, home=stocked.home)
