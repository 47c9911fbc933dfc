"""Every provider's real client against a server on loopback: streaming, time-outs, repetitions, budget, errors."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.language import Budget, Prompt, parse_spec
from bot.language.llama_index_model import LlamaIndexModel, Patience
from bot.language.providers import Reach, open_model
from corpus.errors import (
    BudgetExceeded,
    LanguageModelError,
    MissingKey,
    MissingProvider,
    ModelRefused,
    ModelUnreachable,
    UnknownModel,
)
from tests.servers.language_model import language_model
from tests.servers.language_plays import Reply, Seen

if TYPE_CHECKING:
    from bot.language.spec import ModelSpec
    from tests.servers.language_model import LanguageModelServer

PATIENT = Patience(seconds=20, retries=2, pause=0.02)
KEY = "lamp-key-0001"
PROVIDERS = ("openai-like", "openai", "openai-newer", "anthropic", "anthropic-newer", "ollama")


def model_at(server: LanguageModelServer, provider: str = "openai-like", patience: Patience = PATIENT) -> LlamaIndexModel:
    """A model of this provider whose server is the scripted one."""
    reach = Reach(openai_url=f"{server.url}/v1", anthropic_url=server.url, offline=True, seconds=patience.seconds)
    spec = {
        "openai-like": server.spec,
        "openai": "openai/gpt-4o-mini",
        "openai-newer": "openai/scripted-nobody-knows",
        "anthropic": "anthropic/claude-sonnet-4-5",
        "anthropic-newer": "anthropic/claude-nobody-knows",
        "ollama": server.ollama,
    }[provider]
    return LlamaIndexModel(parse_spec(spec), reach, patience)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, KEY)


def says(asked: Seen) -> Reply:
    return Reply("The lamp is lit, and the keeper is awake.")


def prompt(budget: Budget | None = None, longest: int = 500) -> Prompt:
    return Prompt("You are terse.", "Is the lamp lit?", budget or Budget(10_000), longest)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_streams(provider: str) -> None:
    with language_model(says) as server:
        pieces = list(model_at(server, provider).write(prompt()))
        body = server.asked[0].body
    assert len(pieces) > 2
    assert "".join(pieces) == "The lamp is lit, and the keeper is awake."
    assert body["stream"] is True
    assert "You are terse." in str(body)
    assert "Is the lamp lit?" in str(body)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_is_told_where_to_stop(provider: str) -> None:
    with language_model(says) as server:
        list(model_at(server, provider).write(prompt(longest=321)))
        assert "321" in str(server.asked[0].body)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_read_and_written_is_counted(provider: str) -> None:
    budget = Budget(10_000)
    with language_model(says) as server:
        list(model_at(server, provider).write(prompt(budget)))
    assert 12 <= budget.spent <= 100


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("play", "kind"),
    [
        ("bad-key", MissingKey),
        ("unknown-model", UnknownModel),
        ("refuses", ModelRefused),
        ("busy", ModelRefused),
        ("fails", ModelUnreachable),
        ("breaks-off", ModelUnreachable),
    ],
)
def test_every_failure_is_a_short_letter(provider: str, play: str, kind: type[LanguageModelError]) -> None:
    with language_model(play) as server:
        model = model_at(server, provider)
        with pytest.raises(kind) as raised:
            list(model.write(prompt()))
    assert model.name in raised.value.message
    assert "moon" not in str(raised.value)
    assert KEY not in f"{raised.value}{raised.value.facts}"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("play", ["busy-once", "fails-once"])
def test_a_passing_failure_is_waited_out(provider: str, play: str) -> None:
    with language_model(play) as server:
        assert "claims" in "".join(model_at(server, provider).write(prompt()))
        assert len(server.asked) == 2


def test_as_often_as_allowed_and_no_more() -> None:
    with language_model("fails") as server:
        with pytest.raises(ModelUnreachable):
            list(model_at(server).write(prompt()))
        assert len(server.asked) == 3
        first, second, third = (asked.at for asked in server.asked)
    assert second - first >= PATIENT.pause
    assert third - second >= 2 * PATIENT.pause, "each wait is twice the one before; a busy machine may add to both"


def test_the_time_that_a_server_asks_for_is_given() -> None:
    with language_model("busy-once-with-a-time") as server:
        assert "claims" in "".join(model_at(server).write(prompt()))
        assert server.asked[1].at - server.asked[0].at >= 1


def test_a_server_that_asks_for_a_day_is_not_asked_again() -> None:
    with language_model("busy-for-long") as server:
        with pytest.raises(ModelRefused):
            list(model_at(server).write(prompt()))
        assert len(server.asked) == 1


@pytest.mark.parametrize("play", ["refuses", "bad-key", "unknown-model"])
def test_a_failure_for_good_is_not_repeated_and_remembered(play: str) -> None:
    with language_model(play) as server:
        model = model_at(server)
        for _ in range(3):
            with pytest.raises(LanguageModelError):
                list(model.write(prompt()))
        assert len(server.asked) == 1


def test_a_success_makes_failures_forgotten() -> None:
    with language_model("fails-once") as server:
        model = model_at(server, patience=replace(PATIENT, retries=0))
        with pytest.raises(ModelUnreachable):
            list(model.write(prompt()))
        for _ in range(3):
            assert list(model.write(prompt()))


@pytest.mark.parametrize("play", ["stalls", "says-nothing-at-all"])
def test_silence_ends(play: str) -> None:
    with language_model(play) as server, pytest.raises(ModelUnreachable) as raised:
        list(model_at(server, patience=Patience(seconds=1, retries=2, pause=0.01)).write(prompt()))
    assert "PINCITE_LLM_SECONDS" in raised.value.remedy


def test_loading_a_client_is_no_part_of_an_answers_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(spec: ModelSpec, reach: Reach, longest: int) -> object:
        time.sleep(1.2)
        return open_model(spec, reach, longest)

    monkeypatch.setattr("bot.language.llama_index_model.open_model", slowly)
    with language_model(says) as server:
        model = model_at(server)
        list(model.write(prompt(longest=400)))  # what Python imports, it imports here
        model.patience = Patience(seconds=1, retries=0)
        assert list(model.write(prompt(longest=300)))


def test_nothing_is_asked_twice_once_words_have_come() -> None:
    with language_model("breaks-off") as server:
        pieces = []
        with pytest.raises(ModelUnreachable):
            pieces.extend(model_at(server).write(prompt()))
        assert len(server.asked) == 1


def test_a_model_that_does_not_stop_is_stopped() -> None:
    budget = Budget(10_000)
    with language_model("endless") as server:
        written = "".join(model_at(server).write(prompt(budget, longest=200)))
    assert len(written) < 5_000
    assert budget.spent < 1_000


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_nothing_is_sent_where_a_server_points(provider: str) -> None:
    """The question, its evidence and the key would go to an address that nobody named, also where that is forbidden."""
    with language_model(says) as elsewhere:
        there = {"Location": f"{elsewhere.url}/v1/chat/completions"}
        with language_model(lambda _: Reply("Over there.", 307, there)) as server:
            with pytest.raises(ModelRefused, match="points to another address"):
                list(model_at(server, provider).write(prompt()))
            assert len(server.asked) == 1
        assert elsewhere.asked == []


@pytest.mark.parametrize("provider", ["openai-like", "ollama"])
def test_a_model_on_this_machine_is_asked_without_a_proxy(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with language_model(says) as proxy, language_model(says) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert "lamp" in "".join(model_at(server, provider).write(prompt()))
        assert (len(server.asked), proxy.asked) == (1, [])


class _Told:
    """A response of LlamaIndex, as far as it is looked at."""

    def __init__(self, delta: str, tokens: int) -> None:
        self.delta = delta
        self.raw = {"usage": {"prompt_tokens": tokens, "completion_tokens": 1}}


@pytest.mark.parametrize("tokens", [10**30, -(10**30)])
def test_a_count_that_cannot_be_is_not_believed(tokens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or one lying server would end the budget of all the questions that follow."""
    budget = Budget(10_000)
    with language_model(says) as server:
        model = model_at(server)
        monkeypatch.setattr(model, "_stream", lambda *_: iter([_Told("The lamp is lit.", tokens)]))
        list(model.write(prompt(budget)))
    assert 4 <= budget.spent < 100


def test_a_piece_without_measure_is_cut_and_counted_as_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = Budget(10_000)
    with language_model(says) as server:
        model = model_at(server)
        monkeypatch.setattr(model, "_stream", lambda *_: iter([_Told("the moon " * 1_000_000, 0)]))
        written = "".join(model.write(prompt(budget, longest=200)))
    assert len(written) < 2_000
    assert budget.spent < 500


def test_nothing_is_asked_beyond_the_budget() -> None:
    with language_model(says) as server:
        with pytest.raises(BudgetExceeded):
            list(model_at(server).write(prompt(Budget(100), longest=500)))
        assert server.asked == []


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("play", ["busy", "fails", "bad-key", "unknown-model", "refuses"])
def test_a_request_that_was_turned_away_costs_nothing(provider: str, play: str) -> None:
    """Or a server that is busy would use up the budget of all the questions that follow, with not a word read."""
    budget = Budget(10_000)
    with language_model(play) as server, pytest.raises(LanguageModelError):
        list(model_at(server, provider).write(prompt(budget)))
    assert budget.spent == 0


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_where_nobody_listens_nothing_is_spent(provider: str) -> None:
    budget = Budget(10_000)
    with language_model(says) as server:
        model = model_at(server, provider)
    with pytest.raises(ModelUnreachable):
        list(model.write(prompt(budget)))
    assert budget.spent == 0


def test_what_was_read_before_a_silence_is_counted() -> None:
    budget = Budget(10_000)
    with language_model("stalls") as server, pytest.raises(ModelUnreachable):
        list(model_at(server, patience=Patience(seconds=1, retries=0)).write(prompt(budget)))
    assert budget.spent > 8


def test_one_who_leaves_early_hangs_up() -> None:
    with language_model("endless") as server:
        stream = model_at(server).write(prompt(longest=50_000, budget=Budget(10**6)))
        assert next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert len(server.asked) == 1


def test_nobody_listens() -> None:
    with language_model(says) as server:
        model = model_at(server)
    with pytest.raises(ModelUnreachable) as raised:
        list(model.write(prompt()))
    assert server.url in raised.value.message


@pytest.mark.parametrize("spec", ["anthropic/claude-x", "openai/gpt-4o-mini"])
def test_a_missing_key_is_told_by_its_variable(spec: str) -> None:
    model = LlamaIndexModel(parse_spec(spec), Reach(), PATIENT)
    with pytest.raises(MissingKey) as raised:
        list(model.write(prompt()))
    assert "_API_KEY" in raised.value.remedy


def test_openais_key_goes_to_openai_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with language_model(says) as server:
        list(model_at(server).write(prompt()))
        list(model_at(server, "ollama").write(prompt()))
        assert all(KEY not in str(asked.headers) for asked in server.asked)
        monkeypatch.setenv("OPENAI_LIKE_API_KEY", "another")
        list(model_at(server).write(prompt()))
        assert server.asked[-1].headers["authorization"] == "Bearer another"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("spec", ["anthropic/claude-x", "openai/gpt-4o-mini", "ollama/m@http://192.0.2.1:1"])
def test_offline_forbids_every_model_that_is_elsewhere(spec: str) -> None:
    model = LlamaIndexModel(parse_spec(spec), Reach(offline=True), PATIENT)
    with pytest.raises(ModelUnreachable, match="PINCITE_OFFLINE"):
        list(model.write(prompt()))


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("spec", "package", "extra"),
    [
        ("anthropic/claude-x", "llama_index.llms.anthropic", "anthropic"),
        ("openai/gpt-4o-mini", "llama_index.llms.openai", "openai"),
        ("openai-like/m@http://127.0.0.1:9/v1", "llama_index.llms.openai_like", "openai-like"),
        ("ollama/m", "llama_index.llms.ollama", "ollama"),
        ("llama-cpp//nowhere.gguf", "llama_index.llms.llama_cpp", "llama-cpp"),
    ],
)
def test_a_missing_package_is_told_by_the_extra_that_brings_it(
    spec: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingProvider) as raised:
        list(LlamaIndexModel(parse_spec(spec), Reach(), PATIENT).write(prompt()))
    assert f"pip install 'pincite[{extra}]'" in raised.value.remedy
