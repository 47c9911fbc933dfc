"""The checks of `pincite doctor`: each on its own, each with what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpus.home import content_path
from corpus.settings import Settings
from tests.fakes import HashEmbedder
from ui import doctor, wiring
from ui.doctor import examine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Pincite, Stocked
    from ui.doctor import Check


def named(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


@pytest.fixture
def settings(stocked: Stocked, models: Path) -> Settings:
    return Settings.load({}, home=stocked.home, models=models, offline=True)


def test_all_is_well(settings: Settings, stocked: Stocked) -> None:
    checks = named(examine(settings))
    assert [name for name, check in checks.items() if not check.well] == []
    assert str(stocked.home) in checks["home"].says
    assert "3 works, 3 with full text" in checks["library"].says
    assert "MiniLM" in checks["embedder"].says
    assert "384" in checks["embedder"].says
    assert "PINCITE_OFFLINE" in checks["network"].says


def test_for_a_script_and_for_a_person(pincite: Pincite, stocked: Stocked) -> None:
    ran = pincite("doctor", "--json")
    assert ran.code == 0
    assert ran.json["schema"] == 1
    assert {"Python", "home", "library", "index", "embedder", "network"} <= {check["check"] for check in ran.json["checks"]}
    assert all(check["well"] for check in ran.json["checks"])
    assert "ok   library" in pincite("doctor").out

    (stocked.home / "index" / "current").unlink()
    broken = pincite("doctor", "--json")
    assert broken.code == 1
    assert [check["check"] for check in broken.json["checks"] if not check["well"]] == ["index"]
    told = pincite("doctor")
    assert told.code == 1
    assert "BAD  index" in told.out
    assert "pincite rebuild" in told.out


def test_it_looks_and_mends_nothing(settings: Settings, stocked: Stocked) -> None:
    current = stocked.home / "index" / "current"
    current.write_text("garbage")
    assert not named(examine(settings))["index"].well
    assert current.read_text() == "garbage"


def test_a_home_that_is_a_file(models: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    checks = named(examine(Settings.load({}, home=tmp_path / "file", models=models)))
    assert not checks["home"].well
    assert "PINCITE_HOME" in checks["home"].remedy
    assert checks["embedder"].well


def test_a_library_of_garbage(settings: Settings, stocked: Stocked) -> None:
    for file in stocked.home.glob("library.sqlite3*"):
        file.write_bytes(b"garbage" * 1000)
    checks = named(examine(settings))
    assert not checks["library"].well
    assert "library.sqlite3" in checks["library"].says
    assert "pincite ingest" in checks["library"].remedy


def test_bytes_of_a_document_that_were_altered_or_lost(settings: Settings, stocked: Stocked) -> None:
    library = wiring.open_library(settings)
    harbour, lanterns, mill = (record.document.digest for record in library.works() if record.document)
    library.close()
    content_path(stocked.home, harbour).write_bytes(b"something else")
    content_path(stocked.home, lanterns).unlink()
    check = named(examine(settings))["library"]
    assert not check.well
    assert [digest[:12] in check.says for digest in (harbour, lanterns, mill)] == [True, True, False]
    assert "again" in check.remedy


def test_an_index_that_has_lost_and_gained(settings: Settings, stocked: Stocked) -> None:
    current = stocked.home / "index" / "current"
    current.write_text(json.dumps(json.loads(current.read_text()) | {"library": "another"}))
    check = named(examine(settings))["index"]
    assert not check.well
    assert "another library" in check.says


def test_a_model_that_cannot_be_had(stocked: Stocked) -> None:
    checks = named(examine(Settings.load({}, home=stocked.home, embedder=str(stocked.folder / "none"), offline=True)))
    assert not checks["embedder"].well
    assert "none" in checks["embedder"].says
    assert "PINCITE_EMBEDDER" in checks["embedder"].remedy
    assert checks["library"].well


def test_little_room_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "make_embedder", lambda settings: HashEmbedder())
    monkeypatch.setattr(doctor, "LOW_DISK_GB", 1e9)
    check = named(examine(settings))["home"]
    assert not check.well
    assert "free" in check.says
    assert "room" in check.remedy
