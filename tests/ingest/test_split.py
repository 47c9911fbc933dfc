from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.documents import Page, Passage, Span
from corpus.proof import ProvenText
from ingest.extract import Extraction, Line
from ingest.split import (
    LONGEST_SENTENCE,
    LONGEST_WORDS,
    PARAGRAPH_WORDS,
    SHORTEST_WORDS,
    TARGET_WORDS,
    passages_of,
    with_hyphens,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from corpus.documents import Sentence
    from ingest.take_in import Read
    from tests.paper.build_paper import Fact, PaperFacts

DIGEST = "d" * 64


def made(*pages: str, **kinds: str) -> Extraction:
    """Pages of lines; `# ` begins a heading, `¶` a paragraph, `|` a table, `^1^` is raised; or a kind for a line's first word."""
    made_pages, made_lines = [], []
    for place, written in enumerate(pages):
        text, lines = "", []
        for row in written.split("\n"):
            marked = row.removeprefix("# ").removeprefix("¶").removeprefix("| ")
            plain, start = marked.replace("^", ""), len(text)
            raised = enumerate(re.finditer(r"\^\w+\^", marked))
            odd = [Span(start + match.start() - 2 * n, start + match.end() - 2 * n - 2) for n, match in raised]
            kind = (
                "heading" if row.startswith("# ") else "table" if row.startswith("| ") else kinds.get(plain.split()[0], "prose")
            )
            level = 1 if kind == "heading" else None
            lines.append(Line(Span(start, start + len(plain)), level, kind, row.startswith("¶"), tuple(odd)))  # type: ignore[arg-type]
            text += plain + "\n"
        made_pages.append(Page(place, text, number=place + 1))
        made_lines.append(tuple(lines))
    return with_hyphens(Extraction(tuple(made_pages), tuple(made_lines)))


def cut(extraction: Extraction) -> list[tuple[str, bool]]:
    """Every sentence as a reader reads it, and whether it may be quoted."""
    return [(text, sentence.quotable) for _, sentence, text in _sentences(passages_of(extraction, DIGEST))]


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Sentence, str]]:
    for passage in passages:
        for sentence, text in zip(passage.sentences, passage.texts, strict=True):
            yield passage, sentence, text


def _standing(passages: Sequence[Passage], fact: Fact, kind: str = "prose") -> tuple[Passage, Sentence] | None:
    """Where a fact stands as a sentence of its own, on its page."""
    return next(
        (
            (passage, sentence)
            for passage, sentence, text in _sentences(passages)
            if text == fact.text and passage.position == fact.page - 1 and passage.kind == kind
        ),
        None,
    )


def plain(text: str) -> str:
    """Letters and digits only, as the development questions compare quotes."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKD", text).lower())


def test_every_whole_sentence_of_the_paper_is_in_a_passage_of_its_page_and_section(
    facts: PaperFacts, passages: Sequence[Passage]
) -> None:
    for fact in (*facts.abstract, *facts.whole):
        found = _standing(passages, fact)
        assert found is not None, fact
        assert found[0].section == fact.section
        assert found[1].quotable == (len(fact.text.split()) >= 5), fact
    assert len(facts.whole) > 80


def test_nothing_else_is_in_a_passage(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    whole = " ".join(passage.text for passage in passages)
    foreign = (
        *facts.running_heads,
        *facts.references,
        *facts.acknowledgements,
        *facts.reader_notes,
        *(" ".join(row) for row in facts.table),
        *(text for text in facts.drawn if text not in ("reading", "writing", "new lamp")),  # which are words of the text, too
        facts.title,
        *facts.authors,
        "Contents",
        " . . ",
    )
    assert [text for text in foreign if text in whole] == []
    assert not any(text in ("reading", "writing", "new lamp") for _, _, text in _sentences(passages))


def test_no_page_number_stands_in_a_sentence(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    known = " ".join(fact.text for fact in (*facts.abstract, *facts.sentences, *facts.captions, *facts.footnotes))
    bare = {word for passage in passages if passage.kind == "prose" for word in passage.text.split() if word.isdigit()}
    assert bare <= set(re.findall(r"\d+", known))
    assert not any(re.search(r"(?:^| )(?:i|ii)(?: |$)", text) for _, _, text in _sentences(passages))


def test_captions_and_footnotes_are_passages_of_their_own_kind(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    assert len(facts.footnotes) == 4
    assert len(facts.captions) == 2
    for kind, told in (("footnote", facts.footnotes), ("caption", facts.captions)):
        for fact in told:
            [passage] = [each for each in passages if fact.text in each.text]
            assert (passage.kind, passage.position) == (kind, fact.page - 1)
            assert not any(sentence.quotable for sentence in passage.sentences)


def test_a_sentence_across_a_page_break_is_two_pieces_and_neither_is_quoted(
    facts: PaperFacts, passages: Sequence[Passage]
) -> None:
    [fact] = facts.across_pages
    pieces = [(sentence, passage, text) for passage, sentence, text in _sentences(passages) if text in fact.text]
    assert " ".join(text for _, _, text in pieces) == fact.text
    assert [passage.position for _, passage, _ in pieces] == [fact.page - 1, fact.ends_on - 1]
    assert not any(sentence.quotable for sentence, _, _ in pieces)


def test_a_sentence_around_a_figure_is_two_pieces_and_neither_is_quoted(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    [fact] = facts.across_columns
    pieces = [(sentence, text) for _, sentence, text in _sentences(passages) if text in fact.text]
    assert " ".join(text for _, text in pieces) == fact.text
    assert len(pieces) == 2
    assert not any(sentence.quotable for sentence, _ in pieces)


def test_words_parted_at_line_ends_and_ligatures_read_right(facts: PaperFacts, passages: Sequence[Passage]) -> None:
    parted = [fact for fact in facts.whole if fact.parted]
    ligated = [fact for fact in facts.whole if "fi" in fact.text or "fl" in fact.text]
    assert len(parted) >= 5
    assert len(ligated) >= 5
    for fact in (*parted, *ligated):
        assert _standing(passages, fact) is not None, fact
    assert not re.search("[\ufb00-\ufb06\u00ad\x02\ufffe]", " ".join(passage.text for passage in passages))


def test_every_sentence_of_the_paper_is_proven_at_its_span(paper: Read, passages: Sequence[Passage]) -> None:
    proven = [ProvenText(page.text) for page in paper.extraction.pages]
    for passage, sentence, text in _sentences(passages):
        assert sentence.span in proven[passage.position].find(text), text


def test_the_paper_passages_have_about_eighty_words(passages: Sequence[Passage]) -> None:
    words = [len(passage.text.split()) for passage in passages if passage.kind == "prose"]
    assert max(words) <= LONGEST_WORDS
    assert 60 <= sum(words) / len(words) <= 85
    assert len({passage.id for passage in passages}) == len(passages)


def _sentence(words: int, number: int = 0) -> str:
    return f"Sentence {number} has words " + " ".join(["more"] * (words - 4)) + "."


def test_passages_stay_between_the_bounds() -> None:
    lines = [_sentence(8 + number * 7 % 23, number) for number in range(200)]
    text = "\n".join(("¶" if number % 5 == 0 else "") + line for number, line in enumerate(lines))
    sizes = [len(passage.text.split()) for passage in passages_of(made(text), DIGEST)]
    assert sum(sizes) == sum(len(line.split()) for line in lines)
    assert max(sizes) <= LONGEST_WORDS + SHORTEST_WORDS
    assert min(sizes[:-1]) >= PARAGRAPH_WORDS
    assert sizes[-1] >= SHORTEST_WORDS
    assert len(sizes) > 20


def test_a_passage_is_closed_when_it_is_full() -> None:
    text = "\n".join(_sentence(20, number) for number in range(10))
    sizes = [len(passage.text.split()) for passage in passages_of(made(text), DIGEST)]
    assert sizes == [TARGET_WORDS, TARGET_WORDS, 40]


def test_what_is_left_at_a_sections_end_joins_the_passage_before() -> None:
    text = "\n".join(_sentence(20, number) for number in range(5))
    assert [len(passage.text.split()) for passage in passages_of(made(text), DIGEST)] == [TARGET_WORDS + 20]
    assert [len(passage.sentences) for passage in passages_of(made(f"{text}\n# Next\nOne more sentence is here."), DIGEST)] == [
        5,
        1,
    ]


def test_a_passage_has_one_section_and_one_kind() -> None:
    extraction = made(
        "Before any heading stands this sentence.\n# 1 Lamps\nOne lamp burns in here.\nFigure 1 shows a lamp.\n"
        "# 1.1 Oil\nThe oil burns in it.",
        "The oil is burnt on the next page.",
        Figure="caption",
    )
    found = [(passage.section, passage.kind, passage.position, passage.text) for passage in passages_of(extraction, DIGEST)]
    assert found == [
        (None, "prose", 0, "Before any heading stands this sentence."),
        ("1 Lamps", "prose", 0, "One lamp burns in here."),
        ("1 Lamps", "caption", 0, "Figure 1 shows a lamp."),
        ("1.1 Oil", "prose", 0, "The oil burns in it."),
        ("1.1 Oil", "prose", 1, "The oil is burnt on the next page."),
    ]


def test_a_heading_over_two_lines_is_one_section() -> None:
    [passage] = passages_of(made("# 2 What an Archive\n# Forgets Overnight\nIt forgets nearly everything it had."), DIGEST)
    assert passage.section == "2 What an Archive Forgets Overnight"


def test_two_headings_with_text_between_are_two() -> None:
    assert [
        each.section for each in passages_of(made("# Lamps\nThey burn all night long.\n# Oil\nIt burns in them all."), DIGEST)
    ] == [
        "Lamps",
        "Oil",
    ]


def test_a_footnote_mark_behind_a_sentence_belongs_to_neither() -> None:
    found = cut(made("The clerk reads 38.5 lines.^2^ It seemed to follow at once.\nNobody was ever asked.^12^"))
    assert found == [
        ("The clerk reads 38.5 lines.", True),
        ("It seemed to follow at once.", True),
        ("Nobody was ever asked.", False),
    ]


def test_a_large_initial_belongs_to_its_word_and_a_raised_mark_does_not() -> None:
    lines = "^L^ANTERN is a lamp of the harbour.\n¶^a^See the log of that night.\n¶^3^Oil is kept in the cellar."
    assert [text for text, _ in cut(made(lines))] == [
        "LANTERN is a lamp of the harbour.",
        "See the log of that night.",
        "Oil is kept in the cellar.",
    ]


def test_a_raised_character_inside_a_sentence_keeps_it_from_being_quoted() -> None:
    assert cut(made("The area is 3 m^2^ in all of them. It is the same in both rooms.")) == [
        ("The area is 3 m2 in all of them.", False),
        ("It is the same in both rooms.", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Only four words here.",
        "and this one begins in the middle.",
        "This one does not end at all",
        "The rate r = s + g is low in spring.",
        "The sum ∑ of all lamps is rather small.",
        "The lamp (which was lit at nine is out.",
        "The lamp was lit), and nobody saw it.",
        "To the lamp ”), then the rest of it is dark.",
        'The clerk said "so it is and went away.',
    ],
)
def test_what_is_not_quoted(text: str) -> None:
    assert cut(made(text)) == [(text, False)]


@pytest.mark.parametrize(
    "text",
    [
        "The lamp (see [3] and (b) below) was lit.",
        "There are two lamps: 1) of brass and 2) of tin.",
        'He said “so it is" and went away.',
        'He said "so it is" and went away.',
    ],
)
def test_brackets_and_quotation_marks_that_are_whole_do_no_harm(text: str) -> None:
    assert cut(made(text)) == [(text, True)]


def test_a_formula_on_one_line_is_quoted_where_a_layout_shows_that_it_is() -> None:
    text = "The rate r = s + g is low in spring."
    extraction = made(text)
    printed = replace(extraction.pages[0], boxes=b"")
    assert cut(replace(extraction, pages=(printed,))) == [(text, True)]


def test_a_lists_number_belongs_to_the_entry_behind_it() -> None:
    assert [text for text, _ in cut(made("We ask 1. How to light it at all; 2. How to keep it lit all night."))] == [
        "We ask 1.",
        "How to light it at all;",
        "How to keep it lit all night.",
    ]


@pytest.mark.parametrize("mark", ["• ", "1. ", "(a) ", "– ", "12) "])
def test_a_bullet_is_no_part_of_a_sentence(mark: str) -> None:
    assert cut(made(f"¶{mark}The lamp was lit at nine.")) == [("The lamp was lit at nine.", True)]


def test_a_run_in_title_is_no_part_of_the_sentence() -> None:
    text = "Lamps of Brass We count the lanterns in the evening. Nobody has asked for whom."
    extraction = made(text)
    [first] = extraction.lines[0]
    titled = replace(extraction, lines=((replace(first, run_in=Span(0, 14)),),))
    assert cut(titled) == [
        ("Lamps of Brass", False),
        ("We count the lanterns in the evening.", True),
        ("Nobody has asked for whom.", True),
    ]


def test_a_few_words_of_a_picture_are_no_passage() -> None:
    extraction = made("Lanterns of the Village and of the Hill")
    printed = replace(extraction.pages[0], boxes=b"")
    assert cut(extraction)
    assert not cut(replace(extraction, pages=(printed,)))


def test_a_number_in_front_of_a_word_stays() -> None:
    assert cut(made("52B-parameter lamps are too bright for us.")) == [("52B-parameter lamps are too bright for us.", True)]


def test_a_footnote_mark_that_touches_the_first_word_keeps_it_from_being_quoted() -> None:
    assert cut(made("¶^3^Equation one does not use any oil.")) == [("Equation one does not use any oil.", False)]


def test_a_dropped_line_parts_a_sentence() -> None:
    assert cut(
        made("The share that is settled is written\n| r - s - g\nwhere all of the letters are numbers. So it is with everything.")
    ) == [
        ("The share that is settled is written", False),
        ("where all of the letters are numbers.", False),
        ("So it is with everything.", True),
    ]


def test_a_capital_behind_a_page_break_does_not_make_a_piece_a_sentence() -> None:
    found = cut(
        made(
            "The first one is whole here. All nine of them were sent to",
            "Upper Ford on the next day. The second one is whole here.",
        )
    )
    assert found == [
        ("The first one is whole here.", True),
        ("All nine of them were sent to", False),
        ("Upper Ford on the next day.", False),
        ("The second one is whole here.", True),
    ]


def test_a_page_top_that_the_layout_takes_for_a_paragraph_goes_on_where_the_page_before_broke_off() -> None:
    found = cut(made("All nine of them were sent to", "¶Upper Ford on the next day. The second one is whole here."))
    assert [quotable for _, quotable in found] == [False, False, True]
    assert cut(made("These were sent:", "¶Upper Ford had nine of them."))[1] == ("Upper Ford had nine of them.", True)
    assert cut(made("These were sent", "¶• Upper Ford had nine of them."))[1] == ("Upper Ford had nine of them.", True)


def test_a_hyphen_that_the_document_writes_elsewhere_stays() -> None:
    extraction = made(
        "A self-supervised lamp lights itself up. We call it a self-\nsupervised lamp because it has a re-\nmarkable wick."
    )
    assert cut(extraction)[1] == ("We call it a self-supervised lamp because it has a remarkable wick.", True)


def test_a_transcript_without_full_stops_is_cut_at_line_ends() -> None:
    rows = [f"and then row {number} goes on with six more" for number in range(60)]
    found = passages_of(made("\n".join(rows)), DIGEST)
    assert " ".join(passage.text for passage in found) == " ".join(rows)
    assert max(len(text.split()) for _, _, text in _sentences(found)) <= LONGEST_SENTENCE
    assert max(len(passage.text.split()) for passage in found) <= LONGEST_WORDS + SHORTEST_WORDS


def test_a_word_is_never_cut_in_two() -> None:
    rows = [f"and then row {number} goes on with no full stop and a led-\nger" for number in range(30)]
    found = [text for _, _, text in _sentences(passages_of(made("\n".join(rows)), DIGEST))]
    assert len(found) > 3
    assert not any(text.endswith(("led", "led-")) or text.startswith("ger") for text in found)


def test_the_same_document_has_the_same_passages_and_another_lead_other_texts(paper: Read) -> None:
    first, again = (passages_of(paper.extraction, paper.digest, "Keeper 2031") for _ in range(2))
    other = passages_of(paper.extraction, paper.digest, "Clerk 2031")
    assert first == again
    assert [passage.id for passage in first] == [passage.id for passage in other]
    assert not {passage.text_digest for passage in first} & {passage.text_digest for passage in other}


WORKS = {
    "rae-compression-for-agi.en.txt": "rae-2023",
    "bengio-2017-consciousness-prior.txt": "bengio-2017",
    "christiano-2017-human-preferences.pdf": "christiano-2017",
    "lecun-2022-path-towards-ami.pdf": "lecun-2022",
    "askell-2021-general-language-assistant.pdf": "askell-2021",
}


def _gold(papers: Path) -> dict[str, set[tuple[int | None, str]]]:
    """Page and quote of every development question, by work."""
    gold: dict[str, set[tuple[int | None, str]]] = {}
    for file in sorted((papers.parent / "qa").glob("*.jsonl")):
        for row in map(json.loads, file.read_text().splitlines()):
            for place in row["gold"]:
                gold.setdefault(place["work"], set()).add((place["page"], place["quote"]))
    return gold


def _lies(passages: Sequence[Passage], quote: str) -> bool:
    """True where passages of one kind, one after another, hold the quote."""
    return any(
        plain(quote) in plain(" ".join(passage.text for passage in passages if passage.kind == kind))
        for kind in ("prose", "caption", "footnote")
    )


@pytest.mark.papers
def test_the_real_papers(papers: Path, read_once: Callable[[Path], Read]) -> None:
    """Every sentence that may be quoted is proven; gold quotes lie in passages of their page."""
    gold, found, missed = _gold(papers), 0, []
    files = sorted(path for path in [*papers.iterdir(), *(papers / "more").iterdir()] if path.suffix in (".pdf", ".txt", ".vtt"))
    assert len(files) == 14
    for path in files:
        extraction = read_once(path).extraction
        passages = passages_of(extraction, DIGEST)
        _require_proof(extraction, passages)
        assert max(len(passage.text.split()) for passage in passages) <= 2 * LONGEST_SENTENCE + SHORTEST_WORDS
        for page, quote in gold[WORKS.get(path.name, path.stem)]:
            on_page = [each for each in passages if page is None or extraction.pages[each.position].number == page]
            found += _lies(on_page, quote)
            missed += [] if _lies(on_page, quote) else [(path.name, page, quote)]
    assert found + len(missed) > 400
    assert found >= 0.97 * (found + len(missed)), missed


def _require_proof(extraction: Extraction, passages: Sequence[Passage]) -> None:
    """Each sentence that may be quoted stands at its span; so does every fifth of the others, unless a footnote mark or
    a gap inside a word touches it, which is why it cannot be proven, and is not quoted."""
    proven = [ProvenText(page.text) for page in extraction.pages]
    for number, (passage, sentence, text) in enumerate(_sentences(passages)):
        if not sentence.quotable and number % 5:
            continue
        if sentence.span in proven[passage.position].find(text):
            continue
        raw, span = extraction.pages[passage.position].text, sentence.span
        touched = raw[max(0, span.start - 1) : span.start] + raw[span.end : span.end + 1]
        assert not sentence.quotable, text
        assert any(letter.isalnum() or letter in "\x02-" for letter in touched), (text, touched)
