"""README.md says what is so: commands, session, settings, tree, libraries, links."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.readme import README, ROOT, part, session, settings_table, with_part, without_durations
from tests.test_no_paper_text import committed_files

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


@cache
def _commands() -> dict[str, set[str]]:
    """Every command of the program with the options it knows."""
    import typer.main

    from ui.cli import app

    group = typer.main.get_group(app)
    return {
        name: {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }


def _text(name: str = "README.md") -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_and_options_exist(name: str) -> None:
    said = re.findall(
        r"^(?:\$ )?(?:\S+=\S+ )*(?:\.venv/bin/)?pincite ([a-z]+)([^\n|#]*)|`(?:\.venv/bin/)?pincite ([a-z]+)([^`]*)`",
        _text(name),
        re.M,
    )
    assert said
    for at_start, rest, inline, inline_rest in said:
        command = at_start or inline
        assert command in _commands(), f"{name} speaks of pincite {command}"
        options = set(re.findall(r"(?<=\s)--[a-z-]+", f" {rest or inline_rest}"))
        assert options <= _commands()[command], f"{name} gives pincite {command} options it does not know"


def test_every_command_is_in_the_readme() -> None:
    listed = re.findall(r"^pincite ([a-z]+)", part(_text(), "commands"), re.M)
    assert sorted(listed) == sorted(_commands())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.M))
    said = set(re.findall(r"(?:^|`)make ([a-z-]+)", _text(name), re.M))
    assert said
    assert said <= targets


def test_make_help_lists_every_target() -> None:
    said = subprocess.run(["make", "-C", str(ROOT), "-s", "help"], capture_output=True, text=True, check=True).stdout
    declared = re.search(r"^\.PHONY: (.*)$", _text("Makefile"), re.M)
    assert declared
    assert re.findall(r"^make ([a-z-]+)", said, re.M) == declared[1].split()


def test_the_session_is_what_the_program_prints(tmp_path: Path, models: Path) -> None:
    shown = part(_text(), "session").removeprefix("```console\n").removesuffix("\n```")
    assert without_durations(shown) == without_durations(session(tmp_path, models)), "make readme writes it anew"
    program = (
        "import sys; sys.argv = ['pincite', 'ask', 'What did the lamps change?']; from ui.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'llama_index') if name in sys.modules])"
    )
    settings = {"PYTHONPATH": str(ROOT), "PINCITE_HOME": str(tmp_path / "home"), "PINCITE_MODELS": str(models)}
    said = subprocess.run([sys.executable, "-c", program], env=settings, capture_output=True, text=True, check=True).stdout
    assert "confidence" in said
    assert said.splitlines()[-1] == "[]", "a question loads no model framework"


def test_the_settings_are_those_of_the_code() -> None:
    assert part(_text(), "settings") == settings_table(), "make readme writes them anew"


def test_a_part_is_replaced_between_its_marks() -> None:
    assert with_part("a <!-- x -->\nold\n<!-- end of x --> b", "x", "new") == "a <!-- x -->\nnew\n<!-- end of x --> b"


def test_the_tree_is_that_of_the_repository() -> None:
    named, above = set(), [""] * 8
    for line in part(_text(), "tree").splitlines():
        entry = re.match(r"( *)([\w./-]+/?)(?: {2,}|$)", line)
        if entry:
            depth = len(entry[1]) // 2
            above[depth] = entry[2].rstrip("/") + "/"
            named.add("".join(above[:depth]) + entry[2].rstrip("/"))
    assert {name for name in named if not (ROOT / name).exists()} == set()
    folders = {folder.as_posix() for path in committed_files() for folder in path.relative_to(ROOT).parents if folder.name}
    assert {name for name in folders if name.count("/") < 2} - named == set(), "folders that the tree leaves out"


def test_the_library_table_names_every_dependency_and_commands_that_exist() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part(_text(), "libraries").splitlines()[2:]]
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    needed = {re.split(r"[\s<>=!~;\[]", each)[0] for each in project["dependencies"]}
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row[0])}
    assert named == needed
    for row in rows:
        for command in re.findall(r"`pincite ([a-z]+)", row[2]):
            assert command in _commands()
        assert "`pincite " in row[2], row[0]


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", _text(name))
    assert {link for link in links if not (ROOT / link).exists()} == set()


def test_the_readme_opens_with_what_it_is_and_the_two_commands() -> None:
    opening = _text().partition("<!-- session -->")[0]
    assert opening.startswith("# Pincite\n")
    assert "make demo" in opening
    assert "make test" in opening
    assert README.name == "README.md"


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads(_text("pyproject.toml"))["project"]["version"]
    assert f"## {version}" in _text("CHANGELOG.md")
