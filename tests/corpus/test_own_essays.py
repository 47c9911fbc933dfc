"""Essays written into the home, and taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CatalogueError, HomeNotWritable
from corpus.essays import Essay, Question, essays, load_essay, write_essay
from corpus.own_catalogue import add_to_catalogue, own_works
from corpus.own_essays import essay_file, keep_essay, remove_essay
from corpus.works import Author, Work

if TYPE_CHECKING:
    from pathlib import Path

HALE = Work("hale-2030", "Tides", (Author("Hale", "Ada"),), 2030)
MILL = Work("brook-2029", "Mills", (Author("Brook", "Otto"),), 2029)
OIL = Question(
    "oil-1",
    "Oil",
    "why oil?",
    'Why is "oil" burnt?',
    True,
    ("hale-2030",),
    ("a saying",),
    False,
    ("Oil is dear.",),
    ("Why oil?", "Why not wax?"),
    (1,),
)
WICK = Question("wick-1", "Wick", "trimmed?", "Is it trimmed?")


def _essay(key: str = "lamps", *, references: tuple[str, ...] = ("hale-2030",), title: str = "On Lamps") -> Essay:
    questions = (OIL, WICK) if "hale-2030" in references else (WICK,)
    sections = tuple(question.section for question in questions)
    return Essay(key, title, "Ada Hale", "2031-05", "https://a.example/x", sections, questions, references)


def test_what_is_written_is_read_again_with_comments_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "essays" / "lamps.toml"
    write_essay(_essay(), path, opening=["Look\nhere.", ""], remarks={"wick-1": ["Is this one?"]})
    text = path.read_text(encoding="utf-8")
    assert load_essay(path) == _essay()
    assert text.startswith("# Look here.\n#\n\ntitle")
    assert '# Is this one?\n[[question]]\nid = "wick-1"' in text
    assert "standalone = 'Why is \"oil\" burnt?'" in text


@given(
    st.text(min_size=1).filter(
        lambda text: text.encode("utf-8", "ignore").decode().strip(" \n\t") and any(map(str.isalnum, text))
    )
)
def test_any_words_survive(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    path = tmp_path_factory.mktemp("any") / "lamps.toml"
    write_essay(_essay(title=words, references=()), path)
    essay = load_essay(path)
    write_essay(essay, path)
    assert load_essay(path) == essay
    assert "".join(filter(str.isalnum, essay.title)) == "".join(filter(str.isalnum, words))


def test_a_long_list_stands_one_a_line(tmp_path: Path) -> None:
    keys = tuple(f"somebody-with-a-long-name-{year}" for year in range(2000, 2010))
    write_essay(_essay(references=keys), tmp_path / "lamps.toml")
    assert load_essay(tmp_path / "lamps.toml").references == keys
    assert max(map(len, (tmp_path / "lamps.toml").read_text().splitlines())) < 120


def test_an_essay_is_kept_once_and_never_written_over_unasked(home: Path) -> None:
    assert keep_essay(home, _essay())
    assert not keep_essay(home, _essay())
    with pytest.raises(CatalogueError, match="already"):
        keep_essay(home, _essay(title="Other"))
    assert essays(home)["lamps"].title == "On Lamps"
    assert keep_essay(home, _essay(title="Other"), replace=True)
    assert essays(home)["lamps"].title == "Other"


def test_an_essay_is_taken_out_with_the_works_that_it_alone_cites(home: Path) -> None:
    add_to_catalogue(home, [HALE, MILL])
    keep_essay(home, _essay(references=("hale-2030", "brook-2029")))
    keep_essay(home, _essay("mills", references=("brook-2029",)))
    assert remove_essay(home, "lamps") == ["hale-2030"]
    assert own_works(home) == [MILL]
    assert "lamps" not in essays(home)
    assert remove_essay(home, "mills", in_use=["brook-2029"]) == []
    assert own_works(home) == [MILL]


@pytest.mark.parametrize(
    ("key", "said"), [("next-on-llm-2024", "comes with Pincite"), ("absent", "no essay"), ("../x", "no essay")]
)
def test_only_the_homes_own_can_be_taken_out(home: Path, key: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        remove_essay(home, key)
    assert "next-on-llm-2024" in essays(home)


def test_a_home_that_cannot_be_written_is_said_so(home: Path) -> None:
    home.mkdir()
    (home / "essays").write_text("a file in the folder's place")
    with pytest.raises(HomeNotWritable):
        keep_essay(home, _essay())
    assert not essay_file(home, "lamps").exists()
