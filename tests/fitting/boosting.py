"""Fits boosted trees and writes them in the form that `bot.verifier.model` reads; scikit-learn is needed here and only here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.verifier.model import Trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDS, TURNS = 5, 2


@dataclass(frozen=True, slots=True)
class Taught:
    """Rows to learn from."""

    rows: NDArray[np.float64]
    true: NDArray[np.int64]
    groups: NDArray[np.int64]
    """Rows of one group are never parted between fitting and trying."""
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """How much the trees may learn."""

    trees: int = 150
    depth: int = 3
    rate: float = 0.05
    leaf: int = 15
    share: float = 0.7
    features: float = 0.5


def fitted(taught: Taught, shape: Shape, seed: int) -> Any:
    """scikit-learn's gradient boosting, fitted."""
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=shape.trees,
        max_depth=shape.depth,
        learning_rate=shape.rate,
        min_samples_leaf=shape.leaf,
        subsample=shape.share,
        max_features=shape.features,
        random_state=seed,
    )
    return model.fit(taught.rows, taught.true, sample_weight=taught.weights)


def out_of_fold(
    taught: Taught, shape: Shape, seed: int, others: Sequence[tuple[NDArray[np.float64], NDArray[np.int64]]] = ()
) -> list[NDArray[np.float64]]:
    """Sums of trees that never saw the row's group, for the taught rows and for other rows with groups of the same kind."""
    from sklearn.model_selection import GroupKFold

    parts = [(taught.rows, taught.groups), *others]
    sums = [np.zeros(len(rows)) for rows, _ in parts]
    times = [np.zeros(len(rows)) for rows, _ in parts]
    for turn in range(TURNS):
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed + turn).split(taught.rows, groups=taught.groups)
        for learn, _ in folds:
            some = Taught(taught.rows[learn], taught.true[learn], taught.groups[learn], taught.weights[learn])
            model = fitted(some, shape, seed + turn)
            seen = set(taught.groups[learn].tolist())
            for place, (rows, groups) in enumerate(parts):
                mask = np.array([group not in seen for group in groups.tolist()], dtype=bool)
                if mask.any():
                    sums[place][mask] += model.decision_function(rows[mask])
                    times[place][mask] += 1
    return [total / np.maximum(count, 1) for total, count in zip(sums, times, strict=True)]


def curve(sums: NDArray[np.float64], true: NDArray[np.int64], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset of the logistic curve that makes probabilities of sums (Platt)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e6).fit(sums[:, None], true, sample_weight=weights)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def written(model: Any, names: Sequence[str], slope: float, offset: float) -> dict[str, Any]:
    """The JSON form."""
    trees = []
    for (tree,) in model.estimators_:
        grown = tree.tree_
        trees.append(
            {
                "feature": [int(each) if each >= 0 else -1 for each in grown.feature],
                "threshold": [round(float(each), 6) for each in grown.threshold],
                "left": [int(each) for each in grown.children_left],
                "right": [int(each) for each in grown.children_right],
                "value": [round(float(each[0, 0]) * model.learning_rate, 6) for each in grown.value],
            }
        )
    prior = model.init_.class_prior_
    start = float(np.log(prior[1] / prior[0]))
    saved = {"features": list(names), "start": start, "slope": slope, "offset": offset, "trees": trees}
    Trees.read(saved)
    return saved


def balanced_accuracy(said: NDArray[np.bool_], true: NDArray[np.int64]) -> float:
    """Mean of the shares of true and of false ones that were told."""
    return float((said[true == 1].mean() + (~said[true == 0]).mean()) / 2)
