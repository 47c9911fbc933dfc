"""What README.md shows of the program itself: a session and the settings. Knows nothing else of what the README says.

`make readme` writes both anew; `tests/test_readme.py` holds the README to them.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path

from corpus.settings import Settings
from tests.paper.build_paper import build

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAPER = "lanterns-and-ledgers.pdf"
"""The paper of our own making, under the name that the session gives it."""
QUESTION = "Why do brighter lamps help an archive so little?"
COMMANDS = (
    f"pincite add {PAPER}",
    f'pincite ask "{QUESTION}"',
    f'pincite ask "{QUESTION}" --json > answer.json',
    "pincite verify answer.json",
)
WIDTH = 88
"""Columns of the terminal that the session pretends to have."""

_DURATION = re.compile(r"\b\d[\d,]* ms\b")


def session(folder: Path, models: Path | None = None) -> str:
    """Run the commands in an empty folder, and give what was typed and what was printed."""
    build(folder / PAPER)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    environment |= {"PINCITE_HOME": str(folder / "home"), "PINCITE_OFFLINE": "1", "COLUMNS": str(WIDTH)}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment |= {"PINCITE_MODELS": str(models)} if models else {}
    return "\n".join(line for command in COMMANDS for line in (f"$ {command}", *_run(command, folder, environment), "")).rstrip()


def _run(command: str, folder: Path, environment: dict[str, str]) -> list[str]:
    """The lines that one command prints; `> FILE` takes them to a file."""
    words = shlex.split(command)
    target = words[words.index(">") + 1] if ">" in words else None
    arguments = words[1 : words.index(">")] if target else words[1:]
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}:\n{done.stderr}")
    if target:
        (folder / target).write_text(done.stdout, encoding="utf-8")
        return []
    return done.stdout.rstrip().splitlines()


def without_durations(text: str) -> str:
    """The session without what differs from run to run."""
    return _DURATION.sub("… ms", text)


def settings_table() -> str:
    """Every setting with its variable, its default, and what is written under it in `corpus/settings.py`."""
    rows = ["| variable | default | |", "|---|---|---|"]
    said = _said_of_settings()
    for field in fields(Settings):
        default = "" if field.default is MISSING or field.default in ("", Path()) else f"`{_shown(field.default)}`"
        rows.append(f"| `PINCITE_{field.name.upper()}` | {default} | {said[field.name]} |")
    return "\n".join(rows)


def _shown(default: object) -> str:
    return str(int(default)) if isinstance(default, bool) else f"{default:g}" if isinstance(default, float) else str(default)


def _said_of_settings() -> dict[str, str]:
    """The docstring under each field."""
    tree = ast.parse((ROOT / "corpus" / "settings.py").read_text(encoding="utf-8"))
    body = next(each.body for each in tree.body if isinstance(each, ast.ClassDef) and each.name == "Settings")
    said = {}
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                said[name] = " ".join(text.split())
    return said


def part(text: str, name: str) -> str:
    """What stands between the marks `<!-- name -->` and `<!-- end of name -->`."""
    return _marks(name).search(text)[2].strip("\n")  # type: ignore[index]


def with_part(text: str, name: str, new: str) -> str:
    """The text with another part between these marks."""
    return _marks(name).sub(lambda found: f"{found[1]}\n{new}\n{found[3]}", text, count=1)


def _marks(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->)(.*?)(<!-- end of {name} -->)", re.DOTALL)


def main() -> None:
    """Write the README's session and settings anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        text = with_part(text, "session", f"```console\n{session(Path(folder))}\n```")
    README.write_text(with_part(text, "settings", settings_table()), encoding="utf-8")


if __name__ == "__main__":
    main()
