"""The packaged graph, loaded once per process for all who need no other."""

from functools import cache

from affectgraph.kg.graph import EmotionGraph


@cache
def default_graph() -> EmotionGraph:
    """Return the packaged graph, always the same object.

    >>> default_graph() is default_graph()
    True
    """
    return EmotionGraph.load()
