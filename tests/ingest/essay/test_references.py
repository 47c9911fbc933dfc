"""References in many styles: what they state, and that nothing is made of what states nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.works import Author, Identifiers, Work
from ingest.essay.addresses import identifiers_of, trimmed
from ingest.essay.entries import Entry, entries_of
from ingest.essay.markdown import read_markdown
from ingest.essay.persons import read_authors
from ingest.essay.styles import read_reference
from ingest.essay.web import read_web
from ingest.essay.writing import Block, Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.essay.writing import Writing

HALE_BROOK = ["A. Hale", "O. Brook"]


@pytest.mark.parametrize(
    ("text", "title", "authors", "year", "venue"),
    [
        (
            "Hale, A., & Brook, O. (2030). Light on small harbours. Journal of Lamps, 4(2), 1-9."
        , "Light on small harbours", HALE_BROOK, 2030, "Journal of Lamps"),
        (
            "Hale, A. (2030, March 13). What do keepers see? Harbour Press. https://lamps.example.org/a"
        , "What do keepers see?", ["A. Hale"], 2030, "Harbour Press"),
        (
            'A. Hale and O. Brook, "Light on small harbours," in Proc. Lamps, vol. 3, 2030, pp. 1-9.'
        , "Light on small harbours", HALE_BROOK, 2030, "Proc. Lamps"),
        (
            'Hale, Ada, and Otto Brook. "Light on Small Harbours." Lamps 5 (2030): 4-9.'
        , "Light on Small Harbours", ["Ada Hale", "Otto Brook"], 2030, "Lamps"),
        (
            "Hale, Ada R., and Otto B. Brook. Light: An Introduction. Mole Press, 2030."
        , "Light: An Introduction", ["Ada R. Hale", "Otto B. Brook"], 2030, "Mole Press"),
        (
            "Ada Hale, Otto Brook, and Lea van Dam. 2030. Light on harbours. In Lamp Workshop, pages 1–9."
        , "Light on harbours", ["Ada Hale", "Otto Brook", "Lea van Dam"], 2030, "Lamp Workshop"),
        ("Hale A, Brook O. Light on harbours. J Lamps. 2030;30:59-60.", "Light on harbours", HALE_BROOK, 2030, "J Lamps"),
        (
            "Hale, A., Brook, O.: Light on harbours. arXiv preprint arXiv:3001.00001 (2030)"
        , "Light on harbours", HALE_BROOK, 2030, None),
        (
            "A. van den Hale, et al. Light vs. dark in harbours. arXiv:3001.00001, 2030."
        , "Light vs. dark in harbours", ["A. van den Hale"], 2030, None),
        (
            "Light on Harbours - Ada Hale | Lamp Seminar #7 https://www.youtube.com/watch?v=abcdefghij1"
        , "Light on Harbours", ["Ada Hale"], None, "Lamp Seminar #7"),
        ("Light on Harbours — Ada Hale (2030)", "Light on Harbours", ["Ada Hale"], 2030, None),
        (
            "Light on Harbours. Ada Hale, Otto Brook. 2030. arXiv:3001.00001"
        , "Light on Harbours", ["Ada Hale", "Otto Brook"], 2030, None),
        ("Ada Hale, Light on Harbours, 2030, https://lamps.example.org", "Light on Harbours", ["Ada Hale"], 2030, None),
        ("MoleLab (2030). Lamp-4 Technical Report.", "Lamp-4 Technical Report", ["MoleLab"], 2030, None),
        ("Hale et al. (2030), Light on harbours", "Light on harbours", ["Hale"], 2030, None),
    ],
)  # fmt: skip
def test_a_style_is_read(text: str, title: str, authors: list[str], year: int | None, venue: str | None) -> None:
    stated = read_reference(Entry(text))
    assert stated is not None
    assert (stated.title, [author.full for author in stated.authors], stated.year, stated.venue) == (title, authors, year, venue)


@pytest.mark.parametrize(
    ("text", "link", "title", "authors"),
    [
        (
            "Light on Harbours, Ada Hale and Otto Brook, 2030",
            "Light on Harbours",
            "Light on Harbours",
            ["Ada Hale", "Otto Brook"],
        ),
        ("Hale and Brook (2030), Light on Harbours.", "Light on Harbours", "Light on Harbours", ["Hale", "Brook"]),
        ("Light on Harbours by Ada Hale", "Light on Harbours", "Light on Harbours", ["Ada Hale"]),
        ("Hale, A. (2030). Light on Harbours. Press.", "Press", "Light on Harbours", ["A. Hale"]),
        ("Light on Harbours", "Light on Harbours", "Light on Harbours", []),
    ],
)
def test_a_link_may_be_the_title(text: str, link: str, title: str, authors: list[str]) -> None:
    stated = read_reference(Entry(text, links=(Link(link, "https://lamps.example.org/a"),)))
    assert stated is not None
    assert (stated.title, [author.full for author in stated.authors]) == (title, authors)


@pytest.mark.parametrize(
    ("text", "italics", "title", "authors", "venue"),
    [
        (
            "Ada Hale and Otto Brook, Light, Oil: An Introduction (Northmole: Mole Press, 2030), 45–67.",
            ("Light, Oil: An Introduction",),
            "Light, Oil: An Introduction",
            ["Ada Hale", "Otto Brook"],
            "Northmole: Mole Press",
        ),
        (
            "Ada Hale et al., Lamps: Light on Harbours, arXiv:3001.00001, 2030. See especially section 4.",
            ("Lamps: Light on Harbours",),
            "Lamps: Light on Harbours",
            ["Ada Hale"],
            None,
        ),
        (
            "Hale, A. (2030). Light on harbours. Journal of Lamps, 4(2), 1-9.",
            ("Journal of Lamps", "4"),
            "Light on harbours",
            ["A. Hale"],
            "Journal of Lamps",
        ),
    ],
)
def test_italics_behind_the_authors_are_the_title(
    text: str, italics: tuple[str, ...], title: str, authors: list[str], venue: str | None
) -> None:
    stated = read_reference(Entry(text, emphasised=italics))
    assert stated is not None
    assert (stated.title, [author.full for author in stated.authors], stated.year, stated.venue) == (title, authors, 2030, venue)


@pytest.mark.parametrize(
    "write",
    [
        lambda words: read_markdown(f"Words.[^a]\n\n[^a]: Hale, *{words}*, 2030.\n"),
        lambda words: read_web(f"<p>Words.</p><ol><li>Hale, <cite>{words}</cite>, 2030.</li></ol>"),
    ],
)
def test_italics_reach_the_entry(write: Callable[[str], Writing]) -> None:
    [entry] = entries_of(write("Light on Harbours").blocks[-1:])
    assert (entry.text, entry.emphasised) == ("Hale, Light on Harbours, 2030.", ("Light on Harbours",))


@pytest.mark.parametrize("names", ["Hale, A., Brook, O., de Wit, P.", "Hale, A., Brook, O., de Wit, P. et al."])
def test_a_title_with_a_colon_lends_no_author(names: str) -> None:
    stated = read_reference(Entry(f"{names} Harbour Lamp Optimization: Your Lamp is Secretly a Mirror. Lamps 2030."))
    assert stated is not None
    assert stated.title == "Harbour Lamp Optimization: Your Lamp is Secretly a Mirror"
    assert [author.family for author in stated.authors] == ["Hale", "Brook", "de Wit"]


@pytest.mark.parametrize(
    "text",
    [
        "See also the discussion on the mailing list.",
        "Personal conversation with a keeper, 2030.",
        "My notes",
        "https://lamps.example.org/a",
        "Is light all we need? Hale, personal communication.",
        "",
        "A. B. C. D. E. F.",
        "1-9, 2030.",
    ],
)
def test_nothing_is_made_of_what_states_no_work(text: str) -> None:
    assert read_reference(Entry(text)) is None


def test_a_very_long_list_of_authors_is_read_whole() -> None:
    names = ", ".join(f"{chr(65 + number % 26)}. Keeper{chr(97 + number % 26)}" for number in range(280))
    stated = read_reference(Entry(f"{names}. Lamp report. arXiv, 2030."))
    assert stated is not None
    assert (stated.title, len(stated.authors)) == ("Lamp report", 280)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("LeClerk, Y.", ["LeClerk"]),
        ("Hale, A., Brook, O., ... & de Wit, P.", ["Hale", "Brook", "de Wit"]),
        ("Ada Hale; Otto Brook", ["Hale", "Brook"]),
        ("Hale, A. (Ed.)", ["Hale"]),
        ("O'Neil, A.-M., & Vasquez-Lund, B.", ["O'Neil", "Vasquez-Lund"]),
    ],
)
def test_names_are_read(text: str, families: list[str]) -> None:
    assert [author.family for author in read_authors(text) or ()] == families


@pytest.mark.parametrize("text", ["Harbour University", "the lamp was lit", "2030", "Hale, A. and the others of the mole", ""])
def test_what_is_no_list_of_names_is_none(text: str) -> None:
    assert read_authors(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv preprint arXiv:3001.00001v2 [cs.DL], 2030", Identifiers(arxiv="3001.00001")),
        ("https://arxiv.org/pdf/3001.00001v2.", Identifiers(arxiv="3001.00001")),
        ("abs/3001.00001", Identifiers(arxiv="3001.00001")),
        ("doi: 10.1000/Lamp(91)5-X.", Identifiers(doi="10.1000/Lamp(91)5-X")),
        ("(https://doi.org/10.1000/lamp).", Identifiers(doi="10.1000/lamp")),
        ("https://doi.org/10.48550/arXiv.3001.00001", Identifiers(arxiv="3001.00001")),
        ("https://openreview.net/forum?id=aB-3", Identifiers(openreview="aB-3")),
        ("https://youtu.be/abcdefghij1", Identifiers(youtube="abcdefghij1", url="https://youtu.be/abcdefghij1")),
        ("https://lamps.example.org/a_(b).", Identifiers(url="https://lamps.example.org/a_(b)")),
        ("pages 1301.1-1302, 10.5 km", Identifiers()),
    ],
)
def test_identifiers_are_read(text: str, expected: Identifiers) -> None:
    assert identifiers_of(text) == expected


def test_an_address_loses_the_sentences_signs_only() -> None:
    assert trimmed("https://a.example/b_(c)).,") == "https://a.example/b_(c)"


def test_entries_are_parted_by_labels_lines_and_semicolons() -> None:
    wrapped = Block("paragraph", "[1] Hale, A. (2030). Light on\nharbours. Press.\n[2] Brook, O. (2029). Mills. Press.")
    lines = Block("paragraph", "Hale, A. (2030). Light. Press.\nBrook, O. (2029). Mills. Press.")
    several = Block("note", "See Hale, A. (2030). Light. Press; Brook, O. (2029). Mills. Press.", label="7")
    assert [(entry.label, entry.text) for entry in entries_of([wrapped])] == [
        ("1", "Hale, A. (2030). Light on harbours. Press."),
        ("2", "Brook, O. (2029). Mills. Press."),
    ]
    assert [entry.text for entry in entries_of([lines])] == ["Hale, A. (2030). Light. Press.", "Brook, O. (2029). Mills. Press."]
    assert [entry.label for entry in entries_of([several])] == ["7", "7"]
    assert read_reference(entries_of([several])[0]) is not None


def test_a_work_keeps_what_the_reference_states() -> None:
    work = Work("", "T", (Author("Hale", "A."),), 2030)
    assert work.label == "Hale 2030"
