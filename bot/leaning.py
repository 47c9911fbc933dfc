"""Tells a question that leans on the turn before it from one that stands alone. Knows no turn and no library.

Whatever is not sure to lean stands alone: a question that is searched as asked is never wrong, only plainer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.question import AUXILIARY, content_words, named_works

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.works import Work

MANNER = frozenset(
    (
        "actually agree agreed agrees also argue argued argues argument arguments back basically before believe believes bit "
        "case claim claims clarify colleagues common compare compares conclude concludes consider continue contrast detail "
        "details differ difference differences different differs disagree disagrees elaborate else exactly example examples "
        "explanation fifth former fourth further go goes good happen happens idea ideas instance last latter mean means "
        "meant mention mentions okay ones part parts please point points position positions precisely reason reasons reply "
        "respond right same second sentence share shares short similar simply source sources speak speaks specifically sure "
        "thanks think thinks third thought thoughts true view views word words write writes wrong"
    ).split()
)
"""Words about what was said, which say nothing of its matter."""

CURT = frozenset("figure figures instead number numbers others page quote quotes".split())
"""Words of a curt follow-up (`in numbers?`, `do the others agree?`), which ask for the same matter again."""

_LEAD = re.compile(r"(?:(?:and|but|so|or|ok|okay|then|also|well|yes|no|hm+|ah|thanks)\b[\s,:;.!…]*)+", re.I)
_TURN_TO = re.compile(r"(?:(?:what|how) (?:about|of)|as for)\s+(?P<to>[^?]+)\??", re.I)
_LED_TO = re.compile(r"(?:for|in|according to|with|by|from|per|to)\s+(?P<to>[^?]+)\??", re.I)
LONGEST_TURN = 8
"""Words that `what about …` may turn to and still be no question of its own."""

_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|hers|they|them|their|theirs|it|its|this|that|these|those)\b", re.I)
_POINTING = re.compile(r"(?:that|those)\b", re.I)
_ALONE = re.compile(
    r"(?:that|those)\s*(?:$|[?.!,]|(?:is|are|was|were|does|do|did|can|could|will|would|has|have|had|so|the|a|an|all|enough|really|"
    r"not|mean|hold|follow|imply|work|help|matter|take|cost|come|happen|scale|why|how|what|to|on|for|with|by|and|or|then|also|still|only)\b)",
    re.I,
)
"""`that` without a noun; with one, the question itself may go on to say which."""
_EXPLETIVE = re.compile(
    r"\bit(?:['’]s)?\s+(?:that\b|about\b"
    r"|(?:(?:really|still|even|ever|so|very|too|more|less|not|always|at all)\s+)*"
    r"(?:possible|impossible|necessary|enough|sufficient|better|best|worse|hard|harder|easy|easier|likely|unlikely|clear|true|"
    r"false|important|useful|useless|good|bad|safe|right|wrong|worth|worthwhile|wise|feasible|reasonable|known|said|fair|"
    r"desirable|dangerous|helpful|harmful|cheap|cheaper|expensive|difficult|matters?|means?|time|"
    r"helps?|pays?|hurts?|takes?|makes? sense|"
    r"follows?|suffices?|costs?|the case|up to)\b.*\b(?:to|that|for|whether|if|when|how|\w+ing)\b)",
    re.I,
)
"""`it` that stands for what follows, not for what went before."""
_ASKED_OF_IT = re.compile(
    r"(?:how many|how much|which|what)\s+(?:\w[\w-]*\s+){1,3}(?:does|do|did|is|are|was|were|can|could|will|would|has|have|had)\s+"
    r"(?=(?:it|he|she|they|this|that)\b)",
    re.I,
)
"""`How many parameters does`: what stands before a pronoun there is what is asked, not what it stands for."""
_FRAGMENT = re.compile(
    r"(?:how (?:much|many|long|far|often|few|big|large|fast|well)|which|what (?:kinds?|sorts?|types?)(?: of)?)(?: [\w-]+){0,2}\??"
    r"|(?:by|on|in|at|with|for|from|to|of|under|since|until|over|against|compared (?:to|with)) "
    r"(?:which|what|whom|how (?:much|many|long|far)|when)(?: [\w-]+){0,2}\??"
    r"|since when\b(?: [\w-]+){0,3}\??"
    r"|(?:by|on|in|at|with|without|for|from|under|since|before|after|during|compared (?:to|with)) [\w-]+(?: [\w-]+)?\?"
    r"|why (?:not|so|only|just) [\w-]+(?: [\w-]+)?\??|why (?:an?|the) [\w-]+\??",
    re.I,
)
"""What has no verb of its own: `by how much?`, `on which data?`, `why so few?`."""
_OBJECT = re.compile(r"(?P<before>[^,;:?]*?)\b(?:it|them|him|this|that)(?: (?:first|too|then|now|best|so|anyway))?\W*$", re.I)
LONGEST_CLAUSE = 8
"""Words of a question that is one clause."""
_CLAUSES = re.compile(
    r"\b(?:and|or|but|than|if|when|while|because|since|before|after|until|unless|so|as|whether|to|without|\w+ing)\b"
    r"|(?<=\w )(?:that|which|who|whom|whose|what|how|why|where)\b",
    re.I,
)
_PREPOSITION = re.compile(r"\b(?:of|in|on|at|for|from|with|by|into|between|about|over|under|against)\s+\w", re.I)
_QUOTED = re.compile(r"[\"“‘][^\"”’]*[\"”’]|(?<!\w)'[^']*'(?!\w)")
_LEADS_IN = re.compile(r"(?:for|in|by|on|at|from|of|with|under|to)\s+(?:which|what|whose|how)\b", re.I)
"""`For which of its virtues does the paper …`: a pronoun before what it stands for."""
_SUBJECT = re.compile(
    r"(?:\w+\s+){2,5}?(?:is|are|was|were|does|do|did|has|have|had)\s+(?:it|they|this|that|these|those) \w+\W*$", re.I
)
"""`On what was it trained`, `how many did that need`: nothing else that the pronoun could stand for, nor a noun behind it."""
_OF_ITS_OWN = frozenset(
    (
        "a about according actually again all also am an and any are as at be been being both but by can could did do does "
        "each either even ever exactly far first for from had has have how i if in is just long many may me might much must "
        "not now of often on only or really say says second should so some still such tell than the then there think thinks "
        "third to was we were what when where whether which who whom whose why will with would you"
    ).split()
)
"""Words before a pronoun that it cannot stand for."""


def after_lead(question: str) -> str:
    """The question without `And`, `But`, `Okay, so` before it."""
    found = _LEAD.match(question)
    rest = question[found.end() :] if found else question
    return rest if any(letter.isalnum() for letter in rest) else question


def turns_to(question: str) -> str | None:
    """What `what about …?` or `and for …?` turns to; None where it does not."""
    rest = after_lead(question)
    found = _TURN_TO.fullmatch(rest) or (_LED_TO.fullmatch(rest) if rest != question else None)
    if found is None or len(found["to"].split()) > LONGEST_TURN:
        return None
    return found["to"].strip(" .,!")


def matter(question: str, names: Sequence[Work] = ()) -> list[str]:
    """Content words that say something of their own: neither about the talk itself nor what a work is called."""
    called = {word for work in names for word in (work.key, *re.split(r"[-_]", work.key))}
    called |= {part.lower() for work in names for author in work.authors for part in author.family.split()}
    called |= {word for work in names if not work.authors for word in content_words(work.title)}
    words = content_words(question)
    return [word for word in words if word not in MANNER | CURT and word not in called and not word.isdigit()]


def leans(question: str, works: Sequence[Work]) -> bool:
    """True where the question cannot be understood without the turn before it."""
    if turns_to(question) is not None:
        return True
    rest = after_lead(question)
    named = names_in(rest, works)
    if not matter(rest, named):
        return True
    if rest != question and len(rest.split()) <= 3 and not _ASKS.match(rest):
        return True  # "and the critic?"
    if _is_fragment(rest):
        return True
    return _points_back(rest)


def names_in(question: str, works: Sequence[Work]) -> list[Work]:
    """The works that a question names, by author even where a name is typed in lower case."""
    found = set(named_works(question, works))
    words = set(re.findall(r"[^\W\d_]{3,}", question.lower()))
    for work in works:
        author = work.authors[0].family if work.authors else ""
        if len(question.split()) <= LONGEST_TURN and len(author) > 3 and author.lower() in words - _WORDS_TOO:
            found.add(work.key)
    return [work for work in works if work.key in found]


_WORDS_TOO = frozenset(
    "black brown young white green wise small long short page price rich power field best day king stone wood hill may".split()
)
"""Family names that are words as well: told from them by their capital only."""


_ASKS = re.compile(
    r"(?:what|how|why|who|whom|whose|which|when|where|is|are|was|were|do|does|did|can|could|will|would|should|has|have)\b", re.I
)


def _is_fragment(question: str) -> bool:
    """True where it has no verb to stand on."""
    return _FRAGMENT.fullmatch(question) is not None and not re.search(rf"\b{AUXILIARY}\b(?! they| it)", question, re.I)


def _takes_an_object(question: str) -> bool:
    """True for one short clause that ends in a pronoun: its subject cannot be what the pronoun stands for."""
    found = _OBJECT.fullmatch(question)
    if found is None or not _ASKS.match(question) or len(question.split()) > LONGEST_CLAUSE:
        return False
    before = found["before"]
    return not _CLAUSES.search(before) and not _PREPOSITION.search(before.strip())


def _points_back(question: str) -> bool:
    """True where a pronoun stands before anything in the question that it could stand for."""
    bare = _QUOTED.sub(lambda found: "“" * len(found[0]), question)
    found = _PRONOUN.search(bare)
    if found is None or (_LEADS_IN.match(bare) and not _SUBJECT.fullmatch(bare)):
        return False
    if _takes_an_object(bare) or (_ASKED_OF_IT.match(bare) and _SUBJECT.fullmatch(bare)):
        return True
    asked = _ASKED_OF_IT.match(bare)
    before = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|“", bare[: found.start()].lower())
    if any(word not in _OF_ITS_OWN for word in before) and not (asked and asked.end() == found.start()):
        return False
    rest = bare[found.start() :]
    if found[0].lower() == "it":
        return not _EXPLETIVE.match(rest)
    return not _POINTING.match(rest) or _ALONE.match(rest) is not None
