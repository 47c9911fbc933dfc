"""The reader's rows of a PDF as pages and lines. Knows no PDF library; the rows' sizes and fonts it leaves to others.

Headings are those of the PDF's outline, found again on their pages, and what plain text shows (`headings`); without
either, a line is prose.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.documents import Page
from corpus.text import loose
from ingest.extract.child import Row
from ingest.extract.extraction import Extraction, Line
from ingest.extract.headings import marked, shade
from ingest.extract.identifiers import identifiers_in


def printed(rows: Iterable[Row]) -> Extraction:
    """Make an extraction of the rows that `read_pdf` yields."""
    header: Row = {}
    pages: list[Page] = []
    notes: list[str] = []
    for row in rows:
        if "text" in row:
            pages.append(page_of(row, len(pages)))
        elif row.get("done"):
            notes += _blank_note(row["blank"])
        else:
            header = row
    lines = _by_outline(marked(pages, printed=True), pages, header.get("outline") or [])
    identifiers, version = identifiers_in(pages[0].text)
    title = header.get("title") or None
    return Extraction(tuple(pages), lines, title, identifiers, version, notes=(*(header.get("notes") or ()), *notes))


def page_of(row: Row, position: int) -> Page:
    """One row as a page; the label is kept only where it differs from the number."""
    label = row.get("label")
    label = label if label and label != str(row["number"]) else None
    boxes = base64.b64decode(row["boxes"]) if row.get("boxes") else None
    return Page(position, row["text"], number=row["number"], label=label, boxes=boxes)


def _blank_note(blank: Sequence[int]) -> list[str]:
    """What to say of pages without text among pages with text."""
    if not blank:
        return []
    few = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
    return [f"no text on page{'s'[: len(blank) != 1]} {few}: pictures or scans, which were not read"]


def _by_outline(
    lines: tuple[tuple[Line, ...], ...], pages: Sequence[Page], outline: Sequence[Sequence[int | str]]
) -> tuple[tuple[Line, ...], ...]:
    """Mark the lines that the outline names, with the outline's levels."""
    entries: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for level, title, place in outline:
        if isinstance(level, int) and isinstance(place, int) and loose(str(title)):
            entries[place].append((level + 1, loose(str(title))))
    marked_lines = [
        _marked_page(row, page, entries[place]) for place, (row, page) in enumerate(zip(lines, pages, strict=True))
    ]
    return shade(marked_lines, pages) if entries else lines


def _marked_page(row: tuple[Line, ...], page: Page, entries: Sequence[tuple[int, str]]) -> tuple[Line, ...]:
    """One page's lines with those marked that are an outline's title, with its number or without."""
    levels: dict[int, int] = {}
    words = [loose(line.span.of(page.text)) for line in row]
    for level, title in entries:
        for place, found in enumerate(words):
            two = found + (words[place + 1] if place + 1 < len(words) else "")
            if found and _is(found, title):
                levels[place] = level
            elif found and two != found and _is(two, title):
                levels[place] = levels[place + 1] = level
    return tuple(
        replace(line, level=levels[place], kind="heading") if place in levels else line for place, line in enumerate(row)
    )


def _is(found: str, title: str) -> bool:
    """True where a line is the title, but for a number in front of either."""
    return found.lstrip("0123456789") == title.lstrip("0123456789") != ""
