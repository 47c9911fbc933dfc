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
    from collections.abc import Callable

_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|figs?|eqs?|eqn|secs?|sect|refs?|tab|app|chap|vs|approx|resp|dr|prof|nos?|pp?|viz|etc"
    r"|w\.r\.t|i\.i\.d)|\b[A-Z])\.$",
    re.I,
)
_CONTINUES = re.compile(r"[a-z,;:)\]%]")
_END_MARKS = re.compile(r"[.?!…][\"'”’)\]]*$")


def sentence_spans(text: str) -> list[Span]:
    """Half-open ranges of the sentences in `text`, white space around them left out, in order."""
    flat = re.sub(rf"[\r\n{SOFT_HYPHENS}]", " ", text)
    spans: list[Span] = []
    offset = 0
    for piece in _split()(flat):
        start, end = offset, offset + len(piece)
        offset = end
        lead = len(piece) - len(piece.lstrip())
        span = Span(start + lead, start + len(piece.rstrip()))
        if not len(span):
            continue
        if spans and _belongs(flat, spans[-1], span):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def ends_sentence(text: str) -> bool:
    """True where `text` ends with a full stop, question or exclamation mark, quotes and brackets aside."""
    return bool(_END_MARKS.search(text.rstrip())) and not _ABBREVIATION.search(text.rstrip())


def _belongs(text: str, before: Span, after: Span) -> bool:
    """True where a break between the two is none."""
    return bool(_ABBREVIATION.search(before.of(text)) and not before.of(text).endswith("etc.")) or bool(
        _CONTINUES.match(text, after.start)
    )


@cache
def _split() -> Callable[[str], list[str]]:
    """LlamaIndex's sentence splitter: the pieces joined give the text back. Imported at the first text."""
    from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer

    return split_by_sentence_tokenizer()
