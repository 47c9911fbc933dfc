"""Pieces of HTML of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from tests.ui.sample import ANSWERS
from ui.answer_html import answer_html, citation_html, citation_label, footing_html, literal

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
