"""What the verifier's model looks at of negations, directions and quantifiers. Knows no weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.verifier.aligned import NEAREST
from bot.verifier.binding import company_of, likeness
from bot.verifier.polarity import denies, directions_of, negations_of, quantifiers_of, signed
from bot.verifier.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifier.aligned import Aligned
    from bot.verifier.support import Posed


def turning_features(posed: Posed, aligned: Aligned) -> dict[str, float]:
    """Every one of them by its name."""
    texts = [sentence.text for sentence in aligned.sentences[:NEAREST]]
    return {
        **_cues(posed.text, texts),
        **_aligned_negations(aligned),
        **_same_words(posed.text, texts),
        **_directions(posed, aligned),
        **_quantifiers(posed.text, texts),
    }


def _cues(claim: str, texts: Sequence[str]) -> dict[str, float]:
    cues, first = len(negations_of(claim)), len(negations_of(texts[0]))
    there = sum(len(negations_of(text)) for text in texts)
    return {
        "negations": float(cues),
        "negations_nearest": float(first),
        "negations_there": float(there),
        "negation_only_here": float(cues > 0 and there == 0),
        "negation_only_there": float(cues == 0 and first > 0),
        "negation_unsaid": float(cues > 0 and not denies(texts)),
        "denied_otherwise": float(denies(texts[:1])),
        "denies_otherwise": float(denies([claim])),
    }


def _aligned_negations(aligned: Aligned) -> dict[str, float]:
    """Negations by the words that vectors align: kept, put in, left out, and such as nothing is near to."""
    nearest = aligned.sentences[:NEAREST]
    ours = _depths(aligned.claim.text, aligned.claim.starts)
    theirs = [_depths(sentence.text, sentence.starts) for sentence in nearest]
    depth = np.array([theirs[rank][piece] for rank, piece in aligned.pieces])
    telling = np.array([bool(nearest[rank].stems[piece]) for rank, piece in aligned.pieces])
    kept = lost = gained = loose = 0.0
    for row, our_depth in enumerate(ours):
        if not aligned.claim.stems[row] or not telling.any():
            continue
        scores = np.where(telling, aligned.likeness[row], -1.0)
        there = int(scores.argmax())
        near, their_depth = float(scores[there]), int(depth[there])
        if our_depth and near < 0.5:
            loose += 1 / our_depth
        elif our_depth and their_depth:
            kept += near / our_depth
        elif our_depth:
            gained = max(gained, near / our_depth)
        elif their_depth in (1, 2):
            lost = max(lost, near / their_depth)
    return {"negation_kept": kept, "negation_gained": gained, "negation_lost": lost, "negation_loose": loose}


def _depths(text: str, starts: Sequence[int]) -> list[int]:
    """How deep in a negation's reach each piece stands; 0 outside."""
    depths = [0] * len(starts)
    place = 0
    for each in signed(text):
        while place + 1 < len(starts) and starts[place + 1] <= each.word.start:
            place += 1
        if each.depth:
            depths[place] = depths[place] or each.depth
    return depths


def _same_words(claim: str, texts: Sequence[str]) -> dict[str, float]:
    """Negations by words of one stem: denied here and nowhere there, denied there wherever they stand and not here."""
    there: dict[str, list[int]] = {}
    for text in texts:
        for each in signed(text):
            there.setdefault(each.word.stem, []).append(each.depth)
    gained = lost = kept = 0.0
    for each in signed(claim):
        depths = there.get(each.word.stem)
        if not depths:
            continue
        if each.depth and not any(depths):
            gained = max(gained, 1 / each.depth)
        elif not each.depth and all(depths):
            lost = max(lost, 1 / min(depths))
        elif each.depth and any(depths):
            kept = max(kept, 1 / each.depth)
    return {"same_gained": gained, "same_lost": lost, "same_kept": kept}


def _directions(posed: Posed, aligned: Aligned) -> dict[str, float]:
    texts = [sentence.text for sentence in aligned.sentences[:NEAREST]]
    there = [(text, direction) for text in texts for direction in directions_of(text)]
    by_word: dict[int, tuple[float, float]] = {}
    for direction in directions_of(posed.text):
        company = company_of(posed.text, direction.word.start, direction.word.end)
        same, against = by_word.get(direction.word.start, (-1.0, -1.0))
        for text, other in there:
            if other.axis == direction.axis:
                score = 0.25 + likeness(company, company_of(text, other.word.start, other.word.end))
                if other.pole == direction.pole:
                    same = max(same, score)
                else:
                    against = max(against, score)
        by_word[direction.word.start] = (same, against)
    turned = [against - max(0.0, same) for same, against in by_word.values() if against > 0]
    ends = [start + len(piece) for start, piece in zip(aligned.claim.starts, aligned.claim.pieces, strict=True)]
    rows = [row for row, end in enumerate(ends) if any(aligned.claim.starts[row] <= word < end for word in by_word)]
    softest = aligned.likeness[rows].max(axis=1).min() if rows else 1.0
    return {
        "directions": float(len(by_word)),
        "directions_kept": float(sum(same > 0 for same, _ in by_word.values())),
        "directions_turned": float(sum(against > 0 > same for same, against in by_word.values())),
        "turned": max(turned, default=-1.0),
        "directions_unsaid": float(sum(same < 0 and against < 0 for same, against in by_word.values())),
        "direction_softest": float(softest),
    }


def _quantifiers(claim: str, texts: Sequence[str]) -> dict[str, float]:
    ours = [(rank, _counted(claim, word.end)) for word, rank in quantifiers_of(claim)]
    theirs = [(rank, _counted(text, word.end)) for text in texts for word, rank in quantifiers_of(text)]
    far = [min((abs(rank - other) for other, _ in theirs), default=0) for rank, _ in ours]
    same = [min((abs(rank - other) for other, what in theirs if what == counted), default=0) for rank, counted in ours if counted]
    return {
        "quantifier_far": float(max(far, default=0)),
        "quantifier_same": float(max(same, default=0)),
        "quantifier_unsaid": float(bool(ours) and not theirs),
    }


def _counted(text: str, end: int) -> str:
    """Stem of what a quantifier is about: the next telling word."""
    return next((word.stem for word in words_of(text[end : end + 40]) if word.telling), "")
