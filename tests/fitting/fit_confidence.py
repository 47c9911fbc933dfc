"""Fits the weights of `bot.confidence`: python -m tests.fitting.fit_confidence --home FIVE --more FOURTEEN --cache FOLDER.

FIVE and FOURTEEN are homes with the works of `../shared/papers`, without and with those in `more`. Questions come from
`../shared/qa` and `../shared/data/clapnq-dev`; unanswerable ones are added without new labels: answerable questions asked
of all works but those that answer them, and questions of one set asked of the other's library. Rows are not kept, only weights.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.confidence import WEIGHTS, signs_of
from bot.evaluate import read_gold
from bot.question import make_query
from bot.reader import Reader
from bot.retrieve import retrieve
from bot.risk import auroc
from corpus.index import Index
from corpus.library import Library
from corpus.minilm import MiniLM
from corpus.text import loose
from corpus.works import Work
from ingest.extract import Limits
from ingest.take_in import Shelf, Source, read, take_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from bot.evaluate import Gold
    from bot.retrieve import Found

SHARED = Path(__file__).parents[3] / "shared"
SETS = {
    "dev-cited-works, dev-more-papers": "our own questions on the cited works and nine more papers",
    "CLAP NQ dev, development half": "Apache-2.0",
}
SIGNS = ("nearness", "missing", "amount")
ASKED_OF_OTHERS = 80
"""Questions of a set that are asked of another set's library."""
RIDGE = 0.00005
"""Small: a sign that no answerable question has must not grow without end."""
PRIOR = 0.8
"""Share of questions that a library answers, as asked by those who know what is in it."""
SEED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked of one library."""

    row: dict[str, float]
    answerable: bool


def clap_rows() -> list[dict[str, Any]]:
    """CLAP NQ's questions with their passages, Wikipedia's spacing mended."""
    rows = []
    for kind in ("answerable", "unanswerable"):
        for line in (SHARED / "data/clapnq-dev" / f"{kind}.dev.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = re.sub(r" ([.,;:!?%)\]]|'s\b|n't\b)", r"\1", row["passages"][0]["text"])
            text = re.sub(r"([(\[]) ", r"\1", text).replace("`` ", '"').replace(" ''", '"')
            rows.append(
                {"question": row["input"], "title": row["passages"][0]["title"], "text": text, "answerable": kind[0] == "a"}
            )
    return rows


def clap_home(cache: Path, embedder: MiniLM) -> Path:
    """A library in which each of its Wikipedia articles is a work; made once."""
    home = cache / "clap"
    if home.exists():
        return home
    texts: dict[str, list[str]] = {}
    for row in clap_rows():
        if row["text"] not in texts.setdefault(row["title"], []):
            texts[row["title"]].append(row["text"])
    home.mkdir(parents=True)
    with Library.open(home) as library:
        shelf = Shelf(library, embedder, Limits())
        for number, (title, parts) in enumerate(texts.items()):
            source = Source("\n\n".join(parts).encode(), f"w{number:03d}.txt", "set")
            list(take_in(shelf, read(source, Limits()), Work(f"w{number:03d}", title, (), 2018), ()))
    return home


def asked(reader: Reader, questions: Iterable[tuple[str, bool]]) -> list[Asked]:
    """Signs of questions asked of the whole library."""
    known = [record.work for record in reader.works().values()]
    return [
        Asked(signs_of(reader, retrieve(reader, make_query(question, known=known))).row, answerable)
        for question, answerable in questions
    ]


def without_gold(reader: Reader, golds: Iterable[Gold]) -> Iterator[tuple[Asked, Asked]]:
    """Each answerable question asked of the other works only, and asked with its gold passages hidden."""
    known = [record.work for record in reader.works().values()]
    passages = reader.library.passages(list(reader.library.passage_ids()))
    texts = {name: loose(passage.text) for name, (passage, _) in passages.items()}
    for gold in golds:
        hidden = {name for name, text in texts.items() if any(_shares(text, loose(quote)) for *_, quote in gold.places)}
        if not gold.answerable or not hidden:
            continue
        query = make_query(gold.question, known=known)
        others = frozenset(reader.works().keys() - {passages[name][1] for name in hidden})
        elsewhere = retrieve(reader, replace(query, works=others, heard=query.heard & others))
        masked = _hide(retrieve(reader, query), hidden)
        yield Asked(signs_of(reader, elsewhere).row, False), Asked(signs_of(reader, masked).row, False)


def _hide(found: Found, hidden: set[str]) -> Found:
    hits = tuple(hit for hit in found.hits if hit.passage.id not in hidden)
    annotations = tuple(hit for hit in found.annotations if hit.tie is None or hit.tie.passage not in hidden)
    return replace(found, hits=hits, annotations=annotations)


def _shares(text: str, quote: str) -> bool:
    length = min(len(quote), 40)
    return bool(quote) and any(quote[start : start + length] in text for start in range(0, len(quote) - length + 1, 8))


def fit(groups: Mapping[str, Sequence[Asked]], weights: Mapping[str, float], signs: Sequence[str] = SIGNS) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method; each group counts as its weight, the constant comes last."""
    rows = np.array([[*(each.row[sign] for sign in signs), 1.0] for name in weights for each in groups[name]])
    kinds = np.array([each.answerable for name in weights for each in groups[name]], dtype=float)
    counts = np.concatenate([np.full(len(groups[name]), weights[name] / len(groups[name])) for name in weights])
    for kind, share in ((1.0, PRIOR), (0.0, 1 - PRIOR)):
        counts[kinds == kind] *= share / counts[kinds == kind].sum()
    found = np.zeros(rows.shape[1])
    ridge = np.diag([RIDGE] * len(signs) + [0.0])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (counts * (kinds - sure)) - ridge @ found
        found = found + np.linalg.solve((rows * (counts * sure * (1 - sure))[:, None]).T @ rows + ridge, slope)
    return found


def scores(asked_: Sequence[Asked], found: NDArray[np.float64], signs: Sequence[str] = SIGNS) -> NDArray[np.float64]:
    """The probability of each."""
    rows = np.array([[*(each.row[sign] for sign in signs), 1.0] for each in asked_])
    return np.asarray(1 / (1 + np.exp(-rows @ found)))


def collect(five: Path, fourteen: Path, cache: Path, embedder: MiniLM) -> dict[str, list[Asked]]:
    """Every group of questions, asked; kept in the cache."""
    kept = cache / "rows.json"
    if kept.exists():
        return {name: [Asked(*each) for each in rows] for name, rows in json.loads(kept.read_text(encoding="utf-8")).items()}
    files = {"A": "dev-cited-works.jsonl", "B": "dev-more-papers.jsonl"}
    golds = {name: read_gold((SHARED / "qa" / file).read_text(encoding="utf-8").splitlines()) for name, file in files.items()}
    clap = [(row["question"], row["answerable"]) for row in clap_rows()]
    picked = np.random.default_rng(SEED).permutation(len(clap))[:ASKED_OF_OTHERS]
    off = [(clap[place][0], False) for place in picked]
    groups: dict[str, list[Asked]] = {}
    for home, sets in ((five, "A"), (fourteen, "AB"), (clap_home(cache, embedder), "C")):
        with Library.open(home) as library:
            index = Index(home)
            index.ensure(library, embedder.name)
            reader = Reader(library, index, embedder)
            for name in sets:
                tag = name + ("5" if home == five else "")
                rows = clap if name == "C" else [(gold.question, gold.answerable) for gold in golds[name]]
                groups[tag] = asked(reader, rows)
                if name == "C":
                    groups["C other"] = asked(reader, [(gold.question, False) for gold in (*golds["A"], *golds["B"])][::3])
                else:
                    pairs = list(without_gold(reader, golds[name]))
                    groups[f"{tag} elsewhere"], groups[f"{tag} masked"] = [one for one, _ in pairs], [two for _, two in pairs]
            if sets != "C":
                groups[f"{sets} other"] = asked(reader, off)
            index.close()
    for name in [name for name in groups if name in ("A", "B", "C", "A5")]:
        groups[f"{name} yes"] = [each for each in groups[name] if each.answerable]
        groups[f"{name} no"] = [each for each in groups[name] if not each.answerable]
    kept.write_text(json.dumps({name: [[e.row, e.answerable] for e in rows] for name, rows in groups.items()}), encoding="utf-8")
    return groups


def weighted(sets: str) -> dict[str, float]:
    """What each group counts within its kind, for these sets."""
    found = {"AB other": 0.1, "C other": 0.1} if sets != "C" else {}
    for name in sets:
        found |= {f"{name} yes": 0.3, f"{name} no": 0.25}
        found |= {} if name == "C" else {f"{name} elsewhere": 0.15}
    return found


def table(groups: Mapping[str, Sequence[Asked]]) -> Iterator[str]:
    """Each set judged by weights fitted on the others, sign by sign; and how many are declined where 0.92 are answered."""
    for signs in (SIGNS[:1], SIGNS[:2], SIGNS):
        for name, rest in (("A5", "BC"), ("A", "BC"), ("B", "AC"), ("C", "AB")):
            found = fit(groups, weighted(rest), signs)
            sure = scores(groups[name], found, signs)
            kinds = np.array([each.answerable for each in groups[name]])
            area = auroc([(float(value), bool(kind)) for value, kind in zip(sure, kinds, strict=True)])
            answered, declined = (sure >= 0.5)[kinds].mean(), (sure < 0.5)[~kinds].mean()
            rest_of = {other: (scores(groups[other], found, signs) < 0.5).mean() for other in groups if _beside(other, name)}
            more = ", ".join(f"{other} {share:.2f}" for other, share in rest_of.items())
            yield f"{'+'.join(signs):24} {name:3} AUROC {area:.3f} answered {answered:.2f} declined {declined:.2f} | {more}"


def _beside(group: str, name: str) -> bool:
    return group in (f"{name} elsewhere", f"{name} masked", "C other" if name == "C" else "AB other")


def main() -> None:
    """Fit, print the table, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--home", "--more", "--cache"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    groups = collect(options.home, options.more, options.cache, MiniLM(options.home / "models", offline=True))
    print(*table(groups), sep="\n")
    found = fit(groups, weighted("ABC"))
    weights = {name: round(float(value), 2) for name, value in zip((*SIGNS, "constant"), found, strict=True)}
    print(weights)
    fitted = {"sets": SETS, "questions": sum(len(groups[name]) for name in weighted("ABC")), "prior": PRIOR, "weights": weights}
    WEIGHTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
