"""Pages of the graph as templates with what they show; the service and the static site render the same."""

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Triple

from affectgraph.api.negotiation import RDF_DOWNLOADS, SHORT_NAMES
from affectgraph.api.resources import embeddable, to_subjects
from affectgraph.api.views import View, plain_view, view_of
from affectgraph.kg.around import CauseType, CueType, Modality
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept

MANY = 5_000
"""Triples from which a page does not list them; the files do."""

LISTS = (
    "au",
    "cause-type",
    "cue-type",
    "detector",
    "modality",
    "scheme",
    "source",
    "state",
    "vocabulary",
)
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
    around = graph.around
    lists: dict[str, tuple[str, Iterable[tuple[str, str, str]]]] = {
        "cause-type": ("Kinds of causes", _named(around.cause_types)),
        "cue-type": ("Kinds of cues", _named(around.cue_types)),
        "detector": (
            "Detectors",
            ((d.iri, d.name, f"{d.output}: {len(d.codes)} codes") for d in graph.index.detectors),
        ),
        "modality": ("Modalities", _named(around.modalities)),
        "vocabulary": (
            "Vocabularies of EmotionML",
            ((v.iri, v.name, v.title) for v in around.vocabularies.values()),
        ),
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


def _named(
    found: Mapping[str, Modality] | Mapping[str, CueType] | Mapping[str, CauseType],
) -> Iterable[tuple[str, str, str]]:
    return ((thing.iri, thing.label, thing.definition) for thing in found.values())


def resource_document(
    graph: EmotionGraph, iri: str, triples: list[Triple], *, other: str | None = None
) -> View:
    """Return the page of an IRI.

    :param triples: what the graph says about it, see :func:`affectgraph.api.resources.describe`.
    :param other: name of a scheme to cross to, on a scheme's page.
    """
    template, view = view_of(graph, iri, other=other)
    is_shown = len(triples) < MANY
    context: dict[str, Any] = {
        "iri": iri,
        "subjects": to_subjects(triples, iri) if is_shown else [],
        "json_ld": embeddable(triples) if is_shown else "",
        "count": len(triples),
        "downloads": RDF_DOWNLOADS,
        "media_types": SHORT_NAMES,
        **plain_view(graph, iri, triples),
        **view,
    }
    return template, context
