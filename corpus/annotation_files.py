"""The reviewed annotations, one TOML file a work. Knows no library, and does not look for the quotes.

A file names its `work`, the `version` it was read in and when a second reader `checked` it, then holds one
`[[annotation]]` table each: a `statement`, its `page` (or `part` of a talk), the `section`, and the text fragment
`start` … `end` that finds the quote. `bears_on` lists the questions of the file's `essay` to which it is an answer,
or part of one, in the judgement of its annotator and a second reader; `leads` those of them on which it is the first
thing to say of its work. Whether the quote stands there is proven when the work is in the library.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

from corpus.records import Annotation, annotation_id
from corpus.toml_files import Table, read_toml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FRAGMENT_WORDS = range(2, 6)
"""How many words an end of a text fragment may have: enough to find the quote, too few to be one."""


def load_annotations(path: Traversable, *, own: bool = False) -> list[Annotation]:
    """Read one file; `CatalogueError` names the file, the annotation and the line of a mistake.

    In a home's `own` file each annotation names its `writer`, and a document without pages needs neither page nor section.
    """
    top, tables = read_toml(path, "annotation")
    top.only("work", "version", "essay", "checked", "annotation")
    work, essay = top.text("work"), top.optional_text("essay")
    top.optional_text("version")
    checked = _checked(top)
    annotations = [_annotation(table, work, essay, checked, own=own) for table in tables["annotation"]]
    seen: set[str] = set()
    for table, annotation in zip(tables["annotation"], annotations, strict=True):
        if annotation.id in seen:
            raise table.fault("it says the same of the same quote as one above", "Keep one of them.")
        seen.add(annotation.id)
    return annotations


def packaged_annotations() -> dict[str, tuple[Annotation, ...]]:
    """The annotations that come with Pincite, by the key of their work."""
    return dict(_packaged())


@functools.cache
def _packaged() -> tuple[tuple[str, tuple[Annotation, ...]], ...]:
    return annotations_in(resources.files("corpus").joinpath("annotations"))


def annotations_in(folder: Traversable) -> tuple[tuple[str, tuple[Annotation, ...]], ...]:
    """The annotations of every file of a folder; a file must bear the name of its work."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            annotations = load_annotations(path)
            stem = path.name.removesuffix(".toml")
            for annotation in annotations[:1]:
                if annotation.work != stem:
                    fault = Table(path.name, "the file", 1, {}).fault
                    raise fault(f"it is about `{annotation.work}`", f"Rename it to {annotation.work}.toml, or mend `work`.")
            found.append((stem, tuple(annotations)))
    return tuple(found)


def _checked(top: Table) -> bool:
    """True where the file says when and how a second reader checked it."""
    value = top.values.get("checked")
    if value is None:
        return False
    if not isinstance(value, dict):
        raise top.fault("`checked` is not a table", 'Write checked = {date = 2024-04-30, how = "…"}.')
    table = Table(top.file, "checked", top.line, value)
    table.only("date", "how")
    table.date("date")
    table.text("how")
    return True


def _annotation(table: Table, work: str, essay: str | None, checked: bool, *, own: bool) -> Annotation:
    table.only("statement", "page", "part", "section", "start", "end", "bears_on", "leads", *(["writer"] if own else []))
    statement, start, end = table.text("statement"), table.text("start"), table.text("end")
    for key, fragment, place in (("start", start, "first"), ("end", end, "last")):
        words = len(fragment.split())
        if words not in FRAGMENT_WORDS:
            raise table.fault(f"`{key}` has {words} words", f"Give the {place} 2 to 5 words of the quote.")
    page, part = table.count("page"), table.count("part")
    if (page is not None and part is not None) or (page is None and part is None and not own):
        raise table.fault("it needs either `page` or `part`", "State the page of the file, or the part of the talk, not both.")
    bears_on, leads = table.texts("bears_on"), table.texts("leads")
    if not set(leads) <= set(bears_on):
        raise table.fault("it leads on a question that it does not bear on", "Name the question in bears_on as well.")
    if bears_on and essay is None:
        raise table.fault("it bears on questions of no essay", 'Name the essay above: essay = "next-on-llm-2024".')
    return Annotation(
        id=annotation_id(work, statement, start, end),
        work=work,
        statement=statement,
        page=page,
        part=part,
        section=table.optional_text("section") if own else table.text("section"),
        start=start,
        end=end,
        writer=table.text("writer") if own else "reviewed",
        checked=checked,
        bears_on=tuple(f"{essay}/{question}" for question in bears_on),
        leads=tuple(f"{essay}/{question}" for question in leads),
    )
