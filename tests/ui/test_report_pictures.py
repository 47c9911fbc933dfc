"""The crops of pages in a report, made from our own paper."""

from __future__ import annotations

import base64
import io
import re
from functools import partial
from typing import TYPE_CHECKING

import PIL.Image
import pytest

from bot.answer_json import answers_in
from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.paper.build_paper import build
from ui import wiring, workflows
from ui.exhibit import crop_picture
from ui.report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.answers import Answer
    from bot.reader import Reader
    from tests.ui.conftest import Pincite, Stocked

WORDS = "The wheel of the mill turns eleven times a minute when the pond behind it is full."


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, list[Answer]]]:
    """A library with our paper and a text, and an answer from each."""
    folder = tmp_path_factory.mktemp("pictures")
    facts = build(folder / "paper.pdf")
    fact = max((fact for fact in facts.whole if fact.page == 3), key=lambda fact: len(fact.text))
    (folder / "text.txt").write_text(f"A Plain Text\n\nAda Hale\n\n2030\n\n1 Words\n\n{WORDS}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
        settings = Settings.load({"PINCITE_THRESHOLD": "0"}, home=folder / "home")
        list(workflows.add(settings, [facts.path], "ledger"))
        list(workflows.add(settings, [folder / "text.txt"], "text"))
        reader, _ = wiring.make_reader(settings)
        questions = {"ledger": fact.text, "text": WORDS}
        yield reader, [workflows.ask(reader, words, works=[key], evidence=10) for key, words in questions.items()]


def crops(page: str) -> list[bytes]:
    return [base64.b64decode(found) for found in re.findall(r'<img loading="lazy" src="data:image/webp;base64,([^"]+)"', page)]


def report(asked: tuple[Reader, list[Answer]], out: Path, *, pictures: bool) -> str:
    reader, answers = asked
    crop = partial(crop_picture, reader.library) if pictures else None
    return write_report(answers, None, list(reader.works().values()), out, pictures=crop).html.read_text(encoding="utf-8")


def test_each_quote_of_a_pdf_has_its_crop_and_no_other_has(asked: tuple[Reader, list[Answer]], tmp_path: Path) -> None:
    cited = [citation for answer in asked[1] for citation in answer.citations]
    drawn = [citation for citation in cited if citation.quote and citation.quote.boxes]
    assert 0 < len(drawn) < len(cited)
    page = report(asked, tmp_path, pictures=True)
    assert len(crops(page)) == len(drawn)
    for crop in crops(page):
        picture = PIL.Image.open(io.BytesIO(crop))
        assert picture.format == "WEBP"
        tinted = sum(count for count, (red, _, blue) in picture.convert("RGB").getcolors(1 << 24) or [] if red - blue > 60)
        assert tinted > 500, "the words are highlighted"


def test_the_policy_allows_only_pictures_that_the_page_carries(asked: tuple[Reader, list[Answer]], tmp_path: Path) -> None:
    page = report(asked, tmp_path, pictures=True)
    assert "img-src data:;" in page
    assert all(source.startswith("data:image/webp;base64,") for source in re.findall(r'<img [^>]*src="([^"]*)"', page))


def test_a_report_can_do_without_pictures(asked: tuple[Reader, list[Answer]], tmp_path: Path) -> None:
    page = report(asked, tmp_path, pictures=False)
    assert "<img" not in page
    assert "On the page" not in page


def test_answers_are_read_back_from_a_report_with_pictures(asked: tuple[Reader, list[Answer]], tmp_path: Path) -> None:
    report(asked, tmp_path, pictures=True)
    assert [answer["question"] for answer in answers_in(tmp_path / "index.html")] == [answer.question for answer in asked[1]]


def test_lost_bytes_cost_the_crop_and_not_the_report(
    asked: tuple[Reader, list[Answer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.errors import SourceMissing
    from ui import exhibit

    def lost(home: Path, digest: str) -> bytes:
        raise SourceMissing("The bytes are gone.", remedy="Take the work in again.")

    exhibit._content.cache_clear()
    monkeypatch.setattr(exhibit, "read_content", lost)
    page = report(asked, tmp_path, pictures=True)
    assert not crops(page)
    assert WORDS in page


def test_the_command_draws_pictures_unless_told_not_to(pincite: Pincite, stocked: Stocked, tmp_path: Path) -> None:
    assert pincite("answer", "--out", tmp_path / "bare", "--no-pictures").code == 0
    assert not crops((tmp_path / "bare" / "index.html").read_text(encoding="utf-8"))
    help_text = pincite("answer", "--help").out
    assert "--no-pictures" in help_text
