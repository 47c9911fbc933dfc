"""Thumbs below an answer, with a note. Knows how things look; what is kept is `corpus.judgements`."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

from corpus.judgements import CitedQuote, Judgement, judgement_id, judgements, keep_judgement
from ui.conversation import letter_of
from ui.letter_view import show_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.answers import Answer
    from corpus.judgements import Verdict

WAIT = 5.0
"""Seconds to wait for whoever is writing to the library."""
KEPT = "Kept. `pincite judgements` lists what you said."
NOTE = {"good": "What is good about it? (Enter keeps it)", "bad": "What is wrong with it? (Enter keeps it)"}
NOT_HELD = "The works do not hold the answer"
VERDICTS: tuple[Verdict, ...] = ("bad", "good")
"""As Streamlit counts thumbs."""


def judgement_form(home: Path, answer: Answer, works: Sequence[str], name: str) -> None:
    """Draw it; only this part of the page is drawn anew when it is used."""
    import streamlit as st

    st.fragment(_form)(home, answer, works, name)


def _form(home: Path, answer: Answer, works: Sequence[str], name: str) -> None:
    import streamlit as st

    thumb, note, absent, failed = (f"{part}-{name}" for part in ("thumb", "note", "absent", "judging-failed"))
    earlier = _earlier(home, answer, works)
    if earlier is not None and thumb not in st.session_state:
        st.session_state[thumb] = VERDICTS.index(earlier.verdict) if earlier.verdict in VERDICTS else None
        st.session_state[note], st.session_state[absent] = earlier.note, earlier.not_held
    keep: dict[str, Any] = {"on_change": _keep, "args": (home, answer, works, name)}
    with st.container(key=f"judgement-{name}", gap="small"):
        chosen = st.feedback("thumbs", key=thumb, **keep)
        if chosen is not None:
            verdict = VERDICTS[chosen]
            st.text_input(NOTE[verdict], key=note, max_chars=2000, **keep)
            if verdict == "bad" and answer.status == "answered":
                st.checkbox(NOT_HELD, key=absent, **keep)
        if (letter := st.session_state.pop(failed, None)) is not None:
            show_letter(letter)
        elif chosen is not None:
            st.caption(KEPT)


def _keep(home: Path, answer: Answer, works: Sequence[str], name: str) -> None:
    """Keep what the thumbs and the note say now; what goes wrong is told below them."""
    import streamlit as st

    thumb = st.session_state.get(f"thumb-{name}")
    verdict: Verdict = "none" if thumb is None else VERDICTS[thumb]
    not_held = verdict == "bad" and answer.status == "answered" and bool(st.session_state.get(f"absent-{name}"))
    note = "" if thumb is None else st.session_state.get(f"note-{name}") or ""
    try:
        keep_judgement(home, judgement_of(answer, works, verdict, note, not_held=not_held), wait=WAIT)
    except Exception as error:
        st.session_state[f"judging-failed-{name}"] = letter_of(error)


def _earlier(home: Path, answer: Answer, works: Sequence[str]) -> Judgement | None:
    """What was said of this answer before, perhaps in another session."""
    sought = judgement_id(answer.question, works, answer_digest(answer))
    try:
        return next((each for each in judgements(home).judgements if each.id == sought), None)
    except Exception as error:
        show_letter(letter_of(error))
        return None


def judgement_of(answer: Answer, works: Sequence[str], verdict: Verdict, note: str, *, not_held: bool = False) -> Judgement:
    """What is kept of an answer that is judged now."""
    return Judgement(
        moment=datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        question=answer.question,
        query=answer.query,
        works=tuple(works),
        verdict=verdict,
        answered=answer.status == "answered",
        digest=answer_digest(answer),
        composer=answer.composer,
        not_held=not_held,
        note=note.strip(),
        citations=tuple(
            CitedQuote(each.work.key, each.locator.page, each.locator.time, each.quote.text)
            for each in answer.citations
            if each.quote is not None
        ),
    )


def answer_digest(answer: Answer) -> str:
    """SHA-256 of what an answer says and quotes; how long it took and how it is numbered does not count."""
    cited = [
        (each.work.key, each.quote.document, each.quote.span.start, each.quote.span.end) if each.quote else (each.work.key,)
        for each in answer.citations
    ]
    says = [answer.status, answer.reason, [claim.text for claim in answer.claims], cited]
    return hashlib.sha256(json.dumps(says, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
