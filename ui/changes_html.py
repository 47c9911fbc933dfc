"""What became of one answer, as pieces of HTML: each side with what came and what went marked. Knows no page and no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui.answer_html import element
from ui.printable import visible
from ui.report.arrangement import arrange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.answers import Answer, Citation, Claim

NEW = "new"
"""Marks a citation that was not there before."""
SAYS = {"went": "said no longer: ", "came": "said now: ", "same": ""}
"""How each kind of claim is read out to who does not see its colour."""


def side_html(answer: Answer, marked: Collection[Claim], kind: str, fresh: Iterable[Citation] = ()) -> str:
    """One side of a comparison: its claims by work, those `marked` being of this kind (`came` or `went`)."""
    new = {citation.number for citation in fresh}
    pieces = []
    if answer.status != "answered":
        pieces.append(element('<p class="opening">{}</p>', visible(answer.message or "")))
    (section,) = arrange([answer], None, ()).sections
    for voice in (voice for part in section.entries[0].parts for voice in part.voices):
        name = element('<p class="voice">{}</p>', visible(voice.work.label)) if voice.work else ""
        rows = ((row.claim, kind if row.claim in marked else "same") for row in voice.rows)
        claims = Markup("").join(_claim(claim, how, answer, new) for claim, how in rows)
        pieces.append(element("<section>{}<ul>{}</ul></section>", name, claims))
    return element('<div class="answer side {}">{}</div>', kind, Markup("").join(pieces))


def _claim(claim: Claim, how: str, answer: Answer, new: Collection[int]) -> Markup:
    words = visible(claim.text)
    said = element("{}", f"“{words}”" if claim.kind == "quoted" else words)
    aloud = element('<span class="aloud">{}</span>', SAYS[how]) if SAYS[how] else ""
    return element('<li class="{}">{}{}{}</li>', how, aloud, said, _marks(claim, answer, new))


def _marks(claim: Claim, answer: Answer, new: Collection[int]) -> Markup:
    """Small numbers that open their citations; a new one says so."""
    pincites = {citation.number: citation.pincite for citation in answer.citations}
    mark = '<button type="button" class="mark{3}" data-opens="{0}" title="{1}" aria-label="{2}: {1}">{0}</button>'
    return Markup("\u2009").join(
        element(
            mark,
            number,
            visible(pincites.get(number, "")),
            f"{'new ' if number in new else ''}citation {number}",
            Markup(" fresh") if number in new else "",
        )
        for number in claim.citations
    )


def lines_html(lines: Iterable[str]) -> str:
    """Lines of small print; empty where there are none."""
    rows = Markup("").join(element("<li>{}</li>", visible(line)) for line in lines)
    return element('<ul class="moved">{}</ul>', rows) if rows else ""
