import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from bot.answers import Answer
from tests.ui import sample
from ui.show import show_answer, show_summary, show_works


def _shown(answer: Answer, *, width: int | None = None, terminal: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width or 80, force_terminal=terminal, color_system="truecolor" if terminal else None
    )
    show_answer(console, answer, width=width)
    return _text(console)


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(autouse=True)
def no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


def test_in_a_pipe_every_word_is_there_unfolded_and_uncoloured() -> None:
    for answer in sample.ANSWERS:
        text = _shown(answer)
        assert "\x1b" not in text
        assert not re.search("[\u2500-\u257f]", text)
        for claim in answer.claims:
            assert claim.text in text
        for citation in answer.citations:
            assert f"[{citation.number}]  {citation.pincite}" in text
            assert (citation.link or "no link") in text
            if citation.quote:
                assert f"“{citation.quote.text}”" in text


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_keep_to_the_width_and_lose_no_word(width: int) -> None:
    for answer in sample.ANSWERS:
        text = _shown(answer, width=width)
        assert all(len(line) <= width for line in text.splitlines() if "https://" not in line)
        flat = " ".join(text.split())
        assert all(claim.text in flat for claim in answer.claims)


def test_columns_folds_a_pipe_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(len(line) for line in _shown(sample.KEEPING_1).splitlines() if "https://" not in line) <= 50


def test_no_line_begins_with_marks_cut_from_their_claim() -> None:
    for width in range(40, 100):
        for line in _shown(sample.KEEPING_1, width=width).splitlines():
            assert not re.fullmatch(r"(\[\d+\])+", line.strip())


def test_a_terminal_gets_colour() -> None:
    assert "\x1b[" in _shown(sample.KEEPING_1, width=80, terminal=True)


def test_a_quote_that_is_the_claim_is_printed_once() -> None:
    text = _shown(sample.FORGETTING_1)
    assert text.count("Forgetting without a rule is loss; forgetting by a rule is care.") == 1
    assert "“Forgetting without a rule is loss; forgetting by a rule is care.”[2]" in text


def test_a_citation_without_its_work_says_so() -> None:
    text = _shown(sample.FORGETTING_1)
    assert text.count("annotation: the work itself is not in the library") == 2
    assert text.count("a newer version has replaced this one") == 1
    assert "1 sentence dropped: the proof failed" in text


def test_whose_words_the_statements_are_is_said_where_there_are_any() -> None:
    ours = "Statements are annotations in plain words"
    assert ours in _shown(sample.KEEPING_1)
    only_quotes = replace(sample.KEEPING_2, claims=sample.KEEPING_2.claims[1:], citations=sample.KEEPING_2.citations[1:])
    assert ours not in _shown(only_quotes)


def test_claims_of_one_work_form_one_paragraph() -> None:
    text = _shown(sample.FORGETTING_1)
    assert "from the first day.[1] “Forgetting without" in text
    assert "care.”[2]\n\nQuill and colleagues" in text


def test_parts_are_numbered() -> None:
    text = _shown(sample.FORGETTING_2)
    assert "Part 1: Quill and colleagues" in text
    assert "Part 2: Such upkeep" in text
    assert "from the others.[2][3]" in text
    assert "composed by sample-model-1" in text
    assert "Part 1" not in _shown(sample.FORGETTING_1)


def test_parts_that_have_words_stand_under_them() -> None:
    parted = replace(sample.FORGETTING_2, parts=("What does it cost?", "Who pays for it?"))
    text = _shown(parted)
    assert "\n\n1. What does it cost?\n\nQuill and colleagues" in text
    assert "\n\n2. Who pays for it?\n\nSuch upkeep" in text
    one = replace(parted, claims=parted.claims[:1])
    assert "1. What does it cost?" in _shown(one)
    assert "2. Who pays" not in _shown(one)
    whole = replace(parted, claims=tuple(replace(claim, part=None) for claim in parted.claims))
    assert "What does it cost?" not in _shown(whole)


def test_what_was_searched_is_shown_where_it_differs() -> None:
    assert "Searched for" not in _shown(sample.KEEPING_1)
    assert "\nSearched for: Why is it kept?\n" in _shown(replace(sample.KEEPING_1, question="why?", query="Why is it kept?"))


def test_an_abstention_says_why_and_shows_what_is_nearest() -> None:
    text = _shown(sample.MACHINES_2)
    assert (sample.MACHINES_2.message or "no message") in text
    assert "Nearest in the library:\n  - Lantern 2021, p. 8, §4.1\n    “Of the eleven archives" in text
    assert sample.MACHINES_2.evidence[3].passage.text not in text
    assert "[1]" not in text


def test_an_error_is_a_letter_too() -> None:
    text = _shown(sample.FAILED)
    assert "(no question)" in text
    assert f"Failed: {sample.FAILED.message}" in text


def test_a_quote_cannot_drive_the_terminal_or_write_markup() -> None:
    citation = sample.KEEPING_3.citations[0]
    assert citation.quote is not None
    words = "red \x1b[31m bell \x07 turned \u202e back [bold]not markup[/bold] \x9b31m"
    bad = replace(citation, quote=replace(citation.quote, text=words), link="javascript:alert(1)")
    text = _shown(replace(sample.KEEPING_3, question=words, notes=(words,), citations=(bad,)))
    assert not re.search("[\x1b\x07\u202e\x9b]", text)
    assert text.count("[bold]not markup[/bold]") == 3
    assert "javascript" not in text


def _works(width: int, terminal: bool) -> list[str]:
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None)
    failed = sample.record(sample.NOTES, "failed", 0, 0, 0, "The page was empty.")
    show_works(console, [*sample.WORKS, failed])
    return _text(console).splitlines()


def test_works_in_a_pipe_are_tab_separated_and_whole() -> None:
    heading, first, *_, failed = _works(40, terminal=False)
    assert heading.split("\t") == ["work", "state", "pages", "passages", "annotations", "title", "message"]
    assert first.split("\t") == ["lantern-2021", "full text", "12", "96", "18", sample.LANTERN.title, ""]
    assert failed.split("\t")[-1] == "The page was empty."


def test_works_on_a_terminal_cut_only_the_title() -> None:
    lines = _works(80, terminal=True)
    assert all(len(line.rstrip()) <= 80 for line in lines)
    assert re.match(r"work +state +pages +passages +annotations +title", lines[0])
    assert re.match(r"tidewater-2018 +full text +31 +240 +11 +A Shelf That F", lines[2])
    assert "ferry-2020: The page was empty." in lines[-1]
    assert any(sample.LANTERN.title in line for line in _works(140, terminal=True))


def test_an_empty_library_says_what_to_do() -> None:
    console = Console(file=io.StringIO(), width=120)
    show_works(console, [])
    assert "pincite ingest" in _text(console)


def test_a_summary_has_a_line_a_question_and_the_sum() -> None:
    console = Console(file=io.StringIO(), width=120, color_system=None)
    show_summary(console, [*sample.ANSWERS, sample.FAILED], sample.ESSAY)
    text = _text(console)
    for section in sample.ESSAY.sections:
        assert f"\n{section}\n" in text
    assert "  4  Should an archive throw things away on purpose?\n" in text
    assert "     5 citations: Tidewater and Weir 2018; Quill et al. 2015; Lantern 2021\n" in text
    assert "abstained: false premise" in text
    assert "failed: The question on line 9 is empty." in text
    assert "9 questions: 6 answered, 2 abstained, 1 failed; 14 proven quotes, 3 annotations of works" in text


def test_a_summary_without_an_essay_has_no_sections() -> None:
    console = Console(file=io.StringIO(), width=120, color_system=None)
    show_summary(console, sample.ANSWERS[:1], None)
    assert "Other questions" not in _text(console)
    assert "1 question: 1 answered, 0 abstained; 4 proven quotes." in _text(console)
