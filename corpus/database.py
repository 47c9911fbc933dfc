"""One connection to the library's SQLite file. Knows the schema's version, not what the tables mean.

SQLite's errors are translated here and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from corpus.errors import HomeError, HomeNotWritable, LibraryDamaged, PinciteError
from corpus.home import busy, disk_full, home_error, library_file, make_folder, writers_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

VERSION = 1
"""Of the schema; stands in the file as `user_version`."""

PATIENCE = 5.0
"""Seconds to wait for a foreign process that holds SQLite's own lock."""

Row = tuple[Any, ...]


class Database:
    """A connection that several threads may use in turn; each call returns whole rows."""

    def __init__(self, home: Path, *, readonly: bool = False) -> None:
        self.home = home
        self._path = library_file(home.absolute())
        self._turn = threading.RLock()
        with self._translated():
            self._connection = self._connect(readonly)

    def _connect(self, readonly: bool) -> sqlite3.Connection:
        if not readonly:
            connection = self._open(f"{self._path.as_uri()}?mode=rw")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            return connection
        try:
            connection = self._open(f"{self._path.as_uri()}?mode=ro")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            # A folder that is mounted read-only has no place for WAL's shared memory; nobody writes there either.
            connection = self._open(f"{self._path.as_uri()}?mode=ro&immutable=1")
        return connection

    def _open(self, uri: str) -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE)

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """One statement and all its rows."""
        with self._turn, self._translated():
            return self._connection.execute(sql, parameters).fetchall()

    def count(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """One statement that changes rows, and how many it changed."""
        with self._turn, self._translated():
            return self._connection.execute(sql, parameters).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for each of many rows."""
        with self._turn, self._translated():
            self._connection.executemany(sql, rows)

    def script(self, sql: str) -> None:
        """Several statements at once."""
        with self._turn, self._translated():
            self._connection.executescript(sql)

    def roll_back(self) -> None:
        """Undo the open transaction; none is open after some of SQLite's own errors."""
        with self._turn, self._translated():
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Give the file back."""
        with self._turn, self._translated():
            self._connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError):
            raise  # a mistake of ours, not of the home
        except sqlite3.DatabaseError as error:
            raise self._letter(error) from error

    def _letter(self, error: sqlite3.DatabaseError) -> PinciteError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return disk_full(self._path)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return busy(self.home)
        if code == sqlite3.SQLITE_IOERR:
            return HomeError(
                f"The disk refused to read or write {self._path}: {error}.",
                remedy="See that it has room, is not limited in file size, and is well; what was stored before is intact.",
                path=str(self._path),
            )
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return HomeNotWritable(
                f"{self._path} cannot be opened for writing: {error}.",
                remedy="Choose a folder that you may write with PINCITE_HOME, or change its permissions.",
                path=str(self._path),
            )
        return damaged(self._path, str(error))


def damaged(path: Path, reason: str) -> LibraryDamaged:
    """The file is there, but it is no library that we can read."""
    return LibraryDamaged(
        f"{path} cannot be read as a library: {reason}.",
        remedy="Put a copy of it back, or move it away and take the works in anew: pincite ingest.",
        path=str(path),
    )


def open_for_reading(home: Path, *, create: bool) -> Database:
    """The library's file, made where it is missing and may be made; read-only where the home is."""
    path = library_file(home)
    if create and not path.exists():
        make_folder(home)
        with writers_lock(home, wait=PATIENCE):
            _touch(path)
    elif not path.exists():
        raise HomeError(f"There is no library in {home}.", remedy="Take works in first (pincite ingest), or set PINCITE_HOME.")
    database = Database(home, readonly=not (os.access(path, os.W_OK) and os.access(home, os.W_OK)))
    try:
        _bring_up(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _touch(path: Path) -> None:
    try:
        path.touch()
    except OSError as error:
        raise home_error(error, path) from error


def _bring_up(database: Database, path: Path) -> None:
    """Make the tables of a new file; refuse a file that is not ours."""
    version = database.run("PRAGMA user_version")[0][0]
    if version == VERSION:
        return
    if version > VERSION:
        raise LibraryDamaged(
            f"{path} was written by a newer Pincite (schema {version}; this one knows {VERSION}).",
            remedy="Install the newer Pincite again, or choose another home with PINCITE_HOME.",
            path=str(path),
        )
    with writers_lock(database.home, wait=PATIENCE):
        if database.run("PRAGMA user_version")[0][0] == VERSION:
            return
        if database.run("SELECT count(*) FROM sqlite_master")[0][0]:
            raise damaged(path, "its tables are not ours")
        database.run("PRAGMA journal_mode = WAL")
        schema = files("corpus").joinpath("schema.sql").read_text(encoding="utf-8")
        database.script(f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA user_version = {VERSION};\nCOMMIT;")
