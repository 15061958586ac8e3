"""The service under made requests: a slice of ``benchmarks/fuzz_service.py``, whose judge sees faults."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import anyio
import httpx
import pytest

from affectgraph.api.app import create_app
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_store import UserStore

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
OPENAPI = Path(__file__).parent / "api" / "openapi.json"
SEED = 20_261_126


@pytest.fixture(scope="module")
def fuzz() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield importlib.import_module("fuzz_service")


@pytest.mark.skipif(not can_isolate(), reason="needs fork")
def test_made_queries_get_answers_and_refusals_and_nothing_else(
    fuzz: ModuleType, graph: EmotionGraph
) -> None:
    limits = PoolLimits(workers=2, timeout_seconds=0.3, memory_mb=256, result_mb=2)
    with QueryPool(limits=limits) as pool:
        app = create_app(graph, queries=pool)
        cases = fuzz.query_cases(80, fuzz.good_queries(), seed=SEED)
        outcome = anyio.run(fuzz.throw, app, cases, fuzz.judge_query)
        answers = anyio.run(fuzz.still_answers, app)

    assert outcome.faults == []
    assert answers
    assert set(outcome.statuses) == {"grammar", "damaged"}
    # The makers are worth something: both kinds have good queries and bad ones.
    assert all({200, 400} <= set(found) for found in outcome.statuses.values())


def test_made_requests_to_every_route_get_documented_answers(
    fuzz: ModuleType, graph: EmotionGraph
) -> None:
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    operations = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
        if path != "/sparql"
    }
    cases = fuzz.request_cases(document, 2 * len(operations), seed=SEED)
    outcome = anyio.run(fuzz.throw, create_app(graph), cases, fuzz.judge_request)

    assert outcome.faults == []
    assert set(outcome.statuses) == operations


def test_equal_seeds_make_equal_cases(fuzz: ModuleType) -> None:
    good = fuzz.good_queries()
    first, second, other = (fuzz.query_cases(50, good, seed=seed) for seed in (1, 1, 2))

    assert first == second != other
    assert {case.method for case in first} == {"GET", "POST"}


JSON = {"content-type": "application/json"}
PROBLEM = {"content-type": "application/problem+json"}


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        (httpx.Response(200, json={}), None),
        (httpx.Response(400, headers=PROBLEM, content=b'{"status": 400}'), None),
        (httpx.Response(500, headers=PROBLEM, content=b'{"status": 500}'), "status 500"),
        (httpx.Response(200, headers=JSON, content=b'{"cut": '), "no JSON"),
        (httpx.Response(400, headers=PROBLEM, content=b'{"status": 422}'), "another status"),
        (httpx.Response(400, content=b"oops"), "an error as nothing"),
    ],
)
def test_judge_sees_what_is_wrong(
    fuzz: ModuleType, response: httpx.Response, fault: str | None
) -> None:
    case = fuzz.Case("kind", "GET", "/sparql")
    found = fuzz.judge_query(case, response)

    assert found is None if fault is None else fault in found


@pytest.mark.skipif(not can_isolate(), reason="needs fork")
def test_made_writes_get_documented_answers_and_leave_every_graph_whole(
    fuzz: ModuleType, tmp_path: Path
) -> None:
    writes = importlib.import_module("fuzz_writes")
    app, token = writes.service(tmp_path)
    maker = writes.WriteMaker(SEED, token)
    cases = [*(maker.case() for _ in range(150)), writes.OWN]

    outcome = anyio.run(fuzz.throw, app, cases, writes.judge)

    assert outcome.faults == []
    assert {"update", "graph store", "graph by name", "data"} < set(outcome.statuses)
    assert all({204, 400} <= set(outcome.statuses[kind]) for kind in ("update", "graph store"))
    with UserStore.open(tmp_path / "data", create=False) as store:
        assert (store.check(), len(store.entries()) > 0) == ([], True)


def test_judge_of_writes_sees_a_changed_graph(fuzz: ModuleType) -> None:
    writes = importlib.import_module("fuzz_writes")
    headers = {"content-type": "text/csv"}

    kept = httpx.Response(200, text=writes.AS_IT_WAS, headers=headers)
    lost = httpx.Response(200, text="s,p,o\r\n", headers=headers)

    assert writes.judge(writes.OWN, kept) is None
    assert "has changed" in writes.judge(writes.OWN, lost)
