"""Conversations kept in the home, one JSON file each. Knows no answer's form, no library and no screen.

The first line of a file says what the others hold, so that hundreds can be listed without reading them; a file is
written whole or not at all, and one that cannot be read is named and skipped.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from corpus.errors import ConversationDamaged, HomeError, UnknownConversation
from corpus.home import home_error, make_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = 1
LAST = "last"
"""Names the conversation that was changed last."""
LONGEST_TITLE = 200
"""Characters of a title; the first question is kept whole in its turn."""
LONGEST_HEAD = 4096
"""Bytes of a file's first line."""
WAIT = 10.0
"""Seconds that a writer waits for another."""

_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One question, and its answer or what went wrong."""

    question: str
    """As asked."""
    moment: str
    """ISO time of its asking, UTC."""
    answer: Mapping[str, Any] | None = None
    """The JSON form of an answer; None where there was an error."""
    message: str = ""
    """What failed, where something did."""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a conversation without reading it."""

    id: str
    """Sorts by the time of its beginning."""
    title: str
    """Its first question."""
    begun: str
    """ISO time, UTC."""
    changed: str
    """ISO time of its last turn."""
    turns: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole one."""

    head: Head
    turns: tuple[KeptTurn, ...]


def now() -> str:
    """The moment, as conversations write it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Conversations:
    """Those of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "conversations"

    def begin(self, turn: KeptTurn) -> Head:
        """Keep the first turn of a new conversation; raises a `HomeError`."""
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
        head = Head(f"{stamp}-{secrets.token_hex(3)}", _title(turn.question), turn.moment, turn.moment, 1)
        self._write(Conversation(head, (turn,)))
        return head

    def append(self, name: str, turn: KeptTurn) -> Head:
        """Keep one more turn; raises `UnknownConversation`, `ConversationDamaged`, or another `HomeError`."""
        with self._alone():
            there = self.read(name)
            head = replace(there.head, changed=turn.moment, turns=len(there.turns) + 1)
            self._write(Conversation(head, (*there.turns, turn)))
        return head

    def listed(self) -> tuple[list[Head], list[str]]:
        """All of them, the one changed last first; and the names of files that cannot be read."""
        heads, damaged = [], []
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            try:
                with path.open("rb") as file:
                    heads.append(_head(json.loads(file.readline(LONGEST_HEAD).rstrip().removesuffix(b",") + b"}"), path))
            except (OSError, ValueError, KeyError, TypeError):
                damaged.append(path.name)
        return sorted(heads, key=lambda head: (head.changed, head.id), reverse=True), damaged

    def read(self, name: str) -> Conversation:
        """One of them, by its id or as `last`; raises `UnknownConversation`, `ConversationDamaged`."""
        path = self._path(name)
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            turns = tuple(map(_turn, held["turns"]))
            return Conversation(replace(_head(held, path), turns=len(turns)), turns)
        except FileNotFoundError as error:
            raise _unknown(name) from error
        except OSError as error:
            raise home_error(error, path) from error
        except (ValueError, KeyError, TypeError) as error:
            raise ConversationDamaged(
                f"The conversation in {path} cannot be read: it is not in the form that Pincite writes.",
                remedy="Mend the file or delete it; all other conversations are unaffected.",
                path=str(path),
            ) from error

    def delete(self, name: str) -> None:
        """Take one out; raises `UnknownConversation`, or another `HomeError`."""
        path = self._path(name)
        try:
            with self._alone():
                path.unlink()
        except FileNotFoundError as error:
            raise _unknown(name) from error
        except OSError as error:
            raise home_error(error, path) from error

    def _path(self, name: str) -> Path:
        """Where one lies; an id that is none is never made a path."""
        if name == LAST:
            heads, _ = self.listed()
            if not heads:
                raise UnknownConversation(
                    "No conversation is kept in the home yet.", remedy='Begin one: pincite ask --keep "QUESTION"'
                )
            name = heads[0].id
        if not _ID.fullmatch(name):
            raise _unknown(name)
        return self.folder / f"{name}.json"

    def _write(self, conversation: Conversation) -> None:
        make_folder(self.folder)
        write_file(self.folder / f"{conversation.head.id}.json", _written(conversation).encode("utf-8", "replace"))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, so that two who add a turn at once both keep theirs."""
        make_folder(self.folder)
        lock = FileLock(self.folder / "write.lock", timeout=WAIT)
        try:
            lock.acquire()
        except Timeout as error:
            raise HomeError(
                f"Another process has been writing to {self.folder} for {WAIT:.0f} seconds.",
                remedy="Wait until it is done, then do it again.",
            ) from error
        except OSError as error:
            raise home_error(error, self.folder) from error
        try:
            yield
        finally:
            lock.release()


def conversation_json(conversation: Conversation) -> dict[str, object]:
    """The whole of it, as its file holds it."""
    head = conversation.head
    turns = [
        {"question": turn.question, "moment": turn.moment, "answer": turn.answer}
        | ({} if turn.answer is not None else {"message": turn.message, "remedy": turn.remedy})
        for turn in conversation.turns
    ]
    return {**_first_line(head), "turns": turns}


def _first_line(head: Head) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "id": head.id,
        "title": head.title,
        "begun": head.begun,
        "changed": head.changed,
        "count": head.turns,
    }


def _written(conversation: Conversation) -> str:
    """JSON whose first line is the head, with its last brace left to the end of the file."""
    first = json.dumps(_first_line(conversation.head), ensure_ascii=False)
    turns = ",\n".join(json.dumps(turn, ensure_ascii=False) for turn in _list(conversation_json(conversation)["turns"]))
    return f'{first[:-1]},\n"turns": [\n{turns}\n]}}\n'


def _head(held: Mapping[str, Any], path: Path) -> Head:
    if held["schema"] != SCHEMA or held["id"] != path.stem or not _ID.fullmatch(path.stem):
        raise ValueError("it is of another form")
    title, begun, changed = (_text(held[name]) for name in ("title", "begun", "changed"))
    return Head(path.stem, title, begun, changed, int(held["count"]))


def _turn(held: Mapping[str, Any]) -> KeptTurn:
    answer = held["answer"]
    if answer is not None and not isinstance(answer, Mapping):
        raise TypeError("an answer is an object")
    return KeptTurn(
        _text(held["question"]), _text(held["moment"]), answer, _text(held.get("message", "")), _text(held.get("remedy", ""))
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _title(question: str) -> str:
    folded = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", question).split())
    return folded if len(folded) <= LONGEST_TITLE else f"{folded[: LONGEST_TITLE - 1]}…"


def _unknown(name: str) -> UnknownConversation:
    return UnknownConversation(
        f"No conversation {name[:80]!r} is kept in the home.", remedy="See which there are: pincite conversations list"
    )
