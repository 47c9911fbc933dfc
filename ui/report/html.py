"""The report as one web page that needs nothing beside it. Knows no place on disk; the form is the template's.

The page forbids itself every network attempt. Its answers lie inside it as JSON, so that `verify` can read it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bot.answer_json import REPORT_ELEMENT
from bot.answers import Locator
from bot.pincite import clock, link, place, web_address
from ui.printable import as_sentence, counted, visible
from ui.report.arrangement import named
from ui.report.picture import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers import Citation
    from ui.report.arrangement import Arrangement

    Pictures = Callable[[Citation], bytes | None]

NEAREST = 3
"""How many passages an abstention shows."""


def report_html(arrangement: Arrangement, saved: str, bibtex: str, pictures: Pictures | None = None) -> str:
    """The page; `saved` is its answers' JSON, `bibtex` its bibliography, `pictures` gives a quote's crop of its page."""
    style, script = _source("report.css"), _source("report.js")
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            report=arrangement,
            essay=arrangement.essay,
            grid=picture(arrangement),
            style=Markup(style),  # noqa: S704 - ours, from this package
            script=Markup(script),  # noqa: S704 - ours, from this package
            policy=_policy(style, script),
            element=REPORT_ELEMENT,
            saved=Markup(unbreakable(saved)),  # noqa: S704 - it has no character left that HTML knows
            bibtex=bibtex,
            bibtex_address=f"data:application/x-bibtex;charset=utf-8,{percent_encoded(bibtex)}",
            nearest=NEAREST,
            picture_of=lambda citation: _embedded(pictures(citation)) if pictures else None,
        )
    )


def unbreakable(json_text: str) -> str:
    """The same JSON without <, > and &, so that no quote can end the element that carries it."""
    return json_text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _embedded(webp: bytes | None) -> str | None:
    """A picture as an address that carries it."""
    return f"data:image/webp;base64,{base64.b64encode(webp).decode()}" if webp else None


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hashed(style)}'; script-src '{_hashed(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashed(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _source(name: str) -> str:
    return files("ui.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    environment.filters.update(
        address=web_address,
        counted=counted,
        home=lambda work: link(work, None, Locator()),
        host=lambda address: urlsplit(address).netloc.removeprefix("www."),
        names=named,
        opens=_opens,
        percent=lambda value: f"{round(100 * value)} %",
        place=lambda evidence: place(evidence.locator),
        sentence=as_sentence,
        slug=lambda key: re.sub(r"[^A-Za-z0-9]+", "-", key),
    )
    return environment


def _shown(value: Any) -> Any:
    """Whatever a template prints passes here; markup of our own has passed it once."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _opens(citation: Citation) -> str:
    """What following the link does, as far as the address itself says where: `page 12`, `at 12:41`, `the work`."""
    where, address = citation.locator, citation.link or ""
    if where.time is not None and "t=" in address:
        return f"at {clock(where.time)}"
    return f"page {where.page}" if "#page=" in address else "the talk" if citation.work.is_talk else "the work"
