import pytest

from bot.answers import Citation, Locator
from bot.pincite import clock, link, pincite, place, web_address
from corpus.documents import Document
from corpus.works import Author, Identifiers, Work

PAPER = Work("lecun-2022", "A Path", (Author("LeCun", "Yann"),), 2022)
TALK = Work("harbour-2023", "A Talk", (Author("Harbour"),), 2023, identifiers=Identifiers(youtube="abc_DEF-123"))


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        (Locator(page=12, section="4.1 Self-Supervised Learning"), "LeCun 2022, p. 12, §4.1"),
        (Locator(page=12, label="12", section="4. Method"), "LeCun 2022, p. 12, §4"),
        (Locator(page=14, label="xii", section=None), "LeCun 2022, p. xii (PDF page 14)"),
        (Locator(page=14, label="xii", section="Preface"), "LeCun 2022, p. xii (PDF page 14), “Preface”"),
        (Locator(page=3, section="A" + " very" * 20 + " long title"), "LeCun 2022, p. 3"),
        (Locator(page=40, section="A.2 Details of training"), "LeCun 2022, p. 40, §A.2"),
        (Locator(page=40, section="Appendix B More tables"), "LeCun 2022, p. 40, §B"),
        (Locator(page=40, section="C Prompts"), "LeCun 2022, p. 40, §C"),
        (Locator(page=5, section="A simple method"), "LeCun 2022, p. 5, “A simple method”"),
        (Locator(page=5, section="II. Related work"), "LeCun 2022, p. 5, §II"),
        (Locator(page=5, section="2017 in review"), "LeCun 2022, p. 5, “2017 in review”"),
        (Locator(page=5, section="3D scenes"), "LeCun 2022, p. 5, “3D scenes”"),
        (Locator(time=761.9), "LeCun 2022, 12:41"),
        (Locator(time=4985.0), "LeCun 2022, 1:23:05"),
        (Locator(part=4, parts=12, section="on losses"), "LeCun 2022, part 4 of 12, untimed transcript"),
        (Locator(part=4), "LeCun 2022, part 4, untimed transcript"),
        (Locator(section="Third week"), "LeCun 2022, §Third week"),
        (Locator(section="5.2 Results"), "LeCun 2022, §5.2"),
        (Locator(), "LeCun 2022"),
    ],
)
def test_a_pincite_says_what_is_known_of_the_place_and_no_more(locator: Locator, expected: str) -> None:
    assert pincite(PAPER, locator) == expected


def test_a_long_section_title_is_cut_at_a_word_where_it_is_all_there_is() -> None:
    title = "On the many ways in which a travelling archivist may lose, find and lose again what was entrusted to her"
    where = place(Locator(section=title))
    assert where.endswith(" …")
    assert len(where) <= 75
    assert title.startswith(where.removeprefix("§").removesuffix(" …"))


def test_place_is_the_pincite_without_the_work() -> None:
    locator = Locator(page=12, section="4.1 Loss")
    assert pincite(PAPER, locator) == f"{PAPER.label}, {place(locator)}"


def test_a_citation_knows_its_pincite() -> None:
    assert Citation(1, PAPER, "annotation", Locator(page=2), statement="…").pincite == "LeCun 2022, p. 2"


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3600, "1:00:00"), (-1, "0:00")])
def test_clock(seconds: float, expected: str) -> None:
    assert clock(seconds) == expected


def _work(**identifiers: str) -> Work:
    return Work("x-2020", "X", (Author("X"),), 2020, identifiers=Identifiers(**identifiers))


def _document(version: str | None, origin: str = "x.pdf") -> Document:
    return Document("0" * 64, "application/pdf", "x.pdf", origin, version)


def test_an_arxiv_address_carries_version_and_page() -> None:
    work = _work(arxiv="1234.56789", url="https://elsewhere.example/")
    assert link(work, _document("v4"), Locator(page=3)) == "https://arxiv.org/pdf/1234.56789v4#page=3"
    assert link(work, None, Locator(page=3), version="v2") == "https://arxiv.org/pdf/1234.56789v2#page=3"
    assert link(work, _document("0.9.2"), Locator()) == "https://arxiv.org/pdf/1234.56789"


def test_openreview_and_youtube_addresses() -> None:
    assert link(_work(openreview="a-b_C"), None, Locator(page=12)) == "https://openreview.net/pdf?id=a-b_C#page=12"
    assert link(TALK, None, Locator(time=761.4)) == "https://www.youtube.com/watch?v=abc_DEF-123&t=761s"
    assert link(TALK, None, Locator(part=4)) == "https://www.youtube.com/watch?v=abc_DEF-123"


def test_a_plain_address_gets_a_page_only_where_it_is_a_pdf() -> None:
    assert link(_work(url="https://a.example/p.pdf#x"), None, Locator(page=2)) == "https://a.example/p.pdf#page=2"
    assert link(_work(url="https://a.example/p"), None, Locator(page=2)) == "https://a.example/p"
    assert link(_work(), _document(None, "https://a.example/q.PDF"), Locator(page=2)) == "https://a.example/q.PDF#page=2"
    assert link(_work(doi="10.1/x<y"), None, Locator(page=2)) == "https://doi.org/10.1/x%3Cy"


def test_no_address_is_better_than_an_invented_one() -> None:
    assert link(_work(), None, Locator(page=2)) is None
    assert link(_work(), _document(None, "/home/reader/x.pdf"), Locator(page=2)) is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "http://", "x", None]
)
def test_only_web_addresses_are_opened(address: str | None) -> None:
    assert web_address(address) is None
    if address:
        assert link(_work(url=address), None, Locator()) is None


def test_an_identifier_cannot_leave_its_address() -> None:
    made = link(_work(youtube='x"&t=1#'), None, Locator())
    assert made == "https://www.youtube.com/watch?v=x%22%26t%3D1%23"
