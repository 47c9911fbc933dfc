"""The paper says of itself what is true: every other test relies on its facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpus.text import readable
from tests.paper.build_paper import build, build_talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pypdfium2 as pdfium

    from tests.paper.build_paper import PaperFacts


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> PaperFacts:
    return build(tmp_path_factory.mktemp("paper") / "lanterns.pdf")


@pytest.fixture(scope="module")
def paper(facts: PaperFacts) -> Iterator[pdfium.PdfDocument]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(facts.path)
    yield document
    document.close()


@pytest.fixture(scope="module")
def pages(paper: pdfium.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_range() for page in paper]


def test_it_is_small_and_the_same_every_time(facts: PaperFacts, tmp_path: Path) -> None:
    assert facts.path.stat().st_size < 100_000
    assert build(tmp_path / "again.pdf").path.read_bytes() == facts.path.read_bytes()


def test_pages_and_labels(facts: PaperFacts, paper: pdfium.PdfDocument) -> None:
    assert facts.labels == ("i", "ii", "1", "2", "3")
    assert [paper.get_page_label(number) for number in range(len(paper))] == list(facts.labels)


def test_the_outline_names_the_sections_and_their_pages(facts: PaperFacts, paper: pdfium.PdfDocument) -> None:
    outline = [(mark.level + 1, mark.get_title(), mark.get_dest().get_index() + 1) for mark in paper.get_toc()]
    assert outline == list(facts.sections)
    assert {level for level, _, _ in outline} == {1, 2}


def test_every_whole_sentence_stands_on_its_page(facts: PaperFacts, pages: list[str]) -> None:
    assert len(facts.whole) > 80
    for fact in (*facts.abstract, *facts.whole):
        words = readable(pages[fact.page - 1])
        # A raised footnote digit may stand between the words of one sentence and the next, never inside one.
        assert fact.text.rstrip(".") in words, fact


def test_sentences_run_across_a_column_and_across_a_page(facts: PaperFacts, pages: list[str]) -> None:
    assert facts.across_columns
    assert facts.across_pages
    for fact in facts.across_pages:
        assert fact.text not in readable(pages[fact.page - 1])
        assert fact.ends_on == fact.page + 1
        assert fact.text.split()[0] in pages[fact.page - 1].split()


def test_words_are_parted_at_line_ends(facts: PaperFacts, pages: list[str]) -> None:
    assert sum(fact.parted for fact in facts.sentences) >= 10
    assert sum(text.count("\ufffe") + text.count("-\r\n") for text in pages) >= 10


def test_ligatures_are_set(facts: PaperFacts) -> None:
    from pdfminer.high_level import extract_text

    text = extract_text(str(facts.path))
    assert "\ufb01" in text
    assert "\ufb02" in text


def test_numbers_and_signs_come_through(pages: list[str]) -> None:
    text = readable(" ".join(pages))
    for written in ("91.4 %", "p < 0.05", "−0.8 %", "1,204 papers", "−5.0", "+4.5"):
        assert written in text


def test_what_is_not_running_text_is_there_too(facts: PaperFacts, pages: list[str]) -> None:
    for fact in (*facts.footnotes, *facts.captions):
        assert fact.text in readable(pages[fact.page - 1])
    whole = readable(" ".join(pages))
    for text in (*facts.drawn, *facts.running_heads, *facts.references, *facts.acknowledgements, *map(" ".join, facts.table)):
        assert text in whole


def test_the_readers_notes_are_marks_not_text(facts: PaperFacts, pages: list[str]) -> None:
    assert facts.path.read_bytes().count(b"/Subtype /Highlight") == 1
    assert facts.path.read_bytes().count(b"/Subtype /Text") == 1
    assert facts.path.read_bytes().count(b"/Subtype /FreeText") == 1
    assert not any(note in readable(" ".join(pages)) for note in facts.reader_notes)
    assert any(fact.text.startswith(facts.highlighted) and fact.page == len(facts.labels) for fact in facts.sentences)


def test_the_talk_is_the_same_in_all_forms(tmp_path: Path) -> None:
    vtt, srt, js, txt = (tmp_path / f"talk.{end}" for end in ("vtt", "srt", "json", "txt"))
    facts = build_talk(vtt, srt, js, txt)
    assert vtt.read_text().startswith("WEBVTT\n\n00:00:01.500 --> ")
    assert srt.read_text().startswith("1\n00:00:01,500 --> ")
    assert [snippet["text"] for snippet in json.loads(js.read_text())] == [cue.text for cue in facts.cues]
    assert all(f"\n{cue.text}\n" in vtt.read_text() and f"\n{cue.text}\n" in srt.read_text() for cue in facts.cues)
    assert [part.split("\n") for part in txt.read_text().strip().split("\n\n")] == [list(part) for part in facts.parts]
    starts = [cue.start for cue in facts.cues]
    assert starts == sorted(starts)
    assert {start for _, start in facts.times} <= set(starts)
    assert len(facts.cues) > len(facts.times)
