"""Every public function has a route and a batch, or a reason; every route stands for one."""

import importlib
import inspect
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.rest_table import (
    FUNCTIONS,
    METHODS,
    NOT_OF_THE_GRAPH,
    OTHER_ROUTES,
    NotServed,
    Served,
)

PACKAGES = ("affectgraph", "affectgraph.kg", "affectgraph.linkers", "affectgraph.reasoner")
WORKERS = frozenset(name.partition(".")[0] for name in METHODS)
"""Classes whose methods are operations; all others are values that operations give."""
TABLE = FUNCTIONS | METHODS


def offered() -> Iterator[tuple[str, object]]:
    """Yield what the packages offer, by its place below ``affectgraph``."""
    for package in PACKAGES:
        module = importlib.import_module(package)
        place = package.removeprefix("affectgraph").removeprefix(".")
        for name in module.__all__:
            yield f"{place}.{name}".removeprefix("."), getattr(module, name)


def functions() -> set[str]:
    return {name for name, value in offered() if inspect.isfunction(value)}


def methods() -> set[str]:
    return {
        f"{value.__name__}.{name}"
        for _, value in offered()
        if inspect.isclass(value) and value.__name__ in WORKERS
        for name in dir(value)
        if not name.startswith("_") and name not in {"graph", "index", "store", "model"}
    }


@pytest.fixture(scope="module")
def routes(client: TestClient) -> set[str]:
    paths = client.get("/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, found in paths.items() for method in found}


def test_every_public_function_stands_in_the_table() -> None:
    assert functions() == set(FUNCTIONS)


def test_every_method_that_works_stands_in_the_table() -> None:
    assert methods() == set(METHODS)


def test_every_class_that_works_has_its_methods_in_the_table_or_a_reason() -> None:
    """A class works if it is made of a graph."""
    made = {
        value.__name__
        for _, value in offered()
        if inspect.isclass(value)
        and value.__module__.startswith("affectgraph.")
        and "graph" in list(inspect.signature(value).parameters)[:1]
    }
    assert made - WORKERS - set(NOT_OF_THE_GRAPH) <= {"TreeGrouping"}
    assert {"LabelLinker", "Checker", "Reasoner"} <= made


def test_every_route_of_the_table_exists(routes: set[str]) -> None:
    for name, place in TABLE.items():
        if isinstance(place, Served):
            assert place.one in routes, name
            if place.many.startswith(("GET /", "POST /")):
                assert place.many in routes, name


def test_every_route_stands_for_a_function(routes: set[str]) -> None:
    named = {route for place in TABLE.values() if isinstance(place, Served) for route in place}
    of_the_service = {"GET /healthz", "GET /readyz"}
    assert routes - named - set(OTHER_ROUTES) <= of_the_service
    assert set(OTHER_ROUTES) <= routes


def test_what_has_no_route_has_a_reason() -> None:
    reasons = [place.reason for place in TABLE.values() if isinstance(place, NotServed)]
    assert all(len(reason.split()) >= 4 for reason in reasons)
    assert len(reasons) < len(TABLE) / 3
