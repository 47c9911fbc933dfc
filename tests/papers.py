"""arXiv without a network: papers that a test makes up, held to the same contract as the real adapter."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.errors import Refused
from corpus.works import Author, Identifiers, Work
from ingest.take_in import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.errors import FetchError
    from ingest.papers import Found


@dataclass(frozen=True)
class Paper:
    """One paper as arXiv describes it."""

    work: Work
    version: str
    published: datetime.datetime
    updated: datetime.datetime
    withdrawn: str = ""


@dataclass
class MadePapers:
    """Answers as arXiv would; a search finds the papers whose title or text has all words of the query."""

    papers: dict[str, Paper] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faults: dict[str, FetchError] = field(default_factory=dict)
    """By arXiv id or by query: what is raised in place of an answer."""
    fetched: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def publish(self, identifier: str, title: str, author: str, day: str, text: str) -> Work:
        """A new paper, or a new version of one."""
        moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        earlier = self.papers.get(identifier)
        given, family = author.split()
        work = Work(identifier, title, (Author(family, given),), moment.year, identifiers=Identifiers(arxiv=identifier))
        number = int(earlier.version[1:]) + 1 if earlier else 1
        self.papers[identifier] = Paper(work, f"v{number}", earlier.published if earlier else moment, moment)
        self.texts[identifier] = text
        return work

    def search(self, query: str, *, since: datetime.date | None, limit: int) -> Sequence[Found]:
        """The newest papers that match, newest first."""
        self.asked.append(query)
        self._fail(query)
        words = query.replace('"', " ").replace("all:", " ").lower().split()
        found = [
            paper
            for name, paper in self.papers.items()
            if all(word in f"{paper.work.title} {self.texts[name]}".lower() for word in words)
            and (since is None or paper.published.date() >= since)
        ]
        return sorted(found, key=lambda paper: paper.published, reverse=True)[:limit]

    def newest(self, identifier: str) -> Found:
        """A paper in its newest version."""
        self.asked.append(identifier)
        self._fail(identifier)
        if identifier not in self.papers:
            raise Refused(f"arXiv knows no paper {identifier}.", remedy="Check the id.")
        return self.papers[identifier]

    def fetch(self, work: Work) -> Source:
        """Its newest version, as a text."""
        identifier = str(work.identifiers.arxiv)
        self.fetched.append(identifier)
        self._fail(f"fetch {identifier}")
        version = self.papers[identifier].version
        name = f"{identifier}{version}.txt"
        return Source(self.texts[identifier].encode(), name, f"https://arxiv.example/pdf/{identifier}{version}", version)

    def _fail(self, name: str) -> None:
        if name in self.faults:
            raise self.faults[name]
