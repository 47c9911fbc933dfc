"""The app, as Streamlit runs it: `pincite ui`, or `streamlit run ui/app.py`. Knows its pages only by name."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# Streamlit puts this folder first on the path; what the app imports lies beside it, not in it.
sys.path[:] = [str(_HERE.parent) if entry and Path(entry).resolve() == _HERE else entry for entry in sys.path]

import streamlit as st  # noqa: E402, TID253 - after the path is mended; this module is run by Streamlit alone

from bot.reader import Reader  # noqa: E402, TC001 - the path comes first
from bot.write import Writer  # noqa: E402, TC001 - the path comes first
from corpus.essays import essays  # noqa: E402 - the path comes first
from corpus.settings import Settings  # noqa: E402 - the path comes first
from ui import wiring  # noqa: E402 - the path comes first
from ui.changes_page import changes_page  # noqa: E402 - the path comes first
from ui.chat import TITLE, WORKS, chat_page  # noqa: E402 - the path comes first
from ui.essay_choice import fitting  # noqa: E402 - the path comes first
from ui.essay_page import ESSAY, essay_page  # noqa: E402 - the path comes first
from ui.evidence_panel import OPENS  # noqa: E402 - the path comes first
from ui.letter_view import letters  # noqa: E402 - the path comes first
from ui.library_page import library_page  # noqa: E402 - the path comes first
from ui.navigation import STEPS_ASIDE, know  # noqa: E402 - the path comes first
from ui.work_page import PAGE, WORK  # noqa: E402 - the path comes first


@st.cache_resource(show_spinner="Opening the library")
def shared_reader(home: str) -> Reader:
    """The library of this home with its model, loaded once for all sessions."""
    return wiring.make_reader(Settings.load(home=Path(home)))[0]


@st.cache_resource(show_spinner=False)
def shared_writer(home: str) -> Writer | None:
    """The language model that writes answers, under one budget for all sessions; None where the settings name none."""
    return wiring.make_writer(Settings.load(home=Path(home)), shared_reader(home).embedder)


def main() -> None:
    """Draw the page that is asked for; whatever goes wrong is shown as a short letter."""
    st.set_page_config(page_title=TITLE, page_icon=str(_HERE / "app.svg"), layout="wide")
    st.html(_HERE / "app.css")
    st.html(OPENS + STEPS_ASIDE, unsafe_allow_javascript=True)
    st.session_state[WORKS] = st.session_state.get(WORKS, [])  # what is chosen stays so on the way to another page
    ask, essay = st.Page(_ask, title="Ask", default=True), st.Page(_essay, title="Essay", url_path="essay")
    changes = st.Page(_changes, title="What changed", url_path="changes")
    library = st.Page(_library, title="Library", url_path="library")
    know({"ask": ask, "essay": essay, "changes": changes, "library": library})
    chosen = st.navigation([ask, essay, changes, library], position="top")
    if chosen is not library and WORK in st.query_params:
        st.switch_page(library, query_params={name: st.query_params[name] for name in (WORK, PAGE) if name in st.query_params})
    chosen.run()


def _ask() -> None:
    with letters():
        settings, reader = _opened()
        known = essays(settings.home)
        meant = st.session_state.get(ESSAY)
        st.session_state[ESSAY] = meant if meant in known else fitting(known, reader.works())
        chat_page(reader, known[st.session_state[ESSAY]], writer=shared_writer(str(settings.home)))


def _essay() -> None:
    with letters():
        settings, reader = _opened()
        essay_page(settings, reader, essays(settings.home), writer=shared_writer(str(settings.home)))


def _changes() -> None:
    with letters():
        settings, reader = _opened()
        changes_page(settings, reader, essays(settings.home))


def _library() -> None:
    with letters():
        settings, reader = _opened()
        library_page(settings, reader, essays(settings.home))


def _opened() -> tuple[Settings, Reader]:
    settings = Settings.load()
    reader = shared_reader(str(settings.home))
    reader.require_vectors()  # the library may have been embedded with another model since
    return settings, reader


if __name__ == "__main__":
    main()
