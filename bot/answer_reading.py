"""The saved JSON form of an answer, read back. Knows no file and no library: it believes the form, and proves nothing.

What the form does not carry (a work's venue and identifiers) comes back empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast, get_args

from bot.answers import Answer, Citation, CitationKind, Claim, ClaimKind, Coverage, Evidence, Locator, Quote, Status
from corpus.documents import Box, Passage, Sentence, Span
from corpus.errors import SavedAnswerError
from corpus.text import loose
from corpus.works import Author, Work

SCHEMA = 1
"""Raised when a key changes its meaning or goes; a new key does not raise it."""

REMEDY = "Give a file written by `pincite ask --json` or `pincite answer`."

T = TypeVar("T")
_PARTICLES = {"van", "von", "der", "den", "de", "del", "della", "di", "da", "du", "dos", "la", "le", "ten", "ter", "zu", "al"}


def answer_from_json(saved: Mapping[str, object]) -> Answer:
    """The answer that was saved; SavedAnswerError where it is not one."""
    try:
        return _answer(saved)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        what = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise SavedAnswerError(f"This is not a saved answer: {what}.", remedy=REMEDY) from error


def _answer(saved: Mapping[str, object]) -> Answer:
    if saved.get("schema") != SCHEMA:
        raise ValueError(f"its schema is {saved.get('schema')!r}, and this version reads schema {SCHEMA}")
    citations = tuple(_citation(each) for each in _mappings(saved["citations"]))
    works = {citation.work.key: citation.work for citation in citations}
    claims = tuple(_claim(each) for each in _mappings(saved["claims"]))
    _check_numbers(claims, citations)
    return Answer(
        question=_text(saved["question"]),
        query=_text(saved.get("query") or saved["question"]),
        status=cast("Status", _one_of(saved["status"], Status)),
        id=_maybe(saved.get("id"), _text),
        coverage=cast("Coverage | None", _maybe(saved.get("coverage"), lambda value: _one_of(value, Coverage))),
        reason=_maybe(saved.get("reason"), _text),
        message=_maybe(saved.get("message"), _text),
        confidence=_number(saved.get("confidence", 0.0)),
        composer=_text(saved.get("composer", "library")),
        opening=_text(saved.get("opening", "")),
        parts=tuple(_text(part) for part in _list(saved.get("parts", []))),
        notes=tuple(_text(note) for note in _list(saved.get("notes", []))),
        dropped=_whole(saved.get("dropped", 0)),
        claims=claims,
        citations=citations,
        evidence=tuple(_evidence(each, works) for each in _mappings(saved.get("evidence", []))),
        milliseconds={name: _number(value) for name, value in _mapping(saved.get("milliseconds", {})).items()},
        tokens=_whole(saved.get("tokens") or 0),
    )


def _check_numbers(claims: tuple[Claim, ...], citations: tuple[Citation, ...]) -> None:
    known = {citation.number for citation in citations}
    if len(known) < len(citations):
        raise ValueError("two citations have the same number")
    for claim in claims:
        if not claim.citations:
            raise ValueError(f"the claim {claim.text[:40]!r} has no citation")
        if missing := sorted(set(claim.citations) - known):
            raise ValueError(f"a claim cites [{missing[0]}], and there is no such citation")


def _claim(saved: Mapping[str, object]) -> Claim:
    return Claim(
        text=_text(saved["text"]),
        citations=tuple(_whole(number) for number in _list(saved["citations"])),
        kind=cast("ClaimKind", _one_of(saved["kind"], ClaimKind)),
        work=_maybe(saved.get("work"), _text),
        part=_maybe(saved.get("part"), _whole),
        support=_maybe(saved.get("support"), _number),
    )


def _citation(saved: Mapping[str, object]) -> Citation:
    return Citation(
        number=_whole(saved["number"]),
        work=_work(saved),
        kind=cast("CitationKind", _one_of(saved["kind"], CitationKind)),
        locator=_locator(saved),
        quote=_quote(saved),
        statement=_maybe(saved.get("statement"), _text),
        writer=_maybe(saved.get("writer"), _text),
        document_name=_maybe(saved.get("document"), _text),
        version=_maybe(saved.get("version"), _text),
        superseded_by=_maybe(saved.get("superseded_by"), _text),
        link=_maybe(saved.get("link"), _text),
    )


def _locator(saved: Mapping[str, object]) -> Locator:
    return Locator(
        page=_maybe(saved.get("page"), _whole),
        label=_maybe(saved.get("page_label"), _text),
        part=_maybe(saved.get("part"), _whole),
        parts=_maybe(saved.get("parts"), _whole),
        time=_maybe(saved.get("time"), _number),
        section=_maybe(saved.get("section"), _text),
    )


def _quote(saved: Mapping[str, object]) -> Quote | None:
    if saved["kind"] == "annotation":
        return None
    start, end = (_whole(offset) for offset in _list(saved["span"]))
    if not 0 <= start < end:
        raise ValueError(f"the span [{start}, {end}] is no range")
    boxes = tuple(Box(*(_number(edge) for edge in _list(box))) for box in _list(saved.get("boxes", [])))
    return Quote(_text(saved["quote"]), _text(saved["digest"]), _position(saved), Span(start, end), boxes)


def _position(saved: Mapping[str, object]) -> int:
    """Pages and parts are numbered from 1 in the document's order; what has neither is one page."""
    number = _maybe(saved.get("page"), _whole) or _maybe(saved.get("part"), _whole) or 1
    return number - 1


def _evidence(saved: Mapping[str, object], works: Mapping[str, Work]) -> Evidence:
    text, key, locator = _text(saved["text"]), _text(saved["work"]), _locator(saved)
    passage = Passage("", _position(saved), (Sentence(Span(0, len(text))),), (text,), locator.section)
    work = works.get(key) or Work(key, key)
    return Evidence(_whole(saved["rank"]), passage, work, locator, _text(saved["document"]), _number(saved["score"]))


def _work(saved: Mapping[str, object]) -> Work:
    key = _text(saved["work"])
    authors = tuple(_author(_text(name), key) for name in _list(saved.get("authors", [])))
    return Work(key, _text(saved["title"]), authors, _maybe(saved.get("year"), _whole))


def _author(full: str, key: str) -> Author:
    """Part `Given Family`: where the family name is the work's key's, there; else before its particles."""
    words = full.split()
    stem = loose(key.rsplit("-", 1)[0])
    for place in range(len(words)):
        if loose("".join(words[place:])) == stem:
            return Author(" ".join(words[place:]), " ".join(words[:place]))
    place = len(words) - 1
    while place > 1 and words[place - 1] in _PARTICLES:
        place -= 1
    return Author(" ".join(words[place:]), " ".join(words[:place])) if words else Author(full)


def _maybe(value: object, read: Callable[[object], T]) -> T | None:
    return None if value is None else read(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} stands where text belongs")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} stands where a number belongs")
    return float(value)


def _whole(value: object) -> int:
    if _number(value) != int(_number(value)):
        raise TypeError(f"{value!r} stands where a whole number belongs")
    return int(_number(value))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} stands where a list belongs")
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} stands where an object belongs")
    return value


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [_mapping(each) for each in _list(value)]


def _one_of(value: object, choices: object) -> str:
    if value not in get_args(choices):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(choices))}")
    return cast("str", value)
