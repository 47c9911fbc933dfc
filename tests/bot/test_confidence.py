"""How sure the library may be: between 0 and 1, moved by nearness, by names that stand nowhere and by amounts nobody gives."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answers import Hit, Query
from bot.confidence import HIGHEST, WEIGHTS, Signs, confidence, likely, signs_of
from bot.confidence.amounts import amount_asked, gives
from bot.confidence.names import missing_names, names_in, spellings, spoken, works_about
from bot.question import make_query
from bot.retrieve import AnnotationHit, Found, retrieve
from corpus.documents import Page, Sentence, Span, passage_on
from corpus.works import Author, Work
from tests.bot import made
from tests.bot.made import answer_to

if TYPE_CHECKING:
    from bot.reader import Reader

NOTHING = Found(Query("?", "?"), np.zeros(4, np.float32), ("lamp", "ledger"), (), (), {})


def hit(nearness: float, lexical: float = 1.0, text: str = "A lamp and a ledger.") -> Hit:
    passage = passage_on(Page(0, text), "0" * 64, [Sentence(Span(0, len(text)))])
    return Hit(passage, made.TIDES, nearness, nearness, (nearness,), lexical)


def annotated(nearness: float, *, bears: bool = False) -> AnnotationHit:
    return AnnotationHit(made.WICK, None, made.WICKS, nearness, np.zeros(4, np.float32), bears)


def found(question: str, *hits: Hit, notes: tuple[AnnotationHit, ...] = ()) -> Found:
    return replace(NOTHING, query=make_query(question), hits=hits, annotations=notes)


def asked(reader: Reader, question: str, *, works: tuple[str, ...] = ()) -> Signs:
    known = [record.work for record in reader.works().values()]
    return signs_of(reader, retrieve(reader, make_query(question, known=known, works=works)))


def sure(reader: Reader, *hits: Hit, notes: tuple[AnnotationHit, ...] = ()) -> float:
    return confidence(reader, replace(NOTHING, hits=hits, annotations=notes)).value


def test_where_nothing_is_found_it_is_not_sure(reader: Reader) -> None:
    assert 0 <= sure(reader) < 0.1


def test_nearer_passages_make_surer(reader: Reader) -> None:
    assert sure(reader) < sure(reader, hit(0.3)) < 0.5 < sure(reader, hit(0.5)) < sure(reader, hit(0.7))


def test_nearer_annotations_make_surer_and_far_ones_do_no_harm(reader: Reader) -> None:
    assert sure(reader, hit(0.3), notes=(annotated(0.6),)) > sure(reader, hit(0.3))
    assert sure(reader, hit(0.5), notes=(annotated(-0.2),)) >= sure(reader, hit(0.5))
    assert sure(reader, notes=(annotated(0.6),)) > sure(reader)


def test_nearness_counts_for_less_where_none_of_the_words_stands_anywhere(reader: Reader) -> None:
    assert sure(reader, hit(0.4, lexical=0.0)) < 0.5 < sure(reader, hit(0.4))
    assert sure(reader, hit(0.4, lexical=0.0), hit(0.2, lexical=0.1)) == sure(reader, hit(0.4))
    far = sure(reader, hit(0.3, lexical=0.0), notes=(annotated(0.6),))
    assert far == sure(reader, notes=(annotated(0.6),))


@pytest.mark.parametrize("nearness", [-1.0, 0.0, 0.5, 1.0, 1.25])
def test_it_is_a_probability_whatever_was_found(reader: Reader, nearness: float) -> None:
    assert 0 <= sure(reader, *[hit(nearness)] * 6, notes=(annotated(nearness),)) <= HIGHEST


def test_a_missing_name_and_a_missing_amount_each_outweigh_nearness() -> None:
    assert likely(Signs(0.6)) > 0.8
    assert likely(Signs(0.6, missing=("Kraken-9",))) < 0.1
    assert likely(Signs(0.6, amount="lamps")) < 0.2


def test_the_weights_name_their_sets_and_licences() -> None:
    fitted = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(fitted["weights"]) == {"constant", *Signs(0.0).row}
    assert "Apache-2.0" in fitted["sets"].values()
    assert fitted["weights"]["nearness"] > 0 > fitted["weights"]["missing"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does Keeper say about ChatGPT?", ["Keeper", "ChatGPT"]),
        ("Why is the GPT-4 model better than LLaMA's?", ["GPT-4", "LLaMA"]),
        ("How does KOSMOS-1 do on a GPT-style test?", ["KOSMOS-1"]),
        ("Did AI-generated pages help?", []),
        ("What did he write in 2017, or by 64?", []),
        ("Lamps? Ledgers! “Harbours”", []),
        ("RMs grow. DPO too.", ["RMs", "DPO"]),
        ("What Is The Best Lamp For Small Archives", []),
        ("WHAT IS A DAY LEDGER FOR?", []),
        ("what is rlhf good for", []),
        ("Is O'Neil's view that of Saint-Exupéry?", ["O'Neil", "Saint-Exupéry"]),
    ],
)
def test_names_are_told_from_other_words(question: str, names: list[str]) -> None:
    assert names_in(question) == names


def test_a_name_is_missing_where_none_of_the_works_asked_about_has_it() -> None:
    standing = {"Keeper": {"a": 3, "b": 1}, "ChatGPT": {"b": 1}, "RoPE": {}}
    assert missing_names(standing, frozenset({"a"})) == ("ChatGPT", "RoPE")
    assert missing_names(standing, frozenset()) == ("RoPE",)


def test_a_name_is_known_however_it_is_spelt() -> None:
    assert spellings("BetaZero") == ("BetaZero", "Beta Zero")
    assert spellings("KRAKEN-9") == ("KRAKEN-9", "KRAKEN 9", "KRAKEN9")
    assert all(spoken("Beta-Zero", text) for text in ("Beta zero won.", "by BetaZero's play", "two betazeros"))
    assert not any(spoken("Beta-Zero", text) for text in ("a beta", "Alphabeta zero", "beta zeroes in", "beta and zero"))


def test_a_name_that_the_work_writes_apart_is_not_missing(own_reader: Reader) -> None:
    made.add_text(
        own_reader,
        Work("zoll-2036", "An Evening", (Author("Zoll", "Eva"),), 2036),
        "Talk\n\nSomething like beta zero plays with itself on every evening of the winter.\n",
    )
    assert asked(own_reader, "What is said of BetaZero on a winter evening?").missing == ()
    assert asked(own_reader, "What is said of GammaZero on a winter evening?").missing == ("GammaZero",)


def test_a_name_that_is_a_works_own_points_at_the_work() -> None:
    assert works_about({"KOSMOS-1": {"a": 9, "b": 1}}, ()) == {"a"}
    assert works_about({"KOSMOS-1": {"a": 4}}, ()) == frozenset()  # too seldom to be anybody's own
    assert works_about({"GPT": {"a": 9, "b": 5}}, ("c",)) == {"c"}


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("How many lamps were there?", "lamps"),
        ("On how many GPUs and for how many days was it trained?", "gpus"),
        ("How many of the other harbours lost a ledger?", "harbours"),
        ("How much were the clerks paid for an evening?", "money"),
        ("What was the average bill in dollars?", "money"),
        ("How much did it help?", None),
        ("How far can a lamp take us?", None),
        ("How many are there?", None),
        ("How many people kept the key?", None),
        ("Which ideas did the bill of rights use?", None),
    ],
)
def test_an_amount_is_asked_for_only_where_something_is_counted(question: str, amount: str | None) -> None:
    assert amount_asked(question) == amount


@pytest.mark.parametrize(
    ("amount", "text", "given"),
    [
        ("lamps", "We bought 14 of the new lamps.", True),
        ("lamps", "Three lamps stood there.", True),
        ("lamps", "The number of lamps was 12.", True),
        ("lamps", "The lamps are described in Section 3.", False),
        ("lamps", "Almanac (2014) has lamps.", False),
        ("lamps", "There were 12 ledgers, and a week after that the clerk also thought again about lamps.", False),
        ("queries", "It asked 5,500 query pairs.", True),
        ("money", "A lamp costs $3.", True),
        ("money", "A lamp costs as much as nine books.", False),
    ],
)
def test_an_amount_stands_beside_what_it_counts(amount: str, text: str, given: bool) -> None:
    assert gives(amount, [text]) is given


def test_a_name_that_stands_nowhere_is_found_missing(reader: Reader) -> None:
    assert asked(reader, "What does the keeper's ledger say about Zyzzyva?").missing == ("Zyzzyva",)
    assert asked(reader, "What does Quarry say about lamps?").missing == ()
    within = asked(reader, "What does Hale say about Quarry?", works=(made.TIDES.key,))
    assert (within.missing, within.about) == (("Quarry",), frozenset({made.TIDES.key}))


def test_a_work_that_is_not_here_to_be_read_says_nothing_by_its_silence(reader: Reader) -> None:
    assert asked(reader, "What does Trimmer say about Zyzzyva?").missing == ()
    assert asked(reader, "What is said of the Wick Prior?").missing == ()  # its title and annotations are known


def test_an_amount_that_the_works_give_is_not_missed(reader: Reader) -> None:
    assert asked(reader, "How many archives got a filament lamp?").amount is None
    assert asked(reader, "How many zebras are kept in an archive?").amount == "zebras"


def test_an_annotations_statement_may_give_the_amount(reader: Reader) -> None:
    note = annotated(0.5)
    note = replace(note, annotation=replace(note.annotation, statement="It saves seven candles a night."))
    assert signs_of(reader, found("How many candles does it save?", hit(0.5), notes=(note,))).amount is None
    assert signs_of(reader, found("How many candles does it save?", hit(0.5))).amount == "candles"


def test_where_two_readers_found_it_to_bear_no_word_is_held_against_it(reader: Reader) -> None:
    signs = signs_of(reader, found("How many zebras did Zyzzyva see?", hit(0.3), notes=(annotated(0.7, bears=True),)))
    assert (signs.missing, signs.amount) == ((), None)
    assert likely(signs) > 0.5


def test_the_message_says_what_is_missing(real_reader: Reader) -> None:
    answer = answer_to(real_reader, "What does the day ledger of a small archive say about ChatGPT?")
    assert (answer.status, answer.reason) == ("abstained", "not in library")
    assert "Nothing in the library speaks of ChatGPT." in (answer.message or "")
    answer = answer_to(real_reader, "How many zebras does a small archive keep beside its day ledger?")
    assert "has a number beside “zebras”" in (answer.message or "")
    named = answer_to(real_reader, "What does Hale (2030) say about ChatGPT in harbours?")
    assert "Nothing in Hale 2030 speaks of ChatGPT." in (named.message or "")


def test_random_letters_are_not_in_the_library(real_reader: Reader) -> None:
    assert confidence(real_reader, retrieve(real_reader, make_query("asdf qwerty zxcv"))).value < real_reader.threshold


def test_what_is_in_the_library_is_surer_than_what_is_not(real_reader: Reader) -> None:
    def of(question: str) -> float:
        return confidence(real_reader, retrieve(real_reader, make_query(question))).value

    here = [of("What share of its answers does an archive with a day ledger keep?"), of("Does a brighter lamp improve recall?")]
    not_here = [of("What is the boiling point of tungsten?"), of("Who won the chess tournament of Linares in 1993?")]
    assert min(here) > 0.5 > max(not_here)
