"""Measures answers against questions with gold quotes. Knows no screen; scores on development questions are for tuning.

A question is found where a passage within the first 500 words of its evidence holds, or shares half of, a gold quote
on the gold's page (letters and digits compared); it is cited where a citation stands on a gold page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ask import ask
from bot.question import make_query
from bot.risk import RiskPoint, auroc, risk_by_coverage
from corpus.errors import CatalogueError
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers import Answer, Evidence
    from bot.reader import Reader

WORDS = 500
"""Of evidence that count, after the questions' own convention."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One question with the places that answer it."""

    id: str
    question: str
    answerable: bool
    places: tuple[tuple[str, int | None, float | None, str], ...]
    """(work or file stem, page, seconds, quote) of each gold passage."""


def read_gold(lines: Iterable[str]) -> list[Gold]:
    """Questions in the form of the development sets: `question`, `kind`, `gold`."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            places = tuple((each["work"], each.get("page"), each.get("time"), each["quote"]) for each in row.get("gold", ()))
            if not isinstance(row["question"], str):
                raise TypeError("the question is no text")
            found.append(Gold(str(row.get("id", number)), row["question"], row.get("kind") != "unanswerable", places))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CatalogueError(
                f"Line {number} is no question with gold quotes ({type(error).__name__}).",
                remedy='Each line: {"id", "question", "kind": "answerable"|"unanswerable", "gold": [{"work", "page", "quote"}]}.',
            ) from error
    return found


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a set of questions."""

    figures: dict[str, float | int]
    """Shares over the questions, and how well `confidence` tells the two kinds apart."""
    curve: tuple[RiskPoint, ...]
    """What other thresholds would come to."""

    @property
    def row(self) -> dict[str, object]:
        """As JSON."""
        curve = [{"threshold": point.threshold, "coverage": point.coverage, "risk": point.risk} for point in self.curve]
        return {**self.figures, "risk by coverage": curve}


def evaluate(golds: Iterable[Gold], reader: Reader, *, evidence: int) -> Measures:
    """Ask every question, and compare what is found, cited, answered and declined with the gold."""
    found, cited, quoted, sure, milliseconds = [], [], [], [], []
    for gold in golds:
        known = [record.work for record in reader.works().values()]
        answer = ask(reader, make_query(gold.question, known=known), evidence=evidence)
        milliseconds.append(answer.milliseconds["total"])
        sure.append((answer.confidence, gold.answerable, answer.status == "answered"))
        if gold.answerable and gold.places:
            found.append(any(_is_gold(each, gold) for each in _first_words(answer)))
            cited.append(_is_cited(answer, gold))
            quoted.append(_is_quoted(answer, gold))
    answered = [done for _, answerable, done in sure if answerable]
    declined = [not done for _, answerable, done in sure if not answerable]
    scored = [(score, kind) for score, kind, _ in sure]
    figures: dict[str, float | int] = {
        "questions": len(sure),
        f"gold within the first {WORDS} words of evidence": _share(found),
        "a citation on a gold page": _share(cited),
        "a citation that shares half of a gold quote": _share(quoted),
        "answerable questions answered": _share(answered),
        "unanswerable questions declined": _share(declined),
        "threshold of confidence": reader.threshold,
        "AUROC of confidence": auroc(scored),
        "median milliseconds": sorted(milliseconds)[len(milliseconds) // 2] if milliseconds else 0.0,
    }
    return Measures(figures, tuple(risk_by_coverage(scored)))


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _first_words(answer: Answer) -> list[Evidence]:
    """The evidence that begins within the first words."""
    words, kept = 0, []
    for each in answer.evidence:
        if words >= WORDS:
            break
        kept.append(each)
        words += len(each.passage.text.split())
    return kept


def _is_gold(passage: Evidence, gold: Gold) -> bool:
    """True where the passage shares at least half of a gold quote on the gold's page."""
    text = loose(passage.passage.text)
    for work, page, _, quote in gold.places:
        named = work in (passage.work.key, passage.document_name.rsplit(".", 1)[0])
        if named and page in (None, passage.locator.page) and _shares_half(text, loose(quote)):
            return True
    return False


def _shares_half(text: str, quote: str) -> bool:
    """True where `text` holds a stretch of half of `quote`, both loose."""
    half = min(len(quote), max(20, len(quote) // 2))
    return bool(quote) and any(quote[start : start + half] in text for start in range(0, len(quote) - half + 1, 5))


def _is_quoted(answer: Answer, gold: Gold) -> bool:
    """True where a citation's quote shares half of a gold quote of its work."""
    return any(
        citation.quote is not None
        and work in (citation.work.key, (citation.document_name or "").rsplit(".", 1)[0])
        and _shares_half(loose(citation.quote.text), loose(quote))
        for citation in answer.citations
        for work, _, _, quote in gold.places
    )


def _is_cited(answer: Answer, gold: Gold) -> bool:
    """True where a citation stands on a gold page, or within 30 seconds of a gold time, or in the talk where neither is known."""
    for citation in answer.citations:
        stem = (citation.document_name or "").rsplit(".", 1)[0]
        for work, page, time, quote in gold.places:
            if work not in (citation.work.key, stem):
                continue
            if page is not None:
                if page == citation.locator.page:
                    return True
            elif time is not None and citation.locator.time is not None:
                if abs(time - citation.locator.time) <= 30:
                    return True
            elif citation.quote is not None and (
                loose(citation.quote.text) in loose(quote) or loose(quote) in loose(citation.quote.text)
            ):
                return True
    return False
