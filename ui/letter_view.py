"""An error on the page, as a short letter. Knows how it looks, not what failed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ui.answer_html import literal
from ui.conversation import letter_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.conversation import Letter


def show_letter(letter: Letter) -> None:
    """What failed, and what to do now."""
    import streamlit as st

    st.error(f"{literal(letter.message)}\n\n{literal(letter.remedy)}")


@contextlib.contextmanager
def letters() -> Iterator[None]:
    """Whatever goes wrong inside is shown as a letter, and the rest of the page goes on."""
    try:
        yield
    except Exception as error:
        show_letter(letter_of(error))
