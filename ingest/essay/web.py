"""Essays as HTML: the blocks of the page's main part, with the addresses behind their words. Knows no reference and no question.

The main text that trafilatura finds is of no use here: it leaves out notes, marks and addresses, which are what we want.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.essay.byline import with_byline
from ingest.essay.dates import date_in, year_in
from ingest.essay.writing import Block, BlockKind, Link, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset("script style nav form button svg noscript template iframe select input aside figure dialog head".split())
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption footer h1 h2 h3 h4 h5 h6 header hr html li "
    "main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_UNWANTED = re.compile(
    r"\b(?:comments?|related|share|sharing|social|newsletter|subscribe|sidebar|menu|nav|navbar|cookies?|breadcrumbs?|toc|"
    r"table-of-contents|advert\w*|promo|pagination|site-footer|site-header|tags|author-bio|masthead)\b",
    re.I,
)
_LISTED = re.compile(r"\b(?:references?|reference-list|bibliography|footnotes?|endnotes?|citations?|works-cited)\b", re.I)
_BACK = re.compile(r"\s*[↩↑⤴⏎^]\ufe0e?\s*")


def read_web(text: str) -> Writing:
    """Take a web page apart."""
    import trafilatura

    tree = trafilatura.load_html(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    if tree is None:
        return Writing(())
    root = _root(tree)
    blocks = list(_walk(root))
    title = _first(tree, "//meta[@property='og:title']/@content") or _text(root, ".//h1") or _text(tree, "//title")
    top = next((place for place, block in enumerate(blocks) if block.kind == "heading"), None)
    if top is not None and top <= 3 and blocks[top].level == 1:
        title = blocks[top].prose
        blocks = [*(block for block in blocks[:top] if len(block.prose.split()) > 15), *blocks[top + 1 :]]
    author = _first(tree, "//meta[@name='author' or @property='article:author']/@content") or _text(
        tree, "//*[contains(@class,'author') or contains(@class,'byline') or @rel='author']"
    )
    author = re.sub(r"^(?:written )?by\s+", "", author, flags=re.I) if author and len(author) < 80 else None
    url = _first(tree, "//link[@rel='canonical']/@href") or _first(tree, "//meta[@property='og:url']/@content")
    return with_byline(Writing(tuple(blocks), title, author, _date(tree), url if url and "://" in url else None))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a stretch of HTML inside another file."""
    import trafilatura

    tree = trafilatura.load_html(f"<html><body>{text}</body></html>")
    return [] if tree is None else list(_walk(tree))


def _root(tree: Any) -> Any:
    """The element that holds the essay: the largest article, else main, else the body."""
    for query in ("//article", "//main", "//*[@role='main']"):
        found = [element for element in tree.xpath(query) if len("".join(element.itertext()).split()) > 50]
        if found:
            return max(found, key=lambda element: len("".join(element.itertext())))
    body = tree.xpath("//body")
    return body[0] if body else tree


def _first(tree: Any, query: str) -> str | None:
    return next((" ".join(str(value).split()) for value in tree.xpath(query) if str(value).strip()), None)


def _text(tree: Any, query: str) -> str | None:
    return next((words for element in tree.xpath(query)[:1] if (words := " ".join("".join(element.itertext()).split()))), None)


def _date(tree: Any) -> str | None:
    queries = (
        "//meta[@property='article:published_time' or @name='date' or @name='citation_publication_date']/@content",
        "//time/@datetime",
        "//time//text()",
        "//*[contains(@class,'date') or contains(@class,'published')]//text()",
    )
    found = (value for query in queries for value in map(str, tree.xpath(query)))
    return next((date for value in found if (date := date_in(value) or year_in(value))), None)


def _walk(element: Any, label: str | None = None, kind: BlockKind = "paragraph") -> Iterator[Block]:
    """Every block below an element, in order; those of a part that is named like a list of references are notes."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED or _unwanted(element):
        return
    if element.tag == "pre":
        yield Block("code", "".join(element.itertext()))
        return
    if kind != "note":
        kind = "note" if _is_listing(element) else "entry" if element.tag in ("li", "dd", "td") else kind
    level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", element.tag) else 0
    count = int(element.get("start") or 1) if element.tag == "ol" and (element.get("start") or "1").isdigit() else 1
    words, is_list = _Words(), element.tag in ("ol", "ul")
    words.add(element.text)
    for child in element:
        if _is_block(child):
            yield from words.block("heading" if level else kind, level, label)
            numbered = element.tag == "ol" and child.tag == "li"
            mine = _label(child) or (str(count) if numbered else None) if is_list else label
            yield from _walk(child, mine, "paragraph" if is_list and kind != "note" else kind)
            count += numbered
        else:
            words.inline(child)
        words.add(child.tail)
    yield from words.block("heading" if level else kind, level, label)


def _is_block(element: Any) -> bool:
    """True for what parts lines, and for what holds such."""
    return isinstance(element.tag, str) and (element.tag in _BLOCKS or next(element.iter(*_BLOCKS), None) is not None)


def _is_listing(element: Any) -> bool:
    """True for a part of the page named like a list of references, not for the page's whole."""
    named = element.tag in ("ol", "ul", "dl", "section", "div", "footer") and _LISTED.search(_named(element))
    return bool(named) and len(element.xpath(".//h1|.//h2|.//h3")) < 2


def _named(element: Any) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''} {element.get('role') or ''}".replace("_", "-")


def _unwanted(element: Any) -> bool:
    return (
        element.tag in _BLOCKS
        and element.tag not in ("body", "html", "article", "main")
        and bool(_UNWANTED.search(_named(element)))
    )


def _label(element: Any) -> str | None:
    """The number at the end of an entry's id: `fn3`, `ref-12`, `cite_note-4`."""
    found = re.search(r"(?:fn|note|ref|cite|bib|^[rnb](?=[-_.:]?\d))\D*(\d{1,3})$", element.get("id") or "", re.I)
    return found[1] if found else None


class _Words:
    """The words of a block as they come, and the links among them."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._links: list[Link] = []
        self._italics: list[str] = []

    def add(self, words: str | None) -> None:
        """White space folded."""
        if words:
            self._words.append(re.sub(r"\s+", " ", words))

    def inline(self, element: Any) -> None:
        """An element inside a line, and what it holds."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if element.tag == "br":
            self._words.append("\n")
            return
        start = len(self._words)
        if element.tag == "q":
            self._words.append("“")
        self.add(element.text)
        for child in element:
            self.inline(child)
            self.add(child.tail)
        words = "".join(self._words[start:]).strip()
        number = re.fullmatch(r"\[?\^?(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]?", words)
        inner = element.tag == "a" and (element.get("href") or "").startswith("#")
        power = element.tag == "sup" and words.isdigit() and "".join(self._words[:start])[-1:].isdigit()
        if power:
            self._words[start:] = [f"^{words}"]
        elif number and (element.tag == "sup" or inner):
            self._words[start:] = [f"[{number[1]}]"]
        elif element.tag == "a" and _BACK.fullmatch(words):
            self._words[start:] = []
        elif element.tag == "a" and "://" in (element.get("href") or ""):
            self._links.append(Link(" ".join(words.split()), element.get("href")))
        elif words and element.tag in ("i", "em", "cite"):
            self._italics.append(" ".join(words.split()))
        if element.tag == "q":
            self._words.append("”")

    def block(self, kind: BlockKind, level: int, label: str | None) -> Iterator[Block]:
        """What was gathered, if it is more than white space; then begin anew."""
        text = "\n".join(" ".join(line.split()) for line in "".join(self._words).split("\n")).strip()
        text = re.sub(r"\[\[(\d+)\]\]", r"[\1]", text)
        if text:
            yield Block(kind, text, level, label, tuple(self._links), tuple(self._italics))
        self._words, self._links, self._italics = [], [], []
