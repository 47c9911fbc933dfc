"""A clause that poses a question, made into a sentence that asks. Knows no essay.

`whether agents can plan` becomes `Can agents plan?` where the subject is plain, that is, no relative clause stands before the
auxiliary. Where there is no auxiliary, or the subject is not plain, a frame that fits any clause stands in front.
"""

from __future__ import annotations

import re

_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|will|would|shall|should|may|might|must|has|have)\b", re.I)
_UNPLAIN = re.compile(r"\b(?:that|which|who|whose|where|when|while|if|because|as|and what|than)\b|[,;:(]", re.I)
_LEAD = re.compile(r"(?P<lead>whether(?: or not)?|if|how|why|where|when)\s+(?P<rest>.+)", re.I | re.S)
_TO = re.compile(r"(?P<lead>how|whether|when|where|what) (?:best )?to (?P<rest>.+)", re.I | re.S)
_SUBJECT_ASKED = re.compile(r"(?:what|which|who)\b", re.I)


def as_question(clause: str) -> str:
    """The clause as a question, its words kept."""
    clause = clause.strip(" .?")
    framed = clause if clause[1:2].isupper() else clause[:1].lower() + clause[1:]
    if topic := re.fullmatch(r"the question of (.+)", clause, re.I | re.S):
        return f"What is known about {topic[1]}?"
    if to := _TO.fullmatch(clause):
        asks = "Should one" if to["lead"].lower() == "whether" else f"{to['lead'].capitalize()} can one"
        return f"{asks} {to['rest']}?"
    lead = _LEAD.fullmatch(clause)
    if lead is None:
        named = _SUBJECT_ASKED.match(clause)
        return f"{clause[0].upper()}{clause[1:]}?" if named and _asks_by_itself(clause) else f"What is known about {framed}?"
    turned = _turned(lead["rest"])
    word = lead["lead"].lower()
    if word in ("if", "whether", "whether or not"):
        return f"{turned[0].upper()}{turned[1:]}?" if turned else f"Is it true that {lead['rest']}?"
    many = re.match(r"(?:much|many|far|well|long|often|fast|soon|deeply|reliably|good|large|big)\b", lead["rest"], re.I)
    return f"{lead['lead'].capitalize()} {turned}?" if turned and not many else f"What is known about {framed}?"


def _turned(words: str) -> str | None:
    """`agents can plan` as `can agents plan`; None where the subject is not plain."""
    found = _AUXILIARY.search(words)
    if found is None or not words[: found.start()].strip() or _UNPLAIN.search(words[: found.start()]):
        return None
    return f"{found[1].lower()} {words[: found.start()].strip()} {words[found.end() :].strip()}".strip()


def _asks_by_itself(clause: str) -> bool:
    """True for `what limits scaling`, whose order of words is that of a question: a verb follows at once."""
    return (
        re.match(
            r"(?:what|which|who)\s+(?:is|are|was|can|could|will|would|might|must|[a-z]+s)\s+(?!are\b|is\b|can\b|could\b|"
            r"will\b|have\b)",
            clause,
            re.I,
        )
        is not None
    )
