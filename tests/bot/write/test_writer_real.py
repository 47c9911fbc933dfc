"""The same plays before the real verifier and the real embedder: not one claim comes through that it would not let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.verifier import Posed, Verifier
from tests.bot.write.test_writer import QUESTION, SLOW, states
from tests.servers.language_model import language_model
from tests.servers.language_plays import PLAYS

if TYPE_CHECKING:
    from bot.reader import Reader
    from corpus.embedder import Embedder
    from tests.bot import made
    from tests.bot.write.conftest import MakeWriter

TURNED = frozenset({"alters-the-claim", "denies", "claims-anything", "look-alikes", "marks", "markup", "leaks-links"})
"""Plays whose quotes are true and whose claims are not, or not in a form to be shown."""


@pytest.mark.parametrize("name", sorted(set(PLAYS) - SLOW))
def test_every_composed_claim_is_carried_by_its_quotes(
    name: str, real_reader: Reader, sources: made.Made, real_embedder: Embedder, make_writer: MakeWriter
) -> None:
    verifier = Verifier(real_embedder)
    with language_model(name) as server:
        grown = states(real_reader, make_writer(server, supports=verifier), QUESTION)
    for answer in grown:
        quotes = {citation.number: citation for citation in answer.citations}
        composed = [claim for claim in answer.claims if claim.kind == "composed"]
        if name in TURNED:
            assert not composed
        for claim in composed:
            cited = [quotes[number] for number in claim.citations]
            texts = tuple(each.quote.text for each in cited if each.quote)
            sources_ = tuple(author.full for each in cited for author in each.work.authors)
            found = verifier.support([Posed(claim.text, texts, sources_)])[0]
            assert found.carried(0.5), claim
            assert claim.support is not None
            assert claim.support >= 0.5
            page = sources.page(cited[0].quote.document, cited[0].quote.position) if cited[0].quote else None
            assert page is not None
            assert page.read(cited[0].quote.span) == texts[0]  # type: ignore[union-attr]
    if name == "good":
        assert grown[-1].composer == "openai-like/scripted"
