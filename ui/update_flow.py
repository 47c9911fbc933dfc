"""An update from end to end: look, take in, answer again, compare. Knows no terminal, no page and no server.

The answers as they were before, and what is about to come in, are noted before anything comes in. So an update that is
killed at any moment is ended by the next one, which reports what came in and what that changed as if nothing had been.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import FetchError
from ingest.events import Failed, TakenIn, Unchanged
from ingest.renewal import Looked, Looking, NewPaper, NewVersion, Withdrawn, look, take, withdrawal_of
from ui import wiring
from ui.update_record import (
    Before,
    EssayChanges,
    Report,
    Taken,
    Unfinished,
    drop_unfinished,
    note_unfinished,
    only_update,
    read_unfinished,
    save_report,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.answers import Answer
    from corpus.errors import PinciteError
    from corpus.essays import Essay
    from corpus.library import Library
    from corpus.settings import Settings
    from ingest.events import Event
    from ingest.papers import Papers
    from ingest.renewal import New

EVIDENCE = 10
"""Passages that an answer may rest on."""
LIMIT = 10
"""Papers that one saved search may bring in at a time."""

Step = Looking | NewVersion | NewPaper | Withdrawn | Looked | Report
"""What an update says beside the events of taking in."""


def update(
    settings: Settings,
    essay: str | None = None,
    *,
    since: datetime.date | None = None,
    limit: int = LIMIT,
    dry_run: bool = False,
) -> Iterator[Event | Step]:
    """Take in what is new, and say which answers it changes; yields nothing but `Looking` where nothing is new.

    Answered again are the questions of the essay of this key, else those of every essay that was answered before.
    """
    from corpus.home import library_file
    from ingest.watches import watches

    chosen = _essays(settings, essay)
    there = watches(settings.home)
    if not library_file(settings.home).exists() and not there:
        return
    if dry_run:
        papers = wiring.make_papers(settings, remember=False)
        catalogue = wiring.make_catalogue(chosen[0], settings.home, everything=True)
        with _library_as_it_is(settings) as library:
            yield from _rehearsal(look(library, there, papers, catalogue, since=since, limit=limit))
        return
    with only_update(settings.home, wait=settings.wait):
        yield from _Update(settings, chosen, wiring.make_papers(settings)).run(since, limit)


def _essays(settings: Settings, key: str | None) -> list[Essay]:
    """The essay of this key, or all that were answered before, or the first."""
    from corpus.essays import essays
    from ui.workflows import choose_essay

    if key is not None:
        return [choose_essay(settings, key)]
    answered = [essay for essay in essays(settings.home).values() if last_state(settings, essay)]
    return answered or [choose_essay(settings)]


@contextlib.contextmanager
def _library_as_it_is(settings: Settings) -> Iterator[Library]:
    """The library for one who only looks: where there is none, an empty one elsewhere, so that none is made."""
    from corpus.home import library_file
    from corpus.library import Library

    with tempfile.TemporaryDirectory() as elsewhere:
        there = library_file(settings.home).exists()
        with Library.open(settings.home if there else Path(elsewhere), create=not there) as library:
            yield library


def _rehearsal(found: Iterator[Looking | NewVersion | Withdrawn | Looked | Failed]) -> Iterator[Event | Step]:
    """What would be taken in."""
    for each in found:
        if isinstance(each, Looked):
            yield from each.papers
        if not isinstance(each, Looked) or each.waiting:
            yield each


class _Update:
    """One update under its lock."""

    def __init__(self, settings: Settings, essays: Sequence[Essay], papers: Papers) -> None:
        self.settings = settings
        self.essays = essays
        self.papers = papers
        self.shelf = wiring.make_shelf(settings)
        self.writer = wiring.make_writer(settings, self.shelf.embedder)
        self.catalogue = wiring.make_catalogue(essays[0], settings.home, everything=True)
        self.unfinished = read_unfinished(settings.home)
        self.failed: list[Failed] = []

    def run(self, since: datetime.date | None, limit: int) -> Iterator[Event | Step]:
        """Everything, in order."""
        from bot.reader import Reader
        from ingest.watches import watches
        from ui.checks import noted

        Reader(self.shelf.library, wiring.open_index(self.settings), self.shelf.embedder).require_vectors()
        there = watches(self.settings.home)
        asked = [record.work.key for record in self.shelf.library.works() if record.work.identifiers.arxiv]
        looked = look(self.shelf.library, there, self.papers, self.catalogue, since=since, limit=limit)
        for found in noted(self.settings.home, asked, looked):
            match found:
                case Looking():
                    yield found
                case Failed():
                    self.failed.append(found)
                    yield found
                case Withdrawn():
                    yield found
                    with self.shelf.library.writing(wait=self.settings.wait) as writer:
                        writer.set_meta(withdrawal_of(found.work), found.version)  # said once
                case NewVersion():
                    yield from self._take(found)
                case Looked():
                    yield from self._take_found(found)
        yield from self._end()

    def _take_found(self, looked: Looked) -> Iterator[Event | Step]:
        """Take in the papers that a saved search found; what was passed over is noted first, so that it stays passed over."""
        from ingest.watches import note_failed, note_shown

        home, wait = self.settings.home, self.settings.wait
        note_shown(home, looked.watch, looked.passed, floor=looked.floor, wait=wait)
        for paper in looked.papers:
            identifier = str(paper.work.identifiers.arxiv)
            for event in self._take(paper):
                if isinstance(event, TakenIn | Unchanged):
                    note_shown(home, looked.watch, [identifier], wait=wait)
                elif isinstance(event, Failed) and _is_the_papers(event.error):
                    note_failed(home, looked.watch, identifier, wait=wait)
                yield event
        if looked.waiting:
            yield looked

    def _take(self, new: New) -> Iterator[Event | Step]:
        """Take in one document, after a note that says so."""
        yield new
        if self.unfinished is None:
            self.unfinished = Unfinished(_moment(), tuple(map(self._before, self.essays)))
        held, watch = (new.held, None) if isinstance(new, NewVersion) else (None, new.watch)
        digest = self._current(new.work.key)
        taken = Taken(new.work.key, new.work.label, new.work.title, new.version, held, watch, digest)
        self.unfinished = self.unfinished.with_one(taken)
        note_unfinished(self.settings.home, self.unfinished)
        for event in take(self.shelf, new, self.papers, self.catalogue):
            if isinstance(event, Failed):
                self.failed.append(event)
            yield event

    def _before(self, essay: Essay) -> Before:
        """The answers as last saved; given now, where none were."""
        from ui.workflows import save_answers

        path = last_state(self.settings, essay)
        if path is None:
            path = save_answers(self.settings, essay, self._answers(essay, EVIDENCE, ()))
        most = max((len(answer["evidence"]) for answer in _state(path)), default=0)
        return Before(essay.key, _below(self.settings, path), max(most, EVIDENCE))

    def _answers(self, essay: Essay, evidence: int, states: Sequence[Path]) -> list[Answer]:
        """Given now; what a model wrote in one of these states stays where it would be asked the very same."""
        from bot.answer_reading import answer_from_json
        from bot.essay import answer_essay

        kept = [answer_from_json(answer) for path in states for answer in _state(path)] if self.writer else []
        writer = self.writer.with_kept(kept) if self.writer else None
        reader, _ = wiring.make_reader(self.settings)
        return [answer for _, answer in answer_essay(reader, essay, evidence=evidence, writer=writer)]

    def _end(self) -> Iterator[Report]:
        """Answer again where something came in, and say what that changed."""
        from corpus.essays import essays

        if self.unfinished is None:
            return
        taken = tuple(each for each in self.unfinished.taken if self._current(each.work) not in (None, each.held_digest))
        if taken:
            known = essays(self.settings.home)
            found = tuple(self._compared(known[each.essay], each) for each in self.unfinished.before if each.essay in known)
            asked = (self.writer.name, self.writer.budget.spent) if self.writer else (None, 0)
            report = Report(self.unfinished.begun, taken, tuple(self.failed), found, *asked)
            save_report(self.settings.home, report)
            yield report
        drop_unfinished(self.settings.home)

    def _current(self, key: str) -> str | None:
        """Digest of a work's current document."""
        return next((each.digest for each in self.shelf.library.documents(key) if each.superseded_by is None), None)

    def _compared(self, essay: Essay, before: Before) -> EssayChanges:
        """One essay's answers, given and saved anew, beside those before."""
        from bot.answer_json import answer_to_json
        from bot.changes import changes

        earlier = self.settings.home / before.path
        newest = last_state(self.settings, essay) or earlier  # an update that was interrupted may have saved what it gave
        answers = self._answers(essay, before.evidence, list(dict.fromkeys([newest, earlier])))
        after = self._kept(essay, before, answers)
        found = changes(_state(earlier), [answer_to_json(answer) for answer in answers])
        return EssayChanges(essay, before.path, _below(self.settings, after), found)

    def _kept(self, essay: Essay, before: Before, answers: Sequence[Answer]) -> Path:
        """The answers' file: a new one, or that of an update which was interrupted right behind writing just these."""
        from bot.answer_json import answer_to_json
        from ui.workflows import save_answers

        newest = last_state(self.settings, essay)
        if newest is not None and _below(self.settings, newest) != before.path:
            given = json.loads(json.dumps([answer_to_json(answer) for answer in answers]))
            if _untimed(_state(newest)) == _untimed(given):
                return newest
        return save_answers(self.settings, essay, answers)


def _is_the_papers(error: PinciteError) -> bool:
    """True where a paper is not there, or is none that can be read; that a server is busy or sends a riddle is no fault of it."""
    if isinstance(error, FetchError):
        return "work" in error.facts or error.facts.get("status") in (404, 410)
    return True


def last_state(settings: Settings, essay: Essay) -> Path | None:
    """The newest saved answers to the essay's questions that can be read; None where there are none."""
    from ui.workflows import saved_answers

    mine = [path for path in saved_answers(settings) if path.parent.name == essay.key]
    return next((path for path in reversed(mine) if _state(path)), None)


def _state(path: Path) -> list[dict[str, Any]]:
    """The answers of one saved state; none where it was lost or damaged, so that all count as new."""
    from bot.answer_json import answers_in
    from bot.answer_reading import answer_from_json
    from corpus.errors import SavedAnswerError

    try:
        answers = answers_in(path)
        for answer in answers:
            answer_from_json(answer)
    except SavedAnswerError:
        return []
    return answers


def _untimed(state: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers without how long each took."""
    return [{key: value for key, value in answer.items() if key != "milliseconds"} for answer in state]


def _below(settings: Settings, path: Path) -> str:
    return path.relative_to(settings.home).as_posix()


def _moment() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
