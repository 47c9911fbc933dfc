"""Captions of a talk: WebVTT and SubRip, and what all timed transcripts share. Knows no encoding and no address.

All cues are one page, joined by line ends, since sentences run across cues; the page's `times` say where each begins.
Tags and the names of speakers in them are dropped; `[Music]` and its like are matter.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from corpus.documents import Page, Span
from corpus.errors import DamagedDocument, EmptyDocument
from ingest.extract.extraction import Extraction, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TIMES = {
    "vtt": re.compile(r"\s*(?:\d+:)?[0-5]?\d:[0-5]?\d\.\d{3}\s+-->\s+(?:\d+:)?[0-5]?\d:[0-5]?\d\.\d{3}(?:\s.*)?"),
    "srt": re.compile(r"\s*\d+:[0-5]?\d:[0-5]?\d[,.]\d{3}\s+-->\s+\d+:[0-5]?\d:[0-5]?\d[,.]\d{3}(?:\s.*)?"),
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
"""Tags, the times inside rolling captions, and the placement codes of SubRip; `3 < 4` is none of them."""
_SOUND = re.compile(r"\[[^\[\]]*\]|\([^()]{1,40}\)|[♪♫ ]+(?:.*[♪♫])?")
_ROLLING = 0.5
"""Share of cues that begin with the line before them, above which captions roll."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one moment on."""

    seconds: float
    """From the start of the talk."""
    lines: tuple[str, ...]
    """As shown, without tags and empty lines."""


def read_captions(text: str, name: str, form: Literal["vtt", "srt"], notes: tuple[str, ...] = ()) -> Extraction:
    """Take WebVTT (`vtt`) or SubRip (`srt`) captions apart."""
    import webvtt

    _check_times(text, name, form)
    # SubRip files of some editors begin with blank lines, which webvtt-py takes for another format.
    try:
        captions = webvtt.WebVTT.from_buffer(io.StringIO(text.lstrip("\n")), format=form).captions
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise _damaged(name, str(error)) from error
    cues = [Cue(caption.start_time.in_milliseconds() / 1000, shown(caption.raw_text)) for caption in captions]
    return timed(cues, name, notes)


def shown(raw: str) -> tuple[str, ...]:
    """The lines of a cue as a viewer sees them."""
    lines = (" ".join(html.unescape(_TAG.sub("", line)).split()) for line in raw.splitlines())
    return tuple(line for line in lines if line)


def timed(cues: Sequence[Cue], name: str, notes: tuple[str, ...] = ()) -> Extraction:
    """One page of all cues, each with its time."""
    if any(later.seconds < earlier.seconds for earlier, later in pairwise(cues)):
        cues = sorted(cues, key=lambda cue: cue.seconds)
        notes = (*notes, "its cues were out of order, and were put in the order of their times")
    if _roll(cues):
        cues = list(_unrolled(cues))
        notes = (*notes, "each cue repeated the line before it; the repetitions were left out")
    written: list[str] = []
    times: list[tuple[int, float]] = []
    lines: list[Line] = []
    offset = 0
    for cue in cues:
        if cue.lines:
            times.append((offset, cue.seconds))
        for line in cue.lines:
            written.append(line)
            kind: Literal["matter", "prose"] = "matter" if _SOUND.fullmatch(line) else "prose"
            lines.append(Line(Span(offset, offset + len(line)), kind=kind))
            offset += len(line) + 1
    if not written:
        raise EmptyDocument(f"{name} has no cue with words in it.", remedy="Get the transcript again.")
    page = Page(0, "\n".join(written), times=tuple(times))
    return Extraction((page,), (tuple(lines),), timed=True, notes=notes)


def _roll(cues: Sequence[Cue]) -> bool:
    """True for captions of which most cues begin with the last line of the one before, as automatic captions do."""
    spoken = [cue for cue in cues if cue.lines]
    repeats = sum(earlier.lines[-1] == later.lines[0] for earlier, later in pairwise(spoken))
    return repeats > 1 and repeats >= _ROLLING * (len(spoken) - 1)


def _unrolled(cues: Iterable[Cue]) -> Iterable[Cue]:
    """The cues without the lines that the cue before still shows."""
    before: tuple[str, ...] = ()
    for cue in cues:
        kept = max((size for size in range(len(cue.lines) + 1) if size == 0 or before[-size:] == cue.lines[:size]), default=0)
        before = cue.lines or before
        yield Cue(cue.seconds, cue.lines[kept:])


def _check_times(text: str, name: str, form: str) -> None:
    """Refuse a line of times that is none: webvtt-py would leave its cue out without a word."""
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" in line and not _TIMES[form].fullmatch(line):
            raise _damaged(name, f"line {number} has no valid times")
    if "-->" not in text:
        raise EmptyDocument(f"{name} has no cues.", remedy="Get the transcript again.")


def _damaged(name: str, why: str) -> DamagedDocument:
    return DamagedDocument(f"{name} cannot be read as captions: {why}.", remedy="Mend that line, or get the transcript again.")
