"""Reasoning in bulk: rows keep their answers or errors, and a model that only fails ends the run."""

import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.reasoner import Effort, ReasonBatch, Reasoner, ReasonSettings, reason_dataset
from affectgraph.reasoner.bulk import NOTHING
from affectgraph.reasoner.models import ModelServerError
from tests.reasoner.models.chat_server import MODEL, Asked, ChatServer, Reply, Sent, error, says

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9}
ONCE = ReasonSettings(effort=Effort(rounds=1, drafts=1))
JOY = {
    "steps": [{"text": "AU6 and AU12 suggest joy.", "fact": "no fact"}],
    "action_units": ["AU6", "AU12"],
    "emotion": "joy",
}

# Ray warns of its own names, and leaves sockets and files to the end of the process.
quiet = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)  # fmt: skip


@pytest.fixture
def serve() -> Iterator[Callable[..., ChatServer]]:
    servers: list[ChatServer] = []

    def make(*replies: Reply) -> ChatServer:
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def batch() -> Iterator[Callable[..., ReasonBatch]]:
    made: list[ReasonBatch] = []

    def make(*arguments: Any, **options: Any) -> ReasonBatch:
        made.append(ReasonBatch(*arguments, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def refuses_xyzzy(asked: Asked) -> Sent:
    """Answer with joy; refuse what says xyzzy, as a server does whose prompt is too long."""
    if "xyzzy" in asked.body["messages"][-1]["content"]:
        return error(400, "This model's maximum context length is 8 tokens.")(asked)
    return says(json.dumps(JOY))(asked)


# --- the graph alone ------------------------------------------------------------------------------


def test_rows_are_answered_as_one_by_one_and_bad_ones_have_their_error(
    graph: EmotionGraph, batch: Callable[..., ReasonBatch]
) -> None:
    given: dict[str, Any] = {
        "id": [1, 2, 3],
        "text": ["", "I am so proud!", ""],
        "aus": [SMILE, None, {}],
    }

    found = batch()(given)

    assert found["id"] == [1, 2, 3]
    assert set(found) == {*given, *(f"reasoned_{name}" for name in NOTHING)}
    reasoner = Reasoner(graph)
    records: list[dict[str, Any]] = [{"aus": SMILE}, {"text": "I am so proud!"}]
    for row, record in enumerate(records):
        one = reasoner.reason(record)
        assert one.emotion is not None
        assert found["reasoned_emotion"][row] == one.emotion.slug
        assert found["reasoned_iri"][row] == one.emotion.iri
        assert found["reasoned_rationale"][row] == one.rationale
        assert found["reasoned_score"][row] == one.score
        assert found["reasoned_error"][row] == ""
    assert found["reasoned_stopped"] == ["no_model", "no_model", ""]
    assert found["reasoned_emotion"][2] == ""
    assert isnan(found["reasoned_score"][2])
    assert "Expected one of the fields" in found["reasoned_error"][2]


def test_statements_name_the_facts_they_rest_on(batch: Callable[..., ReasonBatch]) -> None:
    found = batch()({"aus": [SMILE]})

    said = {s["text"]: s["fact"] for s in json.loads(found["reasoned_statements"][0])}
    assert said["AU6 and AU12 suggest joy."] == "AU6 and AU12 expresses joy, by emfacs (prototype)"


@pytest.mark.parametrize(
    "cells",
    [
        {"aus": [SMILE]},
        {"aus": [json.dumps(SMILE)]},
        {"aus": [{**SMILE, "AU20_r": None}]},
        {"aus": [{name: np.float32(value) for name, value in SMILE.items()}]},
        {"aus": np.array([SMILE], dtype=object), "text": np.array([None], dtype=object)},
        {"aus": [SMILE], "text": [""], "label": [nan], "vad": [None], "labels": ["[]"]},
    ],
)
def test_cells_may_come_as_arrow_numpy_and_csv_bring_them(
    batch: Callable[..., ReasonBatch], cells: dict[str, Any]
) -> None:
    found = batch()(cells)

    assert (found["reasoned_emotion"], found["reasoned_error"]) == (["joy"], [""])


def test_points_and_lists_of_labels_may_be_arrays(
    graph: EmotionGraph, batch: Callable[..., ReasonBatch]
) -> None:
    label = {"label": "happiness", "scheme": "ekman-6"}
    labels = np.array([{**label, "score": None}], dtype=object)

    found = batch()({"vad": np.array([[0.9, 0.2, 0.4]]), "labels": [labels]})

    one = Reasoner(graph).reason({"vad": [0.9, 0.2, 0.4], "labels": [label]})
    assert found["reasoned_rationale"] == [one.rationale]
    assert "joy" in one.rationale.lower()
    assert (found["reasoned_notes"], found["reasoned_error"]) == ([""], [""])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"aus": ["{not json"]}, "detector columns in 'aus', got '{not json'"),
        ({"vad": ["[3, 0, 0]"]}, "valence"),
        ({"label": [7]}, "Expected a label as text, got 7"),
        ({"label": ["joy"], "scheme": ["nope"]}, "'nope'"),
    ],
)
def test_cell_that_cannot_be_read_is_the_error_of_its_row(
    batch: Callable[..., ReasonBatch], cells: dict[str, Any], said: str
) -> None:
    found = batch()({**cells, "text": ["I am glad."]})

    assert said in found["reasoned_error"][0]
    assert found["reasoned_emotion"] == [""]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ["joy"]}, "got 'words'"),
        ({"scheme": ["ekman-6"]}, "got 'scheme'"),
        ({}, "got none"),
        ({"text": ["joy"], "reasoned_error": [""]}, "'reasoned_error'"),
        ({"text": "joy"}, "batched=True"),
    ],
)
def test_batch_that_is_none_is_refused(
    batch: Callable[..., ReasonBatch], given: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        batch()(given)


def test_empty_batch_gains_empty_columns(batch: Callable[..., ReasonBatch]) -> None:
    assert batch()({"text": []})["reasoned_emotion"] == []


def test_prefix_names_the_columns(batch: Callable[..., ReasonBatch]) -> None:
    assert batch(prefix="ag_")({"aus": [SMILE]})["ag_emotion"] == ["joy"]


@pytest.mark.slow
def test_hugging_face_dataset_gains_the_columns(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({"text": [None, ""], "aus": [SMILE, None]})

    found = data.map(ReasonBatch(), batched=True, cache_file_name=str(tmp_path / "cache.arrow"))

    assert found["reasoned_emotion"][:] == ["joy", ""]
    assert "Expected one of the fields" in found["reasoned_error"][1]


# --- a model --------------------------------------------------------------------------------------


def test_row_that_the_model_refuses_keeps_its_error_and_loses_no_other(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(refuses_xyzzy)
    made = batch(f"{server.url}#{MODEL}", settings=ONCE, options={"profile": "vllm"})

    found = made({"text": ["a", "xyzzy", "c"], "aus": [SMILE, SMILE, SMILE]})

    assert found["reasoned_emotion"] == ["joy", "", "joy"]
    assert found["reasoned_stopped"] == ["clean", "", "clean"]
    assert found["reasoned_rounds"] == [1, 0, 1]
    assert (found["reasoned_prompt_tokens"], found["reasoned_completion_tokens"]) == (
        [7, 0, 7],
        [3, 0, 3],
    )
    assert "maximum context length" in found["reasoned_error"][1]


def test_model_that_fails_on_every_row_ends_the_run(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(error(401, "wrong key"))
    made = batch(f"{server.url}#{MODEL}", settings=ONCE)

    with pytest.raises(ModelServerError, match="wrong key"):
        made({"text": ["a", "b", ""]})


def test_rows_that_are_all_bad_end_no_run(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(error(401, "wrong key"))
    made = batch(f"{server.url}#{MODEL}", settings=ONCE)

    found = made({"text": ["", ""]})

    assert all(said.startswith("Expected one of") for said in found["reasoned_error"])
    assert server.asked == []


def test_model_that_is_not_there_is_an_error(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    with pytest.raises(BackendError, match="got 'another'"):
        batch(f"{serve(says('-')).url}#another")({"text": ["a"]})


def test_used_batch_pickles_as_its_settings_and_answers_anew(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(says(json.dumps(JOY)))
    made = batch(f"{server.url}#{MODEL}", settings=ONCE)
    first = made({"aus": [SMILE]})

    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - of this test's own making

    assert again({"aus": [SMILE]}) == first
    again.close()


def test_closed_batch_opens_its_model_anew(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(says(json.dumps(JOY)))
    made = batch(f"{server.url}#{MODEL}", settings=ONCE)
    made({"aus": [SMILE]})
    made.close()
    made.close()

    assert made({"aus": [SMILE]})["reasoned_emotion"] == ["joy"]


# --- Ray ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{"batch_size": 0}, {"actors": 0}, {"num_gpus": -1}])
def test_number_out_of_range_is_an_error(given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="batch_size and actors of 1 or more"):
        reason_dataset(None, **given)


def test_missing_ray_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"Reasoning in bulk .*affectgraph\[ray\]"):
        reason_dataset(None)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    found = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    found.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield found
    found.shutdown()


@quiet
@pytest.mark.slow
def test_dataset_is_answered_by_an_actor_as_by_a_batch_here(
    ray: Any, serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    server = serve(refuses_xyzzy)
    name = f"{server.url}#{MODEL}"
    texts = [("a", "xyzzy", "c", "")[n % 4] for n in range(40)]
    rows = [{"id": n, "text": text, "aus": SMILE} for n, text in enumerate(texts)]

    data = reason_dataset(ray.data.from_items(rows), name, settings=ONCE, batch_size=8)
    found = data.sort("id").take_all()

    here = batch(name, settings=ONCE)({"text": texts, "aus": [SMILE] * 40})
    assert [row["id"] for row in found] == list(range(40))
    for column in NOTHING:
        there = [row[f"reasoned_{column}"] for row in found]
        assert there == pytest.approx(here[f"reasoned_{column}"], nan_ok=True)
    assert [row["reasoned_emotion"] for row in found[:4]] == ["joy", "", "joy", "joy"]


@quiet
@pytest.mark.slow
def test_run_over_ray_ends_with_the_models_own_words(
    ray: Any, serve: Callable[..., ChatServer]
) -> None:
    server = serve(error(401, "wrong key"))
    data = ray.data.from_items([{"text": "a"}, {"text": "b"}])

    with pytest.raises(ray.exceptions.RayError, match="wrong key"):
        reason_dataset(data, f"{server.url}#{MODEL}", settings=ONCE).take_all()


@quiet
@pytest.mark.slow
def test_dataset_without_an_observation_is_refused_before_any_work(ray: Any) -> None:
    data = ray.data.from_items([{"words": "joy"}])
    with pytest.raises(InputError, match="got 'words'"):
        reason_dataset(data)


@pytest.mark.parametrize("cell", ["[" * 100_000, '{"a":' * 900 + "1" + "}" * 900])
def test_cell_nested_too_deep_is_an_error_of_its_row(
    batch: Callable[..., ReasonBatch], cell: str
) -> None:
    found = batch()({"aus": [cell, json.dumps(SMILE)]})
    assert found["reasoned_emotion"] == ["", "joy"]
    assert found["reasoned_error"][0].startswith("Expected detector columns in 'aus'")


def test_half_a_character_of_an_answer_is_replaced_so_that_arrow_takes_it(
    serve: Callable[..., ChatServer], batch: Callable[..., ReasonBatch]
) -> None:
    step = {"text": "AU6 and AU12 suggest joy \ud83d.", "fact": "no fact"}
    server = serve(says(json.dumps({**JOY, "steps": [step]})))
    found = batch(f"{server.url}#{MODEL}", settings=ONCE)({"aus": [json.dumps(SMILE)]})
    assert found["reasoned_rationale"] == ["AU6 and AU12 suggest joy \ufffd."]
    assert json.loads(found["reasoned_statements"][0])[0]["text"].endswith("joy \ufffd.")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "Expected a batch, a mapping from column to cells, got NoneType"),
        ([{"text": "I am sad."}], "Expected a batch, a mapping from column to cells, got list"),
        ({"text": ["a"], "vad": ["", ""]}, "Expected columns of equal length, got {'text': 1,"),
    ],
)
def test_what_is_no_batch_is_refused(
    batch: Callable[..., ReasonBatch], given: Any, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        batch()(given)
