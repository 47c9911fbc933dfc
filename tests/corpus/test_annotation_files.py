from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.annotation_files import annotations_in, load_annotations, packaged_annotations
from corpus.bibliography import catalogue
from corpus.errors import CatalogueError
from corpus.records import annotation_id

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """work = "lamp-2031"
version = "v2"
checked = {date = 2031-05-06, how = "read against the pages"}

[[annotation]]
statement = "Lamps that are trimmed daily use less oil, the Clerk finds."
page = 3
section = "2.1 Oil"
start = "Lamps trimmed daily"
end = "less oil."

[[annotation]]
statement = "The Clerk warns that a ledger without dates is a pile of paper."
page = 4
section = "3 Ledgers"
start = "A ledger that bears"
end = "a pile of paper."
"""


def _file(folder: Path, text: str = SMALL, name: str = "lamp-2031.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_its_annotations_in_order(tmp_path: Path) -> None:
    first, second = load_annotations(_file(tmp_path))
    assert (first.work, first.page, first.part, first.section) == ("lamp-2031", 3, None, "2.1 Oil")
    assert (first.start, first.end, first.writer, first.checked) == ("Lamps trimmed daily", "less oil.", "reviewed", True)
    assert first.id == annotation_id("lamp-2031", first.statement, first.start, first.end)
    assert second.page == 4


def test_without_the_second_readers_line_nothing_counts_as_checked(tmp_path: Path) -> None:
    text = SMALL.replace('checked = {date = 2031-05-06, how = "read against the pages"}\n', "")
    assert not any(annotation.checked for annotation in load_annotations(_file(tmp_path, text)))


def test_a_talk_has_parts_instead_of_pages(tmp_path: Path) -> None:
    first, _ = load_annotations(_file(tmp_path, SMALL.replace("page = 3", "part = 2")))
    assert (first.page, first.part) == (None, 2)


@pytest.mark.parametrize(
    ("old", "new", "place", "word"),
    [
        ("page = 4", "page = 0", "annotation 2", "page"),
        ("page = 4", 'page = "4"', "annotation 2", "page"),
        ("page = 4\n", "", "annotation 2", "page"),
        ("page = 4", "page = 4\npart = 1", "annotation 2", "not both"),
        ('section = "3 Ledgers"\n', "", "annotation 2", "section"),
        ('start = "A ledger that bears"', 'start = "A"', "annotation 2", "1 words"),
        ('end = "a pile of paper."', 'end = "dates is a pile of paper."', "annotation 2", "6 words"),
        ('end = "a pile of paper."\n', "", "annotation 2", "end"),
        ('statement = "The Clerk', 'claim = "The Clerk', "annotation 2", "claim"),
        ('how = "read against the pages"', 'who = "somebody"', "checked", "who"),
        ('checked = {date = 2031-05-06, how = "read against the pages"}', "checked = true", "the file", "checked"),
        ('work = "lamp-2031"\n', "", "the file", "work"),
        ('version = "v2"', 'edition = "v2"', "the file", "edition"),
        ('[[annotation]]\nstatement = "Lamps', '[annotation]\nstatement = "Lamps', "TOML", "line"),
    ],
)
def test_a_mistake_is_named_with_file_and_annotation(tmp_path: Path, old: str, new: str, place: str, word: str) -> None:
    assert old in SMALL
    with pytest.raises(CatalogueError) as caught:
        load_annotations(_file(tmp_path, SMALL.replace(old, new)))
    assert "lamp-2031.toml" in caught.value.message
    assert place in caught.value.message
    assert word in str(caught.value)


def test_the_line_of_the_annotation_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_annotations(_file(tmp_path, SMALL.replace("page = 4", "page = -1")))
    assert caught.value.facts["line"] == SMALL.splitlines().index('section = "3 Ledgers"') + 1 - 3


def test_the_same_annotation_twice_is_refused(tmp_path: Path) -> None:
    once = SMALL[SMALL.rindex("[[annotation]]") :]
    with pytest.raises(CatalogueError, match="annotation 3"):
        load_annotations(_file(tmp_path, f"{SMALL}\n{once}"))


def test_a_folder_is_read_by_work_and_each_file_bears_its_works_name(tmp_path: Path) -> None:
    _file(tmp_path)
    ((work, annotations),) = annotations_in(tmp_path)
    assert (work, len(annotations)) == ("lamp-2031", 2)
    _file(tmp_path, name="wick-2031.toml")
    with pytest.raises(CatalogueError, match=r"wick-2031\.toml"):
        annotations_in(tmp_path)


def test_the_packaged_annotations_are_about_works_of_the_catalogue() -> None:
    assert packaged_annotations().keys() <= catalogue().keys()
