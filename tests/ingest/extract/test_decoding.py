from __future__ import annotations

import pytest

from corpus.errors import WrongEncoding
from ingest.extract.decoding import decode

GERMAN = "Die Straße führt über grüne Hügel, und die Bäume blühen schön.\n"
ENGLISH = "The “ledger” is kept — slowly — by one keeper. It isn’t finished, and the café is closed.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark_and_never_guessed(encoding: str) -> None:
    decoded = decode((GERMAN + ENGLISH).encode(encoding), "a.txt")
    assert decoded.text == GERMAN + ENGLISH
    assert decoded.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_by_its_mark_in_either_order(encoding: str) -> None:
    assert decode("\ufeff".encode(encoding) + GERMAN.encode(encoding), "a.txt").text == GERMAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (ENGLISH, "cp1252"),
        ("The café on the corner sells naïve paintings of the river.\n", "cp1252"),
        ("Хранитель считает фонари каждый вечер и записывает число.\n", "cp1251"),
        ("Хранитель считает фонари каждый вечер и записывает число.\n", "koi8-r"),
        ("管理人は毎晩ランタンを数え、その数を帳簿に書き込みます。\n", "shift_jis"),
        ("守灯人每天晚上清点灯笼，并把数目写进账本。\n", "gb18030"),
    ],
)
def test_an_older_encoding_is_guessed_and_the_guess_is_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding) * 5, "a.txt")
    assert decoded.text == text * 5
    assert "guessed" in decoded.notes[0]


def test_what_the_file_declares_comes_before_a_guess() -> None:
    polish = "Zażółć gęślą jaźń.\n"
    decoded = decode(polish.encode("iso8859-2"), "a.html", declared="iso-8859-2")
    assert (decoded.text, decoded.notes) == (polish, ())


@pytest.mark.parametrize("declared", ["iso-8859-2000", "utf-8", "ascii"])
def test_a_declaration_that_is_wrong_is_passed_over(declared: str) -> None:
    assert decode(GERMAN.encode("cp1252") * 5, "a.html", declared=declared).text == GERMAN * 5


def test_a_page_that_says_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode("“so”".encode("cp1252"), "a.html", declared="iso-8859-1").text == "“so”"


def test_utf_8_with_one_broken_place_is_refused_rather_than_turned_into_other_letters() -> None:
    with pytest.raises(WrongEncoding, match="byte 6:"):
        decode(b"Stra\xc3\x9f\xff" + GERMAN.encode() * 5, "a.txt")


def test_noise_is_no_text() -> None:
    with pytest.raises(WrongEncoding):
        decode(bytes(range(128, 256)) * 20, "a.txt")


def test_every_line_end_becomes_one() -> None:
    assert decode(b"a\r\nb\rc\nd", "a.txt").text == "a\nb\nc\nd"


def test_letters_that_were_lost_before_are_noted() -> None:
    assert decode("caf\ufffd".encode(), "a.txt").notes == ("1 characters were already lost when it was saved (U+FFFD)",)
