"""Concepts that count as another one."""

from affectgraph.kg.graph import EmotionGraph


def joined(slug: str) -> str:
    """Return a slug, of happiness that of joy: schemes, patterns and data sets use the two for one.

    >>> joined("happiness"), joined("fear")
    ('joy', 'fear')
    """
    return "joy" if slug == "happiness" else slug


def is_kind(graph: EmotionGraph, slug: str, other: str) -> bool:
    """Return whether a concept is another or a kind of it; happiness counts as joy."""
    slug, other = joined(slug), joined(other)
    return slug == other or graph.is_a(slug, other)
