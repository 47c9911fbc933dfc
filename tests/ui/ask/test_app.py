"""The app as a reader meets it: run by Streamlit's own test runner on a library of our own paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from corpus.settings import Settings
from tests.ui.ask.visiting import ESCAPED, ROOT, ask, citations, open_citation, questions
from tests.ui.sessions import shown, visit
from ui import wiring, workflows
from ui.invitation import EMPTY, GREETING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reader import Reader
    from tests.paper.build_paper import PaperFacts


def test_first_visit_greets_and_offers_every_question_of_the_essay(home: Path) -> None:
    app = visit()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Pincite"
    assert GREETING in [piece.value for piece in app.markdown]
    essay = workflows.choose_essay(Settings.load())
    assert [tab.label for tab in app.tabs] == list(essay.sections)
    assert sum(len(pills.options) for pills in app.pills) == len(essay.questions)
    assert not app.chat_message


def test_a_question_by_pill_is_answered_as_the_essays(home: Path) -> None:
    app = visit()
    essay = workflows.choose_essay(Settings.load())
    app.pills[1].select(app.pills[1].options[0].replace("\\", "")).run()
    asked = next(question for question in essay.questions if question.section == essay.sections[1])
    assert asked.standalone in questions(app)[0].replace("&#39;", "'")
    assert GREETING not in [piece.value for piece in app.markdown]
    again = app.pills[1].select(app.pills[1].options[0].replace("\\", "")).run()
    assert len(questions(again)) == 2, "the same pill can be clicked again"


def test_a_typed_question_is_answered_with_its_proven_quote(home: Path, shelf: tuple[Path, PaperFacts]) -> None:
    fact = max(shelf[1].whole, key=lambda fact: len(fact.text))
    app = ask(visit(), fact.text)
    assert not app.error
    assert citations(app)[0].startswith("**1**")
    assert "p\\. " in citations(app)[0]
    assert "<blockquote>" not in shown(app)
    assert "<blockquote>" in shown(open_citation(app, 1))
    assert "Searched:" in shown(app)
    assert "confidence" in shown(app)
    assert 'class="mark"' in shown(app)


def test_a_follow_up_leaves_the_first_answer_standing(home: Path) -> None:
    app = ask(visit(), "What does the keeper write into the ledger?").run()
    before = app.chat_message[1].get("html")[0].value
    ask(app, "How deep is the harbour?")
    assert len(questions(app)) == 2
    assert app.chat_message[1].get("html")[0].value == before
    next(button for button in app.button if button.label == "Start over").click().run()
    assert not app.chat_message
    assert GREETING in [piece.value for piece in app.markdown]


def test_an_abstention_is_calm_and_shows_what_is_nearest(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_THRESHOLD", "1")
    app = ask(visit(), "Who won the chess tournament in Reykjavik?")
    assert not app.error
    assert not app.warning
    assert "Nothing was found in the library that answers this question" in shown(app)
    assert "Nearest in the library" in shown(app)
    assert "<blockquote>" in shown(app)


@pytest.mark.parametrize(("question", "says"), [("  ?! ", "There is no question"), ("why " * 600, "characters")])
def test_a_bad_question_gets_a_letter_and_the_talk_goes_on(home: Path, question: str, says: str) -> None:
    app = ask(visit(), question)
    assert says in app.error[0].value
    assert "\n\n" in app.error[0].value, "what failed, then what to do"
    assert not app.exception
    ask(app, "How deep is the harbour?")
    assert len(questions(app)) == 2
    assert "Searched:" in shown(app)


def test_an_unforeseen_error_is_named_without_a_trace(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    app = visit()
    monkeypatch.setattr(workflows, "asking", fail)
    ask(app, "How deep is the harbour?")
    assert "ZeroDivisionError" in app.error[0].value
    assert "secret detail" not in app.error[0].value
    assert not app.exception


def test_a_damaged_library_gets_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"this is no library" * 1000)
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path))
    app = visit()
    assert app.error
    assert not app.exception


def test_an_empty_library_says_what_to_type(
    tmp_path: Path, shelf: tuple[Path, PaperFacts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "empty"))
    app = visit()
    assert EMPTY in [piece.value for piece in app.markdown]
    assert "pincite ingest" in app.code[0].value
    assert not app.pills
    ask(app, "How deep is the harbour?")
    assert "The library is empty" in shown(app)
    list(workflows.add(Settings.load(), [shelf[1].path], "ledger"))
    app.run()
    assert app.pills, "works that have come since are seen"
    ask(app, "What does the keeper write into the ledger?")
    assert citations(app)[0].startswith("**1**")


def test_a_removed_work_leaves_the_filter_and_is_marked_where_it_was_cited(home: Path) -> None:
    app = visit()
    app.multiselect[0].set_value(["harbour"]).run()
    ask(app, "How deep is the harbour and how old is its lamp?")
    assert "taken out" not in citations(app)[0]
    list(workflows.remove(Settings.load(), "harbour"))
    app.run()
    assert not app.exception
    assert app.multiselect[0].value == []
    assert len(app.multiselect[0].options) == 1
    assert "taken out of the library since" in citations(app)[0]
    assert "taken out of the library since" in shown(open_citation(app, 1))
    ask(app, "How deep is the harbour and how old is its lamp?")
    assert not app.error
    assert "The harbour is deep" not in app.chat_message[3].get("html")[0].value


def test_the_filter_asks_only_the_works_chosen(home: Path) -> None:
    app = visit()
    app.multiselect[0].set_value(["harbour"]).run()
    ask(app, "What does the keeper write into the ledger about the lamp?")
    record = next(record for record in wiring.open_library(Settings.load()).works() if record.work.key == "harbour")
    cited = citations(app)
    assert cited
    assert all(record.work.label.split()[0] in label for label in cited)


def test_two_sessions_never_share_a_conversation(home: Path) -> None:
    one, other = visit(), visit()
    ask(one, "How deep is the harbour?")
    other.run()
    assert questions(one)
    assert not other.chat_message


@pytest.mark.parametrize("threshold", ["0.2", "1"], ids=["quoted", "nearest"])
def test_markup_in_a_quote_stays_text(home: Path, monkeypatch: pytest.MonkeyPatch, threshold: str) -> None:
    monkeypatch.setenv("PINCITE_THRESHOLD", threshold)
    app = ask(visit(), "What bold code writes the keeper into a book of the harbour with his lamp before noon?")
    page = shown(app)
    assert ESCAPED in page
    if threshold != "1":
        before = shown(app).count(ESCAPED)
        page = shown(open_citation(app, 1))
        assert page.count(ESCAPED) > before, "as a proven quote"
    assert "<script>alert" not in page
    assert 'href="https://bad.example' not in page
    assert "bad.example" not in "".join(piece.value for piece in app.markdown)


def test_the_library_is_opened_once_for_all_sessions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    make = wiring.make_reader

    def counted(settings: Settings) -> tuple[Reader, str | None]:
        opened.append(settings.home)
        return make(settings)

    monkeypatch.setattr(wiring, "make_reader", counted)
    visit()
    visit()
    assert opened == [home]


def test_the_pages_folder_lends_no_names(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "ui"))
    assert not visit().exception
    assert str(ROOT / "ui") not in sys.path
    assert sys.path[0] == str(ROOT)
