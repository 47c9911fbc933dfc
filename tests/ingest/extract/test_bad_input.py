"""Every file that people hand in by mistake gives an error of its own, with what to do now."""

from __future__ import annotations

import gzip

import pytest

from corpus.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    ExtractionLimit,
    NoTextLayer,
    NotWhatItClaims,
    SourceError,
    UnsupportedFormat,
    WrongEncoding,
)
from ingest.extract import Limits, extract
from tests.ingest.extract.pdfs import WORDS, pdf, without_pages

PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Please sign in.</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
ZIP = b"PK\x03\x04" + bytes(200)


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("a.pdf", PAGE, NotWhatItClaims, "an HTML page"),
        ("a.pdf", b"only words", NotWhatItClaims, "plain text"),
        ("a.pdf", PNG, NotWhatItClaims, "a PNG image"),
        ("a.pdf", bytes(range(1, 256)) + b"\0" * 9, NotWhatItClaims, "binary content"),
        ("a.pdf", gzip.compress(b"%PDF-1.4", mtime=0), NotWhatItClaims, "a gzip archive"),
        ("a.txt", PAGE, NotWhatItClaims, "an HTML page"),
        ("a.md", PAGE, NotWhatItClaims, "an HTML page"),
        ("a.txt", PNG, NotWhatItClaims, "a PNG image"),
        ("a.txt", b"words\0and\0NUL\0bytes", WrongEncoding, "NUL"),
        ("a.txt", b"\x01\x03\x04\x05\x06" * 20, WrongEncoding, "control characters"),
        ("a.txt", "half a \N{SNOWMAN}".encode() * 9 + b"\xe2\x98", WrongEncoding, "byte 9"),
        ("a.txt", b"\xff\xfew\0o\0r\0d", WrongEncoding, "UTF-16"),
        ("a.html", b"only words, no tag", NotWhatItClaims, "plain text"),
        ("a.html", b'{"an": "answer of a server"}', NotWhatItClaims, "JSON"),
        ("a.vtt", b"1\nwords without the first line", NotWhatItClaims, "first line is not WEBVTT"),
        ("a.vtt", PAGE, NotWhatItClaims, "an HTML page"),
        ("a.srt", b"words without times", NotWhatItClaims, "no line with times"),
        ("a.json", b"only words", NotWhatItClaims, "not JSON"),
        ("a.json", b'[{"text": "breaks of', DamagedDocument, "not whole JSON"),
        ("a.docx", ZIP, UnsupportedFormat, "ZIP archive"),
        ("a.tex", b"\\section{Words}", UnsupportedFormat, r"\.tex"),
        ("a", PNG, UnsupportedFormat, "a PNG image"),
        ("a.pdf", b"", EmptyDocument, "empty"),
        ("a.txt", b" \n\t\r\n", EmptyDocument, "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", EmptyDocument, "empty"),
        ("a.txt", "\N{NO-BREAK SPACE}\n\N{IDEOGRAPHIC SPACE}".encode(), EmptyDocument, "white space"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", EmptyDocument, "no main text"),
        ("a.json", b"[]", EmptyDocument, "without words"),
        ("a.vtt", b"WEBVTT\n\n", EmptyDocument, "no cues"),
        ("a.pdf", without_pages(), EmptyDocument, "without pages"),
        ("a.pdf", pdf(WORDS, password="sesame"), EncryptedDocument, "password"),
        ("a.pdf", pdf("", ""), NoTextLayer, "2 pages and no text"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8, DamagedDocument, "PDF"),
        ("a.pdf", pdf(WORDS)[:300], DamagedDocument, "PDF"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason_and_a_remedy(name: str, content: bytes, kind: type[SourceError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        extract(content, name)
    assert type(caught.value) is kind
    assert name in caught.value.message
    assert len(caught.value.remedy) > 10


def test_a_scan_is_told_how_to_get_its_text() -> None:
    with pytest.raises(NoTextLayer) as caught:
        extract(pdf(""), "a.pdf")
    assert "ocrmypdf" in caught.value.remedy
    assert "1 page and" in caught.value.message


def test_an_unknown_format_is_told_the_known_ones() -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        extract(ZIP, "a.docx")
    assert "WebVTT (.vtt)" in caught.value.remedy


def test_a_damaged_table_of_places_does_not_stop_a_pdf_that_can_be_mended() -> None:
    whole = pdf(WORDS)
    cut = whole.index(b"xref\n")
    media_type, extraction = extract(whole[:cut] + whole[cut:].replace(b"0000", b"9999"), "a.pdf")
    assert media_type == "application/pdf"
    assert WORDS in extraction.pages[0].text


def test_a_page_without_text_among_others_is_a_note_and_no_error() -> None:
    _, extraction = extract(pdf(WORDS, "", WORDS), "a.pdf")
    assert [page.number for page in extraction.pages] == [1, 2, 3]
    assert "no text on page 2: pictures or scans, which were not read" in extraction.notes


def test_a_file_beyond_the_limits_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExtractionLimit, match="5,000 bytes, more than 1,000"):
        extract(b"word " * 1000, "a.txt", limits=Limits(bytes=1000))
    with pytest.raises(ExtractionLimit, match="5,000 characters, more than 1,000"):
        extract(b"word " * 1000, "a.txt", limits=Limits(characters=1000))
    with pytest.raises(ExtractionLimit, match="10 characters"):
        extract(pdf(WORDS), "a.pdf", limits=Limits(characters=10))


@pytest.mark.parametrize("memory_mb", [16, 150])
def test_the_real_reader_keeps_to_its_memory(memory_mb: int) -> None:
    with pytest.raises(ExtractionLimit, match=f"{memory_mb} MB"):
        extract(pdf(WORDS), "a.pdf", limits=Limits(memory_mb=memory_mb))
