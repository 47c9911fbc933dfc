"""Sentences of a paragraph that is asked for questions. Knows no question and no reference.

Another splitter than that of `ingest.sentences`: marks of references stand behind full stops here, and a question may end
inside quotation marks, with its sentence going on behind them.
"""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of a sentence that are looked back upon."""

_END = re.compile(r"[.!?…]+(?P<close>[\"'”’)\]]*)(?P<marks>(?:\s?\[\^?[\w, –;-]{1,20}\])*)\s+(?=(?P<next>\S))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|figs?|eqs?|secs?|refs?|vs|approx|resp|dr|prof|mr|mrs|ms|st|nos?|pp?|viz|etc|eds?|vol|ch|jr|sr)"
    r"|\b[A-Z]|\bU\.S|\bp\.m|\ba\.m)\.$",
    re.I,
)
_OPENS = re.compile(r"[A-ZÀ-Þ0-9\"'“‘(\[*•–—-]")


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line, in order, marks of references included."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _is_end(text, start, end):
            found.append(text[start : end.end()].strip())
            start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def _is_end(text: str, start: int, end: re.Match[str]) -> bool:
    stop = text[end.start()]
    before = text[max(start, end.start() - LONGEST) : end.start() + 1]
    if stop == "." and (_ABBREVIATION.search(before[-12:]) or not _OPENS.match(end["next"])):
        return False
    opened = len(re.findall(r"[(]", before)) - len(re.findall(r"[)]", before + end["close"]))
    if opened > 0:
        return False
    if end["close"] or stop == "!":
        return _OPENS.match(end["next"]) is not None
    return stop != "…" or end["next"].isupper()
