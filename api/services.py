"""What handlers work with: the graph, and the linker and checker on it, made once per process."""

from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.reasoner import Checker


class Services:
    """The graph with its linker and checker.

    Both are made when first asked for; two threads that ask at the same time make equal ones.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph

    @cached_property
    def linker(self) -> LabelLinker:
        """The linker of labels."""
        return LabelLinker(self.graph)

    @cached_property
    def checker(self) -> Checker:
        """The checker of rationales."""
        return Checker(self.graph)

    def warm_up(self) -> None:
        """Read every part of the graph now, so that the first request is as fast as the next."""
        index = self.graph.index
        _ = (index.concepts, index.vad, index.patterns, index.detectors, index.associations)
        _ = (index.schemes, index.sources, self.graph.around, self.linker, self.checker)


async def get_services(request: Request) -> Services:
    """Return the services of the application that handles a request."""
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(get_services)]
"""Parameter type of a handler that needs the graph."""
