"""What may not be in the repository: text of the works, and traces of the machine it was written on."""

from __future__ import annotations

import re
import subprocess
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = 12
"""Words in a row that no committed file may share with a work."""
LONGEST_END = 5
"""Words that either end of a text fragment may have."""
UNTOLD = {".git", ".venv", ".pincite", "report", "build", "dist", "__pycache__", ".hypothesis"}

_MACHINE = re.compile(r"(?<![\w.:/\\-])/(?:root|work|workspace|opt|tmp)/[\w.]")
"""A path that begins at a folder of some one machine."""


@cache
def committed_files() -> tuple[Path, ...]:
    """What git holds or would take; where this is no checkout, what lies here and is no tool's leaving."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        paths = [ROOT / name for name in said.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not _is_left(path.relative_to(ROOT))]
    return tuple(sorted(path for path in paths if path.is_file()))


def _is_left(path: Path) -> bool:
    return any(part in UNTOLD or part.endswith(("_cache", ".egg-info")) for part in path.parts)


@cache
def _texts() -> dict[str, str]:
    """The committed text files, by name; a file that is no UTF-8 is no text."""
    texts = {}
    for path in committed_files():
        try:
            texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


def _words(text: str) -> list[str]:
    """Words and numbers, however they are set: ligatures opened, line-end hyphens undone, marks left out."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\ufffe", "").replace("\x02", ""))
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "", plain).casefold())


def _runs(words: list[str]) -> set[int]:
    return {hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1)}


def _but_headings_and_titles(text: str) -> str:
    """A committed text without the names by which it points at a place: works' titles, and annotations' sections."""
    titles = re.findall(r"title = \{\{(.+?)\}\}", (ROOT / "corpus" / "works.bib").read_text(encoding="utf-8"))
    assert titles
    text = re.sub("|".join(map(re.escape, titles)), " (title) ", text)
    return re.sub(r'^section = ".*"$', "", text, flags=re.M)


def _read(path: Path) -> str:
    """The text of a paper, read without any code of ours."""
    if path.suffix != ".pdf":
        return re.sub(r"<[^>]+>|^.*-->.*$", " ", path.read_text(encoding="utf-8"), flags=re.M)
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.papers
def test_no_file_shares_a_run_of_words_with_a_paper(papers: Path) -> None:
    files = [path for path in papers.rglob("*") if path.is_file() and path.name != "SOURCES.md"]
    assert files
    theirs: set[int] = set()
    for path in files:
        theirs |= _runs(_words(_read(path)))
    shared = []
    for name, text in _texts().items():
        words = _words(_but_headings_and_titles(text))
        for start in range(len(words) - RUN + 1):
            if hash(tuple(words[start : start + RUN])) in theirs:
                shared.append(f"{name}: {' '.join(words[start : start + RUN])}")
    assert shared == []


def test_a_run_of_words_is_found_however_it_is_set() -> None:
    printed = "The ﬁrst of thir-\nteen words, set in two\u00ad\ncolumns; it ends “here”, or so they say."
    quoted = 'x = "the first of thirteen words set in two columns it ends here or so they say"'
    assert _runs(_words(printed)) & _runs(_words(quoted))
    assert not _runs(_words(printed)) & _runs(_words(quoted.replace("thirteen", "twelve").replace("ends", "closes")))


def test_text_fragments_are_short() -> None:
    files = sorted((ROOT / "corpus" / "annotations").glob("*.toml"))
    assert files
    ends = [
        (path.name, annotation[end])
        for path in files
        for annotation in tomllib.loads(path.read_text(encoding="utf-8"))["annotation"]
        for end in ("start", "end")
    ]
    assert [each for each in ends if len(each[1].split()) > LONGEST_END] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    lines = [(name, line.strip()) for name, text in _texts().items() for line in text.splitlines()]
    assert [(name, line) for name, line in lines if _MACHINE.search(line)] == []


def test_no_file_names_this_checkout_or_its_owners_home() -> None:
    """As they are where the test runs: what a tool may have written into a file."""
    places = [str(place) for place in (ROOT, Path.home()) if len(place.parts) > 2]
    assert [(name, place) for name, text in _texts().items() for place in places if place in text] == []


def test_no_file_names_the_registry_that_pip_was_told_of() -> None:
    said = subprocess.run(["python3", "-m", "pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    told = re.findall(r"(?:index-url|find-links|trusted-host|proxy)='([^']+)'", said)
    places = {
        place.rstrip("/") for line in told for place in line.split() if "pypi.org" not in place and "pytorch.org" not in place
    }
    assert [(name, place) for name, text in _texts().items() for place in places if place in text] == []
