"""OpenReview: the PDF of a forum. Knows OpenReview's addresses; the PDF itself tells title and authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.works import Identifiers, Work
from ingest.sources.arrival import Arrival, required_pdf, slug
from ingest.take_in import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.network import Reply


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Papers of OpenReview."""

    url: str
    get: Callable[[str], Reply]
    """Gets a file, or what the home has of it where it has not changed."""

    def arrive(self, forum: str) -> Arrival:
        """The PDF of a forum."""
        url = f"{self.url.rstrip('/')}/pdf?id={quote(forum, safe='')}"
        reply = self.get(url)
        known = Identifiers(openreview=forum, url=f"https://openreview.net/forum?id={forum}")
        source = Source(required_pdf(reply.content, url), f"openreview-{slug(forum)}.pdf", url)
        return Arrival(source, Work("", "", venue="OpenReview", identifiers=known))
