"""Three more essays of our own, whose references nothing announces: plain lines, a bare list in HTML, and notes with BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.essay import read_essay
from tests.ingest.essay.made import TODAY, draft, made

if TYPE_CHECKING:
    from ingest.essay import Draft


def _read(name: str) -> Draft:
    return read_essay(made(name), name, today=TODAY)


def _cited(found: Draft) -> dict[str, tuple[str, ...]]:
    return {question.asked: question.cites for question in found.essay.questions}


def test_lines_at_the_end_without_heading_or_marks_are_references() -> None:
    found = _read("cellars.txt")
    essay = found.essay
    assert (essay.title, essay.author, essay.date) == ("Cellars and Clocks", "Runa Vestergaard", "2033-05-14")
    assert essay.references == ("lindqvist-2027", "okello-2029", "pereira-2031")
    works = {work.key: work for work in found.new}
    assert works["okello-2029"].identifiers.doi == "10.5555/hasty.2029"
    assert works["pereira-2031"].identifiers.arxiv == "3104.05555"
    assert _cited(found)["How slowly must a machine store what it wants to keep?"] == ("lindqvist-2027", "okello-2029")
    assert _cited(found)["Who pays when it misses?"] == ("pereira-2031",)
    assert {question.asked[:8]: question.alluded for question in essay.questions if question.alluded} == {
        "As Turin": ("Turing 1950: alluded to, not cited",),
        "Does a m": ("Marvin Brandt: alluded to, not cited",),
        "Who pays": ("Ashby’s Law of Requisite Variety: alluded to, not cited",),
    }
    assert found.unresolved == ()


def test_a_list_behind_a_rule_is_the_bibliography_and_bare_dois_are_works() -> None:
    found = _read("orchards.html")
    assert (found.essay.title, found.essay.date) == ("Orchards of Error", "2030-02-03")
    assert found.essay.references == ("pomona-2026", "doi-10-5555-graft-11", "doi-10-5555-late-33", "quince-2029")
    assert _cited(found) == {
        "If a model inherits the errors of its teacher, can it ever outgrow them?": ("doi-10-5555-graft-11",),
        "Which errors are worth inheriting?": ("doi-10-5555-graft-11",),
        "how many of a model's right answers are windfalls": ("quince-2029",),
        "Should a windfall count as knowledge?": ("quince-2029",),
    }
    assert found.unresolved == ()


def test_notes_bare_links_and_bibtex_side_by_side() -> None:
    found = _read("ferries.md")
    works = {work.key: work for work in found.new}
    assert set(works) == {
        "sund2034", "toll-report", "storm-2032", "storm-2034", "arxiv-3403-01010", "openreview-ferry-42x", "arxiv-3301-00777",
        "nets-that-cross",
    }  # fmt: skip
    assert set(found.essay.references) == set(works)
    assert works["storm-2032"].identifiers.arxiv is None  # the id in the same note is the other work's
    assert works["storm-2034"].identifiers.arxiv == "3402.00009"
    cites = _cited(found)["What stays on the bank?"]
    assert set(cites) == {"storm-2032", "storm-2034", "openreview-ferry-42x", "arxiv-3301-00777"}
    swim = next(question for question in found.essay.questions if question.asked.startswith("When is it better"))
    assert [each.split(":")[0] for each in swim.alluded] == ["“The Empty Deck”, an essay", "Mara Lindh"]


def test_an_entry_that_states_no_work_is_listed_as_unresolved_and_hides_no_other() -> None:
    listed = "- Hale, A. (2030). Light. Press.\n- Brook, O. (2029). Mills. Press.\n- A talk over the fence, last spring.\n"
    found = draft(f"# On Lamps\n\nDo lamps need oil at all?\n\n{listed}", "lamps.md")
    assert found.essay.references == ("hale-2030", "brook-2029")
    assert [each.text for each in found.unresolved] == ["A talk over the fence, last spring."]


@pytest.mark.parametrize(
    "ending",
    [
        "I thank Ada Hale, who read this in 2030.",
        "Hale and Brook (2030) would disagree, and so would the keepers of the mole.",
        "- Does a lamp need oil?\n- Why did Hale, A. (2030) leave?",
        "- The keeper said in 2030 that the lamp was lit.\n- Nobody believed it.",
    ],
)
def test_prose_at_the_end_is_no_list_of_references(ending: str) -> None:
    found = draft(f"On Lamps\n\nDo lamps need oil at all?\n\n{ending}\n")
    assert (found.new, found.unresolved, found.essay.references) == ((), (), ())
    assert found.essay.questions[0].asked == "Do lamps need oil at all?"


def test_what_is_nothing_but_references_is_no_essay_of_references() -> None:
    found = draft("Hale, A. (2030). Do lamps need oil? Journal of Lamps, 4(2), 1-9.\n")
    assert found.essay.references == ()
