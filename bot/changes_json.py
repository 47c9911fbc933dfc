"""The JSON form of what changed. Knows no library, no file and no screen; the form is `changes.schema.json` beside it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from bot.pincite import place

if TYPE_CHECKING:
    from bot.answers import Answer, Citation, Claim, Evidence
    from bot.changes import Change

SCHEMA = 1
"""Raised when a key changes its meaning or goes; a new key does not raise it."""


def change_to_json(change: Change) -> dict[str, object]:
    """What became of one question's answer; its keys in the order in which a person reads them."""
    return {
        "schema": SCHEMA,
        "id": change.id,
        "question": change.question,
        "verdict": change.verdict,
        "touches": change.touches,
        "substance": change.substance,
        "parts": list(change.parts),
        "before": _side(change.before),
        "after": _side(change.after),
        "claims": {"new": _claims(change.came, change.after), "gone": _claims(change.went, change.before)},
        "citations": {
            "new": [_citation(citation) for citation in change.cited],
            "gone": [_citation(citation) for citation in change.uncited],
            "superseded": [{"before": _citation(pair.before), "after": _citation(pair.after)} for pair in change.superseded],
        },
        "evidence": {
            "new": [_evidence(each) for each in change.evidence_came],
            "gone": [_evidence(each) for each in change.evidence_went],
        },
        "notes": {"new": list(change.notes_came), "gone": list(change.notes_went)},
    }


def change_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one change."""
    return cast("dict[str, Any]", json.loads(files("bot").joinpath("changes.schema.json").read_text(encoding="utf-8")))


def _side(answer: Answer | None) -> dict[str, object] | None:
    if answer is None:
        return None
    return {"status": answer.status, "coverage": answer.coverage, "reason": answer.reason, "message": answer.message}


def _claims(claims: tuple[Claim, ...], answer: Answer | None) -> list[dict[str, object]]:
    """Claims, each with the pincites of what it rests on, so that a reader need not look the numbers up."""
    pincites = {citation.number: citation.pincite for citation in answer.citations} if answer else {}
    return [
        {
            "text": claim.text,
            "kind": claim.kind,
            "work": claim.work,
            "citations": list(claim.citations),
            "pincites": [pincites[number] for number in claim.citations],
        }
        for claim in claims
    ]


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        "work": citation.work.key,
        "pincite": citation.pincite,
        "version": citation.version,
        "digest": citation.quote.document if citation.quote else None,
        "quote": citation.quote.text if citation.quote else None,
        "statement": citation.statement,
        "link": citation.link,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    where = place(evidence.locator)
    return {"rank": evidence.rank, "work": evidence.work.key, "place": where, "text": evidence.passage.text}
