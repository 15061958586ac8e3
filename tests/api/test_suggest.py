"""Completion over REST and on the command line."""

import json

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import get, problem


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    monkeypatch.setattr(EmotionGraph, "load", lambda place=None: graph)


def test_route_gives_concepts_with_slug_and_iri(client: TestClient) -> None:
    assert get(client, "/v1/suggest", q="Drea", limit=1) == [
        {
            "text": "dread",
            "kind": "concept",
            "match": "prefix",
            "concepts": ["dread"],
            "schemes": [],
            "iris": ["https://w3id.org/affectgraph/emotion/dread"],
        }
    ]


def test_kinds_may_be_several(client: TestClient) -> None:
    found = get(client, "/v1/suggest", q="jealousy", kinds=["label", "word"], limit=2)
    assert [s["kind"] for s in found] == ["label", "word"]


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    assert get(client, "/v1/suggest", q="qzx") == get(client, "/v1/suggest", q="") == []


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "a" * 201},
        {"q": "a", "limit": 0},
        {"q": "a", "limit": 201},
        {"q": "a", "kinds": "emotion"},
    ],
)
def test_wrong_questions_are_refused(client: TestClient, params: dict[str, str]) -> None:
    problem(client.get("/v1/suggest", params=params), 422, "validation")


def test_suggestions_cannot_change_and_are_tagged(client: TestClient) -> None:
    tag = client.get("/v1/suggest?q=sa").headers["etag"]
    assert client.get("/v1/suggest?q=sa", headers={"if-none-match": tag}).status_code == 304


def test_command_prints_a_table_or_what_rest_sends(client: TestClient) -> None:
    table = CliRunner().invoke(app, ["suggest", "dre", "-n", "1"])
    assert table.stdout.split() == (
        "text kind match concepts schemes dread concept prefix dread".split()
    )
    data = CliRunner().invoke(app, ["suggest", "jealousy", "--kind", "label", "--json"])
    assert json.loads(data.stdout) == get(client, "/v1/suggest", q="jealousy", kinds="label")


def test_command_says_that_it_found_nothing() -> None:
    result = CliRunner().invoke(app, ["suggest", "qzx"])
    assert (result.exit_code, result.stdout.startswith("Nothing begins so")) == (0, True)


def test_command_counts_the_schemes_it_does_not_name() -> None:
    result = CliRunner().invoke(app, ["suggest", "sadness", "--kind", "label", "-n", "1"])
    named, _, rest = result.stdout.splitlines()[1].partition(" and ")
    assert named.count(",") == 2
    assert rest.endswith("more")


@pytest.mark.parametrize("options", [["--kind", "emotion"], ["--limit", "0"], []])
def test_wrong_use_of_the_command_ends_with_2(options: list[str]) -> None:
    arguments = ["suggest", "sad", *options] if options else ["suggest"]
    assert CliRunner().invoke(app, arguments).exit_code == 2
