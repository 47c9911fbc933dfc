"""From a query to hits: candidates by vector and by words, each with what speaks for it. Knows no answer.

Candidates are the union of the nearest by vector (Chroma) and the best by words (FTS5, BM25); the score of a passage
joins its cosine, its best sentence's (late interaction), its words, and the annotations tied to it: see `bot.fuse`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers import Hit, Query
from bot.fuse import Signs, fuse, lexical_share
from bot.probe import Probe, nameless, probes_of
from bot.question import content_words, named_works

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bot.reader import Reader
    from corpus.records import Annotation, Kind, Tie
    from corpus.vectors import Vectors
    from corpus.works import Work

CANDIDATES = 100
"""Passages taken by vector, and as many by words (measured on SciFact: more changes nothing)."""
ANNOTATIONS = 60
"""Annotations taken by vector."""
BEARS = 0.25
"""Added to the nearness of an annotation that two readers found to bear on the very question."""
LEADS = 0.15
"""Added besides where it is the first thing to say of its work."""
FACET_CANDIDATES = 30
"""Passages and annotations taken by the vector of each facet."""


@dataclass(frozen=True, slots=True)
class AnnotationHit:
    """One annotation that retrieval found."""

    annotation: Annotation
    tie: Tie | None
    """Where its quote stands; None where the work is not in the library."""
    work: Work
    cosine: float
    """Nearness of its statement to the query; see `Probe` and `BEARS`."""
    vector: NDArray[np.float32]
    bears: bool = False
    """Its annotator and a second reader found it to bear on the very question."""
    leads: bool = False
    """And to be the first thing to say of its work."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that speaks to a query, best first."""

    query: Query
    vector: NDArray[np.float32]
    """Of the query, shape (d,)."""
    words: tuple[str, ...]
    """Its content words."""
    hits: tuple[Hit, ...]
    annotations: tuple[AnnotationHit, ...]
    vectors: Mapping[str, Vectors]
    """Of the hits' passages, by passage id."""
    parts: tuple[Probe, ...] = ()
    """Of the query's parts, in order; empty where it has one only."""


def retrieve(reader: Reader, query: Query) -> Found:
    """Search the library; every hit is one of its passages now, whatever the index says."""
    works = [record.work for key, record in reader.works().items() if key in query.heard]
    named = [work for work in works if work.key in named_works(query.text, works)]
    bare = nameless(query.text, named)
    words = tuple(content_words(bare))
    probe, parts = probes_of(query, reader.embedder, bare)
    lexical = dict(reader.library.lexical(words, CANDIDATES, query.works))
    annotations = _annotations(reader, query, probe)
    tied: dict[str, AnnotationHit] = {}
    for hit in annotations:  # nearest first
        if hit.tie is not None and hit.tie.passage is not None:
            tied.setdefault(hit.tie.passage, hit)
    near = _nearest(reader, query, probe, "passage", CANDIDATES)
    ids = list(dict.fromkeys([*near, *lexical, *tied]))
    hits, vectors = _hits(reader, query, probe, words, ids, lexical, tied)
    return Found(query, probe.vector, words, tuple(hits), tuple(annotations), vectors, parts)


def _nearest(reader: Reader, query: Query, probe: Probe, kind: Kind, limit: int) -> list[str]:
    """Ids of the nearest by vector: to the query, then to each facet."""
    found = [name for name, _ in reader.index.nearest(probe.vector, limit, kind=kind, works=query.works)]
    for facet in probe.facets:
        found += [name for name, _ in reader.index.nearest(facet, FACET_CANDIDATES, kind=kind, works=query.works)]
    return list(dict.fromkeys(found))


def _annotations(reader: Reader, query: Query, probe: Probe) -> list[AnnotationHit]:
    """The annotations nearest to the query that are in the library, nearest first."""
    bearing = {each.id: each for each in reader.library.annotations_on(query.asked_by)} if query.asked_by else {}
    ids = list(dict.fromkeys([*_nearest(reader, query, probe, "annotation", ANNOTATIONS), *sorted(bearing)]))
    found = reader.library.annotations_by_id(ids)
    ties = reader.library.ties(ids)
    vectors = reader.library.vectors([annotation.text_digest for annotation in found.values()], reader.embedder.name)
    works = reader.works()
    hits = []
    for name in ids:
        annotation = found.get(name)
        if annotation is None or annotation.text_digest not in vectors or annotation.work not in works:
            continue
        if query.works and annotation.work not in query.works:
            continue
        record = works[annotation.work]
        if record.document is not None and name not in ties:
            continue  # the work is here and its quote was not found: not used
        own = vectors[annotation.text_digest].whole
        bears = name in bearing
        leads = bears and query.asked_by in annotation.leads
        near = float(probe.near(own[None, :])[0]) + BEARS * bears + LEADS * leads
        hits.append(AnnotationHit(annotation, ties.get(name), record.work, near, own, bears, leads))
    return sorted(hits, key=lambda hit: -hit.cosine)


def _hits(
    reader: Reader,
    query: Query,
    probe: Probe,
    words: Sequence[str],
    ids: list[str],
    lexical: Mapping[str, float],
    tied: Mapping[str, AnnotationHit],
) -> tuple[list[Hit], dict[str, Vectors]]:
    """Join the candidates to the library and score them."""
    passages = reader.library.passages(ids)
    rows = reader.library.vectors([passage.text_digest for passage, _ in passages.values()], reader.embedder.name)
    works = reader.works()
    top = max(lexical.values(), default=0.0)
    share = lexical_share(len(words))
    hits: list[Hit] = []
    vectors: dict[str, Vectors] = {}
    for name, (passage, key) in passages.items():
        row = rows.get(passage.text_digest)
        if row is None or key not in works or (query.works and key not in query.works):
            continue
        sentences = tuple(probe.near(row.sentences).tolist())
        annotated = tied.get(name)
        signs = Signs(
            cosine=float(probe.near(row.whole[None, :])[0]),
            sentence=max(sentences, default=0.0),
            lexical=lexical.get(name, 0.0) / top if top > 0 else 0.0,
            annotation=annotated.cosine if annotated else None,
            bears=annotated is not None and annotated.bears,
            heard=key in query.heard,
            kind=passage.kind,
        )
        hits.append(Hit(passage, works[key].work, fuse(signs, share), signs.cosine, sentences, signs.lexical))
        vectors[name] = row
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    return hits, vectors
