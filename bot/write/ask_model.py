"""Puts a question and its numbered passages into words for a language model. Knows no model, and nothing of its answer."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.language.model import Prompt, instructions
from bot.pincite import place
from bot.write.form import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers import Evidence
    from bot.language.budget import Budget

MOST_CLAIMS = 8
"""Claims of one answer."""
LONGEST_ANSWER = 2000
"""Tokens of the model's answer."""
REPEATED = 6000
"""Characters of an answer that could not be read which are shown to the model again."""

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
"""Characters that a reader of the page does not see; a model would."""
_TURN = re.compile(r"(<)(?=[A-Za-z/!|])|(\|)(?=>)|(\[)(?=/?INST\])")
"""Where marks begin by which some models part the turns of a conversation; a space takes their meaning away."""


@dataclass(frozen=True, slots=True)
class Request:
    """The prompt of one answer, and how to ask it again."""

    seal: str
    """A word that no passage can know; it marks where material begins and ends."""
    prompt: Prompt

    def again(self, answer: str, reason: str) -> Prompt:
        """The same once more, with what was wrong."""
        task = instructions("repair").substitute(
            task=self.prompt.task, reason=reason, seal=self.seal, answer=_material(answer[:REPEATED])
        )
        return replace(self.prompt, task=task)


def request(question: str, evidence: Sequence[Evidence], budget: Budget) -> Request:
    """Ask for claims on a question from passages, numbered from 1 in their order."""
    return _request("answer", f"Question: {_material(question)}", question, evidence, budget)


def request_notes(work: str, evidence: Sequence[Evidence], budget: Budget) -> Request:
    """Ask what passages of a work say; `work` is how it is called."""
    return _request("annotate", f"Work: {_material(work)}", work, evidence, budget)


def _request(rules: str, heading: str, text: str, evidence: Sequence[Evidence], budget: Budget) -> Request:
    seal = _seal(text, evidence)
    said = instructions(rules).substitute(seal=seal, most=MOST_CLAIMS, words=LONGEST - 5)
    passages = "\n\n".join(_passage(number, each, seal) for number, each in enumerate(evidence, start=1))
    task = instructions("task").substitute(heading=heading, passages=passages)
    return Request(seal, Prompt(said, task, budget, LONGEST_ANSWER, claims_form(len(evidence))))


def claims_form(passages: int) -> dict[str, Any]:
    """The JSON Schema of what is asked for, with so many passages."""
    quote = {
        "type": "object",
        "properties": {"passage": {"type": "integer", "minimum": 1, "maximum": passages}, "quote": {"type": "string"}},
        "required": ["passage", "quote"],
    }
    claim = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "quotes": {"type": "array", "items": quote, "minItems": 1, "maxItems": 3}},
        "required": ["text", "quotes"],
    }
    listed = {"type": "array", "items": claim, "maxItems": MOST_CLAIMS}
    return {"type": "object", "properties": {"claims": listed}, "required": ["claims"]}


def _seal(question: str, evidence: Sequence[Evidence]) -> str:
    """A word that stands in none of the texts."""
    while True:
        seal = secrets.token_hex(6)
        if not any(seal in text for text in (question, *(each.passage.text for each in evidence))):
            return seal


def _passage(number: int, evidence: Evidence, seal: str) -> str:
    where = place(evidence.locator)
    source = f"{evidence.work.label}, {where}" if where else evidence.work.label
    return f"<passage {number} {seal}>\n{_material(source)}\n{_material(evidence.passage.text)}\n</passage {number} {seal}>"


def _material(text: str) -> str:
    """A text on one line, without what only a machine would read."""
    return " ".join(_TURN.sub(r"\g<0> ", _UNSEEN.sub("", text)).split())
