"""What the exceptions of the providers' clients mean to a person. Knows no client: only what all of them tell alike.

The clients of OpenAI and Anthropic carry a status and the response, Ollama's a status alone; below them are httpx and
the sockets. What a server says in its own words goes no further than an error's facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.errors import LanguageModelError, MissingKey, ModelFailed, ModelRefused, ModelUnreachable, UnknownModel

if TYPE_CHECKING:
    from bot.language.spec import ModelSpec

KEYS = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY", "openai-like": "OPENAI_LIKE_API_KEY"}
"""The variable of each provider's key. A server that only speaks like OpenAI's never gets OpenAI's key."""

LONGEST_SAID = 200
_PASSING = frozenset({408, 409, 425, 429, 529})
_CONNECTION = ("APIConnectionError", "ConnectError", "ReadError", "WriteError", "RemoteProtocolError", "CloseError")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Failure:
    """A foreign exception, translated."""

    error: LanguageModelError
    passing: bool = False
    """True where the same request may succeed a little later."""
    wait: float | None = None
    """Seconds that the server asks for."""
    unread: bool = False
    """True where the request was turned away or reached nobody, so that it costs nothing."""


def failure(raised: Exception, spec: ModelSpec, seconds: float) -> Failure:
    """Translate what a client raised."""
    status = getattr(raised, "status_code", None)
    if isinstance(status, int) and status > 0:
        return replace(_of_status(raised, status, spec), unread=True)
    names = {kind.__name__ for kind in type(raised).__mro__}
    if isinstance(raised, TimeoutError) or any("Timeout" in name for name in names):
        return Failure(
            ModelUnreachable(
                f"{spec.name} did not finish within {seconds:g} seconds.",
                remedy="Try it with `pincite doctor --llm`, or give it more time with PINCITE_LLM_SECONDS.",
            ),
            passing=True,
        )
    if isinstance(raised, ConnectionError) or names.intersection(_CONNECTION):
        where = spec.address or f"the servers of {spec.provider}"
        started = "Start its server" if spec.here else "Check the network and the address"
        return Failure(
            ModelUnreachable(
                f"{spec.name} cannot be reached: there is no connection to {where}, or it broke off.",
                remedy=f"{started}, then try it with `pincite doctor --llm`.",
                address=spec.address,
            ),
            passing=True,
            unread=_found_nobody(raised),
        )
    return Failure(
        ModelFailed(
            f"{spec.name} failed, and its client says no more than {type(raised).__name__}.",
            remedy="Try it with `pincite doctor --llm`, or name another model.",
            said=_said(raised),
        )
    )


def _of_status(raised: Exception, status: int, spec: ModelSpec) -> Failure:
    """Translate an HTTP status."""
    said = _said(raised)
    if status == 401:
        key = KEYS.get(spec.provider)
        remedy = f"Set {key} to a key that it takes." if key else "Set its server up so that it needs no key."
        return Failure(MissingKey(f"{spec.name} does not take the key that it was given (401).", remedy=remedy))
    if 300 <= status < 400:
        remedy = "Name the address that it points to, if you trust it with what the model is shown."
        return Failure(ModelRefused(f"The server of {spec.name} points to another address ({status}).", remedy=remedy, said=said))
    if status == 404:
        remedy = f"Load it with `ollama pull {spec.model}`." if spec.provider == "ollama" else "Check its name and its address."
        return Failure(UnknownModel(f"There is no model {spec.name} where it was sought (404).", remedy=remedy, said=said))
    if status == 429:
        return Failure(
            ModelRefused(
                f"{spec.name} takes no more requests at present (429).",
                remedy="Wait, or look at the limits of your account.",
                said=said,
            ),
            passing=True,
            wait=_retry_after(raised),
        )
    if status in _PASSING or status >= 500:
        error = ModelUnreachable(
            f"The server of {spec.name} failed ({status}).", remedy="Wait a little, then do it again.", said=said
        )
        return Failure(error, passing=True, wait=_retry_after(raised))
    return Failure(
        ModelRefused(
            f"{spec.name} refused the request ({status}).",
            remedy="Try it with `pincite doctor --llm`, which shows what it says.",
            said=said,
        )
    )


def _found_nobody(raised: BaseException | None) -> bool:
    """True where no connection came about; of one that broke off nobody knows how much was read."""
    while raised is not None:
        if isinstance(raised, ConnectionRefusedError) or type(raised).__name__ == "ConnectError":
            return True
        raised = raised.__cause__ or raised.__context__
    return False


def _retry_after(raised: Exception) -> float | None:
    """What the server asks for, in seconds; a date counts from now."""
    headers = getattr(getattr(raised, "response", None), "headers", None)
    asked = str(headers.get("retry-after") or "").strip() if headers is not None else ""
    if not asked:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d+)?", asked):
        return float(asked)
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _said(raised: Exception) -> str:
    return _UNPRINTABLE.sub(" ", str(raised))[:LONGEST_SAID].strip()
