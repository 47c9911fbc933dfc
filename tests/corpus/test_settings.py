"""Settings: what wins, and what is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import Settings, default_home, unread_variables


def load(flags: dict[str, object] | None = None, /, **variables: str) -> Settings:
    """Settings from these variables alone, named without PINCITE_."""
    return Settings.load({f"PINCITE_{name.upper()}": value for name, value in variables.items()}, **(flags or {}))


def test_nothing_set_means_the_defaults() -> None:
    assert Settings.load({}) == Settings(default_home(), models=default_home() / "models")


def test_a_flag_wins_over_a_variable_and_a_variable_over_the_default() -> None:
    assert load().threshold == 0.5
    assert load(threshold="0.3").threshold == 0.3
    assert load({"threshold": 0.7}, threshold="0.3").threshold == 0.7


def test_a_flag_that_was_not_given_does_not_count() -> None:
    assert load({"threshold": None, "home": None}, threshold="0.3", home="there").threshold == 0.3


def test_a_flag_may_switch_off_what_a_variable_switches_on() -> None:
    assert load({"offline": False}, offline="1").offline is False


def test_a_flag_of_nought_counts() -> None:
    assert load({"wait": 0.0}, wait="9").wait == 0.0


def test_the_variables_of_this_process_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_WAIT", "7")
    assert Settings.load().wait == 7
    assert Settings.load({}).wait != 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("home", Path("there")),
        ("offline", True),
        ("embedder", "another/model"),
        ("models", Path("models")),
        ("papers", Path("/at/hand")),
        ("chroma_url", "http://localhost:8000"),
        ("threshold", 0.25),
        ("pdf_seconds", 5.5),
        ("pdf_memory_mb", 512),
        ("wait", 1.5),
        ("arxiv_api_url", "http://localhost/api"),
        ("arxiv_files_url", "http://localhost/files"),
        ("doi_url", "http://localhost/doi"),
        ("youtube_url", "http://localhost/tube"),
        ("allow_private", True),
        ("arxiv_pause", 4.5),
        ("host_pause", 0.5),
        ("retries", 1),
        ("retry_seconds", 0.25),
        ("longest_wait", 9.0),
        ("connect_seconds", 2.5),
        ("read_seconds", 7.0),
        ("download_seconds", 90.0),
        ("max_download_mb", 20),
        ("openreview_url", "http://localhost/open"),
        ("llm", "ollama/lamp"),
        ("llm_seconds", 7.5),
        ("llm_retries", 1),
        ("llm_answer_tokens", 9000),
        ("llm_tokens", 90000),
        ("verifier", "/somewhere/verifier"),
        ("support", 0.75),
        ("openai_url", "http://localhost/v1"),
        ("anthropic_url", "http://localhost/anthropic"),
    ],
)
def test_each_setting_has_its_variable(name: str, value: object) -> None:
    settings = load(**{name: f" {value} "})
    assert getattr(settings, name) == value
    assert type(getattr(settings, name)) is type(value)


def test_no_setting_is_left_out_above() -> None:
    (marks,) = test_each_setting_has_its_variable.pytestmark  # type: ignore[attr-defined]
    assert {name for name, _ in marks.args[1]} == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_an_empty_variable_is_as_good_as_none(name: str) -> None:
    assert load(**{name: "  "}) == load()


def test_models_lie_in_the_home_unless_set(tmp_path: Path) -> None:
    assert load(home=str(tmp_path)).models == tmp_path / "models"
    assert load({"home": tmp_path}, home="elsewhere").models == tmp_path / "models"
    assert load(home=str(tmp_path), models="/elsewhere").models == Path("/elsewhere")


def test_a_tilde_is_the_persons_own_folder() -> None:
    assert load(home="~/pincite").home == Path.home() / "pincite"
    assert load({"home": Path("~/pincite")}).home == Path.home() / "pincite"
    assert load(models="~/models").models == Path.home() / "models"


@pytest.mark.parametrize("text", ["1", "true", "Yes", "ON"])
def test_words_that_mean_yes(text: str) -> None:
    assert load(offline=text).offline is True


@pytest.mark.parametrize("text", ["0", "false", "No", "OFF", ""])
def test_words_that_mean_no(text: str) -> None:
    assert load(offline=text).offline is False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("offline", "maybe"),
        ("offline", "2"),
        ("threshold", "high"),
        ("threshold", "0,5"),
        ("threshold", "-0.1"),
        ("threshold", "1.1"),
        ("threshold", "nan"),
        ("wait", "-1"),
        ("wait", "nan"),
        ("wait", "inf"),
        ("pdf_seconds", "soon"),
        ("pdf_memory_mb", "2.5"),
        ("pdf_memory_mb", "-1"),
    ],
)
def test_a_variable_without_sense_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(**{name: text})
    assert f"PINCITE_{name.upper()}" in raised.value.message
    assert raised.value.remedy


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan")])
def test_a_flag_without_sense_is_refused(threshold: float) -> None:
    with pytest.raises(SettingsError):
        load({"threshold": threshold})


@pytest.mark.parametrize("threshold", ["0", "1", "0.0", "1.0"])
def test_the_ends_of_the_range_are_in_it(threshold: str) -> None:
    assert load(threshold=threshold).threshold == float(threshold)


def test_a_misspelt_variable_is_named_with_the_right_one() -> None:
    assert unread_variables({"PINCITE_OFLINE": "1", "PINCITE_HOME": "here"}) == ["PINCITE_OFLINE (PINCITE_OFFLINE?)"]


def test_a_folder_of_papers_is_a_place_even_where_it_is_the_present_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load({"PINCITE_PAPERS": "."}).papers == tmp_path
    assert Settings.load({"PINCITE_PAPERS": "~/p"}).papers == Path.home() / "p"
    assert not Settings.load({}).papers.is_absolute()


def test_a_variable_like_no_other_is_named() -> None:
    assert unread_variables({"PINCITE_ZZZZ": "1", "PINCITE_PAPERS": "papers"}) == ["PINCITE_ZZZZ"]


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.load({"PATH": "/bin", "PINCITES": "x"}) == Settings.load({})
