"""Conversations that the home keeps, beside the page: going on with one, deleting one. Knows how things look.

They are listed only when somebody asks for them: who opens the page next need not see what was asked before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import Answer
from corpus.conversations import Conversations
from ui.answer_html import literal
from ui.conversation import Turn
from ui.conversations import kept_turn, turns_of
from ui.letter_view import letters
from ui.saved_answers import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from corpus.conversations import Head
    from corpus.records import WorkRecord

CONVERSATION = "conversation"
"""Where a session keeps the id of its conversation in the home."""
MOST = 30
"""How many are listed; `pincite conversations list` has them all."""


def keep_turn(home: Path, turn: Turn) -> None:
    """Keep a turn of this session's conversation; where that fails, the answer stands all the same and a letter says why."""
    import streamlit as st

    if not isinstance(turn.outcome, Answer):
        return  # a letter is read once; there is nothing in it to come back to
    kept, told = Conversations(home), kept_turn(turn.question, turn.outcome)
    with letters():
        name: str | None = st.session_state.get(CONVERSATION)
        known = name is not None and (kept.folder / f"{name}.json").exists()  # else it was deleted meanwhile
        st.session_state[CONVERSATION] = (kept.append(name, told) if name and known else kept.begin(told)).id


def kept_view(home: Path, works: Mapping[str, WorkRecord], go_on: Callable[[list[Turn]], None]) -> None:
    """Draw the list; `go_on` puts the turns of a conversation where this session has its own."""
    import streamlit as st

    if not st.toggle("Earlier conversations", key="show-conversations"):
        return
    with letters(), st.container(key="kept-list", gap=None):
        heads, damaged = Conversations(home).listed()
        if not heads:
            st.caption("None is kept yet.")
        for head in heads[:MOST]:
            _line(home, head, works, go_on)
        for name in damaged:
            st.caption(literal(f"{name} cannot be read, and was skipped."))


def _line(home: Path, head: Head, works: Mapping[str, WorkRecord], go_on: Callable[[list[Turn]], None]) -> None:
    import streamlit as st

    is_open = st.session_state.get(CONVERSATION) == head.id
    with st.container(horizontal=True, key=f"kept-{head.id}", gap="small", vertical_alignment="top"):
        st.button(
            literal(head.title),
            key=f"go-on-{head.id}",
            type="tertiary",
            disabled=is_open,
            on_click=_go_on,
            args=(home, head.id, works, go_on),
        )
        says = f"Delete this conversation: {head.title[:60]}"
        st.button("×", key=f"delete-{head.id}", help=literal(says), type="tertiary", on_click=_delete, args=(home, head.id))


def _go_on(home: Path, name: str, works: Mapping[str, WorkRecord], go_on: Callable[[list[Turn]], None]) -> None:
    import streamlit as st

    with letters():
        turns = turns_of(Conversations(home).read(name))
        go_on([Turn(turn.question, whole(turn.outcome, works)) if isinstance(turn.outcome, Answer) else turn for turn in turns])
        st.session_state[CONVERSATION] = name


def _delete(home: Path, name: str) -> None:
    import streamlit as st

    with letters():
        Conversations(home).delete(name)
        if st.session_state.get(CONVERSATION) == name:
            st.session_state[CONVERSATION] = None
