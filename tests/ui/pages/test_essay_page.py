"""The essay's page: states of its questions, the picture, the report, more essays than one."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

from corpus.errors import DiskFull
from corpus.essays import essays
from corpus.settings import Settings
from tests.ui.pages.driving import answered, ended, submit, texts
from tests.ui.sessions import press, shown, visit
from ui import essay_page, wiring, workflows
from ui.add_form import sorted_out
from ui.report_view import MADE
from ui.visits import FILE, seen_states

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from corpus.essays import Essay


def lines(app: AppTest) -> dict[str, str]:
    """What each question's line says, by its id."""
    found = {button.key or "": button.label for button in app.button}
    return {key.removeprefix("question-"): label for key, label in found.items() if key.startswith("question-")}


def changed(app: AppTest) -> list[str]:
    return [name for name, label in lines(app).items() if essay_page.CHANGED in label]


def dots(app: AppTest) -> list[str]:
    """The dots of the picture, as `question work`, in order."""
    return list(app.pills(key=essay_page.DOT).options)


# the states


def test_an_essay_without_answers_says_so_and_lists_every_question(home: Path) -> None:
    app = visit("essay")
    assert essay_page.NONE_YET in texts(app)
    essay = workflows.choose_essay(Settings.load())
    assert list(lines(app)) == [question.id for question in essay.questions]
    assert all("not answered yet" in label for label in lines(app).values())
    press(app, f"question-{essay.questions[0].id}")
    assert "Not answered yet" in shown(app)
    assert "make-report" not in {button.key for button in app.button}


def test_the_essay_of_an_empty_library_cannot_be_answered(empty: Path) -> None:
    app = visit("essay")
    assert app.button(key="answer-all").disabled
    assert essay_page.EMPTY in texts(app)


def test_answer_all_answers_keeps_and_draws_the_picture(home: Path) -> None:
    app = press(visit("essay"), "answer-all")
    assert ended(home).state == "done"
    app.run()
    essay = workflows.choose_essay(Settings.load())
    assert len(workflows.saved_answers(Settings.load())) == 1
    page = shown(app)
    assert 'class="picture"' in page
    assert set(re.findall(r'class="row" data-opens="([^"]+)"', page)) == {
        f"question-{question.id}" for question in essay.questions
    }
    assert f"{len(essay.questions)} answered" in " ".join(texts(app))
    assert all("answered" in label and "not answered" not in label for label in lines(app).values())
    press(app, f"question-{essay.questions[0].id}")
    assert 'class="answer"' in shown(app)
    press(app, f"question-{essay.questions[0].id}")
    assert 'class="answer"' not in shown(app), "a second click closes it"


def test_an_abstention_and_a_failure_are_told_apart(home: Path, harbours: Essay) -> None:
    path = home / "answers" / "harbours" / f"{answered(home, harbours)}.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"answered"', '"abstained"', 1).replace('"answered"', '"error"', 1), encoding="utf-8")
    app = visit("essay", essay="harbours")
    assert "abstained" in lines(app)["boats-1"]
    assert "failed" in lines(app)["boats-2"]
    assert "1 answered, 1 abstained, 1 failed" in " ".join(texts(app))


def test_a_damaged_saved_answer_is_a_letter(home: Path) -> None:
    essay = workflows.choose_essay(Settings.load())
    (home / "answers" / essay.key).mkdir(parents=True)
    (home / "answers" / essay.key / "2031-01-01T000000.000000Z.json").write_text("{torn", encoding="utf-8")
    app = visit("essay")
    assert app.error
    assert "is not JSON" in app.error[0].value


def test_answering_goes_on_in_the_background_and_can_be_stopped(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go = threading.Event(), threading.Event()
    import bot.essay

    answer = bot.essay.answer_question

    def held(*arguments: object, **named: object) -> object:
        begun.set()
        assert go.wait(30)
        return answer(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.essay, "answer_question", held)
    app = press(visit("essay"), "answer-all")
    assert begun.wait(30)
    other = visit("library")
    assert "Answering" in shown(other), "every page says what goes on"
    assert other.button(key="check").disabled
    app.run()
    assert app.button(key="answer-all").disabled
    press(app, "stop-job")
    assert app.button(key="stop-job").disabled
    go.set()
    assert ended(home).state == "stopped"
    app.run()
    assert "Stopped" in shown(app)
    assert "1 of 22 questions answered anew; the others stay as they were." in shown(app)
    press(app, "put-away")
    assert "Stopped" not in shown(visit("library")), "put away for all"


# changed since the last visit


def test_a_changed_answer_is_marked_until_it_is_opened(home: Path, harbours: Essay) -> None:
    before = answered(home, harbours)
    assert changed(visit("essay", essay="harbours")) == [], "what is seen for the first time has not changed"
    assert changed(visit("essay", essay="harbours")) == []
    list(workflows.remove(Settings.load(), "harbour"))
    after = answered(home, harbours)
    marked = changed(visit("essay", essay="harbours"))
    assert marked[:2] == ["boats-1", "boats-2"]
    app = visit("essay", essay="harbours")
    assert changed(app) == marked, "the mark outlives a visit"
    press(app, "question-boats-1")
    app.run()
    assert changed(app) == marked[1:]
    (way,) = app.get("page_link")
    assert f"from={before}" in way.proto.query_string
    assert seen_states(home, "harbours") == {"boats-1": after, "boats-2": before, "ledger-1": before}
    assert changed(visit("essay", essay="harbours")) == marked[1:]


def test_all_are_marked_as_seen_at_once(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    visit("essay", essay="harbours")
    list(workflows.remove(Settings.load(), "harbour"))
    answered(home, harbours)
    app = press(visit("essay", essay="harbours"), "all-seen")
    assert changed(app) == []
    assert changed(visit("essay", essay="harbours")) == []
    assert "all-seen" not in {button.key for button in app.button}


def test_the_same_answer_again_is_no_change(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    visit("essay", essay="harbours")
    answered(home, harbours)
    assert changed(visit("essay", essay="harbours")) == []


@pytest.mark.parametrize("text", ["{torn", "[]", '{"essays": 1}', '{"essays": {"harbours": 1}}', ""])
def test_a_lost_note_of_visits_begins_anew(home: Path, harbours: Essay, text: str) -> None:
    answered(home, harbours)
    visit("essay", essay="harbours")
    (home / FILE).write_text(text, encoding="utf-8")
    app = visit("essay", essay="harbours")
    assert not app.error
    assert changed(app) == []


def test_a_state_that_was_seen_and_is_gone_marks_nothing(home: Path, harbours: Essay) -> None:
    before = answered(home, harbours)
    visit("essay", essay="harbours")
    (home / "answers" / "harbours" / f"{before}.json").unlink()
    list(workflows.remove(Settings.load(), "harbour"))
    answered(home, harbours)
    app = visit("essay", essay="harbours")
    assert not app.error
    assert changed(app) == []


def test_a_home_that_takes_no_note_is_read_all_the_same(home: Path, harbours: Essay, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull("No room is left.", remedy="Make some.")

    answered(home, harbours)
    monkeypatch.setattr("ui.visits.write_file", full)
    app = visit("essay", essay="harbours")
    assert not app.error
    assert lines(app)


# the picture


def test_a_dot_opens_the_answer_and_the_works_first_citation(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = visit("essay", essay="harbours")
    dot = next(each for each in dots(app) if each == "ledger-1 ledger")
    place = dots(app).index(dot)
    assert f'data-dot="{place}"' in shown(app)
    app.pills(key=essay_page.DOT).select(dot).run()
    page = shown(app)
    assert 'class="answer"' in page
    record = wiring.open_library(Settings.load()).work(dot.split()[1])
    title = re.search(r'class="evidence-title"[^>]*>([^<]+)', page)
    assert title
    assert title.group(1).startswith(record.work.label)
    press(app, "close-evidence")
    assert 'class="evidence-title"' not in shown(app)
    app.pills(key=essay_page.DOT).select(dot).run()
    assert 'class="evidence-title"' in shown(app), "the same dot opens it again"


def test_each_dot_of_the_table_has_the_button_of_its_place(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = visit("essay", essay="harbours")
    places = [int(place) for place in re.findall(r'data-dot="(-?\d+)"', shown(app))]
    assert places == list(range(len(dots(app))))


def test_other_answers_close_the_citation_that_is_open(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = visit("essay", essay="harbours")
    app.pills(key=essay_page.DOT).select(dots(app)[0]).run()
    assert 'class="evidence-title"' in shown(app)
    answered(home, harbours)
    app.run()
    assert 'class="evidence-title"' not in shown(app), "its number may be another citation's now"


def test_a_work_taken_out_since_is_marked_where_it_is_cited(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = visit("essay", essay="harbours", question="boats-1")
    list(workflows.remove(Settings.load(), "harbour"))
    app.run()
    assert any("taken out of the library since" in button.label for button in app.button)
    dot = next(each for each in dots(app) if each.endswith(" harbour"))
    app.pills(key=essay_page.DOT).select(dot).run()
    assert not app.error
    assert "taken out of the library since" in shown(app)


# several essays, and addresses


def test_an_essay_is_chosen_and_named_in_the_address(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = visit("essay")
    assert "Letters" not in app.title[0].value
    app.selectbox(key=essay_page.ESSAY).select("Letters on <i>Harbours</i>").run()
    assert app.title[0].value == "Letters on \\<i\\>Harbours\\<\\/i\\>"
    assert list(lines(app)) == ["boats-1", "boats-2", "ledger-1"]
    press(app, "question-boats-2")
    assert dict(app.query_params) == {"essay": "harbours", "question": "boats-2"}
    linked = visit("essay", essay="harbours", question="boats-2")
    assert 'class="answer"' in shown(linked)
    press(linked, "question-boats-2")
    assert 'class="answer"' not in shown(linked), "a link opens once"
    assert "question" not in linked.query_params


@pytest.mark.parametrize("query", [{"essay": "<b>none</b>"}, {"essay": "harbours", "question": "none-9"}, {"question": "x"}])
def test_an_address_of_what_is_not_there_shows_what_is(home: Path, harbours: Essay, query: dict[str, str]) -> None:
    app = visit("essay", **query)
    assert not app.error
    assert lines(app)


HARBOURS = b"""# Letters on Mills 2031

## Memory

Small harbours lose their boats from memory [1]. What does a small harbour forget? And it is unclear whether the keepers of
a harbour could write more [1].

## References

1. Hale, A. (2030). Tides and the memory of small harbours. Mole Press.
2. Talks on the mole.
"""


def test_an_essay_is_added_from_a_file_and_what_was_found_is_shown(home: Path) -> None:
    app = visit("essay")
    app.file_uploader(key="essay-file-0").set_value([("mills.md", HARBOURS, "text/markdown")])
    submit(app, "Find its questions")
    assert ended(home).failures == 0
    app.run()
    page = shown(app)
    assert "Letters on Mills 2031: 2 questions, 1 work cited" in page
    assert "What does a small harbour forget?" in page
    assert "Could the keepers of a harbour write more?" in page
    assert "implied" in page
    assert "Talks on the mole." in page
    assert "mills" in essays(home)
    assert len(app.selectbox(key=essay_page.ESSAY).options) == 2


def test_an_essay_whose_name_is_taken_is_a_letter_and_can_be_written_over(home: Path, harbours: Essay) -> None:
    app = visit("essay")
    for times in (1, 2):
        app.file_uploader(key=f"essay-file-{times - 1}").set_value([("mills.md", HARBOURS, "text/markdown")])
        app.text_input(key=f"essay-key-{times - 1}").set_value("harbours")
        if times == 2:
            app.checkbox(key=f"essay-replace-{times - 1}").check()
        submit(app, "Find its questions")
        progress = ended(home)
        app.run()
        assert (progress.letter is not None) == (times == 1)
    assert essays(home)["harbours"].title == "Letters on Mills 2031"


@pytest.mark.parametrize("typed", ["", "/etc/passwd", "file:///etc/passwd", "essay.md"])
def test_what_is_no_address_is_read_from_no_disk(home: Path, typed: str) -> None:
    app = visit("essay")
    app.text_input(key="essay-address-0").set_value(typed)
    submit(app, "Find its questions")
    assert app.error
    assert "or choose a file" in app.error[0].value
    assert "Reading an essay" not in shown(app)


def test_an_address_without_a_network_is_a_letter(home: Path) -> None:
    app = visit("essay")
    app.text_input(key="essay-address-0").set_value("https://letters.example/harbours.html")
    submit(app, "Find its questions")
    letter = ended(home).letter
    app.run()
    assert letter is not None
    assert app.error
    assert "PINCITE\\_OFFLINE" in app.error[0].value


def test_a_page_names_no_file_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2310.01234").write_text("x", encoding="utf-8")
    good = ["arXiv:2310.01234", "10.1000/182", "https://a.example/b.pdf", "youtu.be/abcdefghijk"]
    bad = ["2310.01234", "notes.txt", "FILE:///etc/passwd", "/etc/passwd", "~/x"]
    assert sorted_out([*good, " ", *bad, good[0]]) == (good, bad)


# the report


def test_the_report_is_made_when_asked_and_its_bytes_are_proven(home: Path, harbours: Essay, tmp_path: Path) -> None:
    answered(home, harbours)
    app = visit("essay", essay="harbours")
    assert MADE not in app.session_state
    press(app, "make-report")
    assert len(app.get("download_button")) == 4
    files = app.session_state[MADE][1]
    assert set(files) == {"html", "md", "json", "bib"}
    assert b"data:image/webp;base64," in files["html"], "crops of the pages"
    assert b"<script>alert" not in files["html"]
    assert "Letters on" in files["md"].decode()
    assert files["bib"].startswith(b"@")
    for kind in ("html", "json"):
        (tmp_path / f"taken.{kind}").write_bytes(files[kind])
        found = list(workflows.verify(Settings.load(), [tmp_path / f"taken.{kind}"]))
        assert {finding.verdict for finding in found} == {"stands"}


def test_a_report_of_earlier_answers_is_put_away(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    app = press(visit("essay", essay="harbours"), "make-report")
    answered(home, harbours)
    app.run()
    assert not app.get("download_button")
    assert app.button(key="make-report")
