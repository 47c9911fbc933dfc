"""Sets running text in columns: lines, hyphens, footnotes. Knows no word of the paper.

The letters are the Times that every PDF reader has, with the ligatures fi and fl and the minus sign switched on, so
that the file stays small and reads as a paper set by TeX does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROMAN, ITALIC, BOLD, SANS = "Press-Roman", "Press-Italic", "Press-Bold", "Press-Sans"
_FACES = {ROMAN: "Times-Roman", ITALIC: "Times-Italic", BOLD: "Times-Bold", SANS: "Helvetica"}
_EXTRA = {"ﬁ": (0x81, "fi"), "ﬂ": (0x8D, "fl"), "−": (0x8F, "minus")}


def cast_type() -> None:
    """Register the fonts; twice does no harm."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.rl_codecs import RL_Codecs

    encoding = pdfmetrics.Encoding("pressencoding", "WinAnsiEncoding")
    codes = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
    for mark, (code, glyph) in _EXTRA.items():
        encoding[code] = glyph
        codes[code] = mark
    known = {code: ord(mark) for code, mark in codes.items() if mark}
    pdfmetrics.registerEncoding(encoding)
    RL_Codecs.add_dynamic_codec("pressencoding", {mark: code for code, mark in known.items()}, known)
    for name, face in _FACES.items():
        pdfmetrics.registerFont(pdfmetrics.Font(name, face, "pressencoding"))


def ligated(text: str) -> str:
    """With the ligatures that TeX would set."""
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ")


def width_of(text: str, font: str, size: float) -> float:
    """In points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(ligated(text), font, size))


@dataclass(frozen=True)
class Word:
    """One word as set."""

    text: str
    font: str = ROMAN
    sentence: int = -1
    footnote: int | None = None
    """Whose mark follows it."""
    parted: bool = False
    """Its rest stands on the next line."""

    def width(self, size: float) -> float:
        """With its footnote mark."""
        mark = width_of(str(self.footnote), ROMAN, size * 0.68) if self.footnote else 0.0
        return width_of(self.text, self.font, size) + mark


@dataclass(frozen=True)
class Line:
    """Words that share a line."""

    words: tuple[Word, ...]
    indent: float = 0.0
    last: bool = False

    @property
    def footnotes(self) -> tuple[int, ...]:
        return tuple(word.footnote for word in self.words if word.footnote)


def words_of(sentences: Sequence[str], first: int) -> list[Word]:
    """The words of a paragraph, its sentences counted from `first`; -1 for a paragraph that is not counted."""
    words: list[Word] = []
    for number, sentence in enumerate(sentences):
        italic = False
        for written in sentence.split():
            mark = re.search(r"\^(\d)$", written)
            plain = written[: mark.start()] if mark else written
            opens, closes = plain.startswith("*"), "*" in plain[1:]
            italic = italic or opens
            stripped = plain.replace("*", "")
            words.append(
                Word(stripped, ITALIC if italic else ROMAN, first + number if first >= 0 else -1, int(mark[1]) if mark else None)
            )
            italic = italic and not closes
    return words


def plain(sentence: str) -> str:
    """A sentence as a reader reads it: no marks for italics or footnotes."""
    return re.sub(r"\^\d", "", sentence).replace("*", "")


def lines_of(words: Sequence[Word], width: float, size: float, hyphens: dict[str, str], indent: float = 0.0) -> Iterator[Line]:
    """Break greedily, parting a word where `hyphens` allows it."""
    space, room, held = width_of(" ", ROMAN, size), width - indent, list[Word]()
    shift = indent
    for word in words:
        rest = word
        while True:
            needed = rest.width(size) + (space if held else 0.0)
            if needed <= room:
                held.append(rest)
                room -= needed
                break
            head, tail = _parted(rest, room - (space if held else 0.0), size, hyphens)
            if head:
                held.append(head)
            yield Line(tuple(held), shift)
            held, room, shift, rest = [], width, 0.0, tail
    yield Line(tuple(held), shift, last=True)


def _parted(word: Word, room: float, size: float, hyphens: dict[str, str]) -> tuple[Word | None, Word]:
    found = re.match(r"(\W*)(\w+)(.*)", word.text, re.DOTALL)
    spelled = hyphens.get(found[2].lower()) if found else None
    if not found or not spelled:
        return None, word
    for cut in sorted((place for place, mark in enumerate(spelled) if mark == "·"), reverse=True):
        letters = cut - spelled[:cut].count("·")
        if letters < 2 or len(found[2]) - letters < 3:
            continue
        head = Word(found[1] + found[2][:letters] + "-", word.font, word.sentence, None, parted=True)
        if head.width(size) <= room:
            return head, Word(found[2][letters:] + found[3], word.font, word.sentence, word.footnote)
    return None, word


def draw_line(canvas: Any, line: Line, x: float, y: float, width: float, size: float, justify: bool = True) -> None:
    """One text object a line, with real spaces in it, as a typesetting program writes them."""
    natural = sum(word.width(size) for word in line.words) + width_of(" ", ROMAN, size) * (len(line.words) - 1)
    gaps = len(line.words) - 1
    stretch = (width - line.indent - natural) / gaps if justify and gaps and not line.last else 0.0
    text = canvas.beginText(x + line.indent, y)
    text.setWordSpace(stretch)
    for number, word in enumerate(line.words):
        text.setFont(word.font, size)
        tail = "" if number == gaps else " "
        if word.footnote:
            text.textOut(ligated(word.text))
            text.setFont(ROMAN, size * 0.68)
            text.setRise(size * 0.34)
            text.textOut(str(word.footnote))
            text.setRise(0)
            text.setFont(ROMAN, size)
            text.textOut(tail)
        else:
            text.textOut(ligated(word.text) + tail)
    canvas.drawText(text)


@dataclass
class Column:
    """One column of one page while it is filled."""

    page: int
    """0-based."""
    side: int
    x: float
    y: float
    bottom: float
    notes: list[int] = field(default_factory=list)
    fresh: bool = True
    """Nothing has been set in it yet."""


@dataclass
class Galley:
    """Fills columns, page after page, and remembers where each sentence came to stand."""

    canvas: Any
    width: float
    size: float
    leading: float
    hyphens: dict[str, str]
    footnotes: dict[int, str]
    columns: Iterator[Column]
    """The next column; starting one may start a page."""
    places: dict[int, list[tuple[int, int, float, bool]]] = field(default_factory=dict)
    """Sentence → (page, side, baseline, parted at the line's end) of each of its words."""
    noted: dict[int, int] = field(default_factory=dict)
    """Footnote → page."""
    column: Column = field(init=False)

    def __post_init__(self) -> None:
        self.column = next(self.columns)

    def _note_lines(self, note: int) -> list[Line]:
        words = [Word(str(note)), *words_of([self.footnotes[note]], -1)]
        return list(lines_of(words, self.width, self.size * 0.8, self.hyphens))

    def _room(self, extra: Sequence[int] = ()) -> float:
        notes = [*self.column.notes, *extra]
        height = sum(len(self._note_lines(note)) * self.leading * 0.82 for note in notes) + (8 if notes else 0)
        return self.column.y - self.column.bottom - height

    def turn(self) -> None:
        """Close the column, its footnotes at its foot, and go on in the next."""
        self._draw_notes()
        self.column = next(self.columns)

    def _draw_notes(self) -> None:
        column, size, leading = self.column, self.size * 0.8, self.leading * 0.82
        lines = [(note, line) for note in column.notes for line in self._note_lines(note)]
        y = column.bottom + leading * len(lines)
        if lines:
            self.canvas.setLineWidth(0.4)
            self.canvas.line(column.x, y + 2, column.x + self.width * 0.35, y + 2)
        for note, line in lines:
            y -= leading
            draw_line(self.canvas, line, column.x, y + 2, self.width, size, justify=False)
            self.noted[note] = column.page

    def finish(self) -> None:
        """Draw what is left at the foot of the last column."""
        self._draw_notes()

    def gap(self, height: float) -> None:
        """White space, but none at the head of a column's run."""
        self.column.y -= height

    def paragraph(self, sentences: Sequence[str], first: int = -1, *, indent: float = 0.0, size: float | None = None) -> None:
        """Set a paragraph; it may run on in the next column or on the next page."""
        size = size or self.size
        leading = self.leading * size / self.size
        for line in lines_of(words_of(sentences, first), self.width, size, self.hyphens, indent):
            if self._room(line.footnotes) < leading:
                self.turn()
            self.column.y -= leading
            self.column.fresh = False
            self.column.notes += line.footnotes
            draw_line(self.canvas, line, self.column.x, self.column.y, self.width, size)
            for word in line.words:
                place = (self.column.page, self.column.side, self.column.y, word.parted)
                self.places.setdefault(word.sentence, []).append(place)

    def heading(self, text: str, font: str, size: float, before: float, after: float) -> int:
        """Set a heading with room for two lines under it; gives its page."""
        if self._room() < before + size + after + 2 * self.leading:
            self.turn()
        self.column.y -= size + (0.0 if self.column.fresh else before)
        self.column.fresh = False
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.column.x, self.column.y, ligated(text))
        self.column.y -= after
        return self.column.page

    def displayed(self, draw: Callable[[float, float], None], height: float) -> None:
        """Something that is not running text, drawn at the column's current place."""
        if self._room() < height:
            self.turn()
        draw(self.column.x, self.column.y)
        self.column.y -= height
