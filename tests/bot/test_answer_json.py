import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answer_json import REPORT_ELEMENT, answer_from_json, answer_to_json, answers_in, schema
from bot.answers import Answer
from corpus.errors import SavedAnswerError
from tests.schemas import validator
from tests.ui import sample

EVERY = [*sample.ANSWERS, sample.FAILED]


def _names(answers: list[Answer]) -> list[str | None]:
    return [answer.id for answer in answers]


@pytest.mark.parametrize("answer", EVERY, ids=_names(EVERY))
def test_what_is_written_holds_to_the_schema(answer: Answer) -> None:
    validator().validate(json.loads(json.dumps(answer_to_json(answer))))


def test_every_key_is_written_and_every_written_key_is_in_the_schema() -> None:
    written: dict[str, Any] = answer_to_json(sample.KEEPING_1)
    form = schema()
    assert list(written) == list(form["properties"])
    assert set(form["required"]) == set(form["properties"])
    for name, plural in (("claim", "claims"), ("citation", "citations"), ("evidence", "evidence")):
        part = form["$defs"][name]
        assert list(written[plural][0]) == list(part["properties"]) == part["required"]


def _broken(path: str, value: object) -> dict[str, Any]:
    saved: Any = json.loads(json.dumps(answer_to_json(sample.KEEPING_1)))
    place = saved
    *most, last = path.split(".")
    for step in most:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if isinstance(place, list) else last] = value
    return saved  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status", "maybe"),
        ("claims", []),
        ("coverage", None),
        ("confidence", 1.2),
        ("claims.0.citations", []),
        ("claims.0.kind", "guessed"),
        ("citations.0.quote", None),
        ("citations.0.page", 0),
        ("citations.0.boxes", [[1, 2, 3]]),
        ("citations.0.link", "javascript:alert(1)"),
        ("citations.0.kind", "annotation"),
    ],
)
def test_the_schema_refuses(path: str, value: object) -> None:
    assert list(validator().iter_errors(_broken(path, value)))


def test_an_abstention_carries_no_claim() -> None:
    saved = answer_to_json(sample.BEYOND_1)
    saved["claims"] = answer_to_json(sample.KEEPING_1)["claims"]
    assert list(validator().iter_errors(json.loads(json.dumps(saved))))


@pytest.mark.parametrize("answer", EVERY, ids=_names(EVERY))
def test_an_answer_comes_back_as_it_was_written(answer: Answer) -> None:
    once = answer_to_json(answer)
    back = answer_from_json(json.loads(json.dumps(once)))
    assert answer_to_json(back) == once
    assert [citation.quote and citation.quote.span for citation in back.citations] == [
        citation.quote and citation.quote.span for citation in answer.citations
    ]
    assert [citation.quote and citation.quote.position for citation in back.citations] == [
        citation.quote and citation.quote.position for citation in answer.citations
    ]
    assert [citation.work.voice for citation in back.citations] == [citation.work.voice for citation in answer.citations]


def test_boxes_are_rounded_to_a_tenth() -> None:
    written: Any = answer_to_json(sample.KEEPING_1)
    assert written["citations"][0]["boxes"][0] == [72.0, 310.3, 300.5, 322.0]


def test_an_annotation_has_no_quote() -> None:
    written: Any = answer_to_json(sample.FORGETTING_1)
    citation = written["citations"][2]
    assert citation["kind"] == "annotation"
    assert [citation[key] for key in ("quote", "span", "digest", "boxes")] == [None, None, None, []]
    assert citation["statement"].startswith("Quill and colleagues warn")


def test_unknown_keys_are_tolerated() -> None:
    saved = _broken("claims.0.mood", "glad") | {"mood": "glad"}
    saved["citations"][0]["mood"] = "glad"
    assert answer_from_json(saved).claims == sample.KEEPING_1.claims


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("schema", 2, "schema 1"),
        ("question", None, "text belongs"),
        ("status", "maybe", "'maybe' is none of answered, abstained, error"),
        ("claims", {}, "list belongs"),
        ("claims.0", "x", "object belongs"),
        ("claims.0.citations", [9], "there is no such citation"),
        ("claims.0.citations", [], "has no citation"),
        ("citations.1.number", 1, "the same number"),
        ("citations.0.span", [9, 3], "no range"),
        ("citations.0.span", [1], "not enough values"),
        ("citations.0.page", 1.5, "whole number"),
        ("citations.0.page", float("inf"), "saved answer"),
        ("confidence", True, "number belongs"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason(path: str, value: object, says: str) -> None:
    with pytest.raises(SavedAnswerError, match=says) as caught:
        answer_from_json(_broken(path, value))
    assert "pincite ask --json" in caught.value.remedy


def test_a_missing_key_is_named() -> None:
    saved = answer_to_json(sample.KEEPING_1)
    del saved["claims"]
    with pytest.raises(SavedAnswerError, match="'claims' is missing"):
        answer_from_json(saved)


def test_family_names_come_back_with_their_particles() -> None:
    back = answer_from_json(json.loads(json.dumps(answer_to_json(sample.FORGETTING_1))))
    quill = next(citation.work for citation in back.citations if citation.work.key == "quill-2015")
    assert [author.family for author in quill.authors] == ["Quill", "Vellum", "Folio", "de Marge"]


def test_a_name_that_is_the_key_stays_whole() -> None:
    from corpus.works import Author, Work

    press = Work("thepincitetestpress-2024", "A Paper", (Author("The Pincite Test Press"),), 2024)
    citation = replace(sample.KEEPING_3.citations[0], work=press)
    back = answer_from_json(json.loads(json.dumps(answer_to_json(replace(sample.KEEPING_3, citations=(citation,))))))
    assert back.citations[0].work.label == "The Pincite Test Press 2024"


SAVED = [answer_to_json(answer) for answer in EVERY[:3]]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("one.json", json.dumps(SAVED[0]), SAVED[:1]),
        ("pretty.json", json.dumps(SAVED[0], indent=2), SAVED[:1]),
        ("list.json", json.dumps(SAVED), SAVED),
        ("report.json", json.dumps({"schema": 1, "essay": None, "answers": SAVED}), SAVED),
        ("lines.jsonl", "\n".join(map(json.dumps, SAVED)) + "\n\n", SAVED),
        ("marked.json", "\ufeff" + json.dumps(SAVED[0]), SAVED[:1]),
        (
            "report.html",
            f'<!doctype html><script>1</script><script id="{REPORT_ELEMENT}" type="application/json">'
            + json.dumps(SAVED).replace("<", "\\u003c")
            + "</script><script>2</script>",
            SAVED,
        ),
    ],
)
def test_answers_are_read_from_every_form(tmp_path: Path, name: str, text: str, expected: list[object]) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert answers_in(file) == expected


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no answer"),
        (b"[]", "holds no answer"),
        (b"[1]", "no answer at place 1"),
        (b'{"schema": 1}', "no answer at place 1"),
        (b'{"question": "x"}\n{"question": ', "line 2"),
        (b"<!doctype html><p>No answers here.</p>", "carries no answers"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"%PDF-1.7", "line 1"),
    ],
)
def test_a_file_without_answers_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "saved"
    file.write_bytes(content)
    with pytest.raises(SavedAnswerError, match=says):
        answers_in(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SavedAnswerError, match=r"gone\.json cannot be read"):
        answers_in(tmp_path / "gone.json")
