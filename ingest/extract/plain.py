"""Plain text: pages parted by form feeds, the parts of an untimed transcript, or one page. Knows no encoding.

A text is taken for an untimed transcript where all of this holds: no form feed; three sections or more, parted by
blank lines; three lines or more a section on average; nine lines of ten end a sentence; nine of ten hold just one
sentence; and no section is a single line that ends none, for that would be a heading. Prose with one paragraph a line
fails it (its lines hold several sentences, its sections one line), wrapped prose too (its lines end anywhere).
"""

from __future__ import annotations

import re

from corpus.documents import Page
from ingest.extract.extraction import Extraction, Line
from ingest.extract.headings import lines_of, marked
from ingest.extract.identifiers import identifiers_in

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$")
_SENTENCE_INSIDE = re.compile(r"[a-z)\]”\"][.?!…][\"'”’)\]]* +[A-Z“\"]")
_FEWEST_SECTIONS, _FEWEST_LINES, _MOST = 3, 3, 0.9


def read_plain(text: str, notes: tuple[str, ...] = ()) -> Extraction:
    """Take plain text apart; every page's text is the file's own."""
    parts = _transcript_parts(text)
    if parts:
        pages = tuple(Page(index, part, part=index + 1) for index, part in enumerate(parts))
        lines = tuple(tuple(Line(span) for span in lines_of(page.text)) for page in pages)
        notes = (*notes, f"read as an untimed transcript in {len(parts)} parts")
    elif "\f" in text:
        pages = tuple(Page(index, sheet, number=index + 1) for index, sheet in enumerate(_sheets(text)))
        lines = marked(pages, printed=True)
    else:
        pages = (Page(0, text),)
        lines = marked(pages)
    identifiers, version = identifiers_in(pages[0].text)
    return Extraction(pages, lines, identifiers=identifiers, version=version, notes=notes)


def _sheets(text: str) -> list[str]:
    """The pages between form feeds; an empty one at the end is only the last form feed's other side."""
    sheets = text.split("\f")
    return sheets[:-1] if not sheets[-1].strip() else sheets


def _transcript_parts(text: str) -> list[str]:
    """The sections of an untimed transcript; none where the text is not one."""
    if "\f" in text:
        return []
    sections = [section.strip("\n") for section in _BLANK_LINES.split(text.strip())]
    rows = [[line.strip() for line in section.split("\n")] for section in sections]
    lines = [line for row in rows for line in row]
    if len(sections) < _FEWEST_SECTIONS or len(lines) < _FEWEST_LINES * len(sections):
        return []
    if any(len(row) == 1 and not _SENTENCE_END.search(row[0]) for row in rows):
        return []
    ending = sum(_SENTENCE_END.search(line) is not None for line in lines)
    single = sum(_SENTENCE_INSIDE.search(line) is None for line in lines)
    return sections if min(ending, single) >= _MOST * len(lines) else []
