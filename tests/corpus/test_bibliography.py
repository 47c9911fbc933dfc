from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.bibliography import catalogue, read_bibtex, write_bibtex
from corpus.errors import CatalogueError
from corpus.works import Author, Identifiers, Work


def test_the_catalogue_holds_the_essays_five_works() -> None:
    works = catalogue()
    assert list(works) == ["rae-2023", "lecun-2022", "bengio-2017", "christiano-2017", "askell-2021"]
    assert works["rae-2023"].identifiers.youtube == "dO4TPJkeaaU"
    assert works["lecun-2022"].identifiers.openreview == "BZ5a1r-kVsf"
    assert dict(works["lecun-2022"].fields)["version"] == "0.9.2"
    assert works["bengio-2017"].identifiers.arxiv == "1709.08568"
    assert works["christiano-2017"].identifiers.arxiv == "1706.03741"
    assert len(works["christiano-2017"].authors) == 6
    assert len(works["askell-2021"].authors) == 22
    assert {work.key: work.label for work in works.values()} == {
        "rae-2023": "Rae 2023",
        "lecun-2022": "LeCun 2022",
        "bengio-2017": "Bengio 2017",
        "christiano-2017": "Christiano et al. 2017",
        "askell-2021": "Askell et al. 2021",
    }


def test_the_catalogue_survives_a_round_trip() -> None:
    works = list(catalogue().values())
    assert read_bibtex(write_bibtex(works)) == works


def test_one_callers_change_is_not_anothers() -> None:
    catalogue().clear()
    assert catalogue()


def test_latex_is_decoded() -> None:
    (work,) = read_bibtex(
        r"""@String{ptp = "Pincite Test Press"}
        @InProceedings{lamp-2031,
          title = {{L}anterns \& {\"O}l: 100% of {\O}re's ``quiet'' h{\'e}roes, pages 1--2, $x_1 < 3$},
          author = {{The Pincite Test Press} and van der Lamp, Jr., J{\"u}rgen and {\v{S}}vejk, Ledger and others},
          booktitle = ptp, year = 2031, month = may, pages = {1--62}, note = {Do not sort}
        }"""
    )
    assert work.title == "Lanterns & Öl: 100% of Øre's “quiet” héroes, pages 1–2, $x_1 < 3$"
    assert work.authors == (Author("The Pincite Test Press"), Author("van der Lamp Jr.", "Jürgen"), Author("Švejk", "Ledger"))
    assert (work.kind, work.venue, work.year) == ("inproceedings", "Pincite Test Press", 2031)
    assert work.fields == (("month", "may"), ("pages", "1–62"), ("note", "Do not sort"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprint = {2031.00042v2}, archivePrefix = {arXiv}", Identifiers(arxiv="2031.00042")),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", Identifiers(arxiv="hep-th/9901001")),
        ("journal = {arXiv preprint arXiv:2031.00042}", Identifiers(arxiv="2031.00042")),
        ("url = {https://arxiv.org/abs/2031.00042v3}", Identifiers(arxiv="2031.00042", url="https://arxiv.org/abs/2031.00042v3")),
        ("doi = {https://doi.org/10.1000/a\\_b}", Identifiers(doi="10.1000/a_b")),
        (
            "url = {https://openreview.net/forum?id=Ab-12_x}",
            Identifiers(openreview="Ab-12_x", url="https://openreview.net/forum?id=Ab-12_x"),
        ),
        (
            "url = {https://www.youtube.com/watch?v=abcdefghijk}",
            Identifiers(youtube="abcdefghijk", url="https://www.youtube.com/watch?v=abcdefghijk"),
        ),
        ("eprint = {12345}, eprinttype = {jstor}", Identifiers()),
    ],
)
def test_identifiers_are_found_wherever_bibliographies_put_them(fields: str, expected: Identifiers) -> None:
    (work,) = read_bibtex(f"@misc{{k, title = {{T}}, {fields}}}")
    assert work.identifiers == expected
    assert read_bibtex(write_bibtex([work])) == [work]


def test_a_date_gives_the_year_and_is_kept() -> None:
    (work,) = read_bibtex("@misc{k, title = {T}, date = {2031-05-06}}")
    assert (work.year, work.fields) == (2031, (("date", "2031-05-06"),))
    assert read_bibtex(write_bibtex([work])) == [work]


def test_a_year_that_is_no_number_is_kept_as_written() -> None:
    (work,) = read_bibtex("@misc{k, title = {T}, year = {in press}}")
    assert (work.year, work.fields) == (None, (("year", "in press"),))
    assert read_bibtex(write_bibtex([work])) == [work]


def test_a_second_venue_is_kept() -> None:
    (work,) = read_bibtex("@misc{k, title = {T}, howpublished = {Talk}, booktitle = {Nights}}")
    assert (work.venue, work.fields) == ("Nights", (("howpublished", "Talk"),))
    assert read_bibtex(write_bibtex([work])) == [work]


def _tidy(text: str) -> str:
    return " ".join(text.split())


_words = st.text(st.sampled_from("aB é ß–—'\"-%&#_$~^\\`{}?!<>,.“”1"), max_size=24).map(_tidy)


@settings(deadline=None)
@given(_words.filter(bool), _words, _words)
@example("x", "a -- b --- c", "100% & #1_$5~^ \\ `` '' ?` !`")
@example("$", "$x_1$ and $5 or $6", "{")
def test_any_characters_survive_a_round_trip(title: str, note: str, venue: str) -> None:
    fields = (("note", note),) if note else ()
    work = Work("k-2031", title, (), 2031, "article", venue or None, Identifiers(), fields)
    assert read_bibtex(write_bibtex([work])) == [work]


@pytest.mark.parametrize(
    "author",
    [
        Author("The Lamp and Ledger Office"),
        Author("Plato"),
        Author("de la Clerk", "Ada B."),
        Author("Lamp, Ink and Sons", "The"),
        Author("Anders", "Anna-Maria"),
        Author("Øre", "Jürgen"),
    ],
)
def test_names_survive_a_round_trip(author: Author) -> None:
    work = Work("k", "T", (author, Author("Other", "An")))
    assert read_bibtex(write_bibtex([work])) == [work]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("\n\n@misc{a,\n title={x}", 3, "end"),
        ("@misc{a title={x}}", 1, "comma"),
        ("@misc{a, title={x}}\n@misc{a, title={y}}", 2, "twice"),
        ("@misc{a,\n title={x},\n title={y}}", 1, "title"),
        ("@misc{a, title={x}}\n\n@misc{b, year=2020}", 3, "no title"),
        ("@misc{a,\n title=nowhere}", 2, "nowhere"),
        ("@misc{a, title={x}, author={One, Two, Three, Four}}", 1, "author"),
    ],
)
def test_malformed_text_names_the_line_and_the_remedy(text: str, line: int, word: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_bibtex(text)
    assert caught.value.facts["line"] == line
    assert f"line {line} " in caught.value.message
    assert word in caught.value.message
    assert caught.value.remedy


def test_prose_is_no_bibliography() -> None:
    with pytest.raises(CatalogueError):
        read_bibtex("Dear editor, see attached.")


def test_nothing_gives_nothing() -> None:
    assert read_bibtex("") == []
    assert read_bibtex("% only a comment\n") == []
