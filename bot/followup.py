"""Makes a question that leans on earlier turns stand alone. Knows no library, and no language model but by its one verb.

Without a model the topic and the works of the last turn are carried over: a work that is named takes the place of the
one before, a pronoun gives way to the author's name or to the topic, and whatever else leans is asked of the topic. What
the talk has cited is not to be said again where more of it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.antecedent import antecedent, asked_of
from bot.compose import listed
from bot.leaning import CURT, after_lead, leans, matter, names_in, turns_to
from bot.naming import sentence, swapped, with_name
from bot.question import LONGEST, STOP_WORDS, content_words
from corpus.errors import LanguageModelError
from corpus.works import Author, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers import Answer, Citation

LONGEST_REPHRASED = 400
"""Characters of the longest question that is believed of a rephraser."""
MOST_WORDS = 60
MOST_COMPARED = 5
"""Works of the last turn that `how do they differ?` sets side by side."""

OTHERS = Work("others", "others", (Author("others", ""),), None)
"""Stands where a question named a work that it is no longer asked of."""

_COMPARES = re.compile(r"\b(?:differ|differs|differences?|different|agree|disagree|compare|contrast|common|same|similar)\b", re.I)
_PLACE = re.compile(
    r"\b(?:the\s+)?(first|second|third|fourth|fifth|former|latter|last|other)(?:\s+(?:one|work|paper|talk|of them))?\s*[?.!]*$",
    re.I,
)
_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "latter": -1, "last": -1}
_ACCORDING = re.compile(r"According to [^,?]{1,80}, (?=\w)")
_SAYS_ABOUT = re.compile(r"(.*\b(?:says?|thinks?|writes?|argues?|believes?|means?)\s+(?:about|on|of|by)\s).+", re.I)
_OTHERS = re.compile(
    r"\b(?:(?:who|what|which|anyone|anybody|someone|somebody)(?: works?| papers?| authors?)? else|others|"
    r"(?:any )?other (?:works|papers|authors|talks|ones))\b",
    re.I,
)
"""The works that the last answer did not cite."""
_THESE_WORKS = re.compile(
    r"\b(?:(?:these|those) (?:\w+ )?(?:works|papers|authors|talks|sources|researchers|writers|texts)"
    r"|they(?=\s+(?:(?:all|each|also|ever|both)\s+)?(?:say|think|write|argue|believe|mention|claim|propose|recommend|suggest|report|find)\b))",
    re.I,
)
_REASON = re.compile(
    r"(?:but |and )?(?:why(?: not| so| is that| is it so)?|how so|how come|(?:who|which works?|does anyone) (?:dis)?agrees?)\W*",
    re.I,
)
"""Asks for more of the same, in no words of its own."""
_REPEATS = re.compile(
    r"\b(?:quotes?|pages?|sources?|again|repeat|in short|briefly|summar\w+|sum (?:it|that) up|in (?:other|plain) words|clarify"
    r"|more simply|(?:says?|said) (?:so|that|this)|do you mean)\b",
    re.I,
)
"""Asks for what was said, not for more."""
_ONE_BUT_MANY = (("does", "do"), ("has", "have"), ("is", "are"), ("was", "were"))
_WHY_IT_IS = re.compile(r"(According to [^,?]{1,80}, )?why (\w+) ([^?]+)\?", re.I)
_WHY = re.compile(r"\b(why|how|when|where)\b", re.I)
_SENTENCE = re.compile(r"(?<=[?!.])\s+(?=[A-Z])")
_MARKUP = re.compile(r"[\[\]{}<>*_#|`\\\x00-\x1f\x7f-\x9f]|https?:")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation so far, and what became of it."""

    question: str
    """As asked."""
    query: str
    """What was searched."""
    works: tuple[str, ...] = ()
    """Keys of the works that were cited, in order of mention."""
    cited: tuple[Citation, ...] = ()
    """What was cited."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be searched without the turns before it."""

    text: str
    """What is searched."""
    works: tuple[str, ...] = ()
    """Keys of works carried over, heard first where others are as near."""
    only: tuple[str, ...] = ()
    """Keys of the works that it is asked of and of no others; empty for all."""
    altered: bool = False
    """True where it is not as it was asked."""
    again: str | None = None
    """The last question as it was searched, where that one is asked again: of other works, or for its reasons."""
    carried: str = ""
    """The matter of the last question, where another work is asked about it, which need not speak of it at all."""
    facets: tuple[str, ...] = ()
    """Its own words, searched beside it where the topic before them would outweigh them."""
    said: tuple[Citation, ...] = ()
    """What was cited of the same matter, where more of it is asked for; it is not said again."""


class Rephraser(Protocol):
    """Makes a question stand alone in words of its own."""

    def rephrase(self, question: str, earlier: Sequence[Exchange]) -> str:
        """The question as it would be asked without the turns before it; raises `LanguageModelError`."""
        ...


def exchange_of(answer: Answer) -> Exchange:
    """What a follow-up may lean on."""
    works = dict.fromkeys(citation.work.key for citation in answer.citations)
    return Exchange(answer.question, answer.query, tuple(works), answer.citations)


def standalone(
    question: str, earlier: Sequence[Exchange], works: Iterable[Work], rephraser: Rephraser | None = None
) -> Standalone:
    """The question as it stands alone; one that does so already, or that no turn precedes, is left as it is."""
    known, asked = list(works), " ".join(question.split())
    if not earlier or not earlier[-1].query.strip() or len(asked) > LONGEST or not leans(asked, known):
        return Standalone(question)
    ours = _carried(asked, earlier, known)
    if len(ours.text) > LONGEST:
        return Standalone(question)
    if rephraser is None:
        return ours
    try:
        theirs = " ".join(rephraser.rephrase(asked, earlier).split())
    except LanguageModelError:
        return ours
    speakers = {work.key for each in (asked, ours.text, *(turn.query for turn in earlier)) for work in names_in(each, known)}
    return replace(ours, text=theirs, facets=()) if is_sensible(theirs, speakers, known) else ours


def is_sensible(text: str, speakers: Iterable[str], works: Sequence[Work]) -> bool:
    """True for one question of sensible length that brings in no work of which nobody has spoken."""
    if not 3 <= len(text.split()) <= MOST_WORDS or len(text) > LONGEST_REPHRASED or _MARKUP.search(text):
        return False
    if not text.endswith("?") or text.count("?") != 1 or len(_SENTENCE.split(text)) > 1:
        return False
    return {work.key for work in names_in(text, works)} <= set(speakers) and not leans(text, works)


def _carried(asked: str, earlier: Sequence[Exchange], known: Sequence[Work]) -> Standalone:
    """By rule; see the module."""
    last = replace(earlier[-1], query=_matter_of(earlier, known))
    spoken = _spoken([next((turn for turn in reversed(earlier) if turn.works), last)], known)  # an abstention cites nobody
    before = names_in(last.query, known)
    named = names_in(asked, known)
    own = matter(after_lead(asked), named)
    if named and not own:
        if len(named) > 1 and _COMPARES.search(asked):
            return _asked_of(f"{_terms(last.query, known)} {sentence(asked)}", named)
        return _of_another(asked, last, before, named, known)
    placed = _PLACE.search(asked)
    if placed and not own and (one := _at(spoken, before, placed[1].lower())):
        return _of_another(asked, last, before, [one], known)
    if _OTHERS.search(asked) and not own and (others := [work for work in known if work not in (*spoken, *before)]):
        again = _ACCORDING.sub("", _terms(last.query, known))
        return replace(_asked_of(_of_others(last, before, known), others), again=again, said=_said(asked, earlier, known))
    if _COMPARES.search(asked) and not own and len(several := _spoken(_until_several(earlier), known)) > 1:
        return _compared(last, several, known)
    heard = before or spoken
    keys = tuple(work.key for work in heard)
    to = turns_to(asked)
    if to is not None and before and (says := _SAYS_ABOUT.match(_terms(last.query, known))):
        return Standalone(f"{says[1]}{to}?", keys, altered=True)
    person = before if len(before) == 1 else spoken if len(spoken) == 1 else []
    plain = sentence(after_lead(asked))
    text = with_name(plain, person[0]) if person else plain
    if own and not leans(together := _THESE_WORKS.sub("the works", text, count=1), known) and together != text:
        return Standalone(sentence(together), tuple(work.key for work in spoken), altered=True)
    if text != plain and own and not leans(text, known):
        return _asked_of(text, person)
    if text != plain:  # it goes on about the author whom its pronoun stands for
        about = replace(antecedent(_terms(last.query, known)), who="")
        return replace(_asked_of(asked_of(text, about), person), said=_said(asked, earlier, known))
    alone = replace(_more(plain, _terms(last.query, known)), works=keys, said=_said(asked, earlier, known))
    if before and set(spoken) <= set(before):  # it was asked of them, and nobody else was heard
        alone = replace(alone, only=keys)
    return replace(alone, again=_ACCORDING.sub("", _terms(last.query, known))) if _REASON.fullmatch(asked) else alone


def _more(asked: str, last: str) -> Standalone:
    """What is asked of the last question's topic.

    Where the topic stands before it, its own words are a facet: of one vector the topic would make up the most.
    """
    text = asked_of(asked, antecedent(last))
    whole = text.lower().endswith(f": {asked.lower()}")  # else a pronoun gave way to the topic
    return Standalone(text, facets=(asked,) if whole and set(content_words(asked)) - CURT else (), altered=True)


def _of_others(last: Exchange, before: Sequence[Work], known: Sequence[Work]) -> str:
    """The last question, as it would be asked of others than those whom it names."""
    text = _terms(last.query, known)
    if _ACCORDING.match(text):
        return sentence(_ACCORDING.sub("", text))
    for work in before:
        text = swapped(text, work, OTHERS) or text
    for one, many in _ONE_BUT_MANY:
        text = re.sub(rf"\b{one} others\b", f"{many} others", text, flags=re.I)
    return text


def _spoken(exchanges: Iterable[Exchange], known: Sequence[Work]) -> list[Work]:
    """The works that were cited in these turns, as far as they are known."""
    by_key = {work.key: work for work in known}
    return [by_key[key] for key in dict.fromkeys(key for turn in exchanges for key in turn.works) if key in by_key]


def _until_several(earlier: Sequence[Exchange]) -> list[Exchange]:
    """The last turn, with those before it until two works have been cited between them: what `they` are."""
    turns: list[Exchange] = []
    for turn in reversed(earlier):
        turns.insert(0, turn)
        if len({key for each in turns for key in each.works}) > 1:
            break
    return turns


def _of_another(asked: str, last: Exchange, before: Sequence[Work], named: Sequence[Work], known: Sequence[Work]) -> Standalone:
    """The last question, asked of the works named now."""
    terms = _terms(last.query, known)
    if len(before) == 1 and len(named) == 1 and before != named and (renamed := swapped(terms, before[0], named[0])):
        text = renamed
    elif before == list(named):
        text = terms
    else:
        plain = _ACCORDING.sub("", terms)
        first = plain.split(maxsplit=1)[0].lower()
        plain = plain[0].lower() + plain[1:] if first in STOP_WORDS and first != "i" else plain
        text = f"According to {listed([work.voice for work in named])}, {plain}"
    carried = ""
    if before != list(named):  # whether the others hold it at all is open
        text = sentence(_WHY_IT_IS.sub(r"\1\2 \3, and why?", text))
        carried = " ".join(matter(antecedent(terms).words, [*before, *named]))
    more = _WHY.search(asked)
    if more and not text.lower().startswith(more[1].lower()):
        return replace(_asked_of(f"{text} {more[1].capitalize()}?", named), carried=carried)
    return replace(_asked_of(text, named), again=_ACCORDING.sub("", terms), carried=carried)


def _compared(last: Exchange, spoken: Sequence[Work], known: Sequence[Work]) -> Standalone:
    """The last question, with the works that spoke to it set side by side."""
    side_by_side = spoken[:MOST_COMPARED]
    names = listed([work.voice for work in side_by_side])
    return _asked_of(f"{_terms(last.query, known)} How do {names} differ?", side_by_side)


def _asked_of(text: str, works: Sequence[Work]) -> Standalone:
    keys = tuple(work.key for work in works)
    return Standalone(text, keys, keys, altered=True)


def _matter_of(earlier: Sequence[Exchange], known: Sequence[Work]) -> str:
    """What the talk is about: the last search, or the one whose topic it has carried over."""
    for turn in reversed(earlier):
        topic, _, tail = turn.query.partition(": ")
        if turn.query == turn.question or not tail or not leans(tail, known):
            return turn.query
    return topic


def _said(asked: str, earlier: Sequence[Exchange], known: Sequence[Work]) -> tuple[Citation, ...]:
    """What was cited in the last turn and in those that it leaned on; nothing where that very thing is asked for."""
    cited: tuple[Citation, ...] = ()
    for turn in [] if _REPEATS.search(asked) else reversed(earlier):
        cited += turn.cited
        if not leans(turn.question, known):
            break
    return cited


def _terms(query: str, known: Sequence[Work]) -> str:
    """What was searched, without questions that leaned on its beginning, so that a long talk does not pile up."""
    first, *others = _SENTENCE.split(query)
    return " ".join([first, *(each for each in others if not leans(each, known))])


def _at(works: Sequence[Work], before: Sequence[Work], word: str) -> Work | None:
    """The work that `the second one` or `the other paper` points at; None where there is none, or not one alone."""
    if word == "other":
        others = [work for work in works if work not in before]
        return others[0] if before and len(others) == 1 else None
    place = _PLACES[word]
    return works[place] if works and -len(works) <= place < len(works) else None
