"""An essay's file read whole: its questions, its references, and what a person should look at. Knows no storage and no screen."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus.errors import CatalogueError, UnsupportedFormat
from corpus.essays import Essay, Question
from ingest.essay.alluded import allusions
from ingest.essay.asked import ask_out
from ingest.essay.dates import date_in, year_in
from ingest.essay.entries import entries_of, linked
from ingest.essay.implied import implied_in
from ingest.essay.mentions import mentioned
from ingest.essay.resolve import Resolver, free, registered, slug
from ingest.essay.restate import restate, topic_of
from ingest.essay.sections import parted
from ingest.essay.trailing import with_trailing
from ingest.extract import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.works import Work
    from ingest.essay.asked import Asked, LeftOut
    from ingest.essay.resolve import LookUp, Resolution, Unresolved
    from ingest.essay.sections import Section
    from ingest.essay.writing import Writing

LONGEST_ID = 4
"""Words of a section's title in the ids of its questions."""

_SMALL = frozenset(
    "a an and are as at be by can do does for from how in is it its of on or our the to what when where which why will "
    "with".split()
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found in an essay, before a person has looked at it."""

    essay: Essay
    new: tuple[Work, ...]
    """Works that it cites and that were not known."""
    unresolved: tuple[Unresolved, ...]
    """References of which no work was made."""
    left_out: tuple[LeftOut, ...]
    """Questions that were found, and judged to be none."""
    notes: tuple[str, ...]
    """What a person should know."""

    def called(self, key: str) -> Draft:
        """The same essay under another key."""
        return replace(self, essay=replace(self.essay, key=key))

    def renamed(self, keys: Mapping[str, str]) -> Draft:
        """The same, with other keys for some works."""

        def told(given: Sequence[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(keys.get(key, key) for key in given))

        questions = tuple(replace(question, cites=told(question.cites)) for question in self.essay.questions)
        essay = replace(self.essay, questions=questions, references=told(self.essay.references))
        return replace(self, essay=essay, new=tuple(replace(work, key=keys.get(work.key, work.key)) for work in self.new))


def read_essay(
    content: bytes,
    name: str,
    *,
    known: Iterable[Work] = (),
    key: str | None = None,
    url: str | None = None,
    look_up: LookUp | None = None,
    today: datetime.date | None = None,
) -> Draft:
    """Find the questions and the references of an essay.

    Raises a `SourceError` for what is no text, and `CatalogueError` where nothing is asked.
    """
    writing = _read(content, name)
    found = with_trailing(parted(writing))
    body = [block for section in found.sections for block in section.blocks]
    resolution = Resolver(known, look_up).resolve(entries_of(found.references), linked(body), own_title=writing.title)
    asked, left_out = ask_out(found.sections, [each.work.title for each in resolution.listed])
    posed = implied_in(found.sections, asked)
    every = sorted([*asked, *posed], key=lambda each: (each.section, each.block, len(each.before)))
    if not every:
        raise CatalogueError(
            f"{name} asks no question that could be found.", remedy="Give an essay whose questions end in a question mark."
        )
    stem = PurePath(name).stem
    date, notes = _date(writing, stem, today or datetime.date.today())
    essay = Essay(
        key=key or slug(stem) or slug(writing.title or "") or "essay",
        title=writing.title or stem,
        author=writing.author,
        date=date,
        url=url or writing.url,
        sections=tuple(dict.fromkeys(found.sections[each.section].title for each in every)),
        questions=tuple(_questions(every, found.sections, resolution)),
        references=tuple(dict.fromkeys(each.work.key for each in resolution.listed)),
    )
    notes += (*_remarks(resolution), *resolution.notes)
    return Draft(essay, resolution.new, resolution.unresolved, tuple(left_out), notes)


def _read(content: bytes, name: str) -> Writing:
    """Hand the text to the reader of its format."""
    identified = formats.identify(content, name)
    text = identified.decoded.text if identified.decoded else ""
    if identified.media_type == formats.HTML:
        from ingest.essay.web import read_web

        return read_web(text)
    marked_up = re.search(r"^#{1,4} \S", text, re.M) and re.search(r"^#{1,4} \S.*\n\s*\n|\]\(https?://", text, re.M)
    if identified.media_type == formats.MARKDOWN or (identified.media_type == formats.PLAIN and marked_up):
        from ingest.essay.markdown import read_markdown

        return read_markdown(text)
    if identified.media_type != formats.PLAIN:
        raise UnsupportedFormat(
            f"{name} is {identified.media_type}; essays are read as plain text, Markdown or HTML.",
            remedy="Save it as one of these (.txt, .md, .html), and add that file.",
        )
    from ingest.essay.plain import read_plain

    return read_plain(text)


def _date(writing: Writing, stem: str, today: datetime.date) -> tuple[str, tuple[str, ...]]:
    """When it was written, as far as its file says; else today, and a note."""
    found = writing.date or date_in(writing.title or "") or date_in(stem) or year_in(stem) or year_in(writing.title or "")
    if found is not None:
        return found, ()
    return today.isoformat(), ("It does not say when it was written: today's date stands in its place.",)


def _questions(every: Sequence[Asked], sections: Sequence[Section], resolution: Resolution) -> Iterable[Question]:
    """Each question with its id, its restatement, and what its paragraph cites, or else its section."""
    stems: dict[int, str] = {}
    counts: dict[int, int] = {}
    alluded = allusions(sections, every, resolution.listed)
    for place, asked in enumerate(every):
        section = sections[asked.section]
        if asked.section not in stems:
            stems[asked.section] = free(_stem(section.title), stems.values())
        counts[asked.section] = counts.get(asked.section, 0) + 1
        cites = mentioned([section.blocks[asked.block]], resolution.listed) or mentioned(section.blocks, resolution.listed)
        yield Question(
            id=f"{stems[asked.section]}-{counts[asked.section]}",
            section=section.title,
            asked=asked.text,
            standalone=restate(asked, section),
            implied=asked.implied,
            cites=cites,
            alluded=alluded.get(place, ()),
        )


def _stem(title: str) -> str:
    words = [word for word in slug(topic_of(title)).split("-") if word]
    telling = [word for word in words if word not in _SMALL]
    return "-".join((telling or words)[:LONGEST_ID]) or "question"


def _remarks(resolution: Resolution) -> Iterable[str]:
    """What a person should know of the new works."""
    for work in resolution.new:
        if not registered(work.identifiers) and not work.identifiers.url:
            yield f"{work.key} ({work.title}) has no identifier and no address: give it as a file."
        elif not work.authors:
            yield f"{work.key} ({work.title}) is known by its address only: look at its title."
