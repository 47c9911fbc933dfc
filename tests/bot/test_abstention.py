"""What an abstention says."""

from __future__ import annotations

from bot.abstention import unspoken_of


def test_a_matter_is_named_where_its_words_make_a_phrase() -> None:
    assert unspoken_of("tungsten wire", ["Hale 2030"]) == "Nothing that was found in Hale 2030 speaks of “tungsten wire”."
    assert unspoken_of("forgetting all small harbours", ["Hale 2030"]) == "Nothing that was found in Hale 2030 speaks of that."
    assert unspoken_of("tungsten", []) == ""
