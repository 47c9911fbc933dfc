"""The command line. Knows flags, exit codes and how to say things; every deed is in `ui.workflows`.

Exit codes: 0 done, 1 an error a person can act on, 2 usage, 3 done in part.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import essays, updates

if TYPE_CHECKING:
    from bot.reader import Reader
    from corpus.settings import Settings

DONE, FAILED, IN_PART = 0, 1, 3

app = typer.Typer(
    name="pincite",
    help="Answers an essay's questions from the works it cites; every sentence points at the page or second it rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")]
EssayKey = Annotated[str | None, typer.Option("--essay", help="Another essay than the first, by its key.", show_default=False)]
Count = Annotated[int, typer.Option("--evidence", min=1, max=100, help="How many passages an answer may rest on.")]
Works = Annotated[list[str] | None, typer.Option("--work", help="Search only this work; may be given again.", show_default=False)]


def main() -> None:
    """Run the command line; an error is a short letter on standard error, never a traceback."""
    from ui.letters import letters

    with letters(FAILED):
        app()


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"pincite {installed('pincite')}")
        raise typer.Exit


@app.command()
def ingest(
    folder: Annotated[
        Path | None, typer.Option("--from", help="Take them from the files of this folder.", show_default=False)
    ] = None,
    essay: EssayKey = None,
    home: Home = None,
) -> None:
    """Take in the essay's works: from files at hand, or from where they live."""
    from ui import workflows
    from ui.progress import follow

    settings = _settings(home)
    raise typer.Exit(follow(workflows.ingest(settings, workflows.choose_essay(settings, essay), folder)))


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="arXiv id, DOI, address (OpenReview, YouTube, any page), or file: .pdf .txt .md .html .vtt .srt .json .bib"
        ),
    ],
    key: Annotated[str | None, typer.Option("--key", help="Key of the work, for one source.", show_default=False)] = None,
    home: Home = None,
) -> None:
    """Take in works by address or from files; the works of a .bib are made known."""
    from ui import workflows
    from ui.progress import follow

    if key is not None and len(sources) > 1:
        raise typer.BadParameter("--key goes with one source", param_hint="--key")
    raise typer.Exit(follow(workflows.add(_settings(home), sources, key)))


@app.command()
def remove(
    keys: Annotated[list[str], typer.Argument(help="Keys of works, as `pincite works` lists them.")], home: Home = None
) -> None:
    """Take works out whole: documents, passages, vectors, annotations."""
    from ui import workflows
    from ui.progress import follow

    settings = _settings(home)
    raise typer.Exit(max(follow(workflows.remove(settings, key)) for key in dict.fromkeys(keys)))


@app.command()
def works(
    as_json: Json = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="The works as BibTeX, for other programs.")] = False,
    home: Home = None,
) -> None:
    """List what is in the library, and in which state."""
    import json

    from corpus.bibliography import write_bibtex
    from ui import wiring
    from ui.progress import console
    from ui.show import show_works
    from ui.tables import works_to_json

    records = wiring.open_library(_settings(home)).works()
    if bibtex:
        typer.echo(write_bibtex(record.work for record in records), nl=False)
    elif as_json:
        typer.echo(json.dumps(works_to_json(records), ensure_ascii=False))
    else:
        show_works(console(), records)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.", show_default=False)] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help='Questions, one {"id", "question"} a line.', show_default=False)
    ] = None,
    as_json: Json = False,
    evidence: Count = 10,
    work: Works = None,
    home: Home = None,
) -> None:
    """Answer one question, or a file of them."""
    from ui import workflows
    from ui.progress import console
    from ui.show import print_answers

    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file", param_hint="QUESTION")
    settings = _settings(home)
    lines = workflows.lines_of(file) if file is not None else []
    reader = _reader(settings)
    if question is not None:
        answers = iter([workflows.ask(reader, question, works=work or (), evidence=evidence)])
    else:
        answers = workflows.ask_lines(reader, lines, works=work or (), evidence=evidence)
    raise typer.Exit(IN_PART if print_answers(console(), answers, as_json=as_json) else DONE)


@app.command()
def answer(
    out: Annotated[Path, typer.Option("--out", help="Folder for the report.")] = Path("report"),
    essay: EssayKey = None,
    evidence: Count = 10,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help="Show each quote on its page.")] = True,
    home: Home = None,
) -> None:
    """Answer every question of the essay, and write a report: HTML, Markdown, JSON, BibTeX."""
    from functools import partial

    from bot.essay import answer_essay
    from ui import workflows
    from ui.exhibit import crop_picture
    from ui.progress import console, counting
    from ui.report import write_report
    from ui.report.files import require_folder
    from ui.show import show_summary

    settings = _settings(home)
    require_folder(out)
    chosen = workflows.choose_essay(settings, essay)
    reader = _reader(settings)
    answers = [
        given for _, given in counting(answer_essay(reader, chosen, evidence=evidence), len(chosen.questions), "Answering")
    ]
    crops = partial(crop_picture, reader.library) if pictures else None
    files = write_report(answers, chosen, list(reader.works().values()), out, pictures=crops)
    workflows.save_answers(settings, chosen, answers)
    screen = console()
    show_summary(screen, answers, chosen)
    screen.print(f"\nReport: {files.html}", highlight=False, soft_wrap=True)
    raise typer.Exit(DONE if all(given.status != "error" for given in answers) else IN_PART)


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="A saved answer (JSON), or an HTML report.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every answer that the home keeps.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Prove every citation of a saved answer again, from the original bytes."""
    from ui import workflows
    from ui.progress import console
    from ui.tables import show_findings

    if (file is None) != everything:
        raise typer.BadParameter("give a file, or --all", param_hint="FILE")
    settings = _settings(home)
    paths = [file] if file is not None else workflows.saved_answers(settings)
    findings = list(workflows.verify(settings, paths))
    show_findings(console(), findings, as_json=as_json)
    broken = any(finding.verdict in ("altered", "source missing") for finding in findings)
    raise typer.Exit(FAILED if broken else DONE)


@app.command()
def rebuild(
    embed: Annotated[bool, typer.Option("--embed", help="Embed everything anew, with the embedder of the settings.")] = False,
    home: Home = None,
) -> None:
    """Build the index anew from the library."""
    from ui import workflows
    from ui.progress import follow_rebuild

    follow_rebuild(workflows.rebuild(_settings(home), embed=embed))


@app.command()
def doctor(as_json: Json = False, home: Home = None) -> None:
    """Check what Pincite needs, and say what to do where something is amiss."""
    from ui.doctor import examine
    from ui.progress import console
    from ui.tables import show_checks

    checks = examine(_settings(home))
    show_checks(console(), checks, as_json=as_json)
    raise typer.Exit(DONE if all(check.well for check in checks) else FAILED)


@app.command(name="eval")
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with gold quotes, one JSON object a line.")],
    evidence: Count = 10,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Measure retrieval, citations and abstention on questions with gold quotes."""
    import json

    from bot.evaluate import evaluate as measure
    from bot.evaluate import read_gold
    from ui.progress import console, counting
    from ui.tables import show_measures
    from ui.workflows import lines_of

    gold = read_gold(lines_of(file))
    measures = measure(counting(iter(gold), len(gold), "Asking"), _reader(_settings(home)), evidence=evidence)
    if as_json:
        typer.echo(json.dumps(measures))
    else:
        show_measures(console(), measures)


app.command()(updates.update)
app.add_typer(updates.watch, name="watch")
app.add_typer(essays.essay, name="essay")


@app.command()
def ui(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the page.")] = 8501,
    home: Home = None,
) -> None:
    """Open the chat in a browser."""
    from ui.serve import serve

    raise typer.Exit(serve(_settings(home), port))


def _settings(home: Path | None) -> Settings:
    from corpus.settings import Settings, unread_variables

    for variable in unread_variables():
        typer.echo(f"Nothing reads the variable {variable}.", err=True)
    return Settings.load(home=home)


def _reader(settings: Settings) -> Reader:
    from ui import wiring

    reader, mended = wiring.make_reader(settings)
    if mended:
        typer.echo(mended, err=True)
    return reader


if __name__ == "__main__":
    main()
