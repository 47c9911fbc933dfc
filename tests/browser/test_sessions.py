"""Several readers at once: each has a conversation of its own, and all see the same library."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.browser.harbour import MILL
from tests.browser.serving import WIDE, visiting
from tests.browser.test_reading import ABOUT_HARBOURS, QUESTION

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.serving import Served, Visit

pytestmark = pytest.mark.browser

ABOUT_MILLS = "How often does the wheel of a water mill turn?"
ASKED = [
    "Does a brighter lamp help an archive to remember?",
    "What does a small harbour forget?",
    "What does a day ledger keep?",
    "How long does a spring tide cover the lower mooring?",
    "What does the clock of the customs house strike?",
    "What does a bound book cost?",
    "When is the count of the boats taken?",
    "What is a silent paper?",
    "Who asks for the name of a boat?",
    "What does a small archive remember through?",
]


def test_a_second_reader_does_not_see_the_first_ones_conversation(wide: Visit, another: Visit) -> None:
    wide.open()
    wide.ask(QUESTION)
    page = another.open()
    assert page.locator(".stChatMessage").count() == 0
    another.ask(ABOUT_HARBOURS)
    assert page.locator(".stChatMessage .question").all_inner_texts() == [ABOUT_HARBOURS]
    assert wide.page.locator(".stChatMessage .question").all_inner_texts() == [QUESTION]


def test_a_file_is_uploaded_and_answers_for_all(wide: Visit, another: Visit, served: Served) -> None:
    file = served.folder / "mill.txt"
    file.write_text(MILL, encoding="utf-8")
    another.open()
    another.ask(ABOUT_HARBOURS)
    page = wide.open("library")
    page.get_by_text("Add works").click()
    page.locator('input[type="file"]').set_input_files(str(file))
    page.get_by_role("button", name="Take in").click()
    page.get_by_text("taken in (mill.txt").wait_for(timeout=120_000)
    wide.open()
    assert "eleven times a minute" in wide.ask(ABOUT_MILLS).locator(".stChatMessage .answer").last.inner_text()
    assert "eleven times a minute" in another.ask(ABOUT_MILLS).locator(".stChatMessage .answer").last.inner_text()


def test_ten_readers_at_once(browser: Browser, served: Served) -> None:
    with contextlib.ExitStack() as stack:
        visits = [stack.enter_context(visiting(browser, served.url, **WIDE)) for _ in ASKED]
        for visit in visits:
            visit.open()
        for question, visit in zip(ASKED, visits, strict=True):  # all ask before any is waited for
            box = visit.page.locator('[data-testid="stChatInputTextArea"]')
            box.fill(question)
            box.press("Enter")
        for question, visit in zip(ASKED, visits, strict=True):
            visit.page.locator(".stChatMessage .footing").wait_for()
            visit.settled()
            assert visit.page.locator(".stChatMessage .question").all_inner_texts() == [question]
            assert visit.page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
        assert [visit.faults for visit in visits] == [[]] * len(ASKED)
