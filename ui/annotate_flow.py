"""Lets a model annotate a work, keeps what is proven, and mirrors it in the home's file. Knows no screen.

What one section gave is kept before the next is asked for, so that nothing is lost where the model fails or somebody
interrupts. A second run of the same model takes the place of its first when it is through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import CatalogueError, SettingsError, UnknownWork
from ui import wiring

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.write.annotate import Annotated
    from corpus.library import Library
    from corpus.records import Annotation
    from corpus.settings import Settings
    from ingest.tie import Tied


def annotate(settings: Settings, key: str) -> Iterator[Annotated]:
    """Section after section; raises `LanguageModelError`, what was written before is kept."""
    from bot.write.annotate import annotate as write

    reader, _ = wiring.make_reader(settings)
    writer = wiring.make_writer(settings, reader.embedder)
    if writer is None:
        raise SettingsError("No language model is named.", remedy="Name one with --llm, for example --llm ollama/llama3.2.")
    _require_read(settings, reader.library, key)
    before = others(reader.library, key)
    new: list[Annotation] = []
    for section in write(reader, key, writer):
        new += section.annotations
        if section.annotations:
            _keep(settings, key, _joined(before, new))
        yield section
    _keep(settings, key, _joined([each for each in before if each.writer != writer.name], new))


def read_again(settings: Settings, key: str) -> Tied:
    """Take in the home's file as it was edited; what is not proven is told, and neither kept nor taken out of the file."""
    from corpus.own_annotations import own_annotations, own_file

    there = own_annotations(settings.home, key)
    if there is None:
        raise CatalogueError(
            f"There is no file {own_file(settings.home, key)}.", remedy=f"Let a model write it: pincite annotate {key} --llm SPEC"
        )
    return _put(settings, key, there)


def remove(settings: Settings, key: str, ids: Collection[str]) -> int:
    """Take out these of the annotations that others than Pincite wrote, all where `ids` is empty; how many they were."""
    with wiring.open_library(settings) as library:
        _require_read(settings, library, key)
        there = others(library, key)
        known = {each.id for each in there}
        if unknown := sorted(set(ids) - known):
            raise UnknownWork(
                f"No annotation of {key} that could be removed has the id {unknown[0]}.",
                remedy=f"See `pincite annotations {key}`; Pincite's own stay.",
            )
        left = [each for each in there if ids and each.id not in ids]
    _keep(settings, key, left)
    return len(there) - len(left)


def others(library: Library, key: str) -> list[Annotation]:
    """The annotations of a work that are not Pincite's own; raises `UnknownWork`."""
    library.work(key)
    return [each for each in library.annotations(key) if each.writer != "reviewed"]


def _require_read(settings: Settings, library: Library, key: str) -> None:
    """Refuse to write over a file that somebody has edited and not had read again."""
    from corpus.own_annotations import own_annotations, own_file

    there = own_annotations(settings.home, key)
    if there is not None and {each.id for each in there} != {each.id for each in others(library, key)}:
        raise CatalogueError(
            f"{own_file(settings.home, key)} was edited and would be written over.",
            remedy=f"Have it read first: pincite annotations {key} --read",
        )


def _joined(before: list[Annotation], new: list[Annotation]) -> list[Annotation]:
    """Both, each once."""
    return list({each.id: each for each in (*before, *new)}.values())


def _keep(settings: Settings, key: str, annotations: list[Annotation]) -> None:
    """In the library, and in the home's file as the library has them."""
    from corpus.own_annotations import write_own_annotations

    _put(settings, key, annotations)
    with wiring.open_library(settings) as library:
        write_own_annotations(settings.home, key, others(library, key))


def _put(settings: Settings, key: str, annotations: list[Annotation]) -> Tied:
    from ingest.annotate import put_annotations

    shelf = wiring.make_shelf(settings)
    tied = put_annotations(shelf, key, annotations)
    wiring.open_index(settings).ensure(shelf.library, shelf.library.meta("embedder") or shelf.embedder.name)
    return tied
