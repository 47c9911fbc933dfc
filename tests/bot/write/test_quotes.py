"""A model's quote is found in its passage, letter by letter, and widened to the sentences that it stands in."""

from __future__ import annotations

import pytest

from bot.write.quotes import find_sentences
from corpus.documents import Page, Passage, Sentence, Span, passage_on

TEXT = (
    "Nobody believes that the lamp saves 17.5 % of the oil.\n"
    "The keeper’s book is read in self-\nreliant houses. ¹\n"
    "A second line speaks of the “moon” and the tide.\n\n"
    "A stranger's sentence stands outside the passage."
)


def sentence(text: str, *, to: str | None = None) -> Sentence:
    start = TEXT.index(text)
    end = start + len(text) if to is None else TEXT.index(to) + len(to)
    return Sentence(Span(start, end))


FIRST = sentence("Nobody", to="of the oil.")
SECOND = sentence("The keeper’s", to="houses.")
THIRD = sentence("A second line", to="the tide.")
PAGE = Page(0, TEXT)
PASSAGE = passage_on(PAGE, "0" * 64, (FIRST, SECOND, THIRD))


def found(quote: str, passage: Passage = PASSAGE) -> tuple[Sentence, ...]:
    return find_sentences(PAGE, passage, quote)


def test_a_sentence_is_found() -> None:
    assert found("Nobody believes that the lamp saves 17.5 % of the oil.") == (FIRST,)


def test_a_part_of_a_sentence_stands_for_the_whole_so_that_no_denial_is_cut_off() -> None:
    assert found("the lamp saves 17.5 % of the oil") == (FIRST,)


def test_a_quote_over_two_sentences_needs_both() -> None:
    assert found("of the oil. The keeper’s book is read") == (FIRST, SECOND)


@pytest.mark.parametrize(
    "quote",
    [
        '"the lamp saves 17.5 % of the oil"',
        "“the lamp saves 17.5 % of the oil …”",
        "... the lamp saves 17.5 % of the oil...",
        "The keeper's book is read in selfreliant houses.",
        'speaks of the "moon" and the tide',
        "the  lamp\nsaves 17.5 % of the oil",
    ],
)
def test_marks_around_it_white_space_and_the_form_of_apostrophes_do_not_matter(quote: str) -> None:
    assert found(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "the lamp saves 17.6 % of the oil",
        "the lamp saves 17.5 of the oil",
        "the lamp saves 7.5 % of the oil",
        "the Lamp saves 17.5 % of the oil",
        "the lamp saves １７.5 % of the oil",
        "the lаmp saves 17.5 % of the oil",
        "the lamp saved 17.5 % of the oil",
        "believes that the lamp … of the oil",
        "ody believes that the lamp",
        "the moon saves all the oil",
        "houses. A second line speaks",
        "A stranger's sentence stands outside the passage.",
        "the lamp",
        "the",
        "",
        "…",
        "\x00\x1b",
        "(?=.*)",
    ],
)
def test_nothing_else_is_found(quote: str) -> None:
    assert found(quote) == ()


def test_what_is_too_long_to_be_read_is_not_taken() -> None:
    page = Page(0, f"A lamp {'and a lamp ' * 60}is lit. It shines on the mole.")
    passage = passage_on(page, "0" * 64, (Sentence(Span(0, page.text.index("lit.") + 4)),))
    assert find_sentences(page, passage, "and a lamp is lit.") == ()


LISTED = "The lamp has\r\n• a wick that is trimmed at dusk,\n– and a glass of green.\nEnd."


def of_list(*texts: str) -> tuple[Page, Passage]:
    page = Page(0, LISTED)
    spans = [Span(LISTED.index(text), LISTED.index(text) + len(text)) for text in texts]
    return page, passage_on(page, "0" * 64, [Sentence(span) for span in spans])


def test_the_items_of_a_list_may_be_quoted_without_their_bullets() -> None:
    page, passage = of_list("The lamp has", "a wick that is trimmed at dusk,", "and a glass of green.")
    assert (
        find_sentences(page, passage, "The lamp has a wick that is trimmed at dusk, and a glass of green.") == passage.sentences
    )
    assert find_sentences(page, passage, "a wick that is trimmed at dusk, and a glass") == passage.sentences[1:]
    assert find_sentences(page, passage, "The lamp has a wick that is trimmed at dawn") == ()


def test_what_a_passage_leaves_out_between_two_sentences_parts_them() -> None:
    page, passage = of_list("The lamp has", "and a glass of green.")
    assert find_sentences(page, passage, "The lamp has and a glass of green.") == ()
