"""Works: what an essay cites. Knows nothing of files, pages or storage."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Author:
    """One person, as in CSL's name variable."""

    family: str
    """Family name with its particles, or the whole name where there is only one."""
    given: str = ""
    """Given names as printed."""

    @property
    def full(self) -> str:
        """`Given Family`."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Where a work is known; each as its registry writes it, without a resolver in front."""

    arxiv: str | None = None
    """arXiv id without version, e.g. `1709.08568`."""
    doi: str | None = None
    openreview: str | None = None
    """OpenReview forum id."""
    youtube: str | None = None
    """YouTube video id."""
    url: str | None = None
    """A page of the work for a reader."""


@dataclass(frozen=True, slots=True)
class Work:
    """A cited creation, whatever its files (FRBR: work)."""

    key: str
    """Citation key, e.g. `lecun-2022`."""
    title: str
    authors: tuple[Author, ...] = ()
    year: int | None = None
    kind: str = "misc"
    """BibTeX entry type in lower case: `article`, `misc`, …"""
    venue: str | None = None
    """Journal, conference or series as printed."""
    identifiers: Identifiers = field(default_factory=Identifiers)
    fields: tuple[tuple[str, str], ...] = ()
    """Every other BibTeX field, in order, so that an entry survives a round trip."""

    @property
    def is_talk(self) -> bool:
        """True for a recorded talk."""
        return self.identifiers.youtube is not None

    @property
    def voice(self) -> str:
        """How running text names its authors: `LeCun`, `Ha and Schmidhuber`, `Askell et al.`; the title where there is none."""
        families = [author.family for author in self.authors]
        if not families:
            return self.title
        if len(families) == 1:
            return families[0]
        return f"{families[0]} and {families[1]}" if len(families) == 2 else f"{families[0]} et al."

    @property
    def label(self) -> str:
        """`LeCun 2022`: what a pincite begins with."""
        return f"{self.voice} {self.year}" if self.year else self.voice
