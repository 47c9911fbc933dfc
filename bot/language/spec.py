"""The short names of language models: `anthropic/…`, `ollama/…@http://…`. Knows no model and asks none."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from corpus.errors import SettingsError

Provider = Literal["anthropic", "openai", "ollama", "openai-like", "llama-cpp"]

FORMS = (
    "anthropic/MODEL, openai/MODEL, ollama/MODEL, ollama/MODEL@http://host:11434, "
    "openai-like/MODEL@http://host:port/v1 or llama-cpp//path/to/model.gguf"
)
OLLAMA = "http://127.0.0.1:11434"
"""Where Ollama listens unless told otherwise."""

_ADDRESS = re.compile(r"@(?=\w+://)")
_MODEL = re.compile(r"[\w.:+/-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which language model is meant."""

    provider: Provider
    model: str
    """Its name at the provider; for `llama-cpp` the path of its file."""
    address: str | None = None
    """Where its server is; None for the provider's own."""

    @property
    def name(self) -> str:
        """What it is called in answers: without its address, and of a file the stem alone."""
        return f"{self.provider}/{Path(self.model).stem if self.provider == 'llama-cpp' else self.model}"

    @property
    def here(self) -> bool:
        """True where it runs on this machine, so that nothing leaves it."""
        return self.provider == "llama-cpp" or (self.address is not None and is_loopback(self.address))


def parse_spec(text: str) -> ModelSpec:
    """Read a short name; raises `SettingsError` where it is none."""
    provider, slash, rest = text.strip().partition("/")
    if not slash or provider not in get_args(Provider):
        raise _no_sense(text, "does not begin with a provider")
    known = cast("Provider", provider)
    if known == "llama-cpp":
        return _file(text, rest)
    model, address = _parted(rest)
    if not _MODEL.fullmatch(model):
        raise _no_sense(text, "names no model" if not model else "has a model's name with other characters than names have")
    if known in ("anthropic", "openai"):
        if address:
            raise _no_sense(text, f"has an address, which {provider}/ models do not take")
        return ModelSpec(known, model)
    if known == "openai-like" and not address:
        raise _no_sense(text, "has no address")
    return ModelSpec(known, model, _sound(text, address or OLLAMA))


def is_loopback(address: str) -> bool:
    """True for an address of this very machine."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parted(rest: str) -> tuple[str, str | None]:
    model, *address = _ADDRESS.split(rest, maxsplit=1)
    return model.strip(), address[0] if address else None


def _file(text: str, path: str) -> ModelSpec:
    if not path.lower().endswith(".gguf"):
        raise _no_sense(text, "names no .gguf file")
    return ModelSpec("llama-cpp", str(Path(path).expanduser()))


def _sound(text: str, address: str) -> str:
    """An address of the web, without a name or password in it, which would be shown."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise _no_sense(text, "has an address that is none")
    if parts.username or parts.password:
        raise _no_sense("This", "has a password in its address; keys are read from the environment alone")
    return address.rstrip("/")


def _no_sense(text: str, why: str) -> SettingsError:
    shown = f"{text[:120]!r} {why}" if text != "This" else f"This name {why}"
    return SettingsError(f"No language model is named so: {shown}.", remedy=f"Name one as {FORMS}.", spec=text[:120])
