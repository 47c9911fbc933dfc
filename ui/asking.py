"""The commands `ask` and `answer`. Knows flags and how to say things; every deed is in `ui.workflows`.

What every command begins with is here as well: the settings from its flags, and the reader of the home.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import conversations

if TYPE_CHECKING:
    from bot.reader import Reader
    from corpus.settings import Settings

DONE, IN_PART = 0, 3

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")]
EssayKey = Annotated[str | None, typer.Option("--essay", help="Another essay than the first, by its key.", show_default=False)]
Count = Annotated[int, typer.Option("--evidence", min=1, max=100, help="How many passages an answer may rest on.")]
Works = Annotated[list[str] | None, typer.Option("--work", help="Search only this work; may be given again.", show_default=False)]
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm", metavar="SPEC", help="Let this language model write, e.g. ollama/llama3.2 (PINCITE_LLM).", show_default=False
    ),
]


def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.", show_default=False)] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help='Questions, one {"id", "question"} a line.', show_default=False)
    ] = None,
    as_json: Json = False,
    evidence: Count = 10,
    work: Works = None,
    llm: Llm = None,
    keep: Annotated[bool, typer.Option("--keep", help="Begin a conversation that the home keeps.")] = False,
    go_on: Annotated[
        str | None,
        typer.Option("--continue", metavar="ID", help="Go on with a kept conversation: its id, or `last`.", show_default=False),
    ] = None,
    home: Home = None,
) -> None:
    """Answer one question, or a file of them."""
    from ui import wiring, workflows
    from ui.growing import whole
    from ui.progress import console
    from ui.show import print_answers

    _require_sense(question, file, keep=keep, go_on=go_on)
    settings = settings_from(home, llm)
    lines = workflows.lines_of(file) if file is not None else []
    reader, screen, works = reader_of(settings), console(), work or ()
    writer = wiring.make_writer(settings, reader.embedder)
    if question is None:
        answers = workflows.ask_lines(reader, lines, works=works, evidence=evidence, writer=writer)
    else:
        if keep or go_on is not None:
            states = conversations.asking_kept(reader, question, go_on, works=works, evidence=evidence, writer=writer)
        else:
            states = workflows.asking(reader, question, works=works, evidence=evidence, writer=writer)
        answers = iter([whole(screen, states, writer.name if writer and not as_json else None)])
    failed = print_answers(screen, answers, as_json=as_json)
    if keep:
        typer.echo('Kept. Go on with it: pincite ask --continue last "QUESTION"', err=True)
    raise typer.Exit(IN_PART if failed else DONE)


def _require_sense(question: str | None, file: Path | None, *, keep: bool, go_on: str | None) -> None:
    """Raise a usage error where what was asked for does not go together."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file", param_hint="QUESTION")
    if (keep or go_on is not None) and (file is not None or (keep and go_on is not None)):
        raise typer.BadParameter("give one of --keep and --continue, and a question", param_hint="--continue")


def answer(
    out: Annotated[Path, typer.Option("--out", help="Folder for the report.")] = Path("report"),
    essay: EssayKey = None,
    evidence: Count = 10,
    llm: Llm = None,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help="Show each quote on its page.")] = True,
    home: Home = None,
) -> None:
    """Answer every question of the essay, and write a report: HTML, Markdown, JSON, BibTeX."""
    from functools import partial

    from bot.essay import answer_essay
    from ui import wiring, workflows
    from ui.exhibit import crop_picture
    from ui.progress import console, counting
    from ui.report import write_report
    from ui.report.files import require_folder
    from ui.show import show_summary

    settings = settings_from(home, llm)
    require_folder(out)
    chosen = workflows.choose_essay(settings, essay)
    reader = reader_of(settings)
    writer = wiring.make_writer(settings, reader.embedder)
    given = answer_essay(reader, chosen, evidence=evidence, writer=writer)
    answers = [each for _, each in counting(given, len(chosen.questions), "Answering")]
    crops = partial(crop_picture, reader.library) if pictures else None
    files = write_report(answers, chosen, list(reader.works().values()), out, pictures=crops)
    workflows.save_answers(settings, chosen, answers)
    screen = console()
    show_summary(screen, answers, chosen)
    if writer is not None:
        screen.print(f"\n{writer.name} read and wrote {writer.budget.spent:,} tokens.", highlight=False, soft_wrap=True)
    screen.print(f"\nReport: {files.html}", highlight=False, soft_wrap=True)
    raise typer.Exit(DONE if all(each.status != "error" for each in answers) else IN_PART)


def settings_from(home: Path | None, llm: str | None = None) -> Settings:
    """The settings, flags first; a variable that nothing reads is told."""
    from corpus.settings import Settings, unread_variables

    for variable in unread_variables():
        typer.echo(f"Nothing reads the variable {variable}.", err=True)
    return Settings.load(home=home, llm=llm)


def reader_of(settings: Settings) -> Reader:
    """What questions are asked of; what had to be mended is told."""
    from ui import wiring

    reader, mended = wiring.make_reader(settings)
    if mended:
        typer.echo(mended, err=True)
    return reader
