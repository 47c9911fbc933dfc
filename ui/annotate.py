"""The commands `annotate` and `annotations`. Knows flags and how to say things; the deeds are in `ui.annotate_flow`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from ui.asking import Home, Json, Llm, settings_from

if TYPE_CHECKING:
    from corpus.records import Annotation, Tie

Key = Annotated[str, typer.Argument(metavar="KEY", help="A work, as `pincite works` lists it.", show_default=False)]


def annotate(key: Key, llm: Llm = None, home: Home = None) -> None:
    """Let a language model write statements about a work, once; each is proven, and answers need no model from then on."""
    from corpus.errors import LanguageModelError
    from ui.annotate_flow import annotate as run
    from ui.printable import counted, printable

    kept, fell, tokens = 0, 0, 0
    try:
        for done in run(settings_from(home, llm), key):
            kept, fell, tokens = kept + len(done.annotations), fell + done.fell, tokens + done.tokens
            where = f" {printable(done.section)}" if done.section else ""
            typer.echo(f"{done.number}/{done.of}{where}: {counted(len(done.annotations), 'statement')}")
            for each in done.annotations:
                typer.echo(f"    {printable(each.statement)}")
    except LanguageModelError:
        if kept:  # or it would seem that all was lost
            typer.echo(f"\nIt broke off there. {counted(kept, 'statement').capitalize()} kept; {tokens:,} tokens.")
        raise
    typer.echo(f"\n{counted(kept, 'statement').capitalize()} kept, {fell} left out; {tokens:,} tokens.")
    if kept:
        typer.echo(f"Review them: pincite annotations {key}")
    elif fell:
        typer.echo("Nothing that the model wrote could be proven.")
    else:
        typer.echo("The model wrote no statement with a quote that could be read.")


def list_annotations(
    key: Key,
    read: Annotated[bool, typer.Option("--read", help="Read the home's file of them again, after you have edited it.")] = False,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            "--remove", metavar="ID", help="Take this one out; may be given again. Pincite's own stay.", show_default=False
        ),
    ] = None,
    remove_all: Annotated[bool, typer.Option("--remove-all", help="Take out all that are not Pincite's own.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """List what is written about a work, by whom, and where its proof stands; or change what a model wrote."""
    from ui import annotate_flow, wiring
    from ui.printable import counted, printable

    settings = settings_from(home)
    missing: tuple[Annotation, ...] = ()
    if read:
        missing = annotate_flow.read_again(settings, key).missing
    if remove or remove_all:
        gone = annotate_flow.remove(settings, key, [] if remove_all else remove or [])
        typer.echo(f"{counted(gone, 'annotation').capitalize()} removed.", err=True)
    with wiring.open_library(settings) as library:
        library.work(key)
        there = library.annotations(key)
        ties = library.ties([each.id for each in there])
    if as_json:
        typer.echo(json.dumps([_to_json(each, ties.get(each.id)) for each in there], ensure_ascii=False))
    else:
        for each in there:
            typer.echo(f"{each.id}  {_place(each)}  {printable(each.writer)}{'' if each.id in ties else '  (quote not found)'}")
            typer.echo(f"    {printable(each.statement)}")
    for each in missing:
        typer.echo(f"Not found, and not kept: {printable(each.statement)}", err=True)
    raise typer.Exit(3 if missing else 0)


def _place(annotation: Annotation) -> str:
    if annotation.page is not None:
        return f"p. {annotation.page}"
    return f"part {annotation.part}" if annotation.part is not None else "-"


def _to_json(annotation: Annotation, tie: Tie | None) -> dict[str, object]:
    return {
        "id": annotation.id,
        "work": annotation.work,
        "statement": annotation.statement,
        "writer": annotation.writer,
        "checked": annotation.checked,
        "page": annotation.page,
        "part": annotation.part,
        "section": annotation.section,
        "start": annotation.start,
        "end": annotation.end,
        "proven": tie is not None,
    }
