"""What a follow-up is about, and the one question that is made of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.antecedent import Antecedent, antecedent, asked_of


@pytest.mark.parametrize(
    ("question", "words", "is_noun", "who"),
    [
        ("What is a tidal bell?", "a tidal bell", True, ""),
        ("What's a tidal bell", "a tidal bell", True, ""),
        ("What is meant by slack water?", "slack water", True, ""),
        ("What does Hale say about tides?", "tides", True, "Hale"),
        ("What do Brook and Weir mean by a mill pond?", "a mill pond", True, "Brook and Weir"),
        ("According to Hale, what is a bell?", "a bell", True, "Hale"),
        ("According to Hale, is forgetting all we need?", "forgetting all we need", False, "Hale"),
        ("Is forgetting all we need?", "forgetting all we need", False, ""),
        ("How does Lamb light a lamp?", "Lamb light a lamp", False, ""),
        ("How long were the ropes that keepers measured?", "the ropes that keepers measured", False, ""),
        ("Which boats does a harbour forget?", "boats a harbour forget", False, ""),
        ("Why?", "Why", False, ""),
        ("What is a bell used for in the fog?", "a bell used for in the fog", False, ""),
        ("What are the lamp, the bell and the rope?", "the lamp, the bell and the rope", False, ""),
    ],
)
def test_the_topic_of_a_question(question: str, words: str, is_noun: bool, who: str) -> None:
    assert antecedent(question) == Antecedent(words, is_noun, who)


BELL, BELLS, HALES = Antecedent("a tidal bell", True), Antecedent("bells", True), Antecedent("tides", True, "Hale")
LIT = Antecedent("Lamb light a lamp")


@pytest.mark.parametrize(
    ("question", "about", "text"),
    [
        ("Does it hurt?", BELL, "Does a tidal bell hurt?"),
        ("Who rings it?", BELL, "Who rings a tidal bell?"),
        ("How are they rung?", BELLS, "How are bells rung?"),
        ("What is its sound?", BELL, "What is a tidal bell's sound?"),
        ("What is their sound?", BELLS, "What is bells' sound?"),
        ("What comes of that?", BELL, "What comes of a tidal bell?"),
        ("Is that so?", BELL, "A tidal bell: is that so?"),
        ("Is that really true?", BELL, "A tidal bell: is that really true?"),
        ("Why so loud?", BELL, "A tidal bell: why so loud?"),
        ("Why so high?", HALES, "Hale on tides: why so high?"),
        ("When do they turn?", HALES, "According to Hale, when do tides turn?"),
        ("Is it cheap?", LIT, "Lamb light a lamp: is it cheap?"),
        ("UV light too?", LIT, "Lamb light a lamp: UV light too?"),
    ],
)
def test_the_topic_takes_the_place_of_a_pronoun_or_stands_before(question: str, about: Antecedent, text: str) -> None:
    assert asked_of(question, about) == text


@given(st.text(max_size=80), st.text(max_size=40))
def test_whatever_was_asked_something_is_made_of_it(question: str, following: str) -> None:
    assert antecedent(question).words or not any(letter.isalnum() for letter in question)
    assert asked_of(following, antecedent(question)) or not following
