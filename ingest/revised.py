"""Works that are revised where they are, under no number: PDFs of OpenReview, of a publisher, of a web site.

Knows no server. Such a place is asked whether its file is still the one that the library has, which costs no download where
it names its files. Another file is news only where it says something else: many places stamp the day on every copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.documents import digest_of
from corpus.errors import Refused, SourceError
from ingest.extract import Limits
from ingest.extract.formats import PDF
from ingest.split import passages_of
from ingest.take_in import lead_of, read

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.records import WorkRecord
    from ingest.papers import Papers


def may_be_revised(record: WorkRecord) -> bool:
    """True for a PDF that came from elsewhere than arXiv; pages change with every visit, and files at hand are a person's."""
    document = record.document
    if document is None or record.work.identifiers.arxiv:
        return False
    return document.media_type == PDF and document.origin.startswith(("http://", "https://"))


def is_revised(library: Library, record: WorkRecord, papers: Papers) -> bool:
    """True where the place has a PDF with other passages by now.

    A place that says no is no news either: what the library has stays. `Unreachable` and `Offline` are raised.
    """
    assert record.document is not None
    try:
        source = papers.fetch(record.work)
        if digest_of(source.content) == record.document.digest:
            return False
        found = read(source, Limits())
    except (Refused, SourceError):
        return False
    held = {passage.text_digest for passage, _ in library.passages(list(library.passage_ids(record.work.key))).values()}
    passages = passages_of(found.extraction, found.digest, lead_of(record.work))
    return found.media_type == PDF and bool(passages) and {passage.text_digest for passage in passages} != held
