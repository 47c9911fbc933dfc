"""The pages beside the conversation in a real browser: a dot opens the evidence, works come in, old stands beside new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.essay import answer_essay
from corpus.essays import essays
from tests.browser.harbour import LANTERN, MILL
from tests.browser.test_accessibility import found
from ui import wiring, workflows

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.serving import Served, Visit

pytestmark = pytest.mark.browser

ABOUT_HARBOURS = "What does a small harbour forget?"
LONG = 120_000
"""Milliseconds that a job may take on a machine that has much else to do."""


def put_away(page: Page) -> None:
    """Wait for the job's end, and put its outcome away."""
    page.locator(".st-key-put-away button").click(timeout=LONG)
    page.locator(".st-key-job").wait_for(state="detached")


@pytest.fixture(scope="module")
def answered(served: Served) -> tuple[str, str]:
    """Two states of the answers to the essay: one without the harbour's text, and the next with it."""
    essay, settings = essays(served.home)["archives"], served.settings
    reader, _ = wiring.make_reader(settings)
    whole = [answer for _, answer in answer_essay(reader, essay, evidence=10)]
    without = [
        answer
        if answer.id == essay.questions[0].id
        else workflows.ask(reader, answer.question, works=[LANTERN], evidence=10, name=answer.id)
        for answer in whole
    ]
    before = workflows.save_answers(settings, essay, without)
    return before.stem, workflows.save_answers(settings, essay, whole).stem


def test_a_dot_opens_the_answer_and_the_evidence_beside_it(wide: Visit, answered: tuple[str, str]) -> None:
    page = wide.open("essay?essay=archives")
    dot = page.locator(".picture .dot").last
    label = (dot.get_attribute("title") or "").partition(":")[0]
    dot.focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-evidence").wait_for()
    assert page.locator(".evidence-title").inner_text().startswith(label)
    page.locator(".answer").wait_for()
    page.locator(".transcript mark, .page-view img").first.wait_for()
    wide.settled()
    assert found(page) == []


def test_the_report_is_downloaded_and_needs_no_network(
    wide: Visit, served: Served, answered: tuple[str, str], tmp_path: Path
) -> None:
    page = wide.open("essay?essay=archives")
    page.get_by_role("button", name="Make a report").click()
    with page.expect_download() as taken:
        page.locator(".st-key-report-html button").click()
    assert taken.value.suggested_filename == "archives.html"
    taken.value.save_as(tmp_path / "archives.html")
    verdicts = {finding.verdict for finding in workflows.verify(served.settings, [tmp_path / "archives.html"])}
    assert verdicts == {"stands"}
    page.goto((tmp_path / "archives.html").as_uri())
    assert "Letters on Small Archives" in page.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_old_stands_beside_new_and_a_new_mark_opens(wide: Visit, answered: tuple[str, str], scheme: Any) -> None:
    wide.page.emulate_media(color_scheme=scheme)
    page = wide.open(f"changes?essay=archives&from={answered[0]}&to={answered[1]}")
    assert found(page) == []
    before, now = (page.locator(".side-head", has_text=word).first.bounding_box() for word in ("Before", "Now"))
    assert before is not None
    assert now is not None
    assert now["x"] > before["x"] + before["width"] / 2
    assert abs(now["y"] - before["y"]) < 2
    page.locator(".mark.fresh").first.click()
    page.locator(".st-key-evidence .transcript mark").wait_for()


def test_on_a_telephone_they_stand_below_each_other_and_nothing_is_cut_off(narrow: Visit, answered: tuple[str, str]) -> None:
    for path in (f"changes?essay=archives&from={answered[0]}&to={answered[1]}", "library", "essay?essay=archives"):
        page = narrow.open(path)
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
        if path.startswith("changes"):
            page.locator(".side.came").first.wait_for()


def test_a_file_comes_in_while_another_page_is_read_and_its_outcome_stays(wide: Visit, another: Visit, served: Served) -> None:
    file, torn = served.folder / "mill.txt", served.folder / "torn.pdf"
    file.write_text(MILL, encoding="utf-8")
    torn.write_bytes(b"%PDF-1.7 torn")
    page = wide.open("library")
    page.get_by_text("Add works").click()
    page.locator('input[type="file"]').set_input_files([str(torn), str(file)])
    page.locator(".st-key-add-works textarea").fill("arXiv:2310.01234")
    page.get_by_role("button", name="Take in", exact=True).click()
    page.locator(".st-key-job").wait_for()
    page.get_by_role("link", name="Ask").click()
    wide.settled()
    wide.ask(ABOUT_HARBOURS)
    page.get_by_role("link", name="Library").click()
    page.locator(".st-key-put-away").wait_for(timeout=LONG)
    wide.settled()
    assert page.locator(".outcomes li.failed").count() == 2
    assert page.locator(".outcomes li:not(.failed)").count() == 1
    assert page.locator(".st-key-work-mill .card").count() == 1
    assert found(page) == []
    assert another.open("library").locator(".outcomes li").count() == 3, "another reader sees it, too"
    put_away(page)


def test_answer_all_is_followed_to_its_end(wide: Visit, served: Served, answered: tuple[str, str]) -> None:
    page = wide.open("essay?essay=archives")
    page.get_by_role("button", name="Answer all").click()
    page.locator(".st-key-job").wait_for()
    page.locator(".st-key-put-away").wait_for(timeout=LONG)
    wide.settled()
    assert "2 questions" in page.locator(".outcomes").inner_text()
    put_away(page)
