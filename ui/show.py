"""Answers, works and summaries on a terminal, or as plain text where the output is piped. Knows no library.

On a terminal text is wrapped at its width and coloured; in a pipe it has no colour, no box and no cut, and a line is
wrapped only where COLUMNS or `width` asks for it, so that a quote can be searched for.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from bot.pincite import clock, place, web_address
from ui.printable import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from bot.answers import Answer, Citation, Claim
    from corpus.essays import Essay
    from corpus.records import WorkRecord

NEAREST = 3
"""How many passages an abstention shows."""

WIDEST = 100
"""Prose is wrapped here at the latest: longer lines are hard to read."""

NO_QUESTION = "(no question)"
NOT_HERE = "annotation: the work itself is not in the library"

OURS = "Statements are annotations in plain words; the words in quotation marks are the works' own."


def show_answer(console: Console, answer: Answer, *, width: int | None = None) -> None:
    """Print one answer: the claims as prose with their marks, then each citation with its place and its quote."""
    sheet = _Sheet(console, width)
    sheet.put(Text(printable(answer.question) or NO_QUESTION, "bold"))
    if printable(answer.query) != printable(answer.question):
        sheet.put(Text(f"Searched for: {printable(answer.query)}", "dim"))
    sheet.gap()
    if answer.status == "error":
        sheet.put(Text(f"Failed: {printable(answer.message)}", "red"))
        return
    if answer.opening or answer.message:
        sheet.put(Text(printable(answer.opening or answer.message), "italic"))
        sheet.gap()
    if answer.status == "abstained":
        _show_nearest(sheet, answer)
    for paragraph in paragraphs(answer):
        sheet.put(paragraph)
        sheet.gap()
    for citation in answer.citations:
        _show_citation(sheet, answer, citation)
    if answer.citations:
        sheet.gap()
    for note in answer.notes:
        sheet.put(Text(printable(note)), first="* ", rest="  ")
    if answer.notes:
        sheet.gap()
    if any(claim.kind == "annotated" for claim in answer.claims):
        sheet.put(Text(OURS, "dim"))
    sheet.put(Text(_footing(answer), "dim"))


def print_answers(console: Console, answers: Iterable[Answer], *, as_json: bool) -> int:
    """Print answers as they come, for a person or one object a line; how many of them are errors."""
    import json

    from bot.answer_json import answer_to_json

    errors = 0
    for number, answer in enumerate(answers):
        errors += answer.status == "error"
        if as_json:
            print(json.dumps(answer_to_json(answer), ensure_ascii=False), flush=True)
            continue
        if number:
            console.print()
        show_answer(console, answer)
    return errors


def show_works(console: Console, records: Sequence[WorkRecord]) -> None:
    """Print what is in the library: a table on a terminal, tab-separated lines with a heading in a pipe."""
    if not records:
        console.print(Text("The library is empty. `pincite ingest` takes in the essay's works, `pincite add` any other."))
        return
    rows = [
        (
            record.work.key,
            record.state,
            str(record.pages),
            str(record.passages),
            str(record.annotations),
            printable(record.work.title),
        )
        for record in records
    ]
    heading = ("work", "state", "pages", "passages", "annotations", "title")
    if not console.is_terminal:
        messages = ("message", *(printable(record.message) for record in records))
        for row, message in zip((heading, *rows), messages, strict=True):
            # rich turns tabs into spaces, and these lines are for a script.
            console.file.write("\t".join((*row, message)) + "\n")
        return
    _table(console, heading, rows, right=("pages", "passages", "annotations"))
    for record in records:
        if record.message:
            console.print(Text(f"{record.work.key}: {printable(record.message)}", "yellow"))


def show_summary(console: Console, answers: Sequence[Answer], essay: Essay | None) -> None:
    """Print how each question fared: one line a question, and the sum."""
    section_of = {question.id: question.section for question in essay.questions} if essay else {}
    sheet = _Sheet(console)
    if essay:
        sheet.put(Text(printable(essay.title), "bold"))
    section = None
    for number, answer in enumerate(answers, start=1):
        here = section_of.get(answer.id or "", "Other questions" if essay else "")
        if here and here != section:
            sheet.gap()
            sheet.put(Text(printable(here), "italic"))
        section = here
        sheet.put(Text(printable(answer.question) or NO_QUESTION), f"{number:3d}  ", "     ")
        sheet.put(Text(_fared(answer), _colour(answer)), "     ", "     ")
    states = Counter(answer.status for answer in answers)
    citations = [citation for answer in answers for citation in answer.citations]
    proven = sum(citation.quote is not None for citation in citations)
    sheet.gap()
    parts = [f"{states['answered']} answered", f"{states['abstained']} abstained"]
    parts += [f"{states['error']} failed"] if states["error"] else []
    rest = len(citations) - proven
    more = f", {counted(rest, 'annotation')} of works that are not in the library" if rest else ""
    sheet.put(
        Text(f"{counted(len(answers), 'question').capitalize()}: {', '.join(parts)}; {counted(proven, 'proven quote')}{more}.")
    )


class _Sheet:
    """Prints wrapped paragraphs with hanging indents."""

    def __init__(self, console: Console, width: int | None = None) -> None:
        self.console = console
        asked = os.environ.get("COLUMNS", "")
        self.width = width or (console.width if console.is_terminal else int(asked) if asked.isdigit() and int(asked) else None)

    def put(self, text: Text, first: str = "", rest: str = "") -> None:
        """One paragraph; `first` stands before its first line, `rest` before the others."""
        if self.width is None:
            self.console.print(Text(first).append_text(text), soft_wrap=True)
            return
        room = max(20, min(self.width, WIDEST) - max(len(first), len(rest)))
        for turn, line in enumerate(text.wrap(self.console, room)):
            line.rstrip()
            self.console.print(Text(rest if turn else first).append_text(line), soft_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self.console.print()


def paragraphs(answer: Answer) -> Iterable[Text]:
    """The claims as running text: a paragraph a work, and a new one where another part of the question begins."""
    paragraph, last = Text(), None
    numbers = {claim.part for claim in answer.claims}
    several = len(numbers) > 1 or (len(answer.parts) > 1 and None not in numbers)
    for claim in answer.claims:
        here = (claim.part, claim.work)
        if paragraph and here != last:
            yield paragraph
            paragraph = Text()
        if paragraph:
            paragraph.append(" ")
        elif several and claim.part and (last is None or last[0] != claim.part):
            if claim.part <= len(answer.parts):
                yield Text(f"{claim.part}. {printable(answer.parts[claim.part - 1])}", "bold")
            else:
                paragraph.append(f"Part {claim.part}: ", "dim")
        last = here
        paragraph.append_text(_claim(claim))
    if paragraph:
        yield paragraph


def _claim(claim: Claim) -> Text:
    words = printable(claim.text)
    marks = "".join(f"[{number}]" for number in claim.citations)
    # No space before the marks: a fold there would leave them alone on a line.
    return Text.assemble(f"“{words}”" if claim.kind == "quoted" else words, (marks, "cyan"))


def _show_citation(sheet: _Sheet, answer: Answer, citation: Citation) -> None:
    number = f"[{citation.number}] "
    indent = " " * max(5, len(number))
    labels = []
    if citation.quote is None:
        labels.append(NOT_HERE)
    if citation.superseded_by:
        labels.append("a newer version has replaced this one")
    sheet.put(Text(printable(citation.pincite), "bold"), number.ljust(len(indent)), indent)
    for label in labels:
        sheet.put(Text(label, "yellow"), indent, indent)
    if citation.quote and not _stands_above(answer, citation):
        sheet.put(Text(f"“{printable(citation.quote.text)}”"), indent, indent)
    if address := web_address(citation.link):
        # An address is never folded: a terminal opens it, and a person copies it, only whole.
        sheet.console.print(Text(indent).append(printable(address), "dim"), soft_wrap=True)


def _stands_above(answer: Answer, citation: Citation) -> bool:
    """True where a claim is this quote, so that printing it again would say nothing new."""
    return any(
        claim.kind == "quoted" and citation.quote is not None and claim.text == citation.quote.text for claim in answer.claims
    )


def _show_nearest(sheet: _Sheet, answer: Answer) -> None:
    if not answer.evidence:
        return
    sheet.put(Text("Nearest in the library:"))
    for evidence in answer.evidence[:NEAREST]:
        where = place(evidence.locator)
        sheet.put(Text(printable(f"{evidence.work.label}, {where}" if where else evidence.work.label), "bold"), "  - ", "    ")
        sheet.put(Text(f"“{printable(evidence.passage.text)}”"), "    ", "    ")
    sheet.gap()


def _footing(answer: Answer) -> str:
    parts = [
        f"confidence {answer.confidence:.2f}",
        f"composed by {'the library' if answer.composer == 'library' else answer.composer}",
    ]
    if answer.dropped:
        parts.append(f"{counted(answer.dropped, 'sentence')} dropped: the proof failed")
    if answer.tokens:
        parts.append(f"{answer.tokens:,} tokens")
    if total := answer.milliseconds.get("total"):
        parts.append(f"{total:.0f} ms" if total < 10_000 else f"{clock(total / 1000)} min")
    return printable(" · ".join(parts))


def _fared(answer: Answer) -> str:
    if answer.status == "error":
        return f"failed: {printable(answer.message)}"
    if answer.status == "abstained":
        return f"abstained: {printable(answer.reason)}"
    works = dict.fromkeys(citation.work.label for citation in answer.citations)
    return f"{counted(len(answer.citations), 'citation')}: {'; '.join(printable(label) for label in works)}"


def _colour(answer: Answer) -> str:
    return {"answered": "cyan", "abstained": "yellow", "error": "red"}[answer.status]


def _table(console: Console, heading: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[str]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column, name in enumerate(heading):
        widest = max(len(row[column]) for row in (heading, *rows))
        least = 8 if name == "title" else widest  # only the title gives way where the terminal is narrow
        table.add_column(name, justify="right" if name in right else "left", no_wrap=True, min_width=least)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
