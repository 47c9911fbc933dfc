"""BibTeX in, BibTeX out. Knows no file on disk but the packaged `works.bib`, no library and no network.

The one place that knows BibTeX: LaTeX accents and braces are gone from what comes out, and come back where
`write_bibtex` needs them, so that `read_bibtex(write_bibtex(works)) == works`.
"""

from __future__ import annotations

import functools
import logging
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from corpus.errors import CatalogueError
from corpus.works import Author, Identifiers, Work

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_VENUES = ("journal", "journaltitle", "booktitle", "howpublished")
"""The fields that may name a venue; the first one present does."""

_VERBATIM = frozenset({"url", "doi", "eprint", "youtube", "openreview", "file", "crossref", "pdf"})
"""Fields that hold an address or a number, not prose: only escapes are undone in them."""

_OURS = frozenset({"title", "author", "year", "url", "doi", "youtube", "openreview"})
ARXIV_ID = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
"""arXiv's identifiers without version, since 2007 and before, as a pattern."""

_PREFIXED_ARXIV_ID = re.compile(rf"arxiv(?:\.org/(?:abs|pdf)/|[:.]\s*)({ARXIV_ID})", re.IGNORECASE)
_BARE_ARXIV_ID = re.compile(rf"({ARXIV_ID})(?:v\d+)?")
_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")
_YOUTUBE = re.compile(r"(?:youtube\.com/watch\?(?:\S*&)?v=|youtu\.be/)([\w-]{11})")
_MATH = re.compile(r"\$[^$\s](?:[^$]*[^$\s])?\$")


def read_bibtex(text: str) -> list[Work]:
    """Every entry of `text`, in order.

    Raises `CatalogueError` with the line for anything that is not BibTeX, a key or field given twice, and an entry without title.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import ImplicitComment

    # The parser logs what it also returns; the error below says it once.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    parsed = parse_string(text.removeprefix("\ufeff"))
    for failed in parsed.failed_blocks:
        raise _malformed(failed)
    for block in parsed.blocks:
        if isinstance(block, ImplicitComment) and "@" in block.comment and not block.comment.lstrip().startswith("%"):
            raise _at(block.start_line, "there is an @ that opens no entry", "Write it as @article{key, title = {…}, …}.")
    if not parsed.entries and any(line.strip() and line.lstrip()[0] not in "%@" for line in text.splitlines()):
        raise _at(0, "there is no entry in it", "Begin an entry with @article{key, …}.")
    return [_work(entry) for entry in parsed.entries]


def write_bibtex(works: Iterable[Work]) -> str:
    """One entry a work, in order, UTF-8, characters that LaTeX reads as its own escaped."""
    return "\n".join(_entry(work) for work in works)


def catalogue(home: Path | None = None) -> dict[str, Work]:
    """The works of the essays that come with Pincite, by key, and behind them those of the home's own `works.bib`."""
    from corpus.own_catalogue import own_works

    packaged = {work.key: work for work in _packaged()}
    return {**packaged, **{work.key: work for work in own_works(home) if work.key not in packaged}} if home else packaged


@functools.cache
def _packaged() -> tuple[Work, ...]:
    return tuple(read_bibtex(resources.files("corpus").joinpath("works.bib").read_text(encoding="utf-8")))


def _at(line: int | None, what: str, remedy: str) -> CatalogueError:
    place = f"line {line + 1} of the BibTeX" if line is not None else "the BibTeX"
    return CatalogueError(f"Cannot read {place}: {what}.", remedy=remedy, line=None if line is None else line + 1)


def _malformed(block: Any) -> CatalogueError:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    if isinstance(block, DuplicateBlockKeyBlock):
        return _at(block.start_line, f"the key `{block.key}` is given twice", "Give each entry a key of its own.")
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return _at(block.start_line, f"an entry states the field {names} twice", "Keep one of them.")
    return _at(block.start_line, "the entry does not end, or a comma, brace or = is missing", "Mend the entry that begins there.")


def _work(entry: Any) -> Work:
    values: dict[str, str] = {}
    for field in entry.fields:
        key = field.key.lower()
        named = field.enclosing == "no-enclosing" and key in {"title", "author"} and not str(field.value).isdigit()
        if named:
            raise _at(field.start_line, f"@string `{field.value}` is not defined", "Define it above, or put the words in braces.")
        values[key] = str(field.value)
    plain = {key: _unescaped(value) if key in _VERBATIM else _decoded(value) for key, value in values.items() if key != "author"}
    if not plain.get("title"):
        raise _at(entry.start_line, f"`{entry.key}` has no title", "Add title = {…}.")
    venue_field = next((name for name in _VENUES if plain.get(name)), None)
    year = _year(plain)
    identifiers, used = _identifiers(plain)
    skipped = used | (_OURS - ({"year"} if plain.get("year") and not plain["year"].isdigit() else set())) | {venue_field}
    return Work(
        key=entry.key,
        title=plain["title"],
        authors=_authors(values.get("author", ""), entry),
        year=year,
        kind=entry.entry_type.lower(),
        venue=plain[venue_field] if venue_field else None,
        identifiers=identifiers,
        fields=tuple((key, value) for key, value in plain.items() if key not in skipped and value),
    )


def _year(plain: dict[str, str]) -> int | None:
    stated = plain.get("year") or plain.get("date", "")[:4]
    return int(stated) if stated.isdigit() else None


def _identifiers(plain: dict[str, str]) -> tuple[Identifiers, set[str]]:
    """What the entry is known as, and the fields that said it and need not be kept."""
    used: set[str] = set()
    arxiv = None
    prefix = plain.get("archiveprefix", plain.get("eprinttype", ""))
    bare = _BARE_ARXIV_ID.fullmatch(plain.get("eprint", "").removeprefix("arXiv:"))
    if bare and prefix.lower() in {"arxiv", ""}:
        arxiv, used = bare[1], {"eprint", "archiveprefix", "eprinttype"}
    for name in ("journal", "howpublished", "url", "doi", "note"):
        found = _PREFIXED_ARXIV_ID.search(plain.get(name, ""))
        arxiv = arxiv or (found[1] if found else None)
    url = plain.get("url", "")
    forum, video = _OPENREVIEW.search(url), _YOUTUBE.search(url)
    return (
        Identifiers(
            arxiv=arxiv,
            doi=re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", plain.get("doi", "")) or None,
            openreview=plain.get("openreview") or (forum[1] if forum else None),
            youtube=plain.get("youtube") or (video[1] if video else None),
            url=url or None,
        ),
        used,
    )


def _authors(value: str, entry: Any) -> tuple[Author, ...]:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names

    authors = []
    for name in split_multiple_persons_names(value):
        if name.strip() == "others":
            continue
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError as error:
            what = f"`{entry.key}` has an author's name out of form: {error.reason}"
            raise _at(entry.start_line, what, "Write it as Family, Given.") from error
        family = _decoded(" ".join([*parts.von, *parts.last, *parts.jr]))
        authors.append(Author(family, _decoded(" ".join(parts.first))))
    return tuple(authors)


def _unescaped(value: str) -> str:
    opened = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", value)
    return re.sub(r"\\([%#&_$~{}])", r"\1", opened).strip()


def _decoded(value: str) -> str:
    """LaTeX as a reader sees it; formulas stay as they are."""
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    # A bare % is no comment in BibTeX, as it would be in LaTeX; and three macros are missing from the decoder's list.
    safe = re.sub(r"(?<!\\)%", r"\\%", value)
    for macro, mark in ((r"\textbraceleft", r"\{"), (r"\textbraceright", r"\}"), (r"\textasciicircum", "^")):
        safe = safe.replace(macro, mark)
    entry = Entry("misc", "k", [Field("value", safe)])
    return " ".join(str(_decoder().transform_entry(entry, Library()).fields[0].value).split())


@functools.cache
def _decoder() -> Any:
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware()


_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
    "`": r"\textasciigrave{}",
}


def _escaped(value: str) -> str:
    """The LaTeX of a plain string; what is a formula already stays one."""
    pieces, end = [], 0
    for formula in _MATH.finditer(value):
        if _is_formula(formula[0]):
            pieces += [_escaped_prose(value[end : formula.start()]), formula[0]]
            end = formula.end()
    return "".join([*pieces, _escaped_prose(value[end:])])


def _is_formula(text: str) -> bool:
    """True for what LaTeX would set as a formula: of its plain signs only, braces in pairs."""
    depth = 0
    for mark in text:
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            return False
    plain = re.fullmatch(r"\$[A-Za-z0-9\\^_{}()\[\]+=/*,.:|<> -]+\$", text) and not re.search(r"\\(?![A-Za-z])|--|,,|<<|>>", text)
    return depth == 0 and bool(plain) and bool(re.search(r"[\\^_]", text))


def _escaped_prose(value: str) -> str:
    # Hyphens and quote marks that stand together would be drawn together, into a dash or a curly quote.
    apart = re.sub(r"([-'?!<>,])(?=\1)|([?!])(?=`)", lambda mark: f"{mark[0]}\0", value)
    return "".join(_ESCAPES.get(mark, mark) for mark in apart).replace("\0", "{}")


def _name(author: Author) -> str:
    plain = not re.search(r",|\band\b", author.full)
    if not author.given:
        return f"{{{_escaped(author.family)}}}"
    if plain:
        return f"{_escaped(author.family)}, {_escaped(author.given)}"
    return f"{{{_escaped(author.family)}}}, {{{_escaped(author.given)}}}"


def _venue_field(work: Work) -> str:
    others = {name for name, _ in work.fields}
    if others & set(_VENUES) or work.kind == "article":
        return "journal"
    return "booktitle" if work.kind in {"inproceedings", "incollection", "conference", "inbook"} else "howpublished"


def _entry(work: Work) -> str:
    known = work.identifiers
    # Double braces keep the title's capitals in every bibliography style.
    lines = [("title", f"{{{_escaped(work.title)}}}")]
    if work.authors:
        lines.append(("author", " and ".join(map(_name, work.authors))))
    if work.year is not None and not any(name == "date" and value[:4] == str(work.year) for name, value in work.fields):
        lines.append(("year", str(work.year)))
    if work.venue:
        lines.append((_venue_field(work), _escaped(work.venue)))
    if known.arxiv:
        lines += [("eprint", known.arxiv), ("archiveprefix", "arXiv")]
    named = (("doi", known.doi), ("openreview", known.openreview), ("youtube", known.youtube), ("url", known.url))
    lines += [(name, re.sub(r"([{}])", r"\\\1", value)) for name, value in named if value]
    lines += [(name, value if name in _VERBATIM else _escaped(value)) for name, value in work.fields]
    return f"@{work.kind}{{{work.key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in lines) + "}\n"
