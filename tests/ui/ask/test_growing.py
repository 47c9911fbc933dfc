"""An answer that takes its time: drawn as it comes, stopped, broken off, taken up again; and what stands around it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.answers import Answer
from corpus.errors import ModelUnreachable
from corpus.settings import Settings
from tests.ui.ask.visiting import ask, citations, questions
from tests.ui.sessions import shown, visit
from ui import wiring, workflows
from ui.answer_html import NO_MODEL
from ui.chat import GROWING, TURNS
from ui.conversation import NOTHING_YET, STOPPED, Growing, Turn
from ui.invitation import GREETING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "What does the keeper write into the ledger?"
OTHER = "How deep is the harbour and how old is its lamp?"
PATIENCE = 20.0


class Waiting:
    """Stands for a slow answer: after so many states it waits until it is let go, or for the end of the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, states: int) -> None:
        self.go_on, self.waits, self.closed = threading.Event(), threading.Event(), threading.Event()
        self._plain, self._states = workflows.asking, states
        monkeypatch.setattr(workflows, "asking", self._asking)

    def _asking(self, *args: Any, **more: Any) -> Iterator[Answer]:
        try:
            for count, state in enumerate(self._plain(*args, **more)):
                if count == self._states:
                    self._wait()
                yield state
            self._wait()
        finally:
            self.closed.set()

    def _wait(self) -> None:
        self.waits.set()
        self.go_on.wait(PATIENCE)


def meanwhile(waiting: Waiting, deed: Any) -> threading.Thread:
    """Do something while the page is drawn, once the answer waits."""

    def wait() -> None:
        assert waiting.waits.wait(PATIENCE)
        time.sleep(0.5)  # until the page has been drawn as far as it comes
        deed()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def growing_of(app: Any) -> Growing:
    state: Growing = app.session_state[GROWING]
    return state


def turns_of(app: Any) -> list[Turn]:
    turns: list[Turn] = app.session_state[TURNS]
    return turns


def forget_what_is_shared() -> None:
    """So that the next session opens the library anew."""
    import streamlit as st

    st.cache_resource.clear()


def captions(app: Any) -> list[str]:
    return [each.value for each in app.caption]


def test_a_slow_answer_is_whole_in_the_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit()
    waiting = Waiting(monkeypatch, 1)
    thread = meanwhile(waiting, waiting.go_on.set)
    ask(app, QUESTION)
    thread.join()
    assert not app.exception
    assert not [button for button in app.button if button.label == "Stop"], "there is nothing left to stop"
    assert isinstance(turns_of(app)[0].outcome, Answer)
    assert "being written" not in shown(app)
    assert 'aria-busy="true"' not in shown(app)
    assert len(citations(app)) == len(turns_of(app)[0].outcome.citations)
    assert "confidence" in shown(app)
    assert GREETING not in [piece.value for piece in app.markdown]


@pytest.mark.parametrize("states", [0, 1])
def test_stopping_keeps_what_stands_and_the_talk_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch, states: int) -> None:
    app = visit()
    waiting = Waiting(monkeypatch, states)
    thread = meanwhile(waiting, lambda: growing_of(app).stop())
    ask(app, QUESTION)
    thread.join()
    app.run()
    (turn,) = turns_of(app)
    assert turn.stopped
    if states:
        assert STOPPED in captions(app)
        assert len(citations(app)) == len(turn.outcome.citations) == 1  # type: ignore[union-attr]
    else:
        assert f"{NOTHING_YET.message} {NOTHING_YET.remedy}" in captions(app)
    assert not app.error
    waiting.go_on.set()
    assert waiting.closed.wait(PATIENCE), "the work ends"
    ask(app, OTHER)  # the stand-in lets everything through by now
    assert len(questions(app)) == 2
    assert not turns_of(app)[1].stopped


def test_a_new_question_ends_the_one_that_grows(home: Path) -> None:
    app = ask(visit(), OTHER)
    first = turns_of(app)[0].outcome
    assert isinstance(first, Answer)
    let, closed = threading.Event(), threading.Event()

    def states() -> Iterator[Answer]:
        try:
            yield first
            let.wait(PATIENCE)
            yield first
        finally:
            closed.set()

    growing = Growing(Turn(QUESTION), 1, states)
    while growing.turn.outcome is None:
        growing.after(growing.turn, 0.1)
    app.session_state[GROWING] = growing
    ask(app, "How old is its lamp?")
    assert [turn.question for turn in turns_of(app)] == [OTHER, QUESTION, "How old is its lamp?"]
    assert [turn.stopped for turn in turns_of(app)] == [False, True, False]
    assert app.session_state[GROWING] is None
    let.set()
    assert closed.wait(PATIENCE)


def test_what_breaks_off_says_why_below_what_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = workflows.asking

    def breaking(*args: Any, **more: Any) -> Iterator[Answer]:
        yield next(plain(*args, **more))
        raise ModelUnreachable("The model went away.", remedy="Ask again.")

    app = visit()
    monkeypatch.setattr(workflows, "asking", breaking)
    ask(app, QUESTION)
    assert "The model went away" in app.error[0].value
    assert len(citations(app)) == 1
    app.run()
    assert "The model went away" in app.error[0].value
    assert not app.exception


def test_what_begins_anew_is_drawn_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = workflows.asking

    def twice(*args: Any, **more: Any) -> Iterator[Answer]:
        *_, whole = plain(*args, **more)
        yield whole
        time.sleep(0.3)
        yield from plain(*args, **more)

    app = visit()
    monkeypatch.setattr(workflows, "asking", twice)
    ask(app, QUESTION)
    assert not app.exception
    assert len(citations(app)) == len(turns_of(app)[0].outcome.citations)  # type: ignore[union-attr]


def test_an_answer_that_began_before_another_drawing_is_taken_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the reader went to another page and comes back."""
    app = visit()
    let = threading.Event()
    reader, _ = wiring.make_reader(Settings.load())

    def states() -> Iterator[Answer]:
        let.wait(PATIENCE)
        yield from workflows.asking(reader, QUESTION, evidence=10)

    app.session_state[GROWING] = Growing(Turn(QUESTION), 0, states)
    threading.Timer(0.5, let.set).start()
    app.run()
    assert questions(app)
    assert citations(app)
    assert app.session_state[GROWING] is None


def test_a_link_asks_once_and_the_address_names_the_question(home: Path) -> None:
    app = visit(q=QUESTION)
    assert len(questions(app)) == 1
    app.run()
    assert len(questions(app)) == 1
    assert app.query_params["q"] == QUESTION


def test_the_answer_says_what_was_searched_where_the_question_does_not(home: Path) -> None:
    essay = workflows.choose_essay(Settings.load())
    question = next(each for each in essay.questions if each.asked != each.standalone and not each.implied)
    app = ask(visit(), question.asked)
    assert f'<p class="searched">Searched for: <span>{question.standalone}' in shown(app).replace("&#39;", "'")
    ask(app, QUESTION)
    assert shown(app).count('class="searched"') == 1


def test_a_follow_up_leans_on_the_turn_before(home: Path) -> None:
    app = ask(visit(), "What does the keeper write into the ledger about the lamp?")
    ask(app, "Why?")
    outcome = turns_of(app)[1].outcome
    assert isinstance(outcome, Answer)
    assert outcome.question == "Why?"
    assert "keeper" in outcome.query
    assert "Searched for:" in shown(app)


def test_the_works_asked_are_said(home: Path) -> None:
    app = visit()
    app.multiselect[0].set_value(["harbour"]).run()
    assert any("will be asked" in each for each in captions(app))
    ask(app, OTHER)
    assert "Asked only:" in shown(app)
    app.multiselect[0].set_value([]).run()
    assert "Asked only:" in shown(app), "of the turn that was asked so"
    assert not any("will be asked" in each for each in captions(app))


def test_a_language_model_is_named_where_one_reads_along(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Named:
        name = "ollama/<small>"

    plain = workflows.asking
    asked_with = []

    def asking(*args: Any, writer: object = None, **more: Any) -> Iterator[Answer]:
        asked_with.append(writer)
        yield from plain(*args, **more)

    assert NO_MODEL in captions(visit())
    monkeypatch.setattr(wiring, "make_writer", lambda *_: Named())
    monkeypatch.setattr(workflows, "asking", asking)
    forget_what_is_shared()
    app = ask(visit(), QUESTION)
    assert NO_MODEL not in captions(app)
    assert "ollama/&lt;small&gt;" in shown(app)
    assert [getattr(writer, "name", None) for writer in asked_with] == [Named.name]
    forget_what_is_shared()
