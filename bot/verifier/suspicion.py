"""Names what is most likely wrong with a claim that the model takes for a turned one. Knows no weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verifier.binding import exchanged_names, name_rivals, number_rivals
from bot.verifier.polarity import directions_of, negations_of, quantifiers_of
from bot.verifier.support import Fault
from bot.verifier.words import around, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.verifier.aligned import Aligned
    from bot.verifier.binding import Rival
    from bot.verifier.support import FaultKind, Posed


def suspected(posed: Posed, aligned: Aligned, features: Mapping[str, float]) -> Fault:
    """The likeliest fault; the claim as a whole where nothing stands out."""
    nearest = aligned.sentences[0].text
    if features["turned"] > 0:
        return _against(posed, [sentence.text for sentence in aligned.sentences[:3]])
    if cues := negations_of(posed.text):
        if features["negation_gained"] > 0 or features["negation_only_here"]:
            return Fault("negation", around(posed.text, cues[0].start))
    elif features["negation_only_there"] or features["negation_lost"] > 0:
        there = negations_of(nearest)
        return Fault("negation", short(posed.text), around(nearest, there[0].start) if there else None)
    rivals: list[tuple[FaultKind, list[Rival]]] = [
        ("role", exchanged_names(posed.text, posed.quotes)),
        ("number", number_rivals(posed.text, posed.quotes)),
        ("name", name_rivals(posed.text, posed.quotes)),
    ]
    best = max(((rival.better, kind, rival) for kind, each in rivals for rival in each), key=lambda each: each[0], default=None)
    if best is not None and best[0] > 0:
        return Fault(best[1], best[2].words, best[2].rival)
    if features["quantifier_far"] > 1 and (said := quantifiers_of(posed.text)):
        return Fault("quantifier", said[0][0].text)
    if directions := directions_of(posed.text):
        return Fault("comparison", directions[0].word.text)
    return Fault("negation", around(posed.text, cues[0].start) if cues else short(posed.text))


def _against(posed: Posed, texts: list[str]) -> Fault:
    """The first direction of the claim that a near sentence opposes, with the word that opposes it."""
    there = [direction for text in texts for direction in directions_of(text)]
    for direction in directions_of(posed.text):
        for other in there:
            if other.axis != direction.axis or other.pole == direction.pole:
                continue
            if other.word.stem != direction.word.stem:
                return Fault("comparison", direction.word.text, other.word.text)
            cues = negations_of(posed.text)
            return Fault("negation", around(posed.text, cues[0].start if cues else direction.word.start))
    return Fault("comparison", short(posed.text))
