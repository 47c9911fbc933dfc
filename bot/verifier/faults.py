"""What a claim says that its quotes do not: the hard findings, which no probability outweighs. Knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verifier.binding import exchanged_names, number_rivals
from bot.verifier.names import name_faults
from bot.verifier.number_faults import number_faults
from bot.verifier.polarity import denies, negations_of
from bot.verifier.support import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.support import Posed

NUMBER_MISPLACED = 0.4
"""How much better another number of the quotes must fit a number's place (0.9 % of true claims, 47 % of exchanged numbers)."""
NAMES_EXCHANGED = 1.0
"""How much better two names must fit each other's places (0.4 % of true claims, 15 % of exchanged names)."""
SOFT = frozenset({"hardly", "scarcely", "barely", "rarely", "seldom"})
"""Words that deny in part, which a quote may say as `little` or `minimal`."""


def faults_of(posed: Posed) -> list[Fault]:
    """Every hard finding that needs no model."""
    faults = number_faults(posed.text, posed.quotes, posed.sources)
    faults += name_faults(posed.text, posed.quotes, posed.sources)
    faults += negation_faults(posed.text, posed.quotes)
    if not any(fault.kind == "number" for fault in faults):
        faults += [
            Fault("number", rival.words, rival.rival)
            for rival in number_rivals(posed.text, posed.quotes)
            if rival.better >= NUMBER_MISPLACED
        ]
    faults += [
        Fault("role", rival.words, rival.rival)
        for rival in exchanged_names(posed.text, posed.quotes)
        if rival.better >= NAMES_EXCHANGED
    ]
    return faults


def negation_faults(claim: str, quotes: Sequence[str]) -> list[Fault]:
    """A negation in the claim where nothing in the quotes denies anything, in whatever words."""
    cues = [word for word in negations_of(claim) if word.lower not in SOFT]
    if cues and not denies(quotes):
        end = min(len(claim), cues[0].end + 24)
        return [Fault("negation", claim[cues[0].start : end].rsplit(" ", 1)[0].rstrip(" ,;:"))]
    return []
