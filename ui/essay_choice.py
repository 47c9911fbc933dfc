"""Which essay a reader means while none is chosen. Knows essays and works, and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from corpus.essays import Essay


def fitting(essays: Mapping[str, Essay], works: Collection[str]) -> str:
    """The key of the essay of whose references the library holds the greatest share; of several such, the first."""
    return max(essays, key=lambda key: _held(essays[key], works))


def _held(essay: Essay, works: Collection[str]) -> float:
    return sum(key in works for key in essay.references) / max(1, len(essay.references))
