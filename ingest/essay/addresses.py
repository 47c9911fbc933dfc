"""Identifiers and addresses in a reference's words. Knows no style of reference and no registry's protocol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.bibliography import ARXIV_ID
from corpus.works import Identifiers
from ingest.essay.writing import Link
from ingest.sources.address import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.essay.writing import Block

URL = re.compile(
    r"https?://[^\s<>\"“”\[\]{}|\\^]+|(?<![\w/.@])(?:www\.|arxiv\.org/|doi\.org/|youtu\.be/|"
    r"openreview\.net/)[^\s<>\"“”\[\]{}|\\^]+",
    re.I,
)
_ARXIV = re.compile(
    rf"(?<![\w/.])arxiv\s*(?:preprint\s*)?(?:arxiv\s*)?[:,]?\s*(?P<id>{ARXIV_ID})(?:v\d+)?(?:\s*\[[\w.-]+\])?", re.I
)
_ABS = re.compile(rf"(?<![\w/.])abs/(?P<id>{ARXIV_ID})(?:v\d+)?", re.I)
_DOI = re.compile(r"(?<![\w/.])(?:doi\s*[:=]?\s*)?(?P<id>10\.\d{4,9}/[^\s\"<>{}|\\^`“”]+)", re.I)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*[\d Xx-]{10,17}")


def identifiers_of(text: str, urls: Iterable[str] = ()) -> Identifiers:
    """What a reference is known as, by its words and the addresses behind them."""
    found: dict[str, str] = {}
    for pattern, name in ((_ARXIV, "arxiv"), (_ABS, "arxiv")):
        if match := pattern.search(text):
            found.setdefault(name, match["id"])
    bare = URL.sub(" ", text)
    addresses = [trimmed(url) for url in (*urls, *URL.findall(text))]
    if match := _DOI.search(bare):
        addresses.append(f"doi:{trimmed(match['id'])}")
    for written in addresses:
        address = parse(written if ":" in written else f"https://{written}")
        if address.kind in ("arxiv", "doi", "openreview", "youtube"):
            found.setdefault(address.kind, address.value)
            if address.kind == "youtube":
                found.setdefault("url", written)
        elif address.kind == "web":
            found.setdefault("url", written)
    return Identifiers(**found)


def links_of(block: Block) -> tuple[Link, ...]:
    """The links of a block, and the addresses and arXiv ids that stand bare in its words."""
    stated = {trimmed(link.url) for link in block.links}
    bare = [trimmed(url) for url in URL.findall(block.text)]
    written = URL.sub(" ", block.text)
    bare += [f"https://arxiv.org/abs/{found['id']}" for found in _ARXIV.finditer(written)]
    bare += [f"https://doi.org/{trimmed(found['id'])}" for found in _DOI.finditer(written)]
    return (*block.links, *(Link("", url if "://" in url else f"https://{url}") for url in bare if url not in stated))


def without_addresses(text: str) -> str:
    """A reference's words without identifiers, addresses, and what only leads to them."""
    text = URL.sub(" ", text)
    for pattern in (_ARXIV, _ABS, _DOI, _ISBN):
        text = pattern.sub(" ", text)
    text = re.sub(r"\(\s*(?:accessed|retrieved|last (?:accessed|visited)|visited)[^)]*\)", " ", text, flags=re.I)
    text = re.sub(
        r"\b(?:accessed|retrieved|last (?:accessed|visited))(?: on)?:?\s+[\w ,]*?\d{4}(?:-\d\d-\d\d)?\.?", " ", text, flags=re.I
    )
    text = re.sub(
        r"\b(?:available (?:at|from|online)|retrieved from|url|doi|link|from|pdf|eprint)\s*:?\s*(?=[.,;)\]]|$)",
        " ",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\[(?:online|pdf|link|paper|code|blog|video|arxiv|web|html|url)\]|\(\s*[,;.]*\s*\)|\[\s*\]|<\s*>", " ", text, flags=re.I
    )
    text = re.sub(r",(?=,)", "", re.sub(r"\s+([.,;])", r"\1", " ".join(text.split())))
    # A comma behind an initial parts names, and stays.
    return re.sub(r"(?!(?<=\b[A-ZÀ-Þ])\.,\s\w)(?:\.(?:[,;.]\s*)+(?=\s)|\.,)", ".", text).strip(" ,;|-–—")


def trimmed(url: str) -> str:
    """An address without the sentence's signs behind it; a bracket stays where it was opened inside."""
    url = url.rstrip(".,;:!?'’*_↩")
    while url.endswith((")", "]")) and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:")
    return url
