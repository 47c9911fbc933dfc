"""Runs the PDF reader in a child process and watches it. Knows no PDF library and nothing of what a page says.

A PDF from anywhere may crash PDFium, never end, or swell; none of that may touch this process. The child limits its
own memory and CPU time (see `ingest.extract.pdf`); here the clock and the output are watched. The rows of the
child are handed on as they come, one page at a time.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from corpus.errors import DamagedDocument, EmptyDocument, EncryptedDocument, ExtractionLimit, NoTextLayer, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.extract.extraction import Limits

READER = "ingest.extract.pdf"
"""The module that runs in the child."""

Row = dict[str, Any]

_LINE = 64 * 2**20
"""Bytes of the longest row: far more than any page needs."""
_BYTES_A_CHARACTER = 48
"""Of output: a character escaped, its box, its size, and some to spare."""
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What the child sees of the environment: nothing that could be a key."""
_OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "Cannot allocate memory", "failed to map segment")
"""How Python, C++, the system and the loader of libraries say it."""
_SMALLER = "Split the PDF, or print it anew to a simpler one, and add that."
_AGAIN = "Open it in a PDF viewer: if it opens, print it to a new PDF and add that; if not, get the file again."


@dataclass(slots=True)
class _Watch:
    """One child with its clock and the end of what it said on standard error."""

    process: subprocess.Popen[bytes]
    late: bool = False
    last_words: deque[bytes] = field(default_factory=lambda: deque(maxlen=20))

    def end_late(self) -> None:
        """Called by the clock."""
        self.late = True
        self.kill()

    def kill(self) -> None:
        """End the child and whatever it started."""
        if self.process.poll() is not None:
            return
        try:
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        except ProcessLookupError:
            return

    def listen(self, stream: IO[bytes]) -> None:
        """Keep the end of standard error, so that a full pipe never stops the child."""
        while said := stream.readline(4096):
            self.last_words.append(said)

    @property
    def said(self) -> str:
        """The end of standard error."""
        return b"".join(self.last_words).decode("utf-8", "replace")


def read_pdf(content: bytes, name: str, limits: Limits, *, module: str = READER) -> Iterator[Row]:
    """Yield the reader's rows: the header, then every page.

    Raises where the PDF cannot be read, and NoTextLayer after the last page where no page holds text.
    """
    pages = written = 0
    with _child(content, limits, module) as watch:
        for row in _rows(watch, name, limits):
            if "error" in row:
                raise _reported(row, name, limits)
            if row.get("pages") == 0:
                raise _reported({"error": "no pages"}, name, limits)
            if "text" in row:
                pages += 1
                written += bool(row["text"].strip())
            if row.get("done"):
                break
            yield row
        else:
            watch.process.wait()
            raise _ended(watch, name, limits)
    if not written:
        raise NoTextLayer(
            f"{name} has {pages} page{'s'[: pages != 1]} and no text on any: it is a scan.",
            remedy="Recognise its text first, for example with `ocrmypdf in.pdf out.pdf`, and add the result.",
        )


@contextmanager
def _child(content: bytes, limits: Limits, module: str) -> Iterator[_Watch]:
    """A child at work on `content`; it is gone when the block ends, however it ends."""
    root = str(Path(__file__).resolve().parents[2])
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ} | {"PYTHONPATH": root}
    # -P: whatever lies in the folder that Pincite was called from is not imported.
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, str(limits.seconds), str(limits.memory_mb)]
    with tempfile.TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        process = subprocess.Popen(
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    watch = _Watch(process)
    clock = threading.Timer(limits.seconds, watch.end_late)
    listener = threading.Thread(target=watch.listen, args=(process.stderr,), daemon=True)
    clock.daemon = True
    clock.start()
    listener.start()
    try:
        yield watch
    finally:
        clock.cancel()
        watch.kill()
        process.wait()
        listener.join(timeout=5)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


def _rows(watch: _Watch, name: str, limits: Limits) -> Iterator[Row]:
    """The rows as the child writes them; ends where its output ends."""
    stream = watch.process.stdout
    assert stream is not None
    written = characters = 0
    while line := stream.readline(_LINE):
        written += len(line)
        if not line.endswith(b"\n"):
            if len(line) < _LINE:
                return  # the child ended in the middle of a row
            raise _too_much(name, limits)
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DamagedDocument(f"The PDF reader wrote something else than rows about {name}.", remedy=_AGAIN) from error
        characters += len(row.get("text", ""))
        if characters > limits.characters or written > _BYTES_A_CHARACTER * limits.characters + 2**20:
            raise _too_much(name, limits)
        yield row


def _reported(row: Row, name: str, limits: Limits) -> SourceError:
    """What the child found wrong, as an error of ours."""
    detail = str(row.get("detail") or "").strip()
    if row["error"] == "encrypted":
        return EncryptedDocument(
            f"{name} is encrypted, and its password is not known.",
            remedy="Save a copy without a password (for example `qpdf --decrypt --password=… in.pdf out.pdf`) and add that.",
        )
    # PDFium refuses a sound PDF whose page tree is empty, and gives "Success" as the reason.
    if row["error"] == "no pages" or "PDFium: Success" in detail:
        return EmptyDocument(f"{name} is a PDF without pages.", remedy="Get the file again.")
    if row["error"] == "memory":
        return _hungry(name, limits)
    return DamagedDocument(f"{name} cannot be read as a PDF{f' ({detail})' if detail else ''}.", remedy=_AGAIN)


def _ended(watch: _Watch, name: str, limits: Limits) -> SourceError:
    """Why a child ended before it was done."""
    code = watch.process.returncode
    slow = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
    if watch.late or code == slow:
        return ExtractionLimit(f"Reading {name} took more than {limits.seconds:g} seconds.", remedy=_SMALLER)
    # The kernel ends the hungriest process by SIGKILL.
    if any(words in watch.said for words in _OUT_OF_MEMORY) or code == -getattr(signal, "SIGKILL", 9):
        return _hungry(name, limits)
    if code < 0:
        why = f"the PDF library crashed on it ({signal.Signals(-code).name})"
    else:
        why = f"its reader ended early (exit code {code})"
    last = watch.said.strip().rsplit("\n", 1)[-1][:200]
    return DamagedDocument(f"{name} cannot be read as a PDF: {why}{f': {last}' if last else ''}.", remedy=_AGAIN)


def _hungry(name: str, limits: Limits) -> ExtractionLimit:
    return ExtractionLimit(f"Reading {name} needs more than {limits.memory_mb:,} MB of memory.", remedy=_SMALLER)


def _too_much(name: str, limits: Limits) -> ExtractionLimit:
    return ExtractionLimit(f"{name} holds more than {limits.characters:,} characters.", remedy=_SMALLER)
