"""The rule of proof on texts that nobody thought of."""

from __future__ import annotations

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from corpus.documents import Span
from corpus.proof import ProvenText
from corpus.text import LINE_END_HYPHEN, readable

LETTERS = "abzABZéßж文ﬁ0159²½.,;:%<>=−-–—+~$'’\"()_/\u2010\u00ad\ufffe\x02\u0301"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=12)
GAPS = st.lists(st.sampled_from([" ", "  ", "\n", "\r\n", "\u00a0", "\t", " \n "]), min_size=12, max_size=12)


@st.composite
def pages_and_spans(draw: st.DrawFn) -> tuple[str, Span]:
    """A random text, and a span of it from the beginning of a word to the end of one."""
    words, gaps = draw(WORDS), draw(GAPS)
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    starts, raw = [], ""
    for word, gap in zip(words, gaps, strict=False):
        starts.append(len(raw))
        raw += word + gap
    return raw, Span(starts[first], starts[last] + len(words[last]))


def cuts_a_sign_or_word(raw: str, span: Span) -> bool:
    """The rule's own exceptions beside white space: a sign or unit parted from its number, a word parted at a line end."""
    before = re.sub(r"[\u00ad\ufffe\x02\s]+$", "", raw[: span.start])
    after = re.sub(r"^[\u00ad\ufffe\x02\s]+", "", raw[span.end :])
    joined = any(
        match.start() <= edge <= match.end() for match in LINE_END_HYPHEN.finditer(raw) for edge in (span.start, span.end)
    )
    return joined or before.endswith((*"<>=−~$", "+-")) or after[:1] in tuple("%") or readable(span.of(raw))[:1] == "%"


@given(pages_and_spans())
@example(("the x²-\ny rises", Span(4, 9)))
@example(("a \u00ad b", Span(0, 5)))
def test_every_span_between_word_borders_is_found_by_its_readable_form(case: tuple[str, Span]) -> None:
    raw, span = case
    assume(not cuts_a_sign_or_word(raw, span))
    quote = readable(span.of(raw))
    assume(any(letter.isalnum() for letter in quote))
    assert any(readable(place.of(raw)) == quote and place.overlaps(span) for place in ProvenText(raw).find(quote))


@given(pages_and_spans())
def test_what_is_found_reads_as_the_quote_but_for_line_end_hyphens(case: tuple[str, Span]) -> None:
    raw, span = case
    quote = readable(span.of(raw))
    for place in ProvenText(raw).find(quote):
        assert readable(place.of(raw)).replace("-", "") == quote.replace("-", "")


NUMBER = re.compile(r"[<−]*(?:\d|(?<![a-zA-Z.%])\.(?=\d))(?:\d|[.,](?=\d))*%?|\S")
PLAIN = st.lists(st.text("abcXYZ0123456789.,%<−", min_size=1, max_size=7), min_size=1, max_size=10).map(" ".join)


@given(PLAIN, st.data())
def test_a_quote_with_one_digit_or_letter_changed_is_found_only_where_it_stands(raw: str, draw: st.DataObject) -> None:
    places = [place for place, letter in enumerate(raw) if letter.isalnum()]
    assume(places)
    place = draw.draw(st.sampled_from(places))
    other = draw.draw(st.sampled_from([letter for letter in "abcXYZ0123456789" if letter != raw[place]]))
    changed = raw[:place] + other + raw[place + 1 :]
    assert ProvenText(raw).find(changed) == []
    words = re.finditer(r"\S+", changed)
    word = next(match for match in words if match.start() <= place < match.end())[0]
    for span in ProvenText(raw).find(word):
        assert span.of(raw) == word


@given(PLAIN, st.data())
def test_what_is_found_is_never_a_part_of_a_longer_number(raw: str, draw: st.DataObject) -> None:
    number = draw.draw(st.from_regex(r"\A[0-9]{1,2}([.,][0-9])?\Z"))
    for span in ProvenText(raw).find(number):
        whole = next(match for match in NUMBER.finditer(raw) if match.end() > span.start)
        assert whole[0] == number
