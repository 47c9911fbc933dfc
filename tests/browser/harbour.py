"""Texts of our own making that the browser's tests read: a short one, one full of markup, and an essay with questions."""

HARBOUR = """Tides and the Memory of Small Harbours

Ada Hale

2030

1 Harbours

A small harbour forgets its oldest boats within one generation. The keepers write down which of them came home, and they do
not write down why the others stayed away. Nobody reads those pages until a widow asks for the name of a boat.

2 Tides

A spring tide covers the lower mooring for three hours, and no boat can be counted during that time. The count is therefore
taken at slack water, when the harbour is quiet and the bell can be heard from the mole.
"""

HOSTILE = """The Clock of the Customs House

Nell Weir

2027

The clerk of the customs house writes <script>alert(1)</script> beside **bold** and $x$ and `code` into the
margin of the tide table whenever the clock strikes thirteen at noon.
"""
STRUCK = "struck"
"""What a page would be called if the text above ran."""

ESSAY = """# Letters on Small Archives 2032

## Memory

Archives lose their answers in the dark [1]. Does a brighter lamp help an archive to remember?

## Harbours

Harbours are archives too [2, 3]. What does a small harbour forget?

## References

1. Lantern, I. (2031). Lanterns and Ledgers: How Small Archives Remember. The Pincite Test Press.
2. Hale, A. (2030). Tides and the Memory of Small Harbours. Mole Press.
3. Weir, N. (2027). The Clock of the Customs House. Mole Press.
"""

LANTERN, HALE, WEIR = "lantern-2031", "hale-2030", "weir-2027"
"""The keys of its works."""

MILL = """The Noise of Water Mills

Otto Brook

2029

1 Wheels

The wheel of a water mill turns eleven times a minute when the pond is full. A miller hears a broken paddle long before he
sees it, since the beat of the wheel becomes uneven.
"""
