"""Writes a transformer as ONNX, whole or not at all. The one place that knows torch's exporter; knows no model by name."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any


def export(folder: Path, path: Path) -> None:
    """Write the model of `folder` to `path`: token ids and mask in, the last layer's states out, any number of either.

    torch's own exporter (`dynamo=False`) takes a second and needs no more than the package `onnx`; the newer one needs
    onnxscript as well.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(number)
    try:
        _write(_last_state(folder), name)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _last_state(folder: Path) -> Any:
    """The model with its inputs in order and one output, as the exporter wants it."""
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    class _LastState(torch.nn.Module):
        def __init__(self, model: torch.nn.Module) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            state: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            return state

    return _LastState(AutoModel.from_pretrained(folder, attn_implementation="eager").eval())


def _write(model: Any, name: str) -> None:
    import torch

    sample = torch.ones((2, 8), dtype=torch.long)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own retirement
        torch.onnx.export(
            model,
            (sample, sample),
            name,
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "tokens": free},
            opset_version=17,
            dynamo=False,
        )
