"""Transcripts as youtube-transcript-api writes them in JSON. Knows no address and no encoding.

One transcript is a list of `{"text": …, "start": seconds, "duration": seconds}`; its `format_transcripts` puts each
into a list of its own.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from corpus.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.extract.captions import Cue, shown, timed

if TYPE_CHECKING:
    from ingest.extract.extraction import Extraction


def read_transcript(text: str, name: str, notes: tuple[str, ...] = ()) -> Extraction:
    """Take a transcript apart."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedDocument(f"{name} is not whole JSON: {error}.", remedy="Get the transcript again.") from error
    if isinstance(found, list) and found and all(isinstance(one, list) for one in found):
        if len(found) > 1:
            raise _other(name, f"holds {len(found)} transcripts", "Save each transcript to a file of its own.")
        found = found[0]
    if found == []:
        raise EmptyDocument(f"{name} is a transcript without words.", remedy="Get the transcript again.")
    if not isinstance(found, list) or not all(isinstance(cue, dict) and {"text", "start"} <= cue.keys() for cue in found):
        raise _other(name, "is JSON, but no transcript", "Save it with youtube-transcript-api's JSONFormatter.")
    return timed([_cue(cue, number, name) for number, cue in enumerate(found, 1)], name, notes)


def _cue(cue: dict[str, object], number: int, name: str) -> Cue:
    words, start = cue["text"], cue["start"]
    numeric = isinstance(start, int | float) and not isinstance(start, bool)
    if not isinstance(words, str) or not isinstance(start, int | float) or not numeric or not (0 <= start < math.inf):
        raise DamagedDocument(f"{name}: entry {number} has no text or no time.", remedy="Get the transcript again.")
    # JSON may hold half of a surrogate pair, which no file and no library can store.
    return Cue(float(start), shown(words.encode("utf-8", "replace").decode("utf-8")))


def _other(name: str, why: str, remedy: str) -> UnsupportedFormat:
    expected = 'Expected is a list of {"text": …, "start": seconds, "duration": seconds}.'
    return UnsupportedFormat(f"{name} {why}. {expected}", remedy=remedy)
