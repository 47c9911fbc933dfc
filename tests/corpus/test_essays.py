from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.bibliography import catalogue
from corpus.errors import CatalogueError
from corpus.essays import essays, load_essay

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """title = "On Lamps"
date = 2031-05-06
references = ["lamp-2031"]

[[question]]
id = "oil-1"
section = "Oil"
asked = "Why oil?"
standalone = "Why do lamps burn oil?"
cites = ["lamp-2031"]

[[question]]
id = "wick-1"
section = "Wick"
asked = "trimming"
implied = true
standalone = "How often is a wick trimmed?"
alluded = ["an old saying: alluded to, not cited"]
open = false
"""


def _file(folder: Path, text: str, name: str = "on-lamps.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_packaged_essay_asks_its_22_questions_in_order() -> None:
    essay = essays()["next-on-llm-2024"]
    assert len(essay.questions) == 22
    assert essay.questions[0].id == "compression-1"
    assert essay.questions[-1].id == "beyond-2"
    assert essay.sections == ("Compression", "World model", "Agents", "Alignment and feedback", "Beyond language")
    assert {question.id for question in essay.questions if question.implied} == {"compression-6", "agents-3"}
    assert all(question.open for question in essay.questions)
    assert sum(len(question.alluded) for question in essay.questions) == 3


def test_every_reference_of_a_packaged_essay_is_in_the_catalogue_and_cited() -> None:
    for essay in essays().values():
        assert set(essay.references) <= catalogue().keys()
        assert {key for question in essay.questions for key in question.cites} == set(essay.references)


def test_a_restated_question_stands_alone_and_is_not_the_essays_sentence() -> None:
    for essay in essays().values():
        restated = [question.standalone for question in essay.questions]
        assert len(set(restated)) == len(restated)
        for question in essay.questions:
            assert question.standalone.endswith("?")
            assert question.standalone.lower().rstrip("?") != question.asked.lower().rstrip("?")
            assert len(question.standalone) <= 130


def test_an_essay_file_is_read_whole(tmp_path: Path) -> None:
    essay = load_essay(_file(tmp_path, SMALL))
    assert (essay.key, essay.title, essay.author, essay.date, essay.url) == ("on-lamps", "On Lamps", None, "2031-05-06", None)
    assert essay.sections == ("Oil", "Wick")
    first, second = essay.questions
    assert (first.cites, first.implied, first.open) == (("lamp-2031",), False, True)
    assert (second.cites, second.implied, second.open) == ((), True, False)
    assert second.alluded == ("an old saying: alluded to, not cited",)


def test_the_homes_essays_join_the_packaged_ones_and_replace_those_of_the_same_key(tmp_path: Path) -> None:
    (tmp_path / "essays").mkdir()
    _file(tmp_path / "essays", SMALL)
    _file(tmp_path / "essays", SMALL, "next-on-llm-2024.toml")
    (tmp_path / "essays" / "notes.txt").write_text("not an essay")
    found = essays(tmp_path)
    assert set(found) == {"next-on-llm-2024", "on-lamps"}
    assert found["next-on-llm-2024"].title == "On Lamps"


def test_a_home_without_essays_has_the_packaged_ones(tmp_path: Path) -> None:
    assert essays(tmp_path) == essays()


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("date = 2031-05-06", "date = next May", 2, "not TOML"),
        ("date = 2031-05-06", 'date = "next May"', 1, "date"),
        ("date = 2031-05-06\n", "", 1, "date"),
        ('title = "On Lamps"', "title = 3", 1, "title"),
        ('title = "On Lamps"', 'titel = "On Lamps"', 1, "titel"),
        ('references = ["lamp-2031"]', 'references = "lamp-2031"', 1, "references"),
        ('asked = "Why oil?"\n', "", 5, "asked"),
        ('asked = "Why oil?"', 'asked = "  "', 5, "asked"),
        ('id = "wick-1"', 'id = "oil-1"', 12, "twice"),
        ('id = "wick-1"', 'id = "Wick 1"', 12, "Wick 1"),
        ("open = false", 'open = "no"', 12, "open"),
        ("open = false", "opened = false", 12, "opened"),
        ('cites = ["lamp-2031"]', 'cites = ["lamp-2032"]', 5, "lamp-2032"),
        ('alluded = ["an old saying: alluded to, not cited"]', "alluded = [3]", 12, "alluded"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(tmp_path: Path, old: str, new: str, line: int, word: str) -> None:
    assert old in SMALL
    with pytest.raises(CatalogueError) as caught:
        load_essay(_file(tmp_path, SMALL.replace(old, new)))
    assert "on-lamps.toml" in caught.value.message
    assert f"line {line}" in caught.value.message
    assert word in caught.value.message
    assert caught.value.remedy
    assert caught.value.facts["line"] == line


def test_an_essay_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="asks nothing"):
        load_essay(_file(tmp_path, 'title = "T"\ndate = "2031"\n'))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.toml"):
        load_essay(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_essay(tmp_path / "latin.toml")


def test_a_question_may_name_its_parts_and_which_facet_is_about_which(tmp_path: Path) -> None:
    parted = (
        'parts = ["Why oil?", "Why  not wax?"]\nfacets = ["Oil is dear.", "Wax is.", "Wax drips."]\nfacet_parts = [1, 2, 2]\n'
    )
    first, second = load_essay(
        _file(tmp_path, SMALL.replace('\n\n[[question]]\nid = "wick', f'\n{parted}\n[[question]]\nid = "wick'))
    ).questions
    assert (first.parts, first.facet_parts) == (("Why oil?", "Why not wax?"), (1, 2, 2))
    assert (second.parts, second.facet_parts) == ((), ())


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('parts = ["Why oil?"]', "one part only"),
        ('parts = "Why oil?"', "not a list of texts"),
        ('parts = ["a", "b"]\nfacets = ["c"]\nfacet_parts = [3]', "which part it is about"),
        ('parts = ["a", "b"]\nfacets = ["c"]\nfacet_parts = [1, 2]', "which part it is about"),
        ('parts = ["a", "b"]\nfacets = ["c"]\nfacet_parts = [true]', "which part it is about"),
        ('facets = ["c"]\nfacet_parts = [1]', "which part it is about"),
        ('facets = ["c"]\nfacet_parts = 1', "which part it is about"),
    ],
)
def test_a_mistake_in_the_parts_is_told(tmp_path: Path, lines: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as error:
        load_essay(_file(tmp_path, f"{SMALL}{lines}\n"))
    assert error.value.remedy


def test_the_parts_of_a_packaged_question_stand_alone() -> None:
    parted = [question for essay in essays().values() for question in essay.questions if question.parts]
    assert parted
    for question in parted:
        assert len(question.facet_parts) == len(question.facets)
        assert set(question.facet_parts) == set(range(1, len(question.parts) + 1))
        assert all(part.endswith("?") and len(part) <= 130 for part in question.parts)
