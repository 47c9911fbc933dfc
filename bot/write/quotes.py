"""Finds the words that a model quotes in the passage that it names, and widens them to whole sentences. Knows no model.

A quote that is cut out of its sentence can be made to say the reverse (`believe that …` of `nobody believes that …`), so
what is cited, and what a claim has to be carried by, are the sentences in which the words stand.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.documents import Span
from corpus.proof import ProvenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.documents import Page, Passage, Sentence

SHORTEST = 3
"""Words of a quote; fewer stand in too many places."""
LONGEST = 120
"""Words of all the sentences together."""
GAP = 5
"""Characters between two sentences that follow on each other, if they are white space and the bullet of a list."""
_BULLETS = " \t\r\n•◦▪▫‣⁃∙·–*-"

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
"""Models seldom keep the form of quotation marks and apostrophes; what is shown is the work's own."""
_AROUND = " \t\r\n\"'“”‘’…"


def find_sentences(page: Page, passage: Passage, quote: str) -> tuple[Sentence, ...]:
    """The sentences of the passage in which the quoted words stand, letter by letter and digit by digit; none where they do not.

    They follow on each other without a gap; where the words stand at several places, the first counts. They are looked for on
    the page and, since a passage does not show the bullets of a list, in what the passage shows.
    """
    for words in dict.fromkeys((quote, _bare(quote))):
        if len(words.split()) < SHORTEST and words != passage.text:
            continue
        for text, sought in ((page.text, words), (page.text.translate(_STRAIGHT), words.translate(_STRAIGHT))):
            for span in ProvenText(text).find(sought):
                if sentences := _around(page, passage.sentences, span):
                    return sentences
    for words in dict.fromkeys((quote, _bare(quote))):
        if len(words.split()) < SHORTEST:
            continue
        shown = passage.text.translate(_STRAIGHT)
        for span in ProvenText(shown).find(words.translate(_STRAIGHT)):
            if sentences := _joined(page, [each for each, at in _shown(passage) if at.overlaps(span)]):
                return sentences
    return ()


def _shown(passage: Passage) -> Iterator[tuple[Sentence, Span]]:
    """Each sentence with its place in the passage's text."""
    start = 0
    for sentence, text in zip(passage.sentences, passage.texts, strict=True):
        yield sentence, Span(start, start + len(text))
        start += len(text) + 1


def _bare(quote: str) -> str:
    """Without the marks that a model puts around its quotes."""
    return quote.strip(_AROUND).removeprefix("...").removesuffix("...").strip(_AROUND)


def _around(page: Page, sentences: Sequence[Sentence], span: Span) -> tuple[Sentence, ...]:
    """The sentences that hold all of the span; none where a part of it lies in a gap or outside."""
    met = [sentence for sentence in sentences if sentence.span.overlaps(span)]
    if not met or span.start < met[0].span.start or span.end > met[-1].span.end:
        return ()
    return _joined(page, met)


def _joined(page: Page, met: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, where they follow on each other and are not too long together; none elsewhere."""
    for before, after in pairwise(met):
        between = page.text[before.span.end : after.span.start]
        if len(between) > GAP or between.strip(_BULLETS):
            return ()
    if sum(len(page.read(sentence.span).split()) for sentence in met) > LONGEST:
        return ()
    return tuple(met)
