"""Kept conversations: `pincite conversations`, and asking within one. Knows flags and forms; the files are `corpus`'s."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answers import Answer
    from bot.followup import Exchange
    from bot.reader import Reader
    from bot.write import Writer
    from corpus.conversations import Conversation, Conversations, Head, KeptTurn
    from ui.conversation import Letter, Turn

conversations = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Conversations that the home keeps.")

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")]
Name = Annotated[
    str, typer.Argument(metavar="ID", help="Its id, as `conversations list` gives it, or `last`.", show_default=False)
]


@conversations.command("list")
def list_conversations(as_json: Json = False, home: Home = None) -> None:
    """List them, the one changed last first."""
    from ui.printable import counted, printable

    heads, damaged = _kept(home).listed()
    if as_json:
        typer.echo(json.dumps([_head_to_json(head) for head in heads], ensure_ascii=False))
    elif not heads:
        typer.echo('No conversation is kept yet. Begin one: pincite ask --keep "QUESTION"')
    else:
        for head in heads:
            typer.echo(f"{head.id}  {printable(head.title)} ({counted(head.turns, 'question')}, {head.changed})")
    for name in damaged:
        typer.echo(f"{name} cannot be read, and was skipped.", err=True)


@conversations.command("show")
def show(name: Name, as_json: Json = False, home: Home = None) -> None:
    """Show one, question by question."""
    from ui.progress import console
    from ui.show import print_answers

    conversation = _kept(home).read(name)
    if as_json:
        typer.echo(json.dumps(conversation_export(conversation), ensure_ascii=False))
    else:
        print_answers(console(), _answers(conversation), as_json=False)


@conversations.command("delete")
def delete(names: Annotated[list[str], typer.Argument(metavar="ID", help="Its id, or `last`.")], home: Home = None) -> None:
    """Delete conversations."""
    kept = _kept(home)
    for name in dict.fromkeys(names):
        kept.delete(name)
        typer.echo(f"Deleted: {name}")


@conversations.command("export")
def export(
    name: Name,
    out: Annotated[Path | None, typer.Option("--out", help="A file: .md or .json.", show_default=False)] = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Write one as Markdown, or as JSON, which `pincite verify` reads; on standard output where no file is named."""
    from corpus.home import write_file

    conversation = _kept(home).read(name)
    as_json = as_json or (out is not None and out.suffix.lower() == ".json")
    if as_json:
        text = json.dumps(conversation_export(conversation), ensure_ascii=False, indent=1) + "\n"
    else:
        text = conversation_markdown(conversation.head.title, turns_of(conversation))
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_file(out, text.encode())
        typer.echo(f"Written: {out}")


def asking_kept(
    reader: Reader,
    question: str,
    name: str | None,
    *,
    works: Sequence[str] = (),
    evidence: int,
    writer: Writer | None = None,
) -> Iterator[Answer]:
    """Ask within a kept conversation, or begin one where `name` is None; the answer as it grows, and whole it is kept."""
    from corpus.conversations import Conversations
    from ui import workflows

    kept = Conversations(reader.library.home)
    conversation = kept.read(name) if name is not None else None
    earlier = exchanges_of(turns_of(conversation)) if conversation else ()
    for answer in workflows.asking(reader, question, works=works, evidence=evidence, writer=writer, earlier=earlier):
        yield answer
    turn = kept_turn(answer.question, answer)
    if conversation is None:
        kept.begin(turn)
    else:
        kept.append(conversation.head.id, turn)


def kept_turn(question: str, outcome: Answer | Letter, moment: str | None = None) -> KeptTurn:
    """One turn as the home keeps it; now, where no moment is given."""
    from bot.answer_json import answer_to_json
    from bot.answers import Answer
    from corpus.conversations import KeptTurn, now

    if isinstance(outcome, Answer):
        return KeptTurn(question, moment or now(), answer_to_json(outcome))
    return KeptTurn(question, moment or now(), message=outcome.message, remedy=outcome.remedy)


def turns_of(conversation: Conversation) -> list[Turn]:
    """The turns of a kept conversation, to be shown or gone on with; an answer of another form is a letter that says so."""
    from bot.answer_json import answer_from_json
    from corpus.errors import SavedAnswerError
    from ui.conversation import Letter, Turn

    turns = []
    for kept in conversation.turns:
        outcome: Answer | Letter
        try:
            outcome = answer_from_json(kept.answer) if kept.answer is not None else Letter(kept.message, kept.remedy)
        except SavedAnswerError as error:
            outcome = Letter(error.message, "Ask it again.")
        turns.append(Turn(kept.question, outcome))
    return turns


def exchanges_of(turns: Iterable[Turn]) -> list[Exchange]:
    """What a follow-up may lean on: the turns that came to an answer, or to an abstention."""
    from bot.answers import Answer
    from bot.followup import exchange_of

    return [exchange_of(turn.outcome) for turn in turns if isinstance(turn.outcome, Answer) and turn.outcome.status != "error"]


def conversation_markdown(title: str, turns: Iterable[Turn]) -> str:
    """A conversation as Markdown, its quotes as footnotes with their pincites."""
    from ui.report.arrangement import arrange
    from ui.report.markdown import report_markdown

    return report_markdown(arrange([_answer(turn) for turn in turns], None, ()), title=title)


def conversation_export(conversation: Conversation) -> dict[str, object]:
    """A conversation as JSON: its head, and its answers in the form of `pincite ask --json`."""
    from bot.answer_json import answer_to_json

    answers = [
        answer_to_json(answer) | {"moment": turn.moment}
        for turn, answer in zip(conversation.turns, _answers(conversation), strict=True)
    ]
    return {**_head_to_json(conversation.head), "answers": answers}


def _answers(conversation: Conversation) -> list[Answer]:
    return [_answer(turn) for turn in turns_of(conversation)]


def _answer(turn: Turn) -> Answer:
    """The answer of a turn; what went wrong as an answer that says so."""
    from bot.answers import Answer

    if isinstance(turn.outcome, Answer):
        return turn.outcome
    says = f"{turn.outcome.message} {turn.outcome.remedy}" if turn.outcome else "Nothing was found yet."
    return Answer(turn.question, turn.question, "error", message=says)


def _head_to_json(head: Head) -> dict[str, object]:
    return {"id": head.id, "title": head.title, "begun": head.begun, "changed": head.changed, "questions": head.turns}


def _kept(home: Path | None) -> Conversations:
    from corpus.conversations import Conversations
    from corpus.settings import Settings

    return Conversations(Settings.load(home=home).home)
