from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from corpus.errors import DamagedDocument, EmptyDocument, EncryptedDocument, ExtractionLimit, SourceError
from ingest.extract import child
from ingest.extract.child import read_pdf
from ingest.extract.extraction import Limits

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "tests.ingest.extract.stand_in"


def played(part: str, **limits: float) -> list[child.Row]:
    return list(read_pdf(part.encode(), "a.pdf", Limits(**{"seconds": 20, **limits}), module=MODULE))  # type: ignore[arg-type]


def test_the_header_and_the_pages_are_handed_on_without_the_end_mark() -> None:
    header, *pages = played("read")
    assert header["title"] == "Played"
    assert [page["number"] for page in pages] == [1, 2, 3]
    assert pages[0]["text"] == "Page 1\r\n"


def test_the_child_sees_its_limits_and_no_key_and_not_the_folder_it_was_called_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "secret")
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong module')\n")
    monkeypatch.chdir(tmp_path)
    seen = json.loads(played("surroundings", seconds=7, memory_mb=512)[1]["text"])
    assert [float(seen["arguments"][0]), int(seen["arguments"][1])] == [7, 512]
    assert "secret" not in json.dumps(seen["environment"])
    assert seen["folder"] != str(tmp_path)


def test_a_child_that_never_ends_is_ended_with_its_own_children() -> None:
    began = time.monotonic()
    with pytest.raises(ExtractionLimit, match="more than 1 seconds"):
        played("sleep", seconds=1)
    assert time.monotonic() - began < 10


def test_a_child_that_burns_its_cpu_time_is_told_from_a_crash() -> None:
    with pytest.raises(ExtractionLimit, match="seconds"):
        played("burn")


def test_a_child_that_swells_hits_its_limit_and_not_this_process() -> None:
    with pytest.raises(ExtractionLimit, match="200 MB"):
        played("swell", memory_mb=200)


def test_text_beyond_the_limit_is_given_up() -> None:
    with pytest.raises(ExtractionLimit, match="100,000 characters"):
        played("prattle", characters=100_000)


def test_a_row_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_LINE", 2**20)
    with pytest.raises(ExtractionLimit):
        played("endless row")


def test_a_full_standard_error_does_not_stop_the_child() -> None:
    assert played("complain")[1]["text"] == "Read all the same"


@pytest.mark.parametrize(
    ("part", "kind", "words"),
    [
        ("encrypted", EncryptedDocument, "password"),
        ("damaged", DamagedDocument, "told by the reader"),
        ("no pages", EmptyDocument, "without pages"),
        ("memory", ExtractionLimit, "memory"),
        ("something new", DamagedDocument, "told by the reader"),
        ("crash", DamagedDocument, "SIGSEGV"),
        ("break off", DamagedDocument, "ended early"),
        ("fail", DamagedDocument, "the reader has a bug"),
        ("babble", DamagedDocument, "something else"),
    ],
)
def test_what_goes_wrong_becomes_a_letter_that_names_the_file(part: str, kind: type[SourceError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        played(part)
    assert "a.pdf" in caught.value.message
    assert caught.value.remedy


def test_a_reader_who_stops_early_leaves_no_child_behind() -> None:
    rows = read_pdf(b"sleep", "a.pdf", Limits(seconds=30), module=MODULE)
    next(rows)
    process = int(next(rows)["text"])
    os.kill(process, 0)  # it is there
    rows.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
