"""What changed: an essay's answers in two of their kept states, old beside new. Knows how things look.

What differs is `bot.changes`; the words for it are those of the terminal (`ui.changes_view`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ui.answer_html import citation_label, element, literal
from ui.changes_html import NEW, lines_html, side_html
from ui.changes_view import differences, moved_evidence, renewed
from ui.evidence_panel import TAKEN_OUT, desk, evidence_panel, open_citation, opened
from ui.job_view import job_view
from ui.letter_view import letters
from ui.navigation import AFTER, BEFORE, ESSAY, QUESTION, link
from ui.printable import as_sentence, counted, visible
from ui.saved_answers import compared, moment_of, states, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.answers import Answer, Citation
    from bot.changes import Change, Touched
    from bot.reader import Reader
    from corpus.essays import Essay
    from corpus.settings import Settings

CHOSEN, OLD, NOW, FOLLOWED = "changes-essay", "changes-from", "changes-to", "changes-followed"
"""Where a session keeps the essay and the two states that are compared, and the address that was followed last."""
NEVER = "This essay has not been answered yet. Answer it on the page Essay; what changes later is shown here."
ONCE = (
    "This essay has been answered once. When it is answered again, or an update brings something new, what changed is shown here."
)
SAME = "Nothing that an answer says has changed between these two."
BRIEFLY: dict[Touched, str] = {
    "evidence": "The same answer, with other passages behind it",
    "version": "The same words, from a newer version",
}


def changes_page(settings: Settings, reader: Reader, essays: Mapping[str, Essay]) -> None:
    """Draw the page."""
    import streamlit as st

    _follow_address(settings, essays)
    st.title("What changed", anchor=False)
    essay = _choose_essay(essays)
    if len(essays) == 1:
        st.html(element('<p class="about">{}</p>', visible(essay.title)))
    job_view(settings.home)
    kept = states(settings.home, essay.key)
    if len(kept) < 2:
        st.markdown(ONCE if kept else NEVER)
        link("essay", "To the essay", **{ESSAY: essay.key})
        return
    with letters():
        before, after = _choose_states(kept)
        _write_address(essay.key, before, after)
        found = compared(settings.home, essay, before, after)
        told = [_whole(change, reader) for change in found if change.touches == "answer"]
        st.caption(_sum(found))
        left, beside = desk()
        with left, st.container(key="changes"):
            for place, change in enumerate(told):
                _change(reader, essay, change, place)
            if not told:
                st.markdown(SAME)
            for touched, heading in BRIEFLY.items():
                _briefly(heading, [change for change in found if change.touches == touched])
        with beside:
            _evidence(reader, told)


def _follow_address(settings: Settings, essays: Mapping[str, Essay]) -> None:
    """Choose what the address names, where it was not followed yet; what is not there is passed over."""
    import streamlit as st

    asked = tuple(st.query_params.get(name) for name in (ESSAY, BEFORE, AFTER))
    if asked != st.session_state.get(FOLLOWED) and asked[0] in essays:
        kept = states(settings.home, str(asked[0]))
        st.session_state[CHOSEN] = asked[0]
        for name, state in zip((OLD, NOW), asked[1:], strict=True):
            st.session_state[name] = state if state in kept else None
        open_citation("", None)
    st.session_state[FOLLOWED] = asked


def _choose_essay(essays: Mapping[str, Essay]) -> Essay:
    import streamlit as st

    if st.session_state.get(CHOSEN) not in essays:
        st.session_state[CHOSEN] = next(iter(essays))
    st.session_state[CHOSEN] = st.session_state[CHOSEN]  # what is chosen stays so on the way to another page
    if len(essays) > 1:
        titles = {key: visible(essay.title) for key, essay in essays.items()}
        st.selectbox("Essay", list(essays), format_func=titles.__getitem__, key=CHOSEN, on_change=_close)
    return essays[st.session_state[CHOSEN]]


def _choose_states(kept: Sequence[str]) -> tuple[str, str]:
    """Two states, the newest two where none are chosen."""
    import streamlit as st

    newest_first, called = list(reversed(kept)), named_states(kept)
    left, right = st.columns(2)
    chosen = []
    for column, name, label, usual in ((left, OLD, "Before", newest_first[1]), (right, NOW, "Now", newest_first[0])):
        if st.session_state.get(name) not in kept:
            st.session_state[name] = usual
        st.session_state[name] = st.session_state[name]
        chosen.append(column.selectbox(label, newest_first, format_func=called.__getitem__, key=name, on_change=_close))
    return chosen[0], chosen[1]


def named_states(kept: Sequence[str]) -> dict[str, str]:
    """What each state is called: its minute, or as much more of its moment as tells all apart."""
    for more in (0, 2, 9):
        called = {state: moment_of(state, seconds=more) for state in kept}
        if len(set(called.values())) == len(kept):
            return called
    return {state: state for state in kept}


def _close() -> None:
    open_citation("", None)


def _write_address(essay: str, before: str, after: str) -> None:
    """The address names what is compared, so that it can be given to others."""
    import streamlit as st

    asked = {ESSAY: essay, BEFORE: before, AFTER: after}
    if any(st.query_params.get(name) != value for name, value in asked.items()):
        st.query_params.update(asked)
    st.session_state[FOLLOWED] = (essay, before, after)


def _sum(found: Iterable[Change]) -> str:
    """How many questions fared how; those that are the same are only counted."""
    touched = Counter(change.touches for change in found)
    parts = [f"{counted(touched['answer'], 'answer')} changed"]
    parts += [f"{touched['evidence']} with other passages behind the same answer"] if touched["evidence"] else []
    parts += [f"{touched['version']} with the same words from a newer version"] if touched["version"] else []
    return as_sentence(f"{'; '.join(parts)}; {touched[None]} as before")


def _whole(change: Change, reader: Reader) -> Change:
    """The change with the works of its citations as the library knows them."""
    from dataclasses import replace

    works = reader.works()
    return replace(
        change,
        before=change.before and whole(change.before, works),
        after=change.after and whole(change.after, works),
    )


def _change(reader: Reader, essay: Essay, change: Change, place: int) -> None:
    """One answer, as it was and as it is."""
    import streamlit as st

    st.html(element('<h2 class="changed">{}</h2>', visible(change.question)))
    if change.verdict != "changed":
        st.caption(f"This question is {change.verdict}.")
    _small(differences(change))
    with st.container(key=f"sides-{place}"):
        left, right = st.columns(2, gap="medium")
        with left:
            _side(reader, change.before, "Before", f"before-{place}", change)
        with right:
            _side(reader, change.after, "Now", f"now-{place}", change)
    notes = [f"Noted no longer: {note}" for note in change.notes_went] + [f"Noted now: {note}" for note in change.notes_came]
    _small([*map(renewed, change.superseded), *notes, *moved_evidence(change)])
    if change.id is not None and change.after is not None:
        link("essay", "Open it in the essay", **{ESSAY: essay.key, QUESTION: change.id})


def _small(lines: Iterable[str]) -> None:
    """Lines of small print, where there are any."""
    import streamlit as st

    if printed := lines_html(lines):
        st.html(printed)


def _side(reader: Reader, answer: Answer | None, heading: str, name: str, change: Change) -> None:
    """One answer; what it cites opens beside it."""
    import streamlit as st

    is_now = answer is change.after
    st.html(element('<p class="side-head">{}</p>', heading))
    if answer is None:
        st.html(
            element(
                '<p class="about">{}</p>', "The question was not asked." if not is_now else "The question is not asked any more."
            )
        )
        return
    marked, fresh = (change.came, change.cited) if is_now else (change.went, ())
    told = {citation.number for citation in fresh}
    with st.container(key=f"answer-{name}"):
        st.html(side_html(answer, marked, "came" if is_now else "went", fresh))
        with st.container(key=f"cites-{name}", gap=None):
            for citation in (each for each in answer.citations if each.number in told):
                _new_citation(reader, name, citation)
            others = [citation.number for citation in answer.citations if citation.number not in told]
            if others:  # out of sight: the marks press them
                key = f"others-{name}"
                st.pills("Citations", others, key=key, on_change=_open_other, args=(name, key))


def _new_citation(reader: Reader, name: str, citation: Citation) -> None:
    import streamlit as st

    from ui.evidence_panel import OPEN

    gone = "" if citation.work.key in reader.works() else TAKEN_OUT
    version = f", {literal(citation.version)}" if citation.version else ""
    st.button(
        f"{citation_label(citation)}{version}{gone} :primary-badge[{NEW}]",
        key=f"cite-{name}-{citation.number}",
        type="secondary" if st.session_state.get(OPEN) == (name, citation.number) else "tertiary",
        on_click=open_citation,
        args=(name, citation.number),
    )


def _open_other(name: str, key: str) -> None:
    """Open a citation that is no news; its button can be pressed again afterwards."""
    import streamlit as st

    number: int | None = st.session_state[key]
    st.session_state[key] = None
    if number is not None:
        open_citation(name, number)


def _briefly(heading: str, group: Sequence[Change]) -> None:
    """Questions whose answer says the same: only what moved behind it."""
    import streamlit as st

    if group:
        st.html(element('<h2 class="changed">{}</h2>', heading))
        for change in group:
            st.html(element('<p class="briefly">{}</p>', visible(change.question)))
            _small([*map(renewed, change.superseded), *moved_evidence(change)])


def _evidence(reader: Reader, told: Sequence[Change]) -> None:
    """What the reader has opened, of whichever side."""
    for place, change in enumerate(told):
        for side, answer in (("before", change.before), ("now", change.after)):
            if answer is not None and (citation := opened(answer, f"{side}-{place}")):
                evidence_panel(reader, answer, citation)
