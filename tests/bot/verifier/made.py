"""Made-up claims with made-up quotes that carry them: what the alterations of the tests are made from."""

from __future__ import annotations

from tests.fitting.pairs import Pair

_TOLD = (
    (
        "The harbour lamp was lit 312 times in 2019, more often than in any other year.",
        "Our log counts 312 lightings of the harbour lamp for 2019; no other year has as many.",
    ),
    (
        "Brandt found that blue light attracts fewer moths than white light does.",
        "White light drew many moths, and blue light drew far fewer than white light, as Brandt observed.",
    ),
    (
        "A keeper cannot watch two lamps at once, so Vogel proposes a second tower.",
        "Since no keeper can watch two lamps at once, a second tower is needed, Vogel proposes.",
    ),
    (
        "Lantern-2 reaches 87 % of the ships, while Lantern-1 reaches 61 %.",
        "Of all ships, 87 % were reached by Lantern-2 and 61 % by Lantern-1.",
    ),
    (
        "Oil prices rose by 40 percent after 1973, and most lamps were turned off.",
        "After 1973 the price of oil increased by 40 percent; most of the lamps were turned off.",
    ),
    (
        "Warm lenses fog less easily than cold ones, according to Ilse Brandt.",
        "Ilse Brandt shows that a warm lens is less easily fogged than a cold lens.",
    ),
    (
        "The new wick lasts 9 hours, three times as long as the old one.",
        "A wick of the new kind burned for 9 hours, which is three times as long as the old kind lasts.",
    ),
    (
        "Fog does not stop the signal, but it weakens it.",
        "In fog the signal becomes weaker, but the fog does not stop it.",
    ),
    (
        "Training on 1,500 nights improves the forecast of Nordlicht and reduces false alarms.",
        "When it was trained on 1,500 nights, Nordlicht forecast better, and false alarms were reduced.",
    ),
    (
        "Small towers are cheaper to build, yet all of them need a keeper.",
        "It is cheaper to build small towers; all of these towers need a keeper, however.",
    ),
    (
        "Signals must arrive before the storm, the Harbour Office of Kiel warns.",
        "The Harbour Office in Kiel warns that a signal has to arrive before the storm does.",
    ),
    (
        "Without a reflector the beam is shorter by 12 km.",
        "The beam is 12 km shorter without a reflector.",
    ),
)  # fmt: skip

PAIRS = [Pair("made", str(place), claim, (quote,), true=True) for place, (claim, quote) in enumerate(_TOLD)]
