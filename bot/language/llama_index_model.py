"""A language model behind LlamaIndex: streamed, with time-outs, repetitions and a budget. Knows no question.

Foreign types and exceptions end here.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.language.budget import LETTERS, tokens_of
from bot.language.failures import failure
from bot.language.pieces import pieces
from bot.language.providers import Reach, open_model, wishes
from corpus.errors import LanguageModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language.failures import Failure
    from bot.language.model import Prompt
    from bot.language.spec import ModelSpec

REST = 60.0
"""Seconds for which a model that failed is not asked again: what is wrong will not be right with the next question."""
REPEATED = 2
"""Failures in a row that may pass, before it is left alone."""
BELIEVED = 4
"""A server that says it counted so many times more tokens than there can be, or fewer, is not believed."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often."""

    seconds: float = 120.0
    """Longest time for one answer, repetitions included."""
    retries: int = 2
    """Repetitions of a request that failed for a passing reason, before anything of an answer had come."""
    pause: float = 1.0
    """Seconds before the first repetition; each further one waits twice as long."""
    longest_wait: float = 60.0
    """A server that asks for more seconds than these is not asked again."""


@dataclass(slots=True)
class _Mood:
    """How the model has fared lately; shared by all threads."""

    failures: int = 0
    error: LanguageModelError | None = None
    until: float = 0.0
    models: dict[int, Any] = field(default_factory=dict)
    """LlamaIndex's objects, by the longest answer that they give."""


class LlamaIndexModel:
    """Any model that LlamaIndex speaks to; nothing is loaded or asked before the first `write`."""

    def __init__(self, spec: ModelSpec, reach: Reach | None = None, patience: Patience | None = None) -> None:
        self.spec = spec
        self.reach = reach or Reach()
        self.patience = patience or Patience()
        self._mood = _Mood()
        self._turn = threading.RLock()
        self._alone: Any = threading.Lock() if spec.provider == "llama-cpp" else contextlib.nullcontext()

    @property
    def name(self) -> str:
        """Provider and model."""
        return self.spec.name

    def write(self, prompt: Prompt) -> Iterator[str]:
        """What the model writes, as it comes; raises `LanguageModelError`."""
        if self._mood.error is not None and time.monotonic() < self._mood.until:
            raise self._mood.error
        try:
            yield from self._patiently(prompt)
        except LanguageModelError as error:
            self._note(error)
            raise
        self._mood.failures, self._mood.error = 0, None

    def _note(self, error: LanguageModelError) -> None:
        """Leave it alone for a while where it failed for good, or several times in a row."""
        from corpus.errors import BudgetExceeded, ModelFailed, ModelUnreachable

        if isinstance(error, BudgetExceeded | ModelFailed):
            return
        self._mood.failures += 1
        if not isinstance(error, ModelUnreachable) or self._mood.failures >= REPEATED:
            self._mood.error, self._mood.until = error, time.monotonic() + REST

    def _patiently(self, prompt: Prompt) -> Iterator[str]:
        """Ask, and ask again where that may help. Loading a client or a file is no part of the time that an answer may take."""
        prompt.budget.require(_read(prompt) + prompt.longest)
        model = self._open(prompt.longest)
        deadline = time.monotonic() + self.patience.seconds
        for repetition in range(self.patience.retries + 1):
            begun = False
            try:
                for piece in self._once(model, prompt, deadline):
                    begun = True
                    yield piece
                return
            except _Failed as failed:
                wait = self._wait(failed.failure, repetition)
                if begun or wait is None or time.monotonic() + wait >= deadline:
                    raise failed.failure.error from failed.__cause__
            time.sleep(wait)

    def _wait(self, met: Failure, repetition: int) -> float | None:
        """Seconds until the next attempt; None where there is none."""
        if not met.passing or repetition >= self.patience.retries:
            return None
        wait = self.patience.pause * 2**repetition if met.wait is None else met.wait
        return wait if wait <= self.patience.longest_wait else None

    def _once(self, model: Any, prompt: Prompt, deadline: float) -> Iterator[str]:
        """One request. What it read and wrote is counted, also where it fails, unless it was turned away."""
        read = _read(prompt)
        prompt.budget.require(read + prompt.longest)
        prompt.budget.spend(read)
        written, told = 0, 0
        try:
            with contextlib.closing(pieces(lambda: self._stream(model, prompt), deadline)) as stream:
                for response in stream:
                    told = max(told, _told(response))
                    piece = (response.delta or "")[: LETTERS * (2 * prompt.longest + 1 - written)]
                    if piece:
                        prompt.budget.spend(tokens_of(piece))
                        written += tokens_of(piece)
                        yield piece
                        if written > 2 * prompt.longest:
                            return  # a server that does not stop where it was told to
        except LanguageModelError:
            raise
        except Exception as error:
            met = failure(error, self.spec, self.patience.seconds)
            if met.unread and not written:
                prompt.budget.spend(-read)
            raise _Failed(met) from error
        finally:
            if (read + written) / BELIEVED <= told <= BELIEVED * (read + written + prompt.longest):
                prompt.budget.spend(told - read - written)

    def _open(self, longest: int) -> Any:
        with self._turn:
            known = self._mood.models
            if longest not in known:
                if self.spec.provider == "llama-cpp" and known:
                    known[longest] = next(iter(known.values()))  # the file is in memory once
                else:
                    known[longest] = open_model(self.spec, self.reach, longest)
            return known[longest]

    def _stream(self, model: Any, prompt: Prompt) -> Iterator[Any]:
        """LlamaIndex's responses."""
        from llama_index.core.llms import ChatMessage, MessageRole

        spoken = [
            ChatMessage(role=MessageRole.SYSTEM, content=prompt.rules),
            ChatMessage(role=MessageRole.USER, content=prompt.task),
        ]
        with self._alone:
            yield from model.stream_chat(spoken, **wishes(self.spec, model, prompt))


def _read(prompt: Prompt) -> int:
    """Tokens of what the model is given to read."""
    return tokens_of(prompt.rules) + tokens_of(prompt.task)


class _Failed(Exception):
    """One attempt failed."""

    def __init__(self, met: Failure) -> None:
        super().__init__()
        self.failure = met


def _told(response: Any) -> int:
    """Tokens read and written, as the provider says; 0 where it does not."""
    raw = response.raw
    inside = getattr(response, "message", None)
    usage = (getattr(inside, "additional_kwargs", None) or {}).get("usage")
    usage = usage or (raw.get("usage") if isinstance(raw, dict) else getattr(raw, "usage", None))
    if usage is None:
        return 0

    def number(*names: str) -> int:
        for name in names:
            found = usage.get(name) if isinstance(usage, dict) else getattr(usage, name, None)
            if isinstance(found, int):
                return max(0, found)
        return 0

    return number("input_tokens", "prompt_tokens") + number("output_tokens", "completion_tokens")
