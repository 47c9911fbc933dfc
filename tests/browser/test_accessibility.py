"""axe-core finds nothing serious on any page of the app, nor in the report, in light and in dark.

Streamlit's own parts that nobody can reach from here are left out by name, each with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.serving import NARROW, WIDE
from tests.browser.test_reading import ELSEWHERE, QUESTION
from ui import wiring, workflows
from ui.exhibit import crop_picture
from ui.report import write_report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.serving import Served, Visit

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")


def found(page: Page) -> list[str]:
    """What axe-core finds grave: rule, and the places."""
    from axe_playwright_python.sync_playwright import Axe

    response: dict[str, Any] = Axe().run(page).response
    return [
        f"{each['id']}: {each['help']}: " + " | ".join(str(place["html"])[:160] for place in each["nodes"][:4])
        for each in response["violations"]
        if each["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_with_its_evidence(wide: Visit, scheme: Any) -> None:
    wide.page.emulate_media(color_scheme=scheme)
    wide.open()
    assert found(wide.page) == []
    wide.ask(QUESTION)
    wide.page.locator(".answer .mark").first.click()
    wide.page.locator(".st-key-evidence").wait_for()
    wide.settled()
    wide.ask(ELSEWHERE)
    assert found(wide.page) == []


@pytest.mark.parametrize("path", ["essay", "library", "library?work=lantern-2031&page=3"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_other_pages(wide: Visit, path: str, scheme: Any) -> None:
    wide.page.emulate_media(color_scheme=scheme)
    wide.open(path)
    assert found(wide.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_report(browser: Browser, served: Served, tmp_path: Path, scheme: Any, options: dict[str, Any]) -> None:
    from bot.essay import answer_essay
    from corpus.essays import essays

    reader, _ = wiring.make_reader(served.settings)
    essay = essays(served.home)["archives"]
    answers = [given for _, given in answer_essay(reader, essay, evidence=10)]
    files = write_report(
        answers, essay, list(reader.works().values()), tmp_path, pictures=lambda each: crop_picture(reader.library, each)
    )
    context = browser.new_context(color_scheme=scheme, offline=True, **options)
    try:
        page = context.new_page()
        page.goto(files.html.as_uri())
        for each in page.locator("details").all():
            each.evaluate("element => element.open = true")
        assert found(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()
    assert workflows.verify(served.settings, [files.html])
