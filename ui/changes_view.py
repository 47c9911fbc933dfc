"""What changed in the answers, old beside new, on a terminal or as plain lines in a pipe. Knows no library and no file.

On a wide terminal the two answers stand in two columns; elsewhere a line that begins with `-` was said before and one
with `+` is said now. What is the same is not repeated, and new citations are marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bot.pincite import web_address
from ui.printable import counted, printable
from ui.update_record import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from bot.answers import Answer, Citation, Claim, Evidence
    from bot.changes import Change, Superseded, Touched
    from ui.update_record import EssayChanges

WIDE = 100
"""Columns from which a terminal has room for two answers side by side."""
_BRIEFLY: dict[Touched, tuple[str, str]] = {
    "evidence": ("The same answer, with other passages behind it:", "with other passages behind the same answer"),
    "version": ("The same words, from a newer version:", "with the same words from a newer version"),
}
NEW = "new"
"""Marks a citation that was not there before."""


def show_changes(console: Console, of: EssayChanges) -> None:
    """Print what became of an essay's answers: those that say something else in full, the others by what moved behind them."""
    groups = {touched: [change for change in of.changed if change.touches == touched] for touched in _BRIEFLY}
    told = [change for change in of.changed if change.touches == "answer"]
    console.print()
    console.print(Text(printable(f"What that changes in the answers to “{of.essay.title}”:"), "bold"))
    for change in told:
        console.print()
        _show_change(console, change)
    parts = [f"{counted(len(told), 'answer')} changed"]
    for touched, group in groups.items():
        if group:
            heading, sum_of = _BRIEFLY[touched]
            parts.append(f"{len(group)} {sum_of}")
            console.print()
            console.print(Text(heading, "bold"))
            _show_briefly(console, group)
    console.print()
    same = counts(of)["same"]
    console.print(Text(f"{'; '.join([*parts, f'{same} as before'])}.".capitalize()))


def _show_briefly(console: Console, group: Iterable[Change]) -> None:
    for change in group:
        console.print(Text(printable(change.question)))
        for line in (*map(renewed, change.superseded), *moved_evidence(change)):
            console.print(Text(f"    {line}", "dim"))


def _show_change(console: Console, change: Change) -> None:
    console.print(Text(printable(change.question), "bold"))
    if change.verdict != "changed":
        console.print(Text(f"    This question is {change.verdict}."))
    for line in differences(change):
        console.print(Text(f"    {line}", "italic"))
    if change.came or change.went or change.verdict != "changed":
        if console.is_terminal and console.width >= WIDE:
            _side_by_side(console, change)
        else:
            _one_below_the_other(console, change)
    for line in dict.fromkeys(_new(change.cited)):
        console.print(Text(f"    {line}", "cyan"))
    for pair in change.superseded:
        console.print(Text(f"    {renewed(pair)}", "dim"))
    for sign, notes in (("-", change.notes_went), ("+", change.notes_came)):
        for note in notes:
            console.print(Text(f"  {sign} note: {printable(note)}", "dim"))
    for line in moved_evidence(change):
        console.print(Text(f"    {line}", "dim"))


def differences(change: Change) -> Iterator[str]:
    """What differs and is no claim."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if "status" in change.parts:
        yield f"It was {_fared(before)}, and is {_fared(after)} now."
    elif "coverage" in change.parts:
        words = {"settles": "settled it", "bears on": "bore on it"}
        yield f"What was cited before {words[str(before.coverage)]}; what is cited now {after.coverage} it."


def _fared(answer: Answer) -> str:
    why = answer.reason or (answer.message if answer.status == "error" else None)
    status = "failed" if answer.status == "error" else answer.status
    return f"{status} ({printable(why)})" if why else status


def _one_below_the_other(console: Console, change: Change) -> None:
    for claim in change.went or (_claims(change.before) if change.after is None else ()):
        console.print(Text(f"  - {_claim(claim, change.before)}", "red"))
    for claim in change.came or (_claims(change.after) if change.before is None else ()):
        console.print(Text(f"  + {_claim(claim, change.after, change.cited)}", "green"))


def _side_by_side(console: Console, change: Change) -> None:
    """All that was said beside all that is said; what is the same is dim."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2), show_header=True, header_style="dim")
    for heading in ("before", "now"):
        table.add_column(heading, ratio=1)
    sides = (
        [Text(_claim(claim, change.before), "red" if claim in change.went else "dim") for claim in _claims(change.before)],
        [
            Text(_claim(claim, change.after, change.cited), "green" if claim in change.came else "dim")
            for claim in _claims(change.after)
        ],
    )
    for place in range(max(map(len, sides))):
        table.add_row(*(side[place] if place < len(side) else "" for side in sides))
    console.print(table, soft_wrap=False)


def _claims(answer: Answer | None) -> Sequence[Claim]:
    return answer.claims if answer else ()


def _claim(claim: Claim, answer: Answer | None, new: Iterable[Citation] = ()) -> str:
    """A claim with the places that it rests on; those that are new are marked."""
    fresh = {citation.number for citation in new}
    cited = {citation.number: citation for citation in (answer.citations if answer else ())}
    places = [f"{NEW}: {cited[number].pincite}" if number in fresh else cited[number].pincite for number in claim.citations]
    words = printable(claim.text)
    return f"{f'“{words}”' if claim.kind == 'quoted' else words} [{printable('; '.join(places))}]"


def _new(citations: Iterable[Citation]) -> Iterator[str]:
    """New citations, each place once, with the words that carry a statement, and where they open."""
    for citation in citations:
        yield f"{NEW}: {printable(citation.pincite + (f', {citation.version}' if citation.version else ''))}"
        if citation.quote is not None and citation.statement is not None:
            yield f"     “{printable(citation.quote.text)}”"
        if address := web_address(citation.link):
            yield f"     {printable(address)}"


def renewed(pair: Superseded) -> str:
    """`Hale 2030, p. 3, in v1 is Hale 2030, p. 4, in v2: the same words`."""
    before, after = (f"{citation.pincite}, in {citation.version or 'another file'}" for citation in (pair.before, pair.after))
    return printable(f"{before}, stands now as {after}: the same words")


def moved_evidence(change: Change) -> Iterator[str]:
    """How the passages differ that the answer was made from."""
    if change.verdict != "changed":
        return
    for passages, what in ((change.evidence_came, "came in"), (change.evidence_went, "went out")):
        if passages:
            yield f"{counted(len(passages), 'passage')} of the evidence {what}: {_places(passages)}"


def _places(passages: Sequence[Evidence]) -> str:
    from bot.pincite import place

    labels = (f"{each.work.label}, {place(each.locator)}".removesuffix(", ") for each in passages)
    return printable("; ".join(dict.fromkeys(labels)))
