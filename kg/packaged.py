"""The packaged graph, loaded once per process for all who need no other."""

from functools import cache

from affectgraph.kg.graph import EmotionGraph


@cache
def packaged() -> EmotionGraph:
    """Return the packaged graph, always the same object.

    >>> packaged() is packaged()
    True
    """
    return EmotionGraph.load()
