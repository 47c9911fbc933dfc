"""One work of the library: its pages to leaf through, and a search in its words. Knows how things look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.evidence import locate
from bot.pincite import place
from corpus.documents import Span
from ui.answer_html import element, literal
from ui.evidence_panel import TURNED, page_view, transcript
from ui.exhibit import Exhibit, exhibit_of_passage
from ui.letter_view import letters
from ui.page_image import PDF
from ui.printable import visible

if TYPE_CHECKING:
    from bot.reader import Reader
    from corpus.documents import Passage
    from corpus.records import WorkRecord

WORK, PAGE, FOUND = "work", "page", "found"
"""The work and the page in the page's address, and where a session keeps the passage that was searched for and opened."""
MOST = 12
"""How many passages a search shows."""


def work_page(reader: Reader, record: WorkRecord) -> None:
    """Draw one work."""
    import streamlit as st

    st.button("‹ All works", key="all-works", type="tertiary", on_click=_leave)
    st.title(literal(record.work.title), anchor=False)
    st.html(element('<p class="about">{} · {}</p>', visible(record.work.label), visible(record.state)))
    sought = st.text_input("Search its words", key="search-inside", placeholder="Words to find")
    if sought.strip():
        look_for(reader, sought, record.work.key)
    with letters():
        exhibit = _exhibit(reader, record)
        if exhibit is None:
            st.markdown("Its text is not in the library.")
        elif exhibit.page_index is None:
            transcript(exhibit, whole=True)
        else:
            page_view(reader, exhibit)


def look_for(reader: Reader, sought: str, work: str | None) -> None:
    """Passages that hold the words, of one work or of all; each opens at its place."""
    import streamlit as st

    found = reader.library.lexical(sought.split(), MOST, [work] if work else ())
    passages = reader.library.passages([identifier for identifier, _ in found])
    if not passages:
        st.markdown("No passage holds any of these words.")
    with st.container(key="found", gap="small"):
        for identifier, (passage, key) in passages.items():
            record = reader.works().get(key)
            if record is None:
                continue
            where = _where(reader, passage, record)
            st.button(literal(where), key=f"found-{identifier}", type="tertiary", on_click=_open_passage, args=(key, identifier))
            st.html(element('<div class="citation"><p>{}</p></div>', visible(passage.text)))


def _where(reader: Reader, passage: Passage, record: WorkRecord) -> str:
    page = reader.library.page(passage.document, passage.position)
    where = place(locate(page, passage.span.start, passage.section, record))
    return f"{record.work.label}, {where}" if where else record.work.label


def _exhibit(reader: Reader, record: WorkRecord) -> Exhibit | None:
    """The passage that was opened, else the page that the address names, else the first."""
    import streamlit as st

    document = record.document
    if document is None:
        return None
    found = reader.library.passages([st.session_state.get(FOUND, "")])
    for passage, key in found.values():
        if key == record.work.key:
            return exhibit_of_passage(reader.library, passage)
    pages = record.pages if document.media_type == PDF else 1
    asked = st.query_params.get(PAGE, "1")
    position = min(max(1, int(asked)), pages) - 1 if asked.isdecimal() and len(asked) < 9 else 0
    page = reader.library.page(document.digest, position)
    return Exhibit(document, replace(page, number=position + 1) if document.media_type == PDF else page, Span(0, 0), ())


def _open_passage(key: str, identifier: str) -> None:
    import streamlit as st

    st.query_params[WORK] = key
    st.session_state[FOUND] = identifier
    st.session_state.pop(TURNED, None)


def _leave() -> None:
    import streamlit as st

    st.query_params.clear()
    for kept in (TURNED, FOUND):
        st.session_state.pop(kept, None)
