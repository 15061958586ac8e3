"""Rewards on the command line and over REST: what Python gives, and bad input at its place."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from affectgraph.api.annotations import TOTAL_LIMIT
from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Weights, rationale_reward
from tests.api.asking import errors, post, post_raw, problem
from tests.api.running import lines, run, share_graph

HONEST = {
    "rationale": "<think>AU6 and AU12 are visible, which suggests joy.</think><answer>joy</answer>",
    "label": "joy",
    "aus": {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9},
}
BAD: list[tuple[dict[str, Any], str]] = [
    ({"rationale": "x" * 1_000_000}, "at most 100,000 characters"),
    ({"rationale": 3}, "Expected"),
    ({"label": 3}, "label"),
    ({"label": "joy", "scheme": "nope"}, "'nope'"),
    ({"label": "joy", "scheme": 3}, "scheme"),
    ({"aus": {"AU99_r": 1}}, "'AU99_r'"),
    ({"aus": {"AU12_r": 7}}, "in 0..5"),
    ({"aus": {"AU12_r": 1.0, "AU012_r": 2.0}}, "one value for AU12"),
    ({"aus": {}}, "detector columns"),
]


@pytest.fixture
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


# --- REST -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("weights", [{}, {"format": 0}, {"label": 2.0, "contradiction": 0.5}])
def test_reward_is_that_of_python(
    client: TestClient, graph: EmotionGraph, weights: dict[str, float]
) -> None:
    found = post(client, "/v1/reward", {**HONEST, "weights": weights})

    expected = rationale_reward(
        HONEST["rationale"],  # type: ignore[arg-type]
        observed=HONEST["aus"],  # type: ignore[arg-type]
        label="joy",
        graph=graph,
        weights=Weights(**weights),
    )
    assert found["total"] == expected.total > 0.9
    assert found["parts"] == asdict(expected.parts)
    assert [j["claim"]["id"] for j in found["verdicts"]] == [j.claim.id for j in expected.verdicts]


def test_part_without_input_is_null_and_said(client: TestClient) -> None:
    found = post(client, "/v1/reward", {"rationale": "AU12 is visible.", "label": "joy"})

    assert found["parts"]["au"] is None
    assert any("part au is left out" in note for note in found["notes"])


def test_batch_keeps_its_good_items(client: TestClient) -> None:
    records = [HONEST, 5, *({**HONEST, **bad} for bad, _ in BAD), HONEST]

    found = post(client, "/v1/reward/batch", {"records": records})

    said = errors(found)
    alone = post(client, "/v1/reward", HONEST)
    assert found["items"][0]["answer"] == found["items"][-1]["answer"] == alone
    for error, expected in zip(said[2:-1], [text for _, text in BAD], strict=True):
        assert error is not None
        assert expected in error


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_bad_record_is_refused_alone(client: TestClient, bad: dict[str, Any], said: str) -> None:
    response = client.post("/v1/reward", json={**HONEST, **bad})

    status = 404 if "nope" in said else 422
    kind = response.json()["type"].rsplit("/", 1)[1]
    found = problem(response, status, kind)
    assert said in found["detail"] or kind == "validation"


@pytest.mark.parametrize(
    "weights",
    [
        {"au": -1},
        {"au": "1"},
        {"nothing": 1},
        {"au": None},
        {"au": 0, "label": 0, "format": 0, "faithfulness": 0, "consistency": 0},
    ],
)
@pytest.mark.parametrize("path", ["/v1/reward", "/v1/reward/batch"])
def test_weights_that_are_none_are_refused(client: TestClient, path: str, weights: Any) -> None:
    body = {"records": [HONEST]} if path.endswith("batch") else HONEST
    assert client.post(path, json={**body, "weights": weights}).status_code == 422


def test_reading_given_twice_is_refused_and_texts_are_limited(client: TestClient) -> None:
    twice = '{"rationale": "AU12", "aus": {"AU12_r": 0.2, "AU12_r": 3}}'
    assert post_raw(client, "/v1/reward", twice).status_code == 422
    many = [{"rationale": "a" * (TOTAL_LIMIT // 4 + 1)}] * 4
    response = client.post("/v1/reward/batch", json={"records": many})
    assert "affectgraph reward FILE" in problem(response, 422, "input")["detail"]


# --- command line ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("_shared")
def test_command_gives_what_rest_gives_from_lines_and_tables(
    client: TestClient, tmp_path: Path
) -> None:
    expected = post(client, "/v1/reward", HONEST)
    table = tmp_path / "in.csv"
    cell = json.dumps(HONEST["aus"]).replace('"', '""')
    table.write_text(f'rationale,label,aus\n"{HONEST["rationale"]}",joy,"{cell}"\n', "utf-8")

    (from_lines,) = lines(run("reward", write(tmp_path / "in.jsonl", HONEST))[0])
    (from_table,) = lines(run("reward", table)[0])
    aus = json.dumps(HONEST["aus"])
    alone, _ = run(
        "reward", "--rationale", HONEST["rationale"], "--label", "joy", "--aus", aus, "--json"
    )

    assert from_lines["affectgraph"] == from_table["affectgraph"] == json.loads(alone) == expected


@pytest.mark.usefixtures("_shared")
def test_bad_records_of_a_file_cost_no_other_and_the_mean_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", *({**HONEST, **bad} for bad, _ in BAD), {}, HONEST)

    stdout, stderr = run("reward", path, "--weights", '{"format": 0}', code=FAULTY)

    *bad, empty, good = [record["affectgraph"] for record in lines(stdout)]
    for answer, (_, said) in zip(bad, BAD, strict=True):
        assert said in answer["error"]["message"]
    assert "Expected the rationale as text" in empty["error"]["message"]
    assert f"mean reward {good['total']:.4f}" in stderr


@pytest.mark.usefixtures("_shared")
def test_record_without_the_given_field_is_not_rewarded(tmp_path: Path) -> None:
    why = {**HONEST, "why": HONEST["rationale"]}
    path = write(tmp_path / "in.jsonl", HONEST, why)

    bad, good = lines(run("reward", path, "--field", "why", code=FAULTY)[0])

    assert bad["affectgraph"]["error"]["message"].startswith("Expected a field 'why', got ")
    assert good["affectgraph"]["total"] > 0.9


@pytest.mark.usefixtures("_shared")
def test_stopped_run_of_rewards_is_resumed(tmp_path: Path) -> None:
    path, out = write(tmp_path / "in.jsonl", HONEST, HONEST), tmp_path / "out.jsonl"
    run("reward", path, "--to", out)
    whole = out.read_bytes()
    out.write_bytes(whole.splitlines(keepends=True)[0])

    run("reward", path, "--to", out, "--resume")

    assert out.read_bytes() == whole


@pytest.mark.usefixtures("_shared")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "FILE"),
        (["-", "--rationale", "x"], USAGE, "FILE"),
        (["-", "--label", "joy"], USAGE, "records carry their own"),
        (["--rationale", "x", "--resume"], USAGE, "go with a FILE"),
        (["--rationale", "x", "--weights", "[1]"], USAGE, "JSON object"),
        (["--rationale", "x", "--weights", '{"au": -1}'], USAGE, "'au'"),
        (["--rationale", "x", "--weights", '{"au": NaN}'], USAGE, "'au'"),
        (["--rationale", "x", "--weights", "{"], USAGE, "weights as JSON"),
        (["--rationale", "x", "--weights", '{"au": 1, "au": 0}'], USAGE, "'au' has two values"),
        (["--rationale", "x", "--label", "joy", "--scheme", "nope"], UNKNOWN, "nope"),
        (["--rationale", "x", "--aus", '{"AU12_r": NaN}'], USAGE, "finite"),
    ],
)
def test_wrong_use_of_reward_is_refused(arguments: list[str], code: int, said: str) -> None:
    assert said in run("reward", *arguments, code=code)[1]
