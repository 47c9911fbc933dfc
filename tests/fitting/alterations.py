"""Makes false claims out of true ones: a number, a name, a negation or a comparison is altered, and nothing else.

Its word lists are its own, so that the verifier is not tried on the very lists that it looks things up in.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.fitting.pairs import Pair

Kind = Literal["number", "name", "negation"]


@dataclass(frozen=True, slots=True)
class Altered:
    """A false claim, the pair that it was made from, and what was done."""

    pair: Pair
    text: str
    kind: Kind
    way: str


Way = tuple[str, str]
"""A false text, and the name of how it came about."""

_NUMBER = re.compile(r"(?<![\w.,-])(?:\$|£|€)?\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|[.,]\d|-[A-Z])")
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_UNITS = {
    "million": "billion", "billion": "million", "thousand": "million", "hundred": "thousand", "percent": "million", "ms": "s",
    "years": "months", "months": "years", "days": "weeks", "weeks": "days", "hours": "minutes", "minutes": "hours", "km": "m",
    "mg": "g", "kg": "g", "miles": "yards", "metres": "kilometres", "meters": "kilometers", "seconds": "minutes",
}  # fmt: skip


def number_ways(pair: Pair, chance: random.Random, pool: Sequence[str]) -> Iterator[Way]:
    """Another digit, the point moved, another number of the quote, another unit, another word."""
    claim = pair.claim
    places = list(_NUMBER.finditer(claim))
    for match in places:
        if re.search(r"(?:[A-Z]\w*[- ]|[Ff]ig(?:ure|\.) |Table )$", claim[: match.start()]) and not re.search(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December|In|By|On|Since|Between) $",
            claim[: match.start()],
        ):
            continue
        digits = re.sub(r"[^\d.]", "", match[0])
        for place in [place for place, digit in enumerate(match[0]) if digit.isdigit()][-2:]:
            other = chance.choice([digit for digit in "123456789" if digit != match[0][place]])
            yield _put(claim, match, match[0][:place] + other + match[0][place + 1 :]), "digit"
        if "." in digits:
            yield _put(claim, match, match[0].replace(".", "")), "point"
        theirs = [number for quote in pair.quotes for number in _NUMBER.findall(quote)]
        same = [number for number in theirs if len(number) == len(match[0]) and number not in claim]
        if same:
            yield _put(claim, match, chance.choice(same)), "of the quote"
        unit = re.match(r"([\s-])([a-z]+)\b", claim[match.end() :])
        if unit and unit[2] in _UNITS:
            yield claim[: match.end()] + unit[1] + _UNITS[unit[2]] + claim[match.end() + unit.end() :], "unit"
    for match in re.finditer(rf"\b({'|'.join(_SMALL)})\b", claim, re.IGNORECASE):
        other = chance.choice([word for word in _SMALL if word != match[0].lower()])
        yield _put(claim, match, other.capitalize() if match[0][0].isupper() else other), "word"


_NAME = re.compile(r"\b[A-Z][\w’'-]*[\w](?: (?:of (?=[A-Z]))?[A-Z][\w’'-]*\w)*")
_NOT_NAMES = frozenset(
    "The A An In On At It He She They We This That These Those His Her Its Their As After Before When While For From With By To "
    "And But Or If Since During One Two Three I There Both All Some Many Most Because Although Also Not No".split()
)


def names_in(text: str) -> list[re.Match[str]]:
    """Capitalised runs that do not open a sentence, and code-like words anywhere."""
    found = []
    for match in _NAME.finditer(text):
        opens = match.start() == 0 or text[match.start() - 2 : match.start()] in (". ", ": ", "? ")
        if match[0] in _NOT_NAMES or (opens and not re.search(r"\d|[A-Z].*[A-Z]", match[0])):
            continue
        found.append(match)
    return found


_JOINED = re.compile(r"[,\s]*(?:and|or|with|&)?\s*(?:the )?")


def name_ways(pair: Pair, chance: random.Random, pool: Sequence[str]) -> Iterator[Way]:
    """Somebody else's name, a name of the quote, two names in each other's place, another version."""
    claim, quotes = pair.claim, " ".join(pair.quotes)
    known = {word.lower() for text in (*pair.quotes, *pair.sources, claim) for word in re.findall(r"\w+", text)}
    names = names_in(claim)
    for match in names:
        strangers = [name for name in pool if not known & {word.lower() for word in re.findall(r"\w+", name)}]
        if strangers:
            yield _put(claim, match, chance.choice(strangers)), "stranger"
        inside = [name[0] for name in names_in(quotes) if name[0] not in claim and match[0] not in name[0] and len(name[0]) > 2]
        if inside:
            yield _put(claim, match, chance.choice(inside)), "of the quote"
        if version := re.search(r"\d(?=\D*$)", match[0]):
            other = chance.choice([digit for digit in "123456789" if digit != version[0]])
            changed = match[0][: version.start()] + other + match[0][version.end() :]
            yield _put(claim, match, changed), "version"
    for first, second in pairwise(names):
        between = claim[first.end() : second.start()]
        if first[0] != second[0] and re.search(r"[a-z]{3}", between) and not _JOINED.fullmatch(between):
            yield claim[: first.start()] + second[0] + between + first[0] + claim[second.end() :], "each other's place"


_NO_TERM = frozenset(
    "about after again against also although among another because been before being between both cannot could does doing down "
    "during each either even every from have having here itself just less like many more most much must never none only other "
    "over rather same shall should since some such than that their them then there these they this those though through thus "
    "under until upon very well were what when where whether which while whose will with within without would your "
    "says said argue argues states finds find report reports according".split()
)


def terms_in(text: str) -> list[tuple[int, int]]:
    """Where words in small letters stand that name a thing, a doing or a way of it: single words and pairs."""
    words = [match for match in re.finditer(r"(?<![\w-])[a-z][a-z-]{3,}(?![\w-])", text) if match[0] not in _NO_TERM]
    pairs = [(one.start(), other.end()) for one, other in pairwise(words) if other.start() == one.end() + 1]
    return [(match.start(), match.end()) for match in words] + pairs


def term_ways(pair: Pair, chance: random.Random, pool: Sequence[str]) -> Iterator[Way]:
    """Words that the claim has from its quotes, with others in their place: another claim's, the quotes', each other's."""
    claim, quotes = pair.claim, " ".join(pair.quotes)
    places = [(start, end) for start, end in terms_in(claim) if claim[start:end] in quotes]
    chance.shuffle(places)
    for start, end in places[:3]:
        alike = [term for term in pool if _alike(term, claim[start:end]) and term not in quotes and term not in claim]
        if alike:
            yield claim[:start] + chance.choice(alike) + claim[end:], "another term"
        theirs = [quotes[one:other] for one, other in terms_in(quotes)]
        inside = [term for term in theirs if _alike(term, claim[start:end]) and term not in claim]
        if inside:
            yield claim[:start] + chance.choice(inside) + claim[end:], "term of the quote"
    for (start, end), (begin, stop) in pairwise(sorted(places[:4])):
        one, other = claim[start:end], claim[begin:stop]
        if begin > end + 3 and _alike(one, other):
            yield claim[:start] + other + claim[end:begin] + one + claim[stop:], "terms exchanged"


def _alike(one: str, other: str) -> bool:
    """True where a sentence may well read as smoothly with the one as with the other."""
    ends = [re.search(r"(?:s|ing|ed|ly|al|ive|ous|tion)?$", text) for text in (one, other)]
    return one != other and one.count(" ") == other.count(" ") and ends[0] is not None and ends[0][0] == (ends[1] or ends[0])[0]


_OPPOSITES: list[tuple[str, str]] = [
    (pair.split("/")[0], pair.split("/")[1])
    for pair in (
        "increases/decreases increased/decreased increase/decrease higher/lower more/less larger/smaller "
        "greater/smaller better/worse best/worst improves/worsens improve/worsen improved/worsened reduces/increases "
        "reduced/increased reduce/increase before/after earlier/later outperforms/underperforms "
        "outperform/underperform stronger/weaker longer/shorter faster/slower high/low large/small easy/hard "
        "easier/harder possible/impossible likely/unlikely can/cannot always/never all/none most/few often/rarely "
        "many/few positive/negative enhances/impairs promotes/inhibits activates/suppresses inhibits/promotes "
        "first/last won/lost win/lose allows/prevents allow/prevent includes/excludes success/failure youngest/oldest "
        "younger/older above/below strong/weak necessary/unnecessary sufficient/insufficient same/different "
        "cheaper/costlier supervised/unsupervised simpler/harder rise/fall rises/falls gains/losses accept/reject "
        "succeed/fail useful/useless safe/dangerous important/unimportant with/without enough/insufficient good/bad "
        "significantly/insignificantly"
    ).split()
]
_BOTH_WAYS = {other: one for one, other in reversed(_OPPOSITES)} | dict(reversed(_OPPOSITES))
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|will|would|should|may|might|must|has|have|had|does|do|did)\b(?! not|n't)")
_VERB = re.compile(
    r"\b(increase|decrease|reduce|improve|cause|play|regulate|lead|need|require|induce|inhibit|promote|allow|use|train|learn|predict|give|make|show|help|"
    r"work|act|affect|contribute|result|exist|occur|depend|hold|take|carry|call|let|provide|become|enhance|activate|prevent|protect|express|remain|"
    r"tend|seem|suit|scale|perform|represent|contain|offer|reach|suggest|propose|argue)(s)\b"
)
_MORE_THAN = re.compile(
    r"^(.*?\b)([\w-]+(?: [\w-]+)?)( (?:is|are|was|were|does|do|performs?|scores?) (?:\w+ )?"
    r"(?:\w+er|more \w+|less \w+|better|worse) than )(the |a |an )?([\w-]+(?: [\w-]+)?)(.*)$"
)


def negation_ways(pair: Pair, chance: random.Random, pool: Sequence[str]) -> Iterator[Way]:
    """A negation put in or taken out, a word's opposite, the two sides of a comparison exchanged."""
    claim = pair.claim
    if auxiliaries := list(_AUXILIARY.finditer(claim)):
        match = chance.choice(auxiliaries)
        yield _put(claim, match, "cannot" if match[0] == "can" else f"{match[0]} not"), "negation put in"
    elif verbs := list(_VERB.finditer(claim)):
        match = chance.choice(verbs)
        yield _put(claim, match, f"does not {match[1]}"), "negation put in"
    for match in re.finditer(r"\b(?:not |never |cannot\b)", claim):
        yield _put(claim, match, "can" if match[0] == "cannot" else ""), "negation taken out"
    for match in re.finditer(r"\b(?:no|without) ", claim):
        yield _put(claim, match, "some " if match[0] == "no " else "with "), "negation taken out"
    words = [match for match in re.finditer(r"[A-Za-z]+", claim) if match[0].lower() in _BOTH_WAYS]
    for match in chance.sample(words, min(2, len(words))):
        opposite = _BOTH_WAYS[match[0].lower()]
        yield _put(claim, match, opposite.capitalize() if match[0][0].isupper() else opposite), "opposite"
    if sides := _MORE_THAN.match(claim):
        head, one, link, article, other, rest = sides.groups()
        yield f"{head}{other}{link}{article or ''}{one}{rest}", "sides exchanged"


WAYS: dict[Kind, Callable[[Pair, random.Random, Sequence[str]], Iterator[Way]]] = {
    "number": number_ways,
    "name": name_ways,
    "negation": negation_ways,
}


def _same(one: str, other: str) -> bool:
    """True where nothing but the form of an apostrophe differs."""
    return one.replace("’", "'") == other.replace("’", "'")


def _put(text: str, match: re.Match[str], instead: str) -> str:
    return re.sub(r"  +", " ", text[: match.start()] + instead + text[match.end() :])


def term_alterations(pairs: Sequence[Pair], seed: int) -> list[Altered]:
    """All false claims that `term_ways` makes, of kind `name`; a term comes from another claim on the same work or of its set."""
    chance = random.Random(seed)
    pools: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        pools[_matter(pair)].extend(pair.claim[start:end] for start, end in terms_in(pair.claim))
    return [
        Altered(pair, text, "name", way)
        for pair in pairs
        for text, way in term_ways(pair, chance, pools[_matter(pair)])
        if text != pair.claim
    ]


def _matter(pair: Pair) -> str:
    return pair.group if pair.source == "composed" else pair.source


def alterations(pairs: Sequence[Pair], seed: int, count: int | None = None) -> list[Altered]:
    """`count` false claims, a third of each kind and no two of one kind from one claim; without a count all that can be made."""
    chance = random.Random(seed)
    pools: dict[str, list[str]] = defaultdict(list)
    common = {word for pair in pairs for word in re.findall(r"(?<![\w-])[a-z]+", " ".join((pair.claim, *pair.quotes)))}
    for pair in pairs:
        pools[pair.source].extend(match[0] for match in names_in(pair.claim) if match[0].split()[0].lower() not in common)
    made: list[Altered] = []
    for kind, ways in WAYS.items():
        of_kind: list[Altered] = []
        for pair in pairs:
            made_of_it = ways(pair, chance, pools[pair.source])
            found = [Altered(pair, text, kind, way) for text, way in made_of_it if not _same(text, pair.claim)]
            if count is None:
                of_kind.extend(found)
            elif found:
                way = chance.choice(sorted({each.way for each in found}))
                of_kind.append(chance.choice([each for each in found if each.way == way]))
        chance.shuffle(of_kind)
        made.extend(of_kind if count is None else of_kind[: -(-count // 3)])
    return made if count is None else made[:count]


def posed_as(altered: Altered) -> Pair:
    """The false claim with the true one's quotes."""
    return replace(altered.pair, claim=altered.text, true=False)
