"""A question made ready: what is refused, what is cleaned away, and which works it names."""

from __future__ import annotations

import pytest

from bot.question import LONGEST, clean, content_words, make_query, named_works
from corpus.errors import QuestionError
from corpus.works import Author, Work

WHEEL = Work("van-den-oord-2017", "Waterwheels of the Lower Mill", (Author("van den Oord", "Aaf"),), 2017)
MILL = Work("mill-2018", "ORE: On Remembering Everything", (Author("Mill", "Jo"),), 2018)
MILLS_SECOND = Work("mill-2021", "Ledgerless. A Second Winter without Ledgers", (Author("Mill", "Jo"),), 2021)
BARE = Work("wick-guide", "Trimmer: a Field Guide")
TWO = Work("ko-2019", "A Lock and Its Keepers", (Author("Ko", "Jin"), Author("Lockwood", "Ida")), 2019)
MANY = Work("rust-2020", "Hinges", (Author("Rust", "A"), Author("Oyler", "B"), Author("Tinker", "C")), 2020)
HAND = Work("sallow-on-lamps", "Sallow on lamps")
SHORT = Work("li-2022", "Of Brine", (Author("Li", "Wen"), Author("So", "Ada")), 2022)
WORKS = (WHEEL, MILL, MILLS_SECOND, BARE, TWO, MANY)


@pytest.mark.parametrize(
    "question", ["", "   \n\t ", "\x00\x01\x1b\x7f", "\u200b\u200d\ufeff\u2060", "?!… —", "\ud800", "\U000e0041"]
)
def test_where_nothing_is_asked_a_person_is_told_what_to_do(question: str) -> None:
    with pytest.raises(QuestionError) as caught:
        make_query(question)
    assert caught.value.message == "There is no question."
    assert "pincite ask" in caught.value.remedy


def test_ten_thousand_characters_are_too_many() -> None:
    with pytest.raises(QuestionError, match="10,000 characters") as caught:
        make_query("a lamp or " * 1000)
    assert caught.value.remedy


def test_a_question_as_long_as_allowed_is_kept_whole() -> None:
    question = ("lamp " * LONGEST)[: LONGEST - 1].rstrip()
    assert make_query(question).text == question


@pytest.mark.parametrize(
    ("asked", "cleaned"),
    [
        ("  What\tis \n a   ledger? ", "What is a ledger?"),
        ("What\x00is\x1ba ledger?", "What is a ledger?"),
        ("What is com\u00adpres\u200bsion\ufeff?", "What is compression?"),
        ("\u202eWhat is\u202c a ledger?", "What is a ledger?"),
        ("What\u00a0is\u3000a ledger?", "What is a ledger?"),
        ("What is a ledger?\U000e0049\U000e0067", "What is a ledger?"),
        ("What is \ud83d a ledger?", "What is a ledger?"),
        ("Was ist Größe, naïve Ødipus 記憶?", "Was ist Größe, naïve Ødipus 記憶?"),
    ],
)
def test_control_and_invisible_characters_go_and_no_word_is_parted(asked: str, cleaned: str) -> None:
    assert clean(asked) == cleaned
    assert make_query(asked).question == cleaned


def test_content_words_come_once_in_order_without_the_words_of_asking() -> None:
    words = content_words("How does the Clerk's ledger, and the clerk’s self-made LEDGER, keep 91.4 % of it?")
    assert words == ["clerk", "ledger", "self-made", "keep", "91.4"]


def test_a_question_of_stop_words_alone_has_no_content_words() -> None:
    assert content_words("What is this about?") == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does van den Oord say of rivers?", ["van-den-oord-2017"]),
        ("Does Mill's winter last?", ["mill-2018", "mill-2021"]),
        ("Does Mill (2021) repeat it?", ["mill-2021"]),
        ("In mill-2018, what is remembered?", ["mill-2018"]),
        ("Is wick-guide right?", ["wick-guide"]),
        ("What does the ORE paper leave out?", ["mill-2018"]),
        ("Is the Trimmer guide of use?", ["wick-guide"]),
        ("Who built the waterwheels of the lower mill?", ["van-den-oord-2017"]),
        ("How do Ko and Lockwood differ from Rust?", ["ko-2019", "rust-2020"]),
        ("Does Oyler or Tinker say so?", []),
        ("Does the mill need a trimmer, or ore?", []),
        ("What do Millers eat?", []),
    ],
)
def test_a_question_names_works_by_author_year_key_title_or_initials(question: str, named: list[str]) -> None:
    assert named_works(question, WORKS) == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does a pond hold, and what does Li's pond do?", ["li-2022"]),
        ("Does the keeper follow Li et al.?", ["li-2022"]),
        ("Li! Is that a pond?", []),
        ("Li, is that a pond?", []),
        ("What cried the keeper: Li, or nothing?", []),
        ("Is a LI pond salt?", []),
        ("Does the Li-brine taste of li?", []),
        ("Why So Few Ponds?", []),
        ("Is the Li pond salt?", []),
    ],
)
def test_a_family_name_of_two_letters_is_heard_where_it_can_be_no_word(question: str, named: list[str]) -> None:
    assert named_works(question, (*WORKS, SHORT)) == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What should be lit first, according to Sallow?", ["sallow-on-lamps"]),
        ("Why does Sallow's lamp smoke?", ["sallow-on-lamps"]),
        ("Sallow lamps, are they bright?", []),
        ("Is a sallow lamp bright?", []),
        ("Does the Sallow burn?", []),
        ("WHY DO SALLOW LAMPS SMOKE?", []),
        ("What does Mill say of On?", ["mill-2018", "mill-2021"]),
    ],
)
def test_a_work_without_authors_is_named_by_what_its_key_begins_with(question: str, named: list[str]) -> None:
    assert named_works(question, (*WORKS, HAND, Work("on-lamps", "On lamps"))) == named


def test_works_that_are_named_or_cited_are_heard_and_none_is_left_out_for_it() -> None:
    query = make_query("Does Mill 2018 hold?", known=WORKS, cited=["wick-guide"])
    assert query.heard == {"mill-2018", "wick-guide"}
    assert query.works == frozenset()


@pytest.mark.parametrize(
    ("question", "judgement"),
    [
        ("Is compression enough?", True),
        ("Can an archive remember?", True),
        ("How could a ledger be improved?", True),
        ("What if the lamp goes out?", True),
        ("How many archives were visited?", False),
        ("What is a day ledger?", False),
        ("Is Mill 2018 about winters?", False),
    ],
)
def test_a_questions_form_tells_that_it_asks_for_a_judgement_and_never_that_it_is_open(question: str, judgement: bool) -> None:
    query = make_query(question, known=WORKS)
    assert (query.open, query.judgement) == (False, judgement)


@pytest.mark.parametrize(
    ("question", "judgement"),
    [
        ("Do bigger mills become louder?", False),
        ("Is the oil or the wick more expensive in the long trial?", False),
        ("Does adding clerks make the ledger less tidy?", False),
        ("Are tin lamps better than glass ones?", False),
        ("Is a tin lamp brighter than a glass one?", False),
        ("Does a second wick reduce the smoke?", False),
        ("Did the pond freeze?", False),
        ("Were the clerks paid by the page?", False),
        ("Is remembering more than writing down?", True),
        ("Is a ledger a tool rather than a friend?", True),
        ("Is more light enough for an archive?", True),
        ("Does a better lamp always help?", True),
        ("Is a ledger really just better remembering?", True),
        ("Is it better to forget than to err?", True),
        ("Should more lamps be lit?", True),
        ("Could a larger mill become quiet?", True),
        ("Do mills think?", True),
    ],
)
def test_whether_more_or_less_was_found_is_no_judgement(question: str, judgement: bool) -> None:
    assert make_query(question).judgement is judgement


@pytest.mark.parametrize("is_open", [True, False])
def test_whoever_knows_whether_a_question_is_open_is_believed(is_open: bool) -> None:
    query = make_query("Is it so?", is_open=is_open)
    assert (query.open, query.judgement) == (is_open, False)


def test_what_stands_alone_is_searched_and_what_was_asked_is_kept() -> None:
    query = make_query(" Is it  enough? ", standalone="Is a day ledger\x00 enough?", name="q1", asked_by="essay/q1")
    assert (query.question, query.text, query.id, query.asked_by) == (
        "Is it enough?",
        "Is a day ledger enough?",
        "q1",
        "essay/q1",
    )
