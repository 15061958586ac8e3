"""Metrics of a service for Prometheus: requests by route, and the queue before the language model.

Labels have few values: a route is its template, a status its class, and what no route takes is one route.
Needs the extra ``metrics``.
"""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from affectgraph.api.llm_runs import ModelRuns
from affectgraph.api.requests_seen import Exchange
from affectgraph.ontology.version import VERSION

BUCKETS = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
    *(1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
)
"""Upper bounds of the latency histogram, in seconds."""


class Metrics:
    """What is counted of one service; each has a registry of its own. An observer of requests.

    :param llm: gives the language model's runs, None while there are none.
    """

    def __init__(self, llm: Callable[[], ModelRuns | None]) -> None:
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
        )
        build = Info("affectgraph_build", "Version of the package.", registry=self._registry)
        build.info({"version": VERSION})
        self._registry.register(QueueCollector(llm))
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
        return encode(self._registry), media_type


def status_class(status: int | None) -> str:
    """Return the class of a status, ``none`` where no answer was begun.

    >>> status_class(404), status_class(None)
    ('4xx', 'none')
    """
    return "none" if status is None else f"{status // 100}xx"


class QueueCollector(Collector):
    """Reads the queue before the language model whenever metrics are asked for.

    :param llm: gives the language model's runs, None while there are none.
    """

    def __init__(self, llm: Callable[[], ModelRuns | None]) -> None:
        self._llm = llm

    def describe(self) -> list[Metric]:
        """Return no names, so that nothing is read before the service has begun."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield what the queue holds and has refused; nothing without a model."""
        llm = self._llm()
        if llm is None:
            return
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
