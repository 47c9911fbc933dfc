"""The seam at which papers are looked for. Knows arXiv's nouns and no server; `ingest.sources` stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from corpus.works import Work
    from ingest.take_in import Source


class Found(Protocol):
    """A paper as arXiv describes it."""

    @property
    def work(self) -> Work:
        """With its arXiv id; its key is not the library's."""
        ...

    @property
    def version(self) -> str:
        """The newest: `v3`; empty where arXiv does not say."""
        ...

    @property
    def published(self) -> datetime.datetime:
        """When the first version came."""
        ...

    @property
    def updated(self) -> datetime.datetime:
        """When this version came; both times are of the year 1 where arXiv does not say."""
        ...

    @property
    def withdrawn(self) -> str:
        """What its authors say of taking it back; empty for a paper that stands."""
        ...


class Papers(Protocol):
    """Where papers are looked for and come from; each verb raises a `FetchError`."""

    def search(self, query: str, *, since: datetime.date | None, limit: int) -> Sequence[Found]:
        """The newest papers that match, newest first."""
        ...

    def newest(self, identifier: str) -> Found:
        """A paper by its arXiv id, in its newest version."""
        ...

    def fetch(self, work: Work) -> Source:
        """A work's newest document."""
        ...
