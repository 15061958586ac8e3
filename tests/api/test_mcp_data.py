"""A server of the Model Context Protocol with users' data: read at its start, and not held."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp.server.mcpserver import MCPServer
from pyoxigraph import Literal, NamedNode, Triple

from affectgraph.api import cli_mcp
from affectgraph.api.cli_base import BACKEND
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_server import make_server
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import read_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import read_scheme_table, read_word_table
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.mcp_calls import answer
from tests.api.running import run

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

LIMITS = PoolLimits(workers=1, timeout_seconds=20.0)
NOTE = Triple(NamedNode("urn:clip"), NamedNode("urn:mood"), Literal("dread"))


@pytest.fixture(scope="module")
def folder(graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scheme, a word and a note."""
    place = tmp_path_factory.mktemp("mcp") / "own"
    labels = [(2, {"label": "stoked", "concept": "excitement"})]
    forms = [(2, {"form": "chuffzled", "concept": "joy", "polarity": "positive"})]
    with UserStore.open(place) as store:
        scheme = read_scheme_table(graph, labels, name="pilot", iri=store.base + "pilot")
        words = read_word_table(graph, forms, iri=store.base + "slang")
        store.put("pilot", scheme.triples, About("scheme"))
        store.put("slang", words.triples, About("vocabulary"))
        store.put("notes", [NOTE])
    return place


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("graph") / "graph.ttl"
    place.write_text("<urn:own> a <urn:Document> .", encoding="utf-8")
    return str(place)


@pytest.fixture(scope="module")
def server(graph: EmotionGraph, folder: Path, location: str) -> Iterator[MCPServer[Any]]:
    over, queries = read_user_data(folder, graph, location, LIMITS)
    with queries:
        yield make_server(Services(over, queries=queries))


def test_tools_find_words_and_schemes_of_users(server: MCPServer[Any]) -> None:
    (found,) = answer(server, "ground", labels=["chuffzled"])["items"]
    assert found["candidates"][0]["concept"]["slug"] == "joy"
    labelled = answer(server, "ground", labels=["stoked"], scheme="pilot")["items"]
    assert labelled[0]["candidates"][0]["concept"]["slug"] == "excitement"
    assert "joy" in str(answer(server, "annotate", text="I felt chuffzled."))
    crossing = answer(server, "map", source="pilot", target="goemotions", labels=["stoked"])
    assert crossing["crossings"][0]["label"]["name"] == "stoked"
    assert "pilot" in str(answer(server, "schemes"))


def test_queries_see_users_graphs_by_their_names_alone(server: MCPServer[Any]) -> None:
    query = "SELECT ?o { %s { <urn:clip> <urn:mood> ?o } }"
    assert answer(server, "sparql", query=query % "GRAPH ?g")["rows"] == [["dread"]]
    assert answer(server, "sparql", query=query % "")["rows"] == []


def test_folder_is_free_and_what_comes_into_it_is_seen_by_the_next_server(
    server: MCPServer[Any], graph: EmotionGraph, folder: Path, location: str
) -> None:
    query = "SELECT ?o { GRAPH ?g { <urn:clip> <urn:later> ?o } }"
    later = Triple(NamedNode("urn:clip"), NamedNode("urn:later"), Literal("yes"))
    with UserStore.open(folder) as store:
        store.put("later", [later])

    assert answer(server, "sparql", query=query)["rows"] == []
    over, queries = read_user_data(folder, graph, location, LIMITS)
    with queries:
        again = make_server(Services(over, queries=queries))
        assert answer(again, "sparql", query=query)["rows"] == [["yes"]]


def test_processes_that_are_started_anew_see_the_same(
    graph: EmotionGraph, folder: Path, location: str
) -> None:
    over, queries = read_user_data(folder, graph, location, LIMITS)
    with queries:
        queries.refresh()
        found = answer(
            make_server(Services(over, queries=queries)),
            "sparql",
            query="SELECT ?o { GRAPH ?g { <urn:clip> <urn:mood> ?o } }",
        )
    assert found["rows"] == [["dread"]]


def test_folder_without_data_and_graph_on_a_server_are_refused_and_nothing_is_made(
    graph: EmotionGraph, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(BackendError, match="users' data"):
        read_user_data(tmp_path / "none", graph, None)
    assert not (tmp_path / "none").exists()
    with pytest.raises(InputError, match="of this machine"):
        read_user_data(folder, graph, "https://example.org/sparql")


def test_command_serves_the_data_of_a_folder(
    folder: Path, location: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli_mcp, "open_graph", lambda _: EmotionGraph.load())
    served: list[Any] = []

    def serve(server: MCPServer[Any]) -> None:
        served.append(answer(server, "ground", labels=["chuffzled"])["items"][0]["status"])

    monkeypatch.setattr(cli_mcp, "_serve_stdio", serve)

    run("mcp", "--graph", location, "--data", folder)
    assert served == ["linked"]
    _, err = run("mcp", "--graph", location, "--data", tmp_path / "none", code=BACKEND)
    assert re.search("folder of users' data", err)
