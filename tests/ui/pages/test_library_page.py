"""The library's page: works in every state, taking in and out, saved searches, and what is new."""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING

import pytest

from corpus.errors import DamagedDocument
from corpus.home import writers_lock
from corpus.settings import Settings
from ingest.take_in import Source, note_failure
from ingest.watches import make_watch, watches
from tests.servers.loopback import serving
from tests.servers.papers import Paper, stock
from tests.ui.pages.driving import answered, ended, submit, texts
from tests.ui.sessions import press, shown, visit
from ui import add_form, changes_page, wiring, workflows
from ui.checks import last_checks
from ui.jobs import JOBS, Doing
from ui.watch_form import NONE_YET

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from corpus.essays import Essay
    from tests.paper.build_paper import Fact
    from tests.servers.loopback import Site
    from ui.jobs import Step

MILL = b"The Noise of Mills\n\nOtto Brook\n\n2029\n\nThe wheel of the mill turns eleven times a minute when its pond is full.\n"
LANTERNS = Paper("3101.00001")
BETTER = LANTERNS.next("v2", "The harbour is deep, and the lamp of the mole is older than the harbour.")


def cards(app: AppTest) -> int:
    return shown(app).count('class="card"')


# the works


def test_each_work_has_cover_state_and_counts(home: Path) -> None:
    page = shown(visit("library"))
    assert page.count('class="card"') == 3
    assert page.count('<img class="cover"') == 1, "the paper"
    assert page.count('class="cover leaf"') == 2, "the texts"
    assert "5 pages" in page
    assert "full text" in page
    assert "3 works ·" in page


def test_works_that_are_not_whole_say_why(home: Path, tmp_path: Path) -> None:
    books = "".join(
        f"@misc{{{key},\n title = {{{title}}}, year = {{2028}}\n}}\n" for key, title in (("a", "Bells"), ("b", "Oars"))
    )
    (tmp_path / "refs.bib").write_text(books, encoding="utf-8")
    settings = Settings.load()
    list(workflows.add(settings, [tmp_path / "refs.bib"], None))
    torn = Source(b"x", "oars.pdf", "oars.pdf")
    note_failure(wiring.make_shelf(settings), "b", torn, DamagedDocument("It <b>breaks</b> off.", remedy="Get it anew."))
    page = shown(visit("library"))
    assert page.count('class="card"') == 5
    assert '<span class="is annotation-only">annotation only</span> · nothing of it is here yet' in page
    assert '<span class="is failed">failed: It &lt;b&gt;breaks&lt;/b&gt; off. Get it anew.</span>' in page


def test_a_work_is_taken_out_only_after_a_second_click(home: Path) -> None:
    app = visit("library")
    press(app, "confirm-harbour")
    assert ended(home).state == "done"
    app.run()
    assert cards(app) == 2
    assert "is out of the library" in shown(app)
    assert {record.work.key for record in wiring.open_library(Settings.load()).works()} == {"ledger", "talk"}


def test_a_work_that_is_gone_meanwhile_is_a_letter(home: Path) -> None:
    app = visit("library")
    list(workflows.remove(Settings.load(), "harbour"))
    press(app, "confirm-harbour") if any(button.key == "confirm-harbour" for button in app.button) else app.run()
    ended(home)
    app.run()
    assert cards(app) == 2
    assert "No work in the library has the key" in app.error[0].value


def test_a_search_finds_the_passage_and_opens_it_highlighted(home: Path, fact: Fact) -> None:
    app = visit("library")
    app.text_input(key="search").set_value(fact.text).run()
    found = next(button for button in app.button if (button.key or "").startswith("found-"))
    assert "3" in found.label
    found.click().run()
    assert "Page 3 of 5" in shown(app)
    assert "with the words highlighted" in shown(app)
    app.text_input(key="search-inside").set_value("zzyzx").run()
    assert "No passage holds any of these words." in texts(app)


def test_an_address_opens_a_work_at_its_page_from_whatever_page(home: Path) -> None:
    app = visit(work="ledger", page="4")
    assert "Page 4 of 5" in shown(app)
    press(app, "all-works")
    assert cards(app) == 3


@pytest.mark.parametrize(("page", "says"), [("0", 1), ("99", 5), ("x", 1), ("-3", 1), ("9" * 40, 1), ("²", 1)])
def test_an_address_with_a_page_that_is_not_there_opens_one_that_is(home: Path, page: str, says: int) -> None:
    assert f"Page {says} of 5" in shown(visit("library", work="ledger", page=page))


def test_an_address_of_a_work_that_is_not_there_says_so(home: Path) -> None:
    app = visit("library", work="<b>nothing</b>")
    assert "has the key" in app.warning[0].value
    assert cards(app) == 3


def test_a_text_is_shown_whole(home: Path) -> None:
    page = shown(visit("library", work="harbour"))
    assert "The harbour is deep and its lamp is old." in page
    assert "<script>alert" not in page


def test_an_empty_library_says_how_to_fill_it(empty: Path) -> None:
    app = visit("library")
    assert "pincite ingest" in "".join(texts(app))
    assert app.file_uploader
    assert app.expander[0].proto.expanded, "the way to add works is open"


# taking in


def test_uploads_are_told_file_by_file_and_stay_told(home: Path) -> None:
    app = visit("library")
    uploads = [("mill.txt", MILL, "text/plain"), ("../torn.pdf", b"%PDF-1.7 torn", "application/pdf")]
    app.file_uploader[0].set_value(uploads)
    submit(app, "Take in")
    assert ended(home).failures == 1
    app.run()
    page = shown(app)
    assert page.count('<li class="failed">') == 1
    assert "torn.pdf" in page
    assert "taken in (mill.txt; 1 passage)" in page
    assert cards(app) == 4
    assert not app.file_uploader[0].value, "the field is empty again"
    app.run()
    assert "taken in (mill.txt; 1 passage)" in shown(app)
    assert "taken in (mill.txt; 1 passage)" in shown(visit("essay")), "on whatever page"
    press(app, "put-away")
    assert "mill.txt; 1 passage" not in shown(app)


def test_addresses_without_a_network_are_a_letter_each_and_files_come_in(home: Path) -> None:
    app = visit("library")
    assert add_form.OFFLINE in texts(app)
    app.text_area(key=add_form.ADDRESSES).set_value("2310.01234\n\n  https://youtu.be/abcdefghijk\n10.1000/182\n")
    app.file_uploader[0].set_value([("mill.txt", MILL, "text/plain")])
    submit(app, "Take in")
    assert ended(home).failures == 3
    app.run()
    failed = re.findall(r'<li class="failed">.*?</li>', shown(app))
    assert len(failed) == 3
    assert all("PINCITE_OFFLINE" in line and "<br>" in line for line in failed), "a message and a remedy each"
    assert cards(app) == 4
    assert app.text_area(key=add_form.ADDRESSES).value == ""


@pytest.mark.parametrize(
    ("typed", "says"), [("", "nothing to take in"), ("/etc/hosts", "neither an identifier"), ("2310", "neither")]
)
def test_what_is_no_address_is_a_letter_and_stays_typed(home: Path, typed: str, says: str) -> None:
    app = visit("library")
    app.text_area(key=add_form.ADDRESSES).set_value(typed)
    submit(app, "Take in")
    assert says in app.error[0].value
    assert app.text_area(key=add_form.ADDRESSES).value == typed
    assert JOBS.latest(home) is None
    assert cards(app) == 3
    app.run()
    assert not app.error, "told once"


def test_the_essays_works_are_fetched_or_known_by_their_annotations(empty: Path) -> None:
    app = press(visit("library"), "fetch")
    assert ended(empty).state == "done"
    app.run()
    essay = workflows.choose_essay(Settings.load())
    assert cards(app) == len(essay.references)
    assert "annotation only" in shown(app)


def test_while_something_goes_on_nothing_else_can_begin(home: Path) -> None:
    import threading

    go = threading.Event()

    def steps() -> Generator[Step, None, None]:
        yield Doing("half of it", 0.5)
        assert go.wait(30)

    app = visit("library")
    job = JOBS.start(home, "Something <b>long</b>", steps())
    try:
        press(app, "confirm-harbour")  # the page was drawn before it began
        assert "Something else is under way here" in app.error[0].value
        assert "Something &lt;b&gt;long&lt;/b&gt;" in shown(app)
        for key in ("check", "fetch"):
            assert app.button(key=key).disabled
        assert next(button for button in app.button if button.label == "Take in").disabled
        assert cards(app) == 3, "all the rest can be used"
    finally:
        go.set()
        assert job.wait(30)


# saved searches, and what is new


def test_searches_are_saved_listed_and_forgotten(home: Path) -> None:
    app = visit("library")
    assert NONE_YET in texts(app)
    app.text_input(key="watch-words").set_value('abs:"<b>harbour</b>"')
    app.text_input(key="watch-person").set_value("Ada Hale")
    submit(app, "Save the search")
    assert [watch.author for watch in watches(home)] == ["Ada Hale"]
    page = shown(app)
    assert "&lt;b&gt;harbour" in page
    assert "not run yet" in page
    assert app.text_input(key="watch-words").value == ""
    press(app, f"forget-{watches(home)[0].name}")
    assert watches(home) == ()
    assert NONE_YET in texts(app)


@pytest.mark.parametrize(
    ("words", "category", "says"), [("", "", "nothing to search"), ("", "nonsense!", "no category"), ('"a', "", "partner")]
)
def test_a_search_without_sense_is_a_letter(home: Path, words: str, category: str, says: str) -> None:
    app = visit("library")
    app.text_input(key="watch-words").set_value(words)
    app.text_input(key="watch-category").set_value(category)
    submit(app, "Save the search")
    assert says in app.error[0].value
    assert watches(home) == ()


def test_a_search_cannot_be_saved_while_another_writes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.watch_form.PATIENCE", 0.1)
    app = visit("library")
    app.text_input(key="watch-words").set_value("harbours")
    with writers_lock(home):
        submit(app, "Save the search")
    assert "is writing to the library" in app.error[0].value
    assert app.text_input(key="watch-words").value == "harbours", "what was typed is not lost"


def test_a_damaged_list_of_searches_is_a_letter_and_the_works_are_there(home: Path) -> None:
    (home / "watches.toml").write_text("[[watch]]\nname = 1\n", encoding="utf-8")
    app = visit("library")
    assert "watches.toml" in app.error[0].value.replace("\\", "")
    assert cards(app) == 3


def test_looking_without_a_network_is_a_letter(home: Path) -> None:
    from ingest.watches import add_watch

    add_watch(home, make_watch("all:harbour"))
    app = press(visit("library"), "check")
    assert ended(home).failures == 1
    app.run()
    assert "PINCITE" in (app.error[0].value if app.error else shown(app))
    assert cards(app) == 3


@pytest.fixture
def arxiv(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """arXiv's server, with one paper."""
    with serving() as site:
        for name, value in (
            ("ARXIV_API_URL", f"{site.url}/api/query"), ("ARXIV_FILES_URL", site.url), ("ALLOW_PRIVATE", "1"),
            ("ARXIV_PAUSE", "0"), ("RETRIES", "0"), ("READ_SECONDS", "2"), ("OFFLINE", "0"),
        ):  # fmt: skip
            monkeypatch.setenv(f"PINCITE_{name}", value)
        stock(site, [LANTERNS])
        yield site


def test_a_paper_is_added_by_its_number_and_checked_for_a_newer_version(arxiv: Site, home: Path, harbours: Essay) -> None:
    app = visit("library")
    app.text_area(key=add_form.ADDRESSES).set_value("arXiv:3101.00001")
    submit(app, "Take in")
    assert ended(home).failures == 0
    app.run()
    assert cards(app) == 4
    assert "version v1" in shown(app)
    assert "not checked for a newer version yet" in shown(app)
    answered(home, harbours)
    press(app, "check")
    ended(home)
    app.run()
    assert "Nothing is new." in shown(app)
    assert f"last checked {datetime.datetime.now(datetime.UTC).date()}" in shown(app)
    stock(arxiv, [LANTERNS, BETTER])
    press(app, "check")
    progress = ended(home)
    app.run()
    page = shown(app)
    assert progress.failures == 0
    assert "v2 in place of v1 is new" in page
    assert "version v2" in page
    compares = progress.outcomes[-1].compares
    assert compares is not None
    (way,) = app.get("page_link")
    assert f"from={compares.before}" in way.proto.query_string
    changes = visit("changes", essay="harbours", **{"from": compares.before, "to": compares.after})
    assert not changes.error
    assert changes_page.SAME in texts(changes) or 'class="changed"' in shown(changes)


def test_a_saved_search_brings_its_papers_in(arxiv: Site, home: Path) -> None:
    app = visit("library")
    app.text_input(key="watch-words").set_value("all:harbour")
    submit(app, "Save the search")
    press(app, "check")
    assert ended(home).failures == 0
    app.run()
    page = shown(app)
    assert "new, found by" in page
    assert cards(app) == 4
    assert "1 paper seen" in page


def test_only_works_that_got_an_answer_count_as_checked(arxiv: Site, home: Path) -> None:
    list(workflows.add(Settings.load(), ["arXiv:3101.00001"], None))
    stock(arxiv, [])
    app = press(visit("library"), "check")
    assert ended(home).failures == 1
    app.run()
    assert last_checks(home) == {}
    (home / "checks.json").write_text(json.dumps({"x": "2031-01-01 10:00"}), encoding="utf-8")
    assert last_checks(home) == {"x": "2031-01-01 10:00"}
    (home / "checks.json").write_text("{torn", encoding="utf-8")
    assert last_checks(home) == {}
