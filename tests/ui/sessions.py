"""A reader's session with the app, run by Streamlit's own test runner."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "ui" / "app.py"


@functools.cache
def runner() -> type[AppTest]:
    """The class of sessions.

    At each page that it runs, Streamlit looks for components in every installed package, which took most of the time of
    the app's tests (0.4 s a page); here it looks once.
    """
    from streamlit.components.v2 import manifest_scanner
    from streamlit.testing.v1 import AppTest

    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)
    return AppTest


def visit(name: str = "", /, **query: str) -> AppTest:
    """A session that opens the page of this name."""
    from streamlit.util import calc_hash

    app = runner().from_file(str(APP), default_timeout=30)
    app.query_params.update(query)
    if name:
        app._page_hash = calc_hash(name)  # the test runner itself only goes to pages that are files
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything that stands on the page as HTML."""
    assert not app.exception
    return "\n".join(piece.value for piece in app.get("html"))


def press(app: AppTest, key: str) -> AppTest:
    """Click the button of this key."""
    return app.button(key=key).click().run()
