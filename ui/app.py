"""The app, as Streamlit runs it: `pincite ui`, or `streamlit run ui/app.py`. Knows its page only by name."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# Streamlit puts this folder first on the path; what the app imports lies beside it, not in it.
sys.path[:] = [str(_HERE.parent) if entry and Path(entry).resolve() == _HERE else entry for entry in sys.path]

import streamlit as st  # noqa: E402, TID253 - after the path is mended; this module is run by Streamlit alone

from bot.reader import Reader  # noqa: E402, TC001 - the path comes first
from corpus.settings import Settings  # noqa: E402 - the path comes first
from ui import wiring, workflows  # noqa: E402 - the path comes first
from ui.chat import TITLE, chat_page, show_letter  # noqa: E402 - the path comes first
from ui.conversation import letter_of  # noqa: E402 - the path comes first


@st.cache_resource(show_spinner="Opening the library")
def shared_reader(home: str) -> Reader:
    """The library of this home with its model, loaded once for all sessions."""
    return wiring.make_reader(Settings.load(home=Path(home)))[0]


def main() -> None:
    """Draw the page; whatever goes wrong is shown as a short letter."""
    st.set_page_config(page_title=TITLE, page_icon=str(_HERE / "app.svg"), layout="centered")
    st.html(_HERE / "app.css")
    try:
        settings = Settings.load()
        reader = shared_reader(str(settings.home))
        reader.require_vectors()  # the library may have been embedded with another model since
        chat_page(reader, workflows.choose_essay(settings))
    except Exception as error:
        show_letter(letter_of(error))


if __name__ == "__main__":
    main()
