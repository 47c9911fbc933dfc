from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import DamagedDocument, EmptyDocument
from ingest.extract import Extraction, extract

TALK = Path(__file__).parents[4] / "shared" / "papers" / "more" / "karpathy-state-of-gpt.vtt"

VTT = """WEBVTT - a talk
Kind: captions

NOTE made for a test

STYLE
::cue { color: white }

intro
00:01.000 --> 00:04.500 align:start position:0%
<v The Keeper>Good <i>evening</i>, everyone &amp; welcome.

01:00:05.250 --> 01:00:07.000
We count 3 < 4
lamps.

01:00:08.000 --> 01:00:09.000
[Applause]
"""
SRT = """1
00:00:01,000 --> 00:00:04,500
{\\an8}<font color="#fff">Good evening,</font>

2
00:01:05,250 --> 00:01:07,000
everyone.
"""
ROLLING = """WEBVTT

00:00:00.000 --> 00:00:02.000
 
good<00:00:00.500><c> evening</c>

00:00:02.000 --> 00:00:02.010
good evening
 

00:00:02.010 --> 00:00:04.000
good evening
we<00:00:02.500><c> count</c>

00:00:04.000 --> 00:00:04.010
we count
 

00:00:04.010 --> 00:00:06.000
we count
lamps
"""  # noqa: W293 - YouTube writes such lines


def read(text: str, name: str = "talk.vtt") -> Extraction:
    return extract(text.encode(), name)[1]


def test_webvtt_is_one_page_with_the_time_of_each_cue() -> None:
    extraction = read(VTT)
    (page,) = extraction.pages
    assert page.text == "Good evening, everyone & welcome.\nWe count 3 < 4\nlamps.\n[Applause]"
    assert page.times == ((0, 1.0), (34, 3605.25), (56, 3608.0))
    assert page.time_at(page.text.index("lamps")) == 3605.25
    assert (page.number, page.part, extraction.timed) == (None, None, True)


def test_lines_are_prose_and_sounds_are_not_searched() -> None:
    extraction = read(VTT)
    text = extraction.pages[0].text
    assert [(line.span.of(text), line.kind) for line in extraction.lines[0]] == [
        ("Good evening, everyone & welcome.", "prose"),
        ("We count 3 < 4", "prose"),
        ("lamps.", "prose"),
        ("[Applause]", "matter"),
    ]


def test_subrip_reads_the_same_way_even_behind_blank_lines_and_with_windows_line_ends() -> None:
    for text in (SRT, "\n\n" + SRT, SRT.replace("\n", "\r\n")):
        (page,) = read(text, "talk.srt").pages
        assert (page.text, page.times) == ("Good evening,\neveryone.", ((0, 1.0), (14, 65.25)))


def test_captions_that_roll_are_said_once() -> None:
    extraction = read(ROLLING)
    (page,) = extraction.pages
    assert page.text == "good evening\nwe count\nlamps"
    assert page.times == ((0, 0.0), (13, 2.01), (22, 4.01))
    assert any("repeated" in note for note in extraction.notes)


def test_what_a_speaker_says_twice_stays() -> None:
    said = ["Lamps?", "No.", "No.", "Oil?", "No."]
    cues = "".join(f"\n00:0{n}.000 --> 00:0{n}.900\n{words}\n" for n, words in enumerate(said))
    assert read("WEBVTT\n" + cues).pages[0].text.split("\n") == said


def test_cues_out_of_order_are_put_in_order() -> None:
    extraction = read("WEBVTT\n\n00:05.000 --> 00:06.000\nsecond\n\n00:01.000 --> 00:02.000\nfirst\n")
    assert extraction.pages[0].text == "first\nsecond"
    assert any("order" in note for note in extraction.notes)


@pytest.mark.parametrize("times", ["00:01.000 --> soon", "0001.000 --> 00:02.000", "00:99.000 --> 00:02.000", "00:01 --> 00:02"])
def test_times_that_are_none_are_an_error_that_names_the_line(times: str) -> None:
    with pytest.raises(DamagedDocument, match="line 6"):
        read(f"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n\n{times}\nThis would be lost.\n")


def test_times_that_are_none_in_subrip() -> None:
    with pytest.raises(DamagedDocument, match="line 6"):
        read(SRT.replace("00:01:05,250", "00:01:xx,250"), "talk.srt")


def test_cues_without_words_are_an_empty_document() -> None:
    with pytest.raises(EmptyDocument):
        read("WEBVTT\n\n00:00.000 --> 00:01.000\n<i></i>\n")


@pytest.mark.papers
@pytest.mark.skipif(not TALK.is_file(), reason="the talk is not here")
def test_the_real_talk() -> None:
    (page,) = extract(TALK.read_bytes(), TALK.name)[1].pages
    assert len(page.times) == TALK.read_text().count("-->")
    assert list(page.times) == sorted(page.times)
