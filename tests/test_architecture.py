"""The shape of the code: layers, sizes, names, what is imported when, and what is in the wheel."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "ingest", "bot", "ui")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
HEAVY = ("torch", "transformers", "sentence_transformers", "llama_index", "chromadb", "streamlit", "onnxruntime", "trafilatura")

LEFT = frozenset(
    re.findall(
        r"\w+",
        "chunk chunks node nodes doc docs context contexts data info infos item items manager managers handler handlers "
        "helper helpers util utils common service services engine engines processor processors wrapper wrappers base misc",
    )
)
"""Words that say nothing of what a thing is, or that the glossary has a better one for."""
DEMANDED = {"bot/answer_json.py": frozenset({"handle_data", "data"})}
"""Names that a library's interface demands: here, of the standard library's HTMLParser."""

_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])")


@cache
def _modules() -> tuple[Path, ...]:
    return tuple(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _python(program: str, *, folder: Path) -> str:
    """What a program prints in an interpreter of its own."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0, capsys.readouterr().out


def test_modules_are_short() -> None:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    long = {}
    for path in _modules():
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (each.end_lineno or each.lineno) - each.lineno + 1
                if count > LONGEST_FUNCTION:
                    long[f"{_name(path)}: {each.name}"] = count
    assert long == {}


def test_every_module_says_what_it_does_not_know() -> None:
    silent = []
    for path in _modules():
        opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        said = "may not know" if path.name == "__init__.py" else r"[Kk]nows? "
        if not re.search(said, opening):
            silent.append(_name(path))
    assert silent == []


def test_names_use_the_glossarys_words() -> None:
    wrong = []
    for path in _modules():
        allowed = DEMANDED.get(_name(path), frozenset())
        for name in sorted(_given_names(path) - allowed):
            if LEFT & {word.lower() for word in _WORDS.findall(name)}:
                wrong.append(f"{_name(path)}: {name}")
    assert wrong == []


def _given_names(path: Path) -> set[str]:
    """The names that a module gives: its own, its functions', classes', arguments' and variables'."""
    names = {path.stem}
    for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case ast.alias(asname=str(name)):
                names.add(name)
    return names


def test_no_module_of_ui_is_named_like_a_library() -> None:
    """`streamlit run ui/app.py` puts ui/ first on the path, where such a module would stand before the library.

    LlamaIndex brings a package `workflows`; `ui/app.py` takes ui/ off the path again, which the next test holds.
    """
    libraries = set(importlib.metadata.packages_distributions()) | set(sys.stdlib_module_names)
    names = {path.stem for path in (ROOT / "ui").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert names
    assert names & libraries - {"__init__", "workflows"} == set()


def test_the_app_takes_its_folder_off_the_path(tmp_path: Path) -> None:
    opening = (ROOT / "ui" / "app.py").read_text(encoding="utf-8").partition("import streamlit")[0]
    program = f"""
import importlib.util
sys.path.insert(0, {str(ROOT / "ui")!r})
exec(compile({opening!r}, "app", "exec"), {{"__file__": {str(ROOT / "ui" / "app.py")!r}}})
print(importlib.util.find_spec("workflows").origin)
print(importlib.util.find_spec("ui.workflows").origin)
"""
    library, ours = _python(program, folder=tmp_path).splitlines()
    assert ROOT / "ui" not in Path(library).parents
    assert Path(ours) == ROOT / "ui" / "workflows.py"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["ask", "--help"], ["works"], ["doctor", "--help"]], ids=lambda each: " ".join(each)
)
def test_the_command_line_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    program = f"""
import os
os.environ["PINCITE_HOME"] = "home"
sys.argv = ["pincite", *{arguments!r}]
from ui.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("LOADED", sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    assert _python(program, folder=tmp_path).splitlines()[-1] == "LOADED []"


def test_every_module_can_be_imported_without_anything_heavy(tmp_path: Path) -> None:
    """All but the app's pages, which Streamlit alone imports."""
    names = [_name(path)[:-3].replace("/", ".") for path in _modules() if path.name != "__init__.py" and not _is_page(path)]
    program = f"import importlib\nfor name in {names!r}: importlib.import_module(name)\n"
    program += f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    assert _python(program, folder=tmp_path).strip() == "[]"


def _is_page(path: Path) -> bool:
    return path == ROOT / "ui" / "app.py"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, built from a copy so that the build leaves nothing in the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / "source" / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, folder / "source" / name)
    program = f"from setuptools.build_meta import build_wheel; print(build_wheel({str(folder)!r}))"
    name = _python(program, folder=folder / "source").splitlines()[-1]
    with zipfile.ZipFile(folder / name) as opened:
        yield opened


def test_the_wheel_holds_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    files = {
        _name(path)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - set(wheel.namelist()) == set()


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_brings_the_command_and_the_licences(wheel: zipfile.ZipFile) -> None:
    about = {Path(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "pincite = ui.cli:main" in wheel.read(about["entry_points.txt"]).decode()
    assert {"LICENSE", "NOTICE"} <= set(about)
