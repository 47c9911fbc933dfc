"""Settings: flags, then PINCITE_* variables, then defaults. Knows what can be set, not what is done with it."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; each field is the variable PINCITE_<FIELD>."""

    home: Path
    """The one folder that holds everything: library, index, documents, answers, models."""
    offline: bool = False
    """Forbid every network attempt."""
    embedder: str = ""
    """Another sentence-transformers model, by name or folder; empty for all-MiniLM-L6-v2."""
    models: Path = Path()
    """Where the embedder's fast form is kept; by default `models` in the home."""
    papers: Path = Path()
    """Folder of papers at hand: `ingest` takes from it what cannot be fetched, and `make demo` begins with it."""
    chroma_url: str = ""
    """A Chroma server to keep the index on; empty for one embedded in the home."""
    threshold: float = 0.5
    """Below this confidence a question is not answered, 0 to 1."""
    pdf_seconds: float = 120.0
    """Longest time to read one PDF."""
    pdf_memory_mb: int = 2048
    """Most memory to read one PDF, in MiB."""
    wait: float = 30.0
    """Seconds to wait for another process that is writing."""
    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    """arXiv's search interface."""
    arxiv_files_url: str = "https://arxiv.org"
    """Where arXiv's PDFs are."""
    openreview_url: str = "https://openreview.net"
    """Where OpenReview's PDFs are."""
    doi_url: str = "https://doi.org"
    """What resolves DOIs."""
    youtube_url: str = "https://www.youtube.com"
    """Where transcripts of talks are."""
    allow_private: bool = False
    """Allow addresses of this machine and of its own network; link-local ones (169.254.x.x) are refused all the same."""
    arxiv_pause: float = 3.0
    """Seconds between two requests to arXiv, of all processes of a home together; arXiv's own hosts never get less than 3."""
    host_pause: float = 1.0
    """Seconds between two requests to any other host."""
    retries: int = 3
    """How often a request that failed for a passing reason is repeated."""
    retry_seconds: float = 1.0
    """Wait before the first repetition; each further one is twice as long."""
    longest_wait: float = 60.0
    """A server that asks to be left alone for more seconds than these is not asked again."""
    connect_seconds: float = 5.0
    """Longest time to get a connection."""
    read_seconds: float = 20.0
    """Longest silence of a server."""
    download_seconds: float = 600.0
    """Longest time for one download."""
    max_download_mb: int = 200
    """Largest download, unpacked, in MB."""
    llm: str = ""
    """The language model that writes answers, e.g. `ollama/llama3.2`; empty for none. A key alone changes nothing."""
    llm_seconds: float = 120.0
    """Longest time for one answer of a language model, repetitions included."""
    llm_retries: int = 2
    """How often a request to a language model that failed for a passing reason is repeated."""
    llm_answer_tokens: int = 20_000
    """Most tokens that a language model may read and write for one question."""
    llm_tokens: int = 500_000
    """Most tokens that a language model may read and write in one command, or while the app runs."""
    verifier: str = ""
    """Another verifier of a language model's claims: a cross-encoder's name or folder; empty for Pincite's own."""
    support: float = 0.4
    """A language model's claim is given only if its quotes carry it at least this likely, 0 to 1."""
    openai_url: str = "https://api.openai.com/v1"
    """Where `openai/` models are."""
    anthropic_url: str = "https://api.anthropic.com"
    """Where `anthropic/` models are."""

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None, **flags: object) -> Settings:
        """Read the settings; flags that are None do not count.

        Raises `SettingsError` for a value that has no sense.
        """
        source = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for field in fields(cls):
            variable = f"PINCITE_{field.name.upper()}"
            if flags.get(field.name) is not None:
                values[field.name] = flags[field.name]
            elif variable in source and (source[variable].strip() or field.type == "bool"):
                values[field.name] = _parse(variable, source[variable].strip(), str(field.type))
        values["home"] = Path(values["home"]).expanduser() if "home" in values else default_home()
        values["models"] = Path(values["models"]).expanduser() if "models" in values else values["home"] / "models"
        if "papers" in values:
            values["papers"] = Path(values["papers"]).expanduser().absolute()
        settings = cls(**values)
        if not 0 <= settings.threshold <= 1:
            raise SettingsError("PINCITE_THRESHOLD is not between 0 and 1.", remedy="Give a number such as 0.5.")
        if not 0 <= settings.support <= 1:
            raise SettingsError("PINCITE_SUPPORT is not between 0 and 1.", remedy="Give a number such as 0.5.")
        return settings


def default_home() -> Path:
    """The platform's folder for a program's own files."""
    from platformdirs import user_data_path

    return user_data_path("pincite", appauthor=False)


def unread_variables(environment: Mapping[str, str] | None = None) -> list[str]:
    """PINCITE_ variables that nothing reads, each with what may be meant: a misspelt one is without effect."""
    known = {field.name.upper() for field in fields(Settings)}
    found = []
    for variable in sorted(os.environ if environment is None else environment):
        prefix, _, name = variable.partition("_")
        if prefix == "PINCITE" and name not in known:
            near = get_close_matches(name, sorted(known), 1)
            found.append(f"{variable} (PINCITE_{near[0]}?)" if near else variable)
    return found


def _parse(variable: str, text: str, kind: str) -> object:
    """A variable's text as its type."""
    try:
        if kind == "bool":
            if text.lower() in _YES | _NO:
                return text.lower() in _YES
            raise ValueError(text)
        if kind in ("int", "float"):
            number = int(text) if kind == "int" else float(text)
            if number < 0 or not math.isfinite(number):
                raise ValueError(text)
            return number
    except ValueError as error:
        wanted = {"bool": "1 or 0", "int": "a whole number from 0", "float": "a number from 0"}[kind]
        raise SettingsError(f"{variable}={text!r} has no sense.", remedy=f"Set it to {wanted}, or unset it.") from error
    return Path(text) if kind == "Path" else text
