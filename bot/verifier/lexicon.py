"""Word lists of the verifier: what negates, what is more and what is less, what opens a sentence. Knows no text."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from bot.verifier.words import stem

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot cant nowhere hardly scarcely barely rarely seldom".split()
)
"""Words that deny what follows."""

DENYING = frozenset(
    stem(word)
    for word in (
        "fail fails failed failure lack lacks lacking lacked absence absent avoid avoids avoided prevent prevents "
        "prevented prevention unable refuse refused deny denied stop stopped exclude excluded except unlike instead "
        "unless impossible free loss lose neglect ignore ignored omit missing little few deficient deficiency deficit "
        "rather only too independent independently regardless unchanged insignificant negligible neutral similar "
        "equal hard difficult less far ineffective insufficient inability unclear unknown uncertain unlikely "
        "different however although but opposite reject rejected against barrier challenge problem limit limited "
        "limitation wrong false incorrect drawback disadvantage decline declined cease ceased abandon abandoned "
        "unlike halt halted remain remained eliminate eliminates eliminated removal remove removed replace replaced "
        "beyond"
    ).split()
)
"""Stems that may say in another way what a negation says: where one stands in the quote, a claim's `not` may rest on it."""


@lru_cache(maxsize=1)
def axes() -> tuple[tuple[str, str], ...]:
    """Opposites, pole against pole, from `opposites.txt`: the words of each pole, in every form."""
    lines = (resources.files("bot.verifier") / "opposites.txt").read_text(encoding="utf-8").splitlines()
    return tuple((more.strip(), less.strip()) for more, _, less in (line.partition("|") for line in lines) if less)


ALL = frozenset("all every each always everyone everything entirely completely any both".split())
MOST = frozenset("most mostly majority largely usually often many mainly generally typically primarily frequently".split())
SOME = frozenset("some sometimes several partly occasionally certain part partially".split())
FEW = frozenset("few rarely seldom hardly scarcely barely minority little".split())
NONE = frozenset("no none never nobody nothing neither".split())
QUANTIFIERS = {word: rank for rank, words in enumerate((NONE, FEW, SOME, MOST, ALL)) for word in words}
"""Rank of a quantifier: 0 none, 1 few, 2 some, 3 most, 4 all."""

REPORTING = frozenset(
    "account according accordingly acknowledge add additionally also argue assert author authors believe besides call caution "
    "cite citing claim conclude consequently consider define describe emphasize example explain expect find finding finds found "
    "furthermore grant hence hold however indeed insist liken likewise meanwhile moreover namely nevertheless note observe paper "
    "point proposal propose report remark said say says show shown similarly specifically state stress suggest talk "
    "tell tells therefore thinks think though thus view warn word work write writes wrote yet".split()
)
"""Words that say that somebody says something, and how it joins on."""
REPORTS = frozenset(stem(word) for word in REPORTING) | {"et", "al"}
"""Their stems."""

OPENERS = frozenset(
    "according across adding also among approximately around based both compared despite due during early eight even "
    "five following four however including initially instead later like meanwhile most nine none one over people "
    "previously recently seven several similarly since six some specifically still ten three together today two "
    "typically under unlike using what whereas whether while".split()
)
"""Words that often open a sentence and are no names."""


@lru_cache(maxsize=1)
def everyday_stems() -> frozenset[str]:
    """Stems of everyday words, from `everyday.txt`: a capital at a sentence's start makes none of these a name."""
    return frozenset((resources.files("bot.verifier") / "everyday.txt").read_text(encoding="utf-8").split())


SHORT = {
    "ai": "artificial intelligence", "ml": "machine learning", "rl": "reinforcement learning", "lm": "language model",
    "pm": "preference model", "il": "imitation learning", "dl": "deep learning", "er": "endoplasmic reticulum",
    "rm": "reward model", "kl": "kullback",
}  # fmt: skip
"""Acronyms of two letters, which the initials of any two words would meet too easily."""

MONTHS = {
    month: place
    for place, month in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}

PLACES = {
    "us": "united states", "usa": "united states", "uk": "united kingdom", "american": "america", "british": "britain",
    "english": "england", "french": "france", "german": "germany", "spanish": "spain", "dutch": "netherlands", "swiss":
    "switzerland", "irish": "ireland", "scottish": "scotland", "welsh": "wales", "chinese": "china", "japanese": "japan",
    "portuguese": "portugal", "greek": "greece", "turkish": "turkey", "danish": "denmark", "swedish": "sweden", "finnish":
    "finland", "polish": "poland", "norwegian": "norway", "jan": "january", "feb": "february", "mar": "march", "apr":
    "april", "jun": "june", "jul": "july", "aug": "august", "sep": "september", "sept": "september", "oct": "october",
    "nov": "november", "dec": "december",
}  # fmt: skip
"""Forms of one name that share no root, or too little of it."""
