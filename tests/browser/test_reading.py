"""A reader asks, opens a citation and sees the words on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.evidence import DEFAULT
from corpus.documents import Box
from tests.browser.harbour import HALE, LANTERN, STRUCK
from tests.browser.pixels import dark, seen_of, shown, yellow
from ui import wiring, workflows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from bot.answers import Answer, Quote
    from tests.browser.serving import Served, Visit

pytestmark = pytest.mark.browser

QUESTION = "Does a brighter lamp help an archive to remember?"
"""As the essay asks it."""
ABOUT_HARBOURS = "What does a small harbour forget?"
ELSEWHERE = "Which enzyme splits lactose in the gut of an adult mammal?"


def answered(served: Served, question: str) -> Answer:
    """The answer as the library gives it, apart from any page."""
    reader, _ = wiring.make_reader(served.settings)
    return workflows.ask(reader, question, evidence=DEFAULT)


def quote_of(answer: Answer, work: str) -> tuple[int, Quote]:
    """The first citation of a work: its number and what it quotes."""
    return next((each.number, each.quote) for each in answer.citations if each.work.key == work and each.quote)


def open_page(page: Page, number: int) -> None:
    """Click the mark with this number in the newest answer, and wait for the page's picture."""
    page.locator(".stChatMessage .answer").last.locator(f'.mark[data-opens="{number}"]').first.click()
    page.locator(".page-view img").wait_for()
    page.wait_for_function("(() => { const i = document.querySelector('.page-view img'); return i && i.complete })()")
    page.wait_for_timeout(300)  # it is scrolled to the words once its picture is there


def test_an_essay_question_is_asked_and_its_citation_opens_the_marked_page(wide: Visit, served: Served) -> None:
    page = wide.open("?q=" + QUESTION.replace(" ", "+"))
    page.locator(".stChatMessage .footing").wait_for()
    assert page.locator(".question").first.inner_text().strip() == QUESTION
    answer = answered(served, QUESTION)
    number, quote = quote_of(answer, LANTERN)
    open_page(page, number)
    shows = shown(page, 498.9)
    inside = seen_of(shows, quote.boxes)
    assert len(inside) > 500, "the quote is in sight"
    assert yellow(inside) > 0.6
    assert dark(inside) > 0.02, "its words can be read"
    above = Box(quote.boxes[0].x0, 0.0, quote.boxes[0].x1, quote.boxes[0].y0 - 30)
    assert yellow(shows.seen(above)) == 0.0
    panel = page.locator(".st-key-evidence")
    assert quote.text in " ".join(panel.inner_text().split())
    assert panel.locator(".evidence-title").inner_text().startswith("The Keeper") or "p. " in panel.inner_text()


def test_the_page_turns_and_comes_back_to_the_words(wide: Visit, served: Served) -> None:
    wide.open()
    page = wide.ask(QUESTION)
    number, quote = quote_of(answered(served, QUESTION), LANTERN)
    open_page(page, number)
    before = page.locator(".page-number").first.inner_text()
    page.locator(".st-key-page-after button").first.click()
    page.locator(".st-key-page-back button").first.wait_for()
    assert page.locator(".page-number").first.inner_text() != before
    page.wait_for_timeout(500)
    assert yellow(seen_of(shown(page, 498.9), quote.boxes)) < 0.05
    page.locator(".st-key-page-back button").first.click()
    page.locator(".st-key-page-back").wait_for(state="detached")
    assert page.locator(".page-number").first.inner_text() == before


def test_a_text_without_pages_shows_the_words_among_their_neighbours(wide: Visit, served: Served) -> None:
    wide.open()
    page = wide.ask(ABOUT_HARBOURS)
    number, quote = quote_of(answered(served, ABOUT_HARBOURS), HALE)
    page.locator(f'.answer .mark[data-opens="{number}"]').first.click()
    mark = page.locator(".transcript mark")
    mark.wait_for()
    assert " ".join(mark.inner_text().split()) == quote.text
    assert mark.evaluate("m => getComputedStyle(m).backgroundColor") not in ("rgba(0, 0, 0, 0)", "transparent")


def test_an_abstention_says_so_and_shows_what_is_nearest(wide: Visit) -> None:
    wide.open()
    page = wide.ask(ELSEWHERE)
    answer = page.locator(".stChatMessage .answer").last.inner_text()
    assert "Nothing was found" in answer
    assert not page.locator('[data-testid="stException"]').count()
    assert re.search(r"nearest", answer, re.I)


def test_it_reads_on_a_telephone(narrow: Visit, served: Served) -> None:
    narrow.open()
    page = narrow.ask(QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen"
    number, quote = quote_of(answered(served, QUESTION), LANTERN)
    open_page(page, number)
    page.locator(".page-view").scroll_into_view_if_needed()
    inside = seen_of(shown(page, 498.9), quote.boxes)
    assert len(inside) > 500
    assert yellow(inside) > 0.6
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_menu_of_a_telephone_folds_away_once_a_page_is_chosen(narrow: Visit) -> None:
    page = narrow.open()
    page.locator('[data-testid="stExpandSidebarButton"]').click()
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Library").click()
    page.get_by_role("heading", name="The library").wait_for()
    page.locator('[data-testid="stExpandSidebarButton"]').wait_for()
    page.get_by_text("Add works").click(timeout=5000)  # nothing lies over it


def test_markup_in_a_work_does_nothing(wide: Visit) -> None:
    wide.open()
    page = wide.ask("What does the clerk of the customs house write into the margin of the tide table?")
    assert "<script>" in page.locator(".stChatMessage .answer").last.inner_text()
    page.locator(".stChatMessage .answer .mark").first.click()
    page.locator(".transcript mark").wait_for()
    assert "<script>" in page.locator(".st-key-evidence").inner_text()
    assert page.title() != STRUCK
    assert page.locator(".st-key-evidence img[src=x], .answer img").count() == 0


def test_markup_in_a_question_does_nothing(wide: Visit) -> None:
    wide.open()
    page = wide.ask("What is <img src=x onerror=\"document.title='struck'\"> **bold** in a harbour?")
    assert "<img src=x" in page.locator(".question").last.inner_text()
    assert page.title() != STRUCK
