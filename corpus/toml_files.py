"""Reviewed TOML files, read strictly. Knows no essay and no annotation: only tables, keys, and where they stand.

A mistake in such a file is a `CatalogueError` that names the file, the line and what to write instead.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import CatalogueError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, and the line on which it begins."""

    file: str
    """Name of the file."""
    name: str
    """What a person calls it: `the file`, or `question 3`."""
    line: int
    """1-based."""
    values: dict[str, Any]

    def fault(self, what: str, remedy: str) -> CatalogueError:
        """The error for something wrong in this table."""
        message = f"{self.file}, line {self.line}, {self.name}: {what}."
        return CatalogueError(message, remedy=remedy, file=self.file, line=self.line, table=self.name)

    def only(self, *keys: str) -> None:
        """Refuse any key but these."""
        for key in self.values:
            if key not in keys:
                raise self.fault(f"the key `{key}` is unknown", f"Take it out, or use one of {', '.join(keys)}.")

    def text(self, key: str) -> str:
        """A text that must be there and say something."""
        value = self.optional_text(key)
        if value is None:
            raise self.fault(f"`{key}` is missing", f'Add {key} = "…".')
        return value

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"`{key}` is not a text", f'Write {key} = "…", with words in it.')
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
            raise self.fault(f"`{key}` is not a list of texts", f'Write {key} = ["…", "…"].')
        return tuple(" ".join(entry.split()) for entry in value)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(f"`{key}` is neither true nor false", f"Write {key} = true or {key} = false.")
        return value

    def count(self, key: str) -> int | None:
        """A number from 1, or None where the key is absent."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.fault(f"`{key}` is not a number from 1", f"Write {key} = 1, or the number that it is.")
        return value

    def date(self, key: str) -> str:
        """A year, month or day as ISO 8601 writes it; a TOML date will do."""
        value = self.values.get(key)
        written = value.isoformat() if type(value) is datetime.date else value
        if not isinstance(written, str) or not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", written):
            raise self.fault(f"`{key}` is missing or no date", f'Write {key} = "2024-04" or {key} = 2024-04-30.')
        return written

    def tables(self, key: str, line_of: dict[tuple[str, int], int]) -> tuple[Table, ...]:
        """The `[[key]]` tables in it, in order."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.fault(f"`{key}` is not written as tables", f"Head each with [[{key}]].")
        return tuple(
            Table(self.file, f"{key} {number}", line_of.get((key, number), self.line), entry)
            for number, entry in enumerate(value, 1)
        )


def read_toml(source: Traversable, *repeated: str) -> tuple[Table, dict[str, tuple[Table, ...]]]:
    """The top table of a file, and its `[[repeated]]` tables by name."""
    try:
        text = source.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except OSError as error:
        raise CatalogueError(
            f"Cannot read {source.name}: {error.strerror or error}.", remedy="Check its path and rights."
        ) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"Cannot read {source.name}: it is not UTF-8.", remedy="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise CatalogueError(
            f"{source.name} is not TOML: {error}.",
            remedy="Mend that line; texts stand in quotation marks, and each table has a heading.",
            file=source.name,
            line=int(line[1]) if line else text.count("\n") + 1,
        ) from error
    top = Table(source.name, "the file", 1, values)
    lines = _lines(text)
    return top, {name: top.tables(name, lines) for name in repeated}


def _lines(text: str) -> dict[tuple[str, int], int]:
    """On which line the nth `[[name]]` stands."""
    seen: dict[str, int] = {}
    found: dict[tuple[str, int], int] = {}
    for line, written in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", written)
        if heading:
            seen[heading[1]] = seen.get(heading[1], 0) + 1
            found[heading[1], seen[heading[1]]] = line
    return found
