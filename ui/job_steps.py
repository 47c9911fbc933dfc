"""What the app's jobs do, step by step: take works in and out, answer an essay, read one, look for what is new. Knows no page.

The deeds are `ui.workflows`, `ui.update_flow` and `ui.essay_flow`; here their events become what a reader is told.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryBusy
from ingest.events import AnnotationsTied, Embedding, Failed, Fetching, LeftOut, Reading, TakenIn, Unchanged
from ingest.renewal import Looked, Looking, NewPaper, NewVersion, Withdrawn
from ui.jobs import Compared, Doing, Outcome, Stop
from ui.printable import as_sentence, counted, printable
from ui.progress import doing, done
from ui.saved_answers import compared
from ui.update_record import Report

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from bot.answers import Answer
    from bot.reader import Reader
    from bot.write import Writer
    from corpus.essays import Essay
    from corpus.settings import Settings
    from corpus.works import Work
    from ingest.events import Event
    from ui.jobs import Step
    from ui.saved_answers import Saved
    from ui.update_flow import Step as UpdateStep
    from ui.update_record import EssayChanges

Upload = tuple[str, bytes]
"""The name and the bytes of a file from a reader's machine."""
NOTHING_NEW = "Nothing is new."
NOWHERE_TO_LOOK = "No work here has an arXiv number and no search is saved, so there is nowhere to look."


def taking_in(settings: Settings, addresses: Sequence[str], uploads: Sequence[Upload]) -> Generator[Step, None, None]:
    """Take in addresses and files, each as a work."""
    from ui import workflows

    yield from _waiting(settings)
    with tempfile.TemporaryDirectory() as folder:
        sources: list[str | Path] = [*addresses, *_kept(Path(folder), uploads)]
        yield from told(workflows.add(settings, sources, None), len(sources))


def fetching(settings: Settings, essay: Essay) -> Generator[Step, None, None]:
    """Take in the works that an essay cites, from where they live."""
    from ui import workflows

    yield from _waiting(settings)
    yield from told(workflows.ingest(settings, essay, None), len(essay.references))


def taking_out(settings: Settings, key: str) -> Generator[Step, None, None]:
    """Take a work out."""
    from ui import workflows

    yield from _waiting(settings)
    yield from told(workflows.remove(settings, key), 1)


def answering(
    settings: Settings, reader: Reader, essay: Essay, earlier: Saved, *, evidence: int, writer: Writer | None = None
) -> Generator[Step, None, None]:
    """Answer every question of an essay and keep the answers; where it is stopped, those that are missing stay as they were."""
    from bot.essay import answer_essay
    from ui import workflows

    answers: list[Answer] = []
    total = len(essay.questions)
    try:
        yield Doing(f"question 1 of {total}", 0.0)
        for _, answer in answer_essay(reader, essay, evidence=evidence, writer=writer):
            answers.append(answer)
            yield Doing(f"question {min(len(answers) + 1, total)} of {total}", len(answers) / total)
    except Stop:
        here = {answer.id for answer in answers}
        if answers:
            others = (answer for name, answer in earlier.answers.items() if name not in here)
            workflows.save_answers(settings, essay, [*answers, *others])
        yield Outcome(f"{len(answers)} of {counted(total, 'question')} answered anew; the others stay as they were.")
        return
    after = workflows.save_answers(settings, essay, answers).stem
    yield Outcome(f"{counted(total, 'question').capitalize()}: {fared(answer.status for answer in answers)}.")
    if earlier.state:
        found = compared(settings.home, essay, earlier.state, after)
        told = sum(change.touches == "answer" for change in found)
        says = f"{counted(told, 'answer')} changed since {earlier.moment}"
        yield Outcome(as_sentence(says), compares=Compared(essay.key, earlier.state, after) if told else None)


def fared(statuses: Iterable[str]) -> str:
    """`20 answered, 2 abstained`; what did not happen is left out."""
    words = {"answered": "answered", "abstained": "abstained", "error": "failed"}
    times = Counter(words[status] for status in statuses)
    return ", ".join(f"{times[word]} {word}" for word in words.values() if times[word])


def reading_essay(settings: Settings, source: str | Upload, *, key: str | None, replace: bool) -> Generator[Step, None, None]:
    """Find an essay's questions and references, and keep them."""
    from ui.essay_flow import add_essay

    yield from _waiting(settings)
    yield Doing("reading it, and looking up what it cites" if not settings.offline else "reading it")
    with tempfile.TemporaryDirectory() as folder:
        name = source if isinstance(source, str) else str(next(_kept(Path(folder), [source])))
        added = add_essay(settings, name, key=key, replace=replace)
    essay = added.draft.essay
    found = f"{counted(len(essay.questions), 'question')}, {counted(len(essay.references), 'work')} cited"
    yield Outcome(f"{essay.title}: {found}.", added=added)


def looking(settings: Settings) -> Generator[Step, None, None]:
    """Look for new versions and new papers, take them in, and say which answers that changes."""
    from ui.update_flow import update

    yield from _waiting(settings)
    looked, told_of = 0, 0
    for step in update(settings):
        if isinstance(step, Looking):
            looked = step.total
            yield Doing(f"looking up {step.place} of {step.total}", step.place / step.total)
            continue
        for each in _found(step):
            told_of += isinstance(each, Outcome)
            yield each
    if not told_of:
        yield Outcome(f"{NOTHING_NEW} {counted(looked, 'place').capitalize()} looked up." if looked else NOWHERE_TO_LOOK)


def told(events: Iterable[Event], total: int) -> Iterator[Step]:
    """The events of taking in, as a reader is told them; `total` is how many things are taken in."""
    ended = 0
    for event in events:
        match event:
            case Embedding(_, so_far, of):
                yield Doing(printable(doing(event)), (ended + so_far / max(of, 1)) / max(total, ended + 1))
            case Reading() | Fetching():
                yield Doing(printable(doing(event)), ended / max(total, ended + 1))
            case AnnotationsTied(_, proven, missing):
                more = f"; {len(missing)} not used, since no quote was found" if missing else ""
                yield Outcome(f"{counted(proven, 'annotation').capitalize()} with a proven quote{more}.")
            case Failed(name, error):
                ended += 1
                said = printable(error.message)
                whose = "" if said.startswith(printable(name)) else f"{printable(name)}: "
                yield Outcome(whose + said, printable(error.remedy), failed=True)
            case _:
                ended += not isinstance(event, LeftOut)
                yield Outcome(_said(event))


def _said(event: Event) -> str:
    """What became of one thing; for the rarer events the terminal's lines, without the signs that stand before them."""
    match event:
        case TakenIn(work, name):
            pages = f"{counted(event.pages, 'page')}, " if event.pages > 1 else ""
            known = f", known by its {event.how}" if event.how else ""
            verb = "a newer file of it is in" if event.replaced else "taken in"
            size = f"{pages}{counted(event.passages, 'passage')}"
            says = f"{_both(work)}: {verb} ({name}{known}; {size})"
            return " ".join(map(as_sentence, [says, *event.notes]))
        case Unchanged(work, name):
            return as_sentence(f"{name} is in the library already, unchanged ({work})")
        case _:
            return as_sentence(". ".join(printable(line.strip(" +*-~!")) for line, _ in done(event)))


def _both(work: Work) -> str:
    """Label and title; a work without authors has its title for a label already."""
    return f"{work.label}, {work.title}" if work.authors else work.label


def _found(step: Event | UpdateStep) -> Iterator[Step]:
    """A step of an update, as a reader is told it."""
    match step:
        case NewVersion(work, held, version, _):
            yield Outcome(f"{printable(work.label)}: {version}{f' in place of {held}' if held else ''} is new.")
        case NewPaper(work, watch, _, _):
            yield Outcome(f"{printable(_both(work))}: new, found by {watch}.")
        case Withdrawn(work, _, says):
            stays = "what the library has stays"
            yield Outcome(f"{printable(work.label)}: withdrawn by its authors ({printable(says)}); {stays}.")
        case Looked():
            yield Outcome(f"{step.watch}: {counted(step.waiting, 'more new paper')}, left for the next time.")
        case Report():
            yield from map(_compared, step.essays)
        case _:
            yield from told([step], 1)  # type: ignore[list-item] # what is left are the events of taking in


def _compared(of: EssayChanges) -> Outcome:
    changed = sum(change.touches == "answer" for change in of.changes)
    says = f"{printable(of.essay.title)}: {counted(changed, 'answer')} changed, of {len(of.changes)}."
    return Outcome(says, compares=Compared(of.essay.key, Path(of.before).stem, Path(of.after).stem))


def _waiting(settings: Settings) -> Iterator[Step]:
    """Say so where another process writes, before it is waited for."""
    from corpus.home import writers_lock

    try:
        with writers_lock(settings.home):
            return
    except LibraryBusy as error:
        yield Doing(f"{error.message.rstrip('.')}; waiting for it, up to {settings.wait:.0f} seconds")


def _kept(folder: Path, uploads: Iterable[Upload]) -> Iterator[Path]:
    """The files, each written under its own name in a folder of its own."""
    for place, (name, content) in enumerate(uploads):
        own = folder / str(place)
        own.mkdir()
        path = own / (Path(name.replace("\\", "/")).name or "file")
        path.write_bytes(content)
        yield path
