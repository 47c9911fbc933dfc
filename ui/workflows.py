"""Puts `ingest` and `bot` in sequence, for the command line and the app alike. Knows no terminal and no page."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui import wiring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.answers import Answer, Query
    from bot.followup import Exchange, Standalone
    from bot.reader import Reader
    from bot.verify import Finding
    from bot.write import Writer
    from corpus.documents import Document, Page
    from corpus.essays import Essay
    from corpus.settings import Settings
    from ingest.events import Event

LINE = 'Each line is one object such as {"id": "q1", "question": "…"}.'
"""What `--file` wants."""


def choose_essay(settings: Settings, key: str | None = None) -> Essay:
    """The essay of this key, or the first; raises `CatalogueError` for a key that none has."""
    from corpus.errors import CatalogueError
    from corpus.essays import essays

    known = essays(settings.home)
    if key is None:
        return next(iter(known.values()))
    if key not in known:
        raise CatalogueError(f"There is no essay {key!r}.", remedy=f"Name one of these with --essay: {', '.join(known)}.")
    return known[key]


def ingest(settings: Settings, essay: Essay, folder: Path | None) -> Iterator[Event]:
    """Take in the essay's works, from a folder or the network, and bring the index up to date.

    What cannot be fetched is taken from the files at hand, where the settings name a folder of these.
    """
    from ingest.run import ingest_folder, ingest_network

    shelf, catalogue = wiring.make_shelf(settings), wiring.make_catalogue(essay, settings.home)
    yield from _same_embedder(shelf)
    if folder is not None:
        yield from ingest_folder(shelf, folder, catalogue)
    else:
        at_hand = settings.papers if settings.papers.is_absolute() and settings.papers.is_dir() else None
        yield from ingest_network(shelf, catalogue, wiring.make_fetch(settings), at_hand=at_hand)
    _index(settings)


def add(settings: Settings, sources: Sequence[str | Path], key: str | None) -> Iterator[Event]:
    """Take in files and addresses, each as a work, and bring the index up to date."""
    from ingest.add import add_sources

    shelf, catalogue = wiring.make_shelf(settings), wiring.make_catalogue(choose_essay(settings), settings.home, everything=True)
    yield from _same_embedder(shelf)
    yield from add_sources(shelf, [str(source) for source in sources], catalogue, wiring.make_sources(settings), key=key)
    _index(settings)


def remove(settings: Settings, key: str) -> Iterator[Event]:
    """Take a work out of the library and the index."""
    from ingest.run import remove as remove_work

    yield from remove_work(wiring.open_library(settings), _sound(key), wait=settings.wait)
    _index(settings)


def rebuild(settings: Settings, *, embed: bool) -> Iterator[Event | int]:
    """Build the index anew, with other vectors first where `embed` says so; yields its number of vectors last."""
    from ingest.take_in import embed_anew

    shelf = wiring.make_shelf(settings)
    if embed:
        yield from embed_anew(shelf)
    yield wiring.open_index(settings).rebuild(shelf.library, shelf.library.meta("embedder") or shelf.embedder.name)


def _same_embedder(shelf: Any) -> Iterator[Event]:
    """Where the library has vectors of another model, everything is embedded with this one first."""
    from ingest.take_in import embed_anew

    made_with = shelf.library.meta("embedder")
    if made_with is not None and made_with != shelf.embedder.name:
        yield from embed_anew(shelf)


def _index(settings: Settings) -> None:
    """Bring the index up to the library."""
    library, index, embedder = wiring.open_library(settings), wiring.open_index(settings), wiring.make_embedder(settings)
    index.ensure(library, library.meta("embedder") or embedder.name)


def ask(
    reader: Reader,
    question: str,
    *,
    works: Sequence[str] = (),
    evidence: int,
    name: str | None = None,
    writer: Writer | None = None,
    earlier: Sequence[Exchange] = (),
) -> Answer:
    """Answer one question; raises `QuestionError`, `UnknownWork`."""
    *_, answer = asking(reader, question, works=works, evidence=evidence, name=name, writer=writer, earlier=earlier)
    return answer


def asking(
    reader: Reader,
    question: str,
    *,
    works: Sequence[str] = (),
    evidence: int,
    name: str | None = None,
    writer: Writer | None = None,
    earlier: Sequence[Exchange] = (),
) -> Iterator[Answer]:
    """The answer to one question as it grows, each state proven; raises `QuestionError`, `UnknownWork`.

    `earlier` are the turns that it may lean on; what was searched then is the answer's `query`.
    """
    from bot import answering, make_query
    from bot.essay import answering_question, find_question
    from bot.recognise import recognise
    from corpus.essays import essays

    question, works = _sound(question), [_sound(key) for key in works]
    for key in works:
        reader.library.work(key)
    known = essays(reader.library.home).values()
    found, alone = find_question(known, question), None
    if found is None and earlier:
        alone = _alone(reader, question, earlier, writer)
        works = [key for key in alone.only if key in works or not works] or works
        found = find_question(known, alone.again or question)
    named = [record.work for record in reader.works().values()]
    found = found or (None if alone and alone.altered else recognise(reader.embedder, known, question, named))
    if found is not None:
        said = alone.said if alone else ()
        growing = answering_question(reader, *found, evidence=evidence, works=works, asked=question, writer=writer, said=said)
        yield from (replace(answer, id=name) for answer in growing)
        return
    text, cited = (alone.text, alone.works) if alone else (None, ())
    parts = () if alone and alone.altered else None  # what is carried over is one question, however many sentences it has
    query = make_query(question, standalone=text, known=named, works=works, cited=cited, parts=parts, name=name)
    yield from answering(reader, _leaning_on(alone, query) if alone else query, evidence=evidence, writer=writer)


def _leaning_on(alone: Standalone, query: Query) -> Query:
    """The query with what it owes to the turns before it."""
    return replace(query, facets=alone.facets, carried=alone.carried, said=alone.said)


def _alone(reader: Reader, question: str, earlier: Sequence[Exchange], writer: Writer | None) -> Standalone:
    """A question that leans on earlier turns, made to stand alone: by the model that writes the answer, where there is one."""
    from bot.followup import standalone
    from bot.rephrase import ModelRephraser

    works = [record.work for record in reader.works().values()]
    return standalone(question, earlier, works, ModelRephraser(writer.model, writer.budget) if writer else None)


def lines_of(file: Path) -> list[str]:
    """The lines of a text file; raises `SourceMissing`."""
    from corpus.errors import SourceMissing

    try:
        # Only line feeds part lines: JSON may hold other characters that str.splitlines would break at.
        return file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SourceMissing(
            f"{file} cannot be read: {reason}.", remedy="Give a text file with one JSON object a line."
        ) from error


def ask_lines(
    reader: Reader, lines: Iterable[str], *, works: Sequence[str] = (), evidence: int, writer: Writer | None = None
) -> Iterator[Answer]:
    """One answer for each line of JSON with `question` and, if it likes, `id`; a bad line gives an answer that says so."""
    from bot.answers import Answer
    from corpus.errors import PinciteError

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question, name = "", None
        try:
            row = _row(line, number)
            name = None if row.get("id") is None else _sound(str(row["id"]))
            question = _question_of(row, number)
            yield ask(reader, question, works=works, evidence=evidence, name=name, writer=writer)
        except PinciteError as error:
            yield Answer(question, question, "error", id=name, message=str(error))


def _row(line: str, number: int) -> dict[str, Any]:
    from corpus.errors import QuestionError

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"Line {number} is not JSON.", remedy=LINE) from error
    if not isinstance(row, dict):
        raise QuestionError(f"Line {number} is not an object.", remedy=LINE)
    return row


def _question_of(row: dict[str, Any], number: int) -> str:
    from corpus.errors import QuestionError

    if not isinstance(row.get("question"), str):
        raise QuestionError(f"Line {number} has no question.", remedy=LINE)
    return _sound(row["question"])


def _sound(text: str) -> str:
    """The text without halves of characters, which a terminal or JSON may hand in and no file or database takes."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def save_answers(settings: Settings, essay: Essay, answers: Sequence[Answer]) -> Path:
    """Keep the answers in the home, beside all earlier states of them."""
    from corpus.home import write_file
    from ui.report.files import report_json

    moment = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    path = settings.home / "answers" / essay.key / f"{moment}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, json.dumps(report_json(answers, essay), ensure_ascii=False, indent=1).encode())
    return path


def saved_answers(settings: Settings) -> list[Path]:
    """Every saved state of answers in the home, oldest first."""
    return sorted((settings.home / "answers").glob("*/*.json"), key=lambda path: path.name)


def verify(settings: Settings, paths: Sequence[Path]) -> Iterator[Finding]:
    """Prove every citation of saved answers again, from the original bytes; raises `SavedAnswerError`."""
    from bot.answer_json import answers_in
    from bot.verify import verify as verify_answers
    from ingest.extract import Limits, extract

    library = wiring.open_library(settings)
    limits = Limits(seconds=settings.pdf_seconds, memory_mb=settings.pdf_memory_mb)

    def read_pages(content: bytes, document: Document) -> Sequence[Page]:
        return extract(content, document.name, limits=limits)[1].pages

    answers = (answer for path in paths for answer in answers_in(path))
    yield from verify_answers(library, answers, read_pages)
