"""Measures on a handful of questions, counted by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.evaluate import Gold, evaluate, read_gold
from bot.risk import RiskPoint, auroc, risk_by_coverage
from corpus.errors import CatalogueError
from tests.bot import made
from tests.bot.made import EVENING, LANTERNS, TALK, TIDES

if TYPE_CHECKING:
    from bot.reader import Reader

FOUND = "gold within the first 500 words of evidence"
CITED = "a citation on a gold page"
ANSWERED, DECLINED = "answerable questions answered", "unanswerable questions declined"
LOST_LEDGERS = "In 17.5 % of the harbours the ledger was lost with its master in the same storm."
STORM_QUESTION = "In how many harbours was the ledger lost with its master in the same storm?"
LAMPS = "We read 35.1 percent more pages with the new lamps and answered almost nothing more."
LAMPS_QUESTION = "How many more pages did we read with the new lamps?"


def gold(question: str, *places: tuple[str, int | None, float | None, str], answerable: bool = True) -> Gold:
    return Gold("q", question, answerable, places)


def measured(reader: Reader, *golds: Gold, evidence: int = 10) -> dict[str, float | int]:
    return evaluate(golds, reader, evidence=evidence).figures


def test_shares_are_counted_over_the_questions_that_they_are_about(reader: Reader) -> None:
    measures = measured(
        reader,
        gold(STORM_QUESTION, (TIDES.key, 2, None, LOST_LEDGERS)),
        gold(STORM_QUESTION, (TIDES.key, 1, None, LOST_LEDGERS)),  # another page
        gold(STORM_QUESTION, ("nobody-1900", 2, None, LOST_LEDGERS)),  # another work
        gold(STORM_QUESTION, ("tides", 2, None, LOST_LEDGERS)),  # the file's stem
        gold("What is the boiling point of tungsten?", answerable=False),
    )
    assert measures["questions"] == 5
    assert (measures[FOUND], measures[CITED]) == (0.5, 0.5)
    assert (measures[ANSWERED], measures[DECLINED]) == (1.0, 0.0)  # this reader answers whatever it is asked
    assert measures["median milliseconds"] > 0


def test_questions_are_declined_by_the_threshold(reader: Reader) -> None:
    never = made.with_threshold(reader, 1.1)
    unanswerable = gold("What is the boiling point of tungsten?", answerable=False)
    measures = measured(never, gold(STORM_QUESTION, (TIDES.key, 2, None, LOST_LEDGERS)), unanswerable)
    assert (measures[ANSWERED], measures[DECLINED]) == (0.0, 1.0)
    assert (measures[FOUND], measures[CITED]) == (1.0, 0.0)  # an abstention shows the nearest, and cites nothing


@pytest.mark.parametrize(
    ("quote", "share"),
    [
        ("IN 17.5% OF THE HARBOURS, the ledger was lost with its master", 1.0),
        ("In 17.5 % of the harbours the ledger was lost while everybody else looked on and slept.", 1.0),
        ("In 17.5 % of the", 1.0),
        ("In 17.9 % of the", 0.0),
        ("The moon keeps every ledger dry and warm, as is written nowhere.", 0.0),
        ("…", 0.0),
    ],
)
def test_a_passage_is_gold_where_it_shares_half_of_the_quote(reader: Reader, quote: str, share: float) -> None:
    assert measured(reader, gold(STORM_QUESTION, (TIDES.key, 2, None, quote)))[FOUND] == share


def test_gold_that_no_evidence_shows_is_not_found(reader: Reader) -> None:
    wanted = gold(LAMPS_QUESTION, (TIDES.key, 2, None, LOST_LEDGERS))
    assert measured(reader, wanted, evidence=1)[FOUND] == 0.0
    assert measured(reader, wanted, gold(STORM_QUESTION, (TIDES.key, 2, None, LOST_LEDGERS)), evidence=1)[FOUND] == 0.5


def test_only_the_first_words_of_the_evidence_count(reader: Reader) -> None:
    question = "zyzzyva quagga"
    answer = made.answer_to(reader, question, evidence=1000)
    last = answer.evidence[-1]
    assert sum(len(each.passage.text.split()) for each in answer.evidence[:-1]) > 500
    place = (last.work.key, last.locator.page, None, last.passage.text)
    assert measured(reader, gold(question, place), evidence=1000)[FOUND] == 0.0


def test_a_talk_is_cited_within_half_a_minute(reader: Reader, sources: made.Made) -> None:
    second = next(when for words, when in sources.talk.times if words == LAMPS)
    for distance, share in ((0, 1.0), (29, 1.0), (31, 0.0), (-400, 0.0)):
        alone = gold(f"{LAMPS_QUESTION} Ask Quarry (2032).", (TALK.key, None, second + distance, LAMPS))
        measures = measured(_only(reader, second, TALK.key), alone, evidence=1)
        assert measures[CITED] == share, distance


def _only(reader: Reader, second: float, key: str) -> Reader:
    """The reader, once it is sure that its one cited passage of the talk has the sentence first."""
    answer = made.answer_to(reader, f"{LAMPS_QUESTION} Ask Quarry (2032).", evidence=1)
    assert all(
        citation.locator.time == pytest.approx(second, abs=20) for citation in answer.citations if citation.work.key == key
    )
    return reader


def test_an_untimed_talk_is_cited_by_its_words(reader: Reader) -> None:
    measures = measured(reader, gold(f"{LAMPS_QUESTION} Ask Wight.", (EVENING.key, None, None, LAMPS)), evidence=1)
    assert measures[CITED] == 1.0
    elsewhere = gold(
        f"{LAMPS_QUESTION} Ask Wight.", (EVENING.key, None, None, "Good evening, and welcome to the fourth lecture.")
    )
    assert measured(reader, elsewhere, evidence=1)[CITED] == 0.0


def test_nothing_asked_is_nothing_measured(reader: Reader) -> None:
    measures = measured(reader)
    assert measures["questions"] == 0
    assert {measures[name] for name in (FOUND, CITED, ANSWERED, DECLINED)} == {0.0}
    assert measures["AUROC of confidence"] == 0.5


@pytest.mark.parametrize(
    ("scored", "area"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.9, True), (0.5, True), (0.5, False), (0.1, False)], 3.5 / 4),
        ([(0.8, True), (0.4, True), (0.6, False)], 0.5),
        ([(0.7, True)] * 3 + [(0.7, False)] * 2, 0.5),
        ([(0.9, True)], 0.5),
        ([], 0.5),
    ],
)
def test_auroc_counts_pairs_and_ties_half(scored: list[tuple[float, bool]], area: float) -> None:
    assert auroc(scored) == pytest.approx(area)


def test_the_curve_has_a_point_for_each_confidence() -> None:
    scored = [(0.9, True), (0.2, False), (0.7, True), (0.7, False), (0.2, False)]
    assert risk_by_coverage(scored) == [
        RiskPoint(0.9, 1 / 5, 0.0),
        RiskPoint(0.7, 3 / 5, 1 / 3),
        RiskPoint(0.2, 1.0, 3 / 5),
    ]
    assert risk_by_coverage([]) == []


def test_the_curve_comes_with_the_figures(reader: Reader) -> None:
    unanswerable = gold("What is the boiling point of tungsten?", answerable=False)
    measures = evaluate([gold(STORM_QUESTION), unanswerable], reader, evidence=10)
    row = json.loads(json.dumps(measures.row))
    assert [set(point) for point in row["risk by coverage"]] == [{"threshold", "coverage", "risk"}] * len(measures.curve)
    assert row["risk by coverage"][-1]["coverage"] == 1.0
    assert row["risk by coverage"][-1]["risk"] == 0.5
    assert row["threshold of confidence"] == reader.threshold


def test_questions_are_read_in_the_form_of_the_development_sets() -> None:
    lines = [
        json.dumps({"id": "a", "question": "How?", "kind": "answerable", "gold": [{"work": "w", "page": 3, "quote": "So."}]}),
        "  ",
        json.dumps({"question": "Why?", "kind": "unanswerable", "mood": "glad"}),
        json.dumps({"id": 7, "question": "When?", "gold": [{"work": "t", "time": 12.5, "quote": "Now."}]}),
    ]
    assert read_gold(lines) == [
        Gold("a", "How?", True, (("w", 3, None, "So."),)),
        Gold("3", "Why?", False, ()),
        Gold("7", "When?", True, (("t", None, 12.5, "Now."),)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '{"question": 7}',
        '{"kind": "x"}',
        '{"question": "?", "gold": [{"page": 1}]}',
        '{"question": "?", "gold": 1}',
    ],
)
def test_a_line_that_is_no_question_is_named(line: str) -> None:
    with pytest.raises(CatalogueError, match="Line 2") as caught:
        read_gold(['{"question": "?"}', line])
    assert '"gold"' in caught.value.remedy


def test_gold_is_of_the_paper_too(reader: Reader, sources: made.Made) -> None:
    fact = next(fact for fact in sources.facts.whole if "38.5 lines" in fact.text)
    measures = measured(reader, gold("How many lines a minute does a clerk read?", (LANTERNS.key, fact.page, None, fact.text)))
    assert (measures[FOUND], measures[CITED]) == (1.0, 1.0)
