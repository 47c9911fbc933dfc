"""An answer as pieces of HTML, and text as it stands in Streamlit's Markdown. Knows no page, no session and no library.

Whatever comes from elsewhere (quotes, titles, questions) is escaped here: a quote that holds `<script>`, `**` or `$`
shows these characters and does nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.pincite import clock, place, web_address
from ui.printable import printable, visible
from ui.report.arrangement import arrange
from ui.show import NEAREST, NOT_HERE, OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers import Answer, Citation, Claim
    from corpus.records import WorkRecord
    from corpus.works import Work
    from ui.report.arrangement import Voice

GONE = "the work has been taken out of the library since"
SUPERSEDED = "a newer version has replaced this one"
NO_MODEL = "No language model reads along: answers are made of the works' own words and of annotations."

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TURNED = re.compile(r"(?:(?<!\S)[-<>=~](?=[-=>]{1,2}(?!\S))|:(?=[a-z][\w/+-]*:|//)|\bwww(?=\.)|@(?=\w))", re.I)
"""Where Streamlit would make an arrow, a dash, a picture or a link of characters that are escaped already."""


def literal(text: str | None) -> str:
    """The text for a label or a message, each character shown as it stands: nothing in it is Markdown."""
    # A word joiner has no width; without it `->` becomes an arrow and `:smile:` a face, escaped or not.
    return _PUNCTUATION.sub(r"\\\1", _TURNED.sub("\\g<0>\u2060", printable(text)))


def question_html(question: str) -> str:
    """The question as a person wrote it."""
    return element('<p class="question">{}</p>', visible(question))


def answer_html(answer: Answer) -> str:
    """The answer's prose: its opening, then the claims by work with their marks; or why there is none, and what is nearest."""
    if answer.status != "answered":
        pieces = [element('<p class="opening">{}</p>', visible(answer.message or "")), *_nearest(answer)]
    else:
        pieces = [element('<p class="opening">{}</p>', visible(answer.opening))] if answer.opening else []
        pieces += _parts(answer)
    pieces += [element('<p class="note">{}</p>', visible(note)) for note in answer.notes]
    return element('<div class="answer">{}</div>', Markup("").join(pieces))


def citation_label(citation: Citation) -> str:
    """What the closed citation says, as Markdown for Streamlit."""
    kind = "" if citation.quote else " · annotation only"
    return f"**{citation.number}**\u2003{literal(citation.pincite)}{kind}"


def citation_html(answer: Answer, citation: Citation, *, gone: bool = False) -> str:
    """The verbatim words and where they stand; `gone` where the work is no longer in the library."""
    pieces = []
    if citation.quote:
        pieces.append(element("<blockquote>{}</blockquote>", visible(citation.quote.text)))
    elif citation.statement:
        pieces.append(element("<p>{}</p>", visible(citation.statement)))
    labels = [NOT_HERE] if citation.quote is None else []
    labels += [SUPERSEDED] if citation.superseded_by else []
    labels += [GONE] if gone else []
    pieces += [element('<p class="label">{}</p>', label) for label in labels]
    pieces.append(element('<dl class="place">{}</dl>', Markup("").join(_facts(answer, citation))))
    return element('<div class="citation">{}</div>', Markup("").join(pieces))


def footing_html(answer: Answer) -> str:
    """Small print: what was searched, how sure it is, who composed it, how long it took."""
    says = [f"confidence {answer.confidence:.2f}"]
    says.append("composed from the library" if answer.composer == "library" else f"composed by {answer.composer}")
    if answer.dropped:
        says.append(f"{answer.dropped} dropped, the proof failed")
    if total := answer.milliseconds.get("total"):
        says.append(f"{total:.0f} ms" if total < 10_000 else f"{clock(total / 1000)} min")
    ours = Markup("<br>{}").format(OURS) if any(claim.kind == "annotated" for claim in answer.claims) else ""
    words = '<p class="footing">Searched: <span class="query">{}</span><br>{}{}</p>'
    return element(words, visible(answer.query), visible(" · ".join(says)), ours)


def works_html(records: Iterable[WorkRecord]) -> str:
    """The works of the library with their state."""
    lines = [
        element(
            '<li><span class="label">{}</span> <span class="title">{}</span> <span class="state">{}</span></li>',
            visible(record.work.label),
            _title(record.work),
            visible(state_of(record)),
        )
        for record in records
    ]
    return element('<ul class="works">{}</ul>', Markup("").join(lines))


def state_of(record: WorkRecord) -> str:
    """`full text`, `annotation only`, or why it failed."""
    return f"failed: {printable(record.message)}" if record.state == "failed" else record.state


def _parts(answer: Answer) -> list[Markup]:
    (section,) = arrange([answer], None, ()).sections
    pieces = []
    for part in section.entries[0].parts:
        if part.number:
            pieces.append(element('<p class="part">Part {}</p>', part.number))
        pieces += [_voice(voice, answer.citations) for voice in part.voices]
    return pieces


def _voice(voice: Voice, citations: Sequence[Citation]) -> Markup:
    """What one work says."""
    name: Markup | str = ""
    if voice.work:
        name = element('<p class="voice">{} <span class="title">{}</span></p>', visible(voice.work.label), _title(voice.work))
    claims = Markup(" ").join(_claim(row.claim, citations) for row in voice.rows)
    return element("<section>{}<p>{}</p></section>", name, claims)


def _title(work: Work) -> str:
    """The title beside a work's label; a work without authors has it for its label already."""
    return visible(work.title) if work.authors else ""


def _claim(claim: Claim, citations: Sequence[Citation]) -> Markup:
    words = visible(claim.text)
    return Markup("{}{}").format(f"“{words}”" if claim.kind == "quoted" else words, _marks(claim, citations))


def _marks(claim: Claim, citations: Sequence[Citation]) -> Markup:
    """Small numbers; each tells its place to whoever points at it, and opens its citation."""
    places = {citation.number: citation.pincite for citation in citations}
    mark = '<button type="button" class="mark" data-opens="{0}" title="{1}" aria-label="citation {0}: {1}">{0}</button>'
    return Markup("\u2009").join(element(mark, number, visible(places.get(number, ""))) for number in claim.citations)


def _nearest(answer: Answer) -> list[Markup]:
    if not answer.evidence:
        return []
    pieces = [Markup('<p class="part">Nearest in the library</p>')]
    for evidence in answer.evidence[:NEAREST]:
        where = place(evidence.locator)
        label = f"{evidence.work.label}, {where}" if where else evidence.work.label
        passage = '<section class="passage"><p class="voice">{}</p><blockquote>{}</blockquote></section>'
        pieces.append(element(passage, visible(label), visible(evidence.passage.text)))
    return pieces


def _facts(answer: Answer, citation: Citation) -> Iterable[Markup]:
    """Title, place, document, version and link, as far as they are known; the annotation where no claim says it already."""
    said = citation.quote is None or any(claim.text == citation.statement for claim in answer.claims)
    rows: list[tuple[str, str | None]] = [
        ("Work", citation.work.title),
        ("Place", place(citation.locator)),
        ("Section", citation.locator.section),
        ("Annotation", None if said else citation.statement),
        ("Document", citation.document_name),
        ("Version", citation.version),
    ]
    row = "<div><dt>{}</dt><dd>{}</dd></div>"
    for name, says in rows:
        if says:
            yield element(row, name, visible(says))
    if address := web_address(citation.link):
        link = element('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', address, visible(address))
        yield element(row, "Link", link)


def element(form: str, *values: object) -> Markup:
    """A form of our own with the values escaped, except those that are HTML of ours already."""
    return Markup(form).format(*values)  # noqa: S704 - the form is ours, the values are escaped
