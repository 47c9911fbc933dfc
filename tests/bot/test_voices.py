"""That two works differ is said only where their words leave no doubt."""

from __future__ import annotations

import pytest

from bot.answers import Answer, Citation, Claim, Locator
from bot.voices import not_heard, notes_on_voices, opposed
from corpus.works import Author, Work

HALE = Work("hale-2030", "Tides", (Author("Hale", "Ada"),), 2030)
LAMB = Work("lamb-2031", "Lamps", (Author("Lamb", "Ida"),), 2031)


def answer(*said: tuple[Work, str]) -> Answer:
    citations = tuple(Citation(number, work, "annotation", Locator()) for number, (work, _) in enumerate(said, 1))
    claims = tuple(Claim(text, (number,), "annotated", work.key) for number, (work, text) in enumerate(said, 1))
    return Answer("Which?", "Which?", "answered", claims=claims, citations=citations)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A day ledger keeps the loans of a village archive, Hale finds.",
            "A day ledger does not keep the loans of a village archive, Lamb finds.",
        ),
        (
            "Brighter lamps increase the recall of small archives, Hale reports.",
            "Brighter lamps reduce the recall of small archives, Lamb and colleagues note.",
        ),
    ],
)
def test_two_works_that_say_opposite_things_differ(one: str, other: str) -> None:
    told = answer((HALE, one), (LAMB, other))
    assert [(first.work, second.work) for first, second in opposed(told)] == [("hale-2030", "lamb-2031")]
    assert list(notes_on_voices(told)) == [
        "Hale 2030 [1] and Lamb 2031 [2] differ: on the same matter one says the opposite of the other."
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A day ledger keeps the loans of a village archive.", "A day ledger keeps the loans of a village archive."),
        ("A day ledger keeps the loans of a village archive.", "A bright lamp does not help the keeper of a harbour."),
        ("A day ledger keeps the loans of a village archive.", "A day ledger may not keep the loans of a village archive."),
        (
            "A day ledger does not keep the loans of a village archive.",
            "A day ledger never keeps the loans of a village archive.",
        ),
        ("Brighter lamps increase recall of small archives.", "Brighter lamps do not reduce the recall of small archives."),
        ("Ledgers keep loans.", "Ledgers do not keep loans."),
        (
            "A day ledger keeps the loans of a village archive.",
            "No archive that lost its day ledger in the storm of that winter told the visiting clerk which loans came back.",
        ),
    ],
)
def test_whatever_is_less_than_sure_is_left_to_the_reader(one: str, other: str) -> None:
    assert list(notes_on_voices(answer((HALE, one), (LAMB, other)))) == []


def test_a_work_does_not_differ_from_itself() -> None:
    told = answer((HALE, "A ledger keeps the loans of an archive."), (HALE, "A ledger does not keep the loans of an archive."))
    assert list(opposed(told)) == []


def test_a_work_that_is_named_beside_another_and_not_heard_is_told() -> None:
    later = Work("hale-2033", "More Tides", (Author("Hale", "Ada"),), 2033)
    only = answer((HALE, "A harbour forgets."))
    silent = "The question names Lamb 2031; nothing in it comes close enough to what is asked."
    assert list(not_heard(only, {HALE.key: HALE, LAMB.key: LAMB})) == [silent]
    assert list(not_heard(only, {HALE.key: HALE, later.key: later, LAMB.key: LAMB})) == [silent]
    both = answer((HALE, "A harbour forgets."), (LAMB, "A lamp lies."))
    assert list(not_heard(both, {HALE.key: HALE, LAMB.key: LAMB})) == []
    assert list(not_heard(only, {LAMB.key: LAMB})) == []
