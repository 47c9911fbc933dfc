"""The vectors of one text. Knows no model that made them and no place that keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """What an embedder makes of one text; every row has length 1."""

    whole: NDArray[np.float32]
    """The whole text, shape (d,)."""
    sentences: NDArray[np.float32]
    """One row a sentence, shape (n, d)."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self.whole.shape[0])
