"""The library's page: every work with its state, taking works in and out. Knows how things look.

Taking in and out is `ui.workflows`; one work's own pages are `ui.work_page`.
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import PinciteError
from ingest.events import Embedding, Failed, Fetching, Reading
from ui.answer_html import element, literal, state_of
from ui.evidence_panel import TURNED
from ui.exhibit import cover_picture
from ui.page_image import PDF
from ui.printable import counted, visible
from ui.progress import doing, done
from ui.report.arrangement import named
from ui.work_page import FOUND, WORK, look_for, work_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.reader import Reader
    from corpus.records import WorkRecord
    from corpus.settings import Settings
    from ingest.events import Event

OUTCOMES = "outcomes"
"""Where a session keeps what became of the files that were added and the works that were taken out."""
KINDS = ["pdf", "txt", "md", "html", "vtt", "srt", "json"]
EMPTY = "The library is empty. Add files of yours, or take in the essay's works in a terminal: `pincite ingest`."


def library_page(settings: Settings, reader: Reader) -> None:
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
    _add(settings)
    _outcomes()
    if not records:
        st.markdown(EMPTY)
        return
    sought = st.text_input("Search the words of all works", key="search", placeholder="Words to find")
    if sought.strip():
        look_for(reader, sought, None)
        return
    for record in records.values():
        _card(settings, reader, record)


def _add(settings: Settings) -> None:
    """Files from the reader's machine, each taken in as a work."""
    import streamlit as st

    with st.expander("Add works"), st.form("add", clear_on_submit=True, border=False):
        files = st.file_uploader("Papers, pages and transcripts", type=KINDS, accept_multiple_files=True, key="files")
        if not st.form_submit_button("Take them in") or not files:
            return
        with tempfile.TemporaryDirectory() as folder:
            paths = list(_kept(Path(folder), [(file.name, file.getvalue()) for file in files]))
            _follow(_adding(settings, paths))
        st.rerun()


def _kept(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[Path]:
    """The files, each written under its own name in a folder of its own."""
    for place, (name, content) in enumerate(files):
        own = folder / str(place)
        own.mkdir()
        path = own / (Path(name.replace("\\", "/")).name or "file")
        path.write_bytes(content)
        yield path


def _adding(settings: Settings, paths: list[Path]) -> Iterator[Event]:
    from ui import workflows

    yield from workflows.add(settings, paths, None)


def _follow(events: Iterable[Event]) -> None:
    """Show what is being done, and keep what became of each file."""
    import streamlit as st

    outcomes: list[tuple[str, bool]] = []
    with st.status("Taking in", expanded=True) as status:
        try:
            for event in events:
                if isinstance(event, Reading | Fetching | Embedding):
                    status.update(label=literal(doing(event)))
                else:
                    said = "\n\n".join(literal(line.strip(" +*-~!")) for line, _ in done(event))
                    outcomes.append((said, isinstance(event, Failed)))
        except PinciteError as error:
            outcomes.append((f"{literal(error.message)}\n\n{literal(error.remedy)}", True))
    st.session_state[OUTCOMES] = outcomes


def _outcomes() -> None:
    """What became of what was asked for last, told once."""
    import streamlit as st

    for said, failed in st.session_state.pop(OUTCOMES, []):
        (st.error if failed else st.success)(said)


def _card(settings: Settings, reader: Reader, record: WorkRecord) -> None:
    """One work: its cover, what is known of it, and what can be done with it."""
    import streamlit as st

    key = record.work.key
    with st.container(key=f"work-{key}", horizontal=True, vertical_alignment="top", gap="medium"):
        st.html(cover_html(reader, record), width=110)
        with st.container(gap="xsmall"):
            st.html(card_html(record))
            with st.container(horizontal=True, gap="small"):
                st.button("Open", key=f"open-{key}", on_click=_open_work, args=(key,), disabled=record.document is None)
                _remove(settings, record)


def _remove(settings: Settings, record: WorkRecord) -> None:
    import streamlit as st

    from ui import workflows

    key = record.work.key
    with st.popover("Remove", key=f"remove-{key}"):
        st.markdown(f"Take **{literal(record.work.label)}** out, with its documents, passages and annotations?")
        if st.button("Take it out", key=f"confirm-{key}", type="primary"):
            _follow(workflows.remove(settings, key))
            st.rerun()


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


def card_html(record: WorkRecord) -> str:
    """Title, authors, state, and what it counts."""
    document, work = record.document, record.work
    counts = [
        counted(record.pages, "page") if document and document.media_type == PDF else "",
        counted(record.passages, "passage") if document else "",
        counted(record.annotations, "annotation") if record.annotations else "",
        f"version {document.version}" if document and document.version else "",
        f"taken in {record.added[:10]}",
    ]
    form = '<div class="card"><p class="voice">{}</p><p class="title">{}</p><p>{}</p><p class="state">{} · {}</p></div>'
    who = named(work, 3) if work.authors else ""
    facts = " · ".join(filter(None, counts))
    return element(form, visible(work.label), visible(work.title), visible(who), visible(state_of(record)), visible(facts))
