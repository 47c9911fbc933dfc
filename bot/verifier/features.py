"""What the verifier's model looks at: numbers about a claim beside its quotes. Knows no weights."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.verifier.aligned import NEAREST
from bot.verifier.binding import exchanged_names, exchanged_numbers, name_rivals, number_rivals
from bot.verifier.names import name_faults, names_of
from bot.verifier.number_faults import number_faults
from bot.verifier.numbers import quantities_of
from bot.verifier.turning import turning_features
from bot.verifier.variants import TURNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.verifier.aligned import Aligned
    from bot.verifier.support import Posed


def features_of(posed: Posed, aligned: Aligned) -> dict[str, float]:
    """Every feature by its name."""
    return {
        **_coverage(aligned),
        **_soft(aligned),
        **_facts(posed, [sentence.text for sentence in aligned.sentences]),
        **turning_features(posed, aligned),
        **_variants(aligned),
        **_slots(aligned),
    }


def _coverage(aligned: Aligned) -> dict[str, float]:
    wanted = [each for each in aligned.claim.stems if each]
    sets = [set(sentence.stems) for sentence in aligned.sentences]
    best = max((_share(wanted, one) for one in sets), default=0.0)
    three = _greedy(wanted, sets)
    pairs = list(pairwise(wanted))
    theirs = {pair for sentence in aligned.sentences[:NEAREST] for pair in _neighbours([each for each in sentence.stems if each])}
    return {
        "covered_by_one": best,
        "covered_by_three": three,
        "covered_by_all": _share(wanted, set().union(*sets)),
        "pairs_covered": sum(pair in theirs for pair in pairs) / max(1, len(pairs)),
        "claim_words": float(len(wanted)),
        "sentences": math.log1p(aligned.sizes),
        "nearest_words": float(len(aligned.sentences[0].telling)),
    }


def _neighbours(stems: Sequence[str]) -> set[tuple[str, str]]:
    return {pair for gap in (1, 2) for pair in zip(stems, stems[gap:], strict=False)}


def _share(wanted: Sequence[str], there: set[str]) -> float:
    return sum(each in there for each in wanted) / max(1, len(wanted))


def _greedy(wanted: Sequence[str], sets: Sequence[set[str]]) -> float:
    """Share covered by the three sentences that together cover most."""
    covered: set[str] = set()
    for _ in range(NEAREST):
        best = max(sets, key=lambda one: sum(each in one and each not in covered for each in wanted), default=set())
        covered |= best
    return _share(wanted, covered)


def _soft(aligned: Aligned) -> dict[str, float]:
    telling = list(aligned.claim.telling)
    theirs = [place for place, (rank, piece) in enumerate(aligned.pieces) if aligned.sentences[rank].stems[piece]]
    first = [place for place in theirs if aligned.pieces[place][0] == 0]
    best = _best(aligned.likeness, telling, theirs)
    one = _best(aligned.likeness, telling, first)
    back = aligned.likeness[np.ix_(telling, first)].max(axis=0) if telling and first else np.zeros(1)
    third = max(1, len(best) // 3)
    clauses = [best[start : start + 5].mean() for start in range(0, max(1, len(best) - 4), 2)]
    return {
        "cosine": float(aligned.cosines.max()),
        "cosine_nearest": float(aligned.cosines[0]),
        "cosine_together": aligned.together,
        "cosine_second": float(aligned.cosines[1]) if len(aligned.cosines) > 1 else 0.0,
        "soft_mean": float(best.mean()),
        "soft_least": float(best.min()),
        "soft_least_third": float(np.sort(best)[:third].mean()),
        "soft_far": float((best < 0.45).mean()),
        "soft_near": float((best > 0.75).mean()),
        "soft_one": float(one.mean()),
        "soft_back": float(back.mean()),
        "soft_least_stretch": float(min(clauses)),
    }


def _best(likeness: NDArray[np.float32], rows: Sequence[int], columns: Sequence[int]) -> NDArray[np.float32]:
    if not rows or not columns:
        return np.zeros(1, dtype=np.float32)
    return np.asarray(likeness[np.ix_(rows, columns)].max(axis=1), dtype=np.float32)


def _facts(posed: Posed, near: Sequence[str]) -> dict[str, float]:
    numbers, names = quantities_of(posed.text), names_of(posed.text)
    wrong_numbers = number_faults(posed.text, posed.quotes, posed.sources)
    wrong_names = name_faults(posed.text, posed.quotes, posed.sources)
    return {
        "numbers": float(len(numbers)),
        "numbers_wrong": float(len(wrong_numbers)),
        "numbers_wrong_share": len(wrong_numbers) / max(1, len(numbers)),
        "names": float(len(names)),
        "names_wrong": float(len(wrong_names)),
        "names_wrong_share": len(wrong_names) / max(1, len(names)),
        "number_rival": _most(number_rivals(posed.text, near)),
        "name_rival": _most(name_rivals(posed.text, near)),
        "exchanged": _most(exchanged_names(posed.text, near)),
        "numbers_exchanged": _most(exchanged_numbers(posed.text, near)),
    }


def _variants(aligned: Aligned) -> dict[str, float]:
    """How much nearer the quotes are to the claim with its names exchanged, renamed, or its denial gone."""
    found: dict[str, float] = {}
    for turn in TURNS:
        whole, soft = aligned.gains.get(turn, (-1.0, -1.0))
        found |= {f"{turn}_whole": whole, f"{turn}_soft": soft}
    return found


def _slots(aligned: Aligned) -> dict[str, float]:
    """What stands in the places where the claim leaves the words that it copies."""
    slots = aligned.run.slots
    both = [slot for slot in slots if slot.said and slot.there]
    return {
        "slot_copied": aligned.run.copied,
        "slot_added": float(sum(not slot.there for slot in slots)),
        "slot_dropped": float(sum(not slot.said for slot in slots)),
        "slot_exchanged": float(len(both)),
        "slot_one_for_one": float(sum(len(slot.said.split()) == len(slot.there.split()) for slot in both)),
        "slot_within": float(sum(slot.whole for slot in both)),
        "slot_moved": float(sum(slot.moved for slot in both)),
        "slot_moved_within": float(sum(slot.moved and slot.whole for slot in both)),
        "slot_likeness": min(aligned.exchanged, default=1.0),
        "slot_likeness_mean": float(np.mean(aligned.exchanged)) if both else 1.0,
        "slot_words": float(max((len(slot.said.split()) for slot in both), default=0)),
        "slot_words_there": float(max((len(slot.there.split()) for slot in both), default=0)),
    }


def _most(rivals: Sequence[object]) -> float:
    return max((float(getattr(rival, "better", 0.0)) for rival in rivals), default=-1.0)
