"""Lets a language model write annotations of a work, section by section, each through the same gate as a claim.

Knows no storage: what is written is given out, and somebody else keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from bot.answers import Evidence
from bot.evidence import locate
from bot.write.ask_model import request_notes
from bot.write.growing import Growing
from bot.write.parse import ClaimStream
from corpus.errors import UnknownWork
from corpus.proof import ProvenText
from corpus.records import Annotation, annotation_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Citation, Claim
    from bot.reader import Reader
    from bot.write.ask_model import Request
    from bot.write.writer import Writer
    from corpus.documents import Passage

WORDS = 650
"""Of the passages that are shown at once: a section, or a part of a long one."""
SHORTEST, LONGEST = 30, 700
"""Characters of a quote that an annotation can be tied to."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """What became of one section."""

    section: str
    number: int
    """Which of all the requests it is, from 1."""
    of: int
    annotations: tuple[Annotation, ...]
    fell: int
    """Statements that were not proven, or that their quote does not carry."""
    tokens: int


def annotate(reader: Reader, key: str, writer: Writer) -> Iterator[Annotated]:
    """One section after another; raises `UnknownWork`, and `LanguageModelError` where the model fails."""
    sections = sections_of(reader, key)
    for number, evidence in enumerate(sections, start=1):
        yield _section(reader, evidence, writer, number, len(sections))


def sections_of(reader: Reader, key: str) -> list[list[Evidence]]:
    """What is read of a work, as it is asked about; raises `UnknownWork`."""
    record = reader.works().get(key)
    if record is None or record.document is None:
        raise UnknownWork(
            f"The work {key} is not in the library with its own words.",
            remedy="Take it in first: pincite add SOURCE, or pincite ingest.",
            work=key,
        )
    found = reader.library.passages(list(reader.library.passage_ids(key))).values()
    passages = sorted((passage for passage, _ in found if passage.kind == "prose"), key=lambda each: (each.position, each.span))
    turns = [turn for turn in _turns(passages) if any(sentence.quotable for each in turn for sentence in each.sentences)]
    sections = []
    for turn in turns:
        evidence = []
        for rank, passage in enumerate(turn, start=1):
            page = reader.library.page(passage.document, passage.position)
            where = locate(page, passage.span.start, passage.section, record)
            evidence.append(Evidence(rank, passage, record.work, where, record.document.name, 1.0))
        sections.append(evidence)
    return sections


def _turns(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages that are read together: of one section, and not too many."""
    for _, group in groupby(passages, key=lambda passage: passage.section):
        turn: list[Passage] = []
        words = 0
        for passage in group:
            length = len(passage.text.split())
            if turn and words + length > WORDS:
                yield turn
                turn, words = [], 0
            turn.append(passage)
            words += length
        yield turn


def _section(reader: Reader, evidence: Sequence[Evidence], writer: Writer, number: int, of: int) -> Annotated:
    budget = writer.budget.part(writer.answer_tokens, setting="PINCITE_LLM_ANSWER_TOKENS")
    work = evidence[0].work
    growing = Growing(reader, evidence, writer.supports, writer.threshold, work.title)
    asked = request_notes(f"{work.label}, {work.title}", evidence, budget)
    for _ in chain.from_iterable(_heard(writer, asked, growing)):
        pass
    by_number = {citation.number: citation for citation in growing.citations}
    made = [_annotation(reader, claim, by_number[claim.citations[0]], writer.name) for claim in growing.claims if _fits(claim)]
    kept = tuple(each for each in made if each is not None)
    fell = growing.dropped + len(growing.claims) - len(kept)
    return Annotated(evidence[0].passage.section or "", number, of, kept, fell, budget.spent)


def _fits(claim: Claim) -> bool:
    """A statement in the model's words that rests on one quote."""
    return claim.kind == "composed" and len(claim.citations) == 1


def _heard(writer: Writer, asked: Request, growing: Growing) -> Iterator[Iterator[None]]:
    """Read the model's answer and, where it cannot be read, one more."""
    stream = ClaimStream()
    yield writer.heard(asked.prompt, stream, growing)
    if not stream.whole:
        yield writer.heard(asked.again(stream.text, stream.fault), ClaimStream(), growing)


def _annotation(reader: Reader, claim: Claim, citation: Citation, writer: str) -> Annotation | None:
    """The claim as an annotation; None where no text fragment finds its quote, and it alone, on the page."""
    quote = citation.quote
    if quote is None or not SHORTEST <= len(quote.text) <= LONGEST:
        return None
    page = reader.library.page(quote.document, quote.position)
    found = ProvenText(page.text).fragment_for(quote.text, quote.span)
    if found is None:
        return None
    start, end = found
    return Annotation(
        id=annotation_id(citation.work.key, claim.text, start, end),
        work=citation.work.key,
        statement=claim.text,
        page=page.number,
        part=None if page.number is not None else page.part,
        section=citation.locator.section,
        start=start,
        end=end,
        writer=writer,
    )
