"""What changed: old beside new, what is new opens, and every address shows something."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from corpus.settings import Settings
from tests.ui.pages.driving import answered, texts
from tests.ui.sessions import press, shown, visit
from ui import changes_page, workflows
from ui.saved_answers import compared

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.essays import Essay


@pytest.fixture
def grown(home: Path, harbours: Essay) -> tuple[str, str]:
    """Two states: one answered without the harbour's text, the next with it."""
    aside = home.parent / "aside"
    shutil.copytree(home, aside)
    list(workflows.remove(Settings.load({}, home=aside), "harbour"))
    before = answered(aside, harbours)
    (home / "answers" / "harbours").mkdir(parents=True)
    shutil.copy(aside / "answers" / "harbours" / f"{before}.json", home / "answers" / "harbours")
    return before, answered(home, harbours)


def test_an_essay_never_answered_says_what_will_stand_here(home: Path) -> None:
    app = visit("changes")
    assert changes_page.NEVER in texts(app)
    assert app.get("page_link")


def test_an_essay_answered_once_has_nothing_to_compare(home: Path, harbours: Essay) -> None:
    answered(home, harbours)
    assert changes_page.ONCE in texts(visit("changes", essay="harbours"))


def test_old_stands_beside_new_and_what_came_is_marked(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    app = visit("changes", essay="harbours")
    page = shown(app)
    told = [change for change in compared(home, harbours, *grown) if change.touches == "answer"]
    assert page.count('class="changed"') == len(told)
    assert page.count('class="came"') == sum(len(change.came) for change in told)
    assert page.count('class="went"') == sum(len(change.went) for change in told)
    assert len([button for button in app.button if "primary-badge[new]" in button.label]) == sum(
        len(change.cited) for change in told
    )
    assert "answers changed;" in " ".join(texts(app))
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert dict(app.query_params) == {"essay": "harbours", "from": grown[0], "to": grown[1]}


def test_a_new_citation_opens_its_evidence_and_an_old_one_too(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    app = visit("changes", essay="harbours")
    new = next(button for button in app.button if "primary-badge[new]" in button.label)
    press(app, new.key or "")
    assert "<mark>" in shown(app), "the words in the harbour's text"
    press(app, "close-evidence")
    assert "<mark>" not in shown(app)
    others = next(pills for pills in app.pills if (pills.key or "").startswith("others-before-"))
    others.select(others.options[0]).run()
    assert 'class="evidence-title"' in shown(app)


def test_each_mark_has_a_button_of_its_number_in_its_answer(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    app = visit("changes", essay="harbours")
    told = [change for change in compared(home, harbours, *grown) if change.touches == "answer"]
    pills = {group.key: set(group.options) for group in app.pills}
    buttons = {button.key for button in app.button}
    for place, change in enumerate(told):
        for side, answer in (("before", change.before), ("now", change.after)):
            assert answer is not None
            for claim in answer.claims:
                for number in claim.citations:
                    name = f"{side}-{place}"
                    assert str(number) in pills.get(f"others-{name}", set()) or f"cite-{name}-{number}" in buttons


def test_any_two_states_can_be_compared_the_other_way_round_as_well(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    app = visit("changes", essay="harbours", **{"from": grown[1], "to": grown[0]})
    page = shown(app)
    assert 'class="went"' in page
    assert app.selectbox(key=changes_page.OLD).value == grown[1]
    app = visit("changes", essay="harbours", **{"from": grown[1], "to": grown[1]})
    assert changes_page.SAME in texts(app)
    assert "no answers changed; 3 as before." in " ".join(texts(app)).lower()


@pytest.mark.parametrize(
    "query",
    [
        {"essay": "none"},
        {"essay": "harbours", "from": "../../../etc/passwd", "to": "x"},
        {"essay": "harbours", "from": "2001-01-01T000000.000000Z"},
        {"from": "x"},
    ],
)
def test_an_address_of_what_is_not_there_shows_the_newest_two(
    home: Path, harbours: Essay, grown: tuple[str, str], query: dict[str, str]
) -> None:
    app = visit("changes", **query)
    assert not app.error
    if query.get("essay") == "harbours":
        assert (app.selectbox(key=changes_page.OLD).value, app.selectbox(key=changes_page.NOW).value) == grown


def test_a_damaged_state_is_a_letter_and_another_can_be_chosen(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    answered(home, harbours)
    (home / "answers" / "harbours" / f"{grown[0]}.json").write_text("{torn", encoding="utf-8")
    app = visit("changes", essay="harbours", **{"from": grown[0], "to": grown[1]})
    assert "is not JSON" in app.error[0].value
    app.selectbox(key=changes_page.OLD).set_value(grown[1]).run()
    assert not app.error, app.error[0].value


@pytest.mark.parametrize(
    ("kept", "called"),
    [
        (["2031-05-01T101500.000001Z", "2031-05-01T101600.000001Z"], ["2031-05-01 10:15 UTC", "2031-05-01 10:16 UTC"]),
        (["2031-05-01T101500.000001Z", "2031-05-01T101501.000001Z"], ["2031-05-01 10:15:00 UTC", "2031-05-01 10:15:01 UTC"]),
        (
            ["2031-05-01T101500.000001Z", "2031-05-01T101500.000002Z"],
            ["2031-05-01 10:15:00.000001 UTC", "2031-05-01 10:15:00.000002 UTC"],
        ),
        (["mine", "yours"], ["mine", "yours"]),
    ],
)
def test_states_are_told_apart(kept: list[str], called: list[str]) -> None:
    assert list(changes_page.named_states(kept).values()) == called


def test_a_work_taken_out_since_is_marked(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    list(workflows.remove(Settings.load(), "harbour"))
    app = visit("changes", essay="harbours")
    new = next(button for button in app.button if "primary-badge[new]" in button.label and "taken out" in button.label)
    press(app, new.key or "")
    assert not app.error
    assert "taken out of the library since" in shown(app)


def test_a_question_no_longer_asked_is_told(home: Path, harbours: Essay, grown: tuple[str, str]) -> None:
    path = home / "answers" / "harbours" / f"{grown[1]}.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"boats-1"', '"boats-9"'), encoding="utf-8")
    app = visit("changes", essay="harbours")
    said = " ".join(texts(app))
    assert "This question is new." in said
    assert "This question is gone." in said
    assert re.search(r"The question is not asked any more\.", shown(app))
