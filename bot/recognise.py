"""Recognises an essay's question that somebody asks in other words. Knows no answer, and changes no wording.

All that follows from it is that the essay's own facets and annotations are heard; the question stays as it was asked, and
what was searched is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bot.question import content_words, named_works

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from corpus.embedder import Embedder
    from corpus.essays import Essay, Question
    from corpus.works import Work

ALIKE = 0.8
"""Cosine from which two wordings ask the same.

Of 22 questions put in other words, 18 come that near to their own and none to another; of 162 questions on the same works
none comes nearer than 0.64 (all-MiniLM-L6-v2).
"""
APART = 0.05
"""What the nearest is nearer by, at least, than any other."""
LOOKED_AT = 6
"""Questions that are compared: those that share the most content words, so that no essay's length is felt."""
STEM = 5
"""Letters of a word that count."""
_WHY = re.compile(r"\b(?:why|what (?:makes|reasons?)|for what reasons?)\b", re.IGNORECASE)


def recognise(
    embedder: Embedder, essays: Iterable[Essay], text: str, works: Sequence[Work] = ()
) -> tuple[Essay, Question] | None:
    """The essay's question that asks the same in other words; None where none does.

    A question that names one of `works`, or asks why, is none of those that do not.
    """
    words = _stems(text)
    every = [(essay, each) for essay in essays for each in essay.questions if _may_mean(text, each, works)]
    shared = [len(words & _stems(f"{question.standalone} {question.asked}")) for _, question in every]
    likely = sorted((place for place in range(len(every)) if shared[place] > 1), key=lambda place: -shared[place])[:LOOKED_AT]
    if not likely:
        return None
    wordings = [(every[place][1].standalone, every[place][1].asked) for place in likely]
    asked = embedder.embed([[text]])[0].whole
    rows = _vectors(embedder, [wording for pair in wordings for wording in pair])
    cosines = (rows @ asked).reshape(len(likely), 2).max(axis=1)
    order = np.argsort(-cosines)
    best = float(cosines[order[0]])
    second = float(cosines[order[1]]) if len(order) > 1 else -1.0
    return every[likely[int(order[0])]] if best >= ALIKE and best - second >= APART else None


def _may_mean(text: str, question: Question, works: Sequence[Work]) -> bool:
    """False where the text asks of a work, or for a reason, and the question does not."""
    wordings = f"{question.asked} {question.standalone}"
    if _WHY.search(text) and not _WHY.search(wordings):
        return False
    return set(named_works(text, works)) <= set(named_works(wordings, works))


_known: WeakKeyDictionary[Embedder, dict[str, NDArray[np.float32]]] = WeakKeyDictionary()
"""Vectors of the essays' questions, which every question that is asked is compared with."""


def _vectors(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """One row a text; each is embedded once a process."""
    known = _known.setdefault(embedder, {})
    new = [text for text in dict.fromkeys(texts) if text not in known]
    for text, vectors in zip(new, embedder.embed([[text] for text in new]), strict=True):
        known[text] = vectors.whole
    return np.stack([known[text] for text in texts])


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in content_words(text)}
