"""Metrics of a service for Prometheus: requests by route, SPARQL, kept answers, and the model's queue.

Labels have few values: a route is its template, a status its class, and what no route takes is one route.
Needs the extra ``metrics``.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from prometheus_client import CollectorRegistry, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from affectgraph.api.graph_services import Services
from affectgraph.api.llm_runs import ModelRuns
from affectgraph.api.query_counts import CountedQueries
from affectgraph.api.requests_seen import Exchange
from affectgraph.api.response_store import ResponseStore
from affectgraph.ontology.version import VERSION

BUCKETS = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
    *(1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
)
"""Upper bounds of the latency histogram, in seconds."""

GAUGES: Literal["livesum"] = "livesum"
"""How gauges of several processes are told: the sum of those that live."""


class Metrics:
    """What is counted of one service; each has a registry of its own. An observer of requests.

    :param parts: reads what the parts of the service count.
    """

    def __init__(self, parts: Collector) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "affectgraph_http_request_duration_seconds",
            "Time from a request's head to its answer's end.",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._in_flight = Gauge(
            "affectgraph_http_requests_in_flight",
            "Requests that are being answered.",
            registry=self._registry,
            multiprocess_mode=GAUGES,
        )
        self._build = Info("affectgraph_build", "Version of the package.", registry=self._registry)
        self._build.info({"version": VERSION})
        self._join(parts)

    def _join(self, parts: Collector) -> None:
        """Add what the parts and the process count."""
        self._registry.register(parts)
        ProcessCollector(registry=self._registry)

    def began(self) -> None:
        """Count a request in."""
        self._in_flight.inc()

    def ended(self, exchange: Exchange) -> None:
        """Count a request out, by method, route and class of status."""
        self._in_flight.dec()
        status = status_class(exchange.status)
        labelled = self._seconds.labels(exchange.method, exchange.route, status)
        labelled.observe(exchange.seconds)

    def render(self, accept: str) -> tuple[bytes, str]:
        """Return all metrics now, and their media type: OpenMetrics for those who accept it, else text."""
        encode, media_type = choose_encoder(accept)
        return encode(self._shown()), media_type

    def _shown(self) -> CollectorRegistry:
        return self._registry


def status_class(status: int | None) -> str:
    """Return the class of a status, ``none`` where no answer was begun.

    >>> status_class(404), status_class(None)
    ('4xx', 'none')
    """
    return "none" if status is None else f"{status // 100}xx"


class ServiceCollector(Collector):
    """Reads what the parts of a service count themselves, whenever metrics are asked for.

    :param services: gives what handlers work with, None before the service has begun.
    :param responses: gives the answers that are kept, None where none are.
    """

    def __init__(
        self,
        services: Callable[[], Services | None],
        responses: Callable[[], ResponseStore | None],
    ) -> None:
        self._services = services
        self._responses = responses

    def describe(self) -> list[Metric]:
        """Return no names, so that nothing is read before the service has begun."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of the parts that are there."""
        services, responses = self._services(), self._responses()
        if services is not None:
            yield from of_queries(services.queries)
        if services is not None and services.llm is not None:
            yield from of_model(services.llm)
        if responses is not None:
            yield from of_responses(responses)


def of_queries(queries: CountedQueries) -> Iterator[Metric]:
    """Yield what SPARQL of strangers came to."""
    text = "Queries that run or wait."
    yield GaugeMetricFamily("affectgraph_sparql_under_way", text, value=queries.under_way)
    name, text = "affectgraph_sparql_queries", "Queries by what they came to."
    ended = CounterMetricFamily(name, text, labels=("outcome",))
    for outcome, count in queries.ended.items():
        ended.add_metric((outcome,), count)
    yield ended


def of_responses(responses: ResponseStore) -> Iterator[Metric]:
    """Yield how often kept answers were of use, and what they take."""
    name = "affectgraph_cache_requests"
    found = CounterMetricFamily(name, "Requests whose answer may be kept.", labels=("result",))
    found.add_metric(("hit",), responses.hits)
    found.add_metric(("miss",), responses.misses)
    yield found
    yield GaugeMetricFamily("affectgraph_cache_bytes", "Bytes kept.", value=responses.used)


def of_model(llm: ModelRuns) -> Iterator[Metric]:
    """Yield what the queue before the language model holds and has refused."""
    queue = llm.queue
    gauges = (
        ("running", "Runs at the language model.", queue.running),
        ("waiting", "Runs that wait for their turn at the language model.", queue.waiting),
        ("requests", "Requests with a place at the language model.", queue.requests),
    )
    counters = (
        ("refused", "Requests refused since the queue was full.", queue.refused),
        ("turns_missed", "Runs whose turn did not come in time.", queue.turns_missed),
        ("runs_overdue", "Runs ended since their time was over.", llm.runs_overdue),
    )
    for name, text, value in gauges:
        yield GaugeMetricFamily(f"affectgraph_llm_{name}", text, value=value)
    for name, text, value in counters:
        yield CounterMetricFamily(f"affectgraph_llm_{name}", text, value=value)
