"""Papers of our own making as arXiv has them: printed with a stamp, and described in a feed."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas

from tests.servers.loopback import Site, send

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.servers.loopback import Act


@dataclass(frozen=True)
class Paper:
    """One version of a paper."""

    id: str
    version: str = "v1"
    title: str = "Lanterns in Small Harbours"
    authors: tuple[str, ...] = ("Ada Keeper", "Bo Clerk")
    says: tuple[str, ...] = (
        "A lantern on the mole doubles the number of boats that come home before dark in a small harbour.",
        "The keeper writes down every boat, and the clerk reads what the keeper has written on the next day.",
        "Nobody had counted the boats of the northern harbour before the lantern was hung over its gate.",
    )
    stamped: bool = True
    published: str = "2031-01-01T00:00:00Z"
    updated: str = "2031-01-02T00:00:00Z"
    comment: str = ""

    def next(self, version: str, *says: str) -> Paper:
        """A later version with these words behind."""
        return replace(self, version=version, says=(*self.says, *says))


@cache
def printed(paper: Paper) -> bytes:
    """The PDF; the same bytes every time."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(72, 760, paper.title)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, 735, ", ".join(paper.authors))
    if paper.stamped:
        canvas.drawString(72, 30, f"arXiv:{paper.id}{paper.version}  [cs.DL]  2 Jan 2031")
    canvas.setFont("Times-Bold", 13)
    canvas.drawString(72, 700, "1 Introduction")
    canvas.setFont("Times-Roman", 11)
    y = 680
    for sentence in paper.says:
        words, line = sentence.split(), ""
        for word in words:
            if len(line) + len(word) > 85:
                canvas.drawString(72, y, line.strip())
                y, line = y - 14, ""
            line += f"{word} "
        canvas.drawString(72, y, line.strip())
        y -= 14
    canvas.save()
    return out.getvalue()


def entry(paper: Paper) -> str:
    """What arXiv's feed says of it."""
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    comment = f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.id}{paper.version}</id><updated>{paper.updated}</updated>"
        f"<published>{paper.published}</published><title>{escape(paper.title)}</title><summary>Lamps.</summary>{authors}{comment}"
        f'<link href="http://arxiv.org/abs/{paper.id}{paper.version}" rel="alternate" type="text/html"/>'
        f'<link title="pdf" href="http://arxiv.org/pdf/{paper.id}{paper.version}" rel="related" type="application/pdf"/>'
        '<arxiv:primary_category term="cs.DL"/><category term="cs.DL"/></entry>'
    )


def feed(*entries: str) -> bytes:
    """A page of arXiv's feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><title>arXiv</title>'
        f"<opensearch:totalResults>{len(entries)}</opensearch:totalResults>{''.join(entries)}</feed>"
    ).encode()


def stock(site: Site, papers: Sequence[Paper]) -> None:
    """Let the site have these papers, the last one of an id being the newest."""
    newest = {paper.id: paper for paper in papers}
    by_version = {f"{paper.id}{paper.version}": paper for paper in papers}

    def query(request: object) -> None:
        from urllib.parse import parse_qs, urlsplit

        asked = parse_qs(urlsplit(request.path).query)  # type: ignore[attr-defined]
        ids = [name for name in asked.get("id_list", [""])[0].split(",") if name]
        found = [by_version.get(name) or newest.get(name) for name in ids] if ids else list(newest.values())
        act: Act = send(feed(*(entry(paper) for paper in found if paper)), Content_Type="application/atom+xml")
        act(request)  # type: ignore[arg-type]

    site.acts["/api/query"] = query
    site.acts |= {f"/pdf/{name}": send(printed(paper)) for name, paper in by_version.items()}
