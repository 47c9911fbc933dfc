"""Pincites: the place of a quote as a reader writes it, and the address that opens the original there.

Knows no library, no file and no screen; a place is what a `Locator` says, and nothing is looked up or guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from bot.answers import Locator
    from corpus.documents import Document
    from corpus.works import Identifiers, Work

SHORT_TITLE = 40
"""A section's title stands in a pincite beside a page only up to this many characters."""

LONG_TITLE = 72
"""Where the section is all that is known, its title is cut at a word before this many characters."""

_SECTION_NUMBER = re.compile(
    r"(?:§\s*|(?:Section|Chapter|Appendix)\s+)?"
    r"(\d{1,2}(?:\.\d{1,2})*(?=\.?(?:\s|$))"  # 4, 4.1, 4.1.2
    r"|[A-Z](?:\.\d{1,2})+(?=\.?(?:\s|$))"  # A.1
    r"|[A-Z](?=\.(?:\s|$)|$)"  # A. Details
    r"|[B-HJ-Z](?=\s)"  # B Details; "A" and "I" begin titles too
    r"|[IVX]{1,5}(?=\.(?:\s|$)|$))"  # IV. Method
)
_NAMED_SECTION = re.compile(r"(?:Section|Chapter|Appendix)\s+([A-Z]|\d{1,2})\b")
_ARXIV_VERSION = re.compile(r"v\d+")


def pincite(work: Work, locator: Locator) -> str:
    """`LeCun 2022, p. 12, §4.1`; only the work's label where nothing is known of the place."""
    where = place(locator)
    return f"{work.label}, {where}" if where else work.label


def place(locator: Locator) -> str:
    """The pincite without its work: `p. 12, §4.1`; empty where nothing is known."""
    if locator.time is not None:
        return clock(locator.time)
    if locator.part is not None:
        of = f" of {locator.parts}" if locator.parts else ""
        return f"part {locator.part}{of}, untimed transcript"
    if locator.page is None:
        return _only_section(locator.section)
    page = f"p. {locator.page}"
    if locator.label and locator.label != str(locator.page):
        page = f"p. {locator.label} (PDF page {locator.page})"
    section = _beside_page(locator.section)
    return f"{page}, {section}" if section else page


def clock(seconds: float) -> str:
    """`12:41`, or `1:02:03` from an hour on; whole seconds, so that a player starts before the words."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def link(work: Work, document: Document | None, locator: Locator, *, version: str | None = None) -> str | None:
    """The address of the place in the original, or of the original; None where no address is known.

    `version` speaks where there is no document; an arXiv address carries it, so that the page stays the page.
    """
    known = work.identifiers
    if known.arxiv:
        stated = document.version if document and document.version else version
        suffix = stated if stated and _ARXIV_VERSION.fullmatch(stated) else ""
        return f"https://arxiv.org/pdf/{quote(known.arxiv, safe='/')}{suffix}{_page_fragment(locator)}"
    if known.openreview:
        return f"https://openreview.net/pdf?id={quote(known.openreview, safe='')}{_page_fragment(locator)}"
    if known.youtube:
        start = f"&t={max(0, int(locator.time))}s" if locator.time is not None else ""
        return f"https://www.youtube.com/watch?v={quote(known.youtube, safe='')}{start}"
    return _plain_address(known, document, locator)


def web_address(address: str | None) -> str | None:
    """The address if a browser may open it (http or https with a host), else None."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None


def _plain_address(known: Identifiers, document: Document | None, locator: Locator) -> str | None:
    address = web_address(known.url) or web_address(document.origin if document else None)
    if address is None:
        return f"https://doi.org/{quote(known.doi, safe='/')}" if known.doi else None
    if urlsplit(address).path.lower().endswith(".pdf"):
        return address.split("#")[0] + _page_fragment(locator)
    return address


def _page_fragment(locator: Locator) -> str:
    return f"#page={locator.page}" if locator.page is not None else ""


def _section_number(section: str) -> str | None:
    found = _NAMED_SECTION.match(section) or _SECTION_NUMBER.match(section)
    return found.group(1) if found else None


def _beside_page(section: str | None) -> str:
    title = (section or "").strip()
    number = _section_number(title)
    if number:
        return f"§{number}"
    return f"“{title}”" if title and len(title) <= SHORT_TITLE else ""


def _only_section(section: str | None) -> str:
    title = (section or "").strip()
    if not title:
        return ""
    number = _section_number(title)
    if number:
        return f"§{number}"
    if len(title) > LONG_TITLE:
        title = title[:LONG_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"§{title}"
