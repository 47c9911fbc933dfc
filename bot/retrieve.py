"""From a query to hits: candidates by vector and by words, each with what speaks for it. Knows no answer.

Candidates are the union of the nearest by vector (Chroma) and the best by words (FTS5, BM25); the score of a passage
joins its cosine, its best sentence's (late interaction), its words, and the annotations tied to it: see `bot.fuse`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers import Hit, Query
from bot.fuse import Signs, fuse
from bot.question import content_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from bot.reader import Reader
    from corpus.records import Annotation, Tie
    from corpus.vectors import Vectors
    from corpus.works import Work

CANDIDATES = 100
"""Passages taken by vector, and as many by words (measured on SciFact: more changes nothing)."""
ANNOTATIONS = 60
"""Annotations taken by vector."""


@dataclass(frozen=True, slots=True)
class AnnotationHit:
    """One annotation that retrieval found."""

    annotation: Annotation
    tie: Tie | None
    """Where its quote stands; None where the work is not in the library."""
    work: Work
    cosine: float
    """Of its statement to the query."""
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that speaks to a query, best first."""

    query: Query
    vector: NDArray[np.float32]
    """Of the query."""
    words: tuple[str, ...]
    """Its content words."""
    hits: tuple[Hit, ...]
    annotations: tuple[AnnotationHit, ...]
    vectors: Mapping[str, Vectors]
    """Of the hits' passages, by passage id."""


def retrieve(reader: Reader, query: Query) -> Found:
    """Search the library; every hit is one of its passages now, whatever the index says."""
    words = tuple(content_words(query.text))
    vector = reader.embedder.embed([[query.text]])[0].whole
    near = reader.index.nearest(vector, CANDIDATES, kind="passage", works=query.works)
    lexical = dict(reader.library.lexical(words, CANDIDATES, query.works))
    annotations = _annotations(reader, query, vector)
    tied: dict[str, float] = {}
    for hit in annotations:
        if hit.tie is not None and hit.tie.passage is not None:
            tied[hit.tie.passage] = max(hit.cosine, tied.get(hit.tie.passage, -1.0))
    ids = list(dict.fromkeys([name for name, _ in near] + list(lexical) + list(tied)))
    hits, vectors = _hits(reader, query, vector, ids, lexical, tied)
    return Found(query, vector, words, tuple(hits), tuple(annotations), vectors)


def _annotations(reader: Reader, query: Query, vector: NDArray[np.float32]) -> list[AnnotationHit]:
    """The annotations nearest to the query that are in the library."""
    near = reader.index.nearest(vector, ANNOTATIONS, kind="annotation", works=query.works)
    ids = [name for name, _ in near]
    found = reader.library.annotations_by_id(ids)
    ties = reader.library.ties(ids)
    vectors = reader.library.vectors([annotation.text_digest for annotation in found.values()], reader.embedder.name)
    works = reader.works()
    hits = []
    for name, _ in near:
        annotation = found.get(name)
        if annotation is None or annotation.text_digest not in vectors or annotation.work not in works:
            continue
        record = works[annotation.work]
        if record.document is not None and name not in ties:
            continue  # the work is here and its quote was not found: not used
        own = vectors[annotation.text_digest].whole
        hits.append(AnnotationHit(annotation, ties.get(name), record.work, float(own @ vector), own))
    return hits


def _hits(
    reader: Reader,
    query: Query,
    vector: NDArray[np.float32],
    ids: list[str],
    lexical: Mapping[str, float],
    tied: Mapping[str, float],
) -> tuple[list[Hit], dict[str, Vectors]]:
    """Join the candidates to the library and score them."""
    passages = reader.library.passages(ids)
    rows = reader.library.vectors([passage.text_digest for passage, _ in passages.values()], reader.embedder.name)
    works = reader.works()
    top = max(lexical.values(), default=0.0)
    hits: list[Hit] = []
    vectors: dict[str, Vectors] = {}
    for name, (passage, key) in passages.items():
        row = rows.get(passage.text_digest)
        if row is None or key not in works or (query.works and key not in query.works):
            continue
        sentences = tuple((row.sentences @ vector).tolist())
        signs = Signs(
            cosine=float(row.whole @ vector),
            sentence=max(sentences, default=0.0),
            lexical=lexical.get(name, 0.0) / top if top > 0 else 0.0,
            annotation=tied.get(name),
            heard=key in query.heard,
            kind=passage.kind,
        )
        hits.append(Hit(passage, works[key].work, fuse(signs), signs.cosine, sentences, signs.lexical))
        vectors[name] = row
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    return hits, vectors
