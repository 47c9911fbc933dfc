"""Puts annotations of a writer into the library, tied to the places that prove them. Knows no model and no file.

The annotations of others stay as they are; all of the work's are tied anew, since ties are replaced as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import UnknownWork
from ingest.take_in import embedded_statements
from ingest.tie import tie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.records import Annotation
    from ingest.take_in import Shelf
    from ingest.tie import Tied


def put_annotations(shelf: Shelf, key: str, annotations: Sequence[Annotation]) -> Tied:
    """Let these be all that other writers than `reviewed` say of the work; which of them are proven, and which are not.

    What is not proven is not kept.
    """
    document = next((each for each in shelf.library.documents(key) if each.superseded_by is None), None)
    if document is None:
        raise UnknownWork(
            f"The work {key} is not in the library with its own words.",
            remedy="Take it in first: pincite add SOURCE, or pincite ingest.",
            work=key,
        )
    pages = shelf.library.pages(document.digest)
    passages = [passage for passage, _ in shelf.library.passages(list(shelf.library.passage_ids(key))).values()]
    tied = tie(annotations, document.digest, pages, passages)
    missing = {each.id for each in tied.missing}
    kept = [each for each in annotations if each.id not in missing]
    there = shelf.library.annotations(key)
    reviewed = [each for each in there if each.writer == "reviewed"]
    with shelf.library.writing(wait=shelf.wait) as writer:
        writer.put_vectors(shelf.embedder.name, embedded_statements(shelf, kept))
        for name in sorted({each.writer for each in (*there, *kept)} - {"reviewed"}):
            writer.put_annotations(key, [each for each in kept if each.writer == name], writer=name)
        all_ties = tie([*reviewed, *kept], document.digest, pages, passages)
        writer.put_ties(key, all_ties.ties)
        writer.sweep_vectors()
    return tied
