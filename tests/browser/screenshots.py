"""Writes the README's pictures to docs/images: the app on a paper of our own making. `python -m tests.browser.screenshots`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.serving import NARROW, ROOT, browsing, chromium, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.serving import Served

IMAGES = ROOT / "docs" / "images"
SHARP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5}
QUESTION = "Does a brighter lamp help an archive to remember?"


def evidence(browser: Browser, served: Served, name: str, options: dict[str, object]) -> None:
    """A question answered, and a citation open on its page."""
    with visiting(browser, served.url, **options) as visit:
        visit.open()
        page = visit.ask(QUESTION)
        page.locator(".answer .mark").first.click()
        page.locator(".page-view img").wait_for()
        visit.settled()
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / name)


def essay(browser: Browser, served: Served) -> None:
    """An essay's questions, and which work speaks to which."""
    with visiting(browser, served.url, **SHARP) as visit:
        page = visit.open("essay")
        page.locator(".st-key-answer-all button").click()
        page.locator(".picture").wait_for()
        visit.settled()
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "essay.png")


def library(browser: Browser, served: Served) -> None:
    """What is in the library."""
    with visiting(browser, served.url, **SHARP) as visit:
        page = visit.open("library")
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "library.png")


def main() -> None:
    """Write all of them."""
    program = chromium()
    if program is None:
        sys.exit("There is no Chromium here. Install Debian's `chromium`, or name one with CHROMIUM=/path/to/chromium.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    models = Path(os.environ.pop("PINCITE_MODELS", "") or ROOT / ".pytest_cache" / "models")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), models) as served, browsing(program) as browser:
        evidence(browser, served, "ask.png", SHARP)
        evidence(browser, served, "telephone.png", NARROW)
        essay(browser, served)
        library(browser, served)


if __name__ == "__main__":
    main()
