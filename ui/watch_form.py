"""Looking for what is new, from the page: a button, and the saved searches that it runs. Knows how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.watches import add_watch, make_watch, remove_watch, watches
from ui import job_steps
from ui.answer_html import element, literal
from ui.conversation import letter_of
from ui.job_view import REFUSED, begin, is_busy
from ui.letter_view import letters
from ui.printable import counted, visible

if TYPE_CHECKING:
    from corpus.settings import Settings
    from ingest.watches import Watch

WORDS, PERSON, CATEGORY = "watch-words", "watch-person", "watch-category"
"""Where a session keeps what is typed for a new search."""
NONE_YET = "No search is saved. A saved search brings in new papers of arXiv whenever you check."
PATIENCE = 2.0
"""Seconds to wait for another writer: a page must not stand still."""


def watch_form(settings: Settings) -> None:
    """Draw it."""
    import streamlit as st

    busy = is_busy(settings.home)
    st.button("Check for new papers", key="check", on_click=_check, args=(settings,), disabled=busy)
    with st.expander("Saved searches", key="saved-searches"), letters():
        there = watches(settings.home)
        if not there:
            st.markdown(NONE_YET)
        for watch in there:
            _line(settings, watch)
        with st.form("watch", border=False):
            left, middle, right = st.columns([4, 3, 2])
            left.text_input("Words", key=WORDS, placeholder='abs:"world model"')
            middle.text_input("Author", key=PERSON, placeholder="Yoshua Bengio")
            right.text_input("Category", key=CATEGORY, placeholder="cs.LG")
            st.form_submit_button("Save the search", on_click=_save, args=(settings,))


def _line(settings: Settings, watch: Watch) -> None:
    import streamlit as st

    with st.container(horizontal=True, vertical_alignment="center", key=f"watch-{watch.name}"):
        ran = f"first run {watch.begun}, {counted(len(watch.seen), 'paper')} seen" if watch.begun else "not run yet"
        form = '<p class="watch">{} <span class="state">{} · {}</span></p>'
        st.html(element(form, visible(watch.search), visible(watch.name), ran))
        says = f"Forget the search {literal(watch.name)}; what it brought in stays"
        st.button("Forget", key=f"forget-{watch.name}", type="tertiary", help=says, on_click=_forget, args=(settings, watch.name))


def _check(settings: Settings) -> None:
    begin(settings.home, "Checking for new papers", job_steps.looking(settings))


def _save(settings: Settings) -> None:
    import streamlit as st

    words, person, category = (str(st.session_state.get(name) or "") for name in (WORDS, PERSON, CATEGORY))
    try:
        add_watch(settings.home, make_watch(words, author=person, category=category), wait=PATIENCE)
    except Exception as error:
        st.session_state[REFUSED] = letter_of(error)
        return
    for name in (WORDS, PERSON, CATEGORY):
        st.session_state[name] = ""


def _forget(settings: Settings, name: str) -> None:
    import streamlit as st

    try:
        remove_watch(settings.home, name, wait=PATIENCE)
    except Exception as error:
        st.session_state[REFUSED] = letter_of(error)
