"""Essays as plain text: paragraphs, entries and headings told apart by their lines. Knows no reference and no question.

Lines may be wrapped anywhere, and blank lines may be missing. A line begins an entry with a bullet, a number or a label
(`[3]`). It is a heading where it is underlined, begins with `#`, or

- is short (`LONGEST_HEADING` characters, `MOST_WORDS` words), begins with a capital and does not end as a sentence does,
- the line above ended a sentence, or is a heading or blank, and the line below does not go on in lower case,
- and it stands between blank lines, has its words in capitals, or is one or two words long. One that asks (`Is Compression
  Our Only Path?`) has to have its words in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.essay.byline import is_byline, with_byline
from ingest.essay.writing import Block, BlockKind, Writing

LONGEST_HEADING, MOST_WORDS = 80, 12
_BULLET = re.compile(r"\s*(?:[-*+•◦▪‣·–]\s+)(?=\S)")
_LABEL = re.compile(r"\s*(?:\[\^?(?P<label>[\w+-]{1,20})\]:?|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)[\s#]*")
_ENDS = re.compile(r"[.?!…:;|”\"](?:[\"'”’)\]]|\[\^?[\w, -]+\])*$")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*")
_REFERENCES = re.compile(r"(?:references|bibliography|works cited|sources|literature|notes|further reading)\s*:?", re.I)


@dataclass(slots=True)
class _Reading:
    """The blocks so far, and the one that grows."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    label: str | None = None

    def begin(self, kind: BlockKind, label: str | None = None, line: str = "") -> None:
        """End the block that grows, and begin another."""
        if self.lines:
            self.blocks.append(Block(self.kind, "\n".join(self.lines), label=self.label))
        self.lines, self.kind, self.label = [line] if line else [], kind, label

    def heading(self, text: str, level: int) -> None:
        """Add a heading."""
        self.begin("paragraph")
        self.blocks.append(Block("heading", text, level))


def read_plain(text: str) -> Writing:
    """Take plain text apart."""
    rows = [row.rstrip() for row in text.expandtabs(4).replace("\f", "\n\n").split("\n")]
    reading, skip = _Reading(), False
    for place, row in enumerate(rows):
        if skip or not row.strip():
            if not skip and row == "":
                reading.begin("paragraph")
            skip = False
            continue
        below = rows[place + 1] if place + 1 < len(rows) else ""
        above = rows[place - 1] if place else ""
        if not reading.blocks and not reading.lines and _is_title(row.strip(), below.strip()):
            reading.heading(row.strip(), 1)
        elif hashes := _HASHES.fullmatch(row):
            reading.heading(hashes[2], len(hashes[1]))
        elif _UNDERLINE.fullmatch(below) and not above.strip() and len(row.strip()) <= LONGEST_HEADING:
            reading.heading(row.strip(), 1 if "=" in below else 2)
            skip = True
        elif is_heading(row.strip(), _above(reading, above), below.strip()):
            reading.heading(row.strip(), 2)
        else:
            _grow(reading, row)
    reading.begin("paragraph")
    blocks, title = reading.blocks, None
    if blocks and blocks[0].kind == "heading":
        title, blocks = blocks[0].prose.strip("[]*_ ").removeprefix("Title:").strip(), blocks[1:]
    return with_byline(Writing(tuple(blocks), title))


def _is_title(line: str, below: str) -> bool:
    """True for the first line of the file where it is short and no sentence that goes on below."""
    ends = line.endswith((".", ":", ",", ";")) or (below[:1].islower() and not is_byline(below))
    return len(line) <= 2 * LONGEST_HEADING and len(line.split()) <= 20 and not ends and not _HASHES.fullmatch(line)


def _above(reading: _Reading, above: str) -> str | None:
    """The line above where it belongs to a block that grows; None where a block ends there."""
    return above.strip() if reading.lines and above.strip() else None


def _grow(reading: _Reading, row: str) -> None:
    bullet = _BULLET.match(row)
    inside = row[bullet.end() :] if bullet else row
    if label := _LABEL.match(inside):
        reading.begin("entry", label["label"] or label["number"], inside.strip())
    elif bullet:
        reading.begin("entry", None, inside.strip())
    else:
        reading.lines.append(row.strip())


def is_heading(line: str, above: str | None, below: str) -> bool:
    """True for a line that is a heading; `above` is None where it does not follow on a paragraph's line."""
    if _REFERENCES.fullmatch(line):
        return above is None or bool(_ENDS.search(above))
    words = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", line).split()
    if not words or len(line) > LONGEST_HEADING or len(words) > MOST_WORDS or not re.match(r"[\"“'‘(\[]?[A-ZÀ-Þ0-9]", words[0]):
        return False
    if (
        is_byline(line)
        or _BULLET.match(line)
        or line[-1] in ".,;:!|—-…)"
        or "://" in line
        or "@" in line
        or re.match(r"\[\^?\w+\]", line)
    ):
        return False
    if (above is not None and not _ENDS.search(above)) or (below[:1].islower()):
        return False
    capitals, alone = in_capitals(words), above is None and not below
    numbered = re.match(r"\d+(?:\.\d+)*[.)]?\s", line)
    if line.endswith("?"):
        return (capitals and len(words) > 2) or bool(numbered and alone)
    return alone or (not numbered and (capitals or len(words) <= 2))


def in_capitals(words: list[str]) -> bool:
    """True where every word of four letters or more begins with a capital, as in a title."""
    long = [word for word in (word.strip("\"“”'‘’()?!,:") for word in words) if len(word) > 3]
    return bool(long) and not any(word[0].islower() for word in long)
