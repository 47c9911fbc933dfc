"""Chooses which adapter stands behind each seam, from the settings. Knows no command and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.language import LanguageModel
    from bot.reader import Reader
    from bot.verifier.support import Supports
    from bot.write import Writer
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


def make_model(settings: Settings) -> LanguageModel | None:
    """The language model that the settings name; None where they name none. Nothing is loaded or asked yet.

    Raises `SettingsError` for a name that has no sense.
    """
    if not settings.llm:
        return None
    from bot.language import parse_spec
    from bot.language.llama_index_model import LlamaIndexModel, Patience
    from bot.language.providers import Reach

    reach = Reach(settings.openai_url, settings.anthropic_url, settings.offline, settings.llm_seconds)
    patience = Patience(settings.llm_seconds, settings.llm_retries, settings.retry_seconds, settings.longest_wait)
    return LlamaIndexModel(parse_spec(settings.llm), reach, patience)


def make_writer(settings: Settings, embedder: Embedder | None = None) -> Writer | None:
    """What lets the model of the settings write answers, under one budget; None where they name no model.

    `embedder` is the reader's, where there is one; else the verifier has one of its own.
    """
    model = make_model(settings)
    if model is None:
        return None
    from bot.language import Budget
    from bot.write import Writer

    return Writer(
        model,
        make_verifier(settings, embedder),
        threshold=settings.support,
        budget=Budget(settings.llm_tokens),
        answer_tokens=settings.llm_answer_tokens,
    )


def make_verifier(settings: Settings, embedder: Embedder | None = None) -> Supports:
    """What says whether quotes carry a claim: Pincite's own verifier, or the cross-encoder that the settings name.

    Its own was fitted to the default embedder's vectors; `embedder` is used where it is that.
    """
    from dataclasses import replace

    from bot.verifier import CrossEncoderVerifier, Verifier
    from corpus.minilm import MODEL

    if settings.verifier:
        return CrossEncoderVerifier(settings.verifier, offline=settings.offline)
    fits = embedder is not None and embedder.name == MODEL
    return Verifier(embedder if embedder is not None and fits else make_embedder(replace(settings, embedder="")))


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
