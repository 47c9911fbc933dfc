"""A cross-encoder by name: tiny ones with random weights, written to a folder and loaded as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.verifier import CrossEncoderVerifier, Posed
from corpus.errors import ModelUnavailable

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "[PAD] [UNK] [CLS] [SEP] the keeper lit lamp lamps a not in harbour , . 3 4".split(" ")
CLAIMS = [
    Posed("The keeper lit 3 lamps.", ("The keeper lit 3 lamps in the harbour.",)),
    Posed("The keeper lit 4 lamps.", ("The keeper lit 3 lamps in the harbour.",)),
]


def write(folder: Path, labels: dict[int, str]) -> Path:
    """A BERT of one layer over a dozen words."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        id2label=labels, label2id={label: place for place, label in labels.items()},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def scores(folder: Path, claim: Posed) -> list[float]:
    """The model's own probabilities, read without sentence-transformers."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    encoded = AutoTokenizer.from_pretrained(folder)(" ".join(claim.quotes), claim.text, return_tensors="pt")
    with torch.no_grad():
        logits = AutoModelForSequenceClassification.from_pretrained(folder)(**encoded).logits[0]
    return list(torch.sigmoid(logits).tolist() if len(logits) == 1 else torch.softmax(logits, -1).tolist())


@pytest.mark.parametrize(
    ("labels", "column"),
    [
        ({0: "LABEL_0"}, 0),
        ({0: "LABEL_0", 1: "LABEL_1"}, 1),
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, 1),
        ({0: "ENTAILMENT", 1: "neutral", 2: "contradiction"}, 0),
        ({0: "supported", 1: "unsupported"}, 0),
    ],
)
def test_the_probability_is_that_of_the_label_which_means_support(tmp_path: Path, labels: dict[int, str], column: int) -> None:
    folder = write(tmp_path / "model", labels)
    found = CrossEncoderVerifier(str(folder), offline=True).support(CLAIMS)
    for posed, support in zip(CLAIMS, found, strict=True):
        assert support.probability == pytest.approx(scores(folder, posed)[column], abs=2e-4)


def test_numbers_are_looked_at_whatever_the_model_says(tmp_path: Path) -> None:
    folder = write(tmp_path / "model", {0: "LABEL_0"})
    true, false = CrossEncoderVerifier(str(folder), offline=True).support(CLAIMS)
    assert true.faults == ()
    assert [fault.kind for fault in false.faults] == ["number"]
    assert not false.carried(0.0)


def test_labels_that_say_nothing_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "model", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
    with pytest.raises(ModelUnavailable, match="which of its 3 labels"):
        CrossEncoderVerifier(str(folder), offline=True).support(CLAIMS)


def test_a_model_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        CrossEncoderVerifier(str(tmp_path / "none"), offline=True).support(CLAIMS)


def test_no_claims_load_nothing() -> None:
    assert CrossEncoderVerifier("no/such-model", offline=True).support([]) == []
