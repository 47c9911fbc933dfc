"""What every test may ask for: a home, the default embedder, and the real papers where they are.

The variables of the person who runs the tests do not reach them; of these, only PINCITE_MODELS is read here.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.minilm import EXPORT, MiniLM, export, model_folder

if TYPE_CHECKING:
    from corpus.embedder import Embedder

ROOT = Path(__file__).parents[1]
PAPERS = ROOT.parent / "shared" / "papers"

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub's client is imported, in this process and in its children

_MODELS = Path(os.environ.get("PINCITE_MODELS") or ROOT / ".pytest_cache" / "models")


@pytest.fixture(autouse=True)
def _own_settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No PINCITE_ variable but those that a test sets; no test of the papers without papers."""
    for variable in [name for name in os.environ if name.startswith("PINCITE_")]:
        monkeypatch.delenv(variable)
    if request.node.get_closest_marker("papers") and not PAPERS.is_dir():
        pytest.skip("the real papers are not here")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of one test; not made yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def papers() -> Path:
    """The folder of the real papers; a test that asks for it is skipped where they are not."""
    if not PAPERS.is_dir():
        pytest.skip("the real papers are not here")
    return PAPERS


@pytest.fixture(scope="session")
def models() -> Path:
    """A folder with the default embedder's fast form, written once a machine; what `PINCITE_MODELS` may be set to."""
    from filelock import FileLock

    _MODELS.mkdir(parents=True, exist_ok=True)
    with FileLock(_MODELS / "export.lock"):
        if not (_MODELS / EXPORT).exists():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # torch's and transformers' own, at import
                export(model_folder(offline=True), _MODELS / EXPORT)
    return _MODELS


@pytest.fixture(scope="session")
def real_embedder(models: Path) -> Embedder:
    """The default embedder, loaded once."""
    return MiniLM(models, offline=True)
