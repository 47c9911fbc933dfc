"""Ctrl-C in child processes, wherever the tests themselves were started from."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Undo what a shell does to a job in the background: it is born deaf to Ctrl-C, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
