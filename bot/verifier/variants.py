"""A claim as it would read with its names in each other's places, with a rival's name, or without its denial.

Where such a variant lies nearer to the quotes than the claim itself does, the claim may be a true one turned round. Knows no
vectors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bot.verifier.binding import exchanged_names, name_rivals
from bot.verifier.polarity import negations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.verifier.binding import Rival

Turn = Literal["exchanged", "renamed", "undenied"]
TURNS: tuple[Turn, ...] = ("exchanged", "renamed", "undenied")
MOST = 3
"""Variants of one kind, the likeliest by the company that names keep: each costs an embedding."""


@lru_cache(maxsize=4096)
def variants_of(claim: str, sentences: tuple[str, ...]) -> tuple[tuple[Turn, str], ...]:
    """Every variant of a claim that the sentences of its quotes suggest, with how it was made."""
    exchanged = _likeliest(exchanged_names(claim, sentences))
    renamed = _likeliest(name_rivals(claim, sentences))
    return (
        *[("exchanged", text) for rival in exchanged if (text := _exchanged(claim, rival.words, rival.rival))],
        *[("renamed", claim.replace(rival.words, rival.rival, 1)) for rival in renamed],
        *[("undenied", text) for text in _undenied(claim)],
    )


def _likeliest(rivals: list[Rival]) -> list[Rival]:
    return sorted(rivals, key=lambda rival: -rival.better)[:MOST]


def _exchanged(claim: str, one: str, other: str) -> str | None:
    """With two names in each other's places; None where one lies within the other."""
    first, second = sorted(((claim.find(one), one), (claim.find(other), other)))
    between = claim[first[0] + len(first[1]) : second[0]]
    if first[0] < 0 or first[0] + len(first[1]) > second[0]:
        return None
    return claim[: first[0]] + second[1] + between + first[1] + claim[second[0] + len(second[1]) :]


def _undenied(claim: str) -> Iterator[str]:
    """With one negation less."""
    for word in negations_of(claim)[:MOST]:
        rest = claim[word.end :]
        kept = {"cannot": "can", "without": "with", "nobody": "somebody", "never": ""}.get(word.lower)
        if kept is None:
            kept = claim[word.start : word.end - 3] if word.lower.endswith(("n't", "n’t")) else ""
        yield re.sub(r"  +", " ", claim[: word.start] + kept + rest)
