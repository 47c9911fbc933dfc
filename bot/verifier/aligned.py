"""A claim laid beside its quotes, word by word, by the embedder's vectors. Knows no numbers, no names and no verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.verifier.slots import run_along
from bot.verifier.variants import variants_of
from bot.verifier.words import UNTOLD, sentences_of, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from bot.verifier.slots import Run
    from bot.verifier.support import Posed
    from bot.verifier.variants import Turn
    from corpus.vectors import Vectors

MOST_SENTENCES = 24
"""Sentences of the quotes that are compared, those with the most of the claim's words; more only where a whole page is given."""
NEAREST = 3
"""Sentences that a claim may rest on together."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as the embedder gets it, parted at white space, so that one pass gives each piece's vector within its text."""

    text: str
    pieces: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each piece stands in the text."""
    stems: tuple[str, ...]
    """Stem of each piece's main word; empty where the piece says nothing by itself."""

    @property
    def telling(self) -> tuple[int, ...]:
        """Places of the pieces that say something."""
        return tuple(place for place, each in enumerate(self.stems) if each)


_PIECE = re.compile(r"\S+")


def lines_of(text: str) -> Lines:
    """Part a text at white space."""
    found = list(_PIECE.finditer(text))
    stems = []
    for match in found:
        words = [word for word in words_of(match[0]) if word.lower not in UNTOLD]
        longest = max(words, key=lambda word: len(word.text), default=None)
        stems.append(stem(longest.text) if longest and (len(longest.text) > 1 or longest.text.isdigit()) else "")
    return Lines(text, tuple(match[0] for match in found), tuple(match.start() for match in found), tuple(stems))


def near_sentences(claim: str, quotes: Sequence[str]) -> list[str]:
    """The sentences of the quotes, in order; of a long text only those that share most words with the claim."""
    sentences = [sentence for quote in quotes for sentence in sentences_of(quote)]
    if len(sentences) <= MOST_SENTENCES:
        return sentences
    wanted = {word.stem for word in words_of(claim) if word.telling}
    shares = [len(wanted & {word.stem for word in words_of(sentence)}) for sentence in sentences]
    best = sorted(range(len(sentences)), key=lambda place: (-shares[place], place))[:MOST_SENTENCES]
    return [sentences[place] for place in sorted(best)]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A claim and the sentences that are nearest to it."""

    claim: Lines
    sentences: tuple[Lines, ...]
    """Nearest first."""
    cosines: NDArray[np.float32]
    """Claim to each sentence."""
    together: float
    """Claim to the nearest sentences taken together."""
    likeness: NDArray[np.float32]
    """Claim pieces by pieces of the `NEAREST` sentences, those one after another: cosines of the word vectors."""
    pieces: tuple[tuple[int, int], ...]
    """For each column of `likeness`, the place of the sentence and of its piece."""
    sizes: int
    """Sentences in all."""
    run: Run
    """What the claim copies of the nearest sentences."""
    exchanged: tuple[float, ...]
    """For each slot of the run in which both say something, the cosine of the one to the other."""
    gains: Mapping[Turn, tuple[float, float]]
    """How much nearer to the quotes the best variant of each kind lies than the claim: cosine to the nearest sentences together,
    and mean likeness of its pieces to the nearest ones of theirs; no entry where there is no variant of a kind."""


def align(posed: Posed, vectors: Callable[[str], Vectors]) -> Aligned:
    """Lay a claim beside its quotes; `vectors` gives a text's own vector and those of its pieces at white space."""
    claim, sentences = posed.text, _sentences(posed)
    ours = vectors(claim)
    theirs = [vectors(sentence) for sentence in sentences]
    cosines = np.array([float(ours.whole @ each.whole) for each in theirs], dtype=np.float32)
    lines, parts = lines_of(claim), [lines_of(sentence) for sentence in sentences]
    wanted = {each for each in lines.stems if each}
    covered = [len(wanted & set(part.stems)) / max(1, len(wanted)) for part in parts]
    score = cosines + 0.5 * np.array(covered, dtype=np.float32)
    order = np.argsort(-score, kind="stable")
    nearest = order[:NEAREST]
    joined = np.sum([theirs[place].whole for place in nearest], axis=0)
    together = float(ours.whole @ joined / max(1e-9, float(np.linalg.norm(joined))))
    stacked = np.concatenate([theirs[place].sentences for place in nearest])
    pieces = tuple((rank, piece) for rank, place in enumerate(nearest) for piece in range(len(theirs[place].sentences)))
    likeness = np.asarray(ours.sentences @ stacked.T, dtype=np.float32)
    gains: dict[Turn, tuple[float, float]] = {}
    for turn, text in variants_of(claim, tuple(sentences)):
        variant = vectors(text)
        whole = float(variant.whole @ joined / max(1e-9, float(np.linalg.norm(joined)))) - together
        soft = float((variant.sentences @ stacked.T).max(axis=1).mean() - likeness.max(axis=1).mean())
        best = gains.get(turn, (-1.0, -1.0))
        gains[turn] = (max(best[0], whole), max(best[1], soft))
    run = run_along(claim, tuple(sentences), posed.sources)
    exchanged = tuple(
        float(vectors(slot.said).whole @ vectors(slot.there).whole) for slot in run.slots if slot.said and slot.there
    )
    return Aligned(
        lines,
        tuple(parts[place] for place in order),
        cosines[order],
        together,
        likeness,
        pieces,
        len(sentences),
        run,
        exchanged,
        gains,
    )


def texts_to_embed(posed: Posed) -> list[str]:
    """What `align` will ask vectors of."""
    sentences = tuple(_sentences(posed))
    variants = (text for _, text in variants_of(posed.text, sentences))
    slots = (slot for slot in run_along(posed.text, sentences, posed.sources).slots if slot.said and slot.there)
    return [posed.text, *sentences, *variants, *(text for slot in slots for text in (slot.said, slot.there))]


def _sentences(posed: Posed) -> list[str]:
    return near_sentences(posed.text, posed.quotes) or [" ".join(posed.quotes) or "."]
