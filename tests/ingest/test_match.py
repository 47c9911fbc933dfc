from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.works import Author, Identifiers, Work
from ingest.match import Candidate, match

LAMP = Work(
    "keeper-2031",
    "Lanterns and Ledgers: How Small Archives Remember",
    (Author("Keeper", "Ada"), Author("Føroyar", "Ludvík")),
    2031,
    identifiers=Identifiers(arxiv="3101.00042", doi="10.1000/lamps"),
)
WICK = Work("trimmer-2029", "The Wick Prior", (Author("Trimmer", "Yo"),), 2029, identifiers=Identifiers(arxiv="2912.00007"))
TALK = Work("rey-2030", "Oil for Light", (Author("Rey", "Jo"),), 2030, identifiers=Identifiers(youtube="dQ-abcdefgh"))
WORKS = (LAMP, WICK, TALK)

PROSE = "We follow nine archives through one winter and ask what each could still answer in spring. " * 4
HEAD = f"Lanterns and Ledgers:\nHow Small Archives Re\ufffe\nmember\nAda Keeper1 Ludvik Føroyar2\nPress\nAbstract\n{PROSE}"


def _pdf(name: str, text: str) -> Candidate:
    return Candidate(name, "application/pdf", text)


def _how(file: Candidate, works: tuple[Work, ...] = WORKS) -> tuple[str, str] | str:
    found = match([file], works)
    if found.matches:
        return found.matches[0].work.key, found.matches[0].how
    return found.unmatched[0].reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.pdf", f"A Translation of the Lamps\n{PROSE}\narXiv:3101.00042v3 [cs.LG] 2 Jan 2031"),
        ("3101.00042v2.pdf", PROSE),
        ("arxiv_3101.00042.pdf", ""),
        ("a.pdf", f"Preprint\narXiv:3101.00042\n{PROSE}"),
        ("a.pdf", f"https://doi.org/10.1000/lamps\n{PROSE}"),
        ("a.pdf", f"https://doi.org/10.48550/arXiv.3101.00042\n{PROSE}"),
    ],
)
def test_an_identifier_is_believed_where_a_file_bears_its_own(name: str, text: str) -> None:
    assert _how(_pdf(name, text)) == ("keeper-2031", "identifier")


@pytest.mark.parametrize(
    "text",
    [
        f"On Lamps\nSee arXiv:3101.00042 for the ledgers.\n{PROSE}",
        f"On Lamps\nAbstract\n{PROSE}\n[1] A. Keeper. Lanterns. arXiv:3101.00042, 2031.",
        f"On Lamps\n{PROSE}\narXiv:3101.00043v1 [cs.LG] 2 Jan 2031\narXiv:3101.00042",
        f"On Lamps\narXiv:3101.000421\n{PROSE}",
    ],
)
def test_a_mentioned_identifier_is_no_match(text: str) -> None:
    assert isinstance(_how(_pdf("a.pdf", text)), str)


def test_identifiers_stated_outside_the_text_count_and_mentions_do_not() -> None:
    page = Candidate("a.html", "text/html", PROSE, identifiers=("arXiv:3101.00042v1",))
    assert _how(page) == ("keeper-2031", "identifier")
    mentioning = replace(page, first_text=f"As arXiv:3101.00042v1 says, light is cheap. {PROSE}")
    assert isinstance(_how(mentioning), str)


@pytest.mark.parametrize("name", ["Oil [dQ-abcdefgh].en.vtt", "dQ-abcdefgh.vtt"])
def test_a_video_id_in_a_file_name(name: str) -> None:
    assert _how(Candidate(name, "text/vtt", "Good evening.", timed=True)) == ("rey-2030", "identifier")
    assert isinstance(_how(Candidate(f"x{name[-15:-4]}y.vtt", "text/vtt", "Good evening.")), str)


def test_a_title_over_several_lines_with_a_parted_word() -> None:
    assert _how(_pdf("scan0001.pdf", HEAD)) == ("keeper-2031", "title")


def test_one_slip_in_a_title_passes_and_another_work_does_not() -> None:
    assert _how(_pdf("a.pdf", HEAD.replace("Ledgers", "Ledgcrs"))) == ("keeper-2031", "title")
    assert isinstance(_how(_pdf("a.pdf", HEAD.replace("Archives", "Libraries"))), str)


def test_digits_of_a_title_must_agree() -> None:
    second = replace(LAMP, title="Lanterns and Ledgers, Part 2", identifiers=Identifiers())
    assert isinstance(_how(_pdf("a.pdf", f"Lanterns and Ledgers, Part 1\nAda Keeper\n{PROSE}"), (second,)), str)
    assert _how(_pdf("a.pdf", f"Lanterns and Ledgers, Part 2\nAda Keeper\n{PROSE}"), (second,)) == ("keeper-2031", "title")


def test_a_title_without_an_author_near_it_is_somebody_elses() -> None:
    comment = HEAD.replace("Ada Keeper1 Ludvik Føroyar2", "A comment by V. Verso")
    assert "mentions Keeper and Føroyar 2031" in str(_how(_pdf("a.pdf", comment)))


def test_a_title_in_running_text_is_a_mention() -> None:
    text = f"On Lamps\nV. Verso and Ada Keeper\nWe answer Lanterns and Ledgers: How Small Archives Remember by the same.\n{PROSE}"
    assert "mentions" in str(_how(_pdf("a.pdf", text)))
    below = f"On Lamps\nAda Keeper\nAbstract\n{PROSE}\n{LAMP.title}\n{PROSE}"
    assert "mentions" in str(_how(_pdf("a.pdf", below)))


def test_another_papers_stamp_outweighs_title_and_name() -> None:
    file = _pdf("keeper-2031.pdf", f"{HEAD}\narXiv:3105.00001v1 [cs.LG] 2 May 2031")
    assert "arXiv:3105.00001" in str(_how(file))


def test_a_left_out_subtitle_is_forgiven() -> None:
    short = replace(LAMP, title="Lanterns and Ledgers")
    assert _how(_pdf("a.pdf", HEAD), (short,)) == ("keeper-2031", "title")


def test_the_stated_title_counts_for_pages_without_print() -> None:
    page = Candidate("a.html", "text/html", f"By Ada Keeper.\n{PROSE}", title=LAMP.title)
    assert _how(page) == ("keeper-2031", "title")
    assert isinstance(_how(_pdf("a.pdf", PROSE)), str)
    assert isinstance(_how(replace(_pdf("a.pdf", f"By Ada Keeper.\n{PROSE}"), title=LAMP.title)), str)


def test_a_file_name_with_author_and_title_words() -> None:
    assert _how(Candidate("rey-oil-for-light.en.txt", "text/plain", "Good evening.")) == ("rey-2030", "file name")
    assert isinstance(_how(Candidate("oil-for-light.txt", "text/plain", "Good evening.")), str), "two words need their author"
    assert isinstance(_how(Candidate("grey-oil-for-light.txt", "text/plain", "Good evening.")), str)


def test_author_and_year_alone_are_a_weak_match() -> None:
    (found,) = match([Candidate("rey 2030.txt", "text/plain", "Good evening.")], WORKS).matches
    assert (found.work.key, found.how, found.weak) == ("rey-2030", "file name", True)


def test_a_legible_pdf_without_the_title_is_not_taken_by_its_name() -> None:
    assert "not headed by that title" in str(_how(_pdf("keeper-2031.pdf", f"On Wax\nAda Keeper\n{PROSE}")))
    assert _how(_pdf("keeper-2031.pdf", "")) == ("keeper-2031", "file name")


def test_one_file_a_work_the_best_form_first() -> None:
    forms = [
        Candidate("keeper-2031.html", "text/html", HEAD),
        Candidate("keeper-2031.md", "text/markdown", HEAD),
        Candidate("keeper-2031.txt", "text/plain", HEAD),
        Candidate("keeper-2031.vtt", "text/vtt", HEAD, timed=True),
        _pdf("keeper-2031.pdf", HEAD),
    ]
    for kept in range(len(forms), 1, -1):
        found = match(forms[:kept], WORKS)
        assert [(one.work.key, one.file) for one in found.matches] == [("keeper-2031", forms[kept - 1])]
        assert {lost.file for lost in found.beaten} == set(forms[: kept - 1])
        assert all(lost.by == forms[kept - 1] and lost.reason for lost in found.beaten)
        assert {work.key for work in found.missing} == {"trimmer-2029", "rey-2030"}


def test_a_sure_text_beats_a_transcript_that_only_its_name_speaks_for() -> None:
    weak = Candidate("rey-2030-interview.vtt", "text/vtt", "Good evening.", timed=True)
    sure = Candidate("rey-oil-for-light.txt", "text/plain", "Good evening.")
    found = match([weak, sure], WORKS)
    assert found.matches[0].file == sure
    assert "surer" in found.beaten[0].reason


def test_a_file_that_fits_two_works_is_reported_not_guessed() -> None:
    twins = (replace(LAMP, key="keeper-2031a"), replace(LAMP, key="keeper-2031b"))
    assert "several works" in str(_how(_pdf("a.pdf", HEAD), twins))


def test_a_list_of_links_is_no_work() -> None:
    links = "https://arxiv.org/abs/3101.00042\nhttps://arxiv.org/abs/2912.00007\n"
    assert "several works" in str(_how(Candidate("links.txt", "text/plain", links)))


def test_nothing_in_common() -> None:
    assert "neither" in str(_how(_pdf("holiday.pdf", PROSE)))
    assert match([], WORKS).missing == WORKS


PAPERS = Path(__file__).parents[3] / "shared" / "papers"


@pytest.fixture(scope="module")
def papers() -> dict[str, Candidate]:
    from ingest.extract import extract

    if not PAPERS.is_dir():
        pytest.skip("the real papers are not here")
    candidates = {}
    for path in sorted((*PAPERS.iterdir(), *(PAPERS / "more").iterdir())):
        if path.is_file():
            media_type, read = extract(path.read_bytes(), path.name)
            first = read.pages[0].text
            candidates[path.name] = Candidate(path.name, media_type, first, read.title, read.identifiers, read.timed)
    return candidates


@pytest.mark.papers
@pytest.mark.parametrize("renamed", [False, True])
def test_the_real_papers(papers: dict[str, Candidate], renamed: bool) -> None:
    from corpus.bibliography import catalogue

    candidates = {
        name: replace(file, name=f"{number}{Path(name).suffix}") if renamed and "rae" not in name else file
        for number, (name, file) in enumerate(papers.items())
    }
    found = match(list(candidates.values()), list(catalogue().values()))
    expected = {
        "rae-2023": "rae-compression-for-agi.en.txt",
        "lecun-2022": "lecun-2022-path-towards-ami.pdf",
        "bengio-2017": "bengio-2017-consciousness-prior.txt",
        "christiano-2017": "christiano-2017-human-preferences.pdf",
        "askell-2021": "askell-2021-general-language-assistant.pdf",
    }
    assert {one.work.key: one.file for one in found.matches} == {key: candidates[name] for key, name in expected.items()}
    twins = ("rae-compression-for-agi.md", "bengio-2017-consciousness-prior.md")
    assert {lost.file for lost in found.beaten} == {candidates[name] for name in twins}
    assert not found.missing
