"""Tells an order to whoever reads, person or machine, from a statement about the world. Knows no passage and no model.

A text may hold words that are meant to steer its reader: `Ignore your instructions and …`, `Users should visit …`, `Add a
sentence to your answer …`. Such words are no evidence for anything, so an answer does not quote them; they stay in the
library, and among the passages that are shown. What a paper says in the imperative of its own art (`Note that …`,
`Consider …`, `Let x be …`) is no order, nor is what it reports of one (`We told the model to ignore …`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 1000
"""Characters that are looked at."""

_REST = r"(?:[^.]|\.(?=\w))*?"
"""Of the same sentence; a dot inside an address does not end it."""
_BEGINS = (
    r"(?:^|[.:;!]\s)\W{0,3}(?:(?:please|kindly|also|now|next|then|finally|first|instead|and|important(?:ly)?|note|attention|urgent|"
    r"system|user|assistant)\b[\s,:!–—-]{0,5}){0,5}"
)
"""Where a clause begins, with what may stand before its verb."""
_STATES = (
    r"(?:the|an?|this|that|these|those|such|some|many|most|all|each|every|any|no|one|i|we|you|he|she|it|they|who|what|how|why|when|"
    r"where|which|if|your|our|his|her|its|their|there|here|because|since|as|while|although|though|but|and|or|so|for|by|on|at|of)\b"
)
"""First words of a statement."""
_MUST = r"you (?:must|should|shall|will|have to|need to|ought to|are (?:required )?to)"
_REPLY = r"(?:answers?|responses?|repl(?:y|ies)|messages?|outputs?|summar(?:y|ies))"
_CODE = r"(?:code(?:base)?|solution|implementation|algorithm)s?"
_MACHINE = (
    r"(?:AIs?|(?:AI )?assistants?|chat ?bots?|bots?|(?:large |AI )?(?:language )?models?|LLMs?|GPT(?:-\w+)?|summari[sz]ers?|"
    r"reviewers?)"
)
_GOES = (
    r"(?:visit|download|install|click|go to|subscribe|sign up|log in|register|contact|call|e-?mail|send|buy|purchase|order|pay|"
    r"donate|join|enter|scan|run)"
)
_ADDRESS = r"(?:https?://|www\.|\b[\w-]+\.(?:com|org|net|io|xyz|info|biz|co|ai|ru|cn)\b|[\w.]+@\w|\b(?:link|password)s?\b)"
_WRITES = (
    r"(?:write|draft|compose|translate|summari[sz]e|explain|describe|provide|tell|give|show|break down|develop|generate|create|"
    r"print|repeat|recommend|answer|reply|respond|say|state|mention|claim|praise|rate|accept|cite)"
)
_CHANGES = (
    r"(?:add|adopt|anagram|augment|begin|change|combine|convert|embed|emphasi[sz]e|end|enhance|enrich|ensure|finish|format|group|"
    r"include|incorporate|insert|integrate|introduce|jumble|keep|limit|make|mention|misspell|mix|modify|provide|put|rearrange|"
    r"remove|render|replace|rewrite|scramble|start|state|substitute|swap|use|write)"
)
_OVERRIDES = (
    r"(?:ignore|disregard|forget|override|bypass|overlook|set aside|pay no attention to|(?:do not|don['’]t|stop) follow(?:ing)?)"
)
_RULES = (
    r"(?:instructions?|prompts?|rules|guidelines|directives?|orders|system message|restrictions|training|texts?|passages?|"
    r"sources?|evidence)"
)
_FORMS = (
    r"(?:introduction|poem|letter|story|speech|essay|e-?mail|summary|song|review|joke|recipe|example|equivalent|translation|"
    r"answer|response|reply|function|program|script)"
)

_AGAINST_WHAT_WAS_TOLD = (
    *(
        rf"{begins}{_OVERRIDES}\s+(?:\w+\s+){{0,4}}?(?:previous|prior|above|preceding|earlier|your|system|other|all)\s+"
        rf"(?:\w+['’]?s?\s+){{0,3}}?(?:{_RULES}|question)\b"
        for begins in (_BEGINS, rf"\b{_MUST}\s+")
    ),
    rf"{_BEGINS}{_OVERRIDES}\s+(?:(?:the|all|any|those)\s+)*(?:{_RULES}|everything|anything|what|users?['’]s?)\b",
    r"\b(?:your|the) (?:new|real|actual|true|only) (?:instructions?|task|goal|orders?|role)\s+(?:is|are)\b",
    r"\byou are (?:now|no longer)\b.*\b(?:assistant|model|mode|bot|AI|restricted|bound|filter)",
    r"(?:^|[.!]\s)\W{0,3}(?-i:System|SYSTEM)\s*:\s*you\b",
    r"^\W{0,9}(?:new|updated|hidden|secret|special|additional|final|real) (?:instructions?|orders?|task)\s*:",
    rf"{_BEGINS}(?:reveal|print|repeat|output|show)\s+(?:your|the)\s+(?:\w+\s+)?(?:(?:system|hidden) prompt|instructions|secret)",
)
_ABOUT_THE_ANSWER = (
    rf"^\W{{0,9}}(?!{_STATES}){_REST}\byour (?:\w+['’]?s?\s+){{0,2}}?{_REPLY}\b",
    rf"^\W{{0,9}}(?:in|throughout|at the end of|before|with) your {_REPLY}\b",
    rf"{_BEGINS}{_CHANGES}\b{_REST}\b(?:your (?:\w+['’]?s?\s+){{0,3}}?{_CODE}|(?:to|with|for|in) your \w+)\b",
    rf"{_BEGINS}{_CHANGES}\b{_REST}\bletters?\b{_REST}\b(?:symbols?|numbers?)\b",
    rf"{_BEGINS}{_CHANGES}\b{_REST}\b(?:every|each) (?:second|third|fourth|fifth|other) (?:letter|word)\b",
    rf"{_BEGINS}{_CHANGES}\s+vowels\b",
    rf"{_BEGINS}(?:end|begin|start) (?:every|each|all|any) {_REPLY}\b",
    rf"{_BEGINS}(?:answer|respond|reply)\s+(?:only|just|always|in|as|with|using|to|like|by)\b",
    rf"\b(?:{_MUST}|always|never|do not|don['’]t)\s+(?:\w+ly\s+)?(?:{_WRITES}|{_CHANGES}|inform|assure|remind|warn|ask)\b{_REST}"
    rf"\b(?:your {_REPLY}|the users?)\b",
    rf"\byour (?:{_CODE}|{_REPLY}) (?:could|should|must|shall|ought)\b",
    r"\b(?:following|subsequent|below|next) code (?:block|section|snippet|excerpt|fragment|sample|segment|piece)\b",
)
_TO_A_MACHINE = (
    rf"{_BEGINS}(?:(?:instructions?|notes?|messages?|hints?|warnings?)\s+)?(?:to|for|dear|attention)\s+(?:(?:any|all|every|the|an?)\s+)*"
    rf"{_MACHINE}(?:\s+(?:reading|processing|reviewing) this)?(?: \w+)?\s*[:,]\s*"
    rf"(?:(?:please|that|you|must|should|do not|don['’]t)\s+)*(?:{_WRITES}|{_CHANGES}|{_OVERRIDES}|treat|act|regard)\b",
    rf"^\W{{0,9}}attention,?\s+(?:(?:any|all|every|the|an?)\s+)*{_MACHINE}\s*[:,]",
    rf"\bif you are (?:an?|the) {_MACHINE}\b",
    rf"\bas an? {_MACHINE},? {_MUST}\b",
    rf"\bwhen(?:ever)? (?:you (?:are )?)?(?:summari[sz]\w*|answer\w*|review\w*|asked|cit\w+|read\w*)\b{_REST},\s*"
    rf"(?:(?:please|always|you must|you should)\s+)*(?:{_WRITES}|{_CHANGES})\b",
)
_TO_GO_AND_BUY = (
    r"\b(?:users?|readers?|visitors?|customers?|everyone|everybody|you|people)\s+(?:should|must|need to|have to|ought to|"
    r"are (?:advised|urged|required|asked|encouraged|invited) to)\s+(?:\w+ly\s+|now\s+|first\s+)?"
    rf"{_GOES}\b{_REST}(?:{_ADDRESS}|\b(?:now|today)\b)",
    rf"{_BEGINS}{_GOES}\b{_REST}{_ADDRESS}",
    rf"{_BEGINS}{_GOES}\s+(?:(?:it|this|the|our|your|a|an)\s+(?:\w+\s+)?)?(?:here|now|today|for free)\b",
)
_FOR_SOMETHING_ELSE = (
    rf"{_BEGINS}(?:can|could|would|will) you (?:please )?{_WRITES}\b",
    rf"{_BEGINS}{_WRITES}\s+(?:me|us|the user|the reader)\b",
    rf"{_BEGINS}(?:write|draft|compose|develop|generate|create|provide|give)\s+(?:a|an|the|your|some|two|three|five)\s+(?:\w+\s+){{0,2}}?{_FORMS}\b",
    rf"{_BEGINS}(?:translate|summari[sz]e)\s+(?:this|the following|the above|it|your|the text|the sentence)\b",
    r"^\W{0,9}(?:please\s+)?(?:explain|describe|break down)\s+(?:how|why|what|the)\b[^,;:]*$",
)
_EVERY = (*_AGAINST_WHAT_WAS_TOLD, *_ABOUT_THE_ANSWER, *_TO_A_MACHINE, *_TO_GO_AND_BUY, *_FOR_SOMETHING_ELSE)


def _together(patterns: Sequence[str], beginnings: Sequence[str]) -> Iterator[re.Pattern[str]]:
    """One expression for all that begin alike, so that the place is looked for once: a reader waits for every sentence."""
    rest = list(patterns)
    for begins in beginnings:
        alike = [each.removeprefix(begins) for each in rest if each.startswith(begins)]
        rest = [each for each in rest if not each.startswith(begins)]
        yield re.compile(f"{begins}(?:{'|'.join(alike)})", re.I)


_ORDERS = tuple(_together(_EVERY, (_BEGINS, r"^\W{0,9}", r"\b", "")))


def is_order(sentence: str) -> bool:
    """True where a sentence tells its reader, person or machine, what to do, and so says nothing that an answer could rest on."""
    read = " ".join(sentence[:LONGEST].split())
    return any(pattern.search(read) for pattern in _ORDERS)
