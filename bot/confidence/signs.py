"""What speaks for a question's answer being in the library, and what against it, as a few signs. Knows no weights.

The signs count for a library of any size: a nearness, and two findings of code. What was tried besides is in CONTRIBUTING.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.confidence.amounts import amount_asked, gives
from bot.confidence.names import missing_names, names_in, spellings, works_about
from bot.confidence.topic import silent_on
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.reader import Reader
    from bot.retrieve import Found
    from corpus.records import WorkRecord

STRANGE = 0.1
"""Taken from the nearness of passages where not one word of the question stands in the library, as no development question's."""
NEAREST = 10
"""Passages that are looked at for nearness."""
READ = 30
"""Passages that are read for an amount."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What retrieval and the library say about one question."""

    nearness: float
    """Of the nearest passage or annotation, see `nearness`."""
    missing: tuple[str, ...] = ()
    """Names and terms of the question that the works it is about never mention."""
    about: frozenset[str] = frozenset()
    """Those works' keys; empty for all that were searched."""
    amount: str | None = None
    """What it asks the number of, where no passage found gives one."""

    @property
    def row(self) -> dict[str, float]:
        """As numbers, for the weights."""
        return {"nearness": self.nearness, "missing": float(bool(self.missing)), "amount": float(self.amount is not None)}


def signs_of(reader: Reader, found: Found) -> Signs:
    """The signs of one question; where two readers found an annotation to bear on it, its words are not held against it."""
    if any(hit.bears for hit in found.annotations):
        return Signs(nearness(found))
    missing, about = _missing(reader, found)
    if not missing:
        silent, asked = silent_on(reader, found.query)
        missing, about = (silent, asked) if silent else (missing, about)
    return Signs(nearness(found), missing, about, _amount(found))


def nearness(found: Found) -> float:
    """The mean of passage and best sentence for the nearest passage, or an annotation's nearness where that is more.

    Passages count for less where none of the question's words stands in any: random letters come as near as some real
    questions do.
    """
    strange = STRANGE * all(hit.lexical <= 0 for hit in found.hits)
    passages = ((hit.cosine + max(hit.sentence_scores, default=0.0)) / 2 - strange for hit in found.hits[:NEAREST])
    return max((*passages, *(hit.cosine for hit in found.annotations)), default=0.0)


def _missing(reader: Reader, found: Found) -> tuple[tuple[str, ...], frozenset[str]]:
    """Names that stand nowhere, and the works that were looked through; none where a work that is named is not here."""
    names = names_in(found.query.text)
    if not names:
        return (), frozenset()
    works = {key: record for key, record in reader.works().items() if not found.query.works or key in found.query.works}
    unread = {key: _told(reader, record) for key, record in works.items() if record.document is None}
    heard = found.query.heard & works.keys()
    if heard & unread.keys():
        return (), frozenset()
    standing = {name: _stands(reader, name, found.query.works) | _standing(name, unread) for name in names}
    about = works_about(standing, heard)
    return missing_names(standing, about), about


def _stands(reader: Reader, name: str, works: Collection[str]) -> dict[str, int]:
    """In how many passages of each work a name stands, in the spelling that stands there most."""
    spelt = [reader.library.standing(spelling, works) for spelling in spellings(name)]
    return {key: max(each.get(key, 0) for each in spelt) for key in set().union(*spelt)}


def _told(reader: Reader, record: WorkRecord) -> str:
    """All that is known of a work that is not here: its title and authors, and what its annotations state."""
    authors = (author.full for author in record.work.authors)
    return loose(
        " ".join((record.work.title, *authors, *(each.statement for each in reader.library.annotations(record.work.key))))
    )


def _standing(name: str, told: Mapping[str, str]) -> dict[str, int]:
    return {key: 1 for key, text in told.items() if loose(name) in text}


def _amount(found: Found) -> str | None:
    """What is asked the number of, where neither the passages of the works asked about nor the annotations give it."""
    amount = amount_asked(found.query.text)
    return amount if amount is not None and not gives(amount, _texts(found)) else None


def _texts(found: Found) -> Iterator[str]:
    heard = {hit.work.key for hit in found.hits if hit.work.key in found.query.heard}
    about = [hit for hit in found.hits if not heard or hit.work.key in heard]
    for hit in about[:READ]:
        yield from hit.passage.texts
    for annotated in found.annotations[:READ]:
        yield annotated.annotation.statement
