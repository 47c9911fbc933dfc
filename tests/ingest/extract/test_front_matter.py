from __future__ import annotations

import io
from pathlib import Path
from time import perf_counter

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.extract import Extraction, extract
from ingest.extract.dates import year_in_head, year_of_arxiv, year_of_press
from ingest.extract.front_matter import chosen_title
from ingest.extract.names import family_and_given, is_name, mended, read_names
from ingest.extract.own_identifiers import own_identifiers
from ingest.extract.written_front import written_front

MIDDLE = 306.0
PROSE = "The keeper of the lamps counts what is left of the oil and writes it in the ledger that we have on the wall"
PAPERS = Path(__file__).parents[4] / "shared" / "papers"


class Sheet:
    """A first page that a test draws, top down."""

    def __init__(self, metadata: str | None = None) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=(612, 792))
        if metadata:
            self._canvas.setTitle(metadata)
        self.y = 712.0

    def line(
        self, text: str, size: float = 10, *, at: float | None = None, bold: bool = False, down: float | None = None
    ) -> Sheet:
        """A line, centred or centred on `at`; `^` begins and ends what is raised."""
        font = "Times-Bold" if bold else "Times-Roman"
        self.y -= 1.2 * size if down is None else down
        pieces = [(piece, place % 2 == 1) for place, piece in enumerate(text.split("^"))]
        width = sum(stringWidth(piece, font, size * (0.65 if raised else 1)) for piece, raised in pieces)
        x = (MIDDLE if at is None else at) - width / 2
        for piece, raised in pieces:
            self._canvas.setFont(font, size * (0.65 if raised else 1))
            self._canvas.drawString(x, self.y + (0.35 * size if raised else 0), piece)
            x += stringWidth(piece, font, size * (0.65 if raised else 1))
        return self

    def row(self, *texts: str, size: float = 10, bold: bool = False, down: float | None = None) -> Sheet:
        """One line of columns."""
        self.y -= 1.2 * size if down is None else down
        for place, text in enumerate(texts):
            self.line(text, size, at=612 * (place + 1) / (len(texts) + 1), bold=bold, down=0)
        return self

    def abstract(self, *, heading: bool = True) -> Sheet:
        if heading:
            self.line("Abstract", 12, bold=True, down=30)
        for place in range(12):
            self.line(PROSE, 10, down=24 if place == 0 else None)
        return self

    def read(self) -> Extraction:
        self._canvas.save()
        return extract(self._out.getvalue(), "made-up.pdf")[1]


def _titled(*lines: str, size: float = 17, metadata: str | None = None) -> Sheet:
    sheet = Sheet(metadata)
    for line in lines:
        sheet.line(line, size, bold=True)
    sheet.y -= 24
    return sheet


def test_a_title_of_two_lines_is_joined_and_its_footnote_mark_is_off() -> None:
    found = (
        _titled("Lanterns and Ledgers: Remem-", "bering in Self-", "Supplied Archives^∗^").line("Ada Keeper").abstract().read()
    )
    assert found.title == "Lanterns and Ledgers: Remembering in Self-Supplied Archives"
    assert found.authors == ("Ada Keeper",)


def test_names_are_parted_by_commas_words_and_marks_and_affiliations_are_left_out() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper^1,2,*^, Ludvík Føroyar^2^ Yo van der Trimmer^1^ and Jo B. Rey^†^", bold=True)
    sheet.line("^1^Harbour University, Department of Lamps, ^2^Lantern Brain, Paris Texas", 9)
    found = sheet.line("{ada,yo}@harbour.test").abstract().read()
    assert found.authors == ("Ada Keeper", "Ludvík Føroyar", "Yo van der Trimmer", "Jo B. Rey")


def test_raised_letters_are_marks_and_no_part_of_a_name() -> None:
    found = _titled("On Wicks").line("Ada Keeper^a^, Yo Trimmer^ab^, Jo Rey").abstract().read()
    assert found.authors == ("Ada Keeper", "Yo Trimmer", "Jo Rey")


def test_names_that_only_a_wide_gap_parts_are_several() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper      Yo Trimmer      Jo Rey      Mo Said Ahn", bold=True)
    found = sheet.line("Zeno Lux      Ida Wax", bold=True, down=26).line("Lantern Works").abstract().read()
    assert found.authors == ("Ada Keeper", "Yo Trimmer", "Jo Rey", "Mo Said Ahn", "Zeno Lux", "Ida Wax")


@pytest.mark.parametrize("bold", [True, False])
def test_in_columns_what_stands_below_a_name_is_no_author(bold: bool) -> None:
    sheet = _titled("On Wicks").row("Ada Keeper", "Yo Trimmer", "Jo Rey", bold=bold)
    sheet.row("Lantern Works", "Harbour Office North", "Lantern Works").row("ada@l.test", "yo@h.test", "jo@l.test")
    sheet.row("Zeno Lux", "Ida Wax", "Ole Flamm", bold=bold, down=30).row("Lantern Works", "Candle Row", "Tallow Street")
    found = sheet.row("Port Royal", "Cape Dusk", "Port Royal").abstract().read()
    assert found.authors == ("Ada Keeper", "Yo Trimmer", "Jo Rey", "Zeno Lux", "Ida Wax", "Ole Flamm")


def test_columns_written_one_after_another_are_read_in_rows() -> None:
    sheet = _titled("On Wicks")
    top = sheet.y
    for at, name in ((200.0, "Ada Keeper"), (400.0, "Yo Trimmer")):
        sheet.y = top
        sheet.line(name, at=at, bold=True).line("Lantern Works", at=at).line("x@lamp.test", at=at)
    assert sheet.abstract().read().authors == ("Ada Keeper", "Yo Trimmer")


def test_an_affiliation_that_looks_like_a_name_in_the_type_of_names_is_no_author() -> None:
    found = _titled("On Wicks").line("Ada Keeper").line("Lantern Works").line("Port Royal").line("ada@l.test").abstract().read()
    assert found.authors == ("Ada Keeper",)


def test_two_names_one_below_the_other_with_their_institution_are_two_authors() -> None:
    assert _titled("On Wicks").line("Ada Keeper").line("Yo Trimmer").line("Harbour University").abstract().read().authors == (
        "Ada Keeper",
        "Yo Trimmer",
    )


def test_names_and_institutions_may_alternate() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper").line("Harbour University").line("Yo Trimmer").line("University of Port Royal")
    assert sheet.abstract().read().authors == ("Ada Keeper", "Yo Trimmer")


def test_ordinals_and_capitals_of_a_press_are_taken_off() -> None:
    sheet = _titled("On Wicks").row("1^st^ Ada Keeper", "2^nd^ Yo Trimmer").row("dept. of lamps", "Candle Works")
    assert sheet.row("Port Royal, Jamaica", "Cape Dusk, Canada").abstract().read().authors == ("Ada Keeper", "Yo Trimmer")
    sheet = _titled("On Wicks").line("ADA KEEPER AND LI REY, Lamp Works, Port Royal").abstract()
    assert sheet.read().authors == ("Ada Keeper", "Li Rey")


def test_a_name_broken_at_the_end_of_a_line_is_whole() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper^1^, Yo Trimmer^2^, Jo Rey^1^, Ludvík^")
    found = sheet.line("Føroyar^1^, Zeno Lux^2^ and Ida Wax^1^").abstract().read()
    assert found.authors == ("Ada Keeper", "Yo Trimmer", "Jo Rey", "Ludvík Føroyar", "Zeno Lux", "Ida Wax")


def test_without_authors_there_are_none() -> None:
    found = _titled("Handbook of Small Lamps").line("Harbour Lighting Group").abstract().read()
    assert (found.title, found.authors, found.year) == ("Handbook of Small Lamps", (), None)


def test_authors_need_no_heading_below_them() -> None:
    found = _titled("On Wicks").line("Ada Keeper, Yo Trimmer").abstract(heading=False).read()
    assert found.authors == ("Ada Keeper", "Yo Trimmer")


@pytest.mark.parametrize("banner", ["Lantern Letters", "The Journal of Small Archives", "LAMPS"])
def test_a_banner_larger_than_the_title_is_not_taken_for_it(banner: str) -> None:
    sheet = Sheet().line("Volume 3, Number 2, pages 12-19", 8).line(banner, 28)
    sheet.y -= 30
    sheet.line("World Lamps", 16, bold=True)
    sheet.y -= 16
    found = sheet.line("Ada Keeper and Yo Trimmer", 11).abstract().read()
    assert (found.title, found.authors) == ("World Lamps", ("Ada Keeper", "Yo Trimmer"))


def test_a_notice_above_and_a_date_below_the_title_are_not_of_it() -> None:
    sheet = Sheet().line("The press gives leave to copy the lamps of this paper for use in schools and in the press.", 9)
    sheet.y -= 30
    sheet.line("On Wicks", 17).line("Version 0.3, 2031-02-01", 17)
    sheet.y -= 20
    found = sheet.line("Ada Keeper", 12).line("March 3, 2031", 12, down=30).abstract().read()
    assert (found.title, found.authors, found.year) == ("On Wicks", ("Ada Keeper",), 2031)


def test_an_accent_that_is_set_by_itself_comes_back_on_its_letter() -> None:
    sheet = _titled("On Wicks").line("Jurgen Lamp", bold=True)
    left = MIDDLE - stringWidth("Jurgen Lamp", "Times-Bold", 10) / 2
    middle = left + stringWidth("J", "Times-Bold", 10) + stringWidth("u", "Times-Bold", 10) / 2
    assert sheet.line("¨", at=middle, bold=True, down=0).abstract().read().authors == ("Jürgen Lamp",)


def test_a_title_in_small_capitals_gets_its_lower_case() -> None:
    sheet, large = Sheet(), 17
    x = 150.0
    for word in ("WiCk:", "Lamps", "That", "Remember"):
        for letter in word:
            size = large * (0.8 if letter.islower() else 1)
            sheet.line(letter.upper(), size, at=x + stringWidth(letter.upper(), "Times-Roman", size) / 2, down=0)
            x += stringWidth(letter.upper(), "Times-Roman", size) + 0.8
        x += 7
    sheet.y -= 30
    assert sheet.line("Ada Keeper").abstract().read().title == "WiCk: Lamps That Remember"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - wicks.docx", "On Wicks and Lamps"),
        ("Another Paper Altogether", "On Wicks and Lamps"),
        ("untitled", "On Wicks and Lamps"),
        ("On Wicks and lamps", "On Wicks and lamps"),
        ("ON WICKS AND LAMPS", "On Wicks and Lamps"),
        ("", "On Wicks and Lamps"),
    ],
)
def test_a_title_in_the_files_metadata_counts_only_where_the_page_shows_it(stated: str, title: str) -> None:
    assert _titled("On Wicks and Lamps", metadata=stated or None).line("Ada Keeper").abstract().read().title == title


def test_a_stated_title_stands_in_where_the_layout_shows_none() -> None:
    assert chosen_title(None, "On Wicks", "ON\nWICKS by Ada") == "On Wicks"
    assert chosen_title(None, "On Wicks", "On lamps") is None
    assert chosen_title("ON WICKS", "On Wicks", "ON WICKS") == "On Wicks"


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Published as a conference paper at ICLR 2031", 2031),
        ("44th Conference on Neural Lamps (NeurIPS 2030), Port Royal.", 2030),
        ("© 2029 The Lamp Press. All rights reserved.", 2029),
        ("lamps:2025.0042v2 [arch.TS] 5 May 2031", 2031),
        ("Copyright held by the keepers (2028)", 2028),
        ("arXiv:2706.00123v4 [cs.LG] 3 Feb 2033", 2027),
        ("Lamps burn since 1999 in this house", None),
    ],
)
def test_the_year_comes_from_what_the_press_prints(line: str, year: int | None) -> None:
    sheet = Sheet().line(line, 8)
    sheet.y -= 30
    found = (
        sheet.line("On Wicks", 17)
        .line("Ada Keeper", 10, down=30)
        .abstract()
        .line("Proceedings of Lamps, 1987.", 10, down=20)
        .read()
    )
    assert (found.title, found.year) == ("On Wicks", year)


def test_the_year_may_stand_at_the_foot_of_the_page() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper").abstract()
    sheet.y = 60
    assert (
        sheet.line("Proceedings of the 3rd Workshop on Lamps, Port Royal, 2026. Copyright 2027 by the keepers.", 8).read().year
        == 2026
    )


def test_years_of_identifiers_and_dates() -> None:
    assert [year_of_arxiv([f"arXiv:{one}"]) for one in ("2309.10668v1", "cs/0703123", "hep-th/9901001")] == [2023, 2007, 1999]
    assert year_of_arxiv(["10.1000/2021.5"]) is None
    heads = ("June 27, 2022", "27 June 2022", "2022-06-27", "First posted October 15th 2022; revised 2024", "(2022)")
    assert [year_in_head([line]) for line in heads] == [2022] * 5
    assert year_in_head(["Room 2022, Harbour Street", "We met in 2022 in May"]) is None
    assert year_of_press(["[3] A. Keeper. Lamps. 2019"]) is None


@pytest.mark.parametrize(
    "name",
    [
        "Ada Keeper",
        "Aäron van den Oord",
        "J. R. Rey",
        "Sheer El Showk",
        "Jean-Luc Lamp",
        "Shaun O’Hara",
        "Nan Du",
        "Bo An",
        "An Ai",
        "Yo Rey Jr.",
    ],
)
def test_names_are_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words",
    ["Google Brain", "Lamp Research", "Harbour University", "San Francisco", "OpenAI", "Equal contribution", "Ada K.",
     "Under review", "Computer Science", "lamps and wicks", "Meta AI", "The Keeper", "Room 12", "Technical Report"],
)  # fmt: skip
def test_institutions_places_and_notes_are_not(words: str) -> None:
    assert not is_name(words)
    assert read_names(words).names == ()


def test_a_list_of_names_is_read_piece_by_piece() -> None:
    assert read_names("By Dr. Ada Keeper, YO TRIMMER & Jo Rey · Ida Wax (Lamp Works), Lamp University, Port Royal").names == (
        "Ada Keeper",
        "Yo Trimmer",
        "Jo Rey",
        "Ida Wax",
    )
    assert read_names("Ada Keeper, Lantern Works, Canada").names == ("Ada Keeper",)
    assert read_names("1st Ada Keeper").names == ("Ada Keeper",)
    assert read_names("Ada Keeper ada@lamp.test https://lamp.test/Jo").names == ("Ada Keeper",)
    assert mended("Ada Keeper, Yo Trimmer", "Jo Rey, Ida Wax") == ("Ada Keeper, Yo Trimmer", "Jo Rey, Ida Wax")
    assert mended("Ada Keeper", "Lanternworks") == ("Ada Keeper", "Lanternworks")


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Ada Keeper", ("Keeper", "Ada")),
        ("Aäron van den Oord", ("van den Oord", "Aäron")),
        ("Sheer El Showk", ("El Showk", "Sheer")),
        ("Li Kevin Wenliang", ("Wenliang", "Li Kevin")),
        ("Yo B. Rey Jr.", ("Rey Jr.", "Yo B.")),
        ("Plato", ("Plato", "")),
    ],
)
def test_a_family_name_has_its_particles(full: str, parts: tuple[str, str]) -> None:
    assert family_and_given(full) == parts


def test_an_identifier_inside_a_sentence_names_another_work() -> None:
    page = "We go on from the lamps of arXiv:2701.00001, which burnt out last year, and others.\nhttps://doi.org/10.1000/wick"
    assert own_identifiers(["arXiv:2701.00001", "10.1000/wick", "arXiv:2801.00002"], page) == ("10.1000/wick", "arXiv:2801.00002")


def test_text_is_read_for_a_byline_front_matter_or_the_head_of_a_paper() -> None:
    assert written_front("# On Wicks\n\nBy Ada Keeper and Yo Trimmer\n\nWicks burn.").authors == ("Ada Keeper", "Yo Trimmer")
    listed = written_front("---\nauthors:\n  - Ada Keeper\n  - Yo Trimmer\ndate: 2031-04-01\n---\n# On Wicks\n")
    assert (listed.authors, listed.year) == (("Ada Keeper", "Yo Trimmer"), 2031)
    assert written_front('---\nauthor: "Ada Keeper"\n---\n').authors == ("Ada Keeper",)
    paper = written_front(
        "arXiv:2709.00012v2 [cs.LG] 2 Dec 2029\nThe Wick Prior\nYo Trimmer\nLamp University\nAbstract\nA wick burns."
    )
    assert (paper.title, paper.authors, paper.year) == ("The Wick Prior", ("Yo Trimmer",), 2027)
    dated = written_front("The Wick Prior\nYo Trimmer\nMay 2026\nAbstract\nA wick burns, as in 1999.")
    assert dated.year == 2026
    plain = written_front("Wicks burn by the light of Ada Keeper.\nJo Rey came by in 1999.\n")
    assert (plain.title, plain.authors, plain.year) == (None, (), None)


def test_a_page_full_of_short_lines_is_read_in_no_time() -> None:
    sheet = _titled("On Wicks").line("Ada Keeper").abstract()
    for place in range(3000):
        sheet.y = 20 + place % 400
        sheet.line("^" * (place % 2) + "¨lamp", 2, at=40 + place // 6)
    began = perf_counter()
    assert sheet.read().title == "On Wicks"
    assert perf_counter() - began < 20


REAL = {
    "askell-2021-general-language-assistant": ("Amanda Askell", "Jared Kaplan", 22, 2021),
    "christiano-2017-human-preferences": ("Paul F Christiano", "Dario Amodei", 6, 2017),
    "lecun-2022-path-towards-ami": ("Yann LeCun", "Yann LeCun", 1, 2022),
    "more/assran-2023-i-jepa": ("Mahmoud Assran", "Nicolas Ballas", 8, 2023),
    "more/bai-2022-constitutional-ai": ("Yuntao Bai", "Jared Kaplan", 51, 2022),
    "more/deletang-2023-language-modeling-is-compression": ("Grégoire Delétang", "Joel Veness", 12, 2023),
    "more/gao-2022-reward-model-overoptimization": ("Leo Gao", "Jacob Hilton", 3, 2022),
    "more/ha-schmidhuber-2018-world-models": ("David Ha", "Jürgen Schmidhuber", 2, 2018),
    "more/huang-2023-language-is-not-all-you-need": ("Shaohan Huang", "Furu Wei", 18, 2023),
    "more/yao-2022-react": ("Shunyu Yao", "Yuan Cao", 7, 2022),
    "more/yao-2023-tree-of-thoughts": ("Shunyu Yao", "Karthik Narasimhan", 7, 2023),
}
TITLES = {
    "lecun-2022-path-towards-ami": "A Path Towards Autonomous Machine Intelligence",
    "more/ha-schmidhuber-2018-world-models": "World Models",
    "more/yao-2022-react": "ReAct: Synergizing Reasoning and Acting in Language Models",
    "more/huang-2023-language-is-not-all-you-need": "Language Is Not All You Need: Aligning Perception with Language Models",
}


@pytest.mark.papers
@pytest.mark.parametrize("stem", REAL)
def test_real_papers_come_out_right(stem: str) -> None:
    file = PAPERS / f"{stem}.pdf"
    if not file.exists():
        pytest.skip("the papers are not here")
    found = extract(file.read_bytes(), file.name)[1]
    assert (found.authors[0], found.authors[-1], len(found.authors), found.year) == REAL[stem]
    assert found.title == TITLES.get(stem, found.title)
