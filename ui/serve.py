"""Starts the app and ends it. Knows nothing of its pages."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.settings import Settings

PAGE = Path(__file__).with_name("app.py")
DONE = 0
PATIENCE = 60.0
"""Seconds that the app may take until it answers, on a slow machine."""
FAREWELL = 5.0
"""Seconds that it may take to end."""


def serve(settings: Settings, port: int, *, address: str = "localhost") -> int:
    """Run the app until it is interrupted; gives its exit code. Raises `SettingsError` where the port is taken."""
    require_free(address, port)
    child = subprocess.Popen(command(port, address), env=environment(settings))
    code: int | None = None
    try:
        with _asked_to_end():
            if _answers(child, address, port):
                sys.stdout.write(f"Pincite: http://{address}:{port} (Ctrl-C ends it)\n")
                sys.stdout.flush()
            code = child.wait()
    except KeyboardInterrupt:
        code = DONE
    finally:
        _end(child)
    return code


def command(port: int, address: str) -> list[str]:
    """How the app is launched: without asking for an address, sending anything, or watching files."""
    options = {
        "server.port": port,
        "server.address": address,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": "true",
    }
    # -P: the folder in which one happens to stand must not lend the app its modules.
    start = [sys.executable, "-P", "-m", "streamlit", "run", str(PAGE)]
    return [*start, *(f"--{name}={value}" for name, value in options.items())]


def environment(settings: Settings) -> dict[str, str]:
    """The environment of the app: this one, with the home that was chosen."""
    return {**os.environ, "PINCITE_HOME": str(settings.home.absolute())}


def require_free(address: str, port: int) -> None:
    """Raise `SettingsError` where the app could not listen."""
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise SettingsError(f"This machine has no address {address}.", remedy="Use localhost.") from error
    for family, kind, protocol, _, place in places:
        with socket.socket(family, kind, protocol) as trial:
            if os.name == "posix":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just given up counts as free
            try:
                trial.bind(place)
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    continue  # localhost has an IPv6 address even where the machine has none
                raise SettingsError(_refusal(port, error), remedy=f"Take another: pincite ui --port {_next(port)}.") from error


def _refusal(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program, perhaps by another Pincite."
    return f"Port {port} cannot be used: {error.strerror or error}."


def _next(port: int) -> int:
    return 8502 if port < 1024 else port + 1 if port < 65535 else port - 1


@contextlib.contextmanager
def _asked_to_end() -> Iterator[None]:
    """A request to end this process is heard like Ctrl-C, so that the app never outlives it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _answers(child: subprocess.Popen[bytes], address: str, port: int) -> bool:
    """True once the app listens; false where it ended before."""
    end = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=1):
            return True
        time.sleep(0.1)
    return child.poll() is None


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the app, gently first. Ctrl-C in a terminal has reached it already."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
