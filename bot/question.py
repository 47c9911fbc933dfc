"""A question made ready to be searched: checked, cleaned, its words and the works it names. Knows no library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers import Query
from corpus.errors import QuestionError
from corpus.text import loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from corpus.works import Author, Work

LONGEST = 2000
"""Characters of the longest question; the embedder reads about 1,200 of them."""

STOP_WORDS = frozenset(
    "a about above according after again all also am an and another any are as ask asked asks at author authors be because "
    "been before being between both but by can cannot could describe did discuss do does doing done down during each either "
    "else ever explain few find finds for from further get gets give given gives had has have having he her here hers him "
    "his how however i if in into is it its itself just let like make makes many may me might mine more most much must my "
    "no nor not now of off on once one only or other our out over own paper papers per please propose put quite rather "
    "really same say says see seem seems several shall she should since so some still such suggest take talk tell than that "
    "the their them themselves then there these they thing things this those through to together too toward towards under "
    "until up upon us use used uses using very via was way ways we were what whatever when where whether which while who "
    "whom whose why will with within without work works would yes yet you your".split()
)

AUXILIARY = r"(?:is|are|was|were|does|do|did|can|could|will|would|should|shall|may|might|must|has|have|had)"
"""Verbs that make a question, as a pattern."""
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and lone surrogates, which no text that can be stored has; they part words."""
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""Soft hyphens, characters without width, marks of direction and tags; they stand inside words."""
_NO_NAME = re.compile(r"(?:^|[.?!:;…—][\"'”’)]*|[\"'“‘(]|\b(?:a|an|the|oh|ah))\s*$", re.I)
"""Before a word that has its capital from where it stands, or is no name of a person: `the Transformer`."""
_OPEN_FORM = re.compile(
    r"(?:is|are|was|were|can|could|will|would|should|shall|may|might|do|does|did|has|have|must|if)\b"
    r"|what if\b|how (?:can|could|should)\b",
    re.I,
)
_FOUND_OUT = re.compile(
    r"(?:was|were|did)\b"
    r"|(?:is|are|do|does|has|have)\b.*\b(?:(?:more|less)(?! than\b)|fewer|better|worse|(?!rather|other)\w+er than"
    r"|(?:bigg|larg|small|long|short|high|low|fast|slow|strong|weak|deep|wid)er"
    r"|become|improve|reduce|increase|decrease|grow|shrink|rise|fall|drop)\b",
    re.I,
)
"""A yes/no question of what happened, or of more and less, which somebody can have measured."""
_JUDGES = re.compile(
    r"\b(?:should|ought|must|shall|can|could|may|might|will|would|enough|suffic\w+|needs?|needed|necess\w+|possible|impossible|"
    r"all|always|ever|never|really|truly|just|merely|important|better to|right|wrong)\b",
    re.I,
)
"""What nobody measures: what ought to be, may be, suffices, holds of everything, or is a thing's very nature."""


def make_query(
    question: str,
    *,
    known: Iterable[Work] = (),
    works: Collection[str] = (),
    cited: Collection[str] = (),
    is_open: bool | None = None,
    standalone: str | None = None,
    facets: Collection[str] = (),
    parts: Collection[str] | None = None,
    facet_parts: Collection[int] = (),
    name: str | None = None,
    asked_by: str | None = None,
) -> Query:
    """Check and clean a question; raises `QuestionError` where there is nothing to ask, or far too much.

    `parts` are the questions that it holds, None where code is to tell them apart.
    `known` are the works that it may name, `works` those to search, `cited` those that its essay cites there; `is_open`
    is what somebody has judged, None where nobody has.
    """
    from bot.parts import split_parts  # it reads words as this module does

    asked = clean(question)
    text = clean(standalone) if standalone else asked
    named = named_works(text, known)
    open_form = bool(_OPEN_FORM.match(text)) and not named and not _asks_what_was_found(text)
    return Query(
        question=asked,
        text=text,
        facets=tuple(facets),
        parts=split_parts(text) if parts is None else tuple(parts),
        facet_parts=tuple(facet_parts),
        works=frozenset(works),
        heard=frozenset(named) | frozenset(cited),
        open=bool(is_open),
        judgement=is_open is None and open_form,
        id=name,
        asked_by=asked_by,
    )


def _asks_what_was_found(question: str) -> bool:
    """True for a plain yes/no question of what was found: `Do bigger mills grind finer flour?`, `Did the pond freeze?`."""
    return _FOUND_OUT.match(question) is not None and not _JUDGES.search(question)


def clean(question: str) -> str:
    """White space folded, control and invisible characters out."""
    if len(question) > LONGEST:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST:,} are read.",
            remedy="Ask its main point in a sentence or two.",
        )
    text = " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", question)).split())
    if not any(letter.isalnum() for letter in text):
        raise QuestionError(
            "There is no question.", remedy='Ask something, for example: pincite ask "Is compression all we need?"'
        )
    return text


def content_words(text: str) -> list[str]:
    """The words that carry a question's matter, in order, each once, in lower case."""
    words = (match[0].lower().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS and len(word) > 1))


def named_works(question: str, known: Iterable[Work]) -> list[str]:
    """Keys of the works that a question names.

    By the family name of the first author (of either where there are two), the key, the title or its initials; a work
    without authors by what its key begins with, as with a file that is called after its speaker.
    """
    words = {match[0].removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(question)}
    squeezed = loose(question)
    years = set(re.findall(r"\b(?:19|20)\d\d\b", question))
    found = [work for work in known if _names(work, words, question, squeezed)]
    dated = [work for work in found if str(work.year) in years]
    return [work.key for work in (dated or found)]


def named_authors(work: Work) -> tuple[Author, ...]:
    """Those by whose family names a work is called: the first, or both where there are two."""
    return work.authors if len(work.authors) == 2 else work.authors[:1]


def _names(work: Work, words: set[str], question: str, squeezed: str) -> bool:
    """True where the question names this work."""
    if work.key in words or work.key in question.split():
        return True
    if any(_stands(author.family, words, question) for author in named_authors(work)):
        return True
    if not work.authors and _is_called(work.key.split("-")[0], question):
        return True
    head = re.split(r"[:?]\s", work.title)[0].strip()
    if len(head.split()) >= 2 and head in question:
        return True
    if len(head.split()) == 1 and len(head) > 2 and head in words and not head.islower():
        return True
    if len(loose(work.title)) > 18 and loose(work.title) in squeezed:
        return True
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", head) if word[0].isupper())
    return len(initials) >= 3 and initials in words


def _stands(family: str, words: set[str], question: str) -> bool:
    """True where a family name stands in the question; of two letters, where it cannot be a word (`Ha!`, `So`, `AI`)."""
    if " " in family:
        return re.search(rf"\b{re.escape(family)}\b", question) is not None
    return family in words if len(family) > 2 else family.istitle() and _is_called(family, question)


def _is_called(name: str, question: str) -> bool:
    """True where somebody is called so in the question.

    The word has its capital from itself and not from where it stands, has no article, and is not all in capitals.
    """
    if name.lower() in STOP_WORDS or not name.isalpha():
        return False
    return any(
        not match[0].isupper() and match[0][0].isupper() and not _NO_NAME.search(question[: match.start()])
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-]|!)", question, re.I)
    )
