"""A library of our own making, the app that serves it, and a reader's session in a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.settings import Settings
from tests.browser.harbour import ESSAY, HALE, HARBOUR, HOSTILE, LANTERN, WEIR
from tests.paper.build_paper import build
from tests.ui.test_serve import free_port
from ui import workflows
from ui.essay_flow import add_essay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page

    from tests.paper.build_paper import PaperFacts

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1}
NARROW = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
PATIENCE = 40_000
"""Milliseconds that a test waits for something to appear."""

RESTS = """() => {
  const rests = document.querySelector(".stApp")?.dataset.testScriptState === "notRunning";
  window.restsSince = rests ? (window.restsSince ?? performance.now()) : undefined;
  return rests && performance.now() - window.restsSince > 200;
}"""
"""True once the app has done nothing for a moment: between two runs (asked for, not begun) it does not run, either."""


@dataclass(frozen=True)
class Served:
    """The app on loopback, and the home behind it."""

    url: str
    home: Path
    models: Path
    facts: PaperFacts
    folder: Path
    """Where files to upload can be put."""

    @property
    def settings(self) -> Settings:
        """The same home's settings."""
        return Settings.load({}, home=self.home, models=self.models, offline=True)


@dataclass
class Visit:
    """One reader: a page of a browser session of its own, and what went wrong on it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a page of the app, and wait until it stands."""
        self.page.goto(f"{self.url}/{path}")
        self.page.locator(".stMainBlockContainer h1").first.wait_for()
        self.settled()
        return self.page

    def ask(self, question: str) -> Page:
        """Type a question, and wait for its whole answer."""
        before = self.page.locator(".stChatMessage .footing").count()
        box = self.page.locator('[data-testid="stChatInputTextArea"]')
        box.fill(question)
        box.press("Enter")
        self.page.locator(".stChatMessage .footing").nth(before).wait_for()
        self.settled()
        return self.page

    def struck(self, dialog: Dialog) -> None:
        """A dialog has opened; nothing of ours opens any."""
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def settled(self) -> None:
        """Wait until the app does nothing any more."""
        self.page.evaluate("delete window.restsSince")
        self.page.wait_for_function(RESTS)


def chromium() -> str | None:
    """The system's own browser, or the one that CHROMIUM names; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """A browser without a window; each reader has a session of its own in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@contextlib.contextmanager
def visiting(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    """A reader's session."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), url)
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    visit.page.on("dialog", visit.struck)
    try:
        yield visit
    finally:
        context.close()


@contextlib.contextmanager
def serving(folder: Path, models: Path) -> Iterator[Served]:
    """Our paper, a text, one full of markup, and an essay that asks about them; served as a person would serve them."""
    facts = build(folder / "lanterns.pdf")
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    settings = Settings.load({}, home=folder / "home", models=models, offline=True)
    (folder / "archives.md").write_text(ESSAY, encoding="utf-8")
    add_essay(settings, str(folder / "archives.md"), search=False)
    for name, key in (("lanterns.pdf", LANTERN), ("harbour.txt", HALE), ("hostile.txt", WEIR)):
        list(workflows.add(settings, [folder / name], key))
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")} | {
        "PINCITE_HOME": str(settings.home),
        "PINCITE_MODELS": str(models),
        "PINCITE_OFFLINE": "1",
    }
    with (folder / "log").open("wb") as log:
        words = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port)]
        child = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _await(f"http://localhost:{port}/_stcore/health", child)
            yield Served(f"http://localhost:{port}", settings.home, models, facts, folder)
        finally:
            child.terminate()
            child.wait(20)
    said = (folder / "log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said


def _await(url: str, child: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and child.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the app does not answer (exit code {child.poll()})")
