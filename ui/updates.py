"""The commands `update` and `watch`. Knows flags and how to say things; the deeds are elsewhere (`update_flow`, `watches`)."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ui.asking import Llm, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from ingest.events import Event
    from ingest.watches import Watch
    from ui.update_flow import Step

DONE, IN_PART = 0, 3

watch = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Saved searches of arXiv, whose new papers `update` takes in."
)

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")]
Since = Annotated[
    datetime.datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="Only what came out on this day or later.", show_default=False),
]


def update(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and change nothing.")] = False,
    since: Since = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most papers from one saved search at a time.")] = 10,
    essay: Annotated[
        str | None,
        typer.Option("--essay", help="Answer only this essay again; else all that were answered before.", show_default=False),
    ] = None,
    llm: Llm = None,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each event, and nothing else.")] = False,
    home: Home = None,
) -> None:
    """Take in new versions and what the saved searches find, and say which answers change; silent where nothing is new."""
    from ui.update_flow import update as run

    day = since.date() if since else None
    steps = run(settings_from(home, llm), essay, since=day, limit=limit, dry_run=dry_run)
    raise typer.Exit(_print_lines(steps) if as_json else _show(steps, dry_run=dry_run))


@watch.command("add")
def add(
    query: Annotated[str | None, typer.Argument(help="As arXiv reads it: 'abs:\"world model\"'.", show_default=False)] = None,
    author: Annotated[str | None, typer.Option("--author", help="Only papers of this person.", show_default=False)] = None,
    category: Annotated[
        str | None, typer.Option("--category", help="Only this category, e.g. cs.LG.", show_default=False)
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="What to call it.", show_default=False)] = None,
    home: Home = None,
) -> None:
    """Save a search of arXiv: a query, an author, a category, or all three at once."""
    from ingest.watches import add_watch, make_watch

    settings = settings_from(home)
    wanted = make_watch(query, author=author, category=category, name=name)
    kept = add_watch(settings.home, wanted, wait=settings.wait)
    _console().print(f"{kept.name}: {kept.search}" + ("" if kept == wanted else " (it was there already)"), markup=False)


@watch.command("list")
def list_watches(as_json: Json = False, home: Home = None) -> None:
    """List the saved searches."""
    from ingest.watches import watches

    there = watches(settings_from(home).home)
    if as_json:
        typer.echo(json.dumps([_watch_to_json(each) for each in there], ensure_ascii=False))
        return
    if not there:
        typer.echo("There are no saved searches. `pincite watch add` saves one.")
    for each in there:
        ran = f"{len(each.seen)} papers seen" if each.begun else "not run yet"
        _console().print(f"{each.name}: {each.search} ({ran})", markup=False)


@watch.command("remove")
def remove(name: Annotated[str, typer.Argument(help="As `pincite watch list` calls it.")], home: Home = None) -> None:
    """Forget a saved search; the papers that came in through it stay."""
    from ingest.watches import remove_watch

    settings = settings_from(home)
    remove_watch(settings.home, name, wait=settings.wait)
    typer.echo(f"{name} is forgotten; the papers that it found stay.")


def _watch_to_json(watch: Watch) -> dict[str, object]:
    return {
        "name": watch.name,
        "query": watch.query,
        "author": watch.author,
        "category": watch.category,
        "search": watch.search,
        "begun": watch.begun,
        "seen": len(watch.seen),
    }


def _show(steps: Iterable[Event | Step], *, dry_run: bool) -> int:
    """Say what happens to a person; nothing in a pipe where nothing is new. Gives the exit code."""
    from ingest.events import Reading
    from ingest.renewal import Looking
    from ui.progress import follow

    screen = _console()
    said = [False]

    def told() -> Iterator[Event]:
        for step in steps:
            if isinstance(step, Looking):
                yield Reading(f"what is there by now, {step.place} of {step.total}")
                continue
            said[0] = True
            # What is no event of taking in passes as well: it ends the line of progress, and is said only then.
            yield cast("Event", step)
            _tell(screen, step, dry_run=dry_run)

    code = follow(told())
    if not said[0] and screen.is_terminal:
        screen.print("Nothing is new.")
    return code


def _tell(screen: Console, step: Event | Step, *, dry_run: bool) -> None:
    """Say a step that is no event of taking in."""
    from ingest.renewal import Looked, NewPaper, NewVersion, Withdrawn
    from ui.changes_view import show_changes
    from ui.printable import counted, printable
    from ui.update_record import Report

    verb = "would be taken in" if dry_run else "is new"
    match step:
        case NewVersion(work, _, "", _):
            screen.print(printable(f"{work.key}: what its place has by now says something else; it {verb}"), markup=False)
        case NewVersion(work, held, version, day):
            instead = f" in place of {held}" if held else ""
            screen.print(printable(f"{work.key}: {version} of {day or 'a day unknown'}{instead} {verb}"), markup=False)
        case NewPaper(work, name, _, day):
            screen.print(
                printable(f"{work.key}: {work.title}, of {day or 'a day unknown'}, {verb} (found by {name})"), markup=False
            )
        case Withdrawn(work, _, says):
            screen.print(printable(f"{work.key}: withdrawn by its authors ({says}); what the library has stays"), markup=False)
        case Looked():
            more = counted(step.waiting, "more new paper")
            screen.print(f"{step.watch}: {more}, left for the next time; --limit takes more at once", markup=False)
        case Report():
            for each in step.essays:
                show_changes(screen, each)
            if step.writer is not None:
                screen.print(_cost(step.writer, step.tokens), markup=False)


def _cost(writer: str, tokens: int) -> str:
    """What a language model had to do with it."""
    if not tokens:
        return f"{writer} was asked nothing: what it wrote before rests on the same passages."
    return f"{writer} read and wrote {tokens:,} tokens, only where the passages behind an answer are others."


def _print_lines(steps: Iterable[Event | Step]) -> int:
    """A line of JSON for each event; gives the exit code."""
    from ui.update_lines import lines_of

    failed = False
    for step in steps:
        for line in lines_of(step):
            failed |= line["event"] == "failed"
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return IN_PART if failed else DONE


def _console() -> Console:
    from ui.progress import console

    return console()
