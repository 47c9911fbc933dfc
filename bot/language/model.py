"""The seam behind which every language model stands, and what it is asked. Knows no provider and no question."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Protocol

from bot.language.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 2000
"""Tokens of the longest answer, unless a prompt says otherwise."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked."""

    rules: str
    """What it is to do, in our words alone; nothing that was fetched stands here."""
    task: str
    """The question and the material."""
    budget: Budget = field(default_factory=Budget)
    """Counts what is read and written, over all the requests that share it."""
    longest: int = LONGEST
    """Tokens after which the model is stopped."""
    form: Mapping[str, Any] | None = None
    """A JSON Schema that a model on this machine is held to while it writes; others have the rules alone."""


class LanguageModel(Protocol):
    """Writes what a prompt asks for."""

    @property
    def name(self) -> str:
        """What it is called in answers, e.g. `ollama/llama3.2`."""
        ...

    def write(self, prompt: Prompt) -> Iterator[str]:
        """What the model writes, piece by piece as it comes; raises `LanguageModelError` at any piece."""
        ...


@cache
def instructions(name: str) -> Template:
    """One of the prompt files, with `$places` to be filled."""
    return Template(files("bot.language").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8").strip())
