"""Pages of the graph as templates with what they show; the service and the static site render the same."""

from collections.abc import Iterable
from typing import Any

from pyoxigraph import Triple

from affectgraph.api.negotiation import RDF_DOWNLOADS
from affectgraph.api.resources import to_subjects
from affectgraph.api.views import View, view_of
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept

MANY = 2_000
"""Triples from which a page does not list them; the files do."""

LISTS = ("au", "scheme", "source", "state")
"""Kinds of resources that have a page of all of them."""

EXAMPLE_RATIONALE = (
    "The cheeks are raised (AU6) and the lip corners are pulled up (AU12). "
    "AU20, the nostril flare, is absent. AU6 and AU12 together suggest joy."
)


def home_document(graph: EmotionGraph, *, base: str) -> View:
    """Return the page that says what this is, with the tree.

    :param base: address of the service, for the examples.
    """
    tree = [(primary, _branches(graph, primary)) for primary in graph.emotions(tier="primary")]
    facts = {
        "emotions": len(graph.emotions()),
        "states": len(graph.states()),
        "units": len(graph.action_units()),
        "patterns": len(graph.index.patterns),
        "schemes": len(graph.schemes()),
        "sources": len(graph.sources()),
    }
    context = {
        "base": base,
        "tree": tree,
        "facts": facts,
        "version": graph.version,
        "example": EXAMPLE_RATIONALE,
    }
    return "home.html", context


def _branches(graph: EmotionGraph, primary: Concept) -> list[tuple[Concept, tuple[Concept, ...]]]:
    return [(child, graph.narrower(child.slug)) for child in graph.narrower(primary.slug)]


def list_document(graph: EmotionGraph, kind: str) -> View | None:
    """Return the page of all resources of a kind of :data:`LISTS`; None if there is no such page."""
    lists: dict[str, tuple[str, Iterable[tuple[str, str, str]]]] = {
        "state": (
            "States outside the tree",
            ((s.iri, s.label, s.definition) for s in graph.states()),
        ),
        "au": ("FACS codes", ((u.iri, u.code, u.name) for u in graph.action_units())),
        "scheme": ("Label schemes", ((s.iri, s.title, s.description) for s in graph.schemes())),
        "source": ("Sources", ((s.iri, s.id, s.citation) for s in graph.sources())),
    }
    if kind not in lists:
        return None
    title, rows = lists[kind]
    return "list.html", {"title": title, "rows": list(rows)}


def resource_document(
    graph: EmotionGraph, iri: str, triples: list[Triple], *, other: str | None = None
) -> View:
    """Return the page of an IRI.

    :param triples: what the graph says about it, see :func:`affectgraph.api.resources.describe`.
    :param other: name of a scheme to cross to, on a scheme's page.
    """
    template, view = view_of(graph, iri, other=other)
    context: dict[str, Any] = {
        "iri": iri,
        "subjects": to_subjects(triples, iri) if len(triples) < MANY else [],
        "count": len(triples),
        "downloads": RDF_DOWNLOADS,
        **view,
    }
    return template, context
