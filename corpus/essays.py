"""Essays: what is asked, and which works are cited there. Knows no library, no index and no answer.

An essay is one TOML file, named by the essay's key: `title`, `date` and `references` on top, then one `[[question]]`
table each, in the essay's order. The packaged ones lie in `corpus/essays/`, a person's own in `essays/` of the home.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from corpus.home import make_folder, write_file
from corpus.toml_files import Table, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE = 110


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an essay."""

    id: str
    """Names it in its essay, e.g. `agents-2`."""
    section: str
    """Title of the essay's section."""
    asked: str
    """The essay's own words."""
    standalone: str
    """The same in our words, understandable without the essay: what is searched, and the heading of its answer."""
    implied: bool = False
    """True where the essay poses it without asking."""
    cites: tuple[str, ...] = ()
    """Keys of the works that its section cites."""
    alluded: tuple[str, ...] = ()
    """What is named there but not cited; said so, and never given a source."""
    open: bool = True
    """No work settles it; several may bear on it."""
    facets: tuple[str, ...] = ()
    """Statements that would bear on it, for or against, in a reader's words: what is searched beside the question."""
    parts: tuple[str, ...] = ()
    """Where it holds several questions, each of them in our words, standing alone: it is answered part by part."""
    facet_parts: tuple[int, ...] = ()
    """Which part each facet is about, from 1; empty where nobody has said."""


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay with its questions and references."""

    key: str
    """Stem of its file's name."""
    title: str
    author: str | None
    date: str
    """As exactly as it is known: `2024`, `2024-04` or `2024-04-30`."""
    url: str | None
    sections: tuple[str, ...]
    """Titles in order of their first question."""
    questions: tuple[Question, ...]
    references: tuple[str, ...]
    """Keys of the works, in the order of its list of references."""


def load_essay(path: Traversable) -> Essay:
    """Read one essay file; `CatalogueError` names the file and line of a mistake."""
    top, tables = read_toml(path, "question")
    top.only("title", "author", "date", "url", "references", "question")
    references = top.texts("references")
    questions = tuple(_question(table, references) for table in tables["question"])
    if not questions:
        raise top.fault("it asks nothing", "Add a [[question]] with id, section, asked and standalone.")
    seen: set[str] = set()
    for table, question in zip(tables["question"], questions, strict=True):
        if question.id in seen:
            raise table.fault(f"the id `{question.id}` is given twice", "Give each question an id of its own.")
        seen.add(question.id)
    return Essay(
        key=path.name.removesuffix(".toml"),
        title=top.text("title"),
        author=top.optional_text("author"),
        date=top.date("date"),
        url=top.optional_text("url"),
        sections=tuple(dict.fromkeys(question.section for question in questions)),
        questions=questions,
        references=references,
    )


def essays(home: Path | None = None) -> dict[str, Essay]:
    """The packaged essays and those in `home/essays/`, by key; one in the home replaces a packaged one of the same key."""
    own = essays_in(home / "essays") if home is not None else ()
    return {essay.key: essay for essay in (*_packaged(), *own)}


@functools.cache
def _packaged() -> tuple[Essay, ...]:
    """Read once: every question that is asked is held against them."""
    return essays_in(resources.files("corpus").joinpath("essays"))


def essays_in(folder: Traversable) -> tuple[Essay, ...]:
    """The essays of a folder, by the names of their files; none where there is no folder."""
    files = sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else []
    return tuple(load_essay(file) for file in files if file.name.endswith(".toml"))


def essay_toml(essay: Essay, *, opening: Iterable[str] = (), remarks: Mapping[str, Iterable[str]] | None = None) -> str:
    """The file of an essay, for a person to mend: `opening` on top and `remarks` above questions, by id, are comments."""
    top = [*map(_comment, opening), "", f"title = {_quoted(essay.title)}"] if opening else [f"title = {_quoted(essay.title)}"]
    top += [f"{name} = {_quoted(value)}" for name, value in (("author", essay.author), ("url", essay.url)) if value]
    top += [f"date = {_quoted(essay.date)}", f"references = {_listed(essay.references)}"]
    tables = ["\n".join(_table(question, (remarks or {}).get(question.id, ()))) for question in essay.questions]
    return "\n\n".join(["\n".join(top), *tables]) + "\n"


def write_essay(
    essay: Essay, path: Path, *, opening: Iterable[str] = (), remarks: Mapping[str, Iterable[str]] | None = None
) -> None:
    """Write an essay's file, so that `load_essay` gives the essay again; raises a `HomeError`."""
    make_folder(path.parent)
    write_file(path, essay_toml(essay, opening=opening, remarks=remarks).encode())


def _table(question: Question, remarks: Iterable[str]) -> list[str]:
    lines = [*map(_comment, remarks), "[[question]]", f"id = {_quoted(question.id)}", f"section = {_quoted(question.section)}"]
    lines += [f"asked = {_quoted(question.asked)}", f"standalone = {_quoted(question.standalone)}"]
    lines += ["implied = true"] if question.implied else []
    for name, values in (("cites", question.cites), ("alluded", question.alluded)):
        lines += [f"{name} = {_listed(values)}"] if values else []
    lines += [] if question.open else ["open = false"]
    lines += [f"parts = {_listed(question.parts)}"] if question.parts else []
    lines += [f"facets = {_listed(question.facets)}"] if question.facets else []
    return lines + ([f"facet_parts = {list(question.facet_parts)}"] if question.facet_parts else [])


def _comment(words: str) -> str:
    return f"# {_CONTROL.sub(' ', words)}".rstrip()


def _quoted(text: str) -> str:
    """A TOML string: in single quotes where the text has double ones, so that it stays as it reads."""
    plain = " ".join(_CONTROL.sub(" ", text).split())
    if '"' in plain and "'" not in plain:
        return f"'{plain}'"
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _listed(values: tuple[str, ...]) -> str:
    """A TOML array, on one line where that is short."""
    quoted = [_quoted(value) for value in values]
    line = f"[{', '.join(quoted)}]"
    return line if len(line) <= _LINE else "[\n" + "".join(f"  {value},\n" for value in quoted) + "]"


def _question(table: Table, references: tuple[str, ...]) -> Question:
    table.only("id", "section", "asked", "standalone", "implied", "cites", "alluded", "open", "parts", "facets", "facet_parts")
    name = table.text("id")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise table.fault(f"the id `{name}` is not of the form `agents-2`", "Use lower-case letters, digits and single hyphens.")
    cites = table.texts("cites")
    for key in cites:
        if key not in references:
            raise table.fault(
                f"it cites `{key}`, which is not among the references", f"Add `{key}` to references, or mend the key."
            )
    return Question(
        id=name,
        section=table.text("section"),
        asked=table.text("asked"),
        standalone=table.text("standalone"),
        implied=table.flag("implied", False),
        cites=cites,
        alluded=table.texts("alluded"),
        open=table.flag("open", True),
        parts=_parts(table),
        facets=table.texts("facets"),
        facet_parts=_facet_parts(table),
    )


def _parts(table: Table) -> tuple[str, ...]:
    parts = table.texts("parts")
    if len(parts) == 1:
        raise table.fault("`parts` names one part only", "Name two or more, or leave `parts` out.")
    return parts


def _facet_parts(table: Table) -> tuple[int, ...]:
    """One number for each facet, where any are given."""
    given = table.values.get("facet_parts", [])
    facets, parts = len(table.texts("facets")), len(table.texts("parts"))
    sound = isinstance(given, list) and all(type(number) is int and 1 <= number <= parts for number in given)
    if not sound or (given and len(given) != facets):
        raise table.fault(
            "`facet_parts` does not say of each facet which part it is about", f"Give {facets} numbers from 1 to {parts}."
        )
    return tuple(given)
