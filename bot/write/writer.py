"""Lets a language model write an answer from its evidence. Knows no provider; nothing passes that was not proven.

The model's words are read while they come, and each claim goes through the gate (`bot.write.growing`) as it ends. What
cannot be read is asked for once more. Where the model fails, or nothing of what it wrote can be proven, the answer is
the library's own, and a note says so.
"""

from __future__ import annotations

import contextlib
import copy
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.abstention import nothing_said
from bot.compose import opening
from bot.language.budget import Budget
from bot.verifier.support import THRESHOLD
from bot.write.ask_model import MOST_CLAIMS, request
from bot.write.growing import Growing
from bot.write.kept import made_of_the_same, take_over
from bot.write.parse import ClaimStream
from corpus.errors import LanguageModelError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from bot.answers import Answer, Evidence, Query
    from bot.language.model import LanguageModel, Prompt
    from bot.reader import Reader
    from bot.verifier.support import Supports
    from bot.write.ask_model import Request

ANSWER_TOKENS = 20_000
"""Tokens that one answer may cost."""


class Writer:
    """One language model with its verifier and its budget, for any number of questions."""

    def __init__(
        self,
        model: LanguageModel,
        supports: Supports,
        *,
        threshold: float = THRESHOLD,
        budget: Budget | None = None,
        answer_tokens: int = ANSWER_TOKENS,
    ) -> None:
        self.model = model
        self.supports = supports
        self.threshold = threshold
        self.budget = budget or Budget()
        self.answer_tokens = answer_tokens
        self.kept: tuple[Answer, ...] = ()
        """Answers of before, which are taken over where the model would be asked the very same."""

    def with_kept(self, answers: Iterable[Answer]) -> Writer:
        """The same writer, of the same budget, that does not write these again."""
        other = copy.copy(self)
        other.kept = tuple(answers)
        return other

    @property
    def name(self) -> str:
        """Of the model that sees the passages."""
        return self.model.name

    def answering(
        self,
        reader: Reader,
        query: Query,
        evidence: Sequence[Evidence],
        otherwise: Iterator[Answer],
        *,
        may_abstain: bool = False,
    ) -> Iterator[Answer]:
        """The answer as it grows; `otherwise` is the library's own, given where the model's words come to nothing.

        With `may_abstain`, a model that has nothing to say of the passages ends in an abstention instead.
        """
        first = next(otherwise, None)
        if first is None:
            return
        plain = replace(first, composer=self.name, claims=(), citations=(), dropped=0, parts=(), notes=())
        if (before := self._taken_over(reader, query, evidence, plain)) is not None:
            yield before
            return
        budget = self.budget.part(self.answer_tokens, setting="PINCITE_LLM_ANSWER_TOKENS")
        growing = Growing(reader, evidence, self.supports, self.threshold, query.text)
        asked = request(query.text, evidence, budget)
        try:
            stream = ClaimStream()
            for _ in chain(self.heard(asked.prompt, stream, growing), self._repaired(asked, stream, growing)):
                if growing.composed:
                    yield _state(plain, query, growing, budget.spent)
            if may_abstain and stream.whole and not (growing.claims or growing.dropped):
                yield _abstained(plain, self.name, budget.spent)
                return
            why = None if growing.composed else _came_to_nothing(self.name, growing, whole=stream.whole)
        except LanguageModelError as error:
            why = f"{error.message} The answer was composed without the model. {error.remedy}"
        if why is None:
            notes = (*plain.notes, *_notes(growing, whole=stream.whole or len(growing.claims) >= MOST_CLAIMS))
            yield replace(_state(plain, query, growing, budget.spent), notes=notes)
            return
        for answer in chain([first], otherwise):
            yield replace(answer, notes=(*answer.notes, why), tokens=budget.spent)

    def _taken_over(self, reader: Reader, query: Query, evidence: Sequence[Evidence], plain: Answer) -> Answer | None:
        """The first kept answer that was made of the same and stands; what was said of the model's claims is said again."""
        for kept in self.kept:
            if made_of_the_same(kept, self.name, query.text, evidence):
                growing = Growing(reader, evidence, self.supports, self.threshold, query.text)
                if take_over(kept, growing):
                    notes = (*plain.notes, *filter(is_writers_note, kept.notes))
                    return replace(_state(plain, query, growing, kept.tokens), dropped=kept.dropped, notes=notes)
        return None

    def heard(self, prompt: Prompt, stream: ClaimStream, growing: Growing) -> Iterator[None]:
        """Read what the model writes, and stop when there is enough; a turn for each claim that stands."""
        with contextlib.closing(_closable(self.model.write(prompt))) as pieces:
            for piece in pieces:
                for proposed in stream.feed(piece):
                    if growing.take(proposed):
                        yield
                    if len(growing.claims) >= MOST_CLAIMS:
                        return
                if stream.done:
                    return

    def _repaired(self, asked: Request, stream: ClaimStream, growing: Growing) -> Iterator[None]:
        """Where what came could not be read to its end, ask for it once more; claims that came already count once."""
        if stream.whole or len(growing.claims) >= MOST_CLAIMS:
            return
        again = ClaimStream()
        yield from self.heard(asked.again(stream.text, stream.fault), again, growing)
        stream.whole, stream.fault = again.whole, again.fault


def _closable(pieces: Iterator[str]) -> Generator[str, None, None]:
    """As a generator, which can be closed."""
    yield from pieces


def _state(plain: Answer, query: Query, growing: Growing, tokens: int) -> Answer:
    """The answer as far as it stands; the opening names the works that are heard, and is code's."""
    works = list({citation.work.key: citation.work for citation in growing.citations}.values())
    return replace(
        plain,
        opening=opening(query, works, plain.coverage or "bears on"),
        claims=tuple(growing.claims),
        citations=tuple(growing.citations),
        dropped=growing.dropped,
        tokens=tokens,
    )


def _abstained(plain: Answer, name: str, tokens: int) -> Answer:
    """Of a model that read the passages and has nothing to say of them."""
    said = replace(plain, status="abstained", reason="not in library", message=nothing_said(name))
    return replace(said, opening="", coverage=None, tokens=tokens)


def _came_to_nothing(name: str, growing: Growing, *, whole: bool) -> str:
    if growing.dropped or growing.narrowed:
        return f"Nothing that {name} wrote could be proven, so the answer was composed without it."
    if whole:
        return f"{name} found nothing to say from the passages, so the answer was composed without it."
    return f"{name} wrote nothing that could be read as statements with quotes, so the answer was composed without it."


def _notes(growing: Growing, *, whole: bool) -> Iterator[str]:
    """What became of the claims that are not there as the model wrote them."""
    if growing.dropped:
        one = growing.dropped == 1
        what = "One statement of the model was" if one else f"{growing.dropped} statements of the model were"
        yield f"{what} left out: no quote of {'it' if one else 'them'} stands in the passages."
    if growing.narrowed:
        one = growing.narrowed == 1
        what = "One statement of the model goes" if one else f"{growing.narrowed} statements of the model go"
        yield f"{what} beyond {'its quote' if one else 'their quotes'}; the quote itself stands instead."
    if not whole:
        yield "The model's answer broke off; what stands was proven before."


_NOTE = re.compile(r"(?:One|\d+) statements? of the model |The model's answer broke off")


def is_writers_note(note: str) -> bool:
    """True for a note on what became of the model's claims, which is as true of them later."""
    return _NOTE.match(note) is not None
