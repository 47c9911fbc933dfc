"""Lets a language model write an answer from evidence, and proves every word of it that is a quote.

In comes a query with its evidence; out come states of an answer in which each claim rests on quotes that stand in the
evidence and carry it. It may not know a provider, a file or a screen, nor give out a sentence that was not proven.
"""

from bot.write.writer import Writer

__all__ = ["Writer"]
