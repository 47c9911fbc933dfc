"""A verifier by name: any cross-encoder of sentence-transformers that was trained for entailment. Knows no embedder.

The model only gives the probability; numbers, units, names and unsaid negations are looked at as they are without it.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.verifier.faults import faults_of
from bot.verifier.support import Support
from corpus.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.support import Posed

BATCH = 16
"""Pairs that go through the model at once."""


class CrossEncoderVerifier:
    """A natural-language-inference or fact-checking model, by its name on the hub or the path of its folder.

    It may have one output (a score of support), two (no, yes), or one a label, of which one is named like `entailment`.
    """

    def __init__(self, model: str, *, revision: str | None = None, offline: bool = False) -> None:
        self._model_name = model
        self._revision = revision
        self._offline = offline

    def support(self, claims: Sequence[Posed]) -> list[Support]:
        """One finding a claim, in order."""
        if not claims:
            return []
        pairs = [(" ".join(posed.quotes), posed.text) for posed in claims]
        rows = self._scores(pairs)
        return [
            Support(round(float(row[self._column]), 4), tuple(faults_of(posed))) for posed, row in zip(claims, rows, strict=True)
        ]

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """Probabilities, a row a pair and a column a label."""
        import torch

        logits = self._model.predict(
            list(pairs), batch_size=BATCH, activation_fn=torch.nn.Identity(), convert_to_tensor=True, show_progress_bar=False
        )
        if self._labels == 1:
            return torch.sigmoid(logits).reshape(-1, 1).tolist()
        return torch.softmax(logits, dim=-1).tolist()

    @property
    def _labels(self) -> int:
        return int(self._model.config.num_labels)

    @cached_property
    def _column(self) -> int:
        """Which label says that the first text carries the second."""
        if self._labels == 1:
            return 0
        for column, label in self._model.config.id2label.items():
            name = str(label).lower()
            if name.startswith(("entail", "support")) or name in ("yes", "true", "consistent"):
                return int(column)
        if self._labels == 2:
            return 1
        raise ModelUnavailable(
            f"The verifier {self._model_name} does not say which of its {self._labels} labels means that a claim is supported.",
            remedy="Take a model with a label named entailment, or unset PINCITE_VERIFIER.",
        )

    @cached_property
    def _model(self) -> Any:
        if self._offline:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._model_name, device="cpu", revision=self._revision, local_files_only=self._offline)
        except Exception as error:  # hub, file and format errors have no common root
            raise ModelUnavailable(
                f"The verifier {self._model_name} cannot be loaded ({type(error).__name__}: {str(error)[:120]}).",
                remedy="Check its name; without a network, give a folder that holds it, or unset PINCITE_VERIFIER.",
            ) from error
