from __future__ import annotations

import pytest

from ingest.extract import formats
from ingest.extract.formats import identify

PAGE = b"<!doctype html><html><body><p>Words.</p></body></html>"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7\n...", formats.PDF),
        ("a.pdf", b"\r\n junk before it \n%PDF-1.4\n...", formats.PDF),
        ("1706.03741v4", b"%PDF-1.5\n...", formats.PDF),
        ("paper.txt", b"%PDF-1.5\n...", formats.PDF),
        ("paper.PDF", b"%PDF-1.5\n...", formats.PDF),
        ("about.txt", b"Every PDF begins with %PDF-1.7 and a number.", formats.PLAIN),
        ("a.txt", b"Words.", formats.PLAIN),
        ("a.TEXT", b"Words.", formats.PLAIN),
        ("a.txt", b"A page begins with <!doctype html> these days.", formats.PLAIN),
        ("a.txt", b"[1, 2]", formats.PLAIN),
        ("a.md", b"# Title\n\n<p>Words.</p>", formats.MARKDOWN),
        ("a.html", PAGE, formats.HTML),
        ("a.htm", b"<p>A fragment of a page.</p>", formats.HTML),
        ("index.php", PAGE, formats.HTML),
        ("watch", b"<!-- saved -->\n<html><p>Words.</p>", formats.HTML),
        ("a.vtt", VTT, formats.WEBVTT),
        ("a.vtt", b"\xef\xbb\xbf" + VTT, formats.WEBVTT),
        ("a.srt", SRT, formats.SUBRIP),
        ("a.srt", VTT, formats.WEBVTT),
        ("a.vtt", SRT, formats.SUBRIP),
        ("a.txt", VTT, formats.WEBVTT),
        ("captions", SRT, formats.SUBRIP),
        ("a.json", b'[{"text": "Hello", "start": 0}]', formats.JSON),
        ("transcript", b'[{"text": "Hello", "start": 0}]', formats.JSON),
        ("README", b"Words.", formats.PLAIN),
        ("Notes of Dr. Who", b"Words.", formats.PLAIN),
    ],
)
def test_the_bytes_decide_and_then_the_name(name: str, content: bytes, media_type: str) -> None:
    assert identify(content, name).media_type == media_type


def test_the_charset_of_a_page_is_read_off_its_head() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Хранитель</p></html>'
    identified = identify(page.encode("cp1251"), "a.html")
    assert identified.decoded is not None
    assert "Хранитель" in identified.decoded.text
    assert identified.decoded.notes == ()
