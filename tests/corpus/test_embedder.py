"""What every embedder keeps to: the default one, the reference, one that pools otherwise, and the tests' own."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.embedder import BATCH, Embedder, pool_sentences, sentence_of_token, unit
from corpus.errors import ModelUnavailable
from corpus.minilm import EXPORT, LONGEST_INPUT, WEIGHTS, MiniLM, model_folder
from corpus.sentence_embedder import SentenceEmbedder
from tests.corpus.model_files import copy_model
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from pathlib import Path

TIDE = ("The tide rises at dawn.", "Boats leave the harbour.", "Gulls follow them out to sea.")
TEXTS = [
    TIDE,
    ("Is compression all we need?",),
    ("Ein Satz mit Umlauten: Öl, Äpfel, Übermut.", "日本語の文。", "An emoji 🚢 and 5 % of −3."),
    ("", "A sentence behind an empty one."),
    ("",),
]


@pytest.fixture(scope="session")
def one_thread() -> None:
    """Torch's threads would get in the way of those of tests that run beside these."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def reference(one_thread: None) -> SentenceEmbedder:
    return SentenceEmbedder(str(model_folder(offline=True)), offline=True)


@pytest.fixture(scope="session")
def one_by_one(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> SentenceEmbedder:
    """A model that does not pool by the mean, so that each sentence needs a pass of its own."""
    folder = tmp_path_factory.mktemp("first-token")
    copy_model(folder)
    pooling = folder / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text())
    pooling.unlink()
    pooling.write_text(json.dumps(settings | {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}))
    return SentenceEmbedder(str(folder), offline=True)


@pytest.fixture(scope="session", params=["hash", "minilm", "sentence-transformers", "one by one"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hash":
        return HashEmbedder()
    name = {"minilm": "real_embedder", "sentence-transformers": "reference", "one by one": "one_by_one"}[request.param]
    found: Embedder = request.getfixturevalue(name)
    return found


def long_text() -> tuple[str, ...]:
    """More words than the longest input has tokens."""
    return tuple(f"Boat number {number} leaves the harbour at high tide." for number in range(LONGEST_INPUT // 8))


# The contract


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]) == []


@pytest.mark.parametrize("text", [*TEXTS, long_text()], ids=["three", "one", "other scripts", "empty first", "empty", "long"])
def test_a_text_has_one_vector_and_each_sentence_one_all_of_length_one(embedder: Embedder, text: tuple[str, ...]) -> None:
    (vectors,) = embedder.embed([text])
    assert vectors.whole.shape == (embedder.dimensions,)
    assert vectors.sentences.shape == (len(text), embedder.dimensions)
    assert vectors.dimensions == embedder.dimensions
    assert vectors.whole.dtype == vectors.sentences.dtype == np.float32
    lengths = np.linalg.norm(np.vstack([vectors.whole, vectors.sentences]), axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)


def test_a_text_of_one_sentence_has_its_sentences_vector(embedder: Embedder) -> None:
    (vectors,) = embedder.embed([TIDE[:1]])
    assert np.allclose(vectors.whole, vectors.sentences[0], atol=1e-5)


def test_the_same_text_has_the_same_vectors(embedder: Embedder) -> None:
    first, second = embedder.embed([TIDE, TIDE])
    (third,) = embedder.embed([TIDE])
    for other in (second, third):
        assert np.allclose(first.whole, other.whole, atol=1e-5)
        assert np.allclose(first.sentences, other.sentences, atol=1e-5)


def test_vectors_come_in_the_order_of_the_texts_whatever_goes_with_them(embedder: Embedder) -> None:
    numbers = [7 * number % (BATCH + 5) for number in range(BATCH + 5)]
    texts = [(f"Boat {number} leaves" + " again" * number + ".", f"Berth {number} is free.") for number in numbers]
    together = embedder.embed(texts)
    assert len(together) == len(texts)
    for place in (0, 1, BATCH - 1, BATCH, len(texts) - 1):
        (alone,) = embedder.embed([texts[place]])
        assert np.allclose(together[place].whole, alone.whole, atol=1e-4)
        assert np.allclose(together[place].sentences, alone.sentences, atol=1e-4)


def test_different_texts_have_different_vectors(embedder: Embedder) -> None:
    one, other = embedder.embed([TIDE, ("Reward models learn from comparisons.",)])
    assert one.whole @ other.whole < 0.9


def test_each_sentence_has_a_vector_of_its_own(embedder: Embedder) -> None:
    (vectors,) = embedder.embed([TIDE])
    alone = np.stack([found.whole for found in embedder.embed([(sentence,) for sentence in TIDE])])
    assert np.argmax(vectors.sentences @ alone.T, axis=1).tolist() == [0, 1, 2]


def test_each_sentence_has_its_own_vector_behind_letters_of_many_bytes(embedder: Embedder) -> None:
    text = ("Öl 🚢🚢🚢 日本語 é.", "Boats leave the harbour.", "Reward models learn from comparisons.")
    (vectors,) = embedder.embed([text])
    alone = np.stack([found.whole for found in embedder.embed([(sentence,) for sentence in text])])
    assert np.argmax(vectors.sentences[1:] @ alone.T, axis=1).tolist() == [1, 2]


def test_sentences_beyond_the_longest_input_have_vectors_of_their_own(embedder: Embedder) -> None:
    (vectors,) = embedder.embed([(*long_text(), "Reward models learn from comparisons.")])
    (alone,) = embedder.embed([("Reward models learn from comparisons.",)])
    assert vectors.sentences[-1] @ alone.whole > 0.999


def test_an_embedder_says_its_name_and_dimensions(embedder: Embedder) -> None:
    assert embedder.name.strip()
    assert embedder.dimensions == len(embedder.embed([("tide",)])[0].whole)


def test_vectors_of_different_models_have_different_names(real_embedder: Embedder, reference: Embedder) -> None:
    assert len({real_embedder.name, reference.name, HashEmbedder().name, SentenceEmbedder("a", revision="1").name}) == 4
    assert SentenceEmbedder("a", revision="1").name != SentenceEmbedder("a", revision="2").name


# The default embedder is all-MiniLM-L6-v2


@pytest.mark.parametrize("text", [*TEXTS, long_text()], ids=["three", "one", "other scripts", "empty first", "empty", "long"])
def test_the_fast_form_gives_the_vectors_of_sentence_transformers(
    real_embedder: Embedder, reference: Embedder, text: tuple[str, ...]
) -> None:
    (fast,), (slow,) = real_embedder.embed([text]), reference.embed([text])
    assert fast.whole @ slow.whole > 0.9999
    assert np.all(np.sum(fast.sentences * slow.sentences, axis=1) > 0.9999)


def test_the_default_embedder_knows_what_means_the_same(real_embedder: Embedder) -> None:
    query, near, far = (
        found.whole for found in real_embedder.embed([("How do ships move?",), ("Vessels sail by wind.",), ("Tax law is dull.",)])
    )
    assert query @ near > query @ far + 0.2


def test_the_fast_form_is_written_once_and_whole(models: Path) -> None:
    written = (models / EXPORT).stat()
    MiniLM(models, offline=True).embed([("tide",)])
    assert (models / EXPORT).stat().st_mtime_ns == written.st_mtime_ns
    assert not list(models.glob("*.part"))


def test_an_embedder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="nowhere") as raised:
        SentenceEmbedder(str(tmp_path / "nowhere"), offline=True).embed([("tide",)])
    assert "PINCITE_EMBEDDER" in raised.value.remedy


def test_a_model_folder_with_broken_weights_is_unavailable(tmp_path: Path) -> None:
    copy_model(tmp_path)
    (tmp_path / WEIGHTS).unlink()
    (tmp_path / WEIGHTS).write_bytes(b"half a file")
    with pytest.raises(ModelUnavailable):
        SentenceEmbedder(str(tmp_path), offline=True).embed([("tide",)])


def test_making_an_embedder_loads_no_model(tmp_path: Path) -> None:
    assert MiniLM(tmp_path / "absent").dimensions == 384
    assert SentenceEmbedder("no/such-model").name == "no/such-model"
    assert not (tmp_path / "absent").exists()
    shutil.rmtree(tmp_path)


# Pooling


def test_tokens_belong_to_the_sentence_in_which_they_begin() -> None:
    sentences = ["The tide.", "It rises."]
    offsets = [(0, 0), (0, 3), (4, 8), (8, 9), (10, 12), (13, 18), (18, 19), (0, 0)]
    assert sentence_of_token(offsets, sentences).tolist() == [-1, 0, 0, 0, 1, 1, 1, -1]


def test_no_tokens_belong_to_no_sentence() -> None:
    assert sentence_of_token([], ["The tide."]).tolist() == []


def test_a_sentence_is_the_mean_of_its_tokens_and_special_ones_do_not_count() -> None:
    tokens = np.array([[9, 9], [1, 0], [3, 0], [0, 5]], dtype=np.float32)
    rows, missing = pool_sentences(tokens, np.array([-1, 0, 0, 2]), 3)
    assert rows.tolist() == [[1, 0], [0, 0], [0, 1]]
    assert missing.tolist() == [False, True, False]


def test_a_row_of_zeros_has_no_direction() -> None:
    assert unit(np.array([[3, 4], [0, 0]], dtype=np.float32)).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]
