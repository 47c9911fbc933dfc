"""What an essay names in its prose and does not list: `Ada Hale once said`, `OpenAI's Bitter Lesson`, `(Turing, 1950)`.

Knows no work: what is found is told in the essay's words, and never given a source. It is a suggestion to look at; what is
written otherwise, or named by a common word, is not found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.text import loose
from ingest.essay.sentences import sentences
from ingest.essay.writing import without_marks
from ingest.extract.names import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.essay.asked import Asked
    from ingest.essay.mentions import Listed
    from ingest.essay.sections import Section

SAYS = ": alluded to, not cited"
"""Ends each of them, as in the essays that come with Pincite."""

_NAME = r"[A-ZÀ-Þ][^\W\d_]*[a-zà-þ](?:[’'-][A-ZÀ-Þ]?[a-zà-þ]+)*"
_SAID = (
    r"(?:remark|argu|claim|suggest|propos|observ|not|predict|ask|warn|conjectur|insist|jok|believ|declar|point)ed|"
    r"(?:argue|claim|insist|warn|believe|write|ask|say)s|said|wrote|held|taught|put it"
)
_PERSON = re.compile(
    rf"\b(?P<who>{_NAME}(?: [A-ZÀ-Þ]\.)?(?: (?:van|von|der|de|di|la|le))* {_NAME})"
    rf"(?:,? (?:once|famously|has|had|also|recently|already|often|long ago))*\s+(?:{_SAID})\b"
)
_ACCORDING = re.compile(rf"\b(?:[Aa]ccording to|[Ii]n the words of) (?P<who>{_NAME} {_NAME})\b")
_TITLED = re.compile(
    rf"\b(?P<whose>[A-ZÀ-Þ][^\W\d_]+)(?:['’]s|(?<=s)['’]) (?P<what>{_NAME}(?: (?:of|the|and|in|on|for|to|a))*(?: {_NAME})+)"
)
_QUOTED = re.compile(
    r"\b(?P<kind>essay|paper|book|article|talk|post|thesis|novel|report|study|lecture|poem|story),? "
    r"[“\"](?P<what>[^”\"?]{4,100}?)[,.]?[”\"]"
)
_SEVERAL = rf"{_NAME}(?: et al\.?|(?:, {_NAME})*,? (?:and|&) {_NAME})?"
_YEARED = re.compile(rf"\b(?P<names>{_SEVERAL}),? \((?P<year>(?:1[5-9]|20)\d\d)[a-z]?\)")
_BRACKET = re.compile(r"\((?P<inside>[^()]{4,160})\)")
_INSIDE = re.compile(rf"(?:see |e\.g\.,? |cf\.? )?(?P<names>{_SEVERAL}),? (?P<year>(?:1[5-9]|20)\d\d)[a-z]?")
_OPENERS = frozenset(
    "the a an this that these those our my their his her its in on at as but and or nor so yet when where while if since "
    "because although though some many most few one two it we they he she i you what which who how why whether is are does do "
    "can could will would should may might even still also perhaps maybe suppose imagine recently today now here there".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december spring summer autumn winter "
    "chapter section figure table".split()
)


def alluded_in(text: str, references: Sequence[Listed]) -> list[str]:
    """What the text names and the references do not list, in order, each once."""
    prose = without_marks(text)
    found = sorted({place: words for place, words in _named(prose) if not _is_listed(words, references)}.items())
    kept: list[str] = []
    for _, words in found:
        if not any(loose(words) in loose(other) or loose(other) in loose(words) for other in kept):
            kept.append(words)
    return [f"{words}{SAYS}" for words in kept]


def _named(prose: str) -> Iterator[tuple[int, str]]:
    """Places and words of what may be named."""
    for pattern in (_PERSON, _ACCORDING):
        for found in pattern.finditer(prose):
            if not _opens(found["who"]) and is_name(found["who"]):
                yield found.start(), found["who"]
    for found in _TITLED.finditer(prose):
        if not _opens(found["whose"]):
            yield found.start(), f"{found['whose']}’s {found['what']}"
    for found in _QUOTED.finditer(prose):
        yield found.start(), f"“{found['what']}”, {_article(found['kind'])}"
    for found in (*_YEARED.finditer(prose), *_marks(prose)):
        if not _opens(found["names"]) and found["names"].split()[0].lower() not in _MONTHS:
            yield found.start(), f"{found['names']} {found['year']}"


def _marks(prose: str) -> Iterator[re.Match[str]]:
    """Authors and years in brackets, as in `(Hale, 2030; Brook & Quill, 2031)`."""
    for bracket in _BRACKET.finditer(prose):
        for place in (0, *(each.end() for each in re.finditer(r";\s*", bracket["inside"]))):
            if found := _INSIDE.match(prose, bracket.start("inside") + place, bracket.end("inside")):
                yield found


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _opens(words: str) -> bool:
    """True where the capital is only that of a sentence."""
    return words.split()[0].lower().rstrip(",") in _OPENERS


def _is_listed(words: str, references: Sequence[Listed]) -> bool:
    """True where the list has it: one of the persons as an author, in the year if one is told, or the title."""
    year = re.search(r"\b(?:1[5-9]|20)\d\d$", words)
    persons = {loose(word) for word in re.findall(r"[^\W\d_][^\W\d_’']+", words)}
    titles = [title for pair in re.findall(r"“([^”]+)”|’s (.+)$", words) for title in map(loose, pair) if len(title) > 5]
    for each in references:
        work = each.work
        written = loose(work.title)
        if any(title in written or (len(written) > 5 and written in title) for title in titles):
            return True
        if persons & {loose(author.family) for author in work.authors} and (year is None or work.year in (None, int(year[0]))):
            return True
    return False


def allusions(sections: Sequence[Section], every: Sequence[Asked], references: Sequence[Listed]) -> Mapping[int, tuple[str, ...]]:
    """By the place of a question among `every`: what its own words, or those of its section just before it, allude to."""
    found: dict[int, list[str]] = {}
    for number, section in enumerate(sections):
        mine = [place for place, asked in enumerate(every) if asked.section == number]
        for block_number, block in enumerate(section.blocks):
            if block.kind in ("code", "heading") or not mine:
                continue
            for said, sentence in enumerate(sentences(block.prose)):
                for words in alluded_in(sentence, references):
                    after = [place for place in mine if (every[place].block, len(every[place].before)) >= (block_number, said)]
                    found.setdefault(after[0] if after else mine[-1], []).append(words)
    return {place: tuple(dict.fromkeys(words)) for place, words in found.items()}
