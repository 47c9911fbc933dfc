"""Says a plain sentence in another way, close to its own words, without changing what it says: as a model does that copies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.verifier.lexicon import axes

if TYPE_CHECKING:
    import random

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[a-z]")
_MORE_THAN = re.compile(
    r"^(.*?\b)([\w-]+(?: [\w-]+)?)( (?:is|are|was|were|does|do|did|performs?|scores?) (?:\w+ )?"
    r"(?:\w+er|more \w+|less \w+|better|worse) than )(the |a |an )?([\w-]+(?: [\w-]+)?)(.*)$"
)
_EMPTY = frozenset(
    "the a an of in on at to for with by and or as is are was were be been that this these those which from it its we our they "
    "their not no than then also can may might has have had do does did such more most between into during after before while "
    "when where who whose he she his her but if so there here all both each other some any about over under out up".split()
)
"""Words that are no noun."""
_INFINITIVES = (
    "increase decrease reduce improve cause play regulate lead need require induce inhibit promote allow use train learn predict "
    "give make show help work act affect contribute result exist occur depend hold take carry call let provide become enhance "
    "activate prevent protect express remain tend seem suit scale perform represent contain offer reach suggest propose argue "
    "encode mediate interact bind block differ correlate associate modulate influence produce generate support impair "
    "alter trigger drive form confer suppress stimulate target maintain limit permit follow precede include involve reveal "
    "indicate demonstrate determine restore rescue delay accelerate exhibit display develop grow differentiate"
).split()


def _forms(verb: str) -> dict[str, str]:
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return {verb: verb, third: verb, verb + ("d" if verb.endswith("e") else "ed"): verb}


_VERBS = {form: verb for each in _INFINITIVES for form, verb in _forms(each).items()}
"""Forms of common verbs, each with its infinitive."""


def _poles() -> dict[str, list[tuple[list[str], list[str]]]]:
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for more, less in axes():
        for one, other in ((more.split(), less.split()), (less.split(), more.split())):
            for word in one:
                found.setdefault(word, []).append((one, other))
    return found


_POLES = _poles()
_ENDINGS = ("ingly", "edly", "ing", "ed", "er", "est", "ly", "ion", "ment", "s")


def _ending(word: str) -> str:
    return next((each for each in _ENDINGS if word.endswith(each) and len(word) > len(each) + 2), "")


def _partner(word: str, chance: random.Random, *, same: bool) -> str | None:
    """A word of the same pole, or of the other, with the same ending."""
    pools = [one if same else other for one, other in _POLES.get(word, ())]
    fits = [each for pool in pools for each in pool if each != word and _ending(each) == _ending(word)]
    return chance.choice(fits) if fits else None


_LEAD = re.compile(
    r"^(?:Here,? |In this (?:study|paper|work|report),? |Moreover, |Furthermore, |In addition, |However, |Thus, |Therefore, "
    r"|Finally, |Interestingly, |Importantly, |Consistent with this, |In conclusion, |Taken together, |Together, )?"
    r"(?:(?:we|our (?:results|data|findings)|these (?:results|data|findings)|the (?:results|data|findings)|this study|"
    r"the authors|it has been|it was) (?:\w+ ){0,2}?(?:show|shows|shown|found|find|finds|demonstrate|demonstrates|"
    r"demonstrated|suggest|suggests|suggested|"
    r"report|reported|indicate|indicates|indicated|reveal|revealed|conclude|observed) that )?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r",\s+(?=which|where|with|suggesting|indicating|including|whereas|while|although|resulting|leading|but|"
    r"and (?:we|this|that|the))"
)
_OPENING = re.compile(
    r"^((?:In|During|After|Although|While|When|By|Using|For|At|On|With|Among) [^,]{5,80}), ([a-z].*?)\.?$",
)
_JOINED = re.compile(r"^(.*? )([\w-]+) and ([\w-]+)((?: |,|\.).*)$")
_DENIED = re.compile(r"\b(did|does|do) not ([a-z]+)\b")
_FAILS = {"did": "failed to", "does": "fails to", "do": "fail to"}
_ADVERB = re.compile(
    r"\b(?:significantly|also|very|particularly|markedly|strongly|highly|recently|previously|potentially|clearly|directly) "
)
_ALIKE = """
show demonstrate reveal; shows demonstrates reveals; use employ apply; uses employs applies; used employed applied;
important crucial key essential; method approach technique; methods approaches techniques; people humans persons; help
aid assist; cause lead_to result_in; causes leads_to results_in; caused led_to resulted_in; need require; needs requires
depends_on; large big substantial; many numerous several; about approximately roughly around; children kids; begin
start; begins starts; allow enable permit let; allows enables permits; occur happen take_place; occurs happens; patients
subjects; study trial investigation; show_that find_that; role part function; novel new; regulates controls governs;
regulate control govern; associated_with linked_to related_to tied_to; main chief primary; often frequently commonly;
get obtain; give provide offer; gives provides offers; make create; makes creates; because since as; although though
even_though; but yet; also too; therefore thus hence so; while whereas; such_as like; difficult hard tough; rapidly
quickly fast; via through by_means_of; produce generate yield; produces generates yields; found_in present_in; mice
animals; tumor tumour cancer; illness disease; likely probable; death mortality; film movie; author writer; built
constructed; wrote authored; bought purchased; located_in situated_in; known_as called; founded established; started
began; ended finished; only solely merely; must has_to; fails_to does_not; fail_to do_not; failed_to did_not; unable_to
not_able_to; cannot can_not is_unable_to; reduces lowers decreases; goal aim objective; goals aims objectives; humans
people
"""


def _alike() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in _ALIKE.split(";"):
        words = [word.replace("_", " ") for word in group.split()]
        for word in words:
            found.setdefault(word, []).extend(each for each in words if each != word)
    return found


_SYNONYMS = _alike()
_SYNONYM = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _SYNONYMS), key=len, reverse=True))})\b")
_PASSIVE = frozenset(
    "increase decrease reduce improve cause regulate require induce inhibit promote use train learn predict activate enhance "
    "prevent express encode mediate modulate influence produce generate support impair alter trigger suppress "
    "stimulate target maintain limit reveal".split()
)
_DOES = "|".join(form for form, verb in _VERBS.items() if verb in _PASSIVE and form != verb)
_ACTIVE = re.compile(rf"^([\w -]{{3,40}}?) ({_DOES}) ([\w -]{{3,50}}?)\.?$")


def reworded(text: str, chance: random.Random) -> str:
    """The same in other words, most often shorter."""
    said = _shortened(text, chance)
    said = _reordered(said, chance)
    if chance.random() < 0.6:
        said = _SYNONYM.sub(lambda match: chance.choice(_SYNONYMS[match[0]]) if chance.random() < 0.5 else match[0], said)
    if chance.random() < 0.5:
        said = _same_pole(said, chance)
    if chance.random() < 0.5:
        said = _other_side(said, chance)
    if chance.random() < 0.3 and (match := _DENIED.search(said)):
        said = f"{said[: match.start()]}{_FAILS[match[1]]} {match[2]}{said[match.end() :]}"
    if chance.random() < 0.25:
        said = _ADVERB.sub("", said, count=1)
    if chance.random() < 0.2:
        said = _passive(said)
    said = re.sub(r"\s+", " ", said).strip()
    return said[0].upper() + said[1:] if said else text


def _shortened(text: str, chance: random.Random) -> str:
    """Without who found it, brackets, or a clause at the end."""
    said = text
    lead = _LEAD.match(said)
    if lead and lead.end() and len(said) - lead.end() > 30 and chance.random() < 0.8:
        said = said[lead.end() :]
    if chance.random() < 0.7:
        said = re.sub(r"\s*\([^()]*\)", "", said)
    if chance.random() < 0.5:
        first = _CLAUSE.split(said)[0]
        said = first.rstrip(".") + "." if 30 < len(first) < len(said) else said
    return said


def _reordered(text: str, chance: random.Random) -> str:
    """An opening clause at the end or left out, and two joined words in the other order."""
    said = text
    if chance.random() < 0.3 and (match := _OPENING.match(said)):
        clause, rest = match[1][0].lower() + match[1][1:], match[2][0].upper() + match[2][1:]
        comma = "," if clause.split()[0] in ("although", "while") else ""
        said = f"{rest}{comma} {clause}." if chance.random() < 0.7 else rest + "."
    if chance.random() < 0.45 and (match := _JOINED.match(said)):
        one, other = match[2], match[3]
        plain = not {one.lower(), other.lower()} & _EMPTY and one not in _VERBS and not one.endswith("ly")
        if plain and one.isupper() == other.isupper():
            said = f"{match[1]}{other} and {one}{match[4]}"
    return said


def _same_pole(text: str, chance: random.Random) -> str:
    """A word for one that points the same way."""
    places = [match for match in _WORD.finditer(text) if match[0] in _POLES]
    if not places:
        return text
    match = chance.choice(places)
    other = _partner(match[0], chance, same=True)
    return text[: match.start()] + other + text[match.end() :] if other and len(_POLES[match[0]]) == 1 else text


def _other_side(text: str, chance: random.Random) -> str:
    """`A is larger than B` as `B is smaller than A`."""
    if not (match := _MORE_THAN.match(text)):
        return text
    head, one, link, article, other, rest = match.groups()
    more = link.split()[-2]
    less = _partner(more, chance, same=False)
    return f"{head}{other}{link.replace(more, less)}{article or ''}{one}{rest}" if less else text


def _passive(text: str) -> str:
    """`A inhibits B` as `B is inhibited by A`."""
    match = _ACTIVE.match(text)
    if match is None:
        return text
    verb = _VERBS[match[2]]
    doer = match[1] if match[1][:2].isupper() else match[1][0].lower() + match[1][1:]
    done = "was" if match[2].endswith("ed") else "is"
    return f"{match[3][0].upper()}{match[3][1:]} {done} {verb}{'d' if verb.endswith('e') else 'ed'} by {doer}."
