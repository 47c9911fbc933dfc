"""What a question asks of certain works, and the works never speak of. Knows no passage and no score.

Only two forms are judged, since a reader's words for a matter vary: `What does X say about Y?`, where no word of Y stands
in X though another work has it, and a question put to certain works alone, where a term that is another work's own stands
in none of them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.confidence.names import owner
from bot.leaning import MANNER, names_in
from bot.question import content_words
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Query
    from bot.reader import Reader

MOST_WORDS = 2
"""Words of a matter that is told to be absent; more of them describe it, and a work may have words of its own for it."""

_SAYS_ABOUT = re.compile(
    r"what (?:do|does|did) .+? (?:say|think|write|argue|believe|mean) (?:about|on|of|by) (?P<matter>[^?,.;]+)\?$"
    r"|(?:do|does|did) .+? (?:mention|speak of|talk about|say anything about|write about) (?P<mentioned>[^?,.;]+)\?$",
    re.I,
)


def silent_on(reader: Reader, query: Query) -> tuple[tuple[str, ...], frozenset[str]]:
    """Words of the question's matter of which the works that it is asked of do not speak, and those works' keys."""
    works = reader.works()
    named = query.heard & works.keys()
    alone = bool(query.works) and query.works <= query.heard
    asked = frozenset(query.works if alone else named)
    if not asked or any(works[key].document is None for key in asked if key in works):
        return (), frozenset()
    found = _SAYS_ABOUT.match(query.text)
    if found is not None and named:
        words = _matter(reader, found["matter"] or found["mentioned"])
        elsewhere = any(reader.library.standing(word) for word in words)  # else it is a reader's word, and may say the same
        if elsewhere and len(words) <= MOST_WORDS and not any(_spoken_of(reader, word, asked) for word in words):
            return (" ".join(words),), asked
    if alone:
        for term in _terms(_matter(reader, query.text), query.text):
            own = owner(reader.library.standing(term))
            if own is not None and own not in asked and not _spoken_of(reader, term, asked):
                return (term,), asked
    return (), frozenset()


def _matter(reader: Reader, text: str) -> list[str]:
    """Words of matter, without what works are called."""
    works = [record.work for record in reader.works().values()]
    called = {part.lower() for work in works for author in work.authors for part in author.family.split()}
    called |= {word for work in names_in(text, works) for word in re.split(r"[-_]", work.key)}
    return [word for word in content_words(text) if word not in MANNER and word not in called and not word.isdigit()]


def _terms(words: Sequence[str], text: str) -> Iterator[str]:
    """Pairs that stand side by side, then single words."""
    low = text.lower()
    yield from (f"{one} {other}" for one, other in pairwise(words) if f"{one} {other}" in low)
    yield from words


def _spoken_of(reader: Reader, term: str, works: frozenset[str]) -> bool:
    """True where it stands in one of the works, or in what is stated of one."""
    if reader.library.standing(term, works):
        return True
    stem = loose(term)
    return any(stem in loose(each.statement) for key in works for each in reader.library.annotations(key))
