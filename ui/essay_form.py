"""Adding an essay from the page: by its address or as a file of the reader's machine. Knows how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import job_steps
from ui.add_form import sorted_out
from ui.conversation import Letter
from ui.job_view import REFUSED, begin, is_busy

if TYPE_CHECKING:
    from corpus.settings import Settings

KINDS = ["md", "html", "txt"]
ADDRESS, FILE, KEY, REPLACE, ROUND = "essay-address", "essay-file", "essay-key", "essay-replace", "essay-round"
"""Where a session keeps what is typed and chosen, and how often it was sent: each time the form is closed and empty again."""


def essay_form(settings: Settings) -> None:
    """Draw it, behind a button."""
    import streamlit as st

    with (
        st.popover("Add an essay", key=_named("add-essay"), disabled=is_busy(settings.home)),
        st.form("essay-form", border=False, clear_on_submit=False),
    ):
        st.text_input("Its address", key=_named(ADDRESS), placeholder="https://…")
        st.file_uploader("Or its file", type=KINDS, key=_named(FILE))
        st.text_input(
            "What to call it", key=_named(KEY), placeholder="as its file is called", help="Lower-case letters, digits and hyphens"
        )
        st.checkbox("Write over an essay of the same name", key=_named(REPLACE))
        st.form_submit_button("Find its questions", type="primary", on_click=_read, args=(settings,))


def _named(name: str) -> str:
    """The key of one of its fields, in this round."""
    import streamlit as st

    return f"{name}-{st.session_state.get(ROUND, 0)}"


def _read(settings: Settings) -> None:
    import streamlit as st

    address, file = str(st.session_state.get(_named(ADDRESS)) or "").strip(), st.session_state.get(_named(FILE))
    source: str | job_steps.Upload | None = (file.name, file.getvalue()) if file is not None else address or None
    if source is None or (isinstance(source, str) and not sorted_out([source])[0]):
        st.session_state[REFUSED] = Letter(
            "There is no essay to read." if source is None else "What was typed is no address.",
            "Give an address that begins with https://, or choose a file (.md, .html or .txt).",
        )
        return
    key, replace = str(st.session_state.get(_named(KEY)) or "").strip() or None, bool(st.session_state.get(_named(REPLACE)))
    if begin(settings.home, "Reading an essay", job_steps.reading_essay(settings, source, key=key, replace=replace)):
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
