"""Conversations in the home: kept whole, listed cheaply, none lost to a damaged one."""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING

import pytest

from corpus.conversations import LONGEST_HEAD, Conversations, KeptTurn, conversation_json, now
from corpus.errors import ConversationDamaged, HomeNotWritable, UnknownConversation

if TYPE_CHECKING:
    from pathlib import Path


def turn(question: str = "Is it so?", moment: str = "2031-05-05T10:00:00Z", **held: object) -> KeptTurn:
    return KeptTurn(question, moment, {"question": question, "opening": "Perhaps.\n“So”", **held})


def test_turns_come_back_as_they_were_kept(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn("Is forgetting “all”\nwe need?"))
    letter = KeptTurn("why?", "2031-05-05T10:01:00Z", None, "It failed.", "Ask again.")
    after = kept.append(head.id, letter)
    held = kept.read(head.id)
    assert held.turns == (turn("Is forgetting “all”\nwe need?"), letter)
    assert held.head == after
    assert (after.title, after.turns) == ("Is forgetting “all” we need?", 2)
    assert (after.begun, after.changed) == ("2031-05-05T10:00:00Z", "2031-05-05T10:01:00Z")
    assert kept.listed() == ([after], [])
    assert kept.read("last") == held


def test_the_one_changed_last_is_listed_first_and_is_the_last(home: Path) -> None:
    kept = Conversations(home)
    heads = [kept.begin(turn(f"Question {day}?", f"2031-05-0{day}T10:00:00Z")) for day in (1, 3, 2)]
    assert [head.title for head in kept.listed()[0]] == ["Question 3?", "Question 2?", "Question 1?"]
    kept.append(heads[0].id, turn("And now?", "2031-05-09T10:00:00Z"))
    assert [head.title for head in kept.listed()[0]] == ["Question 1?", "Question 3?", "Question 2?"]
    assert kept.read("last").head.title == "Question 1?"


def test_ids_sort_by_the_time_of_their_beginning() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())


def test_listing_reads_no_more_than_the_first_line(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn("Long? " * 300))
    file = home / "conversations" / f"{head.id}.json"
    first = file.read_bytes().split(b"\n")[0]
    assert len(first) < LONGEST_HEAD
    assert head.title.endswith("…")
    file.write_bytes(first + b"\n" + b"\xff" * 100)
    assert kept.listed() == ([head], [])
    with pytest.raises(ConversationDamaged):
        kept.read(head.id)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"schema": 1}', '{"schema": 2, "id": "x"}', "\x00" * 9, '{"schema": 1,\n"turns": 3}']
)
def test_a_damaged_file_is_named_and_skipped(home: Path, content: str) -> None:
    kept = Conversations(home)
    sound = kept.begin(turn())
    name = "20310505-100000-abcdef"
    (home / "conversations" / f"{name}.json").write_text(content, encoding="utf-8")
    assert kept.listed() == ([sound], [f"{name}.json"])
    with pytest.raises(ConversationDamaged) as error:
        kept.read(name)
    assert str(home / "conversations" / name) in error.value.message
    with pytest.raises(ConversationDamaged):
        kept.append(name, turn())
    assert (home / "conversations" / f"{name}.json").read_text(encoding="utf-8") == content
    assert kept.read("last").head == sound
    kept.delete(name)
    assert kept.listed() == ([sound], [])


def test_a_file_under_another_name_is_not_taken_for_it(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn())
    file = home / "conversations" / f"{head.id}.json"
    file.rename(file.with_name("20310505-100000-abcdef.json"))
    assert kept.listed() == ([], ["20310505-100000-abcdef.json"])


def test_one_is_deleted_and_then_unknown(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn())
    kept.delete(head.id)
    assert kept.listed() == ([], [])
    for deed in (lambda: kept.delete(head.id), lambda: kept.read(head.id), lambda: kept.append(head.id, turn())):
        with pytest.raises(UnknownConversation):
            deed()


@pytest.mark.parametrize("name", ["last", "nobody", "../answers/x", "", "20310505-100000-abcdef/../x", "/etc/passwd", "\ud800"])
def test_an_id_that_is_none_is_never_a_path(home: Path, name: str) -> None:
    kept = Conversations(home)
    with pytest.raises(UnknownConversation) as error:
        kept.read(name)
    assert error.value.remedy
    with pytest.raises(UnknownConversation):
        kept.delete(name)


def test_two_who_write_at_once_both_keep_their_turns(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn())
    threads = [threading.Thread(target=kept.append, args=(head.id, turn(f"Turn {number}?"))) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = kept.read(head.id)
    assert {each.question for each in held.turns} == {"Is it so?", *(f"Turn {number}?" for number in range(12))}
    assert kept.listed()[0][0].turns == 13


def test_what_cannot_be_written_is_told_and_nothing_is_left_behind(home: Path) -> None:
    home.mkdir()
    (home / "conversations").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(HomeNotWritable):
        Conversations(home).begin(turn())
    assert Conversations(home).listed() == ([], [])


def test_half_a_character_does_not_stop_it(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn("What is \ud83d?"))
    assert kept.read(head.id).turns[0].question == "What is ??"


def test_the_whole_of_it_is_json_in_its_own_file(home: Path) -> None:
    kept = Conversations(home)
    head = kept.begin(turn())
    held = json.loads((home / "conversations" / f"{head.id}.json").read_text(encoding="utf-8"))
    assert held == conversation_json(kept.read(head.id))
    assert list((home / "conversations").glob("*.part")) == []
