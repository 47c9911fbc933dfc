"""Search by words: what is found, in which order, and that no characters upset it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.corpus import made

if TYPE_CHECKING:
    from corpus.library import Library


def fill(library: Library, key: str = "hale-2031", count: int = 3, **others: str) -> made.Made:
    document = made.document(made.lines(count, **others), name=f"{key}.txt")
    with library.writing() as writer:
        writer.put_work(made.work(key))
        made.put(writer, key, document)
    return document


def test_lexical_prefers_rare_words_and_stems(library: Library) -> None:
    document = fill(library, count=6)
    hits = library.lexical(["harbours", "lying", "4"], 10)
    assert hits[0][0] == document.passages[4].id
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert all(score > 0 for _, score in hits)
    assert len(library.lexical(["harbour"], 2)) == 2


def test_lexical_counts_the_works_title_and_authors(library: Library) -> None:
    fill(library, "a-2001")
    other = made.document(made.lines(3, word="canal"))
    with library.writing() as writer:
        writer.put_work(made.work("b-2002", "On Locks", "Ibáñez"))
        made.put(writer, "b-2002", other)
    assert {identifier for identifier, _ in library.lexical(["ibanez"], 10)} == {passage.id for passage in other.passages}
    with library.writing() as writer:
        writer.put_work(made.work("b-2002", "On Sluices", "Ibáñez"))
    assert library.lexical(["locks"], 10) == []
    assert len(library.lexical(["sluices"], 10)) == 3


def test_lexical_inside_named_works(library: Library) -> None:
    fill(library, "a-2001", word="harbour")
    second = fill(library, "b-2002", word="canal")
    assert {identifier for identifier, _ in library.lexical(["boats"], 10, ["b-2002"])} == {each.id for each in second.passages}
    assert library.lexical(["boats"], 10, {"c-2003"}) == []


def test_standing_counts_the_passages_of_each_work(library: Library) -> None:
    fill(library, "a-2001", count=4, word="harbour")
    fill(library, "b-2002", count=3, word="canal")
    assert library.standing("harbours") == {"a-2001": 4}
    assert library.standing("boats") == {"a-2001": 4, "b-2002": 3}
    assert library.standing("boats", ["b-2002"]) == {"b-2002": 3}
    assert library.standing("zyzzyva") == library.standing("-") == library.standing("") == {}


@pytest.mark.parametrize(
    "words",
    [
        ['"'],
        ["*"],
        ["harbour*"],
        ["NEAR(harbour deep, 2)"],
        ["AND", "OR", "NOT"],
        ["text:harbour"],
        ["^harbour", "{text}"],
        ["har\0bour"],
        ['har"bour', '"deep"', 'boats" OR "'],
        ["\ud800"],
        ["ﬁ", "harbour—deep", "深い", "🌊"],
        ["('; DROP TABLE words; --"],
        [""],
        ["x" * 20_000],
        [f"word{number}" for number in range(5_000)],
    ],
)
def test_lexical_takes_any_characters(library: Library, words: list[str]) -> None:
    fill(library)
    assert isinstance(library.lexical(words, 5), list)
    assert len(library.lexical([*words, "harbour"], 5)) == 3
