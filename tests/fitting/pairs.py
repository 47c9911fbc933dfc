"""Claims with what they rest on: the sets in `../shared/data`, and the package's own annotations with their quotes.

Nothing of it is committed; only weights are.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.verifier.words import words_of
from corpus.library import Library
from tests.fitting.alterations import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SETS = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, its quotes, and whether they carry it."""

    source: str
    """`annotations`, `wice`, `scifact` or `healthver`."""
    group: str
    """What must not be parted between fitting and trying: the document, or the claim where there are several documents."""
    claim: str
    quotes: tuple[str, ...]
    true: bool
    sources: tuple[str, ...] = ()
    label: str = ""


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def wice() -> list[Pair]:
    """Each claim with the whole page that it cites, a quote a line."""
    return [
        Pair("wice", row["evidence"][0], row["claim"], tuple(row["evidence"]), row["label"] == "supported", label=row["label"])
        for row in _lines(SETS / "wice-dev" / "claim_dev.jsonl")
    ]


def scifact() -> list[Pair]:
    """Each claim with a whole abstract that it cites."""
    return [
        Pair(
            "scifact",
            str(row["claim_id"]),
            row["claim"],
            (row["title"], *row["sentences"]),
            row["label"] == "SUPPORT",
            (),
            row["label"],
        )
        for row in _lines(SETS / "scifact-train" / "verify_pairs.jsonl")
    ]


def abstract(row: dict[str, Any]) -> tuple[str, ...]:
    """Title and sentences."""
    return (row["title"], *row["sentences"])


def healthver() -> list[Pair]:
    """Each claim with a sentence or two of an article; to try on, never to fit on."""
    with (SETS / "healthver-dev" / "healthver_dev.csv").open(encoding="utf-8", newline="") as file:
        return [
            Pair("healthver", row["claim"], row["claim"], (row["evidence"],), row["label"] == "Supports", label=row["label"])
            for row in csv.DictReader(file)
        ]


def narrow_pairs() -> list[Pair]:
    """The claims of WiCE and SciFact with the very sentences that carry them, carry them in part, or contradict them.

    A claim may use the names of its page or abstract: sentences say `we` and `it`, as passages do.
    """
    found = []
    for row in _lines(SETS / "wice-dev" / "claim_dev.jsonl"):
        if row["supporting_sentences"]:
            places = max((sorted(places) for places in row["supporting_sentences"]), key=len)
            quotes = tuple(row["evidence"][place] for place in places)
            true, around = row["label"] == "supported", tuple(row["evidence"])
            found.append(Pair("wice", row["evidence"][0], row["claim"], quotes, true, around, row["label"]))
    for row in _lines(SETS / "scifact-train" / "verify_pairs.jsonl"):
        if row["rationales"]:
            quotes = tuple(
                row["sentences"][place] for place in sorted({place for places in row["rationales"] for place in places})
            )
            true = row["label"] == "SUPPORT"
            found.append(Pair("scifact", str(row["claim_id"]), row["claim"], quotes, true, abstract(row), row["label"]))
    return [pair for pair in found if any(pair.quotes)]


def misquoted(pairs: Sequence[Pair]) -> list[Pair]:
    """Each claim with the quotes of another of its set, of those on other matters the one that shares most of its words."""
    found = []
    stems = [{word.stem for word in words_of(" ".join(pair.quotes)) if word.telling} for pair in pairs]
    for pair in pairs:
        wanted = {word.stem for word in words_of(pair.claim) if word.telling}
        others = [
            (len(wanted & there), place)
            for place, there in enumerate(stems)
            if pairs[place].source == pair.source and pairs[place].group != pair.group
        ]
        other = pairs[max(others)[1]]
        found.append(replace(pair, quotes=other.quotes, sources=(*pair.sources, *other.sources), true=False, label="misquoted"))
    return found


def annotated(home: Path) -> list[Pair]:
    """The annotations whose quotes were proven in a home, with the words that they rest on."""
    with Library.open(home, create=False) as library:
        works = {record.work.key: record.work for record in library.works()}
        ties = library.ties()
        found = []
        for note in library.annotations():
            if tie := ties.get(note.id):
                work, quote = works[note.work], library.page(tie.document, tie.position).read(tie.span)
                named = (work.title, str(work.year), *(author.full for author in work.authors))
                found.append(Pair("annotations", note.id, note.statement, (quote,), True, sources=named))
        return found


def stands(pair: Pair) -> bool:
    """True where the digits and the capitalised names of a claim stand in its quotes or sources, looked up as plain strings.

    A claim whose numbers and names its quotes do not have is one that the verifier has to refuse, though it be true.
    """
    there = " ".join((*pair.quotes, *pair.sources)).lower().replace(",", "")
    quoted = " ".join(pair.quotes).replace(",", "")
    numbers = re.findall(r"\d+(?:\.\d+)?", pair.claim.replace(",", ""))
    names = [match[0] for match in names_in(pair.claim)]
    return all(number in quoted for number in numbers) and all(
        word.lower() in there for name in names for word in re.findall(r"[\w-]+", name.replace(",", ""))
    )
