"""Does a quote carry a claim? The second guard behind the exact proof of quotes.

In come claims with their quotes; out goes for each a calibrated probability and the faults that rule it out.
It may not know where a claim comes from, or what becomes of one that is not supported.
"""

from bot.verifier.cross_encoder import CrossEncoderVerifier
from bot.verifier.support import THRESHOLD, Fault, Posed, Support, Supports
from bot.verifier.verifier import Verifier

__all__ = ["THRESHOLD", "CrossEncoderVerifier", "Fault", "Posed", "Support", "Supports", "Verifier"]
