"""What is printed of a verifier: how many true claims are lost, how many false ones are caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.fitting.alterations import WAYS
from tests.fitting.pairs import stands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.fitting.alterations import Altered
    from tests.fitting.composed import Read
    from tests.fitting.pairs import Pair

    Flags = NDArray[np.bool_]


def thresholds(pairs: Sequence[Pair], probabilities: NDArray[np.float64]) -> None:
    """What each threshold keeps of true claims, and of false ones by what is wrong with them."""
    labels = [pair.source if pair.true else pair.label for pair in pairs]
    for threshold in (0.2, 0.3, 0.4, 0.5):
        kept = {label: probabilities[[each == label for each in labels]] >= threshold for label in sorted(set(labels))}
        print(f"  from {threshold}:", ", ".join(f"{label} {said.mean():.2f} of {len(said)}" for label, said in kept.items()))


def by_source(pairs: Sequence[Pair], probabilities: NDArray[np.float64]) -> None:
    """How the true claims score."""
    for source in ("annotations", "wice", "scifact", "composed"):
        of_source = probabilities[[pair.source == source for pair in pairs]]
        cuts = ", ".join(f"{share:.0%} {np.quantile(of_source, share):.2f}" for share in (0.05, 0.1, 0.25, 0.5, 0.75))
        print(f"true claims of {source}: {len(of_source)}; quantiles of the probability {cuts}")


def lost_of_people(true: Sequence[Pair], lost: Flags) -> None:
    """True claims that people wrote, and that are lost."""
    fit = np.array([stands(pair) for pair in true])
    print(f"claims that people wrote: {len(true)}, lost {lost.mean():.3f}")
    print(f"  whose numbers and names stand in their quotes: {fit.sum()}, lost {lost[fit].mean():.3f}")


def lost_of_composed(claims: Sequence[Read], lost: Flags) -> None:
    """True claims that a model composed, and that are lost, by how it wrote."""
    print(f"  true: {len(claims)}, lost {lost.mean():.3f}")
    fit = np.array([stands(each.pair) for each in claims])
    print(f"    whose numbers and names stand in their quotes: {fit.sum()}, lost {lost[fit].mean():.3f}")
    for way in sorted({each.claim.way for each in claims}):
        of_way = np.array([each.claim.way == way for each in claims])
        print(f"    {way}: lost {lost[of_way].mean():.3f} of {of_way.sum()}")


def caught(altered: Sequence[Altered], told: NDArray[np.bool_]) -> None:
    """Altered claims that are told from true ones, by what was done to them."""
    print(f"altered claims: {len(altered)}, caught {told.mean():.3f}")
    for kind in WAYS:
        of_kind = np.array([each.kind == kind for each in altered])
        parts = []
        for way in sorted({each.way for each in altered if each.kind == kind}):
            mask = np.array([each.kind == kind and each.way == way for each in altered])
            parts.append(f"{way} {told[mask].mean():.2f} of {mask.sum()}")
        print(f"  {kind}: {told[of_kind].mean():.3f} of {of_kind.sum()} ({', '.join(parts)})")
