"""Writes a report's four files. Knows what they are called, and nothing of what is in them."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answer_json import SCHEMA, answer_to_json
from corpus.bibliography import write_bibtex
from corpus.errors import DiskFull, SettingsError
from ui.report.arrangement import arrange
from ui.report.html import report_html
from ui.report.markdown import report_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.answers import Answer
    from corpus.essays import Essay
    from corpus.records import WorkRecord
    from ui.report.html import Pictures


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where a report lies."""

    html: Path
    markdown: Path
    json: Path
    bibtex: Path


def write_report(
    answers: Sequence[Answer],
    essay: Essay | None,
    works: Sequence[WorkRecord],
    out: Path,
    *,
    pictures: Pictures | None = None,
) -> ReportFiles:
    """Write the report into the folder `out`, which is made where it is missing; each file is replaced whole.

    `pictures` gives the part of the page around a citation's quote, as WebP, where there is one.
    """
    arrangement = arrange(answers, essay, works)
    bibtex = write_bibtex([reference.work for reference in arrangement.references])
    saved = json.dumps(report_json(answers, essay), ensure_ascii=False, indent=1)
    files = ReportFiles(out / "index.html", out / "report.md", out / "answers.json", out / "works.bib")
    require_folder(out)
    try:
        _replace(files.html, report_html(arrangement, saved, bibtex, pictures))
        _replace(files.markdown, report_markdown(arrangement))
        _replace(files.json, saved + "\n")
        _replace(files.bibtex, bibtex)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"No room left to write the report to {out}.", remedy="Make room, and answer again.") from error
        reason = error.strerror or str(error)
        message = f"The report cannot be written to {out}: {reason}."
        raise SettingsError(message, remedy="Name a folder that you may write with --out.", path=str(out)) from error
    return files


def require_folder(out: Path) -> None:
    """Make the report's folder, and raise `SettingsError` where that cannot be: before hours of work, not after."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The report cannot be written to {out}: {error.strerror or error}."
        raise SettingsError(message, remedy="Name a folder that you may write with --out.", path=str(out)) from error


def report_json(answers: Sequence[Answer], essay: Essay | None) -> dict[str, object]:
    """The answers as `verify` reads them, with the essay they belong to."""
    about = essay and {
        "key": essay.key,
        "title": essay.title,
        "author": essay.author,
        "date": str(essay.date) if essay.date else None,
        "url": essay.url,
    }
    return {"schema": SCHEMA, "essay": about, "answers": [answer_to_json(answer) for answer in answers]}


def _replace(path: Path, text: str) -> None:
    """A reader sees the old file or the new one, never half of one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # A lone surrogate, which only a hostile file can hold, is written as its escape: in JSON that is still JSON.
        fresh.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
