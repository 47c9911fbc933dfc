"""A library of our own making, the app that serves it, and a browser. `make test-browser` runs these tests.

Chromium is the system's own: `chromium` or another of its names on the path, or what CHROMIUM names. An error that a
page throws fails the test that opened it, and so does a traceback in the app's log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import NARROW, WIDE, browsing, chromium, serving, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.serving import Served, Visit


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; its absence is an error, since nothing would be tested."""
    program = chromium()
    if program is None:
        pytest.fail("There is no Chromium here. Install Debian's `chromium`, or name one with CHROMIUM=/path/to/chromium.")
    with browsing(program) as started:
        yield started


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Served]:
    """The app, for the tests of one module."""
    with serving(tmp_path_factory.mktemp("served"), models) as running:
        yield running


@pytest.fixture
def wide(browser: Browser, served: Served) -> Iterator[Visit]:
    """A reader at 1440 pixels."""
    with visiting(browser, served.url, **WIDE) as visit:
        yield visit
    assert visit.faults == []


@pytest.fixture
def narrow(browser: Browser, served: Served) -> Iterator[Visit]:
    """A reader with a telephone, 390 pixels wide."""
    with visiting(browser, served.url, **NARROW) as visit:
        yield visit
    assert visit.faults == []


@pytest.fixture
def another(browser: Browser, served: Served) -> Iterator[Visit]:
    """A second reader beside the first."""
    with visiting(browser, served.url, **WIDE) as visit:
        yield visit
    assert visit.faults == []
