"""Which versions answer, under which licence, and whether they do."""

from typing import Literal

from affectgraph.api.shapes import Shape, Version
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.iris import BASE
from affectgraph.ontology.version import VERSION

LICENCE = "Code: Apache-2.0. Graph: CC BY 4.0; what comes from a source keeps the source's licence."


class Health(Shape):
    """The service is alive."""

    status: Literal["ok"]
    graph: str
    """Version of the graph."""
    model: str | None = None
    """Name of the language model, which is not asked; null without one."""


class Ready(Shape):
    """The service takes requests."""

    status: Literal["ready"]
    graph: str
    """Version of the graph."""


def to_version(graph: EmotionGraph, *, model: str | None = None) -> Version:
    """Return the versions of the package and of a graph as they are sent.

    :param model: name of the language model that is asked, if there is one.
    """
    return Version(
        package=VERSION,
        graph=graph.version,
        ontology=BASE + "ontology",
        licence=LICENCE,
        model=model,
    )
