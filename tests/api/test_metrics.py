"""/metrics: what is counted, that labels stay few, and what it needs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as read_open_metrics,
)
from prometheus_client.parser import text_string_to_metric_families as read_text
from starlette.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.llm_limits import LlmLimits
from affectgraph.api.llm_queue import QueueFullError
from affectgraph.api.metrics import BUCKETS
from affectgraph.api.operation import Operation
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_errors import QueryCostError, QueryTimeoutError, ResultSizeError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, MissingExtraError
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner.models import ScriptedModel
from tests.api.asking import problem
from tests.api.operated import SECRET, client_of, small_app

WITH = Operation(metrics=True)
COUNT = "affectgraph_http_request_duration_seconds_count"

Samples = dict[tuple[str, ...], float]


@contextmanager
def blocked(module: str) -> Iterator[None]:
    """Make a package look as if it were not installed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [x for x in sys.modules if x.split(".")[0] == module]:
            patch.delitem(sys.modules, name)
        patch.delitem(sys.modules, "affectgraph.api.metrics", raising=False)
        patch.setitem(sys.modules, module, None)
        yield


def scraped(client: TestClient, name: str, *labels: str) -> Samples:
    """Return the samples of a name by the values of some labels."""
    families = read_text(client.get("/metrics").text)
    return {
        tuple(sample.labels[label] for label in labels): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def test_requests_are_counted_by_method_route_and_class_of_status() -> None:
    client = client_of(small_app(WITH))
    for path in ("/said/joy", "/said/sad", "/said/none", "/down/x", "/broken/x"):
        client.get(path)
    client.head("/said/joy")

    assert scraped(client, COUNT, "method", "route", "status") == {
        ("GET", "/said/{text}", "2xx"): 2,
        ("HEAD", "/said/{text}", "2xx"): 1,
        ("GET", "/said/{text}", "4xx"): 1,
        ("GET", "/down/{text}", "5xx"): 1,
        ("GET", "/broken/{text}", "5xx"): 1,
    }


def test_answers_from_the_store_are_counted_under_their_route(graph: EmotionGraph) -> None:
    client = client_of(create_app(graph, operation=WITH))
    tag = client.get("/v1/emotions/dread").headers["etag"]
    client.get("/v1/emotions/dread")
    client.get("/v1/emotions/dread", headers={"if-none-match": tag})
    client.get("/v1/emotions/fear", headers={"if-none-match": "*"})

    assert scraped(client, COUNT, "method", "route", "status") == {
        ("GET", "/v1/emotions/{name:path}", "2xx"): 3,
        ("GET", "/v1/emotions/{name:path}", "3xx"): 1,
    }


def test_latencies_lie_in_buckets_up_to_the_longest_run() -> None:
    client = client_of(small_app(WITH))
    client.get("/said/joy")

    found = scraped(client, "affectgraph_http_request_duration_seconds_bucket", "le")

    assert [float(le) for (le,) in found] == [*BUCKETS, float("inf")]
    assert found[("+Inf",)] == 1
    assert list(BUCKETS) == sorted(set(BUCKETS))
    assert BUCKETS[-1] == LlmLimits().timeout_seconds


def test_the_request_that_asks_is_in_flight() -> None:
    client = client_of(small_app(WITH))
    client.get("/broken/x")

    assert scraped(client, "affectgraph_http_requests_in_flight") == {(): 1}


def test_paths_and_methods_that_users_make_up_add_no_labels() -> None:
    client = client_of(small_app(WITH))
    for i in range(50):
        client.request(f"MADE{i}", f"/{SECRET}/{i}")
        client.get(f"/said/{SECRET}{i}")
        client.get(f"/{i}?text={SECRET}")

    found = scraped(client, COUNT, "method", "route", "status")

    assert found == {
        ("OTHER", "unmatched", "4xx"): 50,
        ("GET", "unmatched", "4xx"): 50,
        ("GET", "/said/{text}", "2xx"): 50,
    }
    assert "sad" not in client.get("/metrics").text


def test_services_of_one_process_count_apart() -> None:
    first, second = client_of(small_app(WITH)), client_of(small_app(WITH))
    first.get("/said/joy")

    assert scraped(first, COUNT) == {(): 1}
    assert scraped(second, COUNT) == {}


def test_open_metrics_is_sent_to_those_who_accept_it() -> None:
    client = client_of(small_app(WITH))
    accept = "application/openmetrics-text; version=1.0.0"

    plain = client.get("/metrics")
    opened = client.get("/metrics", headers={"accept": accept})

    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert opened.headers["content-type"].startswith("application/openmetrics-text")
    families = read_open_metrics(opened.text)  # type: ignore[no-untyped-call]
    names = {family.name for family in families}
    assert {"affectgraph_build", "affectgraph_http_requests_in_flight"} <= names


def test_metrics_say_the_version_and_what_the_process_takes() -> None:
    client = client_of(small_app(WITH))

    assert scraped(client, "affectgraph_build_info", "version") == {(VERSION,): 1}
    if sys.platform == "linux":
        assert scraped(client, "process_resident_memory_bytes")[()] > 1_000_000


def test_there_are_no_metrics_unless_asked_for(client: TestClient) -> None:
    problem(client.get("/metrics"), 404, "no-such-route")


def test_metrics_without_their_package_name_the_extra() -> None:
    with blocked("prometheus_client"), pytest.raises(MissingExtraError) as caught:
        small_app(WITH)

    assert "/metrics needs packages" in str(caught.value)
    assert 'pip install "affectgraph[metrics]"' in str(caught.value)


def test_a_service_without_metrics_needs_no_package() -> None:
    with blocked("prometheus_client"):
        assert client_of(small_app()).get("/said/joy").status_code == 200


def test_metrics_are_there_before_the_graph() -> None:
    """No lifespan has run: there are no services whose queue could be read."""
    response = TestClient(create_app(operation=WITH)).get("/metrics")

    assert response.status_code == 200
    assert "affectgraph_llm" not in response.text


def test_a_service_without_a_model_has_no_queue(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph, operation=WITH)) as client:
        assert "affectgraph_llm" not in client.get("/metrics").text


def test_the_queue_of_the_model_is_read_when_asked(graph: EmotionGraph) -> None:
    limits = LlmLimits(concurrency=1, queue=1)
    app = create_app(graph, model=ScriptedModel(["x"]), limits=limits, operation=WITH)
    with TestClient(app) as client:
        queue = app.state.services.llm.queue
        with queue.place(), queue.place():
            with pytest.raises(QueueFullError), queue.place():
                raise AssertionError("There was a third place.")
            full = read_llm(client)
        app.state.services.llm.runs_overdue += 2
        queue.turns_missed += 3
        empty = read_llm(client)

    nothing = {"running": 0, "waiting": 0, "requests": 0}
    assert full == nothing | {
        "requests": 2,
        "refused_total": 1,
        "turns_missed_total": 0,
        "runs_overdue_total": 0,
    }
    assert empty == nothing | {
        "refused_total": 1,
        "turns_missed_total": 3,
        "runs_overdue_total": 2,
    }


SPARQL = "affectgraph_sparql_queries_total"


def test_queries_are_counted_by_what_they_came_to(graph: EmotionGraph) -> None:
    errors = iter(
        [
            *(QueryTimeoutError("a"), QueryCostError("a"), ResultSizeError("a")),
            *(BackendError("a", backend="sparql", retryable=True), KeyError("a")),
        ]
    )
    app = create_app(graph, operation=WITH, cache_bytes=0)
    counted = app.state.services.queries
    with client_of(app) as client:
        client.get("/sparql", params={"query": "ASK {}"})
        client.get("/sparql", params={"query": "ASK {"})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(counted.runner, "run", lambda *_: raises(next(errors)))
            found = [client.post("/sparql", data={"query": "ASK {}"}).status_code for _ in range(5)]

        assert found == [503, 503, 413, 503, 500]
        outcomes = ("answered", "malformed", "time", "cost", "size", "busy", "failed")
        assert scraped(client, SPARQL, "outcome") == {
            **{(outcome,): 1 for outcome in outcomes},
            ("gone",): 0,
        }
        assert scraped(client, "affectgraph_sparql_under_way") == {(): 0}


def raises(error: Exception) -> NoReturn:
    raise error


def test_query_is_under_way_while_it_runs(graph: EmotionGraph) -> None:
    app = create_app(graph, operation=WITH)
    counted = app.state.services.queries
    seen: list[int] = []
    with client_of(app) as client, pytest.MonkeyPatch.context() as patch:
        ran: Callable[..., QueryAnswer] = counted.runner.run

        def watched(question: Question, cancellation: Cancellation | None) -> QueryAnswer:
            seen.append(counted.under_way)
            return ran(question, cancellation)

        patch.setattr(counted.runner, "run", watched)
        client.get("/sparql", params={"query": "ASK {}"})

    assert (seen, counted.under_way) == ([1], 0)


def test_kept_answers_are_counted_as_hits_and_misses(graph: EmotionGraph) -> None:
    with client_of(create_app(graph, operation=WITH)) as client:
        for path in ("/v1/emotions/dread", "/v1/emotions/dread", "/v1/emotions/fear", "/healthz"):
            client.get(path)

        assert scraped(client, "affectgraph_cache_requests_total", "result") == {
            ("hit",): 1,
            ("miss",): 2,
        }
        assert scraped(client, "affectgraph_cache_bytes")[()] > 1_000


def read_llm(client: TestClient) -> dict[str, float]:
    start = "affectgraph_llm_"
    return {
        sample.name.removeprefix(start): sample.value
        for family in read_text(client.get("/metrics").text)
        for sample in family.samples
        if sample.name.startswith(start)
    }
