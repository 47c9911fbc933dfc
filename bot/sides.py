"""Sees that a contrast (`How does A differ from B?`) is told of both sides. Knows no storage and no screen.

Which side a claim is about is told by its words: the vectors of two things that are often named together tell them apart badly.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.compose import LEAST_OF_A_PART, MOST_CLAIMS, grouped, opening, works_of
from bot.doubles import says_again
from bot.question import content_words, named_works

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers import Evidence, Query
    from bot.candidates import Candidate
    from bot.compose import Draft

_SIDE = r"(?:\S+ ){0,4}\S+?"
_CONTRAST = re.compile(
    rf"(?:what (?:is|are) the (?:\w+ )?differences? between ({_SIDE}) and ({_SIDE})"
    rf"|how (?:does|do|did) ({_SIDE}) (?:differ from|compare (?:with|to)) ({_SIDE})"
    rf"|how (?:does|do|did) ({_SIDE}) and ({_SIDE}) (?:differ|compare)(?: (?:in|on|as|with|when|at|for)\b.*)?)\?",
    re.I,
)
OF_BEST = 0.4
"""Share of the best score that what is said of a side has, at the least."""
_POINTS = re.compile(r"\b(?:it|its|they|them|their|he|she|his|her|this|that|these|those|each other)\b", re.I)


_NOTHING = "Nothing that was found speaks of"


def sides(question: str) -> tuple[str, ...]:
    """The two things that a question sets against each other; none where it does not, or one has no name of its own."""
    found = _CONTRAST.fullmatch(question)
    one, other = [side for side in found.groups() if side] if found else ("", "")
    return () if any(_POINTS.search(side) or not content_words(side) for side in (one, other)) else (one, other)


def of_both_sides(query: Query, draft: Draft, ranked: Sequence[Candidate], evidence: Sequence[Evidence]) -> Draft:
    """The draft, with the best that is said of a side alone where it says nothing of it alone, else with a note.

    A claim that names a side beside the other may be no more than a list of both.
    """
    both = sides(query.text) if not draft.parts else ()
    if not both:
        return draft
    chosen, notes = list(draft.candidates), list(draft.notes)
    added: list[Candidate] = []
    floor = OF_BEST * ranked[0].score
    for side, other in zip(both, both[::-1], strict=True):
        of_it = [each for each in ranked if _speaks_of(side, other, each, evidence)]
        alone = [each for each in of_it if not _speaks_of(other, side, each, evidence)] if _own(other, side) else of_it
        if not any(says_again(each, chosen) for each in alone):
            near = (each for each in alone if each.score >= floor)
            added += _apart(near, added)[:LEAST_OF_A_PART]
        if not alone:
            notes.append(f"What was found speaks of “{side}” only beside “{other}”." if of_it else f"{_NOTHING} “{side}”.")
    chosen = grouped([*chosen[: MOST_CLAIMS - len(added)], *added])
    says = opening(query, works_of(chosen), draft.coverage)
    return replace(draft, opening=says, candidates=tuple(chosen), notes=tuple(notes))


def _apart(candidates: Iterable[Candidate], said: Sequence[Candidate]) -> list[Candidate]:
    """Those that say neither what was said nor what another of them says."""
    new: list[Candidate] = []
    for candidate in candidates:
        if not says_again(candidate, [*said, *new]):
            new.append(candidate)
    return new


def _own(side: str, other: str) -> list[str]:
    """The words of a side that the other has not."""
    return [word for word in content_words(side) if word not in content_words(other)]


def _speaks_of(side: str, other: str, candidate: Candidate, evidence: Sequence[Evidence]) -> bool:
    """True where its work is named so, or where the side's own words, or their beginnings, stand in what it says or quotes."""
    said = f"{candidate.text or ''} {_quote(candidate, evidence)}"
    named = bool(named_works(side, [candidate.work]))
    return named or all(re.search(rf"(?<!\w){re.escape(word)}", said, re.I) for word in _own(side, other))


def _quote(candidate: Candidate, evidence: Sequence[Evidence]) -> str:
    """The sentences of the evidence in which its quote stands."""
    place, span = (candidate.document, candidate.position), candidate.span
    if span is None:
        return ""
    passages = (each.passage for each in evidence if (each.passage.document, each.passage.position) == place)
    return " ".join(
        text
        for passage in passages
        for text, sentence in zip(passage.texts, passage.sentences, strict=True)
        if sentence.span.overlaps(span)
    )
