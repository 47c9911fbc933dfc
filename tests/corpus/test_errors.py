"""The tree of errors: drawn as it is, and every error a short letter."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import corpus.errors
from corpus.errors import PinciteError

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("corpus", "ingest", "bot", "ui") for path in (ROOT / folder).rglob("*.py"))
TREE = {name: kind for name, kind in vars(corpus.errors).items() if isinstance(kind, type) and issubclass(kind, PinciteError)}

SENTENCES = re.compile(r"(?:[A-Z…]|`…`|arXiv )(?:.*[.?!…]|.*: [a-z].*)$", re.DOTALL)
"""Whole sentences, which a key or the name arXiv may begin; at the end there may be a command to copy, without a full stop."""


def drawn() -> dict[str, str]:
    """Each error of the drawing and the one that it hangs on."""
    parents: dict[str, str] = {}
    above: dict[int, str] = {}
    for line in (corpus.errors.__doc__ or "").splitlines():
        found = re.match(r"    ([│├└─ ]*)([A-Z]\w+)", line)
        if found:
            depth = len(found[1]) // 4
            above[depth] = found[2]
            parents[found[2]] = above.get(depth - 1, "Exception")
    return parents


def raised() -> list[tuple[str, int, ast.Call]]:
    """Every place where one of our errors is made."""
    return [
        (path.relative_to(ROOT).as_posix(), call.lineno, call)
        for path in SOURCES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TREE
    ]


def test_the_drawing_shows_every_error_where_it_hangs() -> None:
    assert drawn() == {name: kind.__bases__[0].__name__ for name, kind in TREE.items()}


@pytest.mark.parametrize("kind", TREE.values(), ids=TREE.keys())
def test_an_error_says_what_failed_and_what_to_do(kind: type[PinciteError]) -> None:
    error = kind("The tide is out.", remedy="Wait for it.", height=0)
    assert (error.message, error.remedy, error.facts) == ("The tide is out.", "Wait for it.", {"height": 0})
    assert str(error) == "The tide is out. Wait for it."
    assert kind.__doc__


def test_no_error_is_made_without_a_remedy() -> None:
    with pytest.raises(TypeError):
        PinciteError("The tide is out.")  # type: ignore[call-arg]


def written(part: ast.expr | None) -> str | None:
    """A message as it is written, with … for what is filled in; None where it is put together elsewhere."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    if isinstance(part, ast.JoinedStr):
        return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "…" for piece in part.values)
    return None


def test_every_error_that_is_raised_is_in_whole_sentences() -> None:
    letters = raised()
    assert len(letters) > 20
    bad = []
    for path, line, call in letters:
        remedy = next((word.value for word in call.keywords if word.arg == "remedy"), None)
        for text in (written(call.args[0] if call.args else None), written(remedy)):
            if text is not None and not SENTENCES.match(text):
                bad.append(f"{path}:{line} {text!r}")
        if remedy is None and not any(word.arg is None for word in call.keywords):
            bad.append(f"{path}:{line} has no remedy")
    assert bad == []


def test_nothing_raises_a_bare_exception() -> None:
    bad = [
        f"{path.relative_to(ROOT)}:{place.lineno}"
        for path in SOURCES
        for place in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(place, ast.Raise)
        and isinstance(place.exc, ast.Call)
        and ast.unparse(place.exc.func) in ("Exception", "PinciteError")
    ]
    assert bad == []
