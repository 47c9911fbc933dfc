"""An end to waiting for the head of an answer. Knows httpx's trace of a connection, and no address.

httpx bounds each reading from a connection, not all of them together: a server that sends a byte now and then would hold
us for ever. For a body `receive` sees to that; the head is read inside httpx, so that the connection is shut from outside.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class HeadDeadline:
    """Shuts a connection whose answer has no whole head in time."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._stream: Any = None
        self._passed = False

    def trace(self, name: str, told: Mapping[str, Any]) -> None:
        """Take note of the connection, once there is one; what httpx calls at each of its steps."""
        if name.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = told["return_value"]

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def stop(self) -> None:
        """The head is here."""
        self._timer.cancel()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        import httpx

        self._timer.cancel()
        if self._passed and isinstance(error, httpx.HTTPError):
            raise httpx.ReadTimeout("the head of the answer has no end") from error

    def _shut(self) -> None:
        self._passed = True
        found = self._stream.get_extra_info("socket") if self._stream is not None else None
        if found is not None:
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket, which would take its state away from under the thread that reads.
                socket.socket.shutdown(found, socket.SHUT_RDWR)
