"""Which candidates are said, in which order, under which opening."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest

from bot.answers import Query
from bot.candidates import Candidate
from bot.compose import (
    LEAST_OF_A_PART,
    MOST_ALONE,
    MOST_CLAIMS,
    MOST_OF_ONE,
    MOST_VOICES,
    compose,
    listed,
    opening,
    opening_by_part,
)
from corpus.documents import Span
from corpus.works import Author, Work

CLOSED, OPEN = Query("How many?", "How many?"), Query("Is it so?", "Is it so?", open=True)
JUDGEMENT = Query("Is it so?", "Is it so?", judgement=True)
_places = itertools.count()


def work(letter: str) -> Work:
    return Work(f"{letter}-2030", f"The {letter} Book", (Author(letter.upper()),), 2030)


def candidate(letter: str, score: float, axis: int | None = None, span: Span | None = None, page: int = 0) -> Candidate:
    """A sentence of a work; each has a direction and a place of its own, unless they are given."""
    number = next(_places)
    vector = np.zeros(4096, np.float32)
    vector[number % 4096 if axis is None else axis] = 1
    place = span or Span(number * 100, number * 100 + 50)
    return Candidate(None, work(letter), score, vector, document=letter * 64, position=page, span=place)


def drafted(ranked: list[Candidate], query: Query = CLOSED, confidence: float = 0.9) -> list[Candidate]:
    return list(compose(query, ranked, confidence).candidates)


def test_several_works_are_heard_where_they_come_near_the_best() -> None:
    ranked = [candidate("a", 0.80), candidate("a", 0.79), candidate("b", 0.78), candidate("c", 0.77)]
    assert [each.work.key for each in drafted(ranked)] == ["a-2030", "a-2030", "b-2030", "c-2030"]


def test_what_is_far_behind_the_best_is_not_said() -> None:
    first = candidate("a", 0.8)
    assert drafted([first, candidate("b", 0.1), candidate("a", 0.05)]) == [first]


def test_a_work_that_the_question_names_is_heard_from_farther_behind() -> None:
    ranked = [candidate("a", 0.80), candidate("a", 0.79), candidate("b", 0.60), candidate("c", 0.60)]
    named = Query("How do they differ?", "How do they differ?", heard=frozenset({"b-2030"}))
    assert [each.work.key for each in drafted(ranked)] == ["a-2030", "a-2030"]
    assert [each.work.key for each in drafted(ranked, named)] == ["a-2030", "a-2030", "b-2030"]
    far = [candidate("a", 0.80), candidate("b", 0.1)]
    assert len(drafted(far, named)) == 1


def test_works_come_one_after_another_the_most_telling_first() -> None:
    ranked = [candidate(letter, 0.8 - place / 1000) for place, letter in enumerate("babcab")]
    chosen = drafted(ranked)
    voices = [key for key, _ in itertools.groupby(each.work.key for each in chosen)]
    assert voices == ["b-2030", "a-2030", "c-2030"]
    for _, group in itertools.groupby(chosen, key=lambda each: each.work.key):
        scores = [each.score for each in group]
        assert scores == sorted(scores, reverse=True)


def test_the_same_is_not_said_twice() -> None:
    said = candidate("a", 0.8, axis=1)
    again = candidate("b", 0.79, axis=1)
    other = candidate("b", 0.78)
    assert drafted([said, again, other]) == [said, other]


def test_the_same_words_are_not_quoted_twice() -> None:
    first = candidate("a", 0.8, span=Span(10, 60))
    inside = candidate("a", 0.79, span=Span(40, 90))
    elsewhere = candidate("a", 0.78, span=Span(40, 90), page=1)
    assert drafted([first, inside, elsewhere]) == [first, elsewhere]


def test_a_sentence_is_not_said_again_with_its_neighbour() -> None:
    said = candidate("a", 0.8, axis=1)
    pair = candidate("b", 0.79)
    pair = Candidate(**{name: getattr(pair, name) for name in pair.__dataclass_fields__} | {"before": said.vector})
    assert drafted([said, pair]) == [said]
    assert drafted([pair, said]) == [pair]


def test_an_answer_has_bounds() -> None:
    many = [candidate(letter, 0.8 - place / 10_000) for place, letter in enumerate("abcdefgh" * 10)]
    chosen = drafted(many)
    voices = [each.work.key for each in chosen]
    assert len(chosen) == MOST_CLAIMS
    assert len(set(voices)) == MOST_VOICES
    assert max(map(voices.count, voices)) <= MOST_OF_ONE
    assert len(drafted([candidate("a", 0.8 - place / 10_000) for place in range(40)])) == MOST_ALONE


@pytest.mark.parametrize("best", [0.0, -0.2, -0.9])
def test_the_best_is_said_however_far_it_is(best: float) -> None:
    first = candidate("a", best)
    assert drafted([first, candidate("b", best - 0.5)])[0] is first


def test_an_open_question_is_never_settled() -> None:
    ranked = [candidate("a", 0.8)]
    assert compose(OPEN, ranked, 1.0).coverage == "bears on"
    assert compose(JUDGEMENT, ranked, 1.0).coverage == "bears on"
    assert compose(CLOSED, ranked, 1.0).coverage == "settles"
    assert compose(CLOSED, ranked, 0.5).coverage == "bears on"


@pytest.mark.parametrize(
    ("query", "letters", "coverage", "says"),
    [
        (OPEN, "a", "bears on", "No work in the library settles this question. One bears on it: A 2030."),
        (OPEN, "ab", "bears on", "None of the works in the library settles this question. Two bear on it: A 2030 and B 2030."),
        (JUDGEMENT, "a", "bears on", "This asks for a judgement. A 2030 bears on it."),
        (JUDGEMENT, "ab", "bears on", "This asks for a judgement. Two works bear on it: A 2030 and B 2030."),
        (CLOSED, "a", "settles", "A 2030 speaks to this."),
        (CLOSED, "a", "bears on", "A 2030 comes nearest to this."),
        (CLOSED, "abc", "settles", "Three works speak to this: A 2030, B 2030 and C 2030."),
        (CLOSED, "ab", "bears on", "Two works come nearest to this: A 2030 and B 2030."),
    ],
)
def test_the_opening_names_the_works_and_says_nothing_of_the_world(query: Query, letters: str, coverage: str, says: str) -> None:
    works = [work(letter) for letter in letters]
    assert opening(query, works, coverage) == says  # type: ignore[arg-type]


def test_a_work_of_several_authors_speaks_in_the_plural() -> None:
    several = replace(work("a"), authors=(Author("Hale"), Author("Weir"), Author("Brook")))
    assert opening(CLOSED, [several], "settles") == "Hale et al. 2030 speak to this."
    assert opening(CLOSED, [several], "bears on") == "Hale et al. 2030 come nearest to this."
    assert opening(JUDGEMENT, [several], "bears on") == "This asks for a judgement. Hale et al. 2030 bear on it."


def test_the_opening_names_the_works_that_are_heard_in_their_order() -> None:
    draft = compose(OPEN, [candidate("b", 0.8), candidate("a", 0.79), candidate("z", 0.01)], 0.9)
    assert re.findall(r"[A-Z] 2030", draft.opening) == ["B 2030", "A 2030"]


@pytest.mark.parametrize(("names", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_names_are_listed_as_in_prose(names: list[str], text: str) -> None:
    assert listed(names) == text


# parts

PARTED = Query("What? How?", "What? How?", parts=("What is it?", "How is it?"))


def near(letter: str, score: float, *parts: float) -> Candidate:
    """A candidate that comes so near to each part."""
    return replace(candidate(letter, score), near_parts=parts)


def test_the_best_of_the_whole_are_said_each_under_its_part() -> None:
    ranked = [near("a", 0.80, 0.1, 0.6), near("b", 0.79, 0.6, 0.1), near("a", 0.78, 0.7, 0.2), near("c", 0.1, 0.9, 0.1)]
    draft = compose(PARTED, ranked, 0.9)
    assert [(each.part, each.work.key) for each in draft.candidates] == [(1, "b-2030"), (1, "a-2030"), (2, "a-2030")]
    assert draft.parts == PARTED.parts
    assert draft.notes == ()
    assert draft.opening == "This question has two parts. B 2030 and A 2030 speak to the first; A 2030 speaks to the second."


def test_a_part_of_which_the_best_do_not_speak_is_given_its_own_nearest() -> None:
    ranked = [near("a", 0.80 - place / 1000, 0.6, 0.2) for place in range(9)]
    ranked += [near("b", 0.60 - place / 1000, 0.2, 0.5) for place in range(4)]
    draft = compose(PARTED, ranked, 0.9)
    parts = [each.part for each in draft.candidates]
    assert parts == sorted(parts, key=lambda part: part or 0)
    assert parts.count(2) == LEAST_OF_A_PART
    assert len(parts) <= MOST_CLAIMS


def test_a_part_is_given_what_comes_nearest_to_it_however_much_better_the_other_is_answered() -> None:
    ranked = [near("a", 0.80, 0.7, 0.2), near("a", 0.79, 0.7, 0.2), near("b", 0.30, 0.2, 0.5), near("b", 0.29, 0.2, 0.5)]
    draft = compose(PARTED, ranked, 0.9)
    assert [(each.part, each.work.key) for each in draft.candidates] == [
        (1, "a-2030"), (1, "a-2030"), (2, "b-2030"), (2, "b-2030"),
    ]  # fmt: skip
    assert draft.parts == PARTED.parts


def test_a_part_is_not_given_what_is_as_far_off_as_other_matters() -> None:
    ranked = [near("a", 0.80, 0.7, 0.1), near("b", 0.30, 0.1, 0.2)]
    assert [each.work.key for each in compose(PARTED, ranked, 0.9).candidates] == ["a-2030"]


def test_a_part_to_which_nothing_speaks_is_said_where_that_is_sure() -> None:
    ranked = [near("a", 0.80, 0.6, 0.1), near("b", 0.79, 0.6, 0.2)]
    draft = compose(PARTED, ranked, 0.9, unspoken={2})
    assert {each.part for each in draft.candidates} == {1}
    assert draft.notes == ("Nothing that was found speaks to the second part: “How is it?”",)
    assert draft.opening.endswith("A 2030 and B 2030 speak to the first; nothing comes near the second.")


@pytest.mark.parametrize(("nearness", "unspoken"), [(0.1, ()), (0.5, {2})])
def test_else_the_question_is_answered_as_a_whole(nearness: float, unspoken: set[int]) -> None:
    ranked = [near("a", 0.80, 0.6, nearness), near("b", 0.79, 0.6, nearness)]
    draft = compose(PARTED, ranked, 0.9, unspoken=unspoken)
    assert (draft.parts, draft.notes) == ((), ())
    assert {each.part for each in draft.candidates} == {None}
    assert draft.opening == "Two works speak to this: A 2030 and B 2030."


@pytest.mark.parametrize(
    ("query", "letters", "coverage", "says"),
    [
        (
            OPEN,
            ("ab", "c"),
            "bears on",
            "None of the works in the library settles this question, which has two parts. "
            "A 2030 and B 2030 bear on the first; C 2030 bears on the second.",
        ),
        (JUDGEMENT, ("a", "a"), "bears on", "This asks for a judgement, in two parts. A 2030 bears on both."),
        (CLOSED, ("ab", "ab", "ab"), "settles", "This question has three parts. A 2030 and B 2030 speak to all of them."),
        (
            CLOSED,
            ("", "a"),
            "bears on",
            "This question has two parts. Nothing comes near the first; A 2030 comes nearest to the second.",
        ),
    ],
)
def test_the_opening_names_the_works_of_each_part(query: Query, letters: tuple[str, ...], coverage: str, says: str) -> None:
    works = [[work(letter) for letter in group] for group in letters]
    assert opening_by_part(query, works, coverage) == says  # type: ignore[arg-type]
