"""What is found: from the index and from words, joined to the library as it is now."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import retrieve as retrieving
from bot.question import content_words, make_query
from bot.reader import Reader
from bot.retrieve import retrieve
from corpus.chroma import KINDS, Chroma
from corpus.errors import EmbedderMismatch
from corpus.home import index_folder
from corpus.index_pointer import move_pointer, read_pointer, seal
from tests.bot import made
from tests.bot.made import ASKED, LANTERNS, LEDGER, LOST, NOTE, TIDES, WICK, WICKS
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How many of the answers does a day ledger keep?"


def empty_chroma(home: Path) -> None:
    """Take every vector out of the index, and leave its folder where it is."""
    pointer = read_pointer(home)
    assert pointer is not None
    chroma = Chroma.in_folder(index_folder(home) / pointer.place)
    for kind in KINDS:
        chroma.replace(kind, list(chroma.ids(kind)), [])
        assert chroma.count(kind) == 0
    chroma.close()
    move_pointer(home, replace(pointer, passages=0, annotations=0, seal=seal(index_folder(home) / pointer.place)))


def test_hits_are_passages_of_the_library_best_first_with_what_speaks_for_them(reader: Reader) -> None:
    found = retrieve(reader, make_query(QUESTION))
    assert len(found.hits) > 20
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    there = reader.library.passages([hit.passage.id for hit in found.hits])
    assert [(hit.passage, hit.work.key) for hit in found.hits] == list(there.values())
    assert set(found.vectors) == set(there)
    assert all(len(hit.sentence_scores) == len(hit.passage.sentences) for hit in found.hits)
    assert max(hit.lexical for hit in found.hits) == 1.0
    assert all(0 <= hit.lexical <= 1 for hit in found.hits)


def test_cosines_are_those_of_the_librarys_vectors(reader: Reader) -> None:
    found = retrieve(reader, make_query(QUESTION))
    for hit in found.hits[:10]:
        vectors = found.vectors[hit.passage.id]
        assert hit.cosine == pytest.approx(float(vectors.whole @ found.vector), abs=1e-5)
        assert hit.sentence_scores == pytest.approx((vectors.sentences @ found.vector).tolist(), abs=1e-5)


def test_ask_takes_its_vector_candidates_from_chroma(own_reader: Reader, own_home: Path) -> None:
    """Emptied, it gives none; what the words find remains."""
    query = make_query(QUESTION)
    by_words = {name for name, _ in own_reader.library.lexical(content_words(QUESTION), 100)}
    before = retrieve(own_reader, query)
    assert any(hit.passage.id not in by_words for hit in before.hits)
    assert before.annotations
    own_reader.index.close()
    empty_chroma(own_home)
    after = retrieve(own_reader, query)
    assert {hit.passage.id for hit in after.hits} == by_words
    assert by_words
    assert after.annotations == ()
    answer = made.answer_to(own_reader, QUESTION)
    assert answer.status == "answered"
    assert {each.passage.id for each in answer.evidence} <= by_words


def test_without_an_index_words_still_find(own_reader: Reader, own_home: Path) -> None:
    own_reader.index.close()
    shutil.rmtree(index_folder(own_home))
    found = retrieve(own_reader, make_query(QUESTION))
    assert found.hits
    assert all(hit.lexical > 0 for hit in found.hits)
    assert retrieve(own_reader, make_query("zyzzyva quagga")).hits == ()


def test_what_the_index_still_has_of_a_removed_work_is_no_hit(own_reader: Reader) -> None:
    query = make_query("Which harbour forgets its oldest boats in the spring?")
    assert retrieve(own_reader, query).hits[0].work.key == TIDES.key
    with own_reader.library.writing() as writer:
        writer.remove_work(TIDES.key)
    pointer = read_pointer(own_reader.library.home)
    assert pointer is not None
    assert pointer.generation < own_reader.library.generation  # the index has not caught up
    found = retrieve(own_reader, query)
    assert found.hits
    assert TIDES.key not in {hit.work.key for hit in found.hits} | {hit.work.key for hit in found.annotations}


@pytest.mark.parametrize("keys", [[TIDES.key], [LANTERNS.key, NOTE.key], [WICKS.key], ["nobody-1900"]])
def test_only_the_works_asked_for_are_searched(reader: Reader, keys: list[str]) -> None:
    found = retrieve(reader, replace(make_query(QUESTION, works=keys), asked_by=ASKED))
    assert {hit.work.key for hit in found.hits} == set(keys) - {WICKS.key, "nobody-1900"}
    assert {hit.work.key for hit in found.annotations} == set(keys) & {TIDES.key, LANTERNS.key, WICKS.key}


def test_a_work_that_is_named_is_heard_first_where_others_are_as_near(reader: Reader) -> None:
    query = make_query("What is kept in a day ledger?")
    plain = {hit.passage.id: hit.score for hit in retrieve(reader, query).hits}
    heard = retrieve(reader, replace(query, heard=frozenset({TIDES.key}))).hits
    raised = {hit.work.key for hit in heard if hit.score > plain[hit.passage.id] + 1e-6}
    lowered = [hit for hit in heard if hit.score < plain[hit.passage.id] - 1e-6]
    assert (raised, lowered) == ({TIDES.key}, [])


def test_an_annotation_whose_quote_is_not_in_its_work_is_never_found(reader: Reader) -> None:
    found = retrieve(reader, make_query(LOST.statement))
    assert LOST.id in {note.id for note in reader.library.annotations(LANTERNS.key)}
    assert LOST.id not in {hit.annotation.id for hit in found.annotations}


def test_an_annotation_of_a_work_that_is_not_here_is_found_without_a_place(reader: Reader) -> None:
    best = retrieve(reader, make_query(WICK.statement)).annotations[0]
    assert (best.annotation.id, best.tie, best.work.key) == (WICK.id, None, WICKS.key)


def test_an_annotation_brings_in_the_passage_that_it_is_tied_to(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    tie = reader.library.ties([LEDGER.id])[LEDGER.id]
    monkeypatch.setattr(retrieving, "CANDIDATES", 1)
    found = retrieve(reader, make_query(LEDGER.statement))
    assert found.annotations[0].tie == tie
    assert tie.passage in {hit.passage.id for hit in found.hits}
    alone = replace(found.query, text="Who trims the wick?")
    monkeypatch.setattr(retrieving, "ANNOTATIONS", 1)
    assert tie.passage not in {hit.passage.id for hit in retrieve(reader, alone).hits}


def test_what_two_readers_found_to_bear_on_the_question_comes_first(reader: Reader) -> None:
    query = make_query("Can a machine inherit a memory?", asked_by=ASKED)
    first, *others = retrieve(reader, query).annotations
    assert (first.annotation.id, first.bears) == (made.BEARING.id, True)
    assert not any(other.bears for other in others)
    unasked = retrieve(reader, replace(query, asked_by=None)).annotations
    assert not any(hit.bears for hit in unasked)
    assert unasked[0].cosine < first.cosine


def test_it_bears_on_the_question_also_where_no_vector_comes_near(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieving, "ANNOTATIONS", 1)
    query = make_query(WICK.statement)
    assert [hit.annotation.id for hit in retrieve(reader, query).annotations] == [WICK.id]
    found = retrieve(reader, replace(query, asked_by=ASKED)).annotations
    assert made.BEARING.id in {hit.annotation.id for hit in found}


def test_a_facet_brings_up_what_it_says(reader: Reader) -> None:
    def place(facets: tuple[str, ...]) -> int:
        hits = retrieve(reader, make_query("Should villages buy oil?", facets=facets)).hits
        return next(rank for rank, hit in enumerate(hits) if "moorings" in hit.passage.text)

    assert place(("A harbour forgets its oldest boats when the ice takes the moorings.",)) < place(())


def test_a_question_without_words_to_look_for_is_searched_by_vector_alone(reader: Reader) -> None:
    found = retrieve(reader, make_query("What is this about?"))
    assert found.words == ()
    assert found.hits
    assert all(hit.lexical == 0 for hit in found.hits)


@pytest.mark.parametrize(
    "question", ['"', "AND OR NOT lamp", "lamp* NEAR(ledger, 2)", "lamp'; DROP TABLE works; --", "text:lamp"]
)
def test_no_character_of_a_question_upsets_the_search(reader: Reader, question: str) -> None:
    assert retrieve(reader, make_query(f"{question} lamp?")).hits
    assert "lamp" in retrieve(reader, make_query(f"{question} lamp?")).words


def test_vectors_of_another_model_are_not_compared(reader: Reader) -> None:
    reader.require_vectors()
    other = Reader(reader.library, reader.index, HashEmbedder(name="other-64"))
    with pytest.raises(EmbedderMismatch, match="hash-256") as caught:
        other.require_vectors()
    assert "pincite rebuild --embed" in caught.value.remedy


def test_works_are_read_again_only_when_the_library_has_changed(own_reader: Reader) -> None:
    first = own_reader.works()
    assert own_reader.works() is first
    with own_reader.library.writing() as writer:
        writer.put_work(replace(TIDES, title="Tides Again"))
    assert own_reader.works()[TIDES.key].work.title == "Tides Again"
