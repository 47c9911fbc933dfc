"""Starting and ending the app."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import Settings
from tests.signals import heed_interrupts
from ui.serve import command, environment, require_free

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def test_a_taken_port_is_an_error_that_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="in use") as caught:
            require_free("127.0.0.1", port)
        assert "--port" in caught.value.remedy
    require_free("127.0.0.1", port)


def test_the_home_is_passed_on_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert environment(Settings(home=Path("here")))["PINCITE_HOME"] == str(tmp_path / "here")


def test_it_listens_to_this_machine_alone_and_sends_nothing() -> None:
    words = command(8501, "localhost")
    assert "--server.address=localhost" in words
    assert "--browser.gatherUsageStats=false" in words
    assert words[0] == sys.executable


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_from_another_folder_and_ends_cleanly(tmp_path: Path, end: signal.Signals) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise ImportError('not ours')")
    port = free_port()
    start = f"import sys; sys.path[:] = [{str(ROOT)!r}, *sys.path[1:]]; from ui.cli import main; main()"
    words = [sys.executable, "-c", start, "ui", "--port", str(port), "--home", str(tmp_path / "home")]
    child = subprocess.Popen(
        words,
        cwd=tmp_path,
        env=os.environ.copy(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=heed_interrupts,
    )
    try:
        assert child.stdout is not None
        assert f"http://localhost:{port}" in child.stdout.readline().decode()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20) as told:
            assert told.status == 200
        child.send_signal(end)
        assert child.wait(20) == 0
        assert b"Traceback" not in child.stdout.read()
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
    time.sleep(0.1)
    require_free("127.0.0.1", port)
