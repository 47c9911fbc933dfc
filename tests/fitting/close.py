"""True claims that stay close to their quotes, made by rule from plain sentences: on these, too, no more than a tenth is lost.

The sentences are those of the development sets' own texts, without the abstracts and the lines that a claim of theirs cites.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from typing import TYPE_CHECKING, Any

from bot.verifier.polarity import negations_of
from tests.fitting.pairs import SETS, Pair, stands
from tests.fitting.rewording import reworded

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = 60
"""Lines of a web page that are used, at most."""


def close_pairs(count: int, seed: int, *, denying: bool = False) -> list[Pair]:
    """Reworded sentences with the sentence itself, half the time together with a neighbour; at most `count`.

    With `denying`, only those that deny something.
    """
    chance = random.Random(seed)
    found = texts()
    places = [(text, place) for text in found for place, sentence in enumerate(text) if _usable(sentence)]
    if denying:
        places = [(text, place) for text, place in places if negations_of(text[place])]
    made = []
    for text, place in chance.sample(places, min(count, len(places))):
        claim, quotes = reworded(text[place], chance), _surrounded(text, place, chance)
        made.append(Pair("close", text[place], claim, (" ".join(quotes),), True))
    return [pair for pair in made if stands(pair)]


def _rows(file: str) -> Iterator[dict[str, Any]]:
    path = SETS / file
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def texts() -> list[tuple[str, ...]]:
    """Abstracts of SciFact and PubMedQA, passages of CLAP NQ and pages of WiCE."""
    cited = {row["doc_id"] for row in _rows("scifact-train/verify_pairs.jsonl")}
    found = [
        tuple(sentence.strip() for sentence in row["abstract"])
        for row in _rows("scifact-train/corpus_sentences.jsonl.gz")
        if row["doc_id"] not in cited
    ]
    for row in json.loads((SETS / "pubmedqa-dev" / "dev_set.json").read_text(encoding="utf-8")).values():
        parts = [part.strip() for block in row["CONTEXTS"] for part in re.split(r"(?<=[.])\s+(?=[A-Z])", block)]
        found.append(tuple(parts))
    for half in ("answerable", "unanswerable"):
        for row in _rows(f"clapnq-dev/{half}.dev.jsonl"):
            found += [tuple(map(_joined, passage["sentences"])) for passage in row["passages"]]
    for row in _rows("wice-dev/claim_dev.jsonl"):
        used = {place for places in row["supporting_sentences"] for place in places}
        lines = ("" if place in used else line for place, line in enumerate(row["evidence"][:LINES]))
        found.append(tuple(lines))
    return found


def _joined(sentence: str) -> str:
    """Without the spaces of a text that was parted into words."""
    return re.sub(r"\s+([,.;:?!')\]])", r"\1", sentence).replace("( ", "(")


def _usable(sentence: str) -> bool:
    """A whole sentence of plain words, not too long."""
    whole = 40 < len(sentence) < 230 and sentence[0].isupper() and sentence.rstrip()[-1:] in ".!?"
    return whole and len(re.findall(r"[A-Za-z]{3,}", sentence)) > 6


def _surrounded(text: tuple[str, ...], place: int, chance: random.Random) -> tuple[str, ...]:
    """The sentence, half the time with the one before or behind it, where both together are short."""
    before = text[place - 1] if place else ""
    behind = text[place + 1] if place + 1 < len(text) else ""
    sentence, turn = text[place], chance.random()
    quotes = (sentence, behind) if turn < 0.3 else (before, sentence) if turn < 0.5 else (sentence,)
    return quotes if all(quotes) and sum(map(len, quotes)) <= 320 else (sentence,)
