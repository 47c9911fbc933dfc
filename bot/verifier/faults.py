"""What a claim says that its quotes do not: the hard findings, which no probability outweighs. Knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verifier.aligned import near_sentences
from bot.verifier.binding import exchanged_names, exchanged_numbers, number_rivals
from bot.verifier.names import name_faults
from bot.verifier.number_faults import number_faults
from bot.verifier.polarity import denies, negations_of
from bot.verifier.slots import turned_in_a_copy
from bot.verifier.speakers import speaker_faults
from bot.verifier.support import Fault
from bot.verifier.words import around, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.support import Posed

NUMBER_MISPLACED = 0.4
"""How much better another number of the quotes must fit a number's place (0.9 % of true claims, 47 % of exchanged numbers)."""
NUMBERS_EXCHANGED = 0.4
"""How much better two numbers must fit each other's places (3 of 109 true claims with two numbers that might be exchanged)."""
NAMES_EXCHANGED = 1.0
"""How much better two names must fit each other's places (0.4 % of true claims, 15 % of exchanged names)."""
SOFT = frozenset({"hardly", "scarcely", "barely", "rarely", "seldom"})
"""Words that deny in part, which a quote may say as `little` or `minimal`."""


def faults_of(posed: Posed) -> list[Fault]:
    """Every hard finding that needs no model."""
    faults = number_faults(posed.text, posed.quotes, posed.sources)
    faults += name_faults(posed.text, posed.quotes, posed.sources)
    named = {fault.words for fault in faults}
    faults += [fault for fault in speaker_faults(posed.text, posed.quotes, posed.sources) if fault.words not in named]
    faults += negation_faults(posed.text, posed.quotes)
    if not any(fault.kind == "number" for fault in faults):
        faults += [
            Fault("number", rival.words, rival.rival)
            for rival in number_rivals(posed.text, posed.quotes)
            if rival.better >= NUMBER_MISPLACED
        ]
    for rivals, least in (
        (exchanged_names(posed.text, posed.quotes), NAMES_EXCHANGED),
        (exchanged_numbers(posed.text, posed.quotes), NUMBERS_EXCHANGED),
    ):
        faults += [Fault("role", rival.words, rival.rival) for rival in rivals if rival.better >= least]
    return faults


def negation_faults(claim: str, quotes: Sequence[str]) -> list[Fault]:
    """A negation in the claim where nothing in the quotes denies anything, in whatever words, or one more or less in a copy."""
    if (turned := turned_in_a_copy(claim, tuple(near_sentences(claim, quotes)))) is not None:
        word, is_ours = turned
        return [Fault("negation", around(claim, word.start)) if is_ours else Fault("negation", short(claim), word.text)]
    cues = [word for word in negations_of(claim) if word.lower not in SOFT]
    if cues and not denies(quotes):
        return [Fault("negation", around(claim, cues[0].start))]
    return []
