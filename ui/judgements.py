"""The command `judgements`: what people said of answers, and the same as questions for `pincite eval`. Knows flags and lines.

What is kept, and how, is `corpus.judgements`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.judgements import Judged, Judgement
    from corpus.settings import Settings

Home = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (PINCITE_HOME).", show_default=False)]


def judgements(
    export: Annotated[
        Path | None, typer.Option("--export", help="Write them here as questions for `pincite eval`.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else.")] = False,
    home: Home = None,
) -> None:
    """List what was said of answers in the app, good or bad, or export it for `pincite eval`."""
    from corpus.judgements import judgements as read

    settings = _settings(home)
    judged = read(settings.home)
    if export is not None:
        _write(export, judged)
    if as_json:
        rows = [{"id": each.id, **asdict(each)} for each in judged.judgements]
        typer.echo(json.dumps({"schema": 1, "judgements": rows, "unread": judged.unread}, ensure_ascii=False))
    else:
        _say(_said(judged, export))


def gold_line(judgement: Judgement) -> dict[str, object]:
    """One judgement as `pincite eval` reads a question: `gold` are the quotes of an answer that was found good.

    An abstention found good, or an answer of which somebody says that the works do not hold it, is an unanswerable question.
    Where there is no gold, `left_out` says why.
    """
    good = judgement.verdict == "good"
    gold = [asdict(each) for each in judgement.citations] if good and judgement.answered else []
    unanswerable = judgement.not_held or (good and not judgement.answered)
    line: dict[str, object] = {
        "id": judgement.id,
        "question": judgement.query,
        "kind": "unanswerable" if unanswerable else "answerable",
        "gold": gold,
        "verdict": judgement.verdict,
        "note": judgement.note,
        "asked": judgement.question,
        "works": list(judgement.works),
        "composer": judgement.composer,
        "moment": judgement.moment,
    }
    if not gold:
        line["left_out"] = _why(judgement)
    return line


def _why(judgement: Judgement) -> str:
    """Why a judgement gives no gold."""
    if judgement.not_held:
        return "the works do not hold the answer, says the person"
    if judgement.verdict == "good":
        return "no citation has a quote" if judgement.answered else "an abstention, found good"
    return "found bad: where the answer stands instead is not known"


def _write(path: Path, judged: Judged) -> None:
    """Write the export; raises `SettingsError` where that cannot be."""
    from corpus.errors import SettingsError

    lines = "".join(json.dumps(gold_line(each), ensure_ascii=False) + "\n" for each in judged.judgements)
    try:
        path.write_text(lines, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {error.strerror or error}.", remedy="Name a file in a folder that you may write."
        ) from error


def _said(judged: Judged, export: Path | None) -> Iterator[str]:
    """What is kept, for a person."""
    from ui.printable import counted, printable

    for each in judged.judgements:
        kind = "answer" if each.answered else "abstention"
        yield f"{each.moment[:16].replace('T', ' ')}  {each.verdict} {kind}: {printable(each.question)}"
        if each.works:
            yield f"    asked only: {', '.join(map(printable, each.works))}"
        if each.not_held:
            yield "    the works do not hold the answer"
        if each.note:
            yield f"    {printable(each.note)}"
    if not judged.judgements:
        yield "Nobody has judged an answer yet. In the app, thumbs below each answer do."
    if judged.unread:
        yield f"{counted(judged.unread, 'line')} of judgements.jsonl cannot be read and was passed over."
    if export is not None:
        with_gold = sum(bool(gold_line(each)["gold"]) for each in judged.judgements)
        yield f"Written to {export}: {counted(len(judged.judgements), 'judgement')}, {with_gold} of them with gold quotes."
        if judged.judgements:
            yield f"Next: pincite eval {export}"


def _say(lines: Iterator[str]) -> None:
    from ui.progress import console

    screen = console()
    for line in lines:
        screen.print(line, markup=False, highlight=False, soft_wrap=True)


def _settings(home: Path | None) -> Settings:
    from corpus.settings import Settings, unread_variables

    for variable in unread_variables():
        typer.echo(f"Nothing reads the variable {variable}.", err=True)
    return Settings.load(home=home)
