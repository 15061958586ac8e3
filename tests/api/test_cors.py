"""What scripts of other sites may send: to read from any site that is allowed, to write from those named."""

from pathlib import Path

import pytest

from affectgraph.api.app import create_app
from affectgraph.api.operated import ASKING, WRITING
from affectgraph.api.operation import Operation
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from tests.api.operated import client_of, small_app


def may(origins: tuple[str, ...], method: str) -> bool:
    """Return whether a browser lets a script of a site send a method."""
    asking = {"origin": "https://a.example", "access-control-request-method": method}
    response = client_of(small_app(Operation(cors_origins=origins))).options(
        "/said/joy", headers={**asking, "access-control-request-headers": "authorization"}
    )
    origin = response.headers.get("access-control-allow-origin")
    methods = response.headers.get("access-control-allow-methods", "").split(", ")
    is_let = origin in {"*", "https://a.example"} and method in methods
    assert is_let is (response.status_code == 200)
    return is_let


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_scripts_of_sites_that_are_named_alone_may_write(method: str) -> None:
    assert may(("https://a.example",), method)
    assert not may(("https://b.example",), method)
    assert not may(("*",), method)
    assert not may(("https://a.example", "*"), method), "all would be let in"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_scripts_of_all_sites_may_ask_where_none_is_named(method: str) -> None:
    assert may(("*",), method)
    assert may(("https://a.example",), method)


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "MADE-UP"])
def test_other_methods_are_open_to_no_script(method: str) -> None:
    assert not may(("https://a.example",), method)


def test_methods_of_all_routes_are_those_that_named_sites_may_send(
    small: EmotionGraph, tmp_path: Path
) -> None:
    assert isinstance(small.store, OxigraphStore)
    small.store.save(tmp_path / "graph")
    data = open_user_data(tmp_path / "own", small, str(tmp_path / "graph"), PoolLimits(workers=1))
    app = create_app(data=data)
    paths = app.openapi()["paths"]
    data.close()

    found = {method.upper() for operations in paths.values() for method in operations}
    assert found <= {*ASKING, *WRITING}
    assert set(WRITING) <= found
