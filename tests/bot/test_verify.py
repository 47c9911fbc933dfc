"""Saved answers proven again, by the bytes alone: what stands, and every way in which it may not."""

from __future__ import annotations

import copy
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from bot.answer_json import answer_to_json, answers_in
from bot.verify import Finding, verify
from corpus.errors import DamagedDocument, SavedAnswerError
from corpus.home import content_path
from tests.bot import made
from tests.bot.made import EVENING, LANTERNS, LEDGER, NOTE, TALK, TIDES, WICK, answer_to, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.reader import Reader
    from corpus.documents import Document, Page
    from corpus.library import Library

Saved = dict[str, Any]


@pytest.fixture(scope="module")
def saved(reader: Reader) -> dict[str, Saved]:
    """One saved answer of each work alone, by the work's key."""
    asked = {
        LANTERNS.key: "With the standard oil flame, how many lines a minute does a clerk read?",
        TIDES.key: "In how many harbours was the ledger lost with its master in the same storm?",
        TALK.key: "How many more pages were read with the new lamps?",
        EVENING.key: "How many more pages were read with the new lamps?",
        NOTE.key: "What did the visitor write into the guest book?",
        "trimmer-2028": WICK.statement,
    }
    answers = {key: answer_to(reader, question, works=[key]) for key, question in asked.items()}
    assert all(answer.status == "answered" for answer in answers.values())
    return {key: json.loads(json.dumps(answer_to_json(answer))) for key, answer in answers.items()}


def judged(library: Library, *answers: Saved) -> list[Finding]:
    return list(verify(library, answers, read_pages))


def first_cited(answer: Saved) -> Saved:
    """A copy with its first citation alone."""
    alone = copy.deepcopy(answer)
    alone["citations"] = alone["citations"][:1]
    alone["claims"] = [claim for claim in alone["claims"] if claim["citations"] == [1]]
    return alone


def changed(answer: Saved, **fields: object) -> Saved:
    """A copy with its first citation alone, changed; its claim says what the citation says."""
    alone = first_cited(answer)
    alone["citations"][0].update(fields)
    if "quote" in fields and alone["claims"][0]["kind"] == "quoted":
        alone["claims"][0]["text"] = fields["quote"]
    return alone


def with_number(answer: Saved) -> Saved:
    """A copy with the first citation whose quote holds a digit, alone."""
    cited = copy.deepcopy(answer)
    citation = next(each for each in cited["citations"] if each["quote"] and any(map(str.isdigit, each["quote"])))
    cited["citations"] = [citation]
    cited["claims"] = [claim for claim in cited["claims"] if claim["citations"] == [citation["number"]]]
    return cited


def test_what_was_proven_stands(reader: Reader, saved: dict[str, Saved]) -> None:
    answers = [answer for key, answer in saved.items() if key != "trimmer-2028"]
    findings = judged(reader.library, *answers)
    assert len(findings) == sum(len(answer["citations"]) for answer in answers) >= 5
    assert {(finding.verdict, finding.why) for finding in findings} == {("stands", "")}


def test_a_finding_says_which_citation_it_is_about(reader: Reader, saved: dict[str, Saved]) -> None:
    places = {}
    for key, answer in saved.items():
        finding = judged(reader.library, answer)[0]
        assert (finding.answer, finding.number, finding.work) == (answer["question"], 1, key)
        places[key] = finding.place.split(" ")[0]
    assert places == {
        LANTERNS.key: "page",
        TIDES.key: "page",
        TALK.key: "time",
        EVENING.key: "part",
        NOTE.key: "whole",
        "trimmer-2028": "page",
    }


@pytest.mark.parametrize("key", [LANTERNS.key, TIDES.key, TALK.key])
def test_a_digit_that_was_changed_is_found(reader: Reader, saved: dict[str, Saved], key: str) -> None:
    cited = with_number(saved[key])
    assert [finding.verdict for finding in judged(reader.library, cited)] == ["stands"]
    quote = cited["citations"][0]["quote"]
    for place, letter in enumerate(quote):
        if letter.isdigit():
            cited["citations"][0]["quote"] = f"{quote[:place]}{(int(letter) + 1) % 10}{quote[place + 1 :]}"
            cited["claims"] = []
            assert [finding.verdict for finding in judged(reader.library, cited)] == ["altered"]


@pytest.mark.parametrize(
    "alter",
    [
        lambda quote: quote.swapcase(),
        lambda quote: quote + " It is so.",
        lambda quote: quote[1:],
        lambda quote: quote.replace(" the ", " a ", 1),
        lambda quote: " ".join(reversed(quote.split())),
        lambda quote: "",
        lambda quote: "…",
    ],
)
def test_words_that_were_changed_are_found(reader: Reader, saved: dict[str, Saved], alter: Callable[[str], str]) -> None:
    quote = saved[TIDES.key]["citations"][0]["quote"]
    assert alter(quote) != quote
    (finding,) = judged(reader.library, changed(saved[TIDES.key], quote=alter(quote)))
    assert finding.verdict == "altered"
    assert finding.why


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        (LANTERNS.key, {"page": 1}),
        (LANTERNS.key, {"page": 99}),
        (LANTERNS.key, {"page": None}),
        (LANTERNS.key, {"page": "3"}),
        (LANTERNS.key, {"part": 1}),
        (TIDES.key, {"page": 1}),
        (EVENING.key, {"part": 1}),
        (EVENING.key, {"part": None}),
        (EVENING.key, {"time": 61.0}),
        (TALK.key, {"time": 0.0}),
        (TALK.key, {"time": None}),
        (TALK.key, {"page": 1}),
        (NOTE.key, {"page": 99}),
        (LANTERNS.key, {"span": [0, 5]}),
        (TIDES.key, {"span": [900, 990]}),
        (TIDES.key, {"work": "lecun-2022"}),
        (TIDES.key, {"quote": None}),
        (TIDES.key, {"digest": None}),
    ],
)
def test_a_place_that_was_changed_is_found(reader: Reader, saved: dict[str, Saved], key: str, fields: dict[str, object]) -> None:
    assert judged(reader.library, first_cited(saved[key]))[0].verdict == "stands"
    (finding,) = judged(reader.library, changed(saved[key], **fields))
    assert finding.verdict == "altered"


def test_where_the_words_stand_instead_is_told(reader: Reader, saved: dict[str, Saved]) -> None:
    def why(key: str, **fields: object) -> str:
        return judged(reader.library, changed(saved[key], **fields))[0].why

    assert why(TIDES.key, page=1) == "The words are not there; they stand on page 2."
    assert why(EVENING.key, part=1) == "The words are not there; they stand in part 3."
    assert why(TALK.key, time=0.0) == "The words are not there; they stand elsewhere in it."
    assert why(TIDES.key, page=9) == "The document has no such place."
    assert why(TIDES.key, quote="The moon keeps every ledger dry.") == "The words are not there."


def test_a_claim_that_quotes_other_words_than_its_citation_is_found(reader: Reader, saved: dict[str, Saved]) -> None:
    answer = with_number(saved[LANTERNS.key])
    assert answer["claims"][0]["kind"] == "quoted"
    answer["claims"][0]["text"] = answer["claims"][0]["text"].replace("38.5", "83.5")
    (finding,) = judged(reader.library, answer)
    assert finding.verdict == "altered"
    assert "83.5" in finding.why


def test_a_statement_in_an_annotators_words_is_no_alteration(reader: Reader) -> None:
    answer: Any = answer_to_json(answer_to(reader, LEDGER.statement))
    assert answer["claims"][0]["text"] == LEDGER.statement
    assert judged(reader.library, answer)[0].verdict == "stands"


def test_white_space_ligatures_and_line_ends_are_no_alteration(reader: Reader, saved: dict[str, Saved]) -> None:
    quote = with_number(saved[LANTERNS.key])["citations"][0]["quote"]
    answer = with_number(saved[LANTERNS.key])
    answer["citations"][0]["quote"] = quote.replace(" ", "\n ", 3).replace("fl", "ﬂ").replace("fi", "ﬁ")
    assert answer["citations"][0]["quote"] != quote
    assert judged(reader.library, answer)[0].verdict == "stands"


def test_what_only_an_annotation_vouches_for_is_called_so(reader: Reader, saved: dict[str, Saved]) -> None:
    findings = judged(reader.library, saved["trimmer-2028"])
    assert {finding.verdict for finding in findings} == {"annotation"}
    assert "no quote to prove" in findings[0].why


def test_a_document_that_nobody_knows_is_missing(reader: Reader, saved: dict[str, Saved]) -> None:
    for digest in ("0" * 64, "../../etc/passwd", ""):
        assert judged(reader.library, changed(saved[TIDES.key], digest=digest))[0].verdict == "source missing"


def test_a_removed_work_is_missing(own_reader: Reader, saved: dict[str, Saved]) -> None:
    with own_reader.library.writing() as writer:
        writer.remove_work(TIDES.key)
    assert {finding.verdict for finding in judged(own_reader.library, saved[TIDES.key])} == {"source missing"}


@pytest.mark.parametrize("content", [None, b"", b"A harbour forgets nothing."])
def test_bytes_that_are_gone_or_altered_are_missing(
    own_reader: Reader, own_home: Path, sources: made.Made, saved: dict[str, Saved], content: bytes | None
) -> None:
    path = content_path(own_home, sources.reads[TIDES.key].digest)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    findings = judged(own_reader.library, saved[TIDES.key], saved[EVENING.key])
    assert {(finding.work, finding.verdict) for finding in findings} == {
        (TIDES.key, "source missing"),
        (EVENING.key, "stands"),
    }
    assert "bytes" in findings[0].why


def test_bytes_that_cannot_be_read_any_more_are_missing(reader: Reader, saved: dict[str, Saved]) -> None:
    def broken(content: bytes, document: Document) -> Sequence[Page]:
        raise DamagedDocument(f"{document.name} breaks off.", remedy="Fetch it again.")

    (finding, *_) = verify(reader.library, [saved[TIDES.key]], broken)
    assert (finding.verdict, finding.why) == ("source missing", "tides.txt breaks off.")


def test_a_version_that_was_replaced_is_superseded(own_reader: Reader, saved: dict[str, Saved]) -> None:
    made.add_text(own_reader, TIDES, "\f".join(made.TIDES_PAGES).replace("17.5 %", "21.0 %"), "tides.txt")
    findings = judged(own_reader.library, saved[TIDES.key])
    assert {finding.verdict for finding in findings} == {"superseded"}
    (altered,) = judged(own_reader.library, changed(saved[TIDES.key], page=1))
    assert altered.verdict == "altered"
    fresh: Any = answer_to_json(answer_to(own_reader, saved[TIDES.key]["question"], works=[TIDES.key]))
    assert {finding.verdict for finding in judged(own_reader.library, fresh)} == {"stands"}


def test_a_library_that_was_tampered_with_does_not_decide(
    own_reader: Reader, own_home: Path, sources: made.Made, saved: dict[str, Saved]
) -> None:
    """What is stored of a page is changed by hand: the true quote stands, and the false one does not."""
    connection = sqlite3.connect(own_home / "library.sqlite3")
    with connection:
        change = "UPDATE pages SET text = replace(text, '17.5', '99.9') WHERE document = ?"
        connection.execute(change, (sources.reads[TIDES.key].digest,))
    connection.close()
    assert "99.9 %" in own_reader.library.page(sources.reads[TIDES.key].digest, 1).text
    assert {finding.verdict for finding in judged(own_reader.library, saved[TIDES.key])} == {"stands"}
    false: Any = answer_to_json(answer_to(own_reader, saved[TIDES.key]["question"], works=[TIDES.key]))
    said = next(each for each in false["citations"] if "99.9 %" in each["quote"])
    verdicts = {finding.number: finding.verdict for finding in judged(own_reader.library, false)}
    assert verdicts[said["number"]] == "altered"


def test_each_document_is_read_once(reader: Reader, saved: dict[str, Saved]) -> None:
    read: list[str] = []

    def counted(content: bytes, document: Document) -> Sequence[Page]:
        read.append(document.name)
        return read_pages(content, document)

    answers = [saved[TIDES.key], saved[TALK.key], saved[TIDES.key]]
    findings = list(verify(reader.library, answers, counted))
    assert all(answer["citations"] for answer in answers)
    assert len(findings) == sum(len(answer["citations"]) for answer in answers)
    assert sorted(read) == ["talk.vtt", "tides.txt"]


def test_unknown_keys_are_tolerated_and_missing_ones_are_no_crash(reader: Reader, saved: dict[str, Saved]) -> None:
    answer = first_cited(saved[TIDES.key]) | {"mood": "glad"}
    answer["citations"][0]["mood"] = {"glad": True}
    assert judged(reader.library, answer)[0].verdict == "stands"
    bare = {"question": "?", "citations": [{}, {"kind": "full text", "number": "one"}]}
    assert [(finding.number, finding.verdict) for finding in judged(reader.library, bare)] == [(0, "annotation"), (0, "altered")]
    assert judged(reader.library, {"question": "?"}) == []


@pytest.mark.parametrize("citations", [None, 1, "x", {"number": 1}, [1], [None]])
def test_what_is_no_saved_answer_is_refused(reader: Reader, citations: object) -> None:
    with pytest.raises(SavedAnswerError, match="citations") as caught:
        judged(reader.library, {"question": "?", "citations": citations})
    assert "pincite ask --json" in caught.value.remedy


def test_a_file_of_answers_is_judged_as_it_lies_there(reader: Reader, saved: dict[str, Saved], tmp_path: Path) -> None:
    file = tmp_path / "saved.jsonl"
    file.write_text("\n".join(json.dumps(answer) for answer in saved.values()), encoding="utf-8")
    findings = list(verify(reader.library, answers_in(file), read_pages))
    assert len(findings) == sum(len(answer["citations"]) for answer in saved.values())
    assert {finding.verdict for finding in findings} == {"stands", "annotation"}
