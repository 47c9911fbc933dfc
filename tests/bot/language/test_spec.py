"""Short names of language models."""

from __future__ import annotations

import pytest

from bot.language import parse_spec
from bot.language.spec import is_loopback
from corpus.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "provider", "model", "address", "name"),
    [
        ("anthropic/claude-x-1", "anthropic", "claude-x-1", None, "anthropic/claude-x-1"),
        ("openai/gpt-x.1", "openai", "gpt-x.1", None, "openai/gpt-x.1"),
        ("ollama/llama3.2:3b", "ollama", "llama3.2:3b", "http://127.0.0.1:11434", "ollama/llama3.2:3b"),
        ("ollama/a/b@http://lamp:1234/", "ollama", "a/b", "http://lamp:1234", "ollama/a/b"),
        ("openai-like/org/m@https://lamp.example/v1", "openai-like", "org/m", "https://lamp.example/v1", "openai-like/org/m"),
        ("llama-cpp//models/Small.Q4.gguf", "llama-cpp", "/models/Small.Q4.gguf", None, "llama-cpp/Small.Q4"),
        ("llama-cpp/models/Small.gguf", "llama-cpp", "models/Small.gguf", None, "llama-cpp/Small"),
    ],
)
def test_a_short_name_is_read(text: str, provider: str, model: str, address: str | None, name: str) -> None:
    spec = parse_spec(f" {text} ")
    assert (spec.provider, spec.model, spec.address, spec.name) == (provider, model, address, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "claude",
        "nobody/model",
        "anthropic/",
        "anthropic/a b",
        "anthropic/m@http://127.0.0.1:1",
        "openai-like/m",
        "openai-like/m@ftp://host/v1",
        "openai-like/m@http://",
        "openai-like/m@http://host:99999999/v1",
        "openai-like/@http://host/v1",
        "ollama/m@lamp",
        "llama-cpp//models/",
        "llama-cpp//models/x.bin",
        "anthropic/\x1b[2J",
    ],
)
def test_what_is_no_name_is_told_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse_spec(text)
    assert "ollama/MODEL" in raised.value.remedy
    assert "\x1b" not in str(raised.value)


def test_a_password_in_an_address_is_neither_taken_nor_shown() -> None:
    with pytest.raises(SettingsError) as raised:
        parse_spec("openai-like/m@http://keeper:lamp-secret@host/v1")
    assert "lamp-secret" not in f"{raised.value} {raised.value.facts}"


def test_only_this_very_machine_is_loopback() -> None:
    near = ["http://127.0.0.1:1", "http://localhost/v1", "http://[::1]:8/v1", "http://127.9.9.9"]
    far = ["http://192.168.0.1", "http://0.0.0.0", "https://localhost.example", "http://10.0.0.1", "http://"]
    assert [is_loopback(address) for address in near + far] == [True] * 4 + [False] * 5
    assert parse_spec("llama-cpp//m.gguf").here
    assert parse_spec("ollama/m").here
    assert not parse_spec("anthropic/m").here
