"""Fixtures and options of the whole suite."""

import pytest
from hypothesis import settings
from pyoxigraph import QueryTriples, RdfFormat, Store

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.iris import AG, BASE

# The same examples on every run and machine; a first call may load the graph, so no deadline.
settings.register_profile("affectgraph", derandomize=True, deadline=None)
settings.load_profile("affectgraph")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden",
        action="store_true",
        help="rewrite golden files with what the code gives now; read the diff before you keep it",
    )


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten instead of compared."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session")
def graph() -> EmotionGraph:
    """The packaged graph; it cannot be changed, so all tests share it."""
    return EmotionGraph.load()


@pytest.fixture(scope="session")
def store(graph: EmotionGraph) -> GraphStore:
    """The packaged graph's store."""
    return graph.store


SMALL = f"""
PREFIX ag: <{AG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  ?s ?p ?o
  FILTER((!STRSTARTS(STR(?s), "{BASE}lex/") || STRSTARTS(STR(?s), "{BASE}lex/dread-"))
    && !STRSTARTS(STR(?s), "{BASE}cue/")
    && !STRSTARTS(STR(?s), "{BASE}association/") && !STRSTARTS(STR(?s), "{BASE}tree-entry/")
    && !STRSTARTS(STR(?s), "{BASE}vad/estimated/"))
  MINUS {{ ?s a ag:RatedWord }}
}}"""


@pytest.fixture(scope="session")
def small(graph: EmotionGraph) -> EmotionGraph:
    """The graph without most words, ratings, cues, associations and lines of the tree: quick to write."""
    store = Store()
    result = graph.store.query(SMALL)
    assert isinstance(result, QueryTriples)
    content = result.serialize(format=RdfFormat.N_TRIPLES)
    store.load(content or b"", format=RdfFormat.N_TRIPLES)
    return EmotionGraph(OxigraphStore(store))
