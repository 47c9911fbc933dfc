"""What a verifier is asked and what it says. Knows no way of finding out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

THRESHOLD = 0.4
"""Probability from which a claim counts as carried; 95 % of our annotations lie above, 18 % of claims with wrong quotes."""

FaultKind = Literal["number", "unit", "name", "negation", "comparison", "quantifier", "role"]


@dataclass(frozen=True, slots=True)
class Posed:
    """A claim and the quotes that are to carry it."""

    text: str
    """The claim, one sentence or two."""
    quotes: tuple[str, ...]
    """The verbatim words of its citations."""
    sources: tuple[str, ...] = ()
    """Authors, titles and years of the quoted works: a claim may name who says it, where the quote itself says `we`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing of a claim that the quotes do not bear out; a claim with a fault is not supported."""

    kind: FaultKind
    words: str
    """The claim's words that are wrong."""
    against: str | None = None
    """What stands in the quote instead, where that is known."""

    @property
    def message(self) -> str:
        """For a person: `“12 %” does not stand in the quote.`"""
        instead = f": there it is “{self.against}”" if self.against and self.kind != "role" else ""
        said = {
            "number": f"does not stand in the quote{instead}",
            "unit": f"stands in the quote with another unit{instead}",
            "name": f"is not named in the quote{instead}",
            "negation": f"turns the quote's meaning round{instead}",
            "comparison": f"compares the other way{instead}",
            "quantifier": f"says more or less than the quote does{instead}",
            "role": f"stands where the quote has “{self.against}”",
        }[self.kind]
        return f"“{self.words}” {said}."


@dataclass(frozen=True, slots=True)
class Support:
    """How far quotes carry a claim."""

    probability: float
    """Calibrated, 0 to 1; the faults are no part of it."""
    faults: tuple[Fault, ...] = ()
    """Hard findings: with any of these the claim is not supported, whatever the probability."""

    def carried(self, threshold: float = THRESHOLD) -> bool:
        """True where there is no fault and the probability reaches the threshold."""
        return not self.faults and self.probability >= threshold


class Supports(Protocol):
    """Tells how far quotes carry claims."""

    def support(self, claims: Sequence[Posed]) -> list[Support]:
        """One finding a claim, in order.

        Raises `ModelUnavailable` where a model's weights cannot be had.
        """
        ...
