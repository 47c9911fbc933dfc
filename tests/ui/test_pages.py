"""The evidence beside an answer, the essay's page and the library's, run by Streamlit's own test runner on our own paper."""

from __future__ import annotations

import base64
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build, build_talk
from ui import essay_page, wiring, workflows
from ui.evidence_panel import ZOOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from tests.paper.build_paper import Fact, PaperFacts

ROOT = Path(__file__).parents[2]
MARKUP = "The keeper writes <script>alert(1)</script> and **bold** with his lamp into a book of the harbour before noon."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, PaperFacts]]:
    """A home with our paper, our timed talk and a text full of markup."""
    folder = tmp_path_factory.mktemp("made")
    facts = build(folder / "paper.pdf")
    build_talk(*(folder / f"talk.{kind}" for kind in ("vtt", "srt", "json", "txt")))
    (folder / "harbour.txt").write_text(f"{MARKUP}\n\nThe harbour is deep and its lamp is old.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
        settings = Settings.load({}, home=folder / "home")
        list(workflows.add(settings, [facts.path], "ledger"))
        list(workflows.add(settings, [folder / "harbour.txt"], "harbour"))
        list(workflows.add(settings, [folder / "talk.vtt"], "talk"))
        yield folder / "home", facts


@pytest.fixture
def home(made: tuple[Path, PaperFacts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made[0], tmp_path / "home")
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PINCITE_THRESHOLD", "0")
    return tmp_path / "home"


@pytest.fixture
def fact(made: tuple[Path, PaperFacts]) -> Fact:
    """The longest sentence that the paper has on its third page."""
    return max((fact for fact in made[1].whole if fact.page == 3), key=lambda fact: len(fact.text))


def visit(name: str = "", /, **query: str) -> AppTest:
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    app = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=30)
    app.query_params.update(query)
    if name:
        app._page_hash = calc_hash(name)  # the test runner itself only goes to pages that are files
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(piece.value for piece in app.get("html"))


def picture(app: AppTest) -> bytes:
    """The page that is shown."""
    found = re.search(r'class="page-view".*?base64,([^"]+)"', shown(app))
    assert found, "no page is shown"
    return base64.b64decode(found.group(1))


def asked(question: str) -> AppTest:
    return visit(q=question)


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


# the evidence beside an answer


def test_a_citation_opens_its_page_with_the_words_highlighted_and_closes_again(home: Path, fact: Fact) -> None:
    app = asked(fact.text)
    assert 'class="page-view"' not in shown(app)
    press(app, "cite-turn-0-1")
    assert "Page 3 of 5" in shown(app)
    assert "with the words highlighted" in shown(app)
    press(app, "close-evidence")
    assert 'class="page-view"' not in shown(app)
    assert len(app.chat_message) == 2, "the conversation stands"


def test_the_page_can_be_turned_and_enlarged(home: Path, fact: Fact) -> None:
    import PIL.Image

    app = press(asked(fact.text), "cite-turn-0-1")
    quoted = picture(app)
    press(app, "page-after")
    assert "Page 4 of 5" in shown(app)
    assert "with the words highlighted" not in shown(app)
    press(app, "page-before")
    press(app, "page-before")
    assert "Page 2 of 5" in shown(app)
    press(app, "page-back")
    assert picture(app) == quoted
    app.segmented_control(key=ZOOM).set_value(2.2).run()
    assert PIL.Image.open(io.BytesIO(picture(app))).width > PIL.Image.open(io.BytesIO(quoted)).width


def test_the_first_and_the_last_page_are_the_ends(home: Path) -> None:
    app = visit(work="ledger", page="1")
    assert app.button(key="page-before").disabled
    for _ in range(4):
        press(app, "page-after")
    assert "Page 5 of 5" in shown(app)
    assert app.button(key="page-after").disabled


def test_another_citation_opens_at_its_own_page_whatever_was_turned_to(home: Path, fact: Fact) -> None:
    app = press(asked(fact.text), "cite-turn-0-1")
    press(app, "page-after")
    press(app, "close-evidence")
    press(app, "cite-turn-0-1")
    assert "Page 3 of 5" in shown(app)


def test_quote_and_reference_can_be_copied(home: Path, fact: Fact) -> None:
    app = press(asked(fact.text), "cite-turn-0-1")
    quoted, reference = (piece.value for piece in app.code)
    assert quoted.startswith(f"“{fact.text}” (")
    assert "p. 3" in quoted or "PDF page 3" in quoted
    assert reference.startswith("@")
    assert "ledger" in reference


def test_a_text_shows_the_words_around_the_quote_and_no_markup_runs(home: Path) -> None:
    app = press(asked(MARKUP), "cite-turn-0-1")
    page = shown(app)
    assert 'class="transcript"' in page
    assert "<mark>The keeper writes &lt;script&gt;" in page
    assert "The harbour is deep" in page, "what stands after it"
    assert "<script>alert" not in page


def test_a_timed_talk_says_from_which_second(home: Path) -> None:
    library = wiring.open_library(Settings.load())
    passage = next(iter(library.passages(list(library.passage_ids("talk"))).values()))[0]
    app = press(asked(max(passage.texts, key=len)), "cite-turn-0-1")
    assert re.search(r"From \d+:\d\d on", shown(app))


def test_lost_bytes_are_a_letter_and_the_quote_stays(home: Path, fact: Fact) -> None:
    app = asked(fact.text)
    for path in (home / "documents").iterdir():
        path.unlink()
    press(app, "cite-turn-0-1")
    assert app.error
    assert "are not in the home" in app.error[0].value
    assert "<blockquote>" in shown(app)


def test_every_mark_names_a_citation_that_can_be_opened(home: Path, fact: Fact) -> None:
    app = asked(fact.text)
    marks = set(re.findall(r'class="mark" data-opens="(\d+)"', shown(app)))
    keys = {(button.key or "").rsplit("-", 1)[-1] for button in app.button if (button.key or "").startswith("cite-turn-0-")}
    assert marks
    assert marks == keys


def test_a_link_asks_once_and_the_address_follows_the_conversation(home: Path, fact: Fact) -> None:
    app = asked(fact.text)
    app.run()
    assert len(app.chat_message) == 2
    app.chat_input[0].set_value("How deep is the harbour?").run()
    assert app.query_params["q"] == "How deep is the harbour?"
    next(button for button in app.button if button.label == "Start over").click().run()
    assert "q" not in app.query_params
    assert not app.chat_message


# the essay


def test_an_essay_without_answers_says_so_and_lists_every_question(home: Path) -> None:
    app = visit("essay")
    assert essay_page.NONE_YET in [piece.value for piece in app.markdown]
    essay = workflows.choose_essay(Settings.load())
    lines = [button for button in app.button if (button.key or "").startswith("question-")]
    assert [button.key for button in lines] == [f"question-{question.id}" for question in essay.questions]
    assert all("not answered yet" in button.label for button in lines)
    press(app, f"question-{essay.questions[0].id}")
    assert "Not answered yet" in shown(app)


def test_answer_all_answers_keeps_and_draws_the_picture(home: Path) -> None:
    app = press(visit("essay"), "answer-all")
    essay = workflows.choose_essay(Settings.load())
    assert len(workflows.saved_answers(Settings.load())) == 1
    page = shown(app)
    assert 'class="picture"' in page
    opens = set(re.findall(r'data-opens="([a-z][^"]+)"', page))
    assert opens == {f"question-{question.id}" for question in essay.questions}
    dots = re.findall(r'class="dot [^>]+data-opens="([^"]+)"', page)
    press(app, dots[0])
    assert 'class="answer"' in shown(app)
    name = dots[0].removeprefix("question-")
    press(app, f"cite-essay-{name}-1")
    assert 'class="evidence-title"' in shown(app)
    press(app, dots[0])
    assert 'class="answer"' not in shown(app), "a second click closes it"


def test_saved_answers_are_shown_on_the_next_visit(home: Path) -> None:
    press(visit("essay"), "answer-all")
    app = visit("essay")
    assert 'class="picture"' in shown(app)
    assert not any("not answered yet" in button.label for button in app.button)


def test_a_damaged_saved_answer_is_a_letter(home: Path) -> None:
    essay = workflows.choose_essay(Settings.load())
    (home / "answers" / essay.key).mkdir(parents=True)
    (home / "answers" / essay.key / "2031-01-01T000000.000000Z.json").write_text("{torn", encoding="utf-8")
    app = visit("essay")
    assert app.error
    assert "is not JSON" in app.error[0].value


def test_the_essay_of_an_empty_library_cannot_be_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "empty"))
    app = visit("essay")
    assert app.button(key="answer-all").disabled
    assert essay_page.EMPTY in [piece.value for piece in app.markdown]


# the library


def test_the_library_shows_each_work_with_cover_state_and_counts(home: Path) -> None:
    page = shown(visit("library"))
    assert page.count('class="card"') == 3
    assert page.count('<img class="cover"') == 1, "the paper"
    assert page.count('class="cover leaf"') == 2, "the texts"
    assert "5 pages" in page
    assert "full text" in page


def test_a_work_is_taken_out_only_after_a_second_click(home: Path) -> None:
    app = visit("library")
    press(app, "confirm-harbour")
    assert shown(app).count('class="card"') == 2
    assert [each.value for each in app.success]
    assert {record.work.key for record in wiring.open_library(Settings.load()).works()} == {"ledger", "talk"}


def test_uploads_are_told_file_by_file(home: Path) -> None:
    app = visit("library")
    good = (
        "The Noise of Mills\n\nOtto Brook\n\n2029\n\nThe wheel of the mill turns eleven times a minute when its pond is full.\n"
    )
    app.file_uploader[0].set_value(
        [("mill.txt", good.encode(), "text/plain"), ("../torn.pdf", b"%PDF-1.7 torn", "application/pdf")]
    )
    next(button for button in app.button if button.label == "Take them in").click().run()
    assert not app.exception
    assert len(app.success) == 1
    assert len(app.error) == 1
    assert "torn\\.pdf" in app.error[0].value
    assert shown(app).count('class="card"') == 4
    app.run()
    assert not app.success, "told once"


def test_a_search_finds_the_passage_and_opens_it_highlighted(home: Path, fact: Fact) -> None:
    app = visit("library")
    app.text_input[0].set_value(fact.text).run()
    found = next(button for button in app.button if (button.key or "").startswith("found-"))
    assert "3" in found.label
    found.click().run()
    assert "Page 3 of 5" in shown(app)
    assert "with the words highlighted" in shown(app)
    app.text_input[0].set_value("zzyzx").run()
    assert "No passage holds any of these words." in [piece.value for piece in app.markdown]


def test_an_address_opens_a_work_at_its_page_from_whatever_page(home: Path) -> None:
    app = visit(work="ledger", page="4")
    assert "Page 4 of 5" in shown(app)
    press(app, "all-works")
    assert 'class="card"' in shown(app)


@pytest.mark.parametrize(("page", "says"), [("0", 1), ("99", 5), ("x", 1), ("-3", 1), ("9" * 40, 1), ("²", 1)])
def test_an_address_with_a_page_that_is_not_there_opens_one_that_is(home: Path, page: str, says: int) -> None:
    assert f"Page {says} of 5" in shown(visit("library", work="ledger", page=page))


def test_an_address_of_a_work_that_is_not_there_says_so(home: Path) -> None:
    app = visit("library", work="<b>nothing</b>")
    assert "has the key" in app.warning[0].value
    assert 'class="card"' in shown(app)


def test_a_text_is_shown_whole(home: Path) -> None:
    page = shown(visit("library", work="harbour"))
    assert "The harbour is deep and its lamp is old." in page
    assert "<script>alert" not in page


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "empty"))
    app = visit("library")
    assert "pincite ingest" in "".join(piece.value for piece in app.markdown)
    assert app.file_uploader
