"""The library's page: every work with its state, taking works in and out, looking for new ones. Knows how things look.

The deeds are jobs (`ui.jobs`), so that the page stays usable meanwhile; one work's own pages are `ui.work_page`.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from corpus.errors import PinciteError
from ui import job_steps
from ui.add_form import add_form
from ui.answer_html import element, literal, state_of
from ui.checks import last_checks
from ui.evidence_panel import TURNED
from ui.exhibit import cover_picture
from ui.job_view import begin, is_busy, job_view
from ui.page_image import PDF
from ui.printable import counted, visible
from ui.report.arrangement import named
from ui.watch_form import watch_form
from ui.work_page import FOUND, WORK, look_for, work_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reader import Reader
    from corpus.essays import Essay
    from corpus.records import WorkRecord
    from corpus.settings import Settings

EMPTY = "The library is empty. Add works above, or take in the essay's works in a terminal: `pincite ingest`."
AT_ONCE = 10.0
"""Seconds that a removal may take before the page goes on without its end."""


def library_page(settings: Settings, reader: Reader, essays: Mapping[str, Essay]) -> None:
    """Draw the page: one work where the address names it, else all of them."""
    import streamlit as st

    records = reader.works()
    key = st.query_params.get(WORK)
    if key is not None and key in records:
        work_page(reader, records[key])
        return
    st.title("The library", anchor=False)
    if key:
        st.warning(f"No work in the library has the key {literal(key)}.")
    if records:
        passages = sum(record.passages for record in records.values())
        says = f"{counted(len(records), 'work')} · {passages:,} passages"
        st.html(element('<p class="about">{}</p>', says))
    job_view(settings.home)
    add_form(settings, essays, is_empty=not records)
    watch_form(settings)
    if not records:
        st.markdown(EMPTY)
        return
    sought = st.text_input("Search the words of all works", key="search", placeholder="Words to find")
    if sought.strip():
        look_for(reader, sought, None)
        return
    checks = last_checks(settings.home)
    for record in records.values():
        _card(settings, reader, record, checks.get(record.work.key))


def _card(settings: Settings, reader: Reader, record: WorkRecord, checked: str | None) -> None:
    """One work: its cover, what is known of it, and what can be done with it."""
    import streamlit as st

    key = record.work.key
    with st.container(key=f"work-{key}", horizontal=True, vertical_alignment="top", gap="medium"):
        st.html(cover_html(reader, record), width=110)
        with st.container(gap="xsmall"):
            st.html(card_html(record, checked))
            with st.container(horizontal=True, gap="small"):
                st.button("Open", key=f"open-{key}", on_click=_open_work, args=(key,), disabled=record.document is None)
                _remove(settings, record)


def _remove(settings: Settings, record: WorkRecord) -> None:
    import streamlit as st

    key = record.work.key
    with st.popover("Remove", key=f"remove-{key}", disabled=is_busy(settings.home)):
        st.markdown(f"Take **{literal(record.work.label)}** out, with its documents, passages and annotations?")
        st.button("Take it out", key=f"confirm-{key}", type="primary", on_click=_take_out, args=(settings, record))


def _take_out(settings: Settings, record: WorkRecord) -> None:
    begin(settings.home, f"Taking out {record.work.label}", job_steps.taking_out(settings, record.work.key), wait=AT_ONCE)


def _open_work(key: str) -> None:
    import streamlit as st

    st.query_params[WORK] = key
    for kept in (TURNED, FOUND):
        st.session_state.pop(kept, None)


def cover_html(reader: Reader, record: WorkRecord) -> str:
    """The first page in small; a plain leaf where there is none to draw."""
    document = record.document
    if document is not None and document.media_type == PDF:
        try:
            cover = base64.b64encode(cover_picture(reader.library.home, document.digest)).decode()
        except PinciteError:
            pass  # the card says what it knows without it; the work's own page says what is amiss
        else:
            return element('<img class="cover" alt="" src="data:image/png;base64,{}">', cover)
    return element('<div class="cover leaf">{}</div>', "talk" if record.work.is_talk else "text" if document else "no text")


def card_html(record: WorkRecord, checked: str | None) -> str:
    """Title, authors, state, what it counts, and when it was last looked up for a newer version."""
    document, work = record.document, record.work
    counts = [
        counted(record.pages, "page") if document and document.media_type == PDF else "",
        counted(record.passages, "passage") if document else "",
        counted(record.annotations, "annotation") if record.annotations else "",
        f"version {document.version}" if document and document.version else "",
    ]
    days = [f"taken in {record.added[:10]}"]
    if work.identifiers.arxiv:
        days.append(f"last checked {checked} UTC" if checked else "not checked for a newer version yet")
    form = (
        '<div class="card"><p class="voice">{}</p><p class="title">{}</p><p>{}</p>'
        '<p class="state"><span class="is {}">{}</span> · {}</p><p class="state">{}</p></div>'
    )
    who = named(work, 3) if work.authors else ""
    facts = " · ".join(filter(None, counts)) or "nothing of it is here yet"
    return element(
        form,
        visible(work.label if work.authors else str(work.year or "")),
        visible(work.title),
        visible(who),
        record.state.replace(" ", "-"),
        visible(state_of(record)),
        visible(facts),
        " · ".join(days),
    )
