"""The recipe for vLLM: its keys are options of vLLM, its room is enough, and requests carry vLLM's fields."""

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
from affectgraph.reasoner.models import HttpModel, ModelServerError, open_model
from affectgraph.reasoner.prompt_styles import Answer
from affectgraph.reasoner.retrieve import estimate_tokens
from tests.reasoner.models.chat_server import MODEL, ChatServer, says

ROOT = Path(__file__).parents[3]
RECIPE = ROOT / "examples" / "serving" / "vllm.yaml"
OPTIONS = Path(__file__).parent / "vllm_serve_options.txt"
Ask = Callable[..., tuple[ChatServer, HttpModel]]

# docs.vllm.ai/en/v0.32.0/api/vllm/config/structured_outputs: StructuredOutputsConfig
STRUCTURED = {
    "backend",
    "disable_any_whitespace",
    "disable_additional_properties",
    "reasoning_parser",
    "reasoning_parser_plugin",
    "enable_in_reasoning",
}
BACKENDS = {"auto", "xgrammar", "guidance", "outlines", "lm-format-enforcer"}

# docs.vllm.ai/en/v0.32.0/serving/openai_compatible_server: what a request of the reasoner may hold
FIELDS = {
    "model",
    "messages",
    "max_tokens",
    "temperature",
    "top_p",
    "seed",
    "stop",
    "stream",
    "stream_options",
    "response_format",
    "structured_outputs",
}

SMILE = {"aus": {"AU06_r": 2.1, "AU12_r": 2.9}}
TWICE = Effort(rounds=1, drafts=2)
STEP = {"text": "AU6 and AU12 suggest joy.", "fact": "no fact"}
ANSWERS: dict[Answer, str] = {
    "json": json.dumps({"steps": [STEP], "action_units": [], "emotion": "joy"}),
    "cited": "AU6 and AU12 suggest joy [no fact]",
    "free": "AU6 and AU12 suggest joy.",
}


@pytest.fixture
def recipe() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    found: dict[str, Any] = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def serving() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield import_module("serving")


def options() -> set[str]:
    lines = OPTIONS.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


def test_keys_of_the_recipe_are_options_of_vllm(recipe: dict[str, Any]) -> None:
    assert len(options()) > 300
    assert recipe.keys() <= options()
    assert recipe["structured-outputs-config"].keys() <= STRUCTURED
    assert recipe["structured-outputs-config"]["backend"] in BACKENDS


def test_recipe_listens_on_this_machine_alone_and_holds_no_key(recipe: dict[str, Any]) -> None:
    assert recipe["host"] == "127.0.0.1"
    assert not {"api-key", "hf-token"} & recipe.keys()


def test_recipe_lets_json_have_no_white_space_which_only_two_backends_can(
    recipe: dict[str, Any],
) -> None:
    structured = recipe["structured-outputs-config"]

    assert structured["disable_any_whitespace"] is True
    assert structured["backend"] in {"xgrammar", "guidance"}


def test_longest_request_of_the_default_effort_has_room(
    recipe: dict[str, Any], serving: Any, graph: EmotionGraph
) -> None:
    most, request = serving.longest_request(graph)

    assert len(request.messages) == 4  # of a revision: instructions, question, draft, feedback
    assert 6_000 < most <= recipe["max-model-len"]
    for page in (RECIPE, ROOT / "docs" / "serving-models.md"):
        (said,) = re.findall(r"about ([\d,]+) tokens", page.read_text(encoding="utf-8"))
        assert said == f"{round(most, -3):,}"


def test_longest_request_is_one_that_is_asked_again_with_its_answer_and_constraint(
    serving: Any, graph: EmotionGraph, ask: Ask
) -> None:
    most, request = serving.longest_request(graph)
    server, model = ask(says("prose " * 400))

    with pytest.raises(ModelServerError, match="does not fit"):
        model.generate(request)

    first, again = (asked.body["messages"] for asked in server.asked)
    sent = [sum(estimate_tokens(m["content"]) for m in messages) for messages in (first, again)]
    assert sent[0] + request.max_tokens < most
    assert sent[1] + request.max_tokens == pytest.approx(most, abs=100)  # by the words of the fault


def test_address_of_the_recipe_opens_a_model_of_the_kind(recipe: dict[str, Any], ask: Ask) -> None:
    server, _ = ask(says("-"))
    server.models = [{"id": recipe["served-model-name"], "owned_by": "vllm"}]

    model = open_model(f"{server.url}#{recipe['served-model-name']}")

    assert repr(model) == f"HttpModel({server.url!r}, 'affectgraph', profile='vllm')"
    model.close()


@pytest.mark.parametrize("form", ANSWERS)
def test_reasoner_sends_vllm_fields_that_it_documents(
    ask: Ask, graph: EmotionGraph, form: Answer
) -> None:
    server, model = ask(says(ANSWERS[form]))
    settings = ReasonSettings(answer=form, effort=TWICE)

    found = Reasoner(graph, model, settings=settings).reason(SMILE)

    assert [draft.problem for draft in found.rounds[0].drafts] == ["", ""]
    greedy, sampled = sorted((asked.body for asked in server.asked), key=lambda b: b["temperature"])
    assert greedy.keys() | sampled.keys() <= FIELDS
    assert (greedy["model"], greedy["temperature"], "seed" in greedy) == (MODEL, 0.0, False)
    assert (sampled["temperature"], sampled["seed"], sampled["top_p"]) == (0.8, 1, 1.0)


def test_drafts_of_an_observation_share_their_prompt_for_the_cache(
    ask: Ask, graph: EmotionGraph
) -> None:
    server, model = ask(says(ANSWERS["json"]))

    Reasoner(graph, model, settings=ReasonSettings(effort=TWICE)).reason(SMILE)

    first, second = (asked.body for asked in server.asked)
    assert first["messages"] == second["messages"]
    assert first["response_format"] == second["response_format"]


# --- the script that tries a server --------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "cited"])
def test_script_counts_answers_in_form_and_says_that_it_holds(
    serving: Any, ask: Ask, graph: EmotionGraph, form: Answer
) -> None:
    _, model = ask(says(ANSWERS[form], usage=(100, 10)))

    seen = serving.ask(graph, model, form, [SMILE, SMILE])

    assert (seen.answers, seen.in_form, seen.first, seen.again) == (4, 4, 4, 0)
    assert (seen.prompt_tokens, seen.cached, seen.equal_seeds, seen.holds) == (100, 0.0, True, True)


def test_script_counts_what_was_asked_again(serving: Any, ask: Ask, graph: EmotionGraph) -> None:
    _, model = ask(says("prose"), says(ANSWERS["json"]))

    seen = serving.ask(graph, model, "json", [SMILE])

    assert (seen.answers, seen.in_form, seen.first, seen.again) == (2, 2, 1, 1)
    assert seen.holds


def test_script_says_what_failed(serving: Any, ask: Ask, graph: EmotionGraph) -> None:
    _, model = ask(says("\n" * 60, finish="length"))

    seen = serving.ask(graph, model, "json", [SMILE])

    assert (seen.answers, seen.in_form, seen.equal_seeds, seen.holds) == (0, 0, False, False)
    assert "max_tokens" in seen.failures[0]


def test_samples_that_differ_by_one_seed_are_noticed(
    serving: Any, ask: Ask, graph: EmotionGraph
) -> None:
    counted = iter(range(99))
    _, model = ask(lambda asked: says(f"This is joy, {next(counted)}.")(asked))

    assert not serving.ask(graph, model, "free", [SMILE]).equal_seeds
