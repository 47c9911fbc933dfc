"""`essay add`, `list`, `remove`, and the other commands with an essay that was added."""

from __future__ import annotations

import json
import sys
import tomllib
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from corpus.essays import essays
from corpus.own_catalogue import own_works
from tests.servers.loopback import send, serving
from tests.servers.papers import Paper, stock
from tests.ui.conftest import HARBOUR
from ui.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.loopback import Site
    from tests.ui.conftest import Pincite, Stocked

HARBOURS = """# Letters on Harbours 2031

## Memory

Small harbours lose their boats from memory [1]. What does a small harbour forget? And it is unclear whether the keepers of
a harbour could write more [2].

## References

1. Hale, A. (2030). Tides and the memory of small harbours. Mole Press.
2. Quill, R. (2028). Bells. arXiv:2801.00042.
3. Talks on the mole.
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """The file of an essay."""
    path = tmp_path / "letters.md"
    path.write_text(HARBOURS, encoding="utf-8")
    return path


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback."""
    with serving() as running:
        yield running


def test_an_essay_is_added_listed_and_taken_out(pincite: Pincite, letters: Path, home: Path) -> None:
    said = pincite("essay", "add", letters)
    assert said.code == 0
    assert "letters: Letters on Harbours 2031" in said.out
    assert "2 questions, 1 of them implied; 2 works cited" in said.out
    assert "? What does a small harbour forget?" in said.out
    assert "~ whether the keepers of a harbour could write more" in said.out
    assert "= Could the keepers of a harbour write more?" in said.out
    assert "unresolved: Talks on the mole." in said.out
    assert [work.key for work in own_works(home)] == ["hale-2030", "quill-2028"]
    text = (home / "essays" / "letters.toml").read_text(encoding="utf-8")
    assert "look at it" in text.partition("title =")[0]
    assert "Talks on the mole." in text.partition("title =")[0]
    assert tomllib.loads(text)["question"][0]["cites"] == ["hale-2030", "quill-2028"]
    assert "letters: Letters on Harbours 2031, 2031 (2 questions" in pincite("essay", "list").out
    removed = pincite("essay", "remove", "letters")
    assert removed.code == 0
    assert own_works(home) == []
    assert "letters" not in pincite("essay", "list").out


def test_adding_it_again_changes_nothing_and_a_changed_one_is_not_written_over(
    pincite: Pincite, letters: Path, home: Path
) -> None:
    pincite("essay", "add", letters)
    before = (home / "essays" / "letters.toml").read_bytes(), (home / "works.bib").read_bytes()
    assert "it was there already" in pincite("essay", "add", letters).out
    assert before == ((home / "essays" / "letters.toml").read_bytes(), (home / "works.bib").read_bytes())
    letters.write_text(HARBOURS.replace("forget?", "keep?"), encoding="utf-8")
    refused = pincite("essay", "add", letters)
    assert refused.code == 1
    assert "--replace" in refused.err
    assert before[0] == (home / "essays" / "letters.toml").read_bytes()
    assert pincite("essay", "add", letters, "--replace").code == 0
    assert essays(home)["letters"].questions[0].asked == "What does a small harbour keep?"
    assert pincite("essay", "add", letters, "--key", "letters-2").code == 0
    assert {"letters", "letters-2"} <= set(essays(home))


def test_json_is_one_object_and_nothing_else(pincite: Pincite, letters: Path, home: Path) -> None:
    added = pincite("essay", "add", letters, "--json").json
    assert (added["essay"], added["date"], added["new"]) == ("letters", "2031", ["hale-2030", "quill-2028"])
    assert [question["implied"] for question in added["questions"]] == [False, True]
    assert added["unresolved"][0]["text"] == "Talks on the mole."
    assert added["file"] == str(home / "essays" / "letters.toml")
    listed = pincite("essay", "list", "--json").json
    assert [(row["essay"], row["own"]) for row in listed] == [("next-on-llm-2024", False), ("letters", True)]


def test_an_added_essay_is_taken_in_and_answered(pincite: Pincite, letters: Path, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    pincite("essay", "add", letters)
    taken = pincite("ingest", "--essay", "letters", "--from", folder)
    assert taken.code == 0
    assert "hale-2030: Tides and the memory of small harbours" in taken.out
    assert "quill-2028" in taken.out
    assert pincite("answer", "--essay", "letters", "--out", tmp_path / "report", "--no-pictures").code == 0
    report = json.loads((tmp_path / "report" / "answers.json").read_text(encoding="utf-8"))
    first = next(answer for answer in report["answers"] if answer["id"] == "memory-1")
    assert first["status"] == "answered"
    assert first["citations"][0]["work"] == "hale-2030"
    saved = home / "answers" / "letters"
    assert len(list(saved.iterdir())) == 1


def test_a_work_of_the_library_is_known_by_its_title(stocked: Stocked, pincite: Pincite, letters: Path) -> None:
    title = "Lanterns and ledgers: How small archives remember"
    letters.write_text(f'{HARBOURS}4. "{title}," 2031.\n', encoding="utf-8")
    assert "lanterns: Lanterns and Ledgers: How Small Archives Remember (known)" in pincite("essay", "add", letters).out
    assert essays(stocked.home)["letters"].references == ("hale-2030", "quill-2028", "lanterns")


def test_a_page_is_fetched_and_its_references_looked_up(
    pincite: Pincite, site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PINCITE_OFFLINE")
    monkeypatch.setenv("PINCITE_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("PINCITE_HOST_PAUSE", "0")
    monkeypatch.setenv("PINCITE_ARXIV_PAUSE", "0.01")
    monkeypatch.setenv("PINCITE_ARXIV_API_URL", f"{site.url}/api/query")
    stock(site, [Paper("3101.00001", title="Tides and the Memory of Small Harbours", authors=("Ada Hale",))])
    page = (
        "<html><head><title>Letters</title></head><body><article><h1>Letters on Harbours</h1><p>What does a small "
        "harbour forget, and "
        "who would tell (Hale, 2030)? Keepers write it down every night, and nobody reads what they have written until a "
        "widow comes "
        "and asks for the name of a boat that has been away for long.</p><h2>References</h2><p>Hale, A. (2030). Tides "
        "and the memory "
        "of small harbours. Mole Press.</p></article></body></html>"
    )
    site.acts["/letters/"] = send(page.encode(), Content_Type="text/html")
    said = pincite("essay", "add", f"{site.url}/letters/")
    assert said.code == 0
    assert [work.identifiers.arxiv for work in own_works(home)] == ["3101.00001"]
    essay = essays(home)["letters"]
    assert essay.url == f"{site.url}/letters/"
    assert essay.questions[0].cites == essay.references == ("hale-2030",)
    asked = next(each for each in site.asked if each.path == "/api/query")
    assert parse_qs(asked.query)["search_query"] == ['ti:"Tides and the memory of small harbours"']
    site.asked.clear()
    pincite("essay", "add", f"{site.url}/letters/", "--no-search", "--key", "again")
    assert "/api/query" not in site.paths


def test_a_bare_doi_is_named_by_its_registry(
    pincite: Pincite, site: Site, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.acts["/10.5555/mole.7"] = send(
        b'{"title": "Light on the Mole", "author": [{"family": "Hale", "given": "Ada"}], "issued": {"date-parts": [[2030]]}}',
        Content_Type="application/vnd.citationstyles.csl+json",
    )
    for name, value in (("DOI_URL", site.url), ("ALLOW_PRIVATE", "1"), ("OFFLINE", "0"), ("HOST_PAUSE", "0")):
        monkeypatch.setenv(f"PINCITE_{name}", value)
    essay = tmp_path / "moles.md"
    essay.write_text("# Moles\n\nDoes a mole need light[^1]?\n\n[^1]: https://doi.org/10.5555/mole.7\n", encoding="utf-8")
    added = pincite("essay", "add", essay, "--json").json
    assert (added["new"], added["unresolved"], added["questions"][0]["cites"]) == (["hale-2030"], [], ["hale-2030"])
    [work] = own_works(home)
    assert (work.title, work.identifiers.doi) == ("Light on the Mole", "10.5555/mole.7")


def test_what_is_named_and_not_listed_is_said(pincite: Pincite, tmp_path: Path) -> None:
    essay = tmp_path / "bells.md"
    essay.write_text("# Bells\n\nAda Hale once said that bells lie. Do bells lie at night?\n", encoding="utf-8")
    assert "named there, not cited: Ada Hale" in pincite("essay", "add", essay).out
    again = pincite("essay", "add", essay, "--json").json
    assert again["questions"][0]["alluded"] == ["Ada Hale: alluded to, not cited"]


def test_offline_an_address_is_refused_and_a_file_is_not_looked_up(pincite: Pincite, letters: Path) -> None:
    refused = pincite("essay", "add", "https://letters.example.org/2031")
    assert refused.code == 1
    assert "PINCITE_OFFLINE" in refused.err
    assert pincite("essay", "add", letters).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "absent.md"), "does not exist"),
        (("add", "letters.md", "--key", "Not A Key"), "cannot be an essay's key"),
        (("add", "letters.md", "--key", "next-on-llm-2024"), "comes with Pincite"),
        (("remove", "absent"), "no essay"),
        (("remove", "next-on-llm-2024"), "comes with Pincite"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(
    pincite: Pincite, letters: Path, home: Path, words: tuple[str, ...], said: str
) -> None:
    refused = pincite("essay", *words)
    assert refused.code == 1
    assert said in refused.err
    assert len(refused.err.splitlines()) == 2
    assert own_works(home) == []


def test_review_opens_the_file_in_the_editor_and_reads_it_again(
    pincite: Pincite, letters: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\np.write_text(p.read_text().replace('implied = true\\n', ''))\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    said = pincite("essay", "add", letters, "--review")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "letters: 2 questions; 2 works cited."
    editor.write_text("import sys, pathlib\npathlib.Path(sys.argv[1]).write_text('title = 3')\n")
    broken = pincite("essay", "add", letters, "--review", "--replace")
    assert broken.code == 1
    assert "letters.toml" in broken.err


@pytest.mark.parametrize("editor", ["", "no-such-editor-here"])
def test_without_an_editor_the_essay_is_kept_all_the_same(
    pincite: Pincite, letters: Path, home: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    said = pincite("essay", "add", letters, "--review")
    assert said.code == 1
    assert "EDITOR" in said.err
    assert (home / "essays" / "letters.toml").exists()


def test_the_commands_have_a_help_of_their_own(pincite: Pincite) -> None:
    assert "essay" in {group.name for group in app.registered_groups}
    assert all(word in pincite("essay", "--help").out for word in ("add", "list", "remove"))
