"""A candidate becomes a claim only with a citation that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.candidates import candidates
from bot.cite import Cited, cite, prove
from bot.evidence import choose_evidence
from bot.question import make_query
from bot.retrieve import retrieve
from corpus.documents import Span
from tests.bot import made
from tests.bot.made import EVENING, LANTERNS, LEDGER, TALK, TIDES, WICK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.candidates import Candidate
    from bot.reader import Reader


def ranked(reader: Reader, question: str, works: tuple[str, ...] = ()) -> list[Candidate]:
    found = retrieve(reader, make_query(question, works=works))
    return candidates(found, choose_evidence(reader, found.hits))


def quoted(reader: Reader, question: str, *works: str) -> Candidate:
    return next(candidate for candidate in ranked(reader, question, works) if candidate.text is None)


def cited_from(reader: Reader, chosen: Sequence[Candidate]) -> Cited:
    *_, cited = cite(reader, chosen)
    return cited


def test_citations_are_numbered_in_the_order_of_their_mention(reader: Reader) -> None:
    cited = cited_from(reader, ranked(reader, "What does a day ledger keep?")[:6])
    assert [citation.number for citation in cited.citations] == [1, 2, 3, 4, 5, 6]
    assert [claim.citations for claim in cited.claims] == [(1,), (2,), (3,), (4,), (5,), (6,)]
    assert cited.dropped == 0


def test_a_quote_speaks_for_itself(reader: Reader) -> None:
    candidate = quoted(reader, "Which archives kept 91.4 % of their answers?", LANTERNS.key)
    cited = cited_from(reader, [candidate])
    (claim,), (citation,) = cited.claims, cited.citations
    assert citation.quote is not None
    assert (claim.kind, claim.text, claim.work, claim.support) == ("quoted", citation.quote.text, LANTERNS.key, 1.0)
    assert (citation.kind, citation.statement, citation.document_name) == ("full text", None, "lanterns.pdf")
    assert citation.quote.boxes
    assert citation.link == f"https://arxiv.org/pdf/2031.00042#page={citation.locator.page}"


def test_a_statement_is_its_annotators_and_its_quote_is_proven(reader: Reader) -> None:
    candidate = next(each for each in ranked(reader, LEDGER.statement) if each.text == LEDGER.statement)
    cited = cited_from(reader, [candidate])
    (claim,), (citation,) = cited.claims, cited.citations
    assert (claim.kind, claim.text, claim.support) == ("annotated", LEDGER.statement, None)
    assert citation.quote is not None
    assert citation.statement == LEDGER.statement
    assert citation.quote.text.startswith(LEDGER.start)
    assert citation.quote.text.endswith(LEDGER.end)
    assert citation.locator.page == 4  # where it stands, not where the annotator saw it


def test_of_a_work_that_is_not_here_the_annotation_is_cited_and_nothing_quoted(reader: Reader) -> None:
    candidate = next(each for each in ranked(reader, WICK.statement) if each.text == WICK.statement)
    (citation,) = cited_from(reader, [candidate]).citations
    assert (citation.kind, citation.quote, citation.statement) == ("annotation", None, WICK.statement)
    assert (citation.locator.page, citation.document_name) == (7, None)


@pytest.mark.parametrize(("first", "last"), [(1, 0), (0, -2)])
def test_what_begins_or_ends_inside_a_word_is_dropped_and_counted(reader: Reader, first: int, last: int) -> None:
    good, bad = ranked(reader, "What does a day ledger keep?", (LANTERNS.key,))[:2]
    assert bad.span is not None
    bad = replace(bad, span=Span(bad.span.start + first, bad.span.end + last))
    cited = cited_from(reader, [bad, good])
    assert (cited.dropped, len(cited.claims)) == (1, 1)
    assert cited.citations[0].number == 1


def test_a_work_that_was_taken_out_meanwhile_is_dropped(own_reader: Reader) -> None:
    chosen = ranked(own_reader, "What is written of the boats in the harbour book?")
    assert any(candidate.work.key == TIDES.key for candidate in chosen)
    with own_reader.library.writing() as writer:
        writer.remove_work(TIDES.key)
    cited = cited_from(own_reader, chosen)
    assert cited.dropped == sum(candidate.work.key == TIDES.key for candidate in chosen)
    assert cited.claims
    assert TIDES.key not in {citation.work.key for citation in cited.citations}


def test_a_document_that_was_replaced_meanwhile_is_dropped(own_reader: Reader) -> None:
    candidate = quoted(own_reader, "What is written of the boats in the harbour book?", TIDES.key)
    made.add_text(own_reader, TIDES, "\f".join(made.TIDES_PAGES).replace("17.5 %", "21.0 %"), "tides.txt")
    cited = cited_from(own_reader, [candidate])
    assert (cited.dropped, cited.claims, cited.citations) == (1, [], [])


def test_a_proven_quote_has_its_place_and_a_box_a_line(reader: Reader) -> None:
    candidate = quoted(reader, "Which archives kept 91.4 % of their answers?", LANTERNS.key)
    assert candidate.document is not None
    assert candidate.span is not None
    page = reader.library.page(candidate.document, candidate.position)
    quote = prove(page, candidate.document, candidate.span)
    assert quote is not None
    raw = candidate.span.of(page.text)
    assert len(quote.boxes) == len(raw.split("\n")) > 1


def test_two_sentences_are_not_quoted_over_a_footnotes_mark(reader: Reader) -> None:
    second = "It seemed to follow that better light would leave more time for writing things down."
    candidate = next(each for each in ranked(reader, second, (LANTERNS.key,)) if each.pair is not None)
    assert candidate.document is not None
    assert candidate.span is not None
    page = reader.library.page(candidate.document, candidate.position)
    assert "52.0 lines.2 It seemed" in page.read(candidate.span)
    (citation,) = cited_from(reader, [candidate]).citations
    assert citation.quote is not None
    assert citation.quote.text == second


def test_a_timed_talk_is_cited_by_its_second(reader: Reader, sources: made.Made) -> None:
    sentence, second = next((words, when) for words, when in sources.talk.times if words.startswith("If you remember"))
    (citation,) = cited_from(reader, [quoted(reader, sentence, TALK.key)]).citations
    assert citation.locator.time == pytest.approx(second, abs=0.01)
    assert (citation.locator.page, citation.locator.part) == (None, None)
    assert citation.link == f"https://www.youtube.com/watch?v=EXAMPLE0001&t={int(second)}s"


def test_an_untimed_talk_is_cited_by_its_part_and_no_time_is_guessed(reader: Reader) -> None:
    candidate = quoted(reader, "I am talking to somebody who is not there when I write a reason into the ledger.", EVENING.key)
    (citation,) = cited_from(reader, [candidate]).citations
    assert (citation.locator.part, citation.locator.parts, citation.locator.time) == (4, 5, None)
    assert citation.pincite == "Wight 2029, part 4 of 5, untimed transcript"
