"""An answer as pieces of HTML, and text as it stands in Streamlit's Markdown. Knows no page, no session and no library.

Whatever comes from elsewhere (quotes, titles, questions) is escaped here: a quote that holds `<script>`, `**` or `$`
shows these characters and does nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.compose import listed
from bot.pincite import clock, pincite, place, web_address
from ui.printable import printable, visible
from ui.report.arrangement import arrange
from ui.show import NEAREST, NOT_HERE, OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.answers import Answer, Citation, Claim, Evidence
    from corpus.records import WorkRecord
    from corpus.works import Work
    from ui.report.arrangement import Voice

GONE = "the work has been taken out of the library since"
NEAR = "a near passage; it was not judged to bear on the question"
SUPERSEDED = "a newer version has replaced this one"
NO_MODEL = "No language model reads along: answers are made of the works' own words and of annotations."
FADE = 0.5
"""Seconds for which a claim fades in; `app.css` says the same."""

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


def waiting_html() -> str:
    """What stands where an answer will, before anything is known of it."""
    return element('<div class="answer" aria-busy="true"><p class="opening">Searching the library …</p></div>')


def answer_html(answer: Answer, ages: Sequence[float] = (), *, growing: bool = False) -> str:
    """The answer's prose: its opening, then the claims by work with their marks; or why there is none, and what is nearest.

    `ages` are the seconds since each claim came: one that is new fades in, and goes on fading where the answer is drawn anew.
    """
    fresh = {claim: age for claim, age in zip(answer.claims, ages, strict=False) if age < FADE}
    if answer.status != "answered":
        pieces = [element('<p class="opening">{}</p>', visible(answer.message or "")), *_nearest(answer)]
    else:
        pieces = [element('<p class="opening">{}</p>', visible(answer.opening))] if answer.opening else []
        pieces += _parts(answer, fresh)
    pieces += [element('<p class="note">{}</p>', visible(note)) for note in answer.notes]
    pieces += [Markup('<p class="coming" role="status">More is being written …</p>')] if growing else []
    busy = Markup(' aria-busy="true"') if growing else ""
    return element('<div class="answer"{}>{}</div>', busy, Markup("").join(pieces))


def searched_html(answer: Answer, works: Sequence[str]) -> str:
    """What was searched, where the question alone does not say it: other words, or some works only (by their labels)."""
    other = " ".join(answer.query.split()) != " ".join(answer.question.split())
    says = [element("Searched for: <span>{}</span>", visible(answer.query))] if other else []
    says += [element("Asked only: {}", visible(listed(works)))] if works else []
    return element('<p class="searched">{}</p>', Markup(" · ").join(says)) if says else ""


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
    """Small print: how sure it is and who composed it; and, on request, what was searched and how long it took."""
    says = [f"confidence {answer.confidence:.2f}"]
    says.append("composed from the library" if answer.composer == "library" else f"composed by {answer.composer}")
    if answer.dropped:
        says.append(f"{answer.dropped} dropped, the proof failed")
    if answer.tokens:
        says.append(f"{answer.tokens:,} tokens")
    took = answer.milliseconds.get("total", 0.0)
    time = f"{took:.0f} ms" if took < 10_000 else f"{clock(took / 1000)} min"
    rows = [element('Searched: <span class="query">{}</span>', visible(answer.query))]
    rows += [element("Took: {}", time)] if took else []
    ours = element("<p>{}</p>", OURS) if any(claim.kind == "annotated" for claim in answer.claims) else ""
    form = '<div class="footing">{}<details><summary>{}</summary>{}</details></div>'
    return element(form, ours, visible(" · ".join(says)), Markup("<br>").join(rows))


def model_html(name: str) -> str:
    """Which language model reads along, and what it sees."""
    sees = "writes the answers: it is sent your question and the passages found."
    proven = "What it writes is shown only where its quotes are proven."
    return element('<p class="model">The language model <b>{}</b> {} {}</p>', visible(name), sees, proven)


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


def _parts(answer: Answer, fresh: Mapping[Claim, float]) -> list[Markup]:
    (section,) = arrange([answer], None, ()).sections
    pieces = []
    for part in section.entries[0].parts:
        if part.number:
            worded = answer.parts[part.number - 1] if part.number <= len(answer.parts) else ""
            head = f"{part.number}. {worded}" if worded else f"Part {part.number}"
            pieces.append(element('<p class="part">{}</p>', visible(head)))
        pieces += [_voice(voice, answer.citations, fresh) for voice in part.voices]
    return pieces


def _voice(voice: Voice, citations: Sequence[Citation], fresh: Mapping[Claim, float]) -> Markup:
    """What one work says."""
    name: Markup | str = ""
    if voice.work:
        new = _fading("voice", fresh.get(voice.rows[0].claim))
        name = element('<p{}>{} <span class="title">{}</span></p>', new, visible(voice.work.label), _title(voice.work))
    claims = Markup(" ").join(_claim(row.claim, citations, fresh.get(row.claim)) for row in voice.rows)
    return element("<section>{}<p>{}</p></section>", name, claims)


def _title(work: Work) -> str:
    """The title beside a work's label; a work without authors has it for its label already."""
    return visible(work.title) if work.authors else ""


def _claim(claim: Claim, citations: Sequence[Citation], age: float | None) -> Markup:
    words = f"“{visible(claim.text)}”" if claim.kind == "quoted" else visible(claim.text)
    said = Markup("{}{}").format(words, _marks(claim, citations))
    return said if age is None else element("<span{}>{}</span>", _fading("", age), said)


def _fading(name: str, age: float | None) -> Markup:
    """Attributes of what is as new as this; the rest has its name alone."""
    if age is None:
        return element(' class="{}"', name)
    # A negative delay: where the words are drawn anew in mid-fade, the fade goes on from where it was.
    return element(' class="{}" style="animation-delay:-{}s"', f"{name} fades".strip(), f"{age:.2f}")


def _marks(claim: Claim, citations: Sequence[Citation]) -> Markup:
    """Small numbers; each tells its place to whoever points at it, and opens its citation."""
    places = {citation.number: citation.pincite for citation in citations}
    mark = '<button type="button" class="mark" data-opens="{0}" title="{1}" aria-label="citation {0}: {1}">{0}</button>'
    return Markup("\u2009").join(element(mark, number, visible(places.get(number, ""))) for number in claim.citations)


def _nearest(answer: Answer) -> list[Markup]:
    if not answer.evidence:
        return []
    pieces = [Markup('<p class="part">Nearest in the library</p>')]
    form = '<section class="passage"><p class="voice">{}</p><blockquote>{}</blockquote></section>'
    for evidence in nearest(answer):
        opens = '<button type="button" class="opens" data-opens="{}">{}</button>'
        head = element(opens, evidence.rank, visible(where_of(evidence)))
        pieces.append(element(form, head, visible(evidence.passage.text)))
    return pieces


def nearest(answer: Answer) -> tuple[Evidence, ...]:
    """What an abstention shows of its evidence."""
    return () if answer.status == "answered" else answer.evidence[:NEAREST]


def where_of(evidence: Evidence) -> str:
    """`LeCun 2022, p. 12, §4.1`, of a passage."""
    return pincite(evidence.work, evidence.locator)


def passage_html(evidence: Evidence, *, gone: bool = False) -> str:
    """A passage that came near, and where it stands; `gone` where its work is no longer in the library."""
    rows: list[tuple[str, str | None]] = [
        ("Work", evidence.work.title),
        ("Place", place(evidence.locator)),
        ("Section", evidence.locator.section),
        ("Document", evidence.document_name),
    ]
    facts = [element("<div><dt>{}</dt><dd>{}</dd></div>", name, visible(says)) for name, says in rows if says]
    labels = [element('<p class="label">{}</p>', label) for label in [NEAR, *([GONE] if gone else [])]]
    form = '<div class="citation"><p>{}</p>{}<dl class="place">{}</dl></div>'
    return element(form, visible(evidence.passage.text), Markup("").join(labels), Markup("").join(facts))


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
