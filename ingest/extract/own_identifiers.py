"""Which of the identifiers on a first page are the document's own. Knows no registry.

`identifiers_in` finds all near the top; one that stands inside a sentence names another work, as in `we build on
arXiv:…`, and must not become the key under which this one is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WORDS = 5
"""Other words on the line of an identifier that is the document's own: a journal's name, a stamp's date."""

_WORD = re.compile(r"[^\W\d_]{2,}")


def own_identifiers(identifiers: Iterable[str], first_page: str) -> tuple[str, ...]:
    """Those that stand on a line nearly to themselves, or that the file states elsewhere than in its text."""
    lines = first_page.splitlines()
    kept = []
    for identifier in identifiers:
        bare = identifier.removeprefix("arXiv:")
        bearing = [line for line in lines if bare in line]
        if not bearing or any(len(_WORD.findall(line.replace(bare, ""))) <= MOST_WORDS for line in bearing):
            kept.append(identifier)
    return tuple(kept)
