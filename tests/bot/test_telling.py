"""What a sentence's own wording is worth: what only announces comes behind, what has the form that was asked for before."""

from __future__ import annotations

import pytest

from bot.question import content_words
from bot.telling import ANNOUNCED, DEFINES, answering_form, telling, without_citations

FILLED = "and all of this is written here at length so that nobody may take it for an aside of a few words"


def worth(text: str, question: str = "Which boats does the harbour keep?") -> float:
    return telling(text, question, content_words(question))


@pytest.mark.parametrize(
    "announces",
    [
        f"Today I'm going to talk about boats, {FILLED}.",
        f"We now describe how the boats were counted, {FILLED}.",
        f"So let's start with the boats, {FILLED}.",
        f"So far we've talked about boats, {FILLED}.",
        f"The boats are listed in Table 4, {FILLED}.",
        f"Figure 2 shows the boats of the harbour, {FILLED}.",
    ],
)
def test_what_only_announces_is_worth_less(announces: str) -> None:
    assert worth(announces) < worth(f"The harbour keeps boats, {FILLED}.") - ANNOUNCED / 2


@pytest.mark.parametrize(
    "says",
    [
        f"The keepers described the boats, {FILLED}.",
        f"The boats of the keepers sink, {FILLED}, which is a thing that we discuss.",
        f"Figure 2 shows why the harbour's boats sink: they are old, {FILLED}.",
        f"Let's say that the boats are ours, {FILLED}.",
        f"Reviewers outline the harbour and its boats, {FILLED}.",
    ],
)
def test_what_says_something_does_not_announce(says: str) -> None:
    assert worth(says) >= worth(f"The harbour has boats, {FILLED}.") - ANNOUNCED / 2


@pytest.mark.parametrize(
    ("text", "question", "added"),
    [
        ("A slack tide is the hour in which the water stands.", "What is a slack tide?", DEFINES),
        ("Slack tide means that the water stands.", "What does slack tide mean?", DEFINES),
        ("By a slack tide the keepers mean an hour of rest.", "slack tide?", 0.0),
        ("A slack tide is deep and calm.", "What is a slack tide?", 0.0),
        ("The bell that is rung twice at every slack tide in winter is the oldest.", "What is a slack tide?", 0.0),
        ("A slack tide is the hour in which the water stands.", "Why is there a slack tide?", 0.0),
    ],
)
def test_the_form_that_was_asked_for(text: str, question: str, added: float) -> None:
    assert answering_form(text, question, content_words(question)) == added


def test_citations_are_told_and_a_list_of_them_takes_no_longer_than_its_length() -> None:
    assert (
        without_citations("It is so (Hale, 2031; Brook, 2030a) and so [12, 14] (in 1999 and later).")
        == "It is so  and so  (in 1999 and later)."
    )
    listed = "; ".join(f"Keeper, 20{number:02}" for number in range(60))
    assert without_citations(f"It is so ({listed}, inter alia).") == f"It is so ({listed}, inter alia)."
