"""Taking works in from the page: addresses, files of the reader's machine, or all that an essay cites. Knows how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.sources import parse
from ui import job_steps
from ui.conversation import Letter
from ui.job_view import REFUSED, begin, is_busy
from ui.printable import counted, printable, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.essays import Essay
    from corpus.settings import Settings

KINDS = ["pdf", "txt", "md", "html", "vtt", "srt", "json", "bib"]
ADDRESSES, FILES, ROUND, CITED = "addresses", "files", "round", "cited-by"
"""Where a session keeps what is typed, what is uploaded, how often the field of files was emptied, and the essay chosen."""
OFFLINE = "The network is switched off here (`PINCITE_OFFLINE`): files can be taken in, addresses cannot be fetched."


def add_form(settings: Settings, essays: Mapping[str, Essay], *, is_empty: bool) -> None:
    """Draw it; open from the first where the library is empty."""
    import streamlit as st

    busy = is_busy(settings.home)
    with st.expander("Add works", expanded=is_empty, key="add-works"):
        if settings.offline:
            st.caption(OFFLINE)
        with st.form("add", border=False):
            st.text_area(
                "arXiv numbers, DOIs, addresses of papers, pages and talks: one a line",
                key=ADDRESSES,
                height=100,
                placeholder="2310.01234\n10.1000/182\nhttps://openreview.net/forum?id=…\nhttps://youtu.be/…",
            )
            st.file_uploader(
                "Files: papers, pages, transcripts, bibliographies", type=KINDS, accept_multiple_files=True, key=_files()
            )
            st.form_submit_button("Take in", type="primary", on_click=_take_in, args=(settings,), disabled=busy)
        _fetch_cited(settings, essays, busy=busy)


def _fetch_cited(settings: Settings, essays: Mapping[str, Essay], *, busy: bool) -> None:
    """What an essay cites, all at once."""
    import streamlit as st

    with st.container(horizontal=True, vertical_alignment="bottom", key="fetch-cited"):
        key = next(iter(essays))
        if len(essays) > 1:
            key = st.selectbox(
                "What an essay cites", list(essays), format_func=lambda each: visible(essays[each].title), key=CITED
            )
        st.button(
            f"Fetch the essay's {counted(len(essays[key].references), 'work')}",
            key="fetch",
            on_click=_fetch,
            args=(settings, essays[key]),
            disabled=busy,
        )


def sorted_out(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lines that are an identifier or an address, and those that are neither: a page names no file of this machine."""
    written = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    addresses = [line for line in written if parse(line).kind != "file" and not line.lower().startswith("file:")]
    return addresses, [line for line in written if line not in addresses]


def _files() -> str:
    """Key of the field of files: with another key it is empty."""
    import streamlit as st

    return f"{FILES}-{st.session_state.get(ROUND, 0)}"


def _take_in(settings: Settings) -> None:
    import streamlit as st

    addresses, wrong = sorted_out(str(st.session_state.get(ADDRESSES) or "").splitlines())
    uploads = [(file.name, file.getvalue()) for file in st.session_state.get(_files()) or ()]
    if wrong:
        st.session_state[REFUSED] = Letter(
            f"{printable(', '.join(wrong))[:200]}: neither an identifier nor an address.",
            "Give an arXiv number, a DOI or an address that begins with https://; a file of yours goes into the field for files.",
        )
    elif not addresses and not uploads:
        st.session_state[REFUSED] = Letter("There is nothing to take in.", "Write an identifier or an address, or choose a file.")
    elif begin(
        settings.home,
        f"Taking in {counted(len(addresses) + len(uploads), 'source')}",
        job_steps.taking_in(settings, addresses, uploads),
    ):
        st.session_state[ADDRESSES] = ""
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _fetch(settings: Settings, essay: Essay) -> None:
    begin(settings.home, f"Fetching what “{essay.title}” cites", job_steps.fetching(settings, essay))
