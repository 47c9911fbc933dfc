"""Which sentences are questions, in whose words, and which are left out."""

from __future__ import annotations

import pytest

from corpus.errors import CatalogueError, EmptyDocument, UnsupportedFormat
from ingest.essay import read_essay
from tests.ingest.essay.made import asked, draft

BODY = "On Lamps\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lamps burn oil. Do lamps need oil? Or could a lamp burn wax?", ["Do lamps need oil?", "could a lamp burn wax?"]),
        (
            "We light old lamps. For example, could a\nlamp that is out\nstill shine? Perhaps.",
            ["could a lamp that is out still shine?"],
        ),
        ('It hinges on "Is oil all we need?"[1] If so, would wax do?', ["Is oil all we need?", "If so, would wax do?"]),
        ("The keeper’s question “does light tire the eye?” has no answer.", ["does light tire the eye?"]),
        ("One puzzle is left: how does a lamp know the night?", ["how does a lamp know the night?"]),
        (
            "What is the right unit: the lamp, the mole, or the town?",
            ["What is the right unit: the lamp, the mole, or the town?"],
        ),
        ("Lamps are bright (or are they bright only at night?) and warm.", ["or are they bright only at night?"]),
        ("Dr. Hale et al. measured 3.5 lamps. Did they count them all?", ["Did they count them all?"]),
        ("Is a lamp a tool?! A keeper asks.", ["Is a lamp a tool?"]),
        ("Does a lamp see https://lamps.example.org/?q=why at night?", ["Does a lamp see at night?"]),
    ],
)
def test_a_question_is_found_in_the_essays_words(text: str, expected: list[str]) -> None:
    found = asked(BODY.format(text))
    assert [" ".join(each.split()) for each in found] == [each[3:] if each.startswith("or are") else each for each in expected]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("For instance?", "nothing by itself"),
        ("What next?", "nothing by itself"),
        ("Have you ever trimmed a wick?", "the reader"),
        ("Want to read more about oil?", "the reader"),
        ("Why trim wicks at all? Because they smoke.", "at once"),
        ("Does oil run out? No. It is pumped.", "at once"),
    ],
)
def test_what_only_introduces_is_left_out_with_its_reason(sentence: str, reason: str) -> None:
    found = draft(BODY.format(f"Do lamps need oil? They may.\n\n{sentence}"))
    assert [question.asked for question in found.essay.questions] == ["Do lamps need oil?"]
    assert [reason in each.reason for each in found.left_out] == [True]


def test_a_repeated_paragraph_asks_once() -> None:
    entry = "- Could a keeper who sleeps still count\n  boats?\n"
    assert asked(BODY.format(f"Some questions are:\n{entry}- Lamps burn.\n{entry}")) == [
        "Could a keeper who sleeps still count boats?"
    ]


def test_questions_about_the_page_and_in_lists_of_references_do_not_count() -> None:
    text = (
        "# Lamps\n\n## Oil\n\nDo lamps need oil?\n\n## Acknowledgements\n\nWho would have thought so?\n\n## "
        "Comments\n\nCan I buy one?\n\n"
        "## References\n\n- Hale, A. (2030). Do harbours sleep? Harbour Press.\n"
    )
    found = draft(text, "lamps.md")
    assert [question.asked for question in found.essay.questions] == ["Do lamps need oil?"]
    assert [work.title for work in found.new] == ["Do harbours sleep?"]


def test_the_title_of_a_reference_in_quotation_marks_is_no_question() -> None:
    text = (
        'Read Hale\'s "Do harbours sleep?" first. Do lamps?\n\nDo lamps need oil?\n\nReferences\n\n[1] A. Hale, "Do harbours '
        'sleep?," 2030.\n'
    )
    found = draft(BODY.format(text))
    assert [question.asked for question in found.essay.questions] == ["Do lamps?", "Do lamps need oil?"]
    assert "title of a reference" in found.left_out[0].reason


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("It is unclear whether lamps can tire, since nobody measured it.", "whether lamps can tire"),
        (
            "What I'd like to know is what a keeper should do with a lamp that lies to him.",
            "what a keeper should do with a lamp that lies to him",
        ),
        ("Much depends on whether the oil (or wax, or gas) is clean[2].", "whether the oil (or wax, or gas) is clean"),
        ("Another question worth asking is whether light is even needed.", "whether light is even needed"),
        ("Nobody knows how a wick chooses its flame.", "how a wick chooses its flame"),
        ("It remains to be seen if wax will do.", "if wax will do"),
        ("The challenge is how to count boats in the dark.", "how to count boats in the dark"),
        ("Whether lamps attract storms is still debated.", "Whether lamps attract storms"),
        ("I wonder why keepers grow old.", "why keepers grow old"),
        ("This raises the question of oil in the long run.", "the question of oil in the long run"),
    ],
)
def test_a_question_that_is_posed_without_asking_is_a_suggestion(sentence: str, clause: str) -> None:
    found = draft(BODY.format(f"Lamps burn. {sentence} So it goes.")).essay.questions
    assert [(question.asked, question.implied) for question in found] == [(clause, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lamps burn whether it rains or not.",
        "Regardless of whether the oil is clean, it burns.",
        "We show how lamps are made.",
        "This is how to trim a wick.",
    ],
)
def test_a_clause_without_doubt_is_no_question(sentence: str) -> None:
    with pytest.raises(CatalogueError, match="asks no question"):
        draft(BODY.format(sentence))


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "empty.md", EmptyDocument),
        (b'{"a": 1}', "facts.json", UnsupportedFormat),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nDo lamps need oil?\n", "talk.vtt", UnsupportedFormat),
        (b"%PDF-1.7\n", "essay.pdf", UnsupportedFormat),
        (b"# Lamps\n\nThey burn.\n", "lamps.md", CatalogueError),
    ],
)
def test_what_is_no_essay_is_refused_with_a_remedy(content: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_essay(content, name)
    assert name in str(caught.value)
