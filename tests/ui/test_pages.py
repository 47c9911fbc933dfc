"""The evidence beside an answer and the pages of a work, run by Streamlit's own test runner on our own paper."""

from __future__ import annotations

import base64
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build, build_talk
from tests.ui.sessions import press, shown, visit
from ui import wiring, workflows
from ui.evidence_panel import ZOOM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.paper.build_paper import Fact, PaperFacts

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


def picture(app: AppTest) -> bytes:
    """The page that is shown."""
    found = re.search(r'class="page-view".*?base64,([^"]+)"', shown(app))
    assert found, "no page is shown"
    return base64.b64decode(found.group(1))


def asked(question: str) -> AppTest:
    return visit(q=question)


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
