"""What a person reads while works are taken in, and the exit code that follows."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from corpus.errors import EncryptedDocument
from corpus.works import Author, Work
from ingest.events import (
    AnnotationsTied,
    Embedding,
    Event,
    Failed,
    Fetching,
    LeftOut,
    Reading,
    Registered,
    Removed,
    TakenIn,
    Unchanged,
)
from ui import progress
from ui.progress import counting, follow, follow_rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator

WORK = Work("keeper-2031", "Lanterns and Ledgers", (Author("LeKeeper", "Ada"),), 2031)
LOCKED = EncryptedDocument("locked.pdf needs a password.", remedy="Take the password off.")
QUIET: tuple[Event, ...] = (Reading("a.pdf"), Fetching("keeper-2031", "Lanterns"), Embedding("a.pdf", 3, 9))


def taken(*, replaced: bool = False, pages: int = 5) -> TakenIn:
    return TakenIn(WORK, "lanterns.pdf", pages, 33, 12, replaced, how="title", notes=("2 marks are left out",))


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *, patience: float) -> Terminal:
    """Both outputs on a terminal, before a person who waits that long."""
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    return screen


def test_what_became_of_each_file_is_told_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    events = (
        taken(),
        taken(replaced=True, pages=1),
        AnnotationsTied("keeper-2031", 4, ("Lamps fly.",)),
        LeftOut("b.txt", "no work"),
    )
    assert follow(events) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("+ keeper-2031: Lanterns and Ledgers")
    assert "title" in lines[1]
    assert "5 pages, 33 passages, 12 of them embedded now" in lines[1]
    assert "2 marks are left out" in lines[2]
    assert lines[3].startswith("* keeper-2031")
    assert "pages" not in lines[4]
    assert "4 annotations" in lines[6]
    assert "Lamps fly." in lines[7]
    assert "b.txt: left out" in lines[8]


def test_a_failure_is_told_with_its_remedy_and_makes_it_done_in_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert follow([Failed("locked.pdf", LOCKED), taken(), Unchanged("keeper-2031", "lanterns.pdf")]) == 3
    out = capsys.readouterr().out
    assert "! locked.pdf: locked.pdf needs a password.\n    Take the password off.\n" in out
    assert out.splitlines()[-1].startswith("1 file or work could not be taken in")
    assert "Nothing new" not in out
    assert follow([Failed("a", LOCKED), Failed("b", LOCKED)]) == 3
    assert "2 files or works" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("events", "said"),
    [((Unchanged("a", "a.txt"),), True), ((Unchanged("a", "a.txt"), taken()), False), ((), False), ((Removed("a", "A"),), False)],
)
def test_nothing_new_is_said_only_where_all_was_there(
    capsys: pytest.CaptureFixture[str], events: tuple[Event, ...], said: bool
) -> None:
    assert follow(events) == 0
    assert ("Nothing new" in capsys.readouterr().out) is said


def test_a_work_known_by_annotations_keeps_the_letters_of_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    events = (
        Registered(WORK, 3, "LeKeeper 2031 was not fetched."),
        Registered(WORK, 3, "none of the files at hand is this work"),
    )
    assert follow(events) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("~ keeper-2031: by 3 annotations only")
    assert first.endswith("LeKeeper 2031 was not fetched.")
    assert second.lower().endswith("none of the files at hand is this work.")


def test_text_from_elsewhere_cannot_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    follow([LeftOut("a\x1b[2J\udcff.pdf", "[bold]no[/bold] \u202ework"), Removed("a", "T\x9b")])
    out = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x9b", "\udcff"} & set(out)
    assert "[bold]no[/bold]" in out


def test_in_a_pipe_nothing_is_said_of_what_is_under_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    follow(QUIET)
    follow_rebuild([Embedding("the library", 1, 2), 1234])
    assert list(counting(iter("ab"), 2, "Asking")) == ["a", "b"]
    said = capsys.readouterr()
    assert said.out == "The index was built anew: 1,234 vectors.\n"
    assert said.err == ""


def test_on_a_terminal_it_is_said_once_it_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch, patience=60.0)
    follow(QUIET)
    assert terminal.getvalue() == ""
    terminal = on_a_terminal(monkeypatch, patience=0.0)
    follow([*QUIET[:2], taken(), *QUIET[2:]])
    said = terminal.getvalue()
    places = [said.index(words) for words in ("Fetching Lanterns", "+ keeper-2031", "Embedding a.pdf: 3 of 9")]
    assert places == sorted(places)
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


def test_the_cursor_comes_back_when_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch, patience=0.0)

    def failing() -> Iterator[Event]:
        yield Reading("a.pdf")
        raise LOCKED

    with pytest.raises(EncryptedDocument):
        follow(failing())
    said = terminal.getvalue()
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


def test_counting_passes_every_step_on(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch, patience=0.0)
    assert list(counting(iter([1, 2, 3]), 3, "Answering")) == [1, 2, 3]
    assert "Answering 3 of 3" in terminal.getvalue()
