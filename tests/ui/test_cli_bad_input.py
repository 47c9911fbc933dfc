"""Every bad input through the command line: a letter that names it and what to do, the exit code, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ingest.extract.pdfs import WORDS, pdf, without_pages
from tests.ingest.shelves import tides
from tests.signals import heed_interrupts
from tests.ui.conftest import COMMAND, ELSEWHERE, HARBOUR, HARBOUR_QUESTION, Pincite, Ran, Stocked, keys

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def letter(ran: Ran, *words: str, code: int = 1) -> None:
    """A message with these words, then a remedy, on standard error; nothing on standard output."""
    assert ran.code == code
    assert ran.out == ""
    assert "Traceback" not in ran.err
    message, remedy = ran.err.rstrip("\n").split("\n")[-2:]
    assert [word for word in words if word not in message] == []
    assert len(remedy.split()) > 2


# Files

FILES: dict[str, tuple[bytes, str]] = {
    "fake.pdf": (b"The keeper counts the lanterns.", "not a PDF"),
    "page.pdf": (b"<!DOCTYPE html><html><body><p>Sign in.</p></body></html>", "not a PDF"),
    "locked.pdf": (pdf(WORDS, password="oil"), "password"),
    "scan.pdf": (pdf("", ""), "no text"),
    "bare.pdf": (without_pages(), "without pages"),
    "zero.pdf": (b"", "empty"),
    "zero.txt": (b"", "empty"),
    "short.pdf": (pdf(WORDS)[:400], "cannot be read as a PDF"),
    "letters.docx": (b"PK\x03\x04 word/document.xml", "does not read"),
    "many.zip": (b"PK\x03\x04 many", "does not read"),
    "binary.txt": (bytes(range(256)) * 8, "not text"),
    "broken.vtt": (b"no captions at all", ""),
    "broken.json": (b'{"text": ', ""),
}


def test_each_bad_file_is_named_with_a_remedy_and_the_good_one_comes_in(
    pincite: Pincite, stocked: Stocked, tmp_path: Path
) -> None:
    for name, (content, _) in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(tides(3), encoding="utf-8")
    ran = pincite("add", *(tmp_path / name for name in FILES), tmp_path / "good.txt")
    assert ran.code == 3
    lines = ran.out.splitlines()
    for name, (_, says) in FILES.items():
        place = next(place for place, line in enumerate(lines) if line.startswith(f"! {name}: "))
        assert says in lines[place]
        assert lines[place + 1].startswith("    ")
        assert len(lines[place + 1].split()) > 3
    assert lines[-1].startswith(f"{len(FILES)} files or works could not be taken in")
    assert len(keys(pincite("works", "--json"))) == 4
    assert pincite("ask", HARBOUR_QUESTION, "--json").json["status"] == "answered"


def test_a_text_in_another_encoding_is_read_or_refused_but_never_garbled(pincite: Pincite, tmp_path: Path) -> None:
    words = HARBOUR.replace("harbour", "Hafenstraße").replace("keepers", "Wärter")
    (tmp_path / "latin.txt").write_bytes(words.encode("cp1252"))
    (tmp_path / "wide.txt").write_bytes(words.encode("utf-16"))
    ran = pincite("add", tmp_path / "latin.txt", tmp_path / "wide.txt")
    taken = len(keys(pincite("works", "--json")))
    assert taken + ran.out.count("! ") == 2
    assert taken
    answer = pincite("ask", "What do the Wärter write down?", "--json").json
    assert any("Wärter write down" in evidence["text"] for evidence in answer["evidence"])
    assert "Ã" not in json.dumps(answer, ensure_ascii=False)


def test_a_missing_file_and_a_folder(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    ran = pincite("add", tmp_path / "none.pdf", tmp_path / "papers")
    assert ran.code == 3
    assert "none.pdf does not exist" in ran.out
    assert "papers is a folder" in ran.out
    assert "pincite ingest --from" in ran.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_that_may_not_be_read(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(HARBOUR)
    (tmp_path / "mine.txt").chmod(0)
    ran = pincite("add", tmp_path / "mine.txt")
    assert ran.code == 3
    assert "cannot be read (Permission denied)" in ran.out


def test_a_bad_file_in_a_folder_stops_no_other(pincite: Pincite, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf(WORDS, password="oil"))
    (folder / "prior.txt").write_text(f"The Consciousness Prior\n\nYoshua Bengio\n\n{HARBOUR}", encoding="utf-8")
    ran = pincite("ingest", "--from", folder)
    assert ran.code == 3
    assert "! a.pdf" in ran.out
    assert keys(pincite("works", "--json"))["bengio-2017"] == "full text"


def test_names_of_files_cannot_drive_the_terminal(pincite: Pincite, tmp_path: Path) -> None:
    hostile = tmp_path / "a\x1b[2Jb.pdf"
    hostile.write_bytes(b"")
    ran = pincite("add", hostile)
    assert ran.code == 3
    assert "\x1b" not in ran.said
    letter(pincite("verify", hostile), "[2Jb.pdf")


def test_a_source_that_is_no_folder_for_ingest(pincite: Pincite, tmp_path: Path) -> None:
    letter(pincite("ingest", "--from", tmp_path / "none"), "none is not a folder")
    (tmp_path / "file").touch()
    letter(pincite("ingest", "--from", tmp_path / "file"), "file is not a folder")


# Questions, keys and words


@pytest.mark.parametrize(
    ("question", "says"), [("", "no question"), (" \n\t", "no question"), ("?!…", "no question"), ("a" * 10_000, "10,000")]
)
def test_a_question_that_is_none(pincite: Pincite, stocked: Stocked, question: str, says: str) -> None:
    letter(pincite("ask", question), says)
    letter(pincite("ask", question, "--json"), says)


def test_a_question_in_broken_letters_is_asked_all_the_same(pincite: Pincite, stocked: Stocked) -> None:
    ran = pincite("ask", f"{HARBOUR_QUESTION} \udcff\ud800 \x1b[2J", "--json")
    assert ran.code == 0
    assert ran.json["status"] == "answered"
    assert ran.out.encode("utf-8")


@pytest.mark.parametrize("words", [["ask", "Why?", "--work"], ["remove"]])
@pytest.mark.parametrize(("key", "near"), [("harbor", "harbour"), ("no-such-work", "pincite works"), ("\udcff", "pincite works")])
def test_a_key_that_no_work_has(pincite: Pincite, stocked: Stocked, words: list[str], key: str, near: str) -> None:
    ran = pincite(*words, key)
    letter(ran, "has the key")
    assert near in ran.err
    assert len(keys(pincite("works", "--json"))) == 3


def test_a_key_that_cannot_be_one(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(tides(3), encoding="utf-8")
    letter(pincite("add", tmp_path / "good.txt", "--key", "no key at all"), "no key at all")
    assert len(keys(pincite("works", "--json"))) == 3


def test_bad_lines_among_good_ones(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "good", "question": HARBOUR_QUESTION}),
        "no JSON",
        '{"id": "none"}',
        "",
        '{"id": "number", "question": 7}',
        '{"id": "empty", "question": ""}',
        '{"id": "long", "question": "%s"}' % ("a" * 10_000),
        '["list"]',
        "[" * 100_000,
        '{"id": "half \\ud800", "question": "What does a small harbour forget \\ud800?"}',
        json.dumps({"id": "last", "question": ELSEWHERE}),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    ran = pincite("ask", "--file", file, "--json")
    assert ran.code == 3
    answers = [json.loads(line) for line in ran.out.splitlines()]
    names = ["good", None, "none", "number", "empty", "long", None, None, "half \ufffd", "last"]
    assert [answer["id"] for answer in answers] == names
    failed = [answer["status"] == "error" for answer in answers]
    assert failed == [False, *[True] * 7, False, False]
    assert all(len(answer["message"]) > 20 for answer in answers if answer["status"] == "error")
    assert ["Line 2" in answers[1]["message"], "Line 5" in answers[3]["message"]] == [True, True]
    assert pincite("ask", "--file", file).code == 3


def test_files_that_hold_no_questions(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    letter(pincite("ask", "--file", tmp_path / "none.jsonl"), "none.jsonl", "No such file")
    letter(pincite("ask", "--file", tmp_path), "cannot be read")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00\x01")
    letter(pincite("ask", "--file", tmp_path / "binary.jsonl"), "UTF-8")
    letter(pincite("eval", tmp_path / "none.jsonl"), "none.jsonl")
    (tmp_path / "gold.jsonl").write_text('{"question": "Why?", "gold": [{"page": 1}]}')
    letter(pincite("eval", tmp_path / "gold.jsonl"), "Line 1")


@pytest.mark.parametrize(
    "content", [None, b"", b"no JSON", b"\xff\xfe", b"[]", b"7", b'{"a": 1}', b"<html><body>no report</body></html>"]
)
def test_what_is_no_saved_answer(pincite: Pincite, stocked: Stocked, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "saved.json"
    if content is not None:
        file.write_bytes(content)
    letter(pincite("verify", file), "saved.json")


@pytest.mark.parametrize(
    "rest",
    ['"citations": 7', '"citations": [7]', '"citations": [{"number": [], "quote": 7, "digest": {}, "page": "x", "span": 1}]'],
)
def test_a_saved_answer_of_another_shape(pincite: Pincite, stocked: Stocked, tmp_path: Path, rest: str) -> None:
    file = tmp_path / "saved.json"
    file.write_text(f'{{"schema": 1, "question": "Why \\ud800\\u001b[2J?", {rest}}}')
    for words in ([], ["--json"]):
        ran = pincite("verify", file, *words)
        assert ran.code in (0, 1)
        assert "\x1b" not in ran.said
        assert "stands" not in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["ask"],
        ["ask", "Why?", "--file", "questions.jsonl"],
        ["ask", "Why?", "--evidence", "0"],
        ["ask", "Why?", "--evidence", "many"],
        ["ask", "Why?", "--no-such-flag"],
        ["add"],
        ["add", "a.txt", "b.txt", "--key", "one"],
        ["remove"],
        ["verify"],
        ["verify", "saved.json", "--all"],
        ["eval"],
        ["ui", "--port", "0"],
    ],
)
def test_wrong_usage(pincite: Pincite, home: Path, words: list[str]) -> None:
    ran = pincite(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "Usage:" in ran.err
    assert "--help" in ran.err
    assert not home.exists()


def test_an_essay_that_is_not_there(pincite: Pincite, stocked: Stocked) -> None:
    for command in ("ingest", "answer"):
        ran = pincite(command, "--essay", "no-such-essay")
        letter(ran, "no-such-essay")
        assert "next-on-llm-2024" in ran.err


def test_a_report_that_cannot_be_written(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    letter(pincite("answer", "--out", tmp_path / "file"), "cannot be written")
    letter(pincite("answer", "--out", tmp_path / "file" / "deep"), "cannot be written")


# Home, settings, library, index


@pytest.mark.parametrize("words", [["works"], ["ask", "Why?"], ["ingest"], ["add", "mill.txt"], ["rebuild"], ["remove", "mill"]])
@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_home_that_cannot_be_one(pincite: Pincite, tmp_path: Path, words: list[str], place: str) -> None:
    (tmp_path / "file").write_text("of somebody")
    (tmp_path / "mill.txt").write_text(HARBOUR)
    ran = pincite(*words, "--home", tmp_path / place)
    letter(ran, "cannot be written")
    assert "PINCITE_HOME" in ran.err
    assert (tmp_path / "file").read_text() == "of somebody"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PINCITE_OFFLINE", "maybe"),
        ("PINCITE_THRESHOLD", "7"),
        ("PINCITE_THRESHOLD", "half"),
        ("PINCITE_WAIT", "-1"),
        ("PINCITE_PDF_SECONDS", "nan"),
        ("PINCITE_PDF_MEMORY_MB", "2.5"),
    ],
)
def test_variables_without_sense(
    pincite: Pincite, stocked: Stocked, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    for words in (["works"], ["ask", HARBOUR_QUESTION], ["doctor"]):
        letter(pincite(*words), variable)


def test_a_variable_that_nothing_reads_is_named(pincite: Pincite, stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_OFLINE", "1")
    ran = pincite("works", "--json")
    assert "PINCITE_OFLINE" in ran.err
    assert "PINCITE_OFFLINE" in ran.err
    assert len(keys(ran)) == 3


def test_another_embedder_than_the_librarys(pincite: Pincite, stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    pointer = (stocked.home / "index" / "current").read_bytes()
    with monkeypatch.context() as patch:
        patch.setenv("PINCITE_EMBEDDER", str(stocked.folder / "no-such-model"))
        ran = pincite("ask", HARBOUR_QUESTION)
        letter(ran, "no-such-model", "MiniLM")
        assert "rebuild --embed" in ran.err
        letter(pincite("add", stocked.folder / "mill.txt"), "no-such-model")
    assert (stocked.home / "index" / "current").read_bytes() == pointer
    ran = pincite("ask", HARBOUR_QUESTION, "--json")
    assert ran.json["status"] == "answered"
    assert ran.err == ""


def test_an_index_of_another_embedder_is_made_anew(pincite: Pincite, stocked: Stocked) -> None:
    current = stocked.home / "index" / "current"
    current.write_text(json.dumps(json.loads(current.read_text()) | {"embedder": "of yesterday"}))
    ran = pincite("ask", HARBOUR_QUESTION, "--json")
    assert "of yesterday" in ran.err
    assert "built anew" in ran.err
    assert ran.json["status"] == "answered"
    assert pincite("doctor").code == 0


def _garbage(home: Path) -> None:
    for file in (home / "index").rglob("chroma.sqlite3"):
        file.write_bytes(b"garbage" * 1000)


def _no_pointer(home: Path) -> None:
    (home / "index" / "current").write_text("garbage")


def _nothing(home: Path) -> None:
    shutil.rmtree(home / "index")


@pytest.mark.parametrize("damage", [_garbage, _no_pointer, _nothing])
def test_a_broken_index_is_mended_and_said_so(pincite: Pincite, stocked: Stocked, damage: Callable[[Path], None]) -> None:
    before = pincite("ask", HARBOUR_QUESTION, "--json").json
    damage(stocked.home)
    assert pincite("doctor").code == 1
    ran = pincite("ask", HARBOUR_QUESTION, "--json")
    assert ran.code == 0
    assert "built anew" in ran.err
    assert ran.json["citations"] == before["citations"]
    assert pincite("doctor").code == 0


@pytest.mark.parametrize("words", [["works"], ["ask", "Why?"], ["ingest"], ["add", "mill.txt"], ["rebuild"], ["verify", "--all"]])
def test_a_library_of_garbage_is_left_alone(pincite: Pincite, home: Path, words: list[str]) -> None:
    home.mkdir()
    (home / "library.sqlite3").write_bytes(b"garbage" * 1000)
    ran = pincite(*words)
    letter(ran, "library.sqlite3", "cannot be read")
    assert (home / "library.sqlite3").read_bytes() == b"garbage" * 1000


def test_a_database_of_something_else_is_left_alone(pincite: Pincite, home: Path) -> None:
    home.mkdir()
    connection = sqlite3.connect(home / "library.sqlite3")
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    letter(pincite("ingest"), "not ours")


# The system


def test_an_output_that_nobody_reads_to_its_end(surroundings: dict[str, str], stocked: Stocked, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join([json.dumps({"question": HARBOUR_QUESTION})] * 30), encoding="utf-8")
    child = subprocess.Popen(
        [*COMMAND, "ask", "--file", str(file), "--json"],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    assert json.loads(child.stdout.readline())["status"] == "answered"
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(60) == 1
    assert said == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["works"], ["works", "--json"], ["doctor", "--json"]])
def test_an_output_that_takes_nothing(surroundings: dict[str, str], stocked: Stocked, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *words], env=surroundings, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    letter(Ran(done.returncode, "", done.stderr), "No space left")


def test_ctrl_c_leaves_a_whole_library(surroundings: dict[str, str], stocked: Stocked, pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text(tides(400), encoding="utf-8")
    child = subprocess.Popen(
        [*COMMAND, "add", str(tmp_path / "big.txt")],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    before = _vectors(stocked.home)
    until = time.monotonic() + 60
    while _vectors(stocked.home) == before and time.monotonic() < until:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "Traceback" not in out + err
    assert _vectors(stocked.home) > before
    assert list(keys(pincite("works", "--json"))) == ["harbour", "lanterns", "mill"]
    assert pincite("ask", HARBOUR_QUESTION, "--json").json["status"] == "answered"
    assert pincite("doctor").code == 0


def _vectors(home: Path) -> int:
    connection = sqlite3.connect(home / "library.sqlite3", timeout=30)
    try:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    finally:
        connection.close()


LIMITED = (
    "import resource, runpy, sys; most = int(sys.argv.pop(1)); resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)); "
    "runpy.run_module('ui.cli', run_name='__main__')"
)
"""A process that may write no file beyond a size: as near to a full disk as any user gets."""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
def test_a_write_that_the_system_refuses_loses_nothing(
    surroundings: dict[str, str], stocked: Stocked, pincite: Pincite, tmp_path: Path
) -> None:
    (tmp_path / "big.txt").write_text(tides(60), encoding="utf-8")
    before = pincite("works", "--json").out
    words = [sys.executable, "-c", LIMITED, "100000", "add", str(tmp_path / "big.txt")]
    done = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)
    letter(Ran(done.returncode, done.stdout, done.stderr), str(stocked.home))
    assert pincite("works", "--json").out == before
    assert pincite("doctor").code == 0


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=900k none "$DISK" || exit 99
"$@" add small.txt big.txt
echo "ended with $?"
"$@" works --json
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no private mounts here")
def test_a_disk_that_fills_up(surroundings: dict[str, str], tmp_path: Path) -> None:
    """On a disk of 0.9 MB in a mount namespace of its own, where the system lets us make one."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "small.txt").write_text(tides(3), encoding="utf-8")
    (tmp_path / "big.txt").write_text(tides(160), encoding="utf-8")
    around = surroundings | {"DISK": str(tmp_path / "disk"), "PINCITE_HOME": str(tmp_path / "disk" / "home")}
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", *COMMAND],
        cwd=tmp_path,
        env=around,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("this system lets us make no disk")
    assert "Traceback" not in done.stderr
    assert "No room is left" in done.stderr
    assert "Free some space" in done.stderr
    *_, ended, works = done.stdout.splitlines()
    assert "small.txt" in done.stdout
    assert ended == "ended with 1"
    assert [(row["document"], row["state"]) for row in json.loads(works)] == [("small.txt", "full text")]
