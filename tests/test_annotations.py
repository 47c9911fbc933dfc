"""The reviewed annotations against the works themselves, where these are at hand."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.annotation_files import packaged_annotations
from corpus.bibliography import catalogue
from corpus.documents import digest_of
from corpus.essays import essays
from ingest.extract import Extraction, extract
from ingest.split import passages_of, with_hyphens
from ingest.tie import tie

if TYPE_CHECKING:
    from corpus.records import Annotation

PAPERS = Path(__file__).parents[2] / "shared" / "papers"
FILES = {
    "rae-2023": "rae-compression-for-agi.en.txt",
    "lecun-2022": "lecun-2022-path-towards-ami.pdf",
    "bengio-2017": "bengio-2017-consciousness-prior.txt",
    "christiano-2017": "christiano-2017-human-preferences.pdf",
    "askell-2021": "askell-2021-general-language-assistant.pdf",
}
AT_LEAST = {"lecun-2022": 25, "askell-2021": 25}
SHORTEST, LONGEST = 40, 620
"""Characters of a quote that a reader takes in at a glance."""
OUR_WORDS = frozenset({"AI", "AGI", "I"})
"""Capitals that are no names."""

ANNOTATIONS = [annotation for of_a_work in packaged_annotations().values() for annotation in of_a_work]


@cache
def document(work: str) -> Extraction:
    return with_hyphens(extract((PAPERS / FILES[work]).read_bytes(), FILES[work])[1])


@cache
def quotes(work: str) -> dict[str, tuple[str, int | None, int | None]]:
    """Quote, page and part of each annotation of a work that is found in one place."""
    read = document(work)
    tied = tie(packaged_annotations()[work], digest_of(work.encode()), read.pages, passages_of(read, work))
    pages = {page.position: page for page in read.pages}
    return {
        each.annotation: (pages[each.position].read(each.span), pages[each.position].number, pages[each.position].part)
        for each in tied.ties
    }


@pytest.mark.parametrize("work", sorted(catalogue()))
def test_a_work_of_the_essay_has_enough_of_them(work: str) -> None:
    annotations = packaged_annotations()[work]
    assert len(annotations) >= AT_LEAST.get(work, 15)
    assert all(annotation.checked for annotation in annotations)


def test_every_question_of_the_essay_has_some_and_each_bears_on_one_that_is_asked() -> None:
    for key, essay in essays().items():
        asked = {f"{key}/{question.id}" for question in essay.questions}
        answered = [question for each in ANNOTATIONS for question in each.bears_on if question.startswith(f"{key}/")]
        assert set(answered) == asked
        for question in asked:
            works = [each.work for each in ANNOTATIONS if question in each.leads]
            assert len(works) == len(set(works)), f"two annotations of one work lead on {question}"


@pytest.mark.papers
@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda each: f"{each.work}-{each.id[:6]}")
def test_its_quote_stands_in_one_place_and_carries_its_numbers_and_names(annotation: Annotation) -> None:
    if not PAPERS.is_dir():
        pytest.skip("the papers are not at hand")
    quote, page, part = quotes(annotation.work)[annotation.id]
    assert (page, part) == (annotation.page, annotation.part)
    assert SHORTEST <= len(quote) <= LONGEST
    for number in re.findall(r"\d+(?:[.,]\d+)*", annotation.statement):
        assert re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", quote), f"{number} is not in: {quote}"
    for name in names_in(annotation):
        assert name.lower() in quote.lower(), f"{name} is not in: {quote}"


def names_in(annotation: Annotation) -> set[str]:
    """Capitalised words that do not begin a sentence, authors' names aside."""
    authors = {part for author in catalogue()[annotation.work].authors for part in author.family.split()}
    found = set()
    for match in re.finditer(r"(?<![.:?!] )(?<!^)\b[A-Z][\w-]*", annotation.statement):
        word = match[0].removesuffix("s") if match[0].isupper() else match[0]
        if word not in authors | OUR_WORDS:
            found.add(word)
    return found
