"""How often the service lets somebody ask: by key, by address, and of the language model apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.auth import Guard
from affectgraph.api.handlers import respond
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.keys import Right
from affectgraph.api.rates import Rate
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.models import ScriptedModel
from tests.api.asking import problem
from tests.api.models import FREE, GOOD, SMILE
from tests.api.operated import small_app

SLOW = 0.001
"""A second: nobody gets a new token while a test runs."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def key_for(path: Path, name: str, *scopes: Right) -> dict[str, str]:
    token = create_key(path, name, scopes or ("read",)).token
    return {"authorization": f"Bearer {token}"}


def app_of(access: Access) -> FastAPI:
    app = small_app()
    app.add_middleware(Guard, access=access, respond=respond)
    return app


def from_address(app: FastAPI, address: str) -> TestClient:
    return TestClient(app, client=(address, 50000))


def statuses(ask: Callable[[], Any], times: int) -> list[int]:
    return [ask().status_code for _ in range(times)]


def test_nothing_is_limited_unless_it_is_said(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph)) as client:
        found = [client.get("/v1/version") for _ in range(50)]

    assert {answer.status_code for answer in found} == {200}
    assert not [name for name in found[0].headers if name.startswith("ratelimit")]


def test_address_that_asks_too_often_is_told_when_to_come_back() -> None:
    client = from_address(app_of(Access(rate=Rate(0.1, 3))), "192.0.2.1")

    answers = [client.get("/said/a") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-policy"] for answer in answers] == ['"default";q=3;w=30'] * 4
    assert [answer.headers["ratelimit"] for answer in answers] == [
        '"default";r=2;t=20',
        '"default";r=1;t=10',
        '"default";r=0;t=10',
        '"default";r=0;t=10',
    ]
    found = problem(answers[-1], 429, "rate")
    assert answers[-1].headers["retry-after"] == "10"
    assert "Ask again in 10 s" in found["detail"]
    assert "'default'" in found["detail"]


def test_addresses_are_counted_apart_and_networks_of_ipv6_together() -> None:
    app = app_of(Access(rate=Rate(SLOW, 1)))

    def ask(address: str) -> int:
        return from_address(app, address).get("/said/a").status_code

    assert [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2")] == [200, 429, 200]
    assert [ask("2001:db8::1"), ask("2001:db8::2"), ask("2001:db8:0:1::1")] == [200, 429, 200]


def test_key_is_counted_for_itself_wherever_it_comes_from(path: Path) -> None:
    one, other = key_for(path, "one"), key_for(path, "other")
    app = app_of(Access(KeyFile(path), rate=Rate(SLOW, 2)))
    here, there = from_address(app, "192.0.2.1"), from_address(app, "192.0.2.2")

    assert here.get("/said/a", headers=one).status_code == 200
    assert there.get("/said/a", headers=one).status_code == 200
    assert here.get("/said/a", headers=one).status_code == 429
    assert statuses(lambda: here.get("/said/a", headers=other), 2) == [200, 200]
    assert statuses(lambda: here.get("/said/a"), 3) == [200, 200, 429]


def test_refused_keys_count_against_the_address_that_tries_them(path: Path) -> None:
    good = key_for(path, "good")
    app = app_of(Access(KeyFile(path), read="key", rate=Rate(SLOW, 2)))
    client = from_address(app, "192.0.2.1")
    wrong = {"authorization": "Bearer wrong"}

    assert statuses(lambda: client.get("/said/a", headers=wrong), 3) == [401, 401, 429]
    assert client.get("/said/a").status_code == 429
    assert client.get("/said/a", headers=good).status_code == 200


def test_probes_are_neither_counted_nor_refused(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph, access=Access(rate=Rate(SLOW, 1)))) as client:
        assert statuses(lambda: client.get("/readyz"), 3) == [200, 200, 200]
        assert statuses(lambda: client.get("/v1/version"), 2) == [200, 429]
        assert client.get("/healthz").status_code == 200


def test_kept_answers_count_and_are_refused_too(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph, access=Access(rate=Rate(SLOW, 3)))) as client:
        tag = client.get("/v1/emotions/anger").headers["etag"]
        assert client.get("/v1/emotions/anger").status_code == 200
        unchanged = client.get("/v1/emotions/anger", headers={"if-none-match": tag})
        assert unchanged.status_code == 304
        assert unchanged.headers["ratelimit"] == '"default";r=0;t=1000'
        assert client.get("/v1/emotions/anger").status_code == 429


def test_limit_is_not_kept_with_an_answer(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph, access=Access(rate=Rate(SLOW, 3)))) as client:
        found = [client.get("/v1/emotions/anger").headers["ratelimit"] for _ in range(2)]

    assert [value.split(";")[1] for value in found] == ["r=2", "r=1"]


# --- the language model ---------------------------------------------------------------------------


def reasoning(graph: EmotionGraph, access: Access) -> TestClient:
    return TestClient(create_app(graph, model=ScriptedModel([GOOD] * 20), access=access))


def test_model_has_a_limit_of_its_own(graph: EmotionGraph) -> None:
    body = {**SMILE, **FREE}
    with reasoning(graph, Access(llm_rate=Rate(0.01, 2))) as client:
        assert statuses(lambda: client.post("/v1/reason", json=body), 2) == [200, 200]
        refused = client.post("/v1/reason", json=body)
        alone = client.post("/v1/reason", json={**body, "model": False})
        other = client.get("/v1/version")

    found = problem(refused, 429, "rate")
    assert refused.headers["ratelimit"] == '"llm";r=0;t=100'
    assert refused.headers["ratelimit-policy"] == '"llm";q=2;w=200'
    assert refused.headers["retry-after"] == "100"
    assert "'llm'" in found["detail"]
    assert (alone.status_code, other.status_code) == (200, 200)


def test_batch_counts_as_many_times_as_it_has_records(graph: EmotionGraph) -> None:
    batch = {"records": [SMILE] * 3, **FREE}
    with reasoning(graph, Access(llm_rate=Rate(SLOW, 4))) as client:
        assert client.post("/v1/reason/batch", json=batch).status_code == 200
        assert client.post("/v1/reason/batch", json=batch).status_code == 429
        assert client.post("/v1/reason", json={**SMILE, **FREE}).status_code == 200
        assert client.post("/v1/reason", json={**SMILE, **FREE}).status_code == 429


def test_both_limits_are_told_where_the_model_refuses(graph: EmotionGraph) -> None:
    body = {**SMILE, **FREE}
    access = Access(rate=Rate(SLOW, 9), llm_rate=Rate(SLOW, 1))
    with reasoning(graph, access) as client:
        client.post("/v1/reason", json=body)
        refused = client.post("/v1/reason", json=body)

    assert refused.status_code == 429
    assert refused.headers.get_list("ratelimit") == ['"llm";r=0;t=1000', '"default";r=7;t=7000']


def test_key_and_stream_are_counted_alike(path: Path, graph: EmotionGraph) -> None:
    asker = key_for(path, "asker", "llm")
    headers = {**asker, "accept": "text/event-stream"}
    with reasoning(graph, Access(KeyFile(path), llm_rate=Rate(SLOW, 1))) as client:
        first = client.post("/v1/reason", json={**SMILE, **FREE}, headers=headers)
        second = client.post("/v1/reason", json={**SMILE, **FREE}, headers=headers)

    assert (first.status_code, second.status_code) == (200, 429)
