"""Fixtures and options of the whole suite."""

import pytest
from hypothesis import settings

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import GraphStore

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
