"""The JSON form of an answer, there and back. Knows no library: it proves nothing and looks nothing up.

The form is `answer.schema.json` beside this module; `bot.answer_reading` reads it back and tolerates keys that it does
not name.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from bot.answer_reading import REMEDY, SCHEMA, answer_from_json
from corpus.errors import SavedAnswerError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers import Answer, Citation, Claim, Evidence
    from corpus.documents import Box

__all__ = ["REPORT_ELEMENT", "SCHEMA", "answer_from_json", "answer_to_json", "answers_in", "schema"]

REPORT_ELEMENT = "pincite-answers"
"""Id of the element in which an HTML report carries its answers."""


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one answer."""
    return cast("dict[str, Any]", json.loads(files("bot").joinpath("answer.schema.json").read_text(encoding="utf-8")))


def answer_to_json(answer: Answer) -> dict[str, object]:
    """One answer as JSON holds it; the keys in the order a person reads them."""
    return {
        "schema": SCHEMA,
        "id": answer.id,
        "question": answer.question,
        "query": answer.query,
        "status": answer.status,
        "coverage": answer.coverage,
        "reason": answer.reason,
        "message": answer.message,
        "confidence": round(answer.confidence, 4),
        "composer": answer.composer,
        "opening": answer.opening,
        "parts": list(answer.parts),
        "notes": list(answer.notes),
        "dropped": answer.dropped,
        "claims": [_claim_to_json(claim) for claim in answer.claims],
        "citations": [_citation_to_json(citation) for citation in answer.citations],
        "evidence": [_evidence_to_json(evidence) for evidence in answer.evidence],
        "milliseconds": {name: round(answer.milliseconds.get(name, 0.0), 1) for name in ("retrieve", "compose", "total")},
        "tokens": answer.tokens,
    }


def _claim_to_json(claim: Claim) -> dict[str, object]:
    return {
        "text": claim.text,
        "citations": list(claim.citations),
        "kind": claim.kind,
        "work": claim.work,
        "part": claim.part,
        "support": None if claim.support is None else round(claim.support, 4),
    }


def _citation_to_json(citation: Citation) -> dict[str, object]:
    quote, locator, work = citation.quote, citation.locator, citation.work
    return {
        "number": citation.number,
        "work": work.key,
        "title": work.title,
        "authors": [author.full for author in work.authors],
        "year": work.year,
        "kind": citation.kind,
        "document": citation.document_name,
        "digest": quote.document if quote else None,
        "version": citation.version,
        "superseded_by": citation.superseded_by,
        "page": locator.page,
        "page_label": locator.label,
        "time": locator.time,
        "part": locator.part,
        "parts": locator.parts,
        "section": locator.section,
        "quote": quote.text if quote else None,
        "span": [quote.span.start, quote.span.end] if quote else None,
        "statement": citation.statement,
        "writer": citation.writer,
        "boxes": [_box_to_json(box) for box in quote.boxes] if quote else [],
        "link": citation.link,
    }


def _box_to_json(box: Box) -> list[float]:
    return [round(edge, 1) for edge in (box.x0, box.y0, box.x1, box.y1)]


def _evidence_to_json(evidence: Evidence) -> dict[str, object]:
    return {
        "rank": evidence.rank,
        "work": evidence.work.key,
        "document": evidence.document_name,
        "page": evidence.locator.page,
        "time": evidence.locator.time,
        "part": evidence.locator.part,
        "parts": evidence.locator.parts,
        "section": evidence.locator.section,
        "text": evidence.passage.text,
        "score": round(evidence.score, 4),
    }


def answers_in(path: Path) -> list[dict[str, Any]]:
    """The saved answers of a file, as JSON: one object, a list, one a line, or those that an HTML report carries."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SavedAnswerError(f"{path} cannot be read: {reason}.", remedy=REMEDY, path=str(path)) from error
    held = _carried(text, path) if text.lstrip().startswith("<") else text
    answers = _answers(held, path)
    for number, answer in enumerate(answers, start=1):
        if not isinstance(answer, dict) or "question" not in answer:
            raise SavedAnswerError(f"{path} holds no answer at place {number}.", remedy=REMEDY, path=str(path))
    if not answers:
        raise SavedAnswerError(f"{path} holds no answer.", remedy=REMEDY, path=str(path))
    return answers


def _answers(text: str, path: Path) -> list[dict[str, Any]]:
    try:
        held = json.loads(text)
    except json.JSONDecodeError:
        return _lines(text, path)
    if isinstance(held, dict) and isinstance(held.get("answers"), list):
        return cast("list[dict[str, Any]]", held["answers"])
    return held if isinstance(held, list) else [held]


def _lines(text: str, path: Path) -> list[dict[str, Any]]:
    answers = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            answers.append(json.loads(line))
        except json.JSONDecodeError as error:
            message = f"{path} is not JSON: line {number}, column {error.colno}: {error.msg}."
            raise SavedAnswerError(message, remedy=REMEDY, path=str(path), line=number) from error
    return answers


class _Carrier(HTMLParser):
    """Collects the text of the one element that carries the answers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("id") == REPORT_ELEMENT

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser calls it with the tag
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def _carried(text: str, path: Path) -> str:
    carrier = _Carrier()
    carrier.feed(text)
    carrier.close()
    if not carrier.found:
        message = f"{path} is a web page that carries no answers."
        raise SavedAnswerError(message, remedy="Give a report written by `pincite answer`.", path=str(path))
    return "".join(carrier.found)
