"""The report as Markdown that also reads well as plain text. Knows no HTML and no place on disk.

Every pincite is a footnote that stands below its answer. What comes from elsewhere is escaped, so that a quote can
neither open a heading nor a tag.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from bot.answers import Locator
from bot.pincite import link, place, web_address
from ui.printable import as_sentence, counted, printable
from ui.report.arrangement import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers import Answer, Citation, Claim
    from ui.report.arrangement import Arrangement, Entry, Reference, Voice

WIDTH = 100
NEAREST = 3
"""How many passages an abstention shows."""

_SPECIAL = re.compile(r"([\\`*\[\]|~]|<(?=[A-Za-z/!?])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;))")
_BLOCK_START = re.compile(r"^(\d*)([.)](?=\s|$)|[#>]|[-+=](?=\s|$|[-+=]))")


def report_markdown(arrangement: Arrangement, *, title: str | None = None) -> str:
    """The whole report, under a title of its own where one is given."""
    blocks = [
        f"# {_escaped(title or arrangement.title)}",
        *_byline(arrangement),
        _wrapped(" ".join(arrangement.tally.sentences())),
    ]
    for section in arrangement.sections:
        if section.title:
            blocks.append(f"## {_escaped(section.title)}")
        for entry in section.entries:
            blocks.extend(_entry(entry))
    if arrangement.references:
        blocks.append("## The works")
        blocks.append("\n".join(_reference(reference) for reference in arrangement.references))
    blocks.append("Set by Pincite. Prove every quote again: `pincite verify answers.json`.")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _byline(arrangement: Arrangement) -> Iterator[str]:
    if essay := arrangement.essay:
        address = web_address(essay.url)
        parts = [_escaped(essay.author or ""), str(essay.date or ""), f"<{address}>" if address else ""]
        yield ", ".join(part for part in parts if part)


def _entry(entry: Entry) -> Iterator[str]:
    answer = entry.answer
    yield f"### {entry.number}. {_escaped(entry.heading)}"
    if entry.question:
        says = "Implied in the essay" if entry.question.implied else "In the essay"
        lines = [f"{says}: “{_escaped(entry.question.asked)}”", *map(_alluded, entry.question.alluded)]
        yield "\n>\n".join(_wrapped(line, "> ") for line in lines)
    if printable(answer.query) != printable(entry.heading) and answer.status != "error":
        yield _wrapped(f"Searched for: {_escaped(answer.query)}")
    yield _wrapped(_escaped(answer.opening or answer.message or ""))
    if answer.status == "abstained":
        yield from _nearest(answer)
    for part in entry.parts:
        if part.number:
            yield f"#### {_escaped(part.heading)}"
        for voice in part.voices:
            yield _voice(entry, voice)
    for note in answer.notes:
        yield _wrapped(f"*{_escaped(note)}*")
    if answer.dropped:
        yield _wrapped(f"*{counted(answer.dropped, 'sentence').capitalize()} dropped: the proof failed.*")
    yield "\n".join(_footnote(entry, citation, answer) for citation in answer.citations)


def _alluded(what: str) -> str:
    return _escaped(as_sentence(what))


def _voice(entry: Entry, voice: Voice) -> str:
    name = f"**{_escaped(voice.work.label)}.** " if voice.work else ""
    return _wrapped(name + " ".join(_claim(entry, row.claim) for row in voice.rows))


def _claim(entry: Entry, claim: Claim) -> str:
    text = _escaped(claim.text)
    marks = "".join(f"[^{entry.number}-{number}]" for number in claim.citations)
    return (f"“{text}”" if claim.kind == "quoted" else text) + marks


def _footnote(entry: Entry, citation: Citation, answer: Answer) -> str:
    says = [f"{_escaped(citation.pincite)}"]
    if citation.quote is None:
        says.append("(annotation: the work itself is not in the library)")
    elif not any(claim.kind == "quoted" and claim.text == citation.quote.text for claim in answer.claims):
        says[0] += ":"
        says.append(f"“{_escaped(citation.quote.text)}”")
    if citation.superseded_by:
        says.append("(a newer version has replaced this one)")
    if address := web_address(citation.link):
        says.append(f"<{address}>")
    return _wrapped(f"[^{entry.number}-{citation.number}]: {' '.join(says)}", rest="    ")


def _nearest(answer: Answer) -> Iterator[str]:
    if answer.evidence:
        lines = ["Nearest in the library:", ""]
        for evidence in answer.evidence[:NEAREST]:
            where = place(evidence.locator)
            label = _escaped(evidence.work.label) + (f", {_escaped(where)}" if where else "")
            lines.append(_wrapped(f"- “{_escaped(evidence.passage.text)}” ({label})", rest="  ", escape=False))
        yield "\n".join(lines)


def _reference(reference: Reference) -> str:
    work = reference.work
    title = _escaped(work.title)
    parts = [f"{_escaped(named(work))}." if work.authors else "", f"*{title}*" + ("" if title[-1:] in "?!." else ".")]
    parts.append(_escaped(", ".join(filter(None, [work.venue, str(work.year or "")]))) + "." if work.venue or work.year else "")
    if address := link(work, None, Locator()):
        parts.append(f"<{address}>")
    parts.append(f"{counted(reference.citations, 'citation').capitalize()}.")
    if not reference.proven:
        parts.append("Annotation only: the work itself is not in the library.")
    for name, version, digest in reference.documents:
        parts.append(f"Proven in {_escaped(name)}{f', {_escaped(version)}' if version else ''}, SHA-256 {digest[:12]}.")
    return _wrapped("- " + " ".join(part for part in parts if part), rest="  ", escape=False)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", printable(text))


def _wrapped(text: str, first: str = "", rest: str | None = None, *, escape: bool = True) -> str:
    """Fold at WIDTH; a folded line that would begin a list, a heading or a rule gets a backslash."""
    rest = first if rest is None else rest
    width = WIDTH - max(len(first), len(rest))
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
    kept = [line if place == 0 and not escape else _BLOCK_START.sub(r"\1\\\2", line) for place, line in enumerate(lines)]
    return "\n".join((first if place == 0 else rest) + line for place, line in enumerate(kept))
