"""Follow-ups stand alone; questions that stand alone already are left as they are."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Citation, Locator
from bot.followup import Exchange, Standalone, exchange_of, is_sensible, standalone
from bot.leaning import leans, turns_to
from corpus.bibliography import catalogue
from corpus.errors import ModelUnreachable
from corpus.essays import essays
from corpus.works import Author, Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HALE = Work("hale-2030", "Tides", (Author("Hale", "Ada"),), 2030)
BROOK = Work("brook-2029", "Mills and Ponds", (Author("Brook", "Otto"), Author("Weir", "Una")), 2029)
LAMB = Work("lamb-2031", "Lamps", (Author("Lamb", "Ida"), Author("Moss", "Eli"), Author("Reed", "Kay")), 2031)
WORKS = [HALE, BROOK, LAMB]

ALL = Exchange("Is forgetting all we need?", "Is forgetting all we need?", ("hale-2030", "lamb-2031", "brook-2029"))
ONE = Exchange("What does Hale say about tides?", "What does Hale say about tides?", ("hale-2030",))
HOW = Exchange("How does Lamb light a lamp?", "How does Lamb light a lamp?", ("lamb-2031", "hale-2030"))

HOW_ALONE = replace(HOW, works=("lamb-2031",))
OF_HALE = Exchange("and for Hale?", "According to Hale, is forgetting all we need?", ("hale-2030",))


def told(question: str, *earlier: Exchange) -> Standalone:
    return standalone(question, earlier, WORKS)


@pytest.mark.parametrize(
    ("question", "last", "text", "only"),
    [
        ("and for Hale?", ALL, "According to Hale, is forgetting all we need?", ("hale-2030",)),
        ("And for hale?", ALL, "According to Hale, is forgetting all we need?", ("hale-2030",)),
        ("What about Lamb?", ONE, "What does Lamb say about tides?", ("lamb-2031",)),
        ("How about Hale?", HOW, "How does Hale light a lamp?", ("hale-2030",)),
        ("Hale?", ONE, "What does Hale say about tides?", ("hale-2030",)),
        ("Does Hale agree?", HOW, "How does Hale light a lamp?", ("hale-2030",)),
        ("Does Hale say why?", ALL, "According to Hale, is forgetting all we need? Why?", ("hale-2030",)),
        ("and the second one?", ALL, "According to Lamb et al., is forgetting all we need?", ("lamb-2031",)),
        ("What about the last?", ALL, "According to Brook and Weir, is forgetting all we need?", ("brook-2029",)),
        ("and the other paper?", HOW, "How does Hale light a lamp?", ("hale-2030",)),
        (
            "how do they differ?",
            ALL,
            "Is forgetting all we need? How do Hale, Lamb et al. and Brook and Weir differ?",
            ("hale-2030", "lamb-2031", "brook-2029"),
        ),
        ("Do Hale and Lamb agree?", ALL, "Is forgetting all we need? Do Hale and Lamb agree?", ("hale-2030", "lamb-2031")),
        ("why?", ALL, "Forgetting all we need: why?", ()),
        ("Why not", ALL, "Forgetting all we need: why not?", ()),
        ("Can you give an example?", ALL, "Forgetting all we need: can you give an example?", ()),
        ("does she say why?", ONE, "Tides: does Hale say why?", ("hale-2030",)),
        ("What is her objection to moorings?", ONE, "What is Hale's objection to moorings?", ("hale-2030",)),
        ("What about moorings?", ONE, "What does Hale say about moorings?", ()),
        ("What about moorings?", HOW, "Lamb light a lamp: what about moorings?", ()),
        ("Is it cheap?", HOW, "Lamb light a lamp: is it cheap?", ()),
        ("How many wicks does it have?", HOW, "Lamb light a lamp: how many wicks does it have?", ()),
        ("Is that enough?", ALL, "Forgetting all we need: is that enough?", ()),
        ("and the wick?", HOW, "Lamb light a lamp: the wick?", ()),
    ],
)
def test_a_follow_up_carries_over_the_terms_and_works_of_the_last_turn(
    question: str, last: Exchange, text: str, only: tuple[str, ...]
) -> None:
    alone = told(question, last)
    assert (alone.text, alone.altered) == (text, True)
    assert set(alone.only) == set(only)


@pytest.mark.parametrize(
    "question",
    [
        "What does Hale say about boats?",
        "And what does Hale say about boats?",
        "Is it possible to count boats at night?",
        "How long does it take to fill a mill pond?",
        "Why is 'it burns, so who cares' not good enough for Lamb?",
        "Which boats does a harbour forget, and why does it forget them?",
        "For which of its moorings does the harbour keep a bell?",
        "Spring tides?",
        "What about the claim, made by every keeper of every harbour, that boats come home?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert told(question, ALL) == Standalone(question)


@pytest.mark.parametrize("question", ["why?", "and for Hale?", "how do they differ?"])
def test_the_first_question_leans_on_nothing(question: str) -> None:
    assert told(question) == Standalone(question)


@pytest.mark.parametrize(
    ("question", "last", "text", "only"),
    [
        ("who else says so?", ONE, "What do others say about tides?", ("brook-2029", "lamb-2031")),
        ("Do the others agree?", HOW_ALONE, "How do others light a lamp?", ("hale-2030", "brook-2029")),
        ("what about the others?", OF_HALE, "Is forgetting all we need?", ("brook-2029", "lamb-2031")),
        ("and other papers?", ONE, "What do others say about tides?", ("brook-2029", "lamb-2031")),
    ],
)
def test_others_are_the_works_that_the_last_answer_did_not_cite(
    question: str, last: Exchange, text: str, only: tuple[str, ...]
) -> None:
    alone = told(question, last)
    assert alone.text.startswith(text)
    assert set(alone.only) == set(only)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What do these works say about moorings?", "What do the works say about moorings?"),
        ("what do they say about moorings?", "What do the works say about moorings?"),
        ("How do these three papers count boats?", "How do the works count boats?"),
    ],
)
def test_these_works_are_asked_of_their_own_matter_and_not_of_the_last_question(question: str, text: str) -> None:
    assert told(question, ALL) == Standalone(text, ALL.works, altered=True)


def test_what_was_asked_of_one_work_and_answered_from_it_alone_is_asked_of_it_still() -> None:
    assert told("why?", ONE).only == ("hale-2030",)
    assert told("in numbers?", ONE).only == ("hale-2030",)
    assert told("why?", HOW).only == ()  # another one was heard too


CURT = (
    "in numbers? / By how much? / how much worse? / On which tides? / how many boats? / which boats? / why not brighter? / "
    "why so few? / why a wick? / since when do they know? / For small boats? / give me a quote / who came up with it? / "
    "how many keepers counted them? / who else uses it? / how long did that take? / What caused it?"
).split(" / ")


@pytest.mark.parametrize("question", CURT)
def test_what_is_curt_leans(question: str) -> None:
    alone = told(question, ALL)
    assert alone.altered
    assert alone.text == f"Forgetting all we need: {question[:1].lower()}{question[1:].rstrip('?')}?"


@pytest.mark.parametrize(
    "question",
    [
        "Which boats were counted?",
        "How long does it take to count boats?",
        "What does it mean to count a boat?",
        "Can you train a keeper by rewarding it?",
        "What happens to a lamp after you trim it?",
        "How does rain on a lamp change it?",
        "How do keepers count boats and name them?",
        "Does a harbour know what changes it?",
        "In harbour lighting",
    ],
)
def test_what_only_looks_curt_stands_alone(question: str) -> None:
    assert told(question, ALL) == Standalone(question)


def test_they_are_the_works_of_more_than_one_turn_where_each_had_one() -> None:
    other = Exchange("and Lamb?", "What does Lamb say about tides?", ("lamb-2031",))
    alone = told("how do they differ?", ALL, ONE, other)
    assert alone.text == "What does Lamb say about tides? How do Hale and Lamb et al. differ?"
    assert alone.only == ("hale-2030", "lamb-2031")


def test_works_that_are_carried_over_are_heard() -> None:
    assert told("why?", ALL).works == ("hale-2030", "lamb-2031", "brook-2029")
    assert told("why?", ONE).works == ("hale-2030",)
    assert told("and for Lamb?", ONE).works == ("lamb-2031",)


def test_a_question_asked_again_of_another_work_is_known_as_the_same() -> None:
    assert told("and for Hale?", ALL).again == ALL.query
    again = Exchange("and for Hale?", "According to Hale, Is forgetting all we need?", ("hale-2030",))
    assert told("and for Lamb?", again).again == "Is forgetting all we need?"
    assert told("why?", ALL).again == ALL.query  # a question of an essay keeps what its essay knows of it
    assert told("in numbers?", ALL).again is None
    assert told("Does Hale say why?", ALL).again is None


def test_a_long_talk_does_not_pile_up() -> None:
    turns = [ALL]
    for question in ["why?", "and how?", "is that enough?", "can you give an example?"] * 5:
        turns.append(Exchange(question, told(question, *turns).text, ALL.works))
    assert turns[-1].query == "Forgetting all we need: can you give an example?"


WHAT = Exchange("What is a tidal bell?", "What is a tidal bell?", ("hale-2030",))
QUESTIONS_OF_A_BELL = {
    "does it hurt?": ("Does a tidal bell hurt?", False),
    "who rings it?": ("Who rings a tidal bell?", False),
    "why so loud?": ("A tidal bell: why so loud?", True),
    "on which tides?": ("A tidal bell: on which tides?", True),
    "what can go wrong?": ("A tidal bell: what can go wrong?", True),
    "on what was it hung?": ("On what was a tidal bell hung?", False),
    "how many ropes did that need?": ("How many ropes did a tidal bell need?", False),
    "why?": ("A tidal bell: why?", False),
    "give me a quote": ("A tidal bell: give me a quote?", False),
}


@pytest.mark.parametrize("question", QUESTIONS_OF_A_BELL)
def test_the_topic_alone_is_carried_over_and_the_own_words_are_searched_beside_it(question: str) -> None:
    text, beside = QUESTIONS_OF_A_BELL[question]
    alone = told(question, WHAT)
    assert alone.text == text
    assert alone.facets == ((f"{question[:1].upper()}{question[1:]}",) if beside else ())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("when do they turn?", "According to Lamb, when do lamps turn?"),
        ("do they say why?", "Lamps: do Lamb say why?"),
    ],
)
def test_they_are_the_authors_only_where_they_do_what_authors_do(question: str, text: str) -> None:
    of_lamps = Exchange("What does Lamb say about lamps?", "What does Lamb say about lamps?", ("lamb-2031",))
    assert told(question, of_lamps).text == text


def test_what_is_theirs_is_no_single_authors() -> None:
    assert told("what is their price?", ONE).text == "According to Hale, what is tides' price?"


def test_why_one_holds_it_is_asked_of_another_as_whether() -> None:
    why = Exchange("Why does Hale reject bells?", "Why does Hale reject bells?", ("hale-2030",))
    alone = told("and Lamb?", why)
    assert (alone.text, alone.carried) == ("Does Lamb reject bells, and why?", "reject bells")
    assert told("and Hale?", why).text == "Why does Hale reject bells?"
    assert told("and Hale?", why).carried == ""


SAID = Citation(1, HALE, "annotation", Locator(page=3), statement="Tides forget.")
SAID_TOO = replace(SAID, statement="Tides return.")


def test_what_was_cited_of_the_matter_is_not_to_be_said_again() -> None:
    told_of = replace(WHAT, cited=(SAID,))
    assert told("why so loud?", told_of).said == (SAID,)
    louder = Exchange("why so loud?", "A tidal bell: why so loud?", ("hale-2030",), (SAID_TOO,))
    assert told("who rings it?", told_of, louder).said == (SAID_TOO, SAID)
    assert told("who rings it?", told_of, replace(WHAT, cited=(SAID_TOO,))).said == (SAID_TOO,)


@pytest.mark.parametrize("question", ["which page?", "give me a quote", "who says so?", "in short?", "and Hale?", "What is tar?"])
def test_who_asks_for_what_was_said_or_for_another_matter_is_told_it(question: str) -> None:
    assert told(question, replace(WHAT, cited=(SAID,))).said == ()


def test_a_question_that_has_a_colon_of_its_own_is_not_taken_for_a_topic() -> None:
    asked = "Bells: what are they?"
    assert told("why?", ALL, Exchange(asked, asked, ())).text == "Bells: what are they: why?"


FOLLOWING = "and what about Hale he they it the second one first other why how do differ According to , ? . tides ' Lamb's"
WORDS = st.lists(st.sampled_from(FOLLOWING.split()), max_size=12).map(" ".join)


@given(st.one_of(st.text(max_size=60), WORDS), st.one_of(st.text(max_size=60), WORDS))
def test_whatever_is_asked_after_whatever_was_searched_something_is_searched(question: str, query: str) -> None:
    alone = told(question, Exchange(query, query, ("hale-2030", "nobody-1900", "lamb-2031")))
    assert alone.text == question or alone.altered
    assert bool(alone.text.strip()) or not question.strip()
    assert set(alone.only) <= {work.key for work in WORKS}


def test_what_would_be_far_too_long_is_asked_as_it_is() -> None:
    long = Exchange("", "Is it so that " + "very " * 390 + "old boats are forgotten by Hale?", ())
    assert told("And is it also not a little too long to be asked again in the very same words?", long).altered is False


def test_an_exchange_is_what_was_asked_searched_and_cited() -> None:
    from tests.ui.sample import ANSWERS

    answer = next(answer for answer in ANSWERS if answer.citations)
    exchange = exchange_of(answer)
    assert (exchange.question, exchange.query) == (answer.question, answer.query)
    assert exchange.cited == answer.citations
    assert list(exchange.works) == list(dict.fromkeys(citation.work.key for citation in answer.citations))
    assert exchange_of(Answer("why?", "Why are boats forgotten?", "abstained")).works == ()


@pytest.mark.parametrize(
    ("question", "to"),
    [("what about Hale?", "Hale"), ("And for the tides", "the tides"), ("For Hale?", None), ("Why tides?", None)],
)
def test_what_a_question_turns_to(question: str, to: str | None) -> None:
    assert turns_to(question) == to


class Told:
    """Rephrases as it was told to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[str] = []

    def rephrase(self, question: str, earlier: Sequence[Exchange]) -> str:
        assert earlier
        self.asked.append(question)
        return self.text


class Broken:
    """Cannot be reached."""

    def rephrase(self, question: str, earlier: Sequence[Exchange]) -> str:
        raise ModelUnreachable("The model did not answer.", remedy="Ask again.")


def test_a_rephraser_is_believed_where_it_gives_one_sensible_question() -> None:
    told_so = Told("Does Hale say why tides\nmatter?")
    alone = standalone("does she say why?", [ONE], WORKS, told_so)
    assert (alone.text, alone.works, alone.altered) == ("Does Hale say why tides matter?", ("hale-2030",), True)
    assert standalone("What does Hale say about boats?", [ONE], WORKS, told_so).altered is False
    assert told_so.asked == ["does she say why?"]
    assert standalone("why so high?", [replace(ONE, cited=(SAID,))], WORKS, told_so).said == (SAID,)
    assert standalone("why so high?", [ONE], WORKS, told_so).facets == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Why?",
        "Hale says so because of the moon.",
        "Does Hale say why? Does Lamb?",
        "Hale does. Does Hale say why tides matter?",
        "Does Hale say why tides matter [1]?",
        "Does **Hale** say why tides matter?",
        "See https://example.com for what Hale says about tides?",
        "Does Brook say why tides matter?",
        "Does " + "Hale " * 70 + "say why?",
        "Why is it so?",
    ],
)
def test_anything_else_of_a_rephraser_is_not_believed(text: str) -> None:
    assert standalone("does she say why?", [ONE], WORKS, Told(text)) == told("does she say why?", ONE)
    assert not is_sensible(text, {"hale-2030"}, WORKS)


def test_a_rephraser_that_fails_is_done_without() -> None:
    assert standalone("does she say why?", [ONE], WORKS, Broken()) == told("does she say why?", ONE)


def test_no_question_of_an_essay_leans_as_it_is_restated() -> None:
    works = list(catalogue().values())
    asked = [question.standalone for essay in essays().values() for question in essay.questions]
    assert len(asked) >= 22
    assert [question for question in asked if leans(question, works)] == []


@pytest.mark.papers
def test_no_development_question_leans(papers: Path) -> None:
    works = list(catalogue().values())
    lines = [line for file in sorted((papers.parent / "qa").glob("*.jsonl")) for line in file.read_text().splitlines()]
    asked = [json.loads(line)["question"] for line in lines]
    assert len(asked) > 150
    assert [question for question in asked if leans(question, works)] == []


def test_others_are_those_who_were_not_heard_also_after_an_abstention() -> None:
    silent = Exchange("why?", "Forgetting all we need: why?", ())
    heard = replace(ONE, works=("hale-2030", "brook-2029"))
    assert told("who else?", heard).only == ("lamb-2031",)
    assert told("who else?", heard, silent).only == ("lamb-2031",), "an abstention cites nobody"
