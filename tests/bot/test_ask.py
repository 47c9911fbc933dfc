"""Whole answers: everything that is said stands where the answer says that it stands."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot import answering, ask, make_query
from bot.answer_json import answer_from_json, answer_to_json
from bot.reader import Reader
from corpus.index import Index
from corpus.library import Library
from corpus.proof import ProvenText
from corpus.works import Author, Work
from tests.bot import made
from tests.bot.made import (
    ESSAY,
    EVENING,
    LANTERNS,
    LOST,
    NOTE,
    ORDER,
    TALK,
    TIDES,
    WICK,
    WICKS,
    answer_to,
    with_threshold,
)
from tests.paper import words
from tests.schemas import validator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.answers import Answer, Citation
    from tests.fakes import HashEmbedder

QUESTIONS = (
    "How many of its answers did an archive with a day ledger keep?",
    "What does the new filament lamp do to recall?",
    "Who must read a ledger, and how often?",
    "What is a silent paper?",
    "What does an hour spent on order save?",
    "How many lines a minute does a clerk read with the standard oil flame?",
    "Is a machine that compresses a whole library a bright lamp or a ledger?",
    "What is written of the boats in the harbour book?",
    "Does a keeper with a good memory need a ledger?",
    "Why do harbours with a ledger do better?",
    "How was the share that the stranger settled computed?",
    "What did it cost, and could a keeper with a lamp afford it?",
    "What does the wick prior save?",
    "What did the visitor write into the guest book?",
    "Figure 1: hours of reading and of writing?",
    "LANTERNS AND LEDGERS",
    "Quire and Folio, The keeper's head, Invented Letters",
)


@pytest.fixture(scope="module")
def adversarial(sources: made.Made) -> list[str]:
    """Questions in the very words of what must never be said: headings, captions, footnotes, references, marks."""
    facts = sources.facts
    return [
        *(title for _, title, _ in facts.sections),
        *(fact.text for fact in (*facts.captions, *facts.footnotes)),
        *facts.running_heads,
        *facts.references,
        *facts.acknowledgements,
        *facts.reader_notes,
        *(" ".join(row) for row in facts.table),
        " ".join(facts.drawn),
        words.IMPRINT,
        words.STAMP,
        TIDES.title,
    ]


@pytest.fixture(scope="module")
def answers(reader: Reader, sources: made.Made, adversarial: Sequence[str]) -> list[Answer]:
    """Answers to many questions: people's, the paper's own sentences, and those that ask for what must not be said."""
    asked = [*QUESTIONS, *adversarial, *(fact.text for fact in sources.facts.sentences), made.ORDER, LOST.statement]
    return [answer_to(reader, question) for question in asked]


def quoting(answers: Sequence[Answer]) -> Iterator[tuple[Answer, Citation]]:
    """Every citation with a quote."""
    for answer in answers:
        yield from ((answer, citation) for citation in answer.citations if citation.quote is not None)


def test_nearly_all_of_many_questions_are_answered(answers: list[Answer]) -> None:
    assert Counter(answer.status for answer in answers)["answered"] > 0.9 * len(answers) > 90


def test_every_quote_of_every_answer_stands_in_its_document(answers: list[Answer], sources: made.Made) -> None:
    pages: dict[tuple[str, int], ProvenText] = {}
    for _, citation in quoting(answers):
        quote = citation.quote
        assert quote is not None
        place = (quote.document, quote.position)
        page = sources.page(*place)
        text = pages.setdefault(place, ProvenText(page.text))
        assert any(span.start == quote.span.start and span.end == quote.span.end for span in text.find(quote.text)), quote.text
        assert (citation.locator.page, citation.locator.label, citation.locator.part) == (page.number, page.label, page.part)
        assert citation.locator.time == page.time_at(quote.span.start)


def test_a_quote_is_of_the_work_that_it_is_given_to(answers: list[Answer], sources: made.Made) -> None:
    for _, citation in quoting(answers):
        assert citation.quote is not None
        assert sources.reads[citation.work.key].digest == citation.quote.document
        assert sources.reads[citation.work.key].source.name == citation.document_name


def test_an_answer_grows_claim_by_claim_and_every_state_of_it_is_whole(reader: Reader) -> None:
    query = make_query(QUESTIONS[0])
    states = list(answering(reader, query))
    assert [len(state.claims) for state in states] == list(range(1, len(states) + 1))
    for before, after in itertools.pairwise(states):
        assert after.claims[: len(before.claims)] == before.claims
        assert (after.opening, after.evidence, after.confidence) == (before.opening, before.evidence, before.confidence)
    for state in states:
        validator().validate(answer_to_json(state))
        assert {number for claim in state.claims for number in claim.citations} == {each.number for each in state.citations}
    assert states[-1].claims == ask(reader, query).claims


def test_the_printed_page_and_section_are_named(answers: list[Answer], sources: made.Made) -> None:
    printed = {fact.text: fact for fact in (*sources.facts.abstract, *sources.facts.whole)}
    seen = 0
    for _, citation in quoting(answers):
        fact = printed.get(citation.quote.text) if citation.quote else None
        if fact is not None and citation.work.key == LANTERNS.key:
            assert (citation.locator.page, citation.locator.section) == (fact.page, fact.section)
            assert citation.locator.label == sources.facts.labels[fact.page - 1]
            seen += 1
    assert seen > 50


def test_boxes_lie_on_the_words_one_a_line(answers: list[Answer], sources: made.Made) -> None:
    """What PDFium finds inside the boxes is the quote."""
    import pypdfium2

    cited = {citation.quote: None for _, citation in quoting(answers) if citation.work.key == LANTERNS.key}
    quotes = [quote for quote in cited if quote is not None][::4]
    assert len(quotes) > 15
    with pypdfium2.PdfDocument(sources.facts.path) as pdf:
        for quote in quotes:
            page = pdf[quote.position]
            width, height = page.get_size()
            text, found = page.get_textpage(), []
            for box in quote.boxes:
                assert 0 <= box.x0 < box.x1 <= width
                assert 0 <= box.y0 < box.y1 <= height
                assert box.y1 - box.y0 < 16
                found.append(text.get_text_bounded(box.x0 - 1, height - box.y1 - 1, box.x1 + 1, height - box.y0 + 1))
            raw = quote.span.of(sources.page(quote.document, quote.position).text)
            assert len(quote.boxes) == len(re.split(r"\r?\n|[\x02\ufffe]", raw))
            assert _letters(quote.text) in _letters("".join(found))


def _letters(text: str) -> str:
    opened = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi").replace("ﬄ", "ffl")
    return "".join(re.findall(r"[^\W_]", opened))


def test_no_claim_is_without_a_citation_and_numbers_count_from_one_as_they_are_mentioned(answers: list[Answer]) -> None:
    for answer in answers:
        mentioned = list(dict.fromkeys(number for claim in answer.claims for number in claim.citations))
        assert mentioned == [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert all(claim.citations for claim in answer.claims)
        for claim in answer.claims:
            cited = [answer.citations[number - 1] for number in claim.citations]
            assert {citation.work.key for citation in cited} == {claim.work}
            if claim.kind == "quoted":
                assert [citation.quote and citation.quote.text for citation in cited] == [claim.text]
            else:
                assert [citation.statement for citation in cited] == [claim.text]


def test_only_the_papers_own_whole_sentences_are_said(answers: list[Answer], sources: made.Made) -> None:
    """No heading, caption, footnote, reference, table, running head, reader's mark or piece of a sentence."""
    facts = sources.facts
    terms = (f"{term} is {meaning}." for term, meaning in words.TERMS)
    whole = {fact.text for fact in (*facts.abstract, *facts.sentences)} | set(terms)
    for answer in answers:
        for claim in answer.claims:
            if claim.kind == "quoted" and claim.work == LANTERNS.key:
                rest = claim.text
                for _ in range(2):  # a sentence, or two
                    first = next((fact for fact in whole if rest.startswith(fact)), None)
                    assert first is not None, claim.text
                    rest = rest.removeprefix(first).strip()
                    if not rest:
                        break
                assert rest == "", claim.text


def test_the_title_of_a_text_is_not_said(answers: list[Answer]) -> None:
    said = " ".join(claim.text for answer in answers for claim in answer.claims)
    assert TIDES.title not in said
    assert "Ledgers of the Sea" not in said


def test_nothing_is_said_twice(answers: list[Answer]) -> None:
    for answer in answers:
        texts = [claim.text for claim in answer.claims]
        for text in texts:
            assert sum(text in other for other in texts) == 1, texts


def test_the_same_talk_in_two_forms_is_heard_once(reader: Reader) -> None:
    said = answer_to(reader, "A machine that compresses a whole library is a very bright lamp", works=[TALK.key, EVENING.key])
    assert sum("very bright lamp" in claim.text for claim in said.claims) == 1


def test_several_works_are_heard(real_reader: Reader) -> None:
    answer = answer_to(with_threshold(real_reader, 0.0), "Is a brighter lamp or a day ledger better for a small archive?")
    voices = [claim.work for claim in answer.claims]
    assert len(set(voices)) >= 2
    assert voices == sorted(voices, key=voices.index)  # one after another
    assert set(re.findall(r"\w+ \d{4}", answer.opening)) >= {
        citation.work.label.split(" and ")[-1] for citation in answer.citations
    }


def test_evidence_is_ranked_disjoint_and_best_first(answers: list[Answer]) -> None:
    for answer in answers:
        evidence = answer.evidence
        assert [each.rank for each in evidence] == list(range(1, len(evidence) + 1))
        assert [each.score for each in evidence] == sorted((each.score for each in evidence), reverse=True)
        for place, one in enumerate(evidence):
            for other in evidence[place + 1 :]:
                same = (one.passage.document, one.passage.position) == (other.passage.document, other.passage.position)
                assert not (same and one.passage.span.overlaps(other.passage.span))


@pytest.mark.parametrize("count", [0, 1, 2, 5, 10, 1000])
def test_what_is_said_rests_on_the_evidence_that_was_asked_for(reader: Reader, count: int) -> None:
    for question in (QUESTIONS[2], WICK.statement, made.LEDGER.statement, made.STORM.statement):
        answer = answer_to(reader, question, evidence=count)
        assert len(answer.evidence) <= count
        assert len(answer.evidence) >= min(count, 10)
        for citation in answer.citations:
            if citation.quote is None:
                assert citation.work.key == WICKS.key
                continue
            quote = citation.quote
            assert any(
                (each.passage.document, each.passage.position) == (quote.document, quote.position)
                and each.passage.span.overlaps(quote.span)
                for each in answer.evidence
            )


def test_evidence_shows_the_works_own_text_and_never_an_annotations(answers: list[Answer], sources: made.Made) -> None:
    statements = {note.statement for notes in made.NOTES.values() for note in notes}
    for answer in answers:
        for each in answer.evidence:
            assert not any(statement in each.passage.text for statement in statements)
            page = sources.page(each.passage.document, each.passage.position)
            assert each.passage.texts[0] == page.read(each.passage.sentences[0].span)
            assert each.locator.page == page.number


@pytest.mark.parametrize("keys", [[TIDES.key], [EVENING.key, NOTE.key], [WICKS.key]])
def test_only_the_works_asked_for_speak(reader: Reader, keys: list[str]) -> None:
    for question in (QUESTIONS[0], made.LEDGER.statement, WICK.statement):
        answer = answer_to(reader, question, works=keys)
        assert answer.status == "answered"
        assert {citation.work.key for citation in answer.citations} <= set(keys)
        assert {each.work.key for each in answer.evidence} <= set(keys)


def test_a_named_work_is_heard_first(real_reader: Reader) -> None:
    always = with_threshold(real_reader, 0.0)
    for name, key in (("Hale", TIDES.key), ("Quarry (2032)", TALK.key)):
        answer = answer_to(always, f"What does {name} say about a ledger?")
        assert answer.claims[0].work == answer.evidence[0].work.key == key


def test_a_work_known_by_annotations_alone_is_cited_without_a_quote(reader: Reader) -> None:
    answer = answer_to(reader, WICK.statement)
    citation = next(each for each in answer.citations if each.work.key == WICKS.key)
    assert (citation.kind, citation.quote, citation.statement, citation.locator.page) == ("annotation", None, WICK.statement, 7)
    assert WICKS.key not in {each.work.key for each in answer.evidence}


def test_an_annotation_without_a_proven_quote_is_never_used(answers: list[Answer]) -> None:
    assert answers[-1].question == LOST.statement.rstrip()
    for answer in answers:
        assert LOST.statement not in {claim.text for claim in answer.claims}
        assert LOST.statement not in {citation.statement for citation in answer.citations}


def test_orders_in_a_passage_are_shown_and_never_quoted(reader: Reader) -> None:
    answer = answer_to(reader, ORDER)
    assert NOTE.key in {each.work.key for each in answer.evidence}, "it stays in the library"
    assert not any(ORDER in claim.text for claim in answer.claims)
    assert 99 not in {citation.locator.page for citation in answer.citations}
    assert "moon" not in answer.opening


def test_marks_in_a_passage_are_only_text(reader: Reader) -> None:
    answer = answer_to(reader, 'Who wrote <script>alert("lamp")</script> into the guest book?')
    claim = next(each for each in answer.claims if "<script>" in each.text)
    assert claim.citations == (answer.claims.index(claim) + 1,)
    assert answer_to_json(answer)["claims"][0]["text"] == answer.claims[0].text  # type: ignore[index]


def test_a_removed_work_is_gone_from_a_reader_that_is_open(own_reader: Reader) -> None:
    question = "Which harbour forgets its oldest boats in the spring?"
    assert answer_to(own_reader, question).claims[0].work == TIDES.key
    with Library.open(own_reader.library.home) as other:
        with other.writing() as writer:
            writer.remove_work(TIDES.key)
        made.index_it(other, own_reader.embedder)
    answer = answer_to(own_reader, question)
    assert TIDES.key not in {each.work.key for each in answer.evidence} | {each.work.key for each in answer.citations}
    assert made.STORM.statement not in {claim.text for claim in answer_to(own_reader, made.STORM.statement).claims}


def test_an_added_work_is_heard_by_a_reader_that_is_open(own_reader: Reader) -> None:
    added = Work("ferry-2034", "Ferries", (Author("Ferry"),), 2034)
    assert made.answer_to(own_reader, "Who rows the ferry at night?").claims[0].work != added.key
    made.add_text(own_reader, added, "The ferry is rowed at night by the widow of the last ferryman, who owns no lamp at all.\n")
    assert made.answer_to(own_reader, "Who rows the ferry at night?").claims[0].work == added.key


def test_of_a_superseded_document_nothing_is_said(own_reader: Reader, sources: made.Made) -> None:
    question = "In how many harbours was the ledger lost with its master in the same storm?"
    assert any("17.5 %" in claim.text for claim in answer_to(own_reader, question).claims)
    newer = "\f".join(made.TIDES_PAGES).replace("17.5 %", "21.0 %")
    digest = made.add_text(own_reader, TIDES, newer, "tides.txt", made.NOTES[TIDES.key])
    answer = answer_to(own_reader, question)
    assert any("21.0 %" in claim.text for claim in answer.claims)
    assert sources.reads[TIDES.key].digest not in {each.passage.document for each in answer.evidence}
    quotes = [each.quote for each in answer.citations if each.work.key == TIDES.key and each.quote]
    assert {quote.document for quote in quotes} == {digest}
    assert all("17.5" not in quote.text for quote in quotes)


def test_a_work_that_comes_in_gives_its_annotations_their_quotes(own_reader: Reader) -> None:
    text = f"{WICKS.title}\n\n1 Wicks\n\nThe wick prior saves a fifth of the oil. Apprentices repeat what they have been shown.\n"
    made.add_text(own_reader, WICKS, text, "wicks.txt", made.NOTES[WICKS.key])
    citation = next(each for each in answer_to(own_reader, WICK.statement).citations if each.statement == WICK.statement)
    assert citation.kind == "full text"
    assert citation.quote is not None
    assert citation.quote.text == "The wick prior saves a fifth of the oil."
    said = answer_to(own_reader, made.BEARING.statement)
    assert made.BEARING.statement not in {claim.text for claim in said.claims}  # the edition at hand does not say so


def test_an_empty_library_says_what_to_do(home: Path, hashed: HashEmbedder) -> None:
    with made.opened(home, hashed) as nobody:
        answer = ask(nobody, make_query("Is there anything?", name="q7"))
    assert (answer.status, answer.reason, answer.id, answer.confidence) == ("abstained", "empty library", "q7", 0.0)
    assert "pincite ingest" in (answer.message or "")
    validator().validate(json.loads(json.dumps(answer_to_json(answer))))


def test_a_library_without_anything_to_read_abstains(home: Path, hashed: HashEmbedder) -> None:
    with Library.open(home) as library, library.writing() as writer:
        writer.put_work(WICKS)
    with made.opened(home, hashed) as bare:
        answer = answer_to(bare, "What does the wick prior save?")
    assert (answer.status, answer.reason, answer.evidence) == ("abstained", "not in library", ())


def test_what_the_library_does_not_hold_is_not_answered(real_reader: Reader) -> None:
    for question in ("What is the boiling point of tungsten?", "Who won the chess tournament of Linares in 1993?"):
        answer = answer_to(real_reader, question)
        assert (answer.status, answer.reason, answer.coverage) == ("abstained", "not in library", None)
        assert (answer.claims, answer.citations, answer.opening) == ((), (), "")
        assert answer.confidence < 0.5
        assert answer.message
        assert len(answer.evidence) == 10
        assert [each.rank for each in answer.evidence] == list(range(1, 11))


def test_what_the_library_holds_is_answered(real_reader: Reader) -> None:
    answer = answer_to(real_reader, "What share of their answers did archives with a day ledger keep?")
    assert answer.status == "answered"
    assert answer.confidence > 0.5
    assert any("91.4 %" in (citation.quote.text if citation.quote else "") for citation in answer.citations)


def test_the_threshold_decides(reader: Reader) -> None:
    query = make_query(QUESTIONS[0])
    confidence = ask(reader, query).confidence
    assert 0 < confidence < 1
    assert ask(with_threshold(reader, confidence), query).status == "answered"
    declined = ask(with_threshold(reader, confidence + 1e-6), query)
    assert (declined.status, declined.reason, declined.confidence) == ("abstained", "not in library", confidence)
    assert declined.evidence == ask(reader, query).evidence


def test_what_was_cited_before_is_never_said_again_until_nothing_more_is_left(reader: Reader) -> None:
    query, said = make_query(QUESTIONS[0]), ()
    answer = ask(reader, query, evidence=2)
    while answer.status == "answered":
        assert not {citation.quote for citation in answer.citations} & {citation.quote for citation in said}
        said = (*said, *answer.citations)
        answer = ask(reader, replace(query, said=said), evidence=2)
    assert said
    assert (answer.reason, answer.claims, answer.citations) == ("said before", (), ())
    assert answer.message is not None
    assert answer.message.startswith("Nothing more was found on this. What comes nearest to this was cited before: ")
    assert any(citation.pincite in answer.message for citation in said)


def test_a_work_that_does_not_speak_of_what_was_asked_of_another_is_not_made_to(reader: Reader) -> None:
    query = make_query(QUESTIONS[0], works=[TIDES.key])
    modest = with_threshold(reader, ask(reader, query).confidence / 2)
    assert ask(modest, replace(query, carried="day ledger")).status == "answered"
    declined = ask(modest, replace(query, carried="tungsten wire"))
    assert (declined.status, declined.reason) == ("abstained", "not in library")
    assert declined.message is not None
    assert declined.message.endswith("Nothing that was found in Hale 2030 speaks of “tungsten wire”.")


def test_with_a_threshold_of_nothing_even_strange_words_are_no_fault(reader: Reader) -> None:
    for question in ("zyzzyva quagga", "?!a", "記憶とは何か", "'; DROP TABLE works; --", "x" * 1999, "NULL", "\ud83dlamp"):
        answer = answer_to(reader, question)
        assert answer.status in ("answered", "abstained")
        assert len(answer.evidence) == 10


def test_strange_words_are_no_fault_of_the_default_embedder_either(real_reader: Reader) -> None:
    for question in ("記憶とは何か", "\ud83dlamp", "a" * 1999, "lamp\u0301 \U0001f56f"):
        assert answer_to(real_reader, question).status in ("answered", "abstained")


def test_the_same_question_has_the_same_answer(reader: Reader, filled_home: Path, hashed: HashEmbedder) -> None:
    query = make_query(QUESTIONS[1])

    def told(of: Reader) -> dict[str, Any]:
        return {name: value for name, value in answer_to_json(ask(of, query)).items() if name != "milliseconds"}

    with Library.open(filled_home) as library:
        index = Index(filled_home)
        other = Reader(library, index, hashed, threshold=0.0)
        assert told(other) == told(reader) == told(reader)
        index.close()


def test_what_is_said_of_the_question_comes_from_the_question(reader: Reader) -> None:
    query = make_query(
        "Is it enough?", standalone="Is a day ledger enough for a small archive?", is_open=True, name="q1", asked_by=f"{ESSAY}/x"
    )
    answer = ask(reader, query)
    assert (answer.question, answer.query, answer.id) == ("Is it enough?", "Is a day ledger enough for a small archive?", "q1")
    assert answer.coverage == "bears on"
    assert answer.opening.startswith(("None of the works in the library settles", "No work in the library settles"))


def test_times_are_measured(reader: Reader) -> None:
    times = ask(reader, make_query(QUESTIONS[0])).milliseconds
    assert set(times) == {"retrieve", "compose", "total"}
    assert times["total"] == pytest.approx(times["retrieve"] + times["compose"])
    assert min(times.values()) > 0


def test_answers_hold_to_the_schema_and_come_back_as_they_were_saved(answers: list[Answer], real_reader: Reader) -> None:
    every = [*answers, *(answer_to(real_reader, question) for question in (QUESTIONS[0], "What is tungsten?"))]
    for answer in every:
        saved = json.loads(json.dumps(answer_to_json(answer)))
        validator().validate(saved)
        back = answer_from_json(saved)
        assert answer_to_json(back) == answer_to_json(answer)
        assert [citation.pincite for citation in back.citations] == [citation.pincite for citation in answer.citations]
    assert any(citation.locator.parts for answer in every for citation in answer.citations)
