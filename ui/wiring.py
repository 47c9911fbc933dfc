"""Chooses which adapter stands behind each seam, from the settings. Knows no command and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reader import Reader
    from corpus.embedder import Embedder
    from corpus.essays import Essay
    from corpus.index import Index
    from corpus.library import Library
    from corpus.settings import Settings
    from corpus.works import Work
    from ingest.run import Catalogue
    from ingest.take_in import Shelf, Source


def open_library(settings: Settings) -> Library:
    """The library of the home."""
    from corpus.library import Library

    return Library.open(settings.home)


def open_index(settings: Settings) -> Index:
    """The index of the home, or the one on the Chroma server that the settings name."""
    from corpus.index import Index

    return Index(settings.home, url=settings.chroma_url or None, wait=settings.wait)


def make_embedder(settings: Settings) -> Embedder:
    """The default model in its fast form, or the one that the settings name. Loads nothing yet."""
    from corpus.minilm import MODEL, MiniLM

    if settings.embedder in ("", MODEL):
        return MiniLM(settings.models, offline=settings.offline)
    from corpus.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder(settings.embedder, offline=settings.offline)


def make_reader(settings: Settings) -> tuple[Reader, str | None]:
    """What questions are asked of, with its index mended; and what was mended, in words."""
    from bot.reader import Reader

    library, index, embedder = open_library(settings), open_index(settings), make_embedder(settings)
    reader = Reader(library, index, embedder, threshold=settings.threshold)
    reader.require_vectors()  # before the index is mended: another model's name would empty it
    return reader, index.ensure(library, embedder.name)


def make_shelf(settings: Settings) -> Shelf:
    """Where works are taken in."""
    from ingest.extract import Limits
    from ingest.take_in import Shelf

    limits = Limits(seconds=settings.pdf_seconds, memory_mb=settings.pdf_memory_mb)
    return Shelf(open_library(settings), make_embedder(settings), limits, settings.wait)


def make_catalogue(essay: Essay) -> Catalogue:
    """The essay's works, and the reviewed annotations of them."""
    from corpus.annotation_files import packaged_annotations
    from corpus.bibliography import catalogue
    from ingest.run import Catalogue

    known = catalogue()
    return Catalogue(tuple(known[key] for key in essay.references if key in known), packaged_annotations())


def make_fetch(settings: Settings) -> Callable[[Work], Source]:
    """Gets a work's document from where it lives; makes no request where the settings forbid it."""
    from ingest.fetch import FetchSettings, fetch
    from ingest.take_in import Source

    fetch_settings = FetchSettings(
        arxiv_api_url=settings.arxiv_api_url,
        arxiv_files_url=settings.arxiv_files_url,
        openreview_url=settings.openreview_url,
        offline=settings.offline,
    )

    def fetch_source(work: Work) -> Source:
        fetched = fetch(work, fetch_settings)
        return Source(fetched.content, fetched.name, fetched.origin, fetched.version)

    return fetch_source
