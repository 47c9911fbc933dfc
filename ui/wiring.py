"""Chooses which adapter stands behind each seam, from the settings. Knows no command and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.reader import Reader
    from corpus.embedder import Embedder
    from corpus.essays import Essay
    from corpus.index import Index
    from corpus.library import Library
    from corpus.settings import Settings
    from corpus.works import Work
    from ingest.papers import Papers
    from ingest.run import Catalogue
    from ingest.sources import Sources
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


def make_catalogue(essay: Essay, home: Path | None = None, *, everything: bool = False) -> Catalogue:
    """The essay's works, and the reviewed annotations of them; with the works of the home's catalogue that no essay cites.

    With `everything`, all that are known.
    """
    from corpus.annotation_files import packaged_annotations
    from corpus.bibliography import catalogue
    from corpus.essays import essays
    from ingest.run import Catalogue

    known = catalogue(home)
    cited = {key for each in essays(home).values() for key in each.references}
    own = [key for key in known if everything or key not in cited | catalogue().keys()]
    keys = dict.fromkeys([*(key for key in essay.references if key in known), *own])
    return Catalogue(tuple(known[key] for key in keys), packaged_annotations())


def make_sources(settings: Settings, *, remember: bool = True) -> Sources:
    """Where works come from; makes no request where the settings forbid it, and no library where nothing is remembered."""
    from ingest.network import Carrier, NetworkSettings
    from ingest.sources import Places, Sources

    limits = NetworkSettings(
        home=settings.home,
        offline=settings.offline,
        allow_private=settings.allow_private,
        arxiv_urls=(settings.arxiv_api_url, settings.arxiv_files_url),
        arxiv_pause=settings.arxiv_pause,
        host_pause=settings.host_pause,
        retries=settings.retries,
        retry_seconds=settings.retry_seconds,
        longest_wait=settings.longest_wait,
        connect_seconds=settings.connect_seconds,
        read_seconds=settings.read_seconds,
        total_seconds=settings.download_seconds,
        max_bytes=settings.max_download_mb * 1_000_000,
    )
    places = Places(
        arxiv_api_url=settings.arxiv_api_url,
        arxiv_files_url=settings.arxiv_files_url,
        openreview_url=settings.openreview_url,
        doi_url=settings.doi_url,
        youtube_url=settings.youtube_url,
    )
    return Sources(Carrier(limits), places, open_library(settings) if remember else None, wait=settings.wait)


def make_fetch(settings: Settings) -> Callable[[Work], Source]:
    """Gets a work's document from where it lives."""
    return make_sources(settings).fetch


def make_papers(settings: Settings, *, remember: bool = True) -> Papers:
    """Where new versions and new papers are looked for."""
    return make_sources(settings, remember=remember)
