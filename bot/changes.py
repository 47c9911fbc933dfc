"""What changed between two states of the answers to the same questions. Knows no library, no file and no screen.

Two citations are the same where the same words stand at the same place of the same document, whatever their numbers;
where the same words stand in another document of the work, a newer version has taken the place of the one before, which
changes no word of what is said. Scores, confidence and times are not compared: they move whenever anything comes in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.answer_reading import answer_from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from bot.answers import Answer, Citation, Claim, Evidence

Verdict = Literal["new", "gone", "same", "changed"]
Part = Literal["status", "coverage", "claims", "citations", "version", "evidence", "notes"]
Touched = Literal["answer", "evidence", "version"]
T = TypeVar("T")

_MARK = re.compile(r"\s*\[\d+(?:,\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class Superseded:
    """The same words, cited before from one version of a work and now from another."""

    before: Citation
    after: Citation


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the answer to one question."""

    verdict: Verdict
    before: Answer | None
    """None where the question is new."""
    after: Answer | None
    """None where the question is gone."""
    came: tuple[Claim, ...] = ()
    """Claims that are made now and were not before; their numbers are those of `after`."""
    went: tuple[Claim, ...] = ()
    """Claims that are made no longer; their numbers are those of `before`."""
    cited: tuple[Citation, ...] = ()
    """Citations that are new."""
    uncited: tuple[Citation, ...] = ()
    """Citations that are there no longer."""
    superseded: tuple[Superseded, ...] = ()
    evidence_came: tuple[Evidence, ...] = ()
    evidence_went: tuple[Evidence, ...] = ()
    notes_came: tuple[str, ...] = ()
    notes_went: tuple[str, ...] = ()

    @property
    def id(self) -> str | None:
        """The question's id in its essay."""
        return self._either.id

    @property
    def question(self) -> str:
        """The question, as it is asked now where it still is."""
        return self._either.question

    @property
    def parts(self) -> tuple[Part, ...]:
        """What differs, from what matters most to what matters least; empty where one side is missing."""
        before, after = self.before, self.after
        if before is None or after is None:
            return ()
        differs: dict[Part, bool] = {
            "status": (before.status, before.reason) != (after.status, after.reason),
            "coverage": before.coverage != after.coverage,
            "claims": bool(self.came or self.went),
            "citations": bool(self.cited or self.uncited),
            "version": bool(self.superseded),
            "evidence": bool(self.evidence_came or self.evidence_went),
            "notes": bool(self.notes_came or self.notes_went),
        }
        return tuple(part for part, is_so in differs.items() if is_so)

    @property
    def touches(self) -> Touched | None:
        """The deepest thing that differs: the answer itself, else only the passages behind it, else only a version."""
        if self.verdict in ("new", "gone") or set(self.parts) - {"evidence", "version"}:
            return "answer"
        return "evidence" if "evidence" in self.parts else "version" if self.parts else None

    @property
    def substance(self) -> bool:
        """False where nothing differs, or only the version from which the same words are cited."""
        return self.touches in ("answer", "evidence")

    @property
    def _either(self) -> Answer:
        answer = self.after or self.before
        assert answer is not None, "a change has a side"
        return answer


def changes(before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]) -> tuple[Change, ...]:
    """Compare two states of answers in their JSON form, question by question: those of `after` in order, then those gone.

    A question is known by its id, or by its words where it has none. Raises `SavedAnswerError`.
    """
    old, new = _by_question(before), _by_question(after)
    found = [_compare(old[key], answer) if key in old else Change("new", None, answer) for key, answer in new.items()]
    return (*found, *(Change("gone", answer, None) for key, answer in old.items() if key not in new))


def _by_question(state: Sequence[Mapping[str, object]]) -> dict[tuple[str, str], Answer]:
    """The answers by question; of two to the same, the first."""
    found: dict[tuple[str, str], Answer] = {}
    for answer in map(answer_from_json, state):
        found.setdefault(("id", answer.id) if answer.id is not None else ("words", answer.question), answer)
    return found


def _compare(before: Answer, after: Answer) -> Change:
    """Hold two answers to one question against each other."""
    cited = _beyond(after.citations, before.citations, _place)
    uncited = _beyond(before.citations, after.citations, _place)
    superseded = _superseded(uncited, cited)
    new_places = {_place(pair.after): _place(pair.before) for pair in superseded}
    spoken_before = [(claim, _spoken(claim, before, {})) for claim in before.claims]
    spoken_after = [(claim, _spoken(claim, after, new_places)) for claim in after.claims]
    change = Change(
        "changed",
        before,
        after,
        came=tuple(claim for claim, _ in _beyond(spoken_after, spoken_before, lambda each: each[1])),
        went=tuple(claim for claim, _ in _beyond(spoken_before, spoken_after, lambda each: each[1])),
        cited=tuple(citation for citation in cited if all(citation is not pair.after for pair in superseded)),
        uncited=tuple(citation for citation in uncited if all(citation is not pair.before for pair in superseded)),
        superseded=superseded,
        evidence_came=_beyond(after.evidence, before.evidence, _words),
        evidence_went=_beyond(before.evidence, after.evidence, _words),
        notes_came=_beyond(after.notes, before.notes, str),
        notes_went=_beyond(before.notes, after.notes, str),
    )
    return change if change.parts else replace(change, verdict="same")


def _beyond(these: Iterable[T], others: Iterable[T], name: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Those of `these` that have no counterpart of the same name among `others`, each of which is one counterpart."""
    left = Counter(map(name, others))
    beyond = []
    for each in these:
        if left[name(each)]:
            left[name(each)] -= 1
        else:
            beyond.append(each)
    return tuple(beyond)


def _place(citation: Citation) -> Hashable:
    """Names a citation by what it points at."""
    where, quote = citation.locator, citation.quote
    second = None if where.time is None else int(where.time)
    words = quote.text if quote else citation.statement
    return citation.work.key, quote.document if quote else None, where.page, where.part, second, words


def _superseded(uncited: Sequence[Citation], cited: Sequence[Citation]) -> tuple[Superseded, ...]:
    """Pairs of citations of the same words in two documents of the same work."""
    pairs: list[Superseded] = []
    free = list(cited)
    for before in uncited:
        for after in free:
            if _same_words(before, after):
                pairs.append(Superseded(before, after))
                free = [each for each in free if each is not after]
                break
    return tuple(pairs)


def _same_words(before: Citation, after: Citation) -> bool:
    return (
        before.quote is not None
        and after.quote is not None
        and before.quote.document != after.quote.document
        and (before.work.key, before.quote.text) == (after.work.key, after.quote.text)
    )


def _spoken(claim: Claim, answer: Answer, new_places: Mapping[Hashable, Hashable]) -> Hashable:
    """Names a claim by what it says and what it rests on, whatever the numbers of its citations."""
    by_number = {citation.number: _place(citation) for citation in answer.citations}
    places = (by_number[number] for number in claim.citations)
    return claim.kind, claim.work, _MARK.sub("", claim.text), frozenset(new_places.get(place, place) for place in places)


def _words(evidence: Evidence) -> Hashable:
    """Names a passage by its words: on which page of which version they stand makes no difference to what is shown."""
    return evidence.work.key, evidence.passage.text
