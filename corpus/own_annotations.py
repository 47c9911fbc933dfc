"""The home's own annotation files: what a language model wrote about a work, there to be read, edited and removed.

`annotations/<work>.toml` in the home mirrors what the library holds of other writers than Pincite's own. Knows no library.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corpus.annotation_files import load_annotations
from corpus.errors import CatalogueError
from corpus.home import make_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from corpus.records import Annotation

HEAD = """\
# Statements about {work}, written by a language model and proven against the work: edit them, or take some out, then
# have them read again with `pincite annotations {work} --read`.
"""


def own_file(home: Path, work: str) -> Path:
    """Where the annotations of a work lie."""
    return home / "annotations" / f"{work}.toml"


def own_annotations(home: Path, work: str) -> list[Annotation] | None:
    """What the file holds; None where there is none. `CatalogueError` names the line of a mistake."""
    path = own_file(home, work)
    if not path.exists():
        return None
    annotations = load_annotations(path, own=True)
    if any(each.work != work for each in annotations):
        raise CatalogueError(
            f"{path.name} is about another work than its name says.", remedy=f'Write work = "{work}".', file=str(path)
        )
    reviewed = next((each for each in annotations if each.writer == "reviewed"), None)
    if reviewed is not None:
        raise CatalogueError(
            f"{path.name} calls a statement reviewed, which only Pincite's own are.",
            remedy="Name its writer: the model's name, or yours.",
            file=str(path),
        )
    return annotations


def write_own_annotations(home: Path, work: str, annotations: Sequence[Annotation]) -> Path:
    """Write the file anew; without an annotation it goes."""
    path = own_file(home, work)
    if not annotations:
        path.unlink(missing_ok=True)
        return path
    make_folder(path.parent)
    tables = (_table(annotation) for annotation in annotations)
    write_file(path, "\n".join([HEAD.format(work=work) + f"work = {json.dumps(work)}\n", *tables]).encode())
    return path


def _table(annotation: Annotation) -> str:
    """One annotation as TOML; a JSON string is one of TOML's, too."""
    settled: Iterable[tuple[str, object]] = (
        ("statement", annotation.statement),
        ("page", annotation.page),
        ("part", annotation.part),
        ("section", annotation.section),
        ("start", annotation.start),
        ("end", annotation.end),
        ("writer", annotation.writer),
    )
    lines = [f"{name} = {_value(value)}" for name, value in settled if value not in (None, "")]
    return "\n".join(["[[annotation]]", *lines, ""])


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
