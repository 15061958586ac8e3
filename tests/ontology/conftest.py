"""The graph as built from the tables, once per process: tests read it and change copies."""

import pytest
from pyoxigraph import Quad

from affectgraph.ontology import build


@pytest.fixture(scope="session")
def core() -> list[Quad]:
    """The core graph."""
    return build.build_core()


@pytest.fixture(scope="session")
def contents() -> dict[str, bytes]:
    """Every file of a release by name."""
    return dict(build.dumps())
