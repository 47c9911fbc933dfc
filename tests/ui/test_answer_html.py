"""Pieces of HTML of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from tests.ui.sample import ANSWERS
from ui.answer_html import (
    FADE,
    answer_html,
    citation_html,
    citation_label,
    footing_html,
    literal,
    model_html,
    nearest,
    passage_html,
    searched_html,
    where_of,
)

if TYPE_CHECKING:
    from bot.answers import Answer

PLAIN = "a -> b :smile: www.x.example https://x.example a@b.example <b> **b** $x$ [x](y) `c` :red[x] #1 1:02:03 well-known/path"


def test_literal_escapes_every_sign_that_markdown_knows() -> None:
    told = literal(PLAIN)
    assert not re.search(r"(?<!\\)[*_`$\[\]()<>#~|:]", told)
    assert re.sub(r"\\(?=[^\w\s])|\u2060", "", told) == PLAIN


def test_literal_leaves_paths_and_clocks_whole() -> None:
    assert "\u2060" not in literal("/home/x-y/library: 1:02:03, up-to-date")


def test_literal_parts_what_would_turn_into_arrows_faces_and_links() -> None:
    for told in ("->", "<->", "--", ">=", ":smile:", "https://x.example", "www.x.example", "a@b.example"):
        assert "\u2060" in literal(told)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.question[:30])
def test_every_claim_and_citation_of_an_answer_is_shown(answer: Answer) -> None:
    page = answer_html(answer)
    for claim in answer.claims:
        assert escape(claim.text) in page
    assert page.count('class="mark"') == sum(len(claim.citations) for claim in answer.claims)
    for citation in answer.citations:
        assert citation_label(citation).startswith(f"**{citation.number}**")
        piece = citation_html(answer, citation)
        assert ("<blockquote>" in piece) == (citation.quote is not None)
        assert ("the work itself is not in the library" in piece) == (citation.quote is None)
    assert "confidence" in footing_html(answer)


def test_a_link_is_only_what_a_browser_may_open() -> None:
    answer = next(answer for answer in ANSWERS if answer.citations)
    citation = replace(answer.citations[0], link="javascript:alert(1)")
    assert "javascript" not in citation_html(answer, citation)
    citation = replace(citation, link='https://x.example/"onclick="alert(1)')
    assert 'onclick="alert' not in citation_html(answer, citation)


def test_only_what_has_just_come_fades_in_and_goes_on_where_it_was() -> None:
    answer = next(answer for answer in ANSWERS if len(answer.claims) > 2)
    assert "fades" not in answer_html(answer)
    ages = [FADE + 1, *[0.2] * (len(answer.claims) - 1)]
    page = answer_html(answer, ages, growing=True)
    assert page.count('<span class="fades" style="animation-delay:-0.20s">') == len(answer.claims) - 1
    assert 'aria-busy="true"' in page
    plain = re.sub(r' class="(?:voice )?fades" style="[^"]*"|</?span[^>]*>| aria-busy="true"', "", page)
    for claim in answer.claims:
        assert escape(claim.text) in plain


def test_what_was_searched_is_said_only_where_the_question_does_not_say_it() -> None:
    answer = ANSWERS[0]
    same = replace(answer, question="Why  so?", query="Why so?")
    assert searched_html(same, []) == ""
    assert "Asked only: Rae 2023 and &lt;b&gt;" in searched_html(same, ["Rae 2023", "<b>"])
    assert "Searched for: <span>&lt;b&gt;</span>" in searched_html(replace(answer, query="<b>"), [])


def test_parts_are_headed_by_their_words() -> None:
    answer = next(answer for answer in ANSWERS if any(claim.part == 2 for claim in answer.claims))
    assert "Part 2" in answer_html(replace(answer, parts=()))
    page = answer_html(replace(answer, parts=("What is <kept>?", "What is lost?")))
    assert "1. What is &lt;kept&gt;?" in page
    assert "2. What is lost?" in page


def test_a_near_passage_is_named_opened_and_escaped() -> None:
    answer = next(answer for answer in ANSWERS if answer.status == "abstained" and answer.evidence)
    page = answer_html(answer)
    for evidence in nearest(answer):
        assert f'data-opens="{evidence.rank}">{escape(where_of(evidence))}' in page
        hostile = replace(evidence, work=replace(evidence.work, title="<script>"))
        assert "<script>" not in passage_html(hostile)
        assert "taken out" not in passage_html(evidence)
        assert "taken out" in passage_html(evidence, gone=True)
    assert nearest(replace(answer, status="answered")) == ()


def test_the_model_that_reads_along_is_named_as_text() -> None:
    assert "<b>&lt;i&gt;</b>" in model_html("<i>")
