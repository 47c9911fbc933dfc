"""What was found in an essay, for a person to look at: its questions, its works, and what was left out. Knows how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui.answer_html import element
from ui.navigation import ESSAY, link
from ui.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus.essays import Essay
    from ui.essay_flow import Added

IMPLIED = "implied"
"""Marks a question that the essay poses without asking."""


def essay_review(added: Added) -> None:
    """What was found, and where to go on."""
    import streamlit as st

    essay = added.draft.essay
    there = "" if added.written else " It was there already, in just this form."
    with st.expander("What was found: please look at it", expanded=True):
        st.html(review_html(added))
        st.markdown(f"It is kept as `{essay.key}.toml` in the folder `essays` of the home; a mistake is mended there.{there}")
    link("essay", "Open this essay", **{ESSAY: essay.key})


def review_html(added: Added) -> str:
    """Questions by section, works, and what no work or question was made of."""
    draft = added.draft
    pieces = [element('<p class="part">{}</p>{}', visible(name), _questions(draft.essay, name)) for name in draft.essay.sections]
    works = (f"{work.label}: {work.title}{'' if new else ' (known already)'}" for work, new in added.works)
    pieces += _listed("Works that it cites", works)
    pieces += _listed("References of which no work was made", (f"{each.text} ({each.reason})" for each in draft.unresolved))
    pieces += _listed("Left out, since they do not ask", (f"{each.text} ({each.reason})" for each in draft.left_out))
    pieces += _listed("Notes", draft.notes)
    return element('<div class="review">{}</div>', Markup("").join(pieces))


def _questions(essay: Essay, section: str) -> Markup:
    lines = []
    for question in (each for each in essay.questions if each.section == section):
        restated = question.standalone.rstrip("?").lower() != question.asked.rstrip("?").lower()
        own = element('<br><span class="asked">{}</span>', visible(question.asked)) if restated else ""
        mark = element(' <span class="state">{}</span>', IMPLIED) if question.implied else ""
        lines.append(element("<li>{}{}{}</li>", visible(question.standalone), mark, own))
    return element("<ul>{}</ul>", Markup("").join(lines))


def _listed(heading: str, rows: Iterable[str]) -> Iterator[Markup]:
    there = [element("<li>{}</li>", visible(row)) for row in rows]
    if there:
        yield element('<p class="part">{}</p><ul>{}</ul>', heading, Markup("").join(there))
