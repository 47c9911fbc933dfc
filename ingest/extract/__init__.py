"""Reading: takes one file apart.

In come the bytes of a file and its name; out go its media type, its pages and their lines, and notes for a person.
It may not know works, storage, the network, or what becomes of the lines.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import ExtractionLimit
from ingest.extract import formats
from ingest.extract.extraction import Extraction, Limits, Line, LineKind

__all__ = ["Extraction", "Limits", "Line", "LineKind", "extract"]


def extract(content: bytes, name: str, *, limits: Limits | None = None) -> tuple[str, Extraction]:
    """Take the file `name` apart: its media type, and what it holds."""
    limits = limits or Limits()
    if len(content) > limits.bytes:
        raise _too_large(name, f"{len(content):,} bytes, more than {limits.bytes:,}")
    identified = formats.identify(content, name)
    if identified.decoded is None:
        return formats.PDF, _read_printed(content, name, limits)
    text, notes = identified.decoded.text, identified.decoded.notes
    if len(text) > limits.characters:
        raise _too_large(name, f"{len(text):,} characters, more than {limits.characters:,}")
    return identified.media_type, _read(identified.media_type, text, name, notes)


def _read_printed(content: bytes, name: str, limits: Limits) -> Extraction:
    """Read a PDF in a child process, and say which pages gave no text."""
    from ingest.extract.child import read_pdf
    from ingest.extract.layout import lay_out

    extraction = lay_out(read_pdf(content, name, limits))
    blank = [str(page.number) for page in extraction.pages if not page.text.strip()]
    if not blank:
        return extraction
    listed = ", ".join(blank[:10]) + (" …" if len(blank) > 10 else "")
    note = f"no text on page{'s' if len(blank) > 1 else ''} {listed}: pictures or scans, which were not read"
    return replace(extraction, notes=(*extraction.notes, note))


def _read(media_type: str, text: str, name: str, notes: tuple[str, ...]) -> Extraction:
    """Hand text to the reader of its format."""
    if media_type == formats.HTML:
        from ingest.extract.web import read_web

        return read_web(text, name, notes)
    if media_type == formats.MARKDOWN:
        from ingest.extract.markdown import read_markdown

        return read_markdown(text, notes)
    if media_type in (formats.WEBVTT, formats.SUBRIP):
        from ingest.extract.captions import read_captions

        return read_captions(text, name, "vtt" if media_type == formats.WEBVTT else "srt", notes)
    if media_type == formats.JSON:
        from ingest.extract.transcript import read_transcript

        return read_transcript(text, name, notes)
    from ingest.extract.plain import read_plain

    return read_plain(text, notes)


def _too_large(name: str, measure: str) -> ExtractionLimit:
    return ExtractionLimit(f"{name} has {measure}.", remedy="Split it, or add only the part that matters.")
