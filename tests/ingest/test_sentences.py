from __future__ import annotations

import pytest

from ingest.sentences import ends_sentence, sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The lamp went out.", "Nobody saw it.", "Who would?"],
        ["Quire et al. (2022) counted them.", "See Fig. 3 and Sec. 4 for more.", "It is so, i.e. nearly."],
        ["Dr. Hale came first.", "A. B. Hale came second."],
        ["They took lamps, books, etc.", "The rest was left."],
        ["It rose by 3.5 % in 2031.", "Then it fell."],
        ["It tells x from y.", "Lamps do not.", "It is seen by M.", "The lamp is not."],
        ["See p. Nine of it.", "It is by A. Quire and B. Hale."],
        ['She asked "Why?" and left.', "(It was late.)", "[So they say.]"],
    ],
)
def test_a_text_is_cut_at_the_ends_of_sentences_only(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_break_before_a_small_letter_is_none() -> None:
    assert sentences("We used approx. two lamps. They burnt for 3 hrs. each.")[-1] == "They burnt for 3 hrs. each."


def test_a_capital_ends_a_sentence_only_where_another_begins_behind_it() -> None:
    assert ends_sentence("named by M.", " The lamp is not.")
    assert not ends_sentence("named by M.", " Quire.")


def test_line_ends_do_not_part_sentences_and_stay_in_the_text() -> None:
    assert sentences("The lamp\r\nwent out. The led\x02ger\nstayed.  ") == ["The lamp\r\nwent out.", "The led\x02ger\nstayed."]


def test_spans_count_in_the_text_itself() -> None:
    text = "  One lamp burns.\n\n  Two lamps burn longer. "
    spans = sentence_spans(text)
    assert [(span.start, span.end) for span in spans] == [(2, 17), (21, 43)]


def test_nothing_but_white_space_has_no_sentence() -> None:
    assert sentence_spans(" \n\t ") == []


@pytest.mark.parametrize("text", ["It ends.", "Does it?", "It does!", "(It does.)", 'He said "so."', "It ends. \n", "It ends…"])
def test_what_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It goes", "It goes on,", "as in Fig.", "Quire et al.", "see p.", "named by A.", ""])
def test_what_does_not(text: str) -> None:
    assert not ends_sentence(text)
