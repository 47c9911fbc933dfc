"""Passages by their words: SQLite's full-text table. Knows no question; the words are chosen by who asks."""

# ruff: noqa: S608 - the weights are our own numbers; every value is bound

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.rows import json_list

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from corpus.database import Database

TEXT_WEIGHT, SECTION_WEIGHT, TITLE_WEIGHT = 1.0, 0.3, 0.3
"""What a word counts in BM25 by where it stands: in the passage, its section's title, its work's title and authors."""


def best(database: Database, words: Sequence[str], limit: int, works: Collection[str]) -> list[tuple[str, float]]:
    """Ids and scores of the passages that hold any of the words, best first; higher is better."""
    phrases = sorted({phrase for word in words if (phrase := _phrase(word))})
    if not phrases:
        return []
    inside = "AND passages.work IN (SELECT value FROM json_each(?))" if works else ""
    named = [json_list(sorted(works))] if works else []
    return [
        (identifier, score)
        for identifier, score in database.run(
            f"SELECT passages.id, -bm25(words, {TEXT_WEIGHT}, {SECTION_WEIGHT}, {TITLE_WEIGHT}) AS score "
            f"FROM words JOIN passages ON passages.number = words.rowid WHERE words MATCH ? {inside} "
            "ORDER BY score DESC, passages.number LIMIT ?",
            (" OR ".join(phrases), *named, limit),
        )
    ]


def standing(database: Database, word: str, works: Collection[str]) -> dict[str, int]:
    """In how many passages of each work a word stands: in the text, the section's title, or the work's title and authors."""
    phrase = _phrase(word)
    if not phrase:
        return {}
    inside = "AND passages.work IN (SELECT value FROM json_each(?))" if works else ""
    named = [json_list(sorted(works))] if works else []
    return dict(
        database.run(
            "SELECT passages.work, count(*) FROM words JOIN passages ON passages.number = words.rowid "
            f"WHERE words MATCH ? {inside} GROUP BY passages.work",
            (phrase, *named),
        )
    )


def _phrase(word: str) -> str:
    """A word as an FTS5 string, whatever characters are in it; empty where nothing of it can be found."""
    sound = word.replace("\0", " ").encode("utf-8", "ignore").decode()
    return '"' + sound.replace('"', '""') + '"' if any(character.isalnum() for character in sound) else ""
