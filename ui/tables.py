"""Findings, checks and measures for a person or a script. Knows no library."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ui.printable import printable, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from bot.risk import RiskPoint
    from bot.verify import Finding
    from corpus.records import WorkRecord
    from ui.doctor import Check


def works_to_json(records: Sequence[WorkRecord]) -> list[dict[str, object]]:
    """What `works --json` gives: one object a work."""
    return [
        {
            "work": record.work.key,
            "title": record.work.title,
            "authors": [author.full for author in record.work.authors],
            "year": record.work.year,
            "state": record.state,
            "message": record.message,
            "document": record.document.name if record.document else None,
            "digest": record.document.digest if record.document else None,
            "version": record.document.version if record.document else None,
            "pages": record.pages,
            "passages": record.passages,
            "annotations": record.annotations,
            "added": record.added,
        }
        for record in records
    ]


def show_findings(console: Console, findings: Sequence[Finding], *, as_json: bool) -> None:
    """Say what became of each citation; a person is shown those that do not stand, and a count."""
    if as_json:
        rows = [
            {
                "question": finding.answer,
                "number": finding.number,
                "work": finding.work,
                "place": finding.place,
                "verdict": finding.verdict,
                "why": finding.why,
            }
            for finding in findings
        ]
        # A saved answer is a file that anybody may have written: halves of characters in it cannot be printed.
        console.print(visible(json.dumps({"schema": 1, "findings": rows}, ensure_ascii=False)), markup=False)
        return
    for finding in findings:
        if finding.verdict not in ("stands", "annotation"):
            where = f"{finding.work}, {finding.place}, [{finding.number}] of “{finding.answer}”"
            console.print(printable(f"! {finding.verdict}: {where}"), markup=False)
            console.print(f"    {printable(finding.why)}", markup=False)
    counts = Counter(finding.verdict for finding in findings)
    if not findings:
        console.print("There are no citations to prove.", markup=False)
        return
    console.print(
        f"{len(findings)} citations: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()) + ".",
        markup=False,
    )


def show_checks(console: Console, checks: Sequence[Check], *, as_json: bool) -> None:
    """One line a check, with the remedy where something is amiss."""
    if as_json:
        rows = [{"check": check.name, "well": check.well, "says": check.says, "remedy": check.remedy} for check in checks]
        console.print(json.dumps({"schema": 1, "checks": rows}, ensure_ascii=False), markup=False)
        return
    for check in checks:
        console.print(
            f"{'ok ' if check.well else 'BAD'}  {check.name}: {printable(check.says)}",
            style="" if check.well else "red",
            markup=False,
        )
        if not check.well:
            console.print(f"     {printable(check.remedy)}", markup=False)


def show_measures(console: Console, measures: Mapping[str, float | int]) -> None:
    """Figures, one a line."""
    for name, value in measures.items():
        console.print(f"{value:>8.3f}  {name}" if isinstance(value, float) else f"{value:>8}  {name}", markup=False)


CURVE = 10
"""Lines of a risk-coverage curve that a person is shown."""


def show_curve(console: Console, curve: Sequence[RiskPoint], threshold: float) -> None:
    """What other thresholds would come to: the share of questions answered, and of those the share that nothing answers."""
    if not curve:
        return
    chosen = {min(curve, key=lambda point: abs(point.coverage - step / CURVE)): "" for step in range(1, CURVE + 1)}
    above = [point for point in curve if point.threshold >= threshold]
    if above:
        chosen[above[-1]] = "  as now"
    console.print("\nanswered  of these unanswerable  from confidence", markup=False)
    for point in sorted(chosen, key=lambda each: each.coverage):
        bar = "█" * round(point.risk * 20)
        line = f"{point.coverage:>8.0%}  {point.risk:>4.0%} {bar:<20}  {point.threshold:>10.2f}{chosen[point]}"
        console.print(line.rstrip(), markup=False, highlight=False)
