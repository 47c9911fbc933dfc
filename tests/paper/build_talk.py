"""A talk of our own making, as the files in which transcripts come: WebVTT, SubRip, JSON, and plain text without times."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Why Lamps Lie: A Talk on Small Archives"
SPEAKER = "The Keeper of the Lamp Room"

PARTS: tuple[tuple[str, ...], ...] = (
    (
        "Good evening, and welcome to the fourth lecture of the Pincite Test Press.",
        "Tonight our guest keeps the lamp room of an archive that does not exist.",
        "Please hold your questions until the lamp is out.",
    ),
    (
        "Thank you, it is good to be here.",
        "I want to talk about lamps, and about why I no longer trust them.",
        "For years I thought that a brighter lamp would make a better archive.",
        "It turns out that a brighter lamp makes a happier keeper, which is something else.",
    ),
    (
        "Let me give you a number, and I promise that it is the only one.",
        "We read 35.1 percent more pages with the new lamps and answered almost nothing more.",
        "All that reading went into my own head, and my head is not part of the catalogue.",
        "So the archive knew exactly what it had known before.",
    ),
    (
        "Now the ledger is a different animal.",
        "When I write a reason into the ledger I am talking to somebody who is not there.",
        "That person may come next week or in a hundred years.",
        "If you remember one thing from tonight, let it be that a reason needs a reader.",
    ),
    (
        "There was a question about machines.",
        "I think a machine that compresses a whole library is a very bright lamp.",
        "It may well be a ledger too, but only if it can tell you where it read a thing.",
        "Thank you, and mind the step on your way out.",
    ),
)
"""Its parts; each sentence is one cue or two."""


@dataclass(frozen=True)
class Cue:
    """What is shown at one time."""

    start: float
    """Seconds."""
    duration: float
    text: str


@dataclass(frozen=True)
class TalkFacts:
    """What `build_talk` has written."""

    title: str
    speaker: str
    parts: tuple[tuple[str, ...], ...]
    """The sentences of each part."""
    cues: tuple[Cue, ...]
    times: tuple[tuple[str, float], ...]
    """Each sentence, and the second in which its cue starts."""


def build_talk(path_vtt: Path, path_srt: Path, path_json: Path, path_txt: Path) -> TalkFacts:
    """Write the same talk in four forms."""
    cues, times = _cues()
    path_vtt.write_text("WEBVTT\n\n" + "\n".join(f"{_clock(cue, '.')}\n{cue.text}\n" for cue in cues), encoding="utf-8")
    path_srt.write_text("\n".join(f"{n}\n{_clock(cue, ',')}\n{cue.text}\n" for n, cue in enumerate(cues, 1)), encoding="utf-8")
    snippets = [{"text": cue.text, "start": cue.start, "duration": cue.duration} for cue in cues]
    path_json.write_text(json.dumps(snippets, indent=1), encoding="utf-8")
    path_txt.write_text("\n\n".join("\n".join(part) for part in PARTS) + "\n", encoding="utf-8")
    return TalkFacts(TITLE, SPEAKER, PARTS, cues, times)


def _cues() -> tuple[tuple[Cue, ...], tuple[tuple[str, float], ...]]:
    """Long sentences take two cues, as captions do; each word takes 0.4 seconds."""
    cues: list[Cue] = []
    times: list[tuple[str, float]] = []
    clock = 1.5
    for sentence in (sentence for part in PARTS for sentence in part):
        written = sentence.split()
        half = len(written) if len(written) <= 10 else (len(written) + 1) // 2
        times.append((sentence, round(clock, 2)))
        for piece in (written[:half], written[half:]):
            if piece:
                duration = round(0.4 * len(piece), 2)
                cues.append(Cue(round(clock, 2), duration, " ".join(piece)))
                clock += duration
        clock += 0.3
    return tuple(cues), tuple(times)


def _clock(cue: Cue, mark: str) -> str:
    def written(seconds: float) -> str:
        whole, thousandths = divmod(round(seconds * 1000), 1000)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"

    return f"{written(cue.start)} --> {written(cue.start + cue.duration)}"
