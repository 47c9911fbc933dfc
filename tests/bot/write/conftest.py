"""A writer whose model is played by a scripted server, on the made-up home of the read side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from bot.language import Budget, parse_spec
from bot.language.llama_index_model import LlamaIndexModel, Patience
from bot.language.providers import Reach
from bot.write import Writer
from tests.bot.write.word_for_word import WordForWord

if TYPE_CHECKING:
    from bot.verifier.support import Supports
    from tests.servers.language_model import LanguageModelServer

KEYS = ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_LIKE_API_KEY")


class MakeWriter(Protocol):
    """Makes a writer in front of a server."""

    def __call__(
        self,
        server: LanguageModelServer,
        provider: str = "openai-like",
        *,
        seconds: float = 20,
        supports: Supports | None = None,
        answer_tokens: int = 20_000,
    ) -> Writer:
        """The writer; its client is LlamaIndex's for that provider."""
        ...


@pytest.fixture
def make_writer(monkeypatch: pytest.MonkeyPatch) -> MakeWriter:
    """Writers with real clients and no key of the person who runs the tests."""
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)

    def make(
        server: LanguageModelServer,
        provider: str = "openai-like",
        *,
        seconds: float = 20,
        supports: Supports | None = None,
        answer_tokens: int = 20_000,
    ) -> Writer:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "lamp-key")
        specs = {"openai-like": server.spec, "ollama": server.ollama, "anthropic": "anthropic/claude-sonnet-4-5"}
        reach = Reach(anthropic_url=server.url, offline=True, seconds=seconds)
        model = LlamaIndexModel(parse_spec(specs[provider]), reach, Patience(seconds, retries=1, pause=0.01))
        return Writer(model, supports or WordForWord(), budget=Budget(1_000_000), answer_tokens=answer_tokens)

    return make
