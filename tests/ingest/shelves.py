"""A made-up catalogue and its files, and the whole of a home to compare."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from corpus.library import Library
from corpus.records import Annotation, annotation_id
from corpus.works import Author, Work
from ingest.extract import Limits
from ingest.run import Catalogue
from ingest.take_in import Shelf
from tests.fakes import HashEmbedder
from tests.paper import words
from tests.paper.build_paper import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.events import Event

E = TypeVar("E")

PAPER = Work("lamp-room-2031", words.TITLE, (Author("Lamp Room", "Keeper"), Author("Day Ledger", "Clerk")), 2031)
TIDES = Work("hale-2030", "Tides and Memory of Small Harbours", (Author("Hale", "Ada"),), 2030)
WICKS = Work("trimmer-2029", "The Wick Prior and Its Uses", (Author("Trimmer", "Yo"),), 2029)


def note(work: str, statement: str, start: str, end: str, page: int | None = None, writer: str = "reviewed") -> Annotation:
    """An annotation with its text fragment."""
    return Annotation(annotation_id(work, statement, start, end), work, statement, page, None, None, start, end, writer)


KEPT = note(PAPER.key, "A habit of writing things down outlasts any shelf.", "We conclude that a", "than through its shelves.", 1)
LEDGER = note(PAPER.key, "Somebody else has to read what is written.", "The best single predictor", "once a week.", 4)
LOST = note(PAPER.key, "Archives are best kept under water.", "We recommend to keep", "deep in the sea.", 2)
TIDE = note(TIDES.key, "Harbours forget what the sea takes.", "Harbour number 3 forgets", "in the spring.", 1)
CATALOGUE = Catalogue((PAPER, TIDES, WICKS), {PAPER.key: (KEPT, LEDGER, LOST), TIDES.key: (TIDE,)})


def tides(count: int = 40, *, before: int | None = None, edition: str = "1 Harbours") -> str:
    """A text of that many paragraphs; from paragraph `before` on, in other words."""
    rows = []
    for number in range(count):
        where = "in the spring" if before is None or number < before else "when the ice goes"
        rows.append(
            f"Harbour number {number} forgets its oldest boats {where}. The {number} keepers of it write down which of them "
            f"came home and which did not. Nobody reads the {number} pages until a widow asks for the name of a boat."
        )
    return f"{TIDES.title}\n\nAda Hale\n\n2030\n\n{edition}\n\n" + "\n\n".join(rows) + "\n"


def folder_of(path: Path) -> Path:
    """A folder with the files of two works of the catalogue, a file of none, and a folder."""
    path.mkdir()
    (path / "lanterns.pdf").write_bytes(_lanterns())
    (path / "tides.txt").write_text(tides())
    (path / "shopping.md").write_text("# To buy\n\nWe need oil for nine evenings, and bread for the keeper and for the clerk.\n")
    (path / "old").mkdir()
    (path / "old" / "wicks.txt").write_text(
        "The Wick Prior and Its Uses\n\nYo Trimmer\n\nNobody looks into folders of a folder.\n"
    )
    return path


@cache
def _lanterns() -> bytes:
    """The test paper, built once."""
    with TemporaryDirectory() as folder:
        return build(Path(folder) / "lanterns.pdf").path.read_bytes()


def open_shelf(home: Path, *, embedder: HashEmbedder | None = None, wait: float = 30.0) -> Shelf:
    """Where the tests take works in; its library has to be closed."""
    return Shelf(Library.open(home), embedder or HashEmbedder(), Limits(), wait)


def embedded(shelf: Shelf) -> int:
    """How many texts the shelf's embedder was given."""
    assert isinstance(shelf.embedder, HashEmbedder)
    return len(shelf.embedder.embedded)


def of(kind: type[E], events: Sequence[Event]) -> list[E]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


def contents(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a home holds, whatever the times and the order in which it came."""
    questions = {
        "works": "key, title, message",
        "documents": "digest, work, name, superseded_by, recipe",
        "pages": "document, position, text, boxes, hyphens",
        "passages": "id, work, document, position, section, kind, lead, sentences, text_digest",
        "words": "text, section, title",
        "vectors": "text_digest, embedder, whole, sentences",
        "annotations": "id, work, statement, first_words, last_words",
        "ties": "*",
    }
    connection = sqlite3.connect(home / "library.sqlite3")
    try:
        found = {
            table: sorted(connection.execute(f"SELECT {names} FROM {table}"), key=repr) for table, names in questions.items()
        }
    finally:
        connection.close()
    folder = home / "documents"
    found["bytes"] = sorted((path.name,) for path in folder.iterdir()) if folder.is_dir() else []
    return found
