"""What stands below the evidence: the way to the original, the passage, and what to copy. Knows no answer.

A talk plays only on request: until then the page asks nobody's server for anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pincite import clock, web_address
from corpus.bibliography import write_bibtex
from ui.answer_html import element
from ui.printable import visible

if TYPE_CHECKING:
    from bot.answers import Locator
    from bot.reader import Reader
    from corpus.documents import Passage
    from corpus.works import Work

PLAYED = "played"
"""Where a session keeps the talk that plays."""


def links(link: str | None, work: Work, where: Locator) -> None:
    """Out to the original, at the place where a browser can be sent there; a talk plays here on request."""
    import streamlit as st

    address = web_address(link)
    if address is None:
        return
    if where.time is not None and "t=" in address:
        says = f"Watch from {clock(where.time)}"
    elif "#page=" in address:
        says = f"Open page {where.page} of the original"
    else:
        says = "Open the talk" if work.is_talk else "Open the original"
    video = work.identifiers.youtube
    with st.container(horizontal=True, gap="small"):
        st.link_button(says, address)
        plays = bool(video) and st.session_state.get(PLAYED) == address
        if video and not plays:
            st.button("Play here", key="play", on_click=st.session_state.__setitem__, args=(PLAYED, address))
    if plays:
        st.video(f"https://www.youtube.com/watch?v={video}", start_time=int(where.time or 0), autoplay=True)


def passage_view(passage: Passage | None) -> None:
    """The passage in which a quote lies, on request."""
    import streamlit as st

    if passage is not None:
        with st.expander("The passage"):
            st.html(element('<div class="citation"><p>{}</p></div>', visible(passage.text)))


def reference_view(reader: Reader, work: Work, quoted: str) -> None:
    """The reference, and the quote where there is one, to be copied."""
    import streamlit as st

    record = reader.works().get(work.key)
    with st.expander("To copy: quote and reference" if quoted else "To copy: reference"):
        if quoted:
            st.code(visible(quoted), language=None, wrap_lines=True)
        st.code(visible(write_bibtex([record.work if record else work]).strip()), language="bibtex")
