"""The home folder: where everything lies, the writer's lock, and the bytes of documents. Knows no SQL and no index.

library.sqlite3       the library
documents/<digest>    the bytes of every document, as fetched
index/                the index
answers/              saved answers
conversations/        kept conversations, one file each
judgements.jsonl      what people said of answers, one judgement a line
models/               models that were downloaded
write.lock            held by the one process that writes; its content is that process's id
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from typing import TYPE_CHECKING

from corpus.documents import digest_of
from corpus.errors import DiskFull, HomeError, HomeNotWritable, LibraryBusy, SourceMissing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

UNFINISHED = ".part"
"""Suffix of a file that is still being written."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DIGEST = re.compile(r"[0-9a-f]{64}")


def library_file(home: Path) -> Path:
    """The SQLite file."""
    return home / "library.sqlite3"


def documents_folder(home: Path) -> Path:
    """Bytes of documents, one file a digest."""
    return home / "documents"


def index_folder(home: Path) -> Path:
    """What the index keeps."""
    return home / "index"


def lock_file(home: Path) -> Path:
    """The one writer's lock."""
    return home / "write.lock"


def home_error(error: OSError, path: Path) -> HomeError:
    """What a failed write below the home means to a person."""
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return disk_full(path)
    return HomeNotWritable(
        f"{path} cannot be written: {reason}.",
        remedy="Choose a folder that you may write with PINCITE_HOME, or change its permissions.",
        path=str(path),
    )


def disk_full(path: Path) -> DiskFull:
    """The disk is full."""
    return DiskFull(
        f"No room is left on the disk that holds {path}; what was stored before is intact.",
        remedy="Free some space, or move the home and set PINCITE_HOME, then do it again.",
        path=str(path),
    )


def make_folder(path: Path) -> None:
    """Create a folder of the home where it does not exist."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise home_error(error, path) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader sees the old bytes or the new, whatever happens in between."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise home_error(error, path) from error
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def writers_lock(home: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the home's writer's lock, or raise LibraryBusy after `wait` seconds. Not reentrant."""
    from filelock import FileLock, Timeout

    path = lock_file(home)
    make_folder(home)
    lock = FileLock(path, timeout=max(0.0, wait), thread_local=False)
    try:
        lock.acquire(poll_interval=0.02)
    except Timeout as error:
        raise busy(home) from error
    except OSError as error:
        raise home_error(error, path) from error
    try:
        with contextlib.suppress(OSError):
            path.write_text(str(os.getpid()))
        yield
    finally:
        with contextlib.suppress(OSError):
            path.write_text("")
        lock.release()


def busy(home: Path) -> LibraryBusy:
    """Somebody else is writing; says who, where that is known."""
    try:
        writer = int(lock_file(home).read_text().strip())
    except (OSError, ValueError):
        writer = None
    who = "Another process" if writer is None else "This process" if writer == os.getpid() else f"Process {writer}"
    return LibraryBusy(
        f"{who} is writing to the library in {home}.",
        remedy="Wait until it is done, then do it again.",
        home=str(home),
        process=writer,
    )


def content_path(home: Path, digest: str) -> Path:
    """Where the bytes of a document lie; SourceMissing where `digest` is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise SourceMissing(f"{digest[:80]!r} is not the digest of a document.", remedy="A digest has 64 hex digits (SHA-256).")
    return documents_folder(home) / digest


def read_content(home: Path, digest: str) -> bytes:
    """The bytes of a document, exactly as fetched."""
    path = content_path(home, digest)
    remedy = "Take the work in again: pincite add SOURCE, or pincite ingest."
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "are not in the home" if error.errno == errno.ENOENT else f"cannot be read: {error.strerror}"
        raise SourceMissing(f"The bytes of document {digest[:12]}… {reason}.", remedy=remedy, digest=digest) from error
    if digest_of(content) != digest:
        raise SourceMissing(f"The stored bytes of document {digest[:12]}… have been altered.", remedy=remedy, digest=digest)
    return content


def keep_content(home: Path, digest: str, content: bytes) -> None:
    """Store the bytes of a document; sound bytes that are there already are left alone."""
    path = content_path(home, digest)
    make_folder(path.parent)
    try:
        there = path.stat().st_size == len(content) and digest_of(path.read_bytes()) == digest
    except OSError:
        there = False
    if not there:
        write_file(path, content)


def sweep_contents(home: Path, keep: Collection[str]) -> None:
    """Delete bytes that belong to no document: of a transaction that never ended, or of a work taken out."""
    folder = documents_folder(home)
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            ours = _DIGEST.fullmatch(path.name) or path.name.endswith(UNFINISHED)
            if ours and path.name not in keep:
                path.unlink()
