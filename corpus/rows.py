"""Rows of the library to and from our types. Knows the columns of each table, and runs no statement."""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from corpus.documents import Document, Page, Passage, Sentence, Span
from corpus.records import Annotation, LedgerEntry, Tie
from corpus.vectors import Vectors
from corpus.works import Author, Identifiers, Work

if TYPE_CHECKING:
    from corpus.database import Row

WORK = "key, title, authors, year, kind, venue, identifiers, fields"
DOCUMENT = "digest, media_type, name, origin, version, superseded_by"
PAGE = "position, text, number, label, part, times, boxes, hyphens"
PASSAGE = "document, position, section, kind, lead, sentences"
ANNOTATION = "id, work, statement, page, part, section, first_words, last_words, writer, checked, bears_on, leads"
TIE = "annotation, document, position, span_start, span_end, passage"
LEDGER = "digest, work, name, origin, media_type, recipe, outcome, message, time"


def columns(names: str, table: str) -> str:
    """The same columns, each with its table in front."""
    return ", ".join(f"{table}.{name}" for name in names.split(", "))


def now() -> str:
    """ISO time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def json_list(values: object) -> str:
    """A collection as one parameter, for `json_each(?)`: SQLite limits how many parameters a statement has."""
    return json.dumps(values, ensure_ascii=True)


def work_row(work: Work) -> Row:
    """Columns of WORK."""
    registries = {field.name: getattr(work.identifiers, field.name) for field in fields(Identifiers)}
    known = {name: value for name, value in registries.items() if value is not None}
    authors = json_list([[author.family, author.given] for author in work.authors])
    return work.key, work.title, authors, work.year, work.kind, work.venue, json_list(known), json_list(work.fields)


def work_of(row: Row) -> Work:
    """From columns of WORK."""
    key, title, authors, year, kind, venue, identifiers, others = row
    return Work(
        key=key,
        title=title,
        authors=tuple(Author(family, given) for family, given in json.loads(authors)),
        year=year,
        kind=kind,
        venue=venue,
        identifiers=Identifiers(**json.loads(identifiers)),
        fields=tuple((name, value) for name, value in json.loads(others)),
    )


def title_words(work: Work) -> str:
    """What a question may call a work: its title and its authors' family names."""
    return " ".join([work.title, *(author.family for author in work.authors)])


def document_of(row: Row) -> Document:
    """From columns of DOCUMENT."""
    return Document(*row)


def page_row(page: Page) -> Row:
    """Columns of PAGE."""
    times = json_list(page.times) if page.times else None
    hyphens = json_list(page.hyphens) if page.hyphens else None
    return page.position, page.text, page.number, page.label, page.part, times, page.boxes, hyphens


def page_of(row: Row) -> Page:
    """From columns of PAGE."""
    position, text, number, label, part, times, boxes, hyphens = row
    cues = tuple((int(offset), float(seconds)) for offset, seconds in json.loads(times)) if times else ()
    return Page(position, text, number, label, part, cues, boxes, tuple(json.loads(hyphens)) if hyphens else ())


def passage_row(passage: Passage) -> Row:
    """Columns of PASSAGE."""
    pairs = zip(passage.sentences, passage.texts, strict=True)
    sentences = [[sentence.span.start, sentence.span.end, int(sentence.quotable), text] for sentence, text in pairs]
    return passage.document, passage.position, passage.section, passage.kind, passage.lead, json_list(sentences)


def passage_of(row: Row) -> Passage:
    """From columns of PASSAGE."""
    document, position, section, kind, lead, packed = row
    rows = json.loads(packed)
    sentences = tuple(Sentence(Span(start, end), bool(quotable)) for start, end, quotable, _ in rows)
    return Passage(document, position, sentences, tuple(text for *_, text in rows), section, kind, lead)


def annotation_row(annotation: Annotation) -> Row:
    """Columns of ANNOTATION."""
    return (*astuple(annotation)[:-2], json_list(annotation.bears_on), json_list(annotation.leads))


def annotation_of(row: Row) -> Annotation:
    """From columns of ANNOTATION."""
    identifier, work, statement, page, part, section, start, end, writer, checked, bears_on, leads = row
    questions = tuple(json.loads(bears_on)), tuple(json.loads(leads))
    return Annotation(identifier, work, statement, page, part, section, start, end, writer, bool(checked), *questions)


def tie_row(tie: Tie) -> Row:
    """Columns of TIE."""
    return tie.annotation, tie.document, tie.position, tie.span.start, tie.span.end, tie.passage


def tie_of(row: Row) -> Tie:
    """From columns of TIE."""
    annotation, document, position, start, end, passage = row
    return Tie(annotation, document, position, Span(start, end), passage)


def ledger_of(row: Row) -> LedgerEntry:
    """From columns of LEDGER."""
    return LedgerEntry(*row)


def vectors_row(vectors: Vectors) -> tuple[bytes, bytes]:
    """Two blobs: the whole, and the sentences row after row."""
    return np.ascontiguousarray(vectors.whole, "<f4").tobytes(), np.ascontiguousarray(vectors.sentences, "<f4").tobytes()


def vectors_of(whole: bytes, sentences: bytes) -> Vectors:
    """From two blobs."""
    vector = np.frombuffer(whole, "<f4").astype(np.float32)
    return Vectors(vector, np.frombuffer(sentences, "<f4").astype(np.float32).reshape(-1, vector.shape[0]))
