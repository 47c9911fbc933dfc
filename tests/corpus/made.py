"""Made-up works, documents, passages and vectors for the tests of the library and the index."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.documents import Document, Page, Passage, Sentence, Span, digest_of, passage_on
from corpus.records import Annotation, Tie, annotation_id
from corpus.vectors import Vectors
from corpus.works import Author, Identifiers, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.library import Library
    from corpus.writer import Writer

EMBEDDER = "made-up"
DIMENSIONS = 8
RECIPE = "plain 1"


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its bytes, pages and passages."""

    document: Document
    content: bytes
    pages: list[Page]
    passages: list[Passage]


def work(key: str = "hale-2031", title: str = "Tides and Memory", family: str = "Hale") -> Work:
    return Work(
        key,
        title,
        (Author(family, "Ada"),),
        2031,
        "article",
        "Journal of Harbours",
        Identifiers(doi="10.1/hale"),
        (("note", "n"),),
    )


def document(
    lines: list[list[str]], *, name: str = "tides.txt", version: str | None = None, section: str | None = "1 Tides"
) -> Made:
    """One page a list, one passage of two sentences a line ("First sentence. Second sentence.")."""
    content = "\f".join("\n".join(page) for page in lines).encode()
    digest = digest_of(content)
    pages, passages = [], []
    for position, page_lines in enumerate(lines):
        page = Page(position, "\n".join(page_lines), number=position + 1)
        pages.append(page)
        start = 0
        for line in page_lines:
            cut = line.find(". ") + 1 or len(line)
            spans = [Span(start, start + cut)] + ([Span(start + cut + 1, start + len(line))] if cut < len(line) else [])
            passages.append(passage_on(page, digest, [Sentence(span) for span in spans], section=section))
            start += len(line) + 1
    return Made(Document(digest, "text/plain", name, f"/somewhere/{name}", version), content, pages, passages)


def lines(count: int, *, word: str = "harbour") -> list[list[str]]:
    """One page of that many lines, each different."""
    return [[f"The {word} number {number} is deep. Boats lie in it at night." for number in range(count)]]


def annotation(
    key: str, statement: str, start: str = "The harbour", end: str = "is deep.", writer: str = "reviewed"
) -> Annotation:
    return Annotation(annotation_id(key, statement, start, end), key, statement, 1, None, "1 Tides", start, end, writer)


def tie(note: Annotation, passage: Passage) -> Tie:
    return Tie(note.id, passage.document, passage.position, passage.sentences[0].span, passage.id)


def vector(text_digest: str, dimensions: int = DIMENSIONS) -> np.ndarray:
    """Always the same unit vector for the same text."""
    seed = int.from_bytes(hashlib.sha256(text_digest.encode()).digest()[:8], "big")
    values = np.random.default_rng(seed).normal(size=dimensions).astype(np.float32)
    return values / np.linalg.norm(values)


def vectors(text_digest: str, sentences: int = 2) -> Vectors:
    return Vectors(vector(text_digest), np.stack([vector(f"{text_digest}{number}") for number in range(sentences)]))


def put(writer: Writer, key: str, made: Made, *, embed: bool = True, recipe: str = RECIPE) -> None:
    """Take a document in, with the vectors of its passages."""
    writer.put_document(key, made.document, made.content, made.pages, made.passages, recipe=recipe)
    if embed:
        digests = {passage.text_digest: len(passage.sentences) for passage in made.passages}
        writer.put_vectors(EMBEDDER, {digest: vectors(digest, count) for digest, count in digests.items()})


def put_notes(writer: Writer, key: str, notes: list[Annotation]) -> None:
    """Annotations with their vectors."""
    writer.put_annotations(key, notes)
    writer.put_vectors(EMBEDDER, {note.text_digest: vectors(note.text_digest, 1) for note in notes})


HEAD = """
import sys, time
from pathlib import Path
from corpus import library as library_module, writer as writer_module, index as index_module, chroma, index_builder
from corpus.library import Library
from corpus.index import Index
from tests.corpus import made
home = Path(sys.argv[1])

def stop_here(*args, **kwargs):
    print("here", flush=True)
    time.sleep(60)
"""
"""What every child process begins with."""


@contextmanager
def child(code: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has printed `here`; killed (SIGKILL) when the block ends, if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-c", HEAD + code, str(home)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line == "here\n", line + process.stderr.read()
        yield process
    finally:
        process.kill()
        process.communicate()


def run(code: str, home: Path) -> str:
    """What another process prints."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + code, str(home)], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


KEY = "hale-2031"
FIRST = document(lines(40), name="first")
SECOND = document(lines(25, word="canal"), name="second")


def take_in(library: Library, made: Made, key: str = KEY) -> None:
    """A work and its document, in one transaction."""
    with library.writing() as writer:
        writer.put_work(work(key))
        put(writer, key, made)
