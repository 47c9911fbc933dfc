"""Real clients of LlamaIndex in front of a scripted server."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of the person who runs the tests is ever sent, and none of their proxies is asked."""
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_LIKE_API_KEY", "OPENAI_API_BASE", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
