"""What a reader says of an answer, what is kept of a conversation, and what opens beside an abstention."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.answers import Answer
from corpus.conversations import Conversations
from corpus.home import writers_lock
from corpus.judgements import judgements, keep_judgement
from corpus.settings import Settings
from tests.ui.ask.visiting import ask, citations, questions
from tests.ui.sessions import runner, shown, visit
from ui import judgement_form, workflows
from ui.chat import TURNS
from ui.conversations import conversation_markdown
from ui.exhibit import page_picture
from ui.judgement_form import KEPT, judgement_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.paper.build_paper import PaperFacts
    from ui.conversation import Turn

QUESTION = "What does the keeper write into the ledger about the lamp?"
OTHER = "How deep is the harbour and how old is its lamp?"
ELSEWHERE = "Who won the chess tournament in Reykjavik?"
DOWN, UP = 0, 1


def turns_of(app: Any) -> list[Turn]:
    turns: list[Turn] = app.session_state[TURNS]
    return turns


def thumb(app: Any, value: int | None, turn: int = 0) -> Any:
    """Press a thumb below an answer."""
    app.feedback(key=f"thumb-turn-{turn}").set_value(value).run()
    assert not app.exception
    return app


def test_a_thumb_is_kept_at_once_and_its_note_when_it_is_written(home: Path) -> None:
    app = ask(visit(), QUESTION)
    assert not [each for each in app.text_input if each.key == "note-turn-0"], "a note is asked for after a thumb"
    thumb(app, UP)
    (kept,) = judgements(home).judgements
    answer = turns_of(app)[0].outcome
    assert isinstance(answer, Answer)
    assert (kept.verdict, kept.question, kept.note, kept.answered) == ("good", QUESTION, "", True)
    assert [each.quote for each in kept.citations] == [each.quote.text for each in answer.citations if each.quote]
    assert KEPT in [each.value for each in app.caption]
    app.text_input(key="note-turn-0").set_value("to the point").run()
    assert [each.note for each in judgements(home).judgements] == ["to the point"]


def test_changing_ones_mind_replaces_and_taking_it_back_removes(home: Path) -> None:
    app = thumb(ask(visit(), QUESTION), UP)
    thumb(app, DOWN)
    app.checkbox(key="absent-turn-0").check().run()
    app.text_input(key="note-turn-0").set_value("it is nowhere").run()
    (kept,) = judgements(home).judgements
    assert (kept.verdict, kept.not_held, kept.note) == ("bad", True, "it is nowhere")
    thumb(app, UP)
    (kept,) = judgements(home).judgements
    assert (kept.verdict, kept.not_held) == ("good", False)
    thumb(app, None)
    assert judgements(home).judgements == ()


def test_what_was_said_before_is_shown_to_the_next_session(home: Path) -> None:
    app = thumb(ask(visit(), QUESTION), DOWN)
    app.text_input(key="note-turn-0").set_value("off the point").run()
    later = ask(visit(), QUESTION)
    assert later.feedback(key="thumb-turn-0").value == DOWN
    assert later.text_input(key="note-turn-0").value == "off the point"
    assert ask(visit(), OTHER).feedback(key="thumb-turn-0").value is None


def test_an_abstention_can_be_right(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_THRESHOLD", "1")
    app = thumb(ask(visit(), ELSEWHERE), UP)
    (kept,) = judgements(home).judgements
    assert (kept.verdict, kept.answered, kept.citations) == ("good", False, ())
    thumb(app, DOWN)
    assert not app.checkbox, "that the works do not hold it is what an abstention says itself"


def test_a_library_that_is_being_written_is_told_and_the_answer_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement_form, "WAIT", 0.1)
    app = ask(visit(), QUESTION)
    with writers_lock(home):
        thumb(app, UP)
    assert "is writing to the library" in app.error[0].value
    assert "Wait until it is done" in app.error[0].value
    assert judgements(home).judgements == ()
    assert citations(app)


def test_a_file_of_judgements_that_cannot_be_read_is_told(home: Path) -> None:
    (home / "judgements.jsonl").mkdir()
    app = ask(visit(), QUESTION)
    assert "cannot be read" in app.error[0].value
    assert citations(app)
    assert not app.exception


@pytest.mark.parametrize("query", ["harbour", "paper"])
def test_a_near_passage_opens_as_a_citation_does(
    home: Path, monkeypatch: pytest.MonkeyPatch, shelf: tuple[Path, PaperFacts], query: str
) -> None:
    monkeypatch.setenv("PINCITE_THRESHOLD", "1")
    work = "ledger" if query == "paper" else "harbour"
    app = visit()
    app.multiselect[0].set_value([work]).run()
    ask(app, ELSEWHERE)
    assert 'class="opens" data-opens="1"' in shown(app)
    app.button(key="near-turn-0-1").click().run()
    assert not app.exception
    assert not app.error
    page = shown(app)
    assert 'class="evidence-title"' in page
    assert "was not judged to bear on the question" in page
    if work == "ledger":
        assert 'alt="Page ' in page
        assert "with the words highlighted" in page
    else:
        assert "<mark>" in page
    assert [code.language for code in app.code] == ["bibtex"]
    app.button(key="close-evidence").click().run()
    assert 'class="evidence-title"' not in shown(app)


def test_a_near_passage_of_a_work_that_is_gone_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_THRESHOLD", "1")
    app = visit()
    app.multiselect[0].set_value(["harbour"]).run()
    ask(app, ELSEWHERE)
    list(workflows.remove(Settings.load(), "harbour"))
    app.button(key="near-turn-0-1").click().run()
    assert not app.exception
    assert "taken out of the library since" in shown(app)


def test_turns_are_kept_and_can_be_gone_on_with(home: Path) -> None:
    app = ask(ask(visit(), QUESTION), OTHER)
    heads, _ = Conversations(home).listed()
    assert [(head.title, head.turns) for head in heads] == [(QUESTION, 2)]
    later = visit()
    assert QUESTION not in shown(later)
    assert not [button for button in later.button if (button.key or "").startswith("go-on-")], "nothing unless asked for"
    later.toggle(key="show-conversations").set_value(True).run()
    later.button(key=f"go-on-{heads[0].id}").click().run()
    assert questions(later) == questions(app)
    assert citations(later) == citations(app)
    ask(later, "And the lamp?")
    assert Conversations(home).listed()[0][0].turns == 3
    later.button(key=f"delete-{heads[0].id}").click().run()
    assert Conversations(home).listed()[0] == []
    assert len(questions(later)) == 3, "what stands on the page stays"
    ask(later, OTHER)
    assert [head.title for head in Conversations(home).listed()[0]] == [OTHER]


def test_starting_over_begins_another_conversation(home: Path) -> None:
    app = ask(visit(), QUESTION)
    app.button(key="start-over").click().run()
    ask(app, OTHER)
    assert sorted(head.title for head in Conversations(home).listed()[0]) == sorted([QUESTION, OTHER])


def test_where_a_conversation_cannot_be_kept_the_answer_stands(home: Path) -> None:
    (home / "conversations").write_text("in the way", encoding="utf-8")
    app = ask(visit(), QUESTION)
    assert not app.exception
    assert app.error
    assert citations(app)
    assert app.feedback


def test_the_conversation_can_be_taken_along_as_markdown(home: Path) -> None:
    app = ask(visit(), QUESTION)
    assert [button.proto.label for button in app.get("download_button")] == ["Download as Markdown"]
    answer = turns_of(app)[0].outcome
    assert isinstance(answer, Answer)
    text = " ".join(conversation_markdown(QUESTION, turns_of(app)).split())
    assert QUESTION in text
    for citation in answer.citations:
        assert f"[^1-{citation.number}]" in text


def test_a_judgement_of_ones_own_form_is_found_again(home: Path) -> None:
    app = ask(visit(), QUESTION)
    answer = turns_of(app)[0].outcome
    assert isinstance(answer, Answer)
    keep_judgement(home, judgement_of(answer, (), "bad", "from elsewhere"))
    assert ask(visit(), QUESTION).text_input(key="note-turn-0").value == "from elsewhere"


def pages_drawn() -> None:
    """Wait for the pages that are drawn ahead."""
    for thread in threading.enumerate():
        if thread.name == "pages":
            thread.join(20)


def test_the_first_pages_are_drawn_before_anybody_asks(home: Path, shelf: tuple[Path, PaperFacts]) -> None:
    pages_drawn()  # of the tests before
    page_picture.cache_clear()
    app = ask(visit(), max((fact.text for fact in shelf[1].whole), key=len))
    pages_drawn()
    drawn = page_picture.cache_info()
    assert drawn.currsize
    app.button(key="cite-turn-0-1").click().run()
    assert page_picture.cache_info().hits > drawn.hits, "the very picture that the panel shows"


def a_talk() -> None:
    """A page with the way to a talk alone."""
    from bot.answers import Locator
    from tests.ui.sample import HARBOUR
    from ui.reference_view import links

    links("https://www.youtube.com/watch?v=EXAMPLE0001&t=761s", HARBOUR, Locator(time=761.0))


def test_a_talk_is_a_link_and_plays_here_only_on_request() -> None:
    app = runner().from_function(a_talk).run()
    assert [link.proto.label for link in app.get("link_button")] == ["Watch from 12:41"]
    assert not app.get("video")
    app.button(key="play").click().run()
    (video,) = app.get("video")
    assert video.proto.start_time == 761
    assert "EXAMPLE0001" in video.proto.url
    assert not app.button
