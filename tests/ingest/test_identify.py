from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import SettingsError
from corpus.works import Author
from ingest.extract import extract
from ingest.identify import identify

if TYPE_CHECKING:
    from corpus.works import Work

CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nWelcome, Jo Rey, and thank you for the oil.\n"
PAPER = "{head}\n\nAbstract\nWicks burn, and lamps go out.\n"


def work(text: str, name: str, *taken: str, key: str | None = None) -> Work:
    _, extraction = extract(text.encode(), name)
    return identify(extraction, name, taken=taken, key=key)


def paper(title: str, authors: str, date: str = "May 2027") -> str:
    return PAPER.format(head=f"{title}\n{authors}\n{date}")


@pytest.mark.parametrize(
    ("authors", "key"),
    [
        ("Ada Keeper and Yo Trimmer", "keeper-2027"),
        ("Aäron van den Oord, Ada Keeper", "van-den-oord-2027"),
        ("Jürgen Lampenfieber", "lampenfieber-2027"),
        ("Jo Ørsted-Łamp", "orsted-lamp-2027"),
        ("Shaun O’Hara", "ohara-2027"),
        ("Jo Rey Jr.", "rey-2027"),
    ],
)
def test_the_key_is_the_first_surname_and_the_year(authors: str, key: str) -> None:
    assert work(paper("The Wick Prior", authors), "x.txt").key == key


def test_a_work_has_title_authors_and_year() -> None:
    found = work(paper("The Wick Prior", "Aäron van den Oord and Ada B. Keeper"), "x.txt")
    assert (found.title, found.year) == ("The Wick Prior", 2027)
    assert found.authors == (Author("van den Oord", "Aäron"), Author("Keeper", "Ada B."))


def test_the_first_keeps_the_plain_key_and_the_next_get_b_and_c() -> None:
    text = paper("The Wick Prior", "Ada Keeper")
    assert work(text, "x.txt", "keeper-2026").key == "keeper-2027"
    assert work(text, "x.txt", "keeper-2027").key == "keeper-2027-b"
    assert work(text, "x.txt", "keeper-2027", "keeper-2027-b").key == "keeper-2027-c"
    many = ["keeper-2027", *(f"keeper-2027-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
    assert work(text, "x.txt", *many).key == "keeper-2027-27"
    assert work("Wicks.", "wicks.txt", "wicks").key == "wicks-b"


def test_a_key_that_is_given_is_kept() -> None:
    assert work(paper("The Wick Prior", "Ada Keeper"), "x.txt", "keeper-2027", key="Wick-2").key == "Wick-2"


@pytest.mark.parametrize("key", ["", "wick prior", "../wick", "wick_2", "-wick", "wick-", "wíck", "a--b", "wick\n"])
def test_a_key_of_other_signs_is_refused_with_a_remedy(key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        work("Wicks.", "x.txt", key=key)
    assert "vaswani-2017" in refused.value.remedy


def test_the_files_name_tells_author_and_year_where_the_first_page_has_the_surname() -> None:
    found = work("This is a note by one LeLamp on wicks, which burn.", "lelamp-2026-wicks-and-oil.txt")
    assert (found.key, found.authors, found.year) == ("lelamp-2026", (Author("LeLamp"),), 2026)
    assert found.title == "Wicks and oil"
    elsewhere = work("Nothing here names its author, and wicks burn.", "lelamp-2026-wicks-and-oil.txt")
    assert (elsewhere.key, elsewhere.authors, elsewhere.year) == ("lelamp-2026-wicks-and-oil", (), None)


def test_the_year_of_the_files_name_counts_only_for_the_same_author() -> None:
    text = "# On Wicks\n\nby Ada Keeper, with thanks to Trimmer\n\nWicks burn."
    assert work(text, "keeper-2026-wicks.md").key == "keeper-2026"
    assert work(text, "trimmer-2026-wicks.md").key == "trimmer-2026-wicks"


def test_a_transcript_is_named_by_its_files_name_though_nobody_says_the_surname() -> None:
    found = work(CAPTIONS, "keeper-2026-why-lamps-lie.en.vtt")
    assert (found.key, found.title, found.label) == ("keeper-2026", "Why lamps lie", "Keeper 2026")
    assert work(CAPTIONS, "talk-2026-why-lamps-lie.vtt").key == "talk-2026-why-lamps-lie"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("State of the Lamps (final).txt", "state-of-the-lamps-final"),
        ("Über Öl & Dochte.txt", "uber-ol-dochte"),
        ("灯.txt", "work"),
        ("a" * 40 + " " + "b" * 40 + ".txt", "a" * 40 + "-" + "b" * 19),
        ("a" * 59 + " b.txt", "a" * 59),
        ("folder/wicks.txt", "wicks"),
    ],
)
def test_without_author_or_year_the_files_name_is_the_key(name: str, key: str) -> None:
    assert work("Wicks burn by night.", name).key == key


def test_the_title_falls_back_to_a_heading_and_then_to_the_files_name() -> None:
    assert work("# On Wicks\n\nWicks burn.", "x.md").title == "On Wicks"
    assert work("## Of Wicks\n\nWicks burn.", "x.md").title == "Of Wicks"
    assert work("## Introduction\n\nWicks burn.\n", "small_lamps-at-night.md").title == "Small lamps at night"
    page = (
        "<!DOCTYPE html><html><head><title>Of Lamps</title></head><body><article><p>By Ada Keeper</p>{}</article></body></html>"
    )
    web = work(page.format("<p>Wicks burn in the night, and lamps are counted by the keeper.</p>" * 5), "x.html")
    assert (web.title, web.authors) == ("Of Lamps", (Author("Keeper", "Ada"),))


def test_identifiers_are_bare() -> None:
    found = work(paper("arXiv:2709.00012v2 [cs.LG] 2 Dec 2029\nThe Wick Prior", "Ada Keeper"), "x.txt")
    assert (found.identifiers.arxiv, found.year, found.key) == ("2709.00012", 2027, "keeper-2027")
    assert work("# On Wicks\n\ndoi:10.1000/wick.5\n\nWicks burn.", "x.md").identifiers.doi == "10.1000/wick.5"
    minted = work("# On Wicks\n\nhttps://doi.org/10.48550/arXiv.2709.00012\n\nWicks burn.", "x.md").identifiers
    assert (minted.arxiv, minted.doi) == ("2709.00012", None)


def test_an_arxiv_id_may_be_the_files_name() -> None:
    found = work("Wicks burn by night.", "2709.00012v3.txt")
    assert (found.identifiers.arxiv, found.year, found.key) == ("2709.00012", 2027, "2709-00012v3")
    assert work("Wicks burn.", "2799.00012.txt").identifiers.arxiv is None


def test_a_preprint_that_the_text_builds_on_is_not_its_own() -> None:
    found = work("# On Wicks\n\nThis post explains what the authors of arXiv:2709.00012 say of wicks and oil.\n", "x.md")
    assert (found.identifiers.arxiv, found.year) == (None, None)


def test_the_video_of_a_talk_is_known_by_its_source_or_its_files_name() -> None:
    noted = "---\nsource: https://www.youtube.com/watch?v=dQ-abcdefgh\ntitle: On Oil\n---\nOil burns.\n"
    assert work(noted, "x.md").identifiers.youtube == "dQ-abcdefgh"
    assert work("# On Oil\n\nSee also https://youtu.be/dQ-abcdefgh for a talk.\n", "x.md").identifiers.youtube is None
    assert work(CAPTIONS, "Why Lamps Lie [dQ-abcdefgh].en.vtt").identifiers.youtube == "dQ-abcdefgh"
    named = work(json.dumps([{"text": "Oil burns.", "start": 0, "duration": 2}]), "Why Lamps Lie [dQ-abcdefgh].json")
    assert (named.identifiers.youtube, named.key, named.title) == ("dQ-abcdefgh", "why-lamps-lie", "Why Lamps Lie")
    assert not work("Oil burns.", "Why Lamps Lie [translation].txt").is_talk


def test_the_video_may_be_stated_by_the_transcript() -> None:
    extraction = replace(extract(CAPTIONS.encode(), "x.vtt")[1], identifiers=("https://youtu.be/dQ-abcdefgh",))
    assert identify(extraction, "x.vtt", taken=()).identifiers.youtube == "dQ-abcdefgh"
