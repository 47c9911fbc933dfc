"""Fits the verifier's weights and prints what they are worth: `python -m tests.fitting.fit_verifier --help`.

With one seed the same weights come out again. Every figure is of claims that the trees which judged them never saw.
"""

from __future__ import annotations

import argparse
import json
import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.minilm import MiniLM
from tests.fitting.alterations import Altered, alterations, posed_as
from tests.fitting.boosting import Shape, Taught, balanced_accuracy, curve, fitted, out_of_fold, written
from tests.fitting.close import close_pairs
from tests.fitting.judged import Judged, Limits, judged_by, limits_of
from tests.fitting.pairs import Pair, annotated, healthver, misquoted, narrow_pairs, scifact, stands, wice
from tests.fitting.vectors import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Sums = NDArray[np.float64]

SEED = 11
LEARNT, TRIED = 1, 40
"""Seeds of the altered claims that are learnt from, and of those that are tried; nobody has looked at what the second misses."""
CLOSE = 1200
"""Close claims, half to set the limits by, half to try them on."""
CARRIED = Shape(trees=120, depth=3)
TURNED = Shape(trees=200, depth=4, rate=0.03, leaf=10, share=0.5, features=0.15)
MOST = {
    ("number", "digit"): 60,
    ("number", "of the quote"): 60,
    ("name", "stranger"): 60,
    ("name", "version"): 30,
    ("name", "of the quote"): 160,
    ("name", "each other's place"): 140,
}
"""Altered claims of one way that are learnt from, out of the many that can be made; all of the other ways."""
WEIGHTS = {"number": 0.4, "name": 0.6, "negation": 2.0}
"""How much each kind of altered claim counts when the trees learn."""
CALLED = (
    "Sentences of CLAP NQ (Apache-2.0) and PubMedQA (MIT), development halves, for the limits only",
    "WiCE, claim-level development part: annotations ODC-By, claims CC BY-SA (Wikipedia)",
    "SciFact, training part: claims CC BY 4.0, abstracts ODC-By 1.0",
    "Pincite's annotations of five works: Apache-2.0",
)


def main() -> None:
    """Fit, print, and write where that is wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="a home with the five works, for their annotations")
    options.add_argument("--models", type=Path, required=True, help="folder of the embedder's fast form")
    options.add_argument("--kept", type=Path, required=True, help="file that keeps vectors from one run to the next")
    options.add_argument("--ablate", action="store_true", help="also without each group of features, which takes minutes")
    options.add_argument("--write", action="store_true", help="write bot/verifier/weights.json")
    given = options.parse_args()
    kept = Kept(MiniLM(given.models, offline=True), given.kept)
    narrow = [*narrow_pairs(), *annotated(given.home)]
    true = [pair for pair in narrow if pair.true]
    names, carried, sums = fit_carried(kept, true, [*narrow, *misquoted(true)], ablations=given.ablate)
    turned, limits = fit_turned(kept, true, names, sums, carried)
    about = f"Fitted by tests/fitting/fit_verifier.py. {'. '.join(CALLED)}."
    if given.write:
        file = Path(__file__).parents[2] / "bot" / "verifier" / "weights.json"
        saved = {"about": about, "limits": limits, "carried": carried, "turned": turned}
        file.write_text(json.dumps(saved, separators=(",", ":")) + "\n", encoding="utf-8")


def fit_carried(
    kept: Kept, true: Sequence[Pair], narrow: Sequence[Pair], *, ablations: bool
) -> tuple[list[str], dict[str, Any], list[Sums]]:
    """Whether quotes carry a claim: feature names, weights, and unseen sums of the true and the altered claims."""
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
    alike = [true, [posed_as(each) for each in learnt(true)], [posed_as(each) for each in tried(true)]]
    others = [(table(kept.features(pairs), names), groups.of(pairs)) for pairs in alike]
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
    by_source(true, 1 / (1 + np.exp(-(slope * sums[0] + offset))))
    return names, written(model, names, slope, offset), sums


def fit_turned(
    kept: Kept, true: Sequence[Pair], seen: Sequence[str], sums: Sequence[Sums], carried: dict[str, Any]
) -> tuple[dict[str, Any], Limits]:
    """Whether a claim is a true one turned round: weights, and limits of the probability, each with the closeness it is for."""
    first, second = learnt(true), tried(true)
    groups = Groups()
    features = [kept.features(pairs) for pairs in (true, [posed_as(each) for each in first], [posed_as(each) for each in second])]
    for rows, totals in zip(features, sums, strict=True):
        for row, total in zip(rows, totals, strict=True):
            row["carried"] = float(total)
    names = sorted(features[0][0])
    tables = [table(each, names) for each in features]
    taught = Taught(
        np.vstack(tables[:2]),
        np.array([0] * len(true) + [1] * len(first)),
        np.concatenate([groups.of(true), groups.of([each.pair for each in first])]),
        np.concatenate([np.ones(len(true)), weights_of(first, len(true))]),
    )
    unseen, trial = out_of_fold(taught, TURNED, SEED, [(tables[2], groups.of([each.pair for each in second]))])
    slope, offset = curve(unseen, taught.true, np.ones(len(unseen)))
    model = written(fitted(taught, TURNED, SEED), names, slope, offset)
    fit = np.array([stands(pair) for pair in true])
    judged = Judged.of(true, features[0], 1 / (1 + np.exp(-(slope * unseen[: len(true)] + offset))))
    drawn = (*close_pairs(CLOSE, SEED), *close_pairs(CLOSE, SEED, denying=True))
    near = list({pair.group: pair for pair in drawn}.values())  # no sentence in both halves
    learn, trying = near[::2], near[1::2]
    limits = limits_of(judged.some(fit), judged_by(kept, learn, carried, model))
    print(f"limits {limits}")
    altered = Judged.of([posed_as(each) for each in second], features[2], 1 / (1 + np.exp(-(slope * trial + offset))))
    report(true, second, judged, judged.lost(limits), fit, altered.lost(limits))
    third = [each for each in alterations(trying, TRIED, 3 * len(trying)) if each.kind in WEIGHTS]
    print(f"close claims: {len(trying)}, lost {judged_by(kept, trying, carried, model).lost(limits).mean():.3f}")
    caught(third, judged_by(kept, [posed_as(each) for each in third], carried, model).lost(limits))
    return model, limits


def learnt(true: Sequence[Pair]) -> list[Altered]:
    """Altered claims to learn from."""
    chance = random.Random(3)
    by_way: dict[tuple[str, str], list[Altered]] = {}
    for each in alterations(true, LEARNT):
        by_way.setdefault((each.kind, each.way), []).append(each)
    return [each for way, of_way in by_way.items() for each in chance.sample(of_way, min(len(of_way), MOST.get(way, 999)))]


def tried(true: Sequence[Pair]) -> list[Altered]:
    """The 500, a third of each kind, from claims whose numbers and names stand in their quotes.

    Trees judge those alone whose claim they have not seen, true or altered.
    """
    taken: set[tuple[Pair, str]] = set()
    fit = [pair for pair in true if stands(pair)]
    found: dict[str, list[Altered]] = {kind: [] for kind in WEIGHTS}
    for turn in range(4):
        for each in alterations(fit, TRIED + turn, 3 * len(fit)):
            if (each.pair, each.text) not in taken:
                taken.add((each.pair, each.text))
                found[each.kind].append(each)
    return [each for kind, most in zip(found, (167, 167, 166), strict=True) for each in found[kind][:most]]


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


def weights_of(altered: Sequence[Altered], true: int) -> NDArray[np.float64]:
    """Weights that make each kind count as `WEIGHTS` says, against so many true claims."""
    kinds = [each.kind for each in altered]
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


def thresholds(pairs: Sequence[Pair], probabilities: NDArray[np.float64]) -> None:
    """What each threshold keeps of true claims, and of false ones by what is wrong with them."""
    labels = [pair.source if pair.true else pair.label for pair in pairs]
    for threshold in (0.2, 0.3, 0.4, 0.5):
        kept = {label: probabilities[[each == label for each in labels]] >= threshold for label in sorted(set(labels))}
        print(f"  from {threshold}:", ", ".join(f"{label} {said.mean():.2f} of {len(said)}" for label, said in kept.items()))


def by_source(pairs: Sequence[Pair], probabilities: NDArray[np.float64]) -> None:
    """How the true claims score."""
    for source in ("annotations", "wice", "scifact"):
        of_source = probabilities[[pair.source == source for pair in pairs]]
        cuts = ", ".join(f"{share:.0%} {np.quantile(of_source, share):.2f}" for share in (0.05, 0.1, 0.25, 0.5, 0.75))
        print(f"true claims of {source}: {len(of_source)}; quantiles of the probability {cuts}")


def report(
    true: Sequence[Pair],
    altered: Sequence[Altered],
    judged: Judged,
    lost: NDArray[np.bool_],
    fit: NDArray[np.bool_],
    told: NDArray[np.bool_],
) -> None:
    """Altered claims caught, true claims lost."""
    print(f"true claims: {len(true)}, of which {fit.sum()} have their numbers and names in their quotes")
    print(f"  lost: {lost[fit].mean():.3f} of these ({judged.hard[fit].mean():.3f} by hard faults), {lost.mean():.3f} of all")
    for source in ("annotations", "wice", "scifact"):
        of_source = fit & np.array([pair.source == source for pair in true])
        print(f"    {source}: {lost[of_source].mean():.3f} of {of_source.sum()}")
    caught(altered, told)


def caught(altered: Sequence[Altered], told: NDArray[np.bool_]) -> None:
    """Altered claims that are told from true ones, by what was done to them."""
    print(f"altered claims: {len(altered)}, caught {told.mean():.3f}")
    for kind in WEIGHTS:
        of_kind = np.array([each.kind == kind for each in altered])
        parts = []
        for way in sorted({each.way for each in altered if each.kind == kind}):
            mask = np.array([each.kind == kind and each.way == way for each in altered])
            parts.append(f"{way} {told[mask].mean():.2f} of {mask.sum()}")
        print(f"  {kind}: {told[of_kind].mean():.3f} of {of_kind.sum()} ({', '.join(parts)})")


if __name__ == "__main__":
    main()
