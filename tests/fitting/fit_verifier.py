"""Fits the verifier's weights and prints what they are worth: `python -m tests.fitting.fit_verifier --help`.

With one seed the same weights come out again. Every figure is of claims that the trees which judged them never saw.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.verifier.faults import faults_of
from bot.verifier.model import Trees, Weights
from corpus.minilm import MiniLM
from tests.fitting.alterations import posed_as
from tests.fitting.boosting import Shape, Taught, balanced_accuracy, curve, fitted, out_of_fold, written
from tests.fitting.composed import Read, composed_pairs
from tests.fitting.judged import Judged, Limits, limits_of
from tests.fitting.pairs import Pair, annotated, healthver, misquoted, narrow_pairs, scifact, wice
from tests.fitting.reports import by_source, caught, lost_of_composed, lost_of_people, thresholds
from tests.fitting.tried import Learnt, by_readers, some
from tests.fitting.vectors import Kept, posed_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.fitting.alterations import Kind

    Sums = NDArray[np.float64]

SEED = 11
LIMITED = frozenset("askell-2021 assran-2023 bai-2022 gao-2022 lecun-2022 rae-2023 yao-2023".split())
"""Works whose composed claims were looked at while rules were written, and set the limits."""
CARRIED = Shape(trees=120, depth=3)
TURNED = Shape(trees=200, depth=4, rate=0.03, leaf=10, share=0.5, features=0.15)
WEIGHTS: dict[Kind, float] = {"number": 0.4, "name": 1.2, "negation": 2.0}
"""How much each kind of altered claim counts when the trees learn."""
CALLED = (
    "Claims composed by language models, composed.jsonl: Apache-2.0",
    "WiCE, claim-level development part: annotations ODC-By, claims CC BY-SA (Wikipedia)",
    "SciFact, training part: claims CC BY 4.0, abstracts ODC-By 1.0",
    "Pincite's annotations of five works: Apache-2.0",
)


def main() -> None:
    """Fit, print, and write where that is wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="a home with the fourteen works of ../shared/papers")
    options.add_argument("--models", type=Path, required=True, help="folder of the embedder's fast form")
    options.add_argument("--kept", type=Path, required=True, help="file that keeps vectors from one run to the next")
    options.add_argument("--ablate", action="store_true", help="also without each group of features, which takes minutes")
    options.add_argument("--write", action="store_true", help="write bot/verifier/weights.json")
    given = options.parse_args()
    kept = Kept(MiniLM(given.models, offline=True), given.kept)
    composed = composed_pairs(given.home)
    for edition in (1, 2):
        judged = [each.pair.true for each in composed if each.claim.edition == edition]
        print(f"claims composed by edition {edition} of the prompts: {len(judged)}, of which {sum(judged)} stand as they are")
    true = [each for each in composed if each.pair.true]
    fresh = [each for each in true if _is_fresh(each)]
    known = [each for each in true if not _is_fresh(each)]
    narrow = [*narrow_pairs(), *annotated(given.home)]
    people = [pair for pair in narrow if pair.true]
    learnt = Learnt.of(people, known)
    carried, sums = fit_carried(kept, learnt, [*narrow, *misquoted(people)], ablations=given.ablate)
    turned, unseen = fit_turned(kept, learnt, sums)
    weights = Weights(Trees.read(carried), Trees.read(turned), ())
    limits = try_known(kept, learnt, known, weights, sums, unseen)
    try_fresh(kept, fresh, weights, limits)
    if given.write:
        about = f"Fitted by tests/fitting/fit_verifier.py. {'. '.join(CALLED)}."
        file = Path(__file__).parents[2] / "bot" / "verifier" / "weights.json"
        saved = {"about": about, "limits": limits, "carried": carried, "turned": turned}
        file.write_text(json.dumps(saved, separators=(",", ":")) + "\n", encoding="utf-8")


def _is_fresh(claim: Read) -> bool:
    """True where nothing was fitted to it, and nobody looked at what becomes of it."""
    return claim.claim.edition > 1 and claim.pair.group not in LIMITED


def fit_carried(kept: Kept, learnt: Learnt, narrow: Sequence[Pair], *, ablations: bool) -> tuple[dict[str, Any], list[Sums]]:
    """Whether quotes carry a claim: weights, and unseen sums for each set of `learnt`."""
    sets = {"WiCE": wice(), "SciFact": scifact(), "quotes": narrow}
    features = {name: kept.features(pairs) for name, pairs in sets.items()}
    names = sorted(features["WiCE"][0])
    groups = Groups()
    labels = {name: np.array([int(pair.true) for pair in pairs]) for name, pairs in sets.items()}
    taught = Taught(
        np.vstack([table(features[name], names) for name in sets]),
        np.concatenate([labels[name] for name in sets]),
        np.concatenate([groups.of(pairs) for pairs in sets.values()]),
        np.concatenate([even(labels[name]) for name in sets]),
    )
    others = [(table(kept.features(pairs), names), groups.of(pairs)) for pairs in learnt.sets]
    unseen, *sums = out_of_fold(taught, CARRIED, SEED, others)
    slope, offset = curve(unseen, taught.true, taught.weights)
    place = 0
    for name, pairs in sets.items():
        part = slope * unseen[place : place + len(pairs)] + offset
        print(f"{name}: balanced accuracy {balanced_accuracy(part >= 0, labels[name]):.3f} (unseen claims)")
        place += len(pairs)
    model = fitted(taught, CARRIED, SEED)
    trial = healthver()
    said = slope * model.decision_function(table(kept.features(trial), names)) + offset
    accuracy = balanced_accuracy(said >= 0, np.array([int(pair.true) for pair in trial]))
    print(f"HealthVer: balanced accuracy {accuracy:.3f} (nothing fitted on it)")
    if ablations:
        ablate(taught, names, [len(pairs) for pairs in sets.values()])
    thresholds(narrow, 1 / (1 + np.exp(-(slope * unseen[-len(narrow) :] + offset))))
    by_source(learnt.true, 1 / (1 + np.exp(-(slope * sums[0] + offset))))
    return written(model, names, slope, offset), sums


def fit_turned(kept: Kept, learnt: Learnt, sums: Sequence[Sums]) -> tuple[dict[str, Any], list[Sums]]:
    """Whether a claim is a true one turned round: weights, and unseen probabilities for each set of `learnt`.

    What a hard fault gives away already is not learnt from.
    """
    groups = Groups()
    features = [kept.features(pairs) for pairs in learnt.sets]
    rows = [_with_carried(each, totals) for each, totals in zip(features, sums, strict=True)]
    names = sorted(rows[0][0])
    tables = [table(each, names) for each in rows]
    of_each = [groups.of(pairs) for pairs in learnt.sets]
    soft = [~np.array([bool(faults_of(posed_of(pair))) for pair in pairs]) for pairs in learnt.sets[:3]]
    kinds = [
        [each.kind for each, is_soft in zip(altered, mask, strict=True) if is_soft]
        for altered, mask in zip((learnt.made, learnt.read), soft[1:], strict=True)
    ]
    taught = Taught(
        np.vstack([each[mask] for each, mask in zip(tables, soft, strict=False)]),
        np.concatenate([np.full(mask.sum(), place > 0, dtype=np.int64) for place, mask in enumerate(soft)]),
        np.concatenate([each[mask] for each, mask in zip(of_each, soft, strict=False)]),
        np.concatenate([np.ones(soft[0].sum()), *(weights_of(each, len(learnt.true)) for each in kinds)]),
    )
    unseen, *found = out_of_fold(taught, TURNED, SEED, list(zip(tables, of_each, strict=True)))
    slope, offset = curve(unseen, taught.true, np.ones(len(unseen)))
    model = written(fitted(taught, TURNED, SEED), names, slope, offset)
    return model, [1 / (1 + np.exp(-(slope * each + offset))) for each in found]


def _with_carried(features: Sequence[dict[str, float]], totals: Sequence[float]) -> list[dict[str, float]]:
    return [{**each, "carried": float(total)} for each, total in zip(features, totals, strict=True)]


def try_known(
    kept: Kept, learnt: Learnt, known: Sequence[Read], weights: Weights, sums: Sequence[Sums], unseen: Sequence[Sums]
) -> Limits:
    """Set the limits, for copies by claims of the prompts as they are now, and try them on all that trees were taught with.

    Every claim is judged by trees that have not seen it.
    """
    around, begin = _around(known), len(learnt.true) - len(known)

    def judged(place: int) -> Judged:
        pairs = learnt.sets[place]
        likely = np.array([weights.carried.probability(total) for total in sums[place]])
        return Judged.of(pairs, kept.features(pairs), unseen[place]).gated(pairs, around, likely)

    true = judged(0)
    composed = true.some(np.arange(len(learnt.true)) >= begin)
    now = np.array([each.claim.edition > 1 for each in known])
    limits = limits_of(composed, composed.some(now))
    print(f"limits {limits}")
    for name, which in (("the prompts of now, works that set the limits", now), ("the first prompts", ~now)):
        print(f"composed claims: {name}")
        chosen = [each for each, is_chosen in zip(known, which, strict=True) if is_chosen]
        lost_of_composed(chosen, composed.some(which).lost(limits))
    print("  of the prompts of now, altered by rule:")
    caught(learnt.now, judged(4).lost(limits))
    print("  of the prompts of now, altered by a reader:")
    current = {each.pair for each, is_now in zip(known, now, strict=True) if is_now}
    read = np.array([each.pair in current for each in learnt.read])
    caught([each for each in learnt.read if each.pair in current], judged(2).some(read).lost(limits))
    lost_of_people(learnt.true[:begin], true.some(np.arange(len(learnt.true)) < begin).lost(limits))
    caught(learnt.people, judged(3).lost(limits))
    return limits


def try_fresh(kept: Kept, fresh: Sequence[Read], weights: Weights, limits: Limits) -> None:
    """Try the weights, as they are written, on composed claims that nothing was fitted to."""
    print("composed claims: fresh")
    pairs = [each.pair for each in fresh]
    lost_of_composed(fresh, _judged(kept, pairs, fresh, weights).lost(limits))
    for how, altered in (("by rule", some(pairs, 500)), ("by a reader", by_readers(fresh))):
        print(f" altered {how}:")
        caught(altered, _judged(kept, [posed_as(each) for each in altered], fresh, weights).lost(limits))


def _judged(kept: Kept, pairs: Sequence[Pair], composed: Sequence[Read], weights: Weights) -> Judged:
    """What the whole gate of an answer makes of claims that rest on the quotes of composed ones."""
    features = kept.features(pairs)
    totals = weights.carried.totals(features)
    turned = np.array(weights.turned.probabilities(_with_carried(features, totals)))
    likely = np.array([weights.carried.probability(total) for total in totals])
    return Judged.of(pairs, features, turned).gated(pairs, _around(composed), likely)


def _around(composed: Sequence[Read]) -> dict[str, tuple[str, ...]]:
    return {each.pair.quotes[0]: each.around for each in composed}


class Groups:
    """Numbers for what must not be parted between fitting and trying."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}

    def of(self, pairs: Sequence[Pair]) -> NDArray[np.int64]:
        """The group of each pair."""
        return np.array([self._known.setdefault((pair.source, pair.group), len(self._known)) for pair in pairs])


def table(features: Sequence[dict[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    """Features as rows."""
    return np.array([[each[name] for name in names] for each in features])


def even(true: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights that make true and false claims count alike."""
    return np.asarray(np.where(true == 1, 0.5 / (true == 1).sum(), 0.5 / (true == 0).sum()) * len(true), dtype=np.float64)


def weights_of(kinds: Sequence[Kind], true: int) -> NDArray[np.float64]:
    """Weights that make each kind count as `WEIGHTS` says, against so many true claims."""
    return np.array([WEIGHTS[kind] * true / 3 / kinds.count(kind) for kind in kinds])


def ablate(taught: Taught, names: Sequence[str], sizes: Sequence[int]) -> None:
    """Balanced accuracy on both sets without each group of features."""
    families = {
        "word coverage": ("covered_", "pairs_"),
        "word vectors": ("soft_",),
        "sentence vectors": ("cosine",),
        "numbers and names": ("number", "name", "exchanged"),
        "negations": ("negat", "denie", "same_"),
        "comparisons, quantifiers": ("direction", "turned", "quantifier"),
        "copied runs": ("slot_",),
        "variants": ("exchanged_", "renamed_", "undenied_"),
        "lengths": ("claim_words", "sentences", "nearest_words"),
    }
    for family, begins in families.items():
        kept = [place for place, name in enumerate(names) if not name.startswith(begins)]
        fewer = Taught(taught.rows[:, kept], taught.true, taught.groups, taught.weights)
        (unseen,) = out_of_fold(fewer, CARRIED, SEED)
        slope, offset = curve(unseen, fewer.true, fewer.weights)
        said = slope * unseen + offset >= 0
        ends = np.cumsum([0, *sizes])
        parts = [slice(start, end) for start, end in pairwise(ends)]
        print(f"  without {family}:", ", ".join(f"{balanced_accuracy(said[part], fewer.true[part]):.3f}" for part in parts))


if __name__ == "__main__":
    main()
