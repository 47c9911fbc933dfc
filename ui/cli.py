"""The command line. Knows flags, exit codes and how to say things; every deed is in `ui.workflows`.

Exit codes: 0 done, 1 an error a person can act on, 2 usage, 3 done in part.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import Annotated

import typer

from ui import annotate, asking, conversations, essays, judgements, updates
from ui.asking import Count, EssayKey, Home, Json, Llm, reader_of, settings_from

DONE, FAILED, IN_PART = 0, 1, 3

app = typer.Typer(
    name="pincite",
    help="Answers an essay's questions from the works it cites; every sentence points at the page or second it rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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

    settings = settings_from(home)
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
    raise typer.Exit(follow(workflows.add(settings_from(home), sources, key)))


@app.command()
def remove(
    keys: Annotated[list[str], typer.Argument(help="Keys of works, as `pincite works` lists them.")], home: Home = None
) -> None:
    """Take works out whole: documents, passages, vectors, annotations."""
    from ui import workflows
    from ui.progress import follow

    settings = settings_from(home)
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

    records = wiring.open_library(settings_from(home)).works()
    if bibtex:
        typer.echo(write_bibtex(record.work for record in records), nl=False)
    elif as_json:
        typer.echo(json.dumps(works_to_json(records), ensure_ascii=False))
    else:
        show_works(console(), records)


app.command()(asking.ask)
app.command()(asking.answer)
app.command()(annotate.annotate)
app.command("annotations")(annotate.list_annotations)


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
    settings = settings_from(home)
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

    follow_rebuild(workflows.rebuild(settings_from(home), embed=embed))


@app.command()
def doctor(as_json: Json = False, llm: Llm = None, home: Home = None) -> None:
    """Check what Pincite needs, and say what to do where something is amiss; with --llm, ask that model for one word."""
    from ui.doctor import examine
    from ui.progress import console
    from ui.tables import show_checks

    checks = examine(settings_from(home, llm))
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
    from ui.tables import show_curve, show_measures
    from ui.workflows import lines_of

    gold = read_gold(lines_of(file))
    measures = measure(counting(iter(gold), len(gold), "Asking"), reader_of(settings_from(home)), evidence=evidence)
    if as_json:
        typer.echo(json.dumps(measures.row))
    else:
        show_measures(console(), measures.figures)
        show_curve(console(), measures.curve, float(measures.figures["threshold of confidence"]))


app.command()(updates.update)
app.add_typer(updates.watch, name="watch")
app.add_typer(essays.essay, name="essay")
app.add_typer(conversations.conversations, name="conversations")
app.command()(judgements.judgements)


@app.command()
def ui(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the page.")] = 8501,
    home: Home = None,
) -> None:
    """Open the chat in a browser."""
    from ui.serve import serve

    raise typer.Exit(serve(settings_from(home), port))


if __name__ == "__main__":
    main()
