"""Texts of our own making that the browser's tests read: a short one, one full of markup, and an essay with questions."""

from tests.ui.conftest import HARBOUR, MILL

__all__ = ["ESSAY", "HALE", "HARBOUR", "HOSTILE", "LANTERN", "MILL", "STRUCK", "WEIR"]

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
