"""The events of an update as lines of JSON. Knows no screen and no library: each event becomes no, one or more objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.changes_json import change_to_json
from ingest.events import AnnotationsTied, Failed, TakenIn, Unchanged
from ingest.renewal import Looked, NewPaper, NewVersion, Withdrawn
from ui.update_record import Report, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.works import Work
    from ingest.events import Event
    from ui.update_flow import Step


def lines_of(step: Event | Step) -> Iterator[dict[str, object]]:
    """What a script is told of a step; of the work in progress it is told nothing."""
    match step:
        case NewVersion(work, held, version, day):
            yield {"event": "new version", **_named(work), "version": version or None, "held": held, "date": day}
        case NewPaper(work, watch, version, day):
            yield {"event": "new paper", **_named(work), "version": version, "date": day, "watch": watch}
        case Withdrawn(work, version, says):
            yield {"event": "withdrawn", **_named(work), "version": version, "says": says}
        case Looked():
            yield {"event": "waiting", "watch": step.watch, "papers": step.waiting}
        case TakenIn(work, name):
            counted = {"pages": step.pages, "passages": step.passages, "embedded": step.embedded, "replaced": step.replaced}
            yield {"event": "taken in", **_named(work), "document": name, **counted}
        case Unchanged(key, name):
            yield {"event": "unchanged", "work": key, "document": name}
        case AnnotationsTied(key, proven, missing):
            yield {"event": "annotations tied", "work": key, "proven": proven, "missing": list(missing)}
        case Failed(name, error, failed):
            yield {"event": "failed", "name": name, "work": failed, "message": error.message, "remedy": error.remedy}
        case Report():
            yield from _changes(step)


def _changes(report: Report) -> Iterator[dict[str, object]]:
    """A line for each question whose answer is not the same, and one for each essay as a whole."""
    for each in report.essays:
        for change in each.changed:
            yield {"event": "answer", "essay": each.essay.key, **change_to_json(change)}
        sums = {"questions": counts(each), "before": each.before, "after": each.after}
        yield {"event": "answered", "essay": each.essay.key, **sums, "report": f"updates/{report.begun}.json"}
    if report.writer is not None:
        yield {"event": "language model", "writer": report.writer, "tokens": report.tokens}


def _named(work: Work) -> dict[str, object]:
    return {"work": work.key, "title": work.title, "arxiv": work.identifiers.arxiv}
