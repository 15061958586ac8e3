"""The reward as TRL and verl call it, by their conventions; neither is imported but in the slow run."""

import importlib
import json
import math
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner import Weights, compute_score, rationale_reward, trl_reward
from affectgraph.reasoner.trainers import completion_text

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9}
HONEST = (
    "<think>AU6 and AU12 are visible. AU6 and AU12 suggest happiness.</think>"
    "<answer>happiness</answer>"
)
WRONG = "AU4 is visible. She is angry."
PARTS = ("au", "label", "format", "faithfulness", "consistency", "contradiction", "duplicates")


def as_trl(graph: EmotionGraph, completions: list[Any], **columns: Any) -> list[float | None]:
    """Call the reward as GRPOTrainer._calculate_rewards of TRL 1.16 does."""
    given = {
        "observed": [SMILE] * len(completions),
        "label": ["happiness"] * len(completions),
        "image_path": ["a.png"] * len(completions),
        "trainer_state": object(),
        "log_extra": lambda name, values: None,
        "log_metric": lambda name, value: None,
        **columns,
    }
    return trl_reward(
        prompts=["Which emotion?"] * len(completions),
        completions=completions,
        completion_ids=[[1, 2]] * len(completions),
        graph=graph,
        **given,
    )


def test_trl_gets_one_reward_per_completion_in_order(graph: EmotionGraph) -> None:
    alone = [
        rationale_reward(text, observed=SMILE, label="happiness", graph=graph).total
        for text in (HONEST, WRONG, "")
    ]

    assert as_trl(graph, [HONEST, WRONG, ""]) == alone
    assert as_trl(graph, ["", WRONG, HONEST]) == alone[::-1]


@given(st.permutations([HONEST, WRONG, "", "AU12 may be visible.", "She is happy."]))
def test_trl_order_of_completions_does_not_matter(graph: EmotionGraph, texts: list[str]) -> None:
    alone = [as_trl(graph, [text])[0] for text in texts]

    assert as_trl(graph, texts) == alone


def test_trl_completions_may_be_chat_messages(graph: EmotionGraph) -> None:
    messages = [{"role": "assistant", "content": HONEST}]

    assert as_trl(graph, [messages, HONEST]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("completion", "expected"),
    [
        ("AU6", "AU6"),
        ([], ""),
        ([{"role": "assistant", "content": None, "tool_calls": []}], ""),
        ([{"role": "tool", "content": "AU4"}, {"role": "assistant", "content": "AU6"}], "AU6"),
        (
            [
                {
                    "role": "assistant",
                    "content": [{"type": "text", "text": "AU6"}, {"type": "image"}],
                }
            ],
            "AU6\n",
        ),
        ([{"content": "AU6"}, {"content": "AU12"}], "AU6\nAU12"),
    ],
)
def test_text_of_a_completion_is_what_the_assistant_says(completion: object, expected: str) -> None:
    assert completion_text(completion) == expected


@pytest.mark.parametrize("completion", [None, 3, ["AU6"], {"content": "AU6"}])
def test_completion_that_is_neither_text_nor_messages_is_refused(completion: object) -> None:
    with pytest.raises(InputError, match="as text or as a list of chat messages"):
        completion_text(completion)


def test_trl_column_filled_up_with_none_is_read_without(graph: EmotionGraph) -> None:
    filled = {**SMILE, "AU12": None, "AU25_r": None}

    assert as_trl(graph, [HONEST], observed=[filled]) == [1.0]


def test_trl_row_without_readings_or_label_is_rewarded_by_the_rest(graph: EmotionGraph) -> None:
    assert as_trl(graph, [HONEST], observed=[None], label=[None]) == [1.0]
    assert as_trl(graph, [HONEST], observed=None, label=None) == [1.0]


def test_trl_row_that_cannot_be_used_has_none_and_loses_no_other(
    graph: EmotionGraph, caplog: pytest.LogCaptureFixture
) -> None:
    found = as_trl(
        graph,
        [HONEST] * 4,
        observed=[{"AU12_r": math.nan}, SMILE, {"AU12_r": 9.0}, SMILE],
        scheme=[None, None, None, "zorp"],
    )

    assert found == [None, 1.0, None, None]
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 3
    assert "AU12_r" in caplog.text


def test_trl_label_that_names_no_concept_is_logged_once_and_left_out(
    graph: EmotionGraph, caplog: pytest.LogCaptureFixture
) -> None:
    found = as_trl(graph, [HONEST] * 3, label=["zorp", "zorp", "happiness"])

    assert found == [1.0, 1.0, 1.0]
    assert [record.getMessage() for record in caplog.records] == [
        "A row is rewarded without its label: The label 'zorp' names no single concept: the part label "
        "is left out."
    ]


def test_trl_number_of_a_class_is_no_label(graph: EmotionGraph) -> None:
    assert as_trl(graph, [HONEST, HONEST], label=[3, "happiness"]) == [None, 1.0]


def test_trl_completion_that_is_too_long_is_read_from_its_beginning(graph: EmotionGraph) -> None:
    assert as_trl(graph, [f"{HONEST} " + "a" * 200_000]) == as_trl(
        graph, [f"{HONEST} " + "a" * (100_000 - len(HONEST) - 1)]
    )


@pytest.mark.parametrize("column", ["observed", "label", "scheme"])
@pytest.mark.parametrize("values", [[], [None, None], "x"])
def test_trl_column_of_another_length_is_refused(
    graph: EmotionGraph, column: str, values: object
) -> None:
    with pytest.raises(InputError, match=f"column '{column}' with one entry per completion"):
        as_trl(graph, [HONEST] * 3, **{column: values})


def test_trl_gets_the_parts_as_columns_and_their_means_as_metrics(graph: EmotionGraph) -> None:
    columns: dict[str, list[Any]] = {}
    metrics: dict[str, float] = {}

    as_trl(
        graph,
        [HONEST, WRONG],
        label=["happiness", "happiness"],
        log_extra=columns.__setitem__,
        log_metric=metrics.__setitem__,
    )

    assert list(columns) == [f"reward {part}" for part in PARTS]
    assert columns["reward label"] == [1.0, 0.0]
    assert metrics["reward_parts/label"] == 0.5
    assert metrics["reward_parts/au"] == 0.0


def test_trl_weights_are_given_by_partial_application(graph: EmotionGraph) -> None:
    reward = partial(trl_reward, graph=graph, weights=Weights(format=0))

    assert reward(["?"], ["AU6 and AU12 suggest happiness. She is happy."], observed=[SMILE]) == [
        1.0
    ]


def test_verl_gets_the_score_and_its_parts(graph: EmotionGraph) -> None:
    found = compute_score(
        data_source="faces",
        solution_str=HONEST,
        ground_truth="happiness",
        extra_info={"observed": SMILE, "index": 3},
        graph=graph,
        reward_router_address=None,
    )

    assert found["score"] == 1.0
    assert tuple(found) == ("score", *PARTS)


@pytest.mark.parametrize(
    ("ground_truth", "extra_info"),
    [
        ({"label": "happiness", "observed": SMILE}, None),
        ({"label": "happiness", "observed": {**SMILE, "AU25_r": None}, "scheme": None}, {}),
        (json.dumps({"label": "happiness", "observed": SMILE}), None),
        ("happiness", {"observed": SMILE, "scheme": "ekman-6"}),
        ({"label": "happiness", "observed": None}, {"observed": SMILE}),
    ],
)
def test_verl_ground_truth_may_stand_in_several_places(
    graph: EmotionGraph, ground_truth: object, extra_info: dict[str, object] | None
) -> None:
    found = compute_score("faces", HONEST, ground_truth, extra_info, graph=graph)

    assert (found["score"], found["label"], found["au"]) == (1.0, 1.0, 1.0)


def test_verl_part_that_the_row_leaves_undefined_is_nan(graph: EmotionGraph) -> None:
    found = compute_score("faces", HONEST, None, graph=graph)

    assert math.isnan(found["au"])
    assert math.isnan(found["label"])
    assert found["score"] == 1.0


def test_verl_weights_may_come_from_its_configuration(graph: EmotionGraph) -> None:
    found = compute_score(
        "faces", "She is happy.", "happiness", graph=graph, weights={"format": 0, "au": 0}
    )

    assert found["score"] == round(1 / 2.5, 4)


@pytest.mark.parametrize("ground_truth", ["{not json", 3, ["happiness"]])
def test_verl_ground_truth_of_another_kind_is_refused(
    graph: EmotionGraph, ground_truth: object
) -> None:
    with pytest.raises(InputError, match="ground truth"):
        compute_score("faces", HONEST, ground_truth, graph=graph)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"solution_str": None}, "Expected the completion as text, got None"),
        ({"extra_info": [1]}, "Expected extra_info as an object"),
        ({"weights": {"foo": 1}}, "Expected weights as an object with some of au, label"),
        ({"weights": None}, "Expected weights as an object"),
        ({"weights": {"au": "1"}}, "Expected the weight 'au'"),
        ({"ground_truth": {"lable": "joy"}}, "label, scheme, observed, got lable"),
        ({"ground_truth": '{"label": "joy", "aus": {"AU12": 1}}'}, "got aus"),
    ],
)
def test_verl_arguments_that_cannot_be_used_are_refused(
    graph: EmotionGraph, given: dict[str, Any], said: str
) -> None:
    row: dict[str, Any] = {"solution_str": HONEST, "ground_truth": "joy", **given}

    with pytest.raises(InputError, match=said):
        compute_score("faces", graph=graph, **row)


def test_verl_keys_that_parquet_filled_up_are_left_out(graph: EmotionGraph) -> None:
    truth = {"label": "happiness", "observed": SMILE, "of_another_row": None}

    assert compute_score("faces", HONEST, truth, graph=graph)["score"] == 1.0


def test_verl_row_that_cannot_be_used_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="AU12_r"):
        compute_score("faces", HONEST, {"observed": {"AU12_r": math.nan}}, graph=graph)
    with pytest.raises(UnknownTermError, match="zorp"):
        compute_score("faces", HONEST, {"label": "joy", "scheme": "zorp"}, graph=graph)


def test_verl_may_call_from_threads(graph: EmotionGraph) -> None:
    def score(text: str) -> dict[str, float]:
        return compute_score("faces", text, {"label": "joy", "observed": SMILE}, graph=graph)

    texts = [HONEST, WRONG, ""] * 5
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(score, texts)) == [score(text) for text in texts]


def test_trainers_use_the_packaged_graph_if_none_is_given() -> None:
    assert trl_reward(["?"], [HONEST], observed=[SMILE], label=["happiness"]) == [1.0]
    assert compute_score("faces", HONEST, "happiness")["score"] == 1.0


def tiny_model(folder: Path, texts: list[str]) -> tuple[Any, Any]:
    """Return a causal model of random weights and a word tokenizer trained on some texts."""
    tokenizers: Any = importlib.import_module("tokenizers")
    transformers: Any = importlib.import_module("transformers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(unk_token="<unk>"))  # noqa: S106
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    special = ["<unk>", "<eos>", "<pad>"]
    trainer = tokenizers.trainers.WordLevelTrainer(special_tokens=special)
    tokenizer.train_from_iterator(texts, trainer)
    wrapped = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",  # noqa: S106
        eos_token="<eos>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
        padding_side="left",
    )
    config = transformers.GPT2Config(
        vocab_size=len(wrapped), n_positions=64, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=wrapped.eos_token_id, eos_token_id=wrapped.eos_token_id,
        pad_token_id=wrapped.pad_token_id,
    )  # fmt: skip
    return transformers.GPT2LMHeadModel(config), wrapped


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of torch, accelerate and TRL, none of them ours
def test_reward_plugs_into_two_steps_of_trls_grpo_trainer(tmp_path: Path) -> None:
    trl: Any = pytest.importorskip(
        "trl", reason="TRL is not installed: pip install 'affectgraph[dev]'"
    )
    datasets: Any = importlib.import_module("datasets")
    torch: Any = importlib.import_module("torch")
    torch.manual_seed(0)
    model, tokenizer = tiny_model(tmp_path, [HONEST, WRONG, "Which emotion ?"])
    before = {name: value.clone() for name, value in model.named_parameters()}
    rows = {
        "prompt": ["Which emotion ?"] * 4,
        "observed": [SMILE, {"AU12": 0.9}, SMILE, {"AU12": 0.1}],
        "label": ["happiness", "joy", "happiness", "neutral"],
    }
    calls: list[list[float | None]] = []

    def counted(**given: Any) -> list[float | None]:
        calls.append(trl_reward(**given))
        return calls[-1]

    trainer = trl.GRPOTrainer(
        model=model,
        reward_funcs=counted,
        args=trl.GRPOConfig(
            output_dir=str(tmp_path), max_steps=2, per_device_train_batch_size=4, num_generations=2,
            max_completion_length=24, learning_rate=1e-2, use_cpu=True, report_to=[], seed=0,
            save_strategy="no", logging_steps=1, disable_tqdm=True, bf16=False,
        ),
        train_dataset=datasets.Dataset.from_dict(rows),
        processing_class=tokenizer,
    )  # fmt: skip
    trainer.train()

    assert trainer.state.global_step == 2
    assert [len(rewards) for rewards in calls] == [4, 4]
    assert all(
        reward is not None and -1.15 <= reward <= 1 for rewards in calls for reward in rewards
    )
    logged = trainer.state.log_history[0]
    assert math.isfinite(logged["rewards/counted/mean"])
    assert math.isfinite(logged["reward_parts/au"])
    assert any(not torch.equal(before[n], value) for n, value in model.named_parameters())
