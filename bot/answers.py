"""The nouns of the read side: from a query to an answer. Knows no storage, no format and no screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.documents import Box, Passage, Span
    from corpus.works import Work

Status = Literal["answered", "abstained", "error"]
Coverage = Literal["settles", "bears on"]
ClaimKind = Literal["quoted", "annotated", "composed"]
CitationKind = Literal["full text", "annotation"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the library."""

    question: str
    """The question as asked."""
    text: str
    """What is searched: the question, cleaned and standing alone."""
    facets: tuple[str, ...] = ()
    """Statements that would bear on it, searched beside it."""
    parts: tuple[str, ...] = ()
    """Its parts, each as a question of its own; empty where there is one only."""
    facet_parts: tuple[int, ...] = ()
    """Which part each facet is about, from 1; empty where nobody has said."""
    works: frozenset[str] = frozenset()
    """Only these works; empty for all."""
    heard: frozenset[str] = frozenset()
    """Works that the question or its essay names; heard first where others are as near."""
    open: bool = False
    """A question that no work settles, as whoever wrote it down has judged; several may bear on it."""
    judgement: bool = False
    """Its form asks for a judgement (`Is it so?`): quotes bear on it, and whether they settle it nobody has judged."""
    id: str | None = None
    """The question's id in its essay or file."""
    asked_by: str | None = None
    """The essay's question that it is, as `essay/question`."""
    carried: str = ""
    """The matter that was asked of other works before; those asked now need not speak of it at all."""
    said: tuple[Citation, ...] = ()
    """What the talk has cited, where the question asks for more than that; it is not said again."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that retrieval found, with what speaks for it."""

    passage: Passage
    work: Work
    score: float
    """Fused score; higher is better; comparable within one query only."""
    cosine: float = 0.0
    """Passage to query, -1 to 1."""
    sentence_scores: tuple[float, ...] = ()
    """Each sentence's cosine to the query."""
    lexical: float = 0.0
    """BM25 relative to the query's best hit, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a quote, as a reader names it (CSL: locator)."""

    page: int | None = None
    """1-based page of the file."""
    label: str | None = None
    """Printed page label."""
    part: int | None = None
    parts: int | None = None
    """How many parts the document has, for "part 4 of 12"."""
    time: float | None = None
    """Seconds from the start of a talk."""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words with their place (W3C TextQuoteSelector)."""

    text: str
    """Readable form of the span."""
    document: str
    """Digest."""
    position: int
    """Position of the page in the document."""
    span: Span
    boxes: tuple[Box, ...] = ()
    """One a line; empty where the document has no pages to draw on."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What one number in an answer points at."""

    number: int
    """From 1, in order of first mention."""
    work: Work
    kind: CitationKind
    locator: Locator
    quote: Quote | None = None
    """None where only an annotation vouches for it."""
    statement: str | None = None
    """The annotation's statement, where there is one."""
    document_name: str | None = None
    """File name as ingested."""
    version: str | None = None
    superseded_by: str | None = None
    link: str | None = None
    """To the place in the original, e.g. `https://arxiv.org/pdf/1706.03741v4#page=3`."""
    writer: str | None = None
    """The language model that wrote the statement; None for Pincite's own, and where there is none."""

    @property
    def pincite(self) -> str:
        """`LeCun 2022, p. 12, §4.1`; `Karpathy 2023, 12:41`; `Rae 2023, part 4 of 12, untimed transcript`."""
        from bot.pincite import pincite

        return pincite(self.work, self.locator)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer and the numbers of the citations that carry it; never without one."""

    text: str
    citations: tuple[int, ...]
    kind: ClaimKind
    work: str | None = None
    """Key of the work whose voice it is; None for a claim across works."""
    part: int | None = None
    """Which part of a question of several parts it answers, from 1."""
    support: float | None = 1.0
    """How likely the quotes carry it; 1.0 for a quote; None where no verifier ran."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that the composer saw."""

    rank: int
    passage: Passage
    work: Work
    locator: Locator
    document_name: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer, or an abstention, which is an answer too."""

    question: str
    query: str
    status: Status
    id: str | None = None
    coverage: Coverage | None = None
    reason: str | None = None
    """Why it abstained: `not in library`, `false premise`, `said before`, `empty library`; None where answered."""
    message: str | None = None
    """For a person, where it abstained or failed."""
    confidence: float = 0.0
    """How likely the library bears on the question, 0 to 1."""
    composer: str = "library"
    """`library`, or the language model's name."""
    opening: str = ""
    """Framing made by code; states nothing about the world."""
    parts: tuple[str, ...] = ()
    """Wording of the parts that its claims name by number; empty where it is not answered part by part."""
    notes: tuple[str, ...] = ()
    dropped: int = 0
    """Claims thrown away because their proof failed."""
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    milliseconds: dict[str, float] = field(default_factory=dict)
    """`retrieve`, `compose`, `total`."""
    tokens: int = 0
    """What a language model read and wrote for it; 0 where none was asked."""
