"""The same adapters against the places themselves, one polite request after another. `make test-live` runs these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.annotation_files import packaged_annotations
from corpus.bibliography import catalogue
from corpus.errors import Refused
from corpus.settings import Settings
from ingest.extract import Limits
from ingest.identity import require_identity
from ingest.sources import parse
from ingest.split import passages_of
from ingest.take_in import lead_of, read
from ingest.tie import tie
from ui.wiring import make_sources

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.sources import Sources

pytestmark = pytest.mark.live

LEAST = 0.95
"""Share of the annotations whose quote must be found in the fetched documents."""
PRINTED = [work for work in catalogue().values() if not work.is_talk]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Every place, with its own manners."""
    return make_sources(Settings(home=tmp_path_factory.mktemp("live") / "home"))


def test_the_annotations_are_tied_to_the_fetched_papers(sources: Sources) -> None:
    proven = total = 0
    for work in PRINTED:
        found = read(sources.fetch(work), Limits())
        require_identity(work, found)
        annotations = packaged_annotations()[work.key]
        passages = passages_of(found.extraction, found.digest, lead_of(work))
        tied = tie(annotations, found.digest, found.extraction.pages, passages)
        proven, total = proven + len(tied.ties), total + len(annotations)
        print(f"{work.key}: {len(tied.ties)} of {len(annotations)}")
    assert proven >= LEAST * total


def test_arxiv_is_searched(sources: Sources) -> None:
    found = sources.search("cat:cs.LG", since=None, limit=3)
    assert len(found) == 3
    assert all(each.work.title and each.work.authors and each.version for each in found)


def test_a_doi_is_described(sources: Sources) -> None:
    arrival = sources.arrive(parse("10.7717/peerj.4375"))
    assert arrival.work is not None
    assert (arrival.work.year, arrival.work.title[:16]) == (2018, "The state of OA:")


def test_a_talk_has_a_transcript_or_a_clear_reason(sources: Sources, tmp_path: Path) -> None:
    talk = next(work for work in catalogue().values() if work.is_talk)
    try:
        source = sources.fetch(talk)
    except Refused as refused:
        pytest.skip(refused.message)
    assert read(source, Limits()).extraction.timed
