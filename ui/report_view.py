"""The report to take away, made when it is asked for: web page, Markdown, JSON and bibliography. Knows how it looks."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.report import write_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reader import Reader
    from corpus.essays import Essay
    from ui.saved_answers import Saved

MADE = "report"
"""Where a session keeps the report that it had made, and of what."""
MEDIA = {
    "html": ("Report", "text/html"),
    "md": ("Markdown", "text/markdown"),
    "json": ("JSON", "application/json"),
    "bib": ("BibTeX", "application/x-bibtex"),
}
"""What each file is called on its button, and its media type."""


def report_view(reader: Reader, essay: Essay, saved: Saved) -> None:
    """A button that makes the report; once it is made, its four files."""
    import streamlit as st

    of = (essay.key, saved.state, reader.library.generation)
    made: tuple[object, Mapping[str, bytes]] | None = st.session_state.get(MADE)
    if made is None or made[0] != of:
        st.session_state.pop(MADE, None)
        if not st.button(
            "Make a report", key="make-report", help="One web page with every quote on its page, to keep or to share"
        ):
            return
        with st.spinner("Setting the report"):
            made = (of, report_files(reader, essay, saved))
        st.session_state[MADE] = made
        st.rerun()  # the files stand where the button was
    for kind, content in made[1].items():
        label, media = MEDIA[kind]
        first = kind == "html"
        st.download_button(
            label,
            content,
            file_name=f"{essay.key}.{kind}",
            mime=media,
            key=f"report-{kind}",
            on_click="ignore",
            icon=":material/download:" if first else None,
            type="secondary" if first else "tertiary",
        )


def report_files(reader: Reader, essay: Essay, saved: Saved) -> dict[str, bytes]:
    """The four files, with a picture of each quote on its page in the first; raises what `write_report` raises."""
    from ui.exhibit import crop_picture

    with tempfile.TemporaryDirectory() as folder:
        files = write_report(
            list(saved.answers.values()),
            essay,
            list(reader.works().values()),
            Path(folder),
            pictures=partial(crop_picture, reader.library),
        )
        paths = dict(zip(MEDIA, (files.html, files.markdown, files.json, files.bibtex), strict=True))
        return {kind: path.read_bytes() for kind, path in paths.items()}
