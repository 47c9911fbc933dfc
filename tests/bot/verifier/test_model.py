"""Trees by hand: what numpy makes of the JSON form."""

from __future__ import annotations

import math

import pytest

from bot.verifier.model import Trees

SAVED = {
    "features": ["length", "share"],
    "start": 0.5,
    "slope": 2.0,
    "offset": -1.0,
    "trees": [
        {"feature": [1, -1, -1], "threshold": [0.4, -2, -2], "left": [1, -1, -1], "right": [2, -1, -1], "value": [0, -1.0, 1.0]},
        {
            "feature": [0, -1, 1, -1, -1],
            "threshold": [10, -2, 0.9, -2, -2],
            "left": [1, -1, 3, -1, -1],
            "right": [2, -1, 4, -1, -1],
            "value": [0, 0.25, 0, 0.5, 4.0],
        },
    ],
}


@pytest.mark.parametrize(
    ("length", "share", "total"), [(5, 0.1, -0.25), (5, 0.5, 1.75), (20, 0.5, 2.0), (20, 0.95, 5.5), (10, 0.3, -0.25)]
)
def test_a_row_falls_through_every_tree(length: float, share: float, total: float) -> None:
    trees = Trees.read(SAVED)
    features = {"share": share, "length": length, "not looked at": 7.0}
    assert trees.totals([features]) == pytest.approx([total])
    assert trees.probabilities([features]) == pytest.approx([1 / (1 + math.exp(-(2 * total - 1)))])


def test_no_rows_give_nothing() -> None:
    assert Trees.read(SAVED).probabilities([]) == []
