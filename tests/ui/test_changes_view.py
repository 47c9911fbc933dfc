"""How changes look to a person: on a wide terminal, on a narrow one and in a pipe."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from bot.answer_json import answer_to_json
from bot.answers import Answer
from bot.changes import changes
from tests.ui import sample
from ui.changes_view import show_changes
from ui.update_record import EssayChanges

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = sample.KEEPING_1
SHORTER = replace(FIRST, claims=FIRST.claims[1:], citations=FIRST.citations[1:])
SILENT = Answer(FIRST.question, FIRST.query, "abstained", id=FIRST.id, reason="not in library", message="Nothing.")


def shown(before: Sequence[Answer], after: Sequence[Answer], *, width: int | None = None) -> str:
    """What is printed, on a terminal of this width or in a pipe."""
    console = Console(file=io.StringIO(), width=width or 80, force_terminal=width is not None, color_system=None, soft_wrap=True)
    found = changes(list(map(answer_to_json, before)), list(map(answer_to_json, after)))
    show_changes(console, EssayChanges(sample.ESSAY, "answers/a.json", "answers/b.json", found))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_nothing_changed_is_one_line() -> None:
    text = shown(sample.ANSWERS, sample.ANSWERS)
    assert text.splitlines()[-1] == f"No answers changed; {len(sample.ANSWERS)} as before."
    assert all(answer.question not in text for answer in sample.ANSWERS)


def test_in_a_pipe_a_line_is_a_claim_and_what_is_new_is_marked() -> None:
    lines = shown([SHORTER], [FIRST]).splitlines()
    (came,) = (line for line in lines if line.startswith("  + "))
    assert came == f"  + {FIRST.claims[0].text} [new: {FIRST.citations[0].pincite}]"
    assert not any(line.startswith("  - ") for line in lines)
    assert f"    new: {FIRST.citations[0].pincite}, v2" in lines
    assert f"         “{FIRST.citations[0].quote.text}”" in lines  # type: ignore[union-attr]
    assert f"         {FIRST.citations[0].link}" in lines


def test_what_was_said_before_is_never_marked_as_new() -> None:
    quote = replace(FIRST.citations[0].quote, text="A catalogue answers nothing.")  # type: ignore[type-var]
    other = replace(FIRST, citations=(replace(FIRST.citations[0], quote=quote), *FIRST.citations[1:]))
    lines = shown([FIRST], [other]).splitlines()
    assert [line.count("[new: ") for line in lines if line.startswith(("  - ", "  + "))] == [0, 1]


def test_a_wide_terminal_has_both_answers_side_by_side() -> None:
    text = shown([SHORTER], [FIRST], width=140)
    (heading,) = (line for line in text.splitlines() if line.split() == ["before", "now"])
    middle = heading.index("now")
    rows = text.split(heading)[1].split("    new: ")[0].splitlines()
    left, right = (" ".join(" ".join(row[part].split()) for row in rows) for part in (slice(middle), slice(middle, None)))
    assert FIRST.claims[0].text in " ".join(right.split())
    assert FIRST.claims[0].text not in " ".join(left.split())
    assert all(claim.text in " ".join(side.split()) for claim in FIRST.claims[1:] for side in (left, right))
    assert all(len(line) <= 140 for line in text.splitlines() if "https://" not in line)
    assert "  + " not in text


def test_a_narrow_terminal_has_them_one_below_the_other() -> None:
    assert "  + " in shown([SHORTER], [FIRST], width=80)


def test_status_and_coverage_are_said_in_words() -> None:
    assert "It was abstained (not in library), and is answered now." in shown([SILENT], [FIRST])
    assert "What was cited before bore on it; what is cited now settles it." in shown(
        [FIRST], [replace(FIRST, coverage="settles")]
    )


def test_questions_that_came_or_went_are_shown_whole() -> None:
    text = shown([FIRST], [sample.KEEPING_2])
    assert "This question is new." in text
    assert "This question is gone." in text
    assert all(f"  - {claim.text}" in text for claim in FIRST.claims)
    assert all(f"  + {claim.text}" in text for claim in sample.KEEPING_2.claims if claim.kind == "annotated")


def test_a_newer_version_of_the_same_words_is_told_apart() -> None:
    old = replace(FIRST, citations=(sample.superseded(FIRST.citations[0]), *FIRST.citations[1:]))
    text = shown([old], [FIRST])
    where = FIRST.citations[0].pincite
    assert "The same words, from a newer version:" in text
    assert f"{where}, in v1, stands now as {where}, in v2: the same words" in text
    assert text.splitlines()[-1] == "No answers changed; 1 with the same words from a newer version; 0 as before."


def test_other_evidence_is_named_by_its_place_only() -> None:
    text = shown([FIRST], [replace(FIRST, evidence=FIRST.evidence[:-1])])
    assert "The same answer, with other passages behind it:" in text
    assert "1 passage of the evidence went out: Harbour 2023, 12:41" in text
    assert "harbour-2023" not in text, "a reader is told names, not keys"
    assert FIRST.evidence[-1].passage.text not in text


def test_notes_are_told() -> None:
    text = shown([FIRST], [replace(FIRST, notes=())])
    assert f"  - note: {FIRST.notes[0]}" in text


def test_what_could_drive_a_terminal_is_made_visible() -> None:
    evil = replace(FIRST, claims=(replace(FIRST.claims[0], text="\x1b[31mLamps"), *FIRST.claims[1:]))
    assert "\x1b" not in shown([FIRST], [evil])
