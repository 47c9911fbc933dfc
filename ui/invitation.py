"""What a reader can do next on the Ask page: ask, take up a question of the essay, keep the conversation or start over.

Knows how things look, and nothing of answers. What is absent leaves an empty place: while an answer grows, Streamlit keeps
on the page whatever has not been drawn anew.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.compose import listed
from ui.answer_html import literal, question_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpus.essays import Essay
    from corpus.records import WorkRecord
    from ui.conversation import Turn

GREETING = "Good to see you. Ask something of your own, or take up one of the essay's questions."
EMPTY = "The library is empty, so there is nothing to answer from yet."
TYPED = "typed"
"""Where a session keeps what is typed."""


def invite(
    records: Mapping[str, WorkRecord],
    essay: Essay,
    works: Sequence[str],
    turns: Sequence[Turn] | None,
    *,
    take_up: Callable[[str], None],
    start_over: Callable[[], None],
) -> None:
    """Draw it; `turns` is None before the first question, `take_up` takes the key under which a question was given."""
    import streamlit as st

    only = listed([records[key].work.label for key in works]) if works else ""
    _draw(not records, _how_to_begin)
    _draw(bool(records) and turns is None, partial(st.markdown, GREETING))
    with st.container():  # in a container it stands in the page; else it is pinned, and the page jumps to its end
        says = "Ask the library" if turns is None else "Ask another question"
        st.chat_input(says, key=TYPED, on_submit=take_up, args=(TYPED,))
    _draw(bool(only), lambda: st.caption(literal(f"Only {only} will be asked.")))
    _draw(turns is not None, lambda: _tools(turns or (), start_over))
    _draw(bool(records) and turns is not None, lambda: _more(essay, take_up))
    _draw(bool(records) and turns is None, lambda: _first(essay, take_up))


def _draw(present: bool, draw: Callable[[], object]) -> None:
    """Draw a piece in its place, or leave the place empty."""
    import streamlit as st

    if present:
        with st.container():
            draw()
    else:
        st.empty()


def _how_to_begin() -> None:
    import streamlit as st

    st.markdown(EMPTY)
    st.markdown("In a terminal, take in the essay's works, or a file of yours:")
    st.code("pincite ingest\npincite add FILE", language=None)
    st.button("Look again")


def _tools(turns: Sequence[Turn], start_over: Callable[[], None]) -> None:
    import streamlit as st

    with st.container(horizontal=True, key="conversation-tools", gap="small"):
        st.button("Start over", key="start-over", type="tertiary", on_click=start_over)
        st.download_button(
            "Download as Markdown",
            partial(_as_markdown, turns),
            file_name="pincite-conversation.md",
            mime="text/markdown",
            key="download-conversation",
            type="tertiary",
            on_click="ignore",
        )


def _as_markdown(turns: Sequence[Turn]) -> str:
    """The conversation with its quotes and pincites; made when somebody asks for it."""
    from ui.conversations import conversation_markdown

    return conversation_markdown(turns[0].question if turns else "", turns)


def _first(essay: Essay, take_up: Callable[[str], None]) -> None:
    import streamlit as st

    st.html(question_html(essay.title))
    _questions(essay, take_up)


def _more(essay: Essay, take_up: Callable[[str], None]) -> None:
    import streamlit as st

    with st.expander("More of the essay's questions"):
        _questions(essay, take_up)


def _questions(essay: Essay, take_up: Callable[[str], None]) -> None:
    """The essay's questions, a tab a section; a click asks."""
    import streamlit as st

    for place, (section, tab) in enumerate(zip(essay.sections, st.tabs([literal(name) for name in essay.sections]), strict=True)):
        key = f"questions-{place}"
        asked = [question.standalone for question in essay.questions if question.section == section]
        tab.pills(section, asked, format_func=literal, key=key, label_visibility="collapsed", on_change=take_up, args=(key,))
