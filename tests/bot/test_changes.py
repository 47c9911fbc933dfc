"""What changed between two states of answers: what a reader would call a change, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.answer_json import answer_to_json
from bot.answers import Answer, Citation, Locator
from bot.changes import Change, changes
from bot.changes_json import change_schema, change_to_json
from corpus.errors import SavedAnswerError
from tests.schemas import validator
from tests.ui import sample

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = sample.KEEPING_1


def compared(before: Sequence[Answer], after: Sequence[Answer]) -> tuple[Change, ...]:
    return changes([saved(answer) for answer in before], [saved(answer) for answer in after])


def one(before: Answer, after: Answer) -> Change:
    (change,) = compared([before], [after])
    return change


def saved(answer: Answer) -> dict[str, Any]:
    """The answer after a journey through a file."""
    return json.loads(json.dumps(answer_to_json(answer)))  # type: ignore[no-any-return]


def newer(citation: Citation, page: int | None = None) -> Citation:
    """The same words in a later version of the work."""
    assert citation.quote is not None
    quote = replace(citation.quote, document=hashlib.sha256(b"a later version").hexdigest())
    return replace(citation, quote=quote, version="v9", locator=replace(citation.locator, page=page or citation.locator.page))


def cite(answer: Answer, place: int, citation: Citation) -> Answer:
    """The answer with another citation in the place of one, under its number."""
    cited = [citation if number == place else each for number, each in enumerate(answer.citations)]
    return replace(answer, citations=tuple(cited))


def test_the_same_answers_are_the_same_whatever_was_measured() -> None:
    moved = [replace(answer, confidence=0.01, milliseconds={"total": 9.0}) for answer in sample.ANSWERS]
    assert {change.verdict for change in compared(sample.ANSWERS, moved)} == {"same"}
    assert {(change.parts, change.touches, change.substance) for change in compared(sample.ANSWERS, moved)} == {((), None, False)}


def test_order_and_numbers_are_no_change() -> None:
    turned = tuple(replace(citation, number=len(FIRST.citations) - place) for place, citation in enumerate(FIRST.citations))
    claims = tuple(replace(claim, citations=(len(FIRST.citations) + 1 - claim.citations[0],)) for claim in reversed(FIRST.claims))
    evidence = tuple(replace(each, rank=rank, score=0.1) for rank, each in enumerate(reversed(FIRST.evidence), 1))
    assert one(FIRST, replace(FIRST, citations=turned, claims=claims, evidence=evidence)).verdict == "same"


def test_a_number_in_a_claims_words_is_no_change() -> None:
    before = replace(
        FIRST, claims=(replace(FIRST.claims[0], text="A catalogue is silent [1].", kind="composed"), *FIRST.claims[1:])
    )
    after = replace(before, claims=(replace(before.claims[0], text="A catalogue is silent [3, 4]."), *before.claims[1:]))
    assert one(before, after).verdict == "same"


def test_questions_come_and_go() -> None:
    found = compared([FIRST, sample.KEEPING_2], [sample.KEEPING_2, sample.KEEPING_3])
    assert [(change.id, change.verdict) for change in found] == [
        ("keeping-2", "same"),
        ("keeping-3", "new"),
        ("keeping-1", "gone"),
    ]
    assert [change.substance for change in found] == [False, True, True]
    assert found[2].question == FIRST.question


def test_a_question_is_known_by_its_id_though_it_was_put_another_way_and_else_by_its_words() -> None:
    assert one(FIRST, replace(FIRST, question="Is a catalogue enough?")).verdict == "same"
    nameless = replace(FIRST, id=None)
    assert one(nameless, nameless).verdict == "same"
    assert [change.verdict for change in compared([nameless], [replace(nameless, question="Another?")])] == ["new", "gone"]


def test_claims_that_came_and_went_are_named_with_their_citations() -> None:
    shorter = replace(FIRST, claims=FIRST.claims[1:], citations=FIRST.citations[1:])
    gone, back = one(FIRST, shorter), one(shorter, FIRST)
    assert (gone.came, gone.cited) == ((), ())
    assert [claim.text for claim in gone.went] == [FIRST.claims[0].text]
    assert [citation.number for citation in gone.uncited] == [1]
    assert [claim.text for claim in back.came] == [FIRST.claims[0].text]
    assert [citation.quote.text for citation in back.cited if citation.quote] == [FIRST.citations[0].quote.text]  # type: ignore[union-attr]
    assert gone.parts == back.parts == ("claims", "citations")
    assert gone.touches == "answer"


def test_the_same_statement_on_another_quote_is_another_claim() -> None:
    quote = replace(FIRST.citations[0].quote, text="A catalogue answers nothing at all.")  # type: ignore[type-var]
    change = one(FIRST, cite(FIRST, 0, replace(FIRST.citations[0], quote=quote)))
    assert [len(each) for each in (change.came, change.went, change.cited, change.uncited)] == [1, 1, 1, 1]


def test_a_digit_makes_another_quote() -> None:
    quote = replace(FIRST.citations[1].quote, text=FIRST.citations[1].quote.text.replace("64.5", "64.6"))  # type: ignore[type-var,union-attr]
    assert len(one(FIRST, cite(FIRST, 1, replace(FIRST.citations[1], quote=quote))).cited) == 1


def test_the_same_words_in_a_newer_version_change_no_substance() -> None:
    change = one(FIRST, cite(FIRST, 0, newer(FIRST.citations[0], page=5)))
    assert (change.verdict, change.parts, change.touches, change.substance) == ("changed", ("version",), "version", False)
    assert (change.came, change.went, change.cited, change.uncited) == ((), (), (), ())
    (pair,) = change.superseded
    assert (pair.before.version, pair.after.version) == ("v2", "v9")
    assert (pair.before.locator.page, pair.after.locator.page) == (3, 5)


def test_other_words_in_a_newer_version_do() -> None:
    renewed = newer(FIRST.citations[0])
    quote = replace(renewed.quote, text="A catalogue answers every question.")  # type: ignore[type-var]
    change = one(FIRST, cite(FIRST, 0, replace(renewed, quote=quote)))
    assert change.superseded == ()
    assert (len(change.cited), len(change.uncited), change.touches) == (1, 1, "answer")


def test_one_old_citation_makes_one_pair_only() -> None:
    """Two citations of the same words, where there was one: the other is new."""
    renewed = newer(FIRST.citations[0])
    after = replace(
        cite(FIRST, 0, renewed),
        citations=(renewed, *FIRST.citations[1:], replace(renewed, number=5, locator=Locator(page=30))),
        claims=(*FIRST.claims, replace(FIRST.claims[0], citations=(5,))),
    )
    change = one(FIRST, after)
    assert [(len(change.superseded), len(change.cited), len(change.came))] == [(1, 1, 1)]


def test_another_place_in_the_same_document_is_another_citation() -> None:
    moved = replace(FIRST.citations[0], locator=replace(FIRST.citations[0].locator, page=4))
    change = one(FIRST, cite(FIRST, 0, moved))
    assert (len(change.cited), len(change.uncited), change.superseded) == (1, 1, ())


def test_a_work_that_came_in_is_cited_anew_where_its_annotation_stood() -> None:
    statement = sample.LANTERN.title
    vouched = replace(FIRST, citations=(sample.vouched(1, sample.LANTERN, statement, Locator(page=3)), *FIRST.citations[1:]))
    assert [citation.kind for citation in one(vouched, FIRST).cited] == ["full text"]


def test_abstained_then_answered() -> None:
    abstained = Answer(FIRST.question, FIRST.query, "abstained", id=FIRST.id, reason="not in library", message="Nothing.")
    change = one(abstained, FIRST)
    assert change.parts[:2] == ("status", "coverage")
    assert len(change.came) == len(FIRST.claims)
    assert one(abstained, replace(abstained, reason="false premise")).parts == ("status",)


def test_coverage_and_notes_count() -> None:
    assert one(FIRST, replace(FIRST, coverage="settles")).parts == ("coverage",)
    change = one(FIRST, replace(FIRST, notes=("Another note.",)))
    assert (change.parts, change.notes_came, change.notes_went) == (("notes",), ("Another note.",), FIRST.notes)


def test_other_passages_behind_the_same_answer_are_evidence_only() -> None:
    strange = replace(FIRST.evidence[0], passage=replace(FIRST.evidence[0].passage, texts=("Lamps.",)))
    change = one(FIRST, replace(FIRST, evidence=(*FIRST.evidence[1:], strange)))
    assert (change.parts, change.touches, change.substance) == (("evidence",), "evidence", True)
    assert [each.passage.text for each in change.evidence_came] == ["Lamps."]
    assert [each.passage.text for each in change.evidence_went] == [FIRST.evidence[0].passage.text]


def test_the_same_passage_on_another_page_of_a_newer_file_is_no_change() -> None:
    moved = replace(FIRST.evidence[0], document_name="lanterns-v9.pdf", locator=Locator(page=8))
    assert one(FIRST, replace(FIRST, evidence=(moved, *FIRST.evidence[1:]))).verdict == "same"


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(SavedAnswerError):
        changes([{"question": "What?"}], [])


def test_what_is_written_holds_to_the_schema_and_names_every_key() -> None:
    schema = change_schema()
    twisted = cite(replace(FIRST, claims=FIRST.claims[1:], notes=()), 2, newer(FIRST.citations[2]))
    rows = [change_to_json(change) for change in compared([FIRST, *sample.ANSWERS[1:4]], [twisted, *sample.ANSWERS[2:6]])]
    assert {row["verdict"] for row in rows} == {"same", "changed", "new", "gone"}
    for row in rows:
        validator(change_schema).validate(json.loads(json.dumps(row)))
    written: Any = next(row for row in rows if row["verdict"] == "changed")
    assert list(written) == list(schema["properties"])
    assert set(schema["required"]) == set(schema["properties"])
    assert list(written["citations"]["superseded"][0]["after"]) == schema["$defs"]["citation"]["required"]
    assert list(written["claims"]["gone"][0]) == schema["$defs"]["claim"]["required"]
    assert written["claims"]["gone"][0]["pincites"] == [FIRST.citations[0].pincite]
    with pytest.raises(Exception, match="verdict"):
        validator(change_schema).validate({key: value for key, value in written.items() if key != "verdict"})
