"""Counts the tokens that language models read and write, and stops where there are too many. Knows no model."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from corpus.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = 4
"""Characters of a token of English, about; counted where the provider does not say."""
UNLIMITED = 10**12


class Budget:
    """Tokens that may be spent, and tokens that were; for any number of threads.

    A part of another budget spends that one's tokens too.
    """

    def __init__(self, limit: int = UNLIMITED, *, whole: Budget | None = None, setting: str = "PINCITE_LLM_TOKENS") -> None:
        self.limit = limit
        self.setting = setting
        self._whole = whole
        self._spent = 0
        self._turn = threading.Lock()

    @property
    def spent(self) -> int:
        """Tokens read and written so far."""
        return self._spent

    def part(self, limit: int, *, setting: str) -> Budget:
        """A budget of its own that spends this one's tokens too."""
        return Budget(limit, whole=self, setting=setting)

    def require(self, tokens: int) -> None:
        """Raise `BudgetExceeded` where so many more would be too many."""
        for budget in self._chain():
            if budget.spent + tokens > budget.limit:
                spent = f"{budget.spent:,} of {budget.limit:,} tokens" if budget.spent else f"None of {budget.limit:,} tokens"
                raise BudgetExceeded(
                    f"{spent} are spent, and the language model may need {tokens:,} more.",
                    remedy=f"Set {budget.setting} to more, or ask for less.",
                    spent=budget.spent,
                    limit=budget.limit,
                )

    def spend(self, tokens: int) -> None:
        """Count tokens; fewer than none where more had been counted than were spent."""
        for budget in self._chain():
            with budget._turn:
                budget._spent = max(0, budget._spent + tokens)

    def _chain(self) -> Iterator[Budget]:
        budget: Budget | None = self
        while budget is not None:
            yield budget
            budget = budget._whole


def tokens_of(text: str) -> int:
    """About how many tokens a text has; never fewer than one in two for a script that is written without spaces."""
    wide = sum(ord(letter) > 0x2E7F for letter in text)
    return (len(text) - wide + LETTERS - 1) // LETTERS + wide
