"""Answers put in the order in which a report shows them. Knows no HTML, no Markdown and no place on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.printable import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answers import Answer, Citation, Claim
    from corpus.essays import Essay, Question
    from corpus.records import WorkRecord
    from corpus.works import Work

UNTITLED = "Answers from the library"
OTHERS = "Other questions"

TAKEN = ("overview", "overview-title", "answers", "works", "works-title", "bibtex", "fold", "copy", "pincite-answers")
"""Anchors that the page itself uses, beside `work-…` for each work."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and the citations that it is the first to mention."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Consecutive claims that speak for one work."""

    work: Work | None
    """None for claims across works."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The claims on one part of a question."""

    number: int | None
    """None where the question has one part only."""
    voices: tuple[Voice, ...]
    wording: str = ""
    """The part as a question of its own; empty where nobody has put it so."""

    @property
    def heading(self) -> str:
        """`Part 2: Does it have to be designed?`."""
        return f"Part {self.number}: {self.wording}" if self.wording else f"Part {self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer."""

    number: int
    """From 1, through the whole report."""
    anchor: str
    """Unique, of letters, digits and hyphens."""
    answer: Answer
    question: Question | None
    """The essay's; None where the question does not come from it."""
    parts: tuple[Part, ...]

    @property
    def heading(self) -> str:
        """The question, standing alone."""
        return self.answer.question or (self.question.standalone if self.question else "") or "A question without words"


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one section of the essay."""

    title: str
    """Empty where there is no essay."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited work with where it is cited and what its citations are proven in."""

    work: Work
    record: WorkRecord | None
    citations: int
    proven: int
    """How many of them quote an ingested document."""
    entries: tuple[Entry, ...]
    documents: tuple[tuple[str, str | None, str], ...]
    """(file name, version, digest) of each document that a citation quotes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was answered, and on what it rests."""

    answered: int
    abstained: int
    failed: int
    citations: int
    proven: int
    documents: int

    @property
    def questions(self) -> int:
        """All of them."""
        return self.answered + self.abstained + self.failed

    def sentences(self) -> Iterator[str]:
        """What the report says of itself at its head."""
        parts = [f"{self.answered} answered"]
        parts += [f"{self.abstained} abstained"] if self.abstained else []
        parts += [f"{self.failed} failed"] if self.failed else []
        yield f"{counted(self.questions, 'question').capitalize()}: {', '.join(parts)}."
        vouched = self.citations - self.proven
        if self.proven:
            found = f"found word for word in {counted(self.documents, 'document')}"
            each = "its quote" if self.proven == 1 else "each with a quote"
            yield f"{counted(self.proven, 'citation').capitalize()}, {each} {found}."
        if vouched:
            rest = "rests on an annotation" if vouched == 1 else "rest on annotations"
            more = "more citation" if self.proven else "citation"
            yield f"{counted(vouched, more).capitalize()} {rest} alone: the work itself is not in the library."


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A whole report."""

    essay: Essay | None
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    tally: Tally

    @property
    def title(self) -> str:
        """The essay's, or what the answers come from."""
        return self.essay.title if self.essay else UNTITLED

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)


def arrange(answers: Sequence[Answer], essay: Essay | None, works: Sequence[WorkRecord]) -> Arrangement:
    """Put answers under the essay's sections, in the essay's order; whatever the essay does not ask comes last."""
    sections = tuple(_sections(answers, essay))
    entries = [entry for section in sections for entry in section.entries]
    return Arrangement(essay, sections, _references(entries, works), _tally(answers))


def _sections(answers: Sequence[Answer], essay: Essay | None) -> Iterator[Section]:
    anchors = set(TAKEN)
    asked = {question.id: question for question in essay.questions} if essay else {}
    rank = {id: place for place, id in enumerate(asked)}
    here = sorted((answer for answer in answers if answer.id in rank), key=lambda answer: rank[answer.id or ""])
    number = 0
    for title in dict.fromkeys([*(essay.sections if essay else ()), *(question.section for question in asked.values())]):
        entries = []
        for answer in here:
            if (question := asked[answer.id or ""]).section == title:
                number += 1
                entries.append(_entry(number, answer, question, anchors))
        if entries:
            yield Section(title, tuple(entries))
    others = [answer for answer in answers if answer.id not in rank]
    if others:
        rest = tuple(_entry(place, answer, None, anchors) for place, answer in enumerate(others, start=number + 1))
        yield Section(OTHERS if essay else "", rest)


def _entry(number: int, answer: Answer, question: Question | None, anchors: set[str]) -> Entry:
    anchor = re.sub(r"[^A-Za-z0-9]+", "-", answer.id or "").strip("-") or f"question-{number}"
    if anchor[0].isdigit() or anchor.startswith("work-"):
        anchor = f"q-{anchor}"
    while anchor in anchors:
        anchor = f"{anchor}-{number}"
    anchors.add(anchor)
    return Entry(number, anchor, answer, question, tuple(_parts(answer)))


def _parts(answer: Answer) -> Iterator[Part]:
    shown: set[int] = set()
    numbers = dict.fromkeys(claim.part for claim in answer.claims)
    several = len(numbers) > 1 or (len(answer.parts) > 1 and None not in numbers)
    for number in numbers:
        claims = [claim for claim in answer.claims if claim.part == number]
        wording = answer.parts[number - 1] if number and number <= len(answer.parts) else ""
        yield Part(number if several else None, tuple(_voices(answer, claims, shown)), wording)


def _voices(answer: Answer, claims: Iterable[Claim], shown: set[int]) -> Iterator[Voice]:
    cited = {citation.number: citation for citation in answer.citations}
    works = {citation.work.key: citation.work for citation in answer.citations}
    rows: list[Row] = []
    voice: str | None = None
    for claim in claims:
        if rows and claim.work != voice:
            yield Voice(works.get(voice or ""), tuple(rows))
            rows = []
        voice = claim.work
        new = [number for number in dict.fromkeys(claim.citations) if number not in shown and number in cited]
        shown.update(new)
        rows.append(Row(claim, tuple(cited[number] for number in new)))
    if rows:
        yield Voice(works.get(voice or ""), tuple(rows))


def _tally(answers: Sequence[Answer]) -> Tally:
    citations = [citation for answer in answers for citation in answer.citations]
    quotes = [citation.quote for citation in citations if citation.quote]
    states = [answer.status for answer in answers]
    return Tally(
        answered=states.count("answered"),
        abstained=states.count("abstained"),
        failed=states.count("error"),
        citations=len(citations),
        proven=len(quotes),
        documents=len({quote.document for quote in quotes}),
    )


def _references(entries: Sequence[Entry], records: Sequence[WorkRecord]) -> tuple[Reference, ...]:
    known = {record.work.key: record for record in records}
    pairs = [(entry, citation) for entry in entries for citation in entry.answer.citations]
    cited = {citation.work.key: citation.work for _, citation in pairs}
    references = []
    for key, work in cited.items():
        mine = [(entry, citation) for entry, citation in pairs if citation.work.key == key]
        record = known.get(key)
        documents = dict.fromkeys(
            (citation.document_name or "", citation.version, citation.quote.document) for _, citation in mine if citation.quote
        )
        references.append(
            Reference(
                work=record.work if record else work,
                record=record,
                citations=len(mine),
                proven=sum(citation.quote is not None for _, citation in mine),
                entries=tuple({entry.number: entry for entry, _ in mine}.values()),
                documents=tuple(documents),
            )
        )
    return tuple(sorted(references, key=lambda reference: (reference.work.voice.casefold(), reference.work.year or 0)))


def named(work: Work, most: int = 10) -> str:
    """`Ida Lantern, Nell Tidewater and Osric Weir`; of a long list the first ten."""
    names = [author.full for author in work.authors]
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} others"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))
