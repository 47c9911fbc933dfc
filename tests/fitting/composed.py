"""True claims that language models composed, asked by `bot/language/prompts`, with the quotes that they rest on.

`composed.jsonl` holds their own words alone: what a claim took over from its quotes word by word is a range of the quote, and
a quote is the place where it stands. So claims can be read only beside a library that has the works.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bot.write.growing import sources_of
from corpus.documents import Span
from corpus.library import Library
from corpus.proof import ProvenText
from tests.fitting.alterations import Altered
from tests.fitting.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.fitting.alterations import Kind

FILE = Path(__file__).with_name("composed.jsonl")
RUN = 4
"""Words in a row that count as taken over."""

Way = Literal["by the rules", "joining", "freely", "notes"]
"""How the model wrote: as the prompt asks, joining quotes, in its own words, or annotations of a work."""
Judged = Literal["stands", "adds a little", "wrong"]
"""What a second reader found, who saw a claim and its quotes alone. What adds a little names mostly what a quote calls `it`."""
Piece = str | list[int]
"""Words of a claim's own, or quote, start and end (in characters) of what it took over."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a quote stands."""

    work: str
    position: int
    """Page or part, from 0."""
    start: str
    end: str
    """Its first and last words."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A false claim that a third reader made of a true one."""

    kind: Kind
    how: str
    said: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """One claim."""

    asked: str
    """The question's id, or the work's key."""
    way: Way
    said: tuple[Piece, ...]
    quotes: tuple[At, ...]
    sum: str
    """Of the claim, to tell a quote that is not read as it was any more."""
    edition: int
    """Of the prompts: 1 those that did not yet ask for a second quote where a sentence only says `it`, 2 those of now."""
    judged: Judged = "stands"
    turned: tuple[Turned, ...] = ()

    def text(self, quotes: Sequence[str]) -> str | None:
        """The claim whole; None where its quotes are others."""
        said = whole(self.said, quotes)
        return said if sum_of(said) == self.sum else None

    def as_json(self) -> dict[str, Any]:
        """One line of the file."""
        places = [[each.work, each.position, each.start, each.end] for each in self.quotes]
        row = {"asked": self.asked, "way": self.way, "said": list(self.said), "quotes": places, "sum": self.sum}
        turned = [[each.kind, each.how, list(each.said)] for each in self.turned]
        return row | {"edition": self.edition, "judged": self.judged} | ({"turned": turned} if turned else {})


def whole(said: Sequence[Piece], quotes: Sequence[str]) -> str:
    """A text put together from its pieces."""
    return "".join(piece if isinstance(piece, str) else quotes[piece[0]][piece[1] : piece[2]] for piece in said)


def sum_of(text: str) -> str:
    """Eight letters of a text's SHA-256."""
    return sha256(text.encode()).hexdigest()[:8]


def pieces_of(text: str, quotes: Sequence[str]) -> tuple[Piece, ...]:
    """A claim without the words that it took over."""
    return tuple(_pieces(text, quotes))


def _pieces(text: str, quotes: Sequence[str]) -> Iterator[Piece]:
    if not text:
        return
    ours = _tokens(text)
    runs = []
    for place, quote in enumerate(quotes):
        theirs = _tokens(quote)
        run = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
        words = sum(1 for token in ours[run.a : run.a + run.size] if token[0].isalnum())
        runs.append((words, len("".join(ours[: run.a])), len("".join(theirs[: run.b])), run, place))
    words, begin, there, run, place = max(runs, key=lambda each: each[0])
    if words < RUN:
        yield text
        return
    length = len("".join(ours[run.a : run.a + run.size]))
    yield from _pieces(text[:begin], quotes)
    yield [place, there, there + length]
    yield from _pieces(text[begin + length :], quotes)


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|\W+", text)


def read(file: Path = FILE) -> list[Composed]:
    """Every claim of the file."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = tuple(At(*place) for place in row["quotes"])
        turned = tuple(Turned(kind, how, tuple(said)) for kind, how, said in row.get("turned", ()))
        found.append(
            Composed(row["asked"], row["way"], tuple(row["said"]), places, row["sum"], row["edition"], row["judged"], turned)
        )
    return found


AROUND = 600
"""Characters on either side of a quote that stand for its passage."""


@dataclass(frozen=True, slots=True)
class Read:
    """A claim beside its library."""

    claim: Composed
    pair: Pair
    around: tuple[str, ...]
    """What stands around each quote."""

    def altered(self) -> list[Altered]:
        """The false claims that were made of it."""
        return [Altered(self.pair, whole(each.said, self.pair.quotes), each.kind, "by a reader") for each in self.claim.turned]


def write(claims: Iterable[Composed], file: Path = FILE) -> None:
    """Every claim, one a line."""
    file.write_text("".join(json.dumps(each.as_json(), ensure_ascii=False) + "\n" for each in claims), encoding="utf-8")


def composed_pairs(home: Path, file: Path = FILE) -> list[Read]:
    """The claims whose quotes the library of a home has, as they were when the claims were written."""
    with Library.open(home, create=False) as library:
        works = {record.work.key: record for record in library.works() if record.document is not None}

        @cache
        def proven(digest: str, position: int) -> ProvenText:
            return ProvenText(library.page(digest, position).text)

        found = []
        for each in read(file):
            if any(place.work not in works for place in each.quotes):
                continue
            quotes, around = [], []
            for place in each.quotes:
                document = works[place.work].document
                assert document is not None
                page = library.page(document.digest, place.position)
                for span in proven(document.digest, place.position).find_fragment(place.start, place.end)[:1]:
                    quotes.append(page.read(span))
                    around.append(page.read(Span(max(0, span.start - AROUND), min(len(page.text), span.end + AROUND))))
            text = each.text(quotes) if len(quotes) == len(each.quotes) else None
            if text is not None:
                keys = list(dict.fromkeys(place.work for place in each.quotes))
                named = tuple(dict.fromkeys(name for key in keys for name in sources_of(works[key].work)))
                pair = Pair("composed", " ".join(keys), text, tuple(quotes), each.judged == "stands", named, each.way)
                found.append(Read(each, pair, tuple(around)))
        return found
