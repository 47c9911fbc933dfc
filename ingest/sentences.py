"""Sentences of a stretch of running text. The one place that asks LlamaIndex for them; knows no page and no file.

LlamaIndex carries NLTK's Punkt model for English (Kiss and Strunk 2006). It breaks after abbreviations that papers
love and that it does not know; those breaks are mended here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.documents import Span
from corpus.text import SOFT_HYPHENS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|figs?|eqs?|eqn|secs?|sect|refs?|tab|app|chap|vs|approx|resp|dr|prof|nos?|pp?|viz|etc"
    r"|w\.r\.t|i\.i\.d)|\b(?-i:[A-Z]))\.$",
    re.I,
)
"""A capital may be a name's initial; a small letter is a variable, which may well end its sentence (`of y.`)."""
_OPENER = r"(?:The|This|These|That|Those|There|Then|It|In|If|We|Our|For|To|As|When|While|Since|However|All|At|On)\b"
_AFTER_VARIABLE = re.compile(rf"(?:(?<=[\w)]\s[a-oq-uw-z]\.)\s+(?=[A-Z])|(?<=[a-z]\s[A-Z]\.)\s+(?={_OPENER}))")
"""A small letter behind a word is no initial (`that of y. Lamps`), but may be a page's `p.` or `v.`; a capital is none before a
word that begins a sentence and is no surname (`seen by M. The lamp`)."""
_CONTINUES = re.compile(r"[a-z,;:)\]%]")
_NEXT_NUMBER = re.compile(r"(?<=[;:])\s+(\(?\d{1,2}[.)])$")
"""Of a list's next entry (`one lamp; 2. two lamps`), whose stop the splitter takes for an end."""
_END_MARKS = re.compile(r"[.?!…][\"'”’)\]]*$")


def sentence_spans(text: str) -> list[Span]:
    """Half-open ranges of the sentences in `text`, white space around them left out, in order."""
    flat = re.sub(rf"[\r\n{SOFT_HYPHENS}]", " ", text)
    spans: list[Span] = []
    offset, number = 0, None
    for piece in _pieces(flat):
        start, end = offset, offset + len(piece)
        offset = end
        lead = len(piece) - len(piece.lstrip())
        span = Span(start + lead if number is None else number, start + len(piece.rstrip()))
        if not len(span):
            continue
        entry = _NEXT_NUMBER.search(flat, span.start, span.end)
        number = entry.start(1) if entry else None
        if entry:
            span = Span(span.start, entry.start())
        if spans and _belongs(flat, spans[-1], span):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _pieces(text: str) -> Iterator[str]:
    """What the splitter gives, cut where it takes a variable for an initial; joined, they give the text back."""
    for piece in _split()(text):
        start = 0
        for cut in _AFTER_VARIABLE.finditer(piece):
            yield piece[start : cut.end()]
            start = cut.end()
        yield piece[start:]


def ends_sentence(text: str, behind: str = "") -> bool:
    """True where `text` ends with a full stop, question or exclamation mark, quotes and brackets aside; `behind` is what
    follows, where that is known."""
    text = text.rstrip()
    ended = not _ABBREVIATION.search(text) or _AFTER_VARIABLE.match(f"{text} {behind.lstrip()}", len(text))
    return bool(ended and _END_MARKS.search(text))


def _belongs(text: str, before: Span, after: Span) -> bool:
    """True where a break between the two is none."""
    if _CONTINUES.match(text, after.start):
        return True
    ended = before.of(text).endswith("etc.") or _AFTER_VARIABLE.match(text, before.end)
    return bool(_ABBREVIATION.search(before.of(text))) and not ended


@cache
def _split() -> Callable[[str], list[str]]:
    """LlamaIndex's sentence splitter: the pieces joined give the text back. Imported at the first text."""
    from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer

    return split_by_sentence_tokenizer()
