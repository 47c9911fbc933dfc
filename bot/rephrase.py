"""Lets a language model make a follow-up stand alone. Knows no provider; what is believed of it is `bot.followup`'s."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.followup import LONGEST_REPHRASED, MOST_WORDS
from bot.language.model import Prompt, instructions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.followup import Exchange
    from bot.language.budget import Budget
    from bot.language.model import LanguageModel

MOST_TURNS = 4
"""How many of the last turns are shown."""
LONGEST_TURN = 400
"""Characters shown of a turn's question."""
TOKENS = 200
"""Of the longest rewritten question."""


class ModelRephraser:
    """One language model that rewrites questions, within the budget of the answers that follow."""

    def __init__(self, model: LanguageModel, budget: Budget) -> None:
        self.model = model
        self.budget = budget

    def rephrase(self, question: str, earlier: Sequence[Exchange]) -> str:
        """What the model makes of it, read no further than can be believed; raises `LanguageModelError`."""
        seal = secrets.token_hex(6)
        rules = instructions("rephrase").substitute(seal=seal, words=MOST_WORDS)
        turns = [_line(f"Question {number}", turn.query) for number, turn in enumerate(earlier[-MOST_TURNS:], start=1)]
        task = "\n".join([f"<conversation {seal}>", *turns, _line("Last question", question), f"</conversation {seal}>"])
        written = ""
        for piece in self.model.write(Prompt(rules, task, self.budget, TOKENS)):
            written += piece
            if len(written) > 2 * LONGEST_REPHRASED:
                break
        return written.strip()


def _line(name: str, text: str) -> str:
    return f"{name}: {' '.join(text[:LONGEST_TURN].split())}"
