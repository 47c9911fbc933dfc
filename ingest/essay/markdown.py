"""Essays as Markdown: blocks by what markdown-it says they are, notes by their labels. Knows no reference and no question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.essay.byline import with_byline
from ingest.essay.dates import date_in, year_in
from ingest.essay.plain import is_heading
from ingest.essay.writing import Block, BlockKind, Link, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_NOTE = re.compile(r"^ {0,3}\[(\^[\w.+-]+|\d{1,3})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|(?=\n[ \t]{2,}\S)))*)", re.M)
_BROKEN_TAG = re.compile(r"<br\s*/?>", re.I)


@dataclass(slots=True)
class _State:
    """Where in the tokens we are."""

    level: int = 0
    entries: list[str | None] = field(default_factory=list)
    """Labels of the entries that are open."""
    counts: list[int | None] = field(default_factory=list)
    """Next number of the lists that are open; None for bullets."""


def read_markdown(text: str) -> Writing:
    """Take a Markdown file apart."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    stated = _stated(front[1]) if front else {}
    body = text[front.end() :] if front else text
    parser = MarkdownIt("commonmark").enable("table")
    notes = [(label.lstrip("^"), " ".join(words.split())) for label, words in _NOTE.findall(body)]
    tokens = parser.parse(_NOTE.sub("", body))
    blocks = [*_blocks(tokens), *(_note(parser, label, words) for label, words in notes)]
    top = next((block for block in blocks if block.kind == "heading"), None)
    title, dated = stated.get("title"), stated.get("date", "")
    if title is None and top is not None and top is blocks[0]:
        title = top.prose
    if title is not None and top is not None and top is blocks[0] and top.prose == title:
        blocks = blocks[1:]
    date = date_in(dated) or year_in(dated)
    return with_byline(Writing(tuple(blocks), title, stated.get("author"), date, stated.get("url")))


def _stated(front: str) -> dict[str, str]:
    """The plain values of the front matter."""
    found = re.findall(r"^(\w+):[ \t]*(?:\n[ \t]+-[ \t]*)?(\S.*?)[ \t]*$", front, re.M)
    values = {key.lower(): value.strip("\"'[]") for key, value in found}
    renamed = {"authors": "author", "published": "date", "canonical_url": "url", "permalink": "url"}
    for old, new in renamed.items():
        if old in values:
            values.setdefault(new, values[old])
    if "://" not in values.get("url", ""):
        values.pop("url", None)
    return values


def _note(parser: MarkdownIt, label: str, words: str) -> Block:
    inline = parser.parseInline(words)[0]
    text, links, italics = _inline(inline.children or [])
    return Block("note", text, label=label, links=links, emphasised=italics)


def _blocks(tokens: Sequence[Token]) -> Iterable[Block]:
    state = _State()
    for token in tokens:
        _follow(state, token)
        if token.type == "inline":
            text, links, italics = _inline(token.children or [])
            kind: BlockKind = "heading" if state.level else "entry" if state.entries else "paragraph"
            label = state.entries[-1] if state.entries and not state.level else None
            bold = re.fullmatch(r"(\*\*|__)(.+)\1", token.content.strip())
            if kind == "paragraph" and bold and is_heading(bold[2].rstrip(":"), None, ""):
                yield Block("heading", text.rstrip(":"), 6)
            elif text.strip():
                yield Block(kind, text, state.level, label, links, italics)
            if state.entries:
                state.entries[-1] = None  # only the first paragraph of an entry bears its label
        elif token.type in ("fence", "code_block"):
            yield Block("code", token.content)
        elif token.type == "html_block":
            from ingest.essay.web import blocks_of

            yield from blocks_of(token.content)


def _follow(state: _State, token: Token) -> None:
    match token.type:
        case "heading_open":
            state.level = int(token.tag[1:])
        case "heading_close":
            state.level = 0
        case "ordered_list_open":
            state.counts.append(int(token.attrGet("start") or 1))
        case "bullet_list_open":
            state.counts.append(None)
        case "ordered_list_close" | "bullet_list_close":
            state.counts.pop()
        case "list_item_open":
            number = state.counts[-1]
            state.entries.append(None if number is None else str(number))
            state.counts[-1] = None if number is None else number + 1
        case "list_item_close":
            state.entries.pop()


def _inline(tokens: Sequence[Token]) -> tuple[str, tuple[Link, ...], tuple[str, ...]]:
    """The words of a block, its links and what is in italics; marks of footnotes stay as they are written."""
    words: list[str] = []
    links: list[Link] = []
    italics: list[str] = []
    url, start, slant, raised = "", 0, 0, False
    for token in tokens:
        match token.type:
            case "link_open":
                url, start = str(token.attrGet("href") or ""), len(words)
            case "link_close":
                links.append(Link(" ".join("".join(words[start:]).split()), url))
                if re.fullmatch(r"\d{1,3}", links[-1].text):
                    words[start:] = [f"[{links[-1].text}]"]
            case "em_open":
                slant = len(words)
            case "em_close":
                italics.append(" ".join("".join(words[slant:]).split()))
            case "softbreak" | "hardbreak":
                words.append("\n")
            case "html_inline":
                raised = raised ^ (re.match(r"</?sup\b", token.content, re.I) is not None)
                words.append("\n" if _BROKEN_TAG.match(token.content) else "")
            case "image":
                pass
            case _:
                number = raised and re.fullmatch(r"\d{1,3}(?:\s*,\s*\d{1,3})*", token.content.strip())
                words.append(f"[{token.content.strip()}]" if number else token.content)
    return "".join(words), tuple(link for link in links if link.url), tuple(filter(None, italics))
