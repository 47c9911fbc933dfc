"""arXiv's feed, mended where a field is missing. Knows Atom's tags, and no address.

The package `arxiv` leaves out an entry without an id or a date; what remains of such an entry is still of use.
"""

from __future__ import annotations

import re

NO_TIME = b"0001-01-01T00:00:00Z"
"""Stands for a missing date."""
LARGEST = 20_000_000
"""Bytes of a page of the feed; a hundred papers have less than one in fifty of these."""

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.I)
_TOTAL, _START = (re.compile(rb"totalResults[^>]*>\s*(\d{1,9})\s*<"), re.compile(rb"startIndex[^>]*>\s*(\d{1,9})\s*<"))
_ENTRY = re.compile(rb"<entry\b[^>]*>.*?</entry>", re.S)
_LINK = re.compile(rb"""href=["']https?://[^"']*?/(?:abs|pdf)/([^"'?#\s]+?v\d+)(?:\.pdf)?["']""")


def is_feed(content: bytes) -> bool:
    """True for bytes that begin as a feed does; arXiv's declares no entities, which can blow up or read files."""
    return b"<feed" in content[:4096] and len(content) <= LARGEST and _DECLARED.search(content) is None


def is_whole(content: bytes) -> bool:
    """False for a feed without its end, and for a first page without the papers that it counts: both pass."""
    if not is_feed(content):
        return True
    total, start = (int(found[1]) if (found := pattern.search(content)) else 0 for pattern in (_TOTAL, _START))
    return b"</feed>" in content[-2048:] and (start < total) <= (b"<entry" in content)


def mended(feed: bytes) -> bytes:
    """The feed, each entry with an id and both dates."""
    return _ENTRY.sub(lambda found: _entry(found[0]), feed)


def _entry(entry: bytes) -> bytes:
    published, updated = _value(entry, b"published"), _value(entry, b"updated")
    added = b""
    if not _value(entry, b"id") and (link := _LINK.search(entry)):
        added += b"<id>http://arxiv.org/abs/" + link[1] + b"</id>"
    for name, own, other in ((b"published", published, updated), (b"updated", updated, published)):
        if not own:
            entry = re.sub(rb"<%s\b[^>]*?(?:/>|>.*?</%s>)" % (name, name), b"", entry, flags=re.S)
            added += b"<%s>%s</%s>" % (name, other or NO_TIME, name)
    if b"<id>http://arxiv.org" in added:
        entry = re.sub(rb"<id\b[^>]*?(?:/>|>\s*</id>)", b"", entry, flags=re.S)
    start = entry.index(b">") + 1
    return entry[:start] + added + entry[start:]


def _value(entry: bytes, name: bytes) -> bytes:
    """The text of a tag; of a date only where it is one."""
    found = re.search(rb"<%s\b[^>]*>(.*?)</%s>" % (name, name), entry, re.S)
    value = found[1].strip() if found else b""
    if name == b"id":
        return value
    return value if re.fullmatch(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", value) else b""
