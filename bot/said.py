"""Tells what was cited before in a talk from what is new. Knows no turn and no screen.

A follow-up that asks for more is not answered by the answer before: the same words are not quoted again, nor the same
statement made. What merely comes near them is new: two sentences of one passage are always near each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers import Citation, Query
    from bot.candidates import Candidate


def unsaid(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that the talk has not cited, in the same order."""
    return [candidate for candidate in ranked if _cited(candidate, query.said) is None]


def said_note(query: Query, ranked: Sequence[Candidate]) -> tuple[str, ...]:
    """Where the nearest of all was cited before, a note that says so and where it stands."""
    before = _cited(ranked[0], query.said)
    return () if before is None else (f"What comes nearest to this was cited before: {before.pincite}.",)


def _cited(candidate: Candidate, said: Sequence[Citation]) -> Citation | None:
    """The citation that has the candidate's words, or its statement; None where none has."""
    return next((citation for citation in said if _is_of(citation, candidate)), None)


def _is_of(citation: Citation, candidate: Candidate) -> bool:
    if candidate.text is not None and candidate.text == citation.statement:
        return True
    quote, span = citation.quote, candidate.span
    if quote is None or span is None:
        return False
    return (quote.document, quote.position) == (candidate.document, candidate.position) and quote.span.overlaps(span)
