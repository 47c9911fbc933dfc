"""Hears first the work whose own term a question names: of `VICReg` the one that speaks of it most. Knows no answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.confidence.names import names_in, works_about

if TYPE_CHECKING:
    from bot.answers import Query
    from bot.reader import Reader


def with_owners(reader: Reader, query: Query) -> Query:
    """The query, with the works heard whose own one of its names is; the library's word index is asked once a name.

    Only where it names no work, where all are searched, and where it is no essay's question, for which readers have judged
    what bears. On the development questions over fourteen works, the gold is among the first 500 words for 0.605 of them
    with this and for 0.597 without, and quoted by half for 0.411 and 0.395; over five works nothing changes.
    """
    if query.heard or query.works or query.asked_by is not None:
        return query
    return replace(query, heard=works_about({name: reader.library.standing(name) for name in names_in(query.text)}, ()))
