"""The read side: answers a question from the library.

In comes a question; out goes an answer in which every claim has a citation that code has proven, or an abstention.
It may not know how a work came into the library, or how anything is shown.
"""

from bot.answers import Answer, Citation, Claim, Evidence, Query
from bot.ask import answering, ask
from bot.question import make_query
from bot.reader import Reader

__all__ = ["Answer", "Citation", "Claim", "Evidence", "Query", "Reader", "answering", "ask", "make_query"]
