"""The commands `essay add`, `essay list` and `essay remove`. Knows flags and how to say things; the deeds are elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.essays import Essay
    from corpus.settings import Settings
    from ui.essay_flow import Added

essay = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Essays: what each asks, and which works it cites.")

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")]


@essay.command("add")
def add(
    source: Annotated[str, typer.Argument(help="A file (.md .html .txt) or an address.")],
    key: Annotated[str | None, typer.Option("--key", help="What to call it; else its file's name.", show_default=False)] = None,
    review: Annotated[bool, typer.Option("--review", help="Open what was found in your editor ($VISUAL, $EDITOR).")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over an essay of the same key.")] = False,
    search: Annotated[bool, typer.Option("--search/--no-search", help="Look up on arXiv what has no identifier.")] = True,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Find an essay's questions and references, and keep them in the home."""
    from ui.essay_flow import add_essay

    added = add_essay(_settings(home), source, key=key, replace=replace, search=search)
    if as_json:
        typer.echo(json.dumps(_added_to_json(added), ensure_ascii=False))
    else:
        _say(_said(added))
    if review:
        _review(added.path)


@essay.command("list")
def list_essays(as_json: Json = False, home: Home = None) -> None:
    """List the essays."""
    from corpus.essays import essays
    from corpus.own_essays import essay_file

    settings = _settings(home)
    known = list(essays(settings.home).values())
    if as_json:
        rows = [_to_json(each) | {"own": essay_file(settings.home, each.key).exists()} for each in known]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    _say(f"{each.key}: {each.title}, {each.date} ({_counts(each)})" for each in known)


@essay.command("remove")
def remove(key: Annotated[str, typer.Argument(help="As `pincite essay list` calls it.")], home: Home = None) -> None:
    """Forget an essay of your own; works that are in the library stay."""
    from corpus.own_essays import remove_essay
    from ui import wiring

    settings = _settings(home)
    in_use = {record.work.key for record in wiring.open_library(settings).works()}
    gone = remove_essay(settings.home, key, in_use=in_use, wait=settings.wait)
    works = f", and with it {', '.join(gone)}" if gone else ""
    _say([f"{key} is forgotten{works}; what is in the library stays."])


def _said(added: Added) -> Iterator[str]:
    """What was found, for a person."""
    from ingest.essay.alluded import SAYS as ALLUDED

    draft, found = added.draft, added.draft.essay
    yield f"{found.key}: {found.title}, {found.date}" + ("" if added.written else " (it was there already)")
    yield f"    {_counts(found)}"
    section = None
    for question in found.questions:
        if question.section != section:
            section = question.section
            yield ""
            yield f"  {section}"
        mark = "~" if question.implied else "?"
        yield f"  {mark} {question.asked}"
        if question.standalone.rstrip("?").lower() != question.asked.rstrip("?").lower():
            yield f"      = {question.standalone}"
        if question.alluded:
            named = (each.removesuffix(ALLUDED) for each in question.alluded)
            yield f"      named there, not cited: {'; '.join(named)}"
    yield ""
    for work, new in added.works:
        yield f"  {'+' if new else ' '} {work.key}: {work.title}" + ("" if new else " (known)")
    for reference in draft.unresolved:
        yield f"  ! unresolved: {reference.text} ({reference.reason})"
    for left in draft.left_out:
        yield f"  - left out: {left.text} ({left.reason})"
    for note in draft.notes:
        yield f"  * {note}"
    if any(question.implied for question in found.questions):
        yield "  ~ marks a question that the essay poses without asking: a suggestion to look at."
    yield f"\nIt is kept in {added.path}; mend it there, or with --review."
    yield f"Next: pincite ingest --essay {found.key}, then pincite answer --essay {found.key}."


def _counts(each: Essay) -> str:
    from ui.printable import counted

    implied = sum(question.implied for question in each.questions)
    more = f", {implied} of them implied" if implied else ""
    return f"{counted(len(each.questions), 'question')}{more}; {counted(len(each.references), 'work')} cited"


def _to_json(each: Essay) -> dict[str, object]:
    return {
        "essay": each.key,
        "title": each.title,
        "author": each.author,
        "date": each.date,
        "url": each.url,
        "questions": len(each.questions),
        "references": list(each.references),
    }


def _added_to_json(added: Added) -> dict[str, object]:
    draft = added.draft
    questions = [
        {
            "id": question.id,
            "section": question.section,
            "asked": question.asked,
            "standalone": question.standalone,
            "implied": question.implied,
            "cites": list(question.cites),
            "alluded": list(question.alluded),
        }
        for question in draft.essay.questions
    ]
    return _to_json(draft.essay) | {
        "questions": questions,
        "new": [work.key for work, new in added.works if new],
        "unresolved": [{"text": each.text, "reason": each.reason} for each in draft.unresolved],
        "left_out": [{"text": each.text, "reason": each.reason} for each in draft.left_out],
        "notes": list(draft.notes),
        "file": str(added.path),
        "written": added.written,
    }


def _review(path: Path) -> None:
    """Open the essay's file in the person's editor, and read it again: a mistake is told at once."""
    import os
    import shlex
    import subprocess

    from corpus.errors import SettingsError
    from corpus.essays import load_essay

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise SettingsError(
            f"Neither VISUAL nor EDITOR names an editor for {path}.", remedy=f"Set one of them, or open {path} yourself."
        )
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The editor {editor!r} cannot be started: {error}.", remedy="Set VISUAL or EDITOR to one that can."
        ) from error
    if done.returncode:
        typer.echo(f"The editor ended with {done.returncode}.", err=True)
    mended = load_essay(path)
    _say([f"{mended.key}: {_counts(mended)}."])


def _say(lines: Iterator[str] | list[str]) -> None:
    from ui.printable import visible
    from ui.progress import console

    screen = console()
    for line in lines:
        screen.print(visible(line), markup=False)


def _settings(home: Path | None) -> Settings:
    from corpus.settings import Settings, unread_variables

    for variable in unread_variables():
        typer.echo(f"Nothing reads the variable {variable}.", err=True)
    return Settings.load(home=home)
