"""An answer that a model writes, claim by claim: what is taken, what is narrowed to its quote, and what falls.

Every claim goes through the same gate: its quotes stand in the passages that it names, its form is that of a claim, and
its quotes carry it. Knows no model.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.answers import Claim
from bot.candidates import LONGEST_QUOTE, SHORTEST_QUOTE
from bot.cite import Place, citation_of
from bot.verifier.support import Posed
from bot.write.added import added
from bot.write.form import addresses_a_model, cleaned, fault
from bot.write.quotes import find_sentences
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers import Citation, Evidence
    from bot.reader import Reader
    from bot.verifier.support import Supports
    from bot.write.parse import Pointed, Proposed
    from corpus.documents import Sentence
    from corpus.works import Work

Key = tuple[str, int, int, int]
"""Document, page and span of a quote."""


@dataclass(frozen=True, slots=True)
class Stands:
    """One quote of a claim that stands: its citation, not numbered yet."""

    citation: Citation
    key: Key
    quotable: bool
    """Whole sentences of running prose, which may stand alone in an answer."""
    around: str
    """The passage in which it stands."""


@dataclass(slots=True)
class Growing:
    """What stands of an answer so far."""

    reader: Reader
    evidence: Sequence[Evidence]
    supports: Supports
    threshold: float
    """A claim whose quotes carry it less likely than this is not given."""
    question: str
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    composed: int = 0
    """Claims that the model chose and put well: its own words, or a quote word for word."""
    narrowed: int = 0
    """Claims of which only the quote is given."""
    dropped: int = 0
    numbers: dict[Key, int] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    """Claims and quotes that are there already, for telling doubles."""

    def take(self, proposed: Proposed | None) -> bool:
        """Let one claim through the gate; True where the answer has grown."""
        if proposed is None:
            self.dropped += 1
            return False
        text = cleaned(proposed.text)
        if loose(text) in self.said and loose(text):
            return False
        stands = self.proven(proposed)
        if not stands:
            self.dropped += 1
            return False
        posed = posed_of(text, stands)
        if objection(posed, self.question, [each.around for each in stands]) is None:
            found = self.supports.support([posed])[0]
            if found.carried(self.threshold):
                self._add(text, stands, found.probability)
                return True
        return self._narrow(stands)

    def proven(self, proposed: Proposed) -> list[Stands]:
        """The quotes of a claim that stand, each once."""
        found = (self._stands(pointed) for pointed in proposed.quotes)
        return list({each.key: each for each in found if each is not None}.values())

    def _add(self, text: str, stands: Sequence[Stands], support: float) -> None:
        """Take a claim in; one that is its quote word for word is shown as that."""
        quote = stands[0].citation.quote
        verbatim = len(stands) == 1 and quote is not None and quote.text == text
        self.said.add(loose(text))
        self.composed += 1
        numbers = self._cite(stands)
        if verbatim:
            self.claims.append(Claim(text, numbers, "quoted", _voice(stands)))
        else:
            self.claims.append(Claim(text, numbers, "composed", _voice(stands), support=support))

    def _narrow(self, stands: Sequence[Stands]) -> bool:
        """Give quotes that may stand alone instead of the claim, the first of each work; none: the claim is dropped."""
        first: dict[str, tuple[Stands, str]] = {}
        for each in stands:
            quote = each.citation.quote
            if quote is not None and each.quotable and SHORTEST_QUOTE <= len(quote.text.split()) <= LONGEST_QUOTE:
                first.setdefault(each.citation.work.key, (each, quote.text))
        new = [(each, text) for each, text in first.values() if loose(text) not in self.said]
        for each, text in new:
            self.said.add(loose(text))
            self.claims.append(Claim(text, self._cite([each]), "quoted", each.citation.work.key))
        self.narrowed += bool(new)
        self.dropped += not first
        return bool(new)

    def _cite(self, stands: Sequence[Stands]) -> tuple[int, ...]:
        """Numbers of the quotes, each numbered at its first mention."""
        for each in stands:
            if each.key not in self.numbers:
                self.numbers[each.key] = len(self.citations) + 1
                self.citations.append(replace(each.citation, number=self.numbers[each.key]))
        return tuple(dict.fromkeys(self.numbers[each.key] for each in stands))

    def _stands(self, pointed: Pointed) -> Stands | None:
        """The sentences that hold the quoted words, proven on their page; None where they are not there."""
        if not 1 <= pointed.passage <= len(self.evidence):
            return None
        evidence = self.evidence[pointed.passage - 1]
        passage = evidence.passage
        page = self.reader.library.page(passage.document, passage.position)
        sentences = find_sentences(page, passage, pointed.quote)
        if not sentences or any(addresses_a_model(page.read(each.span)) for each in sentences):
            return None
        span = sentences[0].span.to(sentences[-1].span)
        where = Place(evidence.work.key, passage.document, passage.position, span, passage.section)
        citation = citation_of(self.reader, where, len(self.citations) + 1)
        if citation is None:
            return None
        return Stands(
            citation, (passage.document, passage.position, span.start, span.end), _alone(passage.kind, sentences), passage.text
        )


def posed_of(text: str, stands: Sequence[Stands]) -> Posed:
    """A claim as the verifier is asked about it."""
    quotes = tuple(each.citation.quote.text for each in stands if each.citation.quote)
    return Posed(text, quotes, tuple(dict.fromkeys(name for each in stands for name in sources_of(each.citation.work))))


def objection(posed: Posed, question: str, around: Sequence[str]) -> str | None:
    """What is wrong with a claim before any verifier is asked: its form, or what it puts to its quotes; None: nothing.

    `around` are the passages of its quotes.
    """
    found = fault(posed.text, (*posed.quotes, *posed.sources, question))
    return found or added(posed.text, posed.quotes, posed.sources, around)


def _alone(kind: str, sentences: Sequence[Sentence]) -> bool:
    return kind == "prose" and all(sentence.quotable for sentence in sentences)


def sources_of(work: Work) -> tuple[str, ...]:
    """What a claim may call a work by."""
    return (*(author.full for author in work.authors), work.title, work.label, *([str(work.year)] if work.year else []))


def _voice(stands: Sequence[Stands]) -> str | None:
    """The work that speaks; None where several do."""
    works = {each.citation.work.key for each in stands}
    return works.pop() if len(works) == 1 else None
