"""What an answer could say: whole sentences of running prose, and annotations with a proven place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answers import Evidence, Hit, Locator, Query
from bot.candidates import LONGEST_QUOTE, SHORTEST_QUOTE, candidates
from bot.evidence import choose_evidence
from bot.question import make_query
from bot.retrieve import Found, retrieve
from corpus.documents import Page, Sentence, Span, passage_on
from corpus.vectors import Vectors
from tests.bot import made
from tests.bot.made import KEPT, LANTERNS, LEDGER, STORM, WICKS

if TYPE_CHECKING:
    from bot.candidates import Candidate
    from bot.reader import Reader
    from corpus.records import Annotation

WHOLE = "The clerk of the lower mill reads every entry on the same evening."
LEANING = "However, it helps only those who can read what she has written."
LEANING_TOO = (
    LEANING,
    "Which helps only those who can read what she has written.",
    "Um and it helps only those who read every line.",
)


def of_sentences(*sentences: str, quotable: tuple[bool, ...] = (), kind: str = "prose", gap: str = " ") -> list[Candidate]:
    """Candidates of one passage whose sentences are all as near."""
    text = gap.join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    flags = quotable or (True,) * len(sentences)
    spans = [Sentence(Span(start, start + len(words)), flag) for start, words, flag in zip(starts, sentences, flags, strict=True)]
    passage = passage_on(Page(0, text, 1), "0" * 64, spans, section="1 Mills", kind=kind)
    rows = np.eye(len(sentences), 4, dtype=np.float32)
    found = Found(
        query=Query("?", "?"),
        vector=rows[0],
        words=(),
        hits=(Hit(passage, made.TIDES, 0.5, 0.5, (0.5,) * len(sentences)),),
        annotations=(),
        vectors={passage.id: Vectors(rows[0], rows)},
    )
    return candidates(found, [Evidence(1, passage, made.TIDES, Locator(page=1), "tides.txt", 0.5)])


def said(candidate: Candidate, *sentences: str, gap: str = " ") -> str:
    assert candidate.span is not None
    return candidate.span.of(gap.join(sentences))


def test_a_sentence_stands_for_itself_with_its_place() -> None:
    (candidate,) = of_sentences(WHOLE)
    assert (candidate.text, candidate.document, candidate.position, candidate.section) == (None, "0" * 64, 0, "1 Mills")
    assert said(candidate, WHOLE) == WHOLE
    assert not candidate.bears


@pytest.mark.parametrize("kind", ["caption", "footnote"])
def test_captions_and_footnotes_are_no_candidates(kind: str) -> None:
    assert of_sentences(WHOLE, kind=kind) == []


def test_pieces_and_what_is_too_short_or_too_long_are_no_candidates() -> None:
    short = " ".join(["Wicks"] + ["burn"] * (SHORTEST_QUOTE - 2)) + "."
    long = " ".join(["Wicks"] + ["burn"] * LONGEST_QUOTE) + "."
    assert of_sentences(short, long, WHOLE, quotable=(True, True, False)) == []
    assert len(of_sentences(short.replace("burn", "burn low", 1))) == 1


@pytest.mark.parametrize("leaning", LEANING_TOO)
def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it(leaning: str) -> None:
    by_end = {candidate.span.end: candidate for candidate in of_sentences(WHOLE, leaning) if candidate.span}
    assert said(by_end[len(WHOLE)], WHOLE, leaning) == WHOLE
    pair = by_end[len(WHOLE) + 1 + len(leaning)]
    assert said(pair, WHOLE, leaning) == f"{WHOLE} {leaning}"
    assert len(pair.vectors) == 2


@pytest.mark.parametrize(
    ("before", "quotable", "gap"),
    [
        (WHOLE, (False, True), " "),
        (WHOLE, (True, True), "\n[a running head]\n"),
        ("Therefore this clerk is read by a neighbour on the next day.", (True, True), " "),
        (" ".join(["Wicks"] + ["burn"] * (LONGEST_QUOTE - 8)) + ".", (True, True), " "),
    ],
)
def test_where_it_cannot_be_quoted_with_it_it_stands_alone_and_back(before: str, quotable: tuple[bool, bool], gap: str) -> None:
    leaning = next(
        candidate
        for candidate in of_sentences(before, LEANING, quotable=quotable, gap=gap)
        if said(candidate, before, LEANING, gap=gap) == LEANING
    )
    (free,) = of_sentences(WHOLE)
    assert leaning.score < free.score


@pytest.mark.parametrize(
    "weaker",
    [
        "Figure 3 shows the clerk of the lower mill with every entry.",
        "The clerk of the lower mill reads every entry (Almanac, 2014).",
        "The clerk of the lower mill reads every entry [3, 4] twice.",
        "Assistant: The clerk of the lower mill reads every entry on the same evening.",
        "Thought 2 The clerk of the lower mill reads every entry on the same evening.",
    ],
)
def test_pointers_second_hand_sentences_and_lines_of_a_dialogue_stand_back(weaker: str) -> None:
    first, second = of_sentences(weaker, WHOLE)
    assert (said(first, weaker, WHOLE), said(second, weaker, WHOLE)) == (WHOLE, weaker)


def test_a_question_is_no_answer() -> None:
    asked = "Why does the clerk of the lower mill read every entry at all?"
    assert said(of_sentences(asked, WHOLE)[0], asked, WHOLE) == WHOLE


def everything(reader: Reader, question: str, count: int = 10) -> tuple[list[Candidate], set[str]]:
    """All candidates of a question, and its evidence's passages."""
    found = retrieve(reader, make_query(question))
    evidence = choose_evidence(reader, found.hits, count)
    return candidates(found, evidence), {each.passage.id for each in evidence}


def test_candidates_come_best_first_from_the_evidence_or_from_works_that_are_not_here(reader: Reader) -> None:
    found, shown = everything(reader, "Who reads the ledger in the evening?", 4)
    assert [candidate.score for candidate in found] == sorted((candidate.score for candidate in found), reverse=True)
    evidence = reader.library.passages(sorted(shown)).values()
    for candidate in found:
        if candidate.document is None:
            assert candidate.work.key == WICKS.key
        else:
            places = [
                each.span for each, _ in evidence if (each.document, each.position) == (candidate.document, candidate.position)
            ]
            assert candidate.span is not None
            assert any(place.overlaps(candidate.span) for place in places)


@pytest.mark.parametrize("note", [KEPT, LEDGER, STORM], ids=lambda note: note.work)
def test_an_annotation_counts_only_with_its_passage_in_the_evidence(reader: Reader, note: Annotation) -> None:
    tie = reader.library.ties([note.id])[note.id]
    found, shown = everything(reader, note.statement)
    assert tie.passage in shown
    candidate = next(each for each in found if each.annotation and each.annotation.annotation.id == note.id)
    assert (candidate.text, candidate.document, candidate.span) == (note.statement, tie.document, tie.span)
    none, _ = everything(reader, note.statement, 0)
    assert {each.work.key for each in none} == {WICKS.key}


def test_the_statement_of_an_annotation_is_said_before_its_bare_quote(reader: Reader) -> None:
    found, _ = everything(reader, LEDGER.statement)
    assert found[0].text == LEDGER.statement
    assert found[0].work.key == LANTERNS.key
