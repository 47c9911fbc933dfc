"""What an abstention says: that nothing was found, what was missing, what is shown. Knows no passage and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.confidence import Signs
    from corpus.records import WorkRecord

NOT_HERE = "Nothing was found in the library that answers this question."
PHRASE = 2
"""Content words that a reader takes for one phrase."""
NEAREST = "The nearest passages are shown; none of them was judged to bear on it."


def not_here(signs: Signs, works: Mapping[str, WorkRecord], *, shown: bool) -> str:
    """The message where nothing in the library answers; `shown` is true where passages are."""
    return " ".join((NOT_HERE, *missing(signs, works), *([NEAREST] if shown else [])))


def nothing_said(model: str) -> str:
    """The message where a language model read the nearest passages and had nothing to say of them."""
    return f"{NOT_HERE} {model} read the passages that come nearest, and found nothing in them to say. They are shown."


def nothing_more(notes: Sequence[str]) -> str:
    """The message where a follow-up asks for more, and all that comes near was cited before; `notes` say where."""
    return " ".join(("Nothing more was found on this.", *notes))


def unspoken_of(matter: str, works: Sequence[str]) -> str:
    """Said where works are asked about a matter of others, and no passage of theirs that was found has half its words.

    The matter is a question's content words, which only a few of make a phrase.
    """
    what = f"“{matter}”" if len(matter.split()) <= PHRASE else "that"
    return f"Nothing that was found in {either(works)} speaks of {what}." if works else ""


def missing(signs: Signs, works: Mapping[str, WorkRecord]) -> list[str]:
    """What the works that were looked through do not speak of, and what nobody gives the number of."""
    said = []
    if signs.missing:
        where = either(sorted(works[key].work.label for key in signs.about)) if signs.about else "the library"
        said.append(f"Nothing in {where} speaks of {either(signs.missing)}.")
    if signs.amount == "money":
        said.append("No passage that was found gives a sum of money.")
    elif signs.amount is not None:
        said.append(f"No passage that was found has a number beside “{signs.amount}”.")
    return said


def either(names: Sequence[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
