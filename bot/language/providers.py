"""Makes LlamaIndex's class for each provider, imported only when that provider is named. Knows no prompt.

Retries are ours (`bot.language.llama_index_model`), so every client is told to make none.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.language.failures import KEYS
from bot.language.spec import is_loopback
from corpus.errors import MissingKey, MissingProvider, ModelFailed, ModelUnreachable, UnknownModel

if TYPE_CHECKING:
    from bot.language.model import Prompt
    from bot.language.spec import ModelSpec

WINDOW = 8192
"""Tokens that a model on this machine keeps in view: the evidence, the rules and the answer are about half of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where providers are, and what is allowed."""

    openai_url: str = "https://api.openai.com/v1"
    anthropic_url: str = "https://api.anthropic.com"
    offline: bool = False
    """Forbid every address but those of this very machine."""
    seconds: float = 120.0
    """Longest silence."""


def address_of(spec: ModelSpec, reach: Reach) -> str | None:
    """Where the model's server is; None for a file."""
    return {"anthropic": reach.anthropic_url, "openai": reach.openai_url}.get(spec.provider, spec.address)


def open_model(spec: ModelSpec, reach: Reach, longest: int) -> Any:
    """LlamaIndex's object for the model; raises `LanguageModelError` where that can be told before it is asked."""
    address = address_of(spec, reach)
    if reach.offline and address is not None and not is_loopback(address):
        raise ModelUnreachable(
            f"PINCITE_OFFLINE forbids {spec.name}, which is not on this machine.",
            remedy="Unset PINCITE_OFFLINE, or name a model that runs here.",
        )
    makers = {
        "anthropic": _anthropic,
        "openai": _openai,
        "openai-like": _openai_like,
        "ollama": _ollama,
        "llama-cpp": _llama_cpp,
    }
    try:
        return makers[spec.provider](spec, reach, longest)
    except ImportError as error:
        raise MissingProvider(
            f"The package that speaks to {spec.provider} models is not installed.",
            remedy=f"Install it: pip install 'pincite[{spec.provider}]'",
            provider=spec.provider,
        ) from error


def _key(spec: ModelSpec) -> str:
    key = os.environ.get(KEYS[spec.provider], "").strip()
    if not key:
        raise MissingKey(f"{spec.name} needs a key, and {KEYS[spec.provider]} is not set.", remedy=f"Set {KEYS[spec.provider]}.")
    return key


def _quiet(address: str, seconds: float) -> dict[str, Any]:
    """How httpx is to speak to an address: with that one alone, also where it points to another, or a proxy is set.

    What is shown to a model, and its key, would go where a redirection leads; and what runs on this machine needs no proxy.
    """
    return {"follow_redirects": False, "trust_env": not is_loopback(address), "timeout": seconds}


def _anthropic(spec: ModelSpec, reach: Reach, longest: int) -> Any:
    from httpx import Client
    from llama_index.core.llms import LLMMetadata
    from llama_index.llms.anthropic import Anthropic
    from llama_index.llms.anthropic.utils import CLAUDE_MODELS

    class Newer(Anthropic):  # type: ignore[misc,unused-ignore]  # the client's types are not always installed
        """For models newer than LlamaIndex's list, which it will not speak to; they choose their own temperature."""

        @property
        def metadata(self) -> Any:
            return LLMMetadata(context_window=200_000, num_output=longest, is_chat_model=True, model_name=self.model)

        @property
        def _model_kwargs(self) -> dict[str, Any]:
            return {"model": self.model, "max_tokens": longest}

    key = _key(spec)
    made: Any = Anthropic if spec.model in CLAUDE_MODELS else Newer
    model = made(
        model=spec.model,
        api_key=key,
        base_url=reach.anthropic_url,
        max_tokens=longest,
        temperature=0.0,
        timeout=reach.seconds,
        max_retries=0,
    )
    quiet = Client(**_quiet(reach.anthropic_url, reach.seconds))
    model._client = model._client.with_options(http_client=quiet)  # LlamaIndex's class takes no client
    return model


def _openai(spec: ModelSpec, reach: Reach, longest: int) -> Any:
    """OpenAI's own class where it knows the model; else the class for anything that speaks alike, for models newer than it."""
    from httpx import Client
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS

    key = _key(spec)
    usage: dict[str, Any] = {"stream_options": {"include_usage": True}}
    settled: dict[str, Any] = {
        "model": spec.model,
        "api_key": key,
        "api_base": reach.openai_url,
        "timeout": reach.seconds,
        "max_retries": 0,
        "http_client": Client(**_quiet(reach.openai_url, reach.seconds)),
    }
    if spec.model in ALL_AVAILABLE_MODELS:
        return OpenAI(max_tokens=longest, temperature=0.0, additional_kwargs=usage, **settled)
    from llama_index.llms.openai_like import OpenAILike

    usage["max_completion_tokens"] = longest
    return OpenAILike(is_chat_model=True, temperature=1.0, additional_kwargs=usage, **settled)


def _openai_like(spec: ModelSpec, reach: Reach, longest: int) -> Any:
    from httpx import Client
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=spec.model,
        api_key=os.environ.get(KEYS["openai-like"], "").strip() or "none",
        api_base=spec.address,
        is_chat_model=True,
        max_tokens=longest,
        temperature=0.0,
        timeout=reach.seconds,
        max_retries=0,
        http_client=Client(**_quiet(spec.address or "", reach.seconds)),
    )


def _ollama(spec: ModelSpec, reach: Reach, longest: int) -> Any:
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    address = spec.address or ""
    return Ollama(
        model=spec.model,
        base_url=address,
        client=Client(host=address, **_quiet(address, reach.seconds)),
        temperature=0.0,
        context_window=WINDOW,
        request_timeout=reach.seconds,
        additional_kwargs={"num_predict": longest},
    )


def _llama_cpp(spec: ModelSpec, reach: Reach, longest: int) -> Any:  # noqa: ARG001 - a file needs no reach
    from llama_index.llms.llama_cpp import LlamaCPP

    if not Path(spec.model).is_file():
        raise UnknownModel(f"There is no model file {spec.model}.", remedy="Give the path of a .gguf file.", path=spec.model)
    try:
        model = LlamaCPP(model_path=spec.model, max_new_tokens=longest, temperature=0.0, context_window=WINDOW, verbose=False)
    except (ValueError, OSError, RuntimeError) as error:
        raise ModelFailed(
            f"The model file {Path(spec.model).name} cannot be loaded.",
            remedy="Fetch it anew, or name another.",
            path=spec.model,
        ) from error
    model.messages_to_prompt = _in_its_own_form(model)
    return model


def wishes(spec: ModelSpec, model: Any, prompt: Prompt) -> dict[str, Any]:
    """What is said to a model beside the prompt: the form that it is held to, where it runs on this machine."""
    if spec.provider == "ollama" and prompt.form:
        return {"format": prompt.form}
    if spec.provider == "llama-cpp":
        from importlib import import_module

        grammar = import_module("llama_cpp").LlamaGrammar
        model.generate_kwargs["max_tokens"] = prompt.longest
        model.generate_kwargs["grammar"] = (
            grammar.from_json_schema(json.dumps(prompt.form), verbose=False) if prompt.form else None
        )
    return {}


def _in_its_own_form(model: Any) -> Any:
    """How this file's model wants to be spoken to, as the file itself says."""
    from importlib import import_module

    make_formatter = import_module("llama_cpp.llama_chat_format").Jinja2ChatFormatter
    held = model._model  # LlamaIndex's class offers no other way to what the file says of itself
    template = held.metadata.get("tokenizer.chat_template")
    if not template:
        return lambda messages: "\n\n".join([*(str(message.content) for message in messages), ""])

    def mark(token: int) -> str:
        return str(held._model.token_get_text(token)) if token != -1 else ""

    formatter = make_formatter(template, eos_token=mark(held.token_eos()), bos_token=mark(held.token_bos()))

    def prompt(messages: Any) -> str:
        spoken: Any = [{"role": message.role.value, "content": str(message.content)} for message in messages]
        return str(formatter(messages=spoken).prompt)

    return prompt
