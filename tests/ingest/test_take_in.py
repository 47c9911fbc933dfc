from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.documents import digest_of
from corpus.errors import ModelUnavailable, NoTextLayer, SourceError
from ingest.events import AnnotationsTied, Embedding, TakenIn, Unchanged
from ingest.extract import Limits
from ingest.take_in import EMBED_AT_ONCE, Shelf, Source, embed_anew, is_here, lead_of, read, register, take_in
from tests.fakes import HashEmbedder
from tests.ingest.shelves import PAPER, TIDE, TIDES, WICKS, contents, embedded, note, of, open_shelf, tides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpus.documents import Passage
    from corpus.library import Library
    from corpus.vectors import Vectors
    from ingest.take_in import Read


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    opened = open_shelf(home)
    yield opened
    opened.library.close()


def found(text: str, name: str = "tides.txt") -> Read:
    return read(Source(text.encode(), name, f"/somewhere/{name}"), Limits())


def test_a_document_is_stored_with_everything_that_is_known_of_it(shelf: Shelf, paper: Read) -> None:
    events = list(take_in(shelf, paper, PAPER))
    [taken] = of(TakenIn, events)
    library = shelf.library
    record = library.work(PAPER.key)
    assert (record.state, record.pages, record.passages) == ("full text", 5, taken.passages)
    assert record.document is not None
    assert (record.document.digest, record.document.media_type) == (paper.digest, "application/pdf")
    assert library.content(paper.digest) == paper.source.content
    assert library.pages(paper.digest) == list(paper.extraction.pages)
    assert library.meta("embedder") == "hash-64"
    assert [entry.outcome for entry in library.ledger()] == ["taken in"]
    assert library.check() == []
    assert (taken.replaced, taken.embedded, taken.pages) == (False, taken.passages, 5)
    assert "3 readers' marks" in taken.notes[0]


def test_every_passage_has_vectors_and_each_of_its_sentences_one(shelf: Shelf, paper: Read) -> None:
    list(take_in(shelf, paper, PAPER))
    stored = [passage for passage, _ in shelf.library.passages(list(shelf.library.passage_ids())).values()]
    vectors = shelf.library.vectors([passage.text_digest for passage in stored], "hash-64")
    for passage in stored:
        rows = vectors[passage.text_digest]
        assert rows.sentences.shape == (len(passage.sentences), 64)
        [fresh] = HashEmbedder().embed([passage.embedded])
        assert np.allclose(rows.whole, fresh.whole)
        assert np.allclose(rows.sentences, fresh.sentences[1:])  # the lead's own vector is not kept
        assert passage.lead == "Lamp Room and Day Ledger 2031, Lanterns and Ledgers: How Small Archives Remember"


def test_the_lead_names_who_speaks_and_where() -> None:
    assert lead_of(TIDES) == "Hale 2030, Tides and Memory of Small Harbours"
    assert lead_of(replace(TIDES, authors=())) == "Tides and Memory of Small Harbours"


def test_the_same_again_is_not_even_embedded(shelf: Shelf, paper: Read) -> None:
    list(take_in(shelf, paper, PAPER))
    before, generation = embedded(shelf), shelf.library.generation
    assert list(take_in(shelf, paper, PAPER)) == [Unchanged(PAPER.key, "lanterns.pdf")]
    assert (embedded(shelf), shelf.library.generation) == (before, generation)


def test_a_changed_file_replaces_its_own_passages_and_embeds_what_is_new(shelf: Shelf) -> None:
    list(take_in(shelf, found(tides()), TIDES))
    list(take_in(shelf, found("The Wick Prior\n\nA wick is trimmed every night by the keeper of the room.\n", "w.txt"), WICKS))
    others = set(shelf.library.passage_ids(WICKS.key))
    old, before, last = found(tides()).digest, embedded(shelf), shelf.library.generation
    texts = _texts(shelf.library, TIDES.key)
    [taken] = of(TakenIn, list(take_in(shelf, found(tides(before=36)), TIDES)))
    assert taken.replaced
    assert 0 < taken.embedded < taken.passages / 2
    assert embedded(shelf) - before == taken.embedded == len(_texts(shelf.library, TIDES.key) - texts)
    assert set(shelf.library.passage_ids(WICKS.key)) == others
    assert {change.work for change in shelf.library.changes_since(last)} == {TIDES.key}
    document = shelf.library.document(old)
    assert document is not None
    assert document.superseded_by == found(tides(before=36)).digest
    assert {passage.document for passage, _ in _stored(shelf.library, TIDES.key)} == {document.superseded_by}
    assert shelf.library.content(old) == tides().encode()


def _stored(library: Library, work: str) -> list[tuple[Passage, str]]:
    return list(library.passages(list(library.passage_ids(work))).values())


def _texts(library: Library, work: str) -> set[str]:
    return {passage.text_digest for passage, _ in _stored(library, work)}


def test_vectors_that_nobody_needs_any_more_are_gone(shelf: Shelf, home: Path) -> None:
    list(take_in(shelf, found(tides()), TIDES))
    list(take_in(shelf, found(tides(before=0)), TIDES))
    kept = {row[0] for row in contents(home)["vectors"]}
    assert kept == _texts(shelf.library, TIDES.key)


def test_another_recipe_reads_it_again_without_embedding_it_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    list(take_in(shelf, found(tides()), TIDES))
    before = embedded(shelf)
    assert is_here(shelf, found(tides()).digest) == TIDES.key
    monkeypatch.setattr("ingest.take_in.RECIPE", "another")
    assert is_here(shelf, found(tides()).digest) is None
    [taken] = of(TakenIn, list(take_in(shelf, found(tides()), TIDES)))
    assert (taken.embedded, taken.replaced) == (0, False)
    assert embedded(shelf) == before
    assert is_here(shelf, found(tides()).digest) == TIDES.key


def test_a_superseded_document_is_not_here_until_it_comes_again(shelf: Shelf) -> None:
    old, new = found(tides()), found(tides(before=30))
    list(take_in(shelf, old, TIDES))
    list(take_in(shelf, new, TIDES))
    assert is_here(shelf, old.digest) is None
    [taken] = of(TakenIn, list(take_in(shelf, old, TIDES)))
    assert taken.replaced
    assert is_here(shelf, old.digest) == TIDES.key
    assert is_here(shelf, new.digest) is None


def test_annotations_are_embedded_tied_and_told(shelf: Shelf) -> None:
    lost = note(TIDES.key, "Nobody forgets.", "Harbour number 300 forgets", "in the spring.")
    events = list(take_in(shelf, found(tides()), TIDES, [TIDE, lost]))
    assert of(AnnotationsTied, events) == [AnnotationsTied(TIDES.key, 1, ("Nobody forgets.",))]
    place = shelf.library.ties()[TIDE.id]
    assert list(shelf.library.ties()) == [TIDE.id]
    page = shelf.library.page(place.document, place.position)
    assert page.read(place.span) == "Harbour number 3 forgets its oldest boats in the spring."
    assert place.passage is not None
    assert page.read(place.span) in shelf.library.passages([place.passage])[place.passage][0].text
    assert not shelf.library.missing_vectors([TIDE.text_digest, lost.text_digest], "hash-64")


def test_progress_is_told_batch_by_batch(shelf: Shelf) -> None:
    events = of(Embedding, list(take_in(shelf, found(tides(2 * EMBED_AT_ONCE + 3)), TIDES)))
    total = events[-1].total
    assert [event.done for event in events] == [*range(EMBED_AT_ONCE, total, EMBED_AT_ONCE), total]
    assert len(events) > 1


def test_a_file_without_running_text_says_what_to_do(shelf: Shelf) -> None:
    bare = found("# 1 Heading\n\n# 2 Another\n", "bare.md")
    with pytest.raises(NoTextLayer, match=r"bare\.md has no running text") as raised:
        list(take_in(shelf, bare, TIDES))
    assert "ocrmypdf" in raised.value.remedy
    assert shelf.library.works() == []


def test_a_document_of_another_work_is_not_taken_twice(shelf: Shelf) -> None:
    list(take_in(shelf, found(tides()), TIDES))
    with pytest.raises(SourceError, match="already, as a document of hale-2030"):
        list(take_in(shelf, found(tides()), WICKS))
    assert [record.work.key for record in shelf.library.works()] == [TIDES.key]


class Failing(HashEmbedder):
    """Fails after so many texts."""

    left = EMBED_AT_ONCE

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        if texts and self.left < len(texts):
            raise ModelUnavailable("The model is gone.", remedy="Get it again.")
        self.left -= len(texts)
        return super().embed(texts)


def test_a_model_that_fails_in_the_middle_leaves_the_old_document_and_the_work_done(home: Path) -> None:
    long = found(tides(2 * EMBED_AT_ONCE + 3, before=0))
    shelf = open_shelf(home)
    list(take_in(shelf, found(tides()), TIDES))
    ids = list(shelf.library.passage_ids())
    failing = replace(shelf, embedder=Failing())
    with pytest.raises(ModelUnavailable):
        list(take_in(failing, long, TIDES))
    assert list(shelf.library.passage_ids()) == ids
    assert shelf.library.check() == []
    before = embedded(shelf)
    [taken] = of(TakenIn, list(take_in(shelf, long, TIDES)))
    assert taken.passages > EMBED_AT_ONCE
    assert 0 < embedded(shelf) - before <= taken.passages - EMBED_AT_ONCE
    shelf.library.close()


def test_a_work_without_its_document_is_known_by_its_annotations(shelf: Shelf) -> None:
    register(shelf, TIDES, [TIDE])
    record = shelf.library.work(TIDES.key)
    assert (record.state, record.annotations, record.passages) == ("annotation only", 1, 0)
    assert not shelf.library.missing_vectors([TIDE.text_digest], "hash-64")


def test_the_whole_library_is_embedded_anew_for_another_model(shelf: Shelf, home: Path) -> None:
    list(take_in(shelf, found(tides()), TIDES, [TIDE]))
    other = replace(shelf, embedder=HashEmbedder(name="hash-32", dimensions=32))
    events = of(Embedding, list(embed_anew(other)))
    assert events[-1].done == events[-1].total == shelf.library.passage_count()
    assert shelf.library.meta("embedder") == "hash-32"
    needed = {*_texts(shelf.library, TIDES.key), TIDE.text_digest}
    assert not shelf.library.missing_vectors(needed, "hash-32")
    [place] = [row for row in contents(home)["vectors"] if row[0] == TIDE.text_digest and row[1] == "hash-32"]
    assert place[2] == HashEmbedder(dimensions=32).embed([[TIDE.statement]])[0].whole.tobytes()
    before = embedded(other)
    list(embed_anew(other))
    assert embedded(other) == before


def test_reading_names_the_file_by_its_bytes(paper: Read) -> None:
    assert paper.digest == digest_of(paper.source.content)
    assert paper.media_type == "application/pdf"
