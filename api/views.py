"""What the pages of each kind of resource show, read from the graph's typed lookups."""

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from affectgraph.api.rendering import Link, local_href
from affectgraph.api.resources import is_described
from affectgraph.kg.answers import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, SchemeLabel
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import (
    AG,
    AU,
    BASE,
    DCT,
    EMOTION,
    GRAPH,
    ONTOLEX,
    RDF,
    RDFS,
    SCHEME,
    SKOS,
    SOURCE,
    STATE,
    curie,
)

View = tuple[str, dict[str, Any]]
"""Name of a template and what it shows."""

NEAR = 6
"""Concepts that stand under "nearby"."""

# Kinds of the things that come from a source, with their number. ?this is given. Largest first.
CONTRIBUTIONS_QUERY = """
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?this ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  ?thing dct:source ?this ; a ?kind
  FILTER(STRSTARTS(STR(?kind), "https://w3id.org/affectgraph/"))
} GROUP BY ?this ?kind ORDER BY DESC(?count) ?kind
"""

# Words that denote a concept, each with its part of speech. ?this is given.
WORDS_QUERY = """
PREFIX lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#>
PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>
SELECT DISTINCT ?this ?form ?part WHERE {
  ?sense ontolex:reference ?this ; ontolex:isSenseOf ?word .
  ?word lexinfo:partOfSpeech ?part ; ontolex:canonicalForm/ontolex:writtenRep ?form
}
"""


def view_of(graph: EmotionGraph, iri: str, *, other: str | None = None) -> View:
    """Return the template for an IRI and what it shows; kinds without an own page get the plain one.

    :param other: name of a scheme to cross to, on a scheme's page.
    """
    path = iri.removeprefix(BASE)
    try:
        own = graph.get_concept(iri) if iri.startswith(GRAPH) else None
        if iri.startswith((EMOTION, STATE)) or own is not None:
            return "concept.html", concept_view(graph, graph.concept(iri))
        if iri.startswith(AU):
            return "unit.html", unit_view(graph, iri.removeprefix(AU))
        if iri.startswith(SOURCE):
            return "source.html", source_view(graph, iri.removeprefix(SOURCE))
        if iri.startswith(SCHEME):
            return _scheme_or_label(graph, iri, other)
    except UnknownTermError:
        return "resource.html", {}
    if (
        path.split("/")[0] == "ontology"
        and path.count("/") < 2
        and not path.startswith("ontology/dl")
    ):
        concepts = list(graph.index.concepts.values())
        episodes = {concept.class_iri for concept in concepts}
        return "ontology.html", {"concepts": concepts, "episodes": episodes, "terms": AG}
    return "resource.html", {}


def plain_view(graph: EmotionGraph, iri: str, triples: Iterable[Triple]) -> dict[str, Any]:
    """Return what the page of any resource shows first: its name, kinds, meaning, and what it is a part of.

    :param triples: what the graph says about it and its parts.
    """
    own = [triple for triple in triples if str(triple.subject) == f"<{iri}>"]
    names = (found for predicate in _NAMES for found in _values(own, predicate))
    meanings = (found for predicate in _MEANINGS for found in _values(own, predicate))
    whole, _, part = iri.rpartition("/")
    is_part = bool(part) and whole.startswith(BASE) and is_described(graph, whole)
    return {
        "name": next(names, None),
        "kinds": [Link(curie(kind), local_href(kind)) for kind in _values(own, RDF + "type")],
        "meaning": next(meanings, None),
        "whole": Link(curie(whole), local_href(whole)) if is_part else None,
    }


_NAMES = (
    SKOS + "prefLabel",
    RDFS + "label",
    DCT + "title",
    ONTOLEX + "writtenRep",
    SKOS + "notation",
)
_MEANINGS = (SKOS + "definition", RDFS + "comment")


def _values(triples: Iterable[Triple], predicate: str) -> Iterator[str]:
    for triple in triples:
        if triple.predicate.value == predicate and isinstance(triple.object, NamedNode | Literal):
            yield triple.object.value


def _scheme_or_label(graph: EmotionGraph, iri: str, other: str | None) -> View:
    name, _, label = iri.removeprefix(SCHEME).partition("/")
    scheme = graph.scheme(name)
    if not label:
        crossings = graph.crosswalk(name, other) if other else ()
        return "scheme.html", {
            "scheme": scheme,
            "names": concept_names(graph),
            "schemes": graph.schemes(),
            "other": other,
            "crossings": crossings,
        }
    found = next((x for x in scheme.labels if x.iri == iri), None)
    if found is None:
        return "resource.html", {}
    return "label.html", {"scheme": scheme, "found": found, "names": concept_names(graph)}


def concept_names(graph: EmotionGraph) -> dict[str, Concept]:
    """Return the concepts by slug."""
    return graph.index.concepts


def concept_view(graph: EmotionGraph, concept: Concept) -> dict[str, Any]:
    """Return what a concept's page shows."""
    slug = concept.slug
    return {
        "concept": concept,
        "path": graph.path(slug),
        "children": graph.narrower(slug),
        "values": graph.vad(slug),
        "near": nearby(graph, concept),
        "patterns": graph.patterns(slug),
        "opposites": [(link, end_of(graph, link)) for link in graph.opposites(slug)],
        "components": [(link, end_of(graph, link)) for link in graph.components(slug)],
        "labels": list(labels_of(graph, slug)),
        "forms": words_for(graph, concept),
        "pattern_text": pattern_text,
    }


def words_for(graph: EmotionGraph, concept: Concept) -> list[tuple[str, str]]:
    """Return the words that denote a concept, each with its part of speech, sorted."""
    found = graph.sparql(WORDS_QUERY, bindings={"this": NamedNode(concept.iri)})
    if not isinstance(found, Table):
        raise TypeError("Expected a SELECT query to give a table.")
    return sorted((str(row["form"]), str(row["part"]).rpartition("#")[2]) for row in found)


def nearby(graph: EmotionGraph, concept: Concept) -> list[tuple[Concept, float]]:
    """Return the concepts nearest to a concept's first measured value, itself left out."""
    values = graph.vad(concept.slug)
    if not values or not values[0].is_measured:
        return []
    mean = values[0].mean
    found = graph.nearest(mean.valence, mean.arousal, mean.dominance, limit=NEAR + 1)
    return [(n.concept, n.distance) for n in found if n.concept != concept][:NEAR]


def end_of(graph: EmotionGraph, link: Association) -> Link:
    """Return the other end of an association, as a page names it."""
    concept = graph.index.concepts.get(link.end)
    if concept is not None:
        return Link(concept.label, local_href(concept.iri))
    return Link(curie(link.end), local_href(link.end))


def labels_of(graph: EmotionGraph, slug: str) -> Iterator[tuple[SchemeLabel, str]]:
    """Yield the schemes' labels that stand for a concept, with the kind of their anchor."""
    for scheme in graph.schemes():
        for label in scheme.labels:
            for anchor in label.anchors:
                if anchor.concept == slug:
                    yield label, anchor.relation


def pattern_text(groups: tuple[tuple[Any, ...], ...]) -> str:
    """Return groups of actions as people write them: ``1 + 2 + (25 or 26)``."""
    return " + ".join(_group_text(group) for group in groups)


def _group_text(group: tuple[Any, ...]) -> str:
    actions = [f"{a.side}{a.code}{a.grade if a.grade != '*' else ''}" for a in group]
    text = " or ".join(dict.fromkeys(actions))
    return f"({text})" if len(set(actions)) > 1 else text


def unit_view(graph: EmotionGraph, code: str) -> dict[str, Any]:
    """Return what a FACS code's page shows."""
    unit = graph.action_unit(code)
    return {
        "unit": unit,
        "patterns": [p for p in graph.index.patterns if unit.code in p.codes],
        "names": concept_names(graph),
        "detectors": [d for d in graph.index.detectors if unit.code in d.codes],
        "cues": [c for c in graph.index.cues if unit.code in (*c.codes, *c.any_of)],
        "pattern_text": pattern_text,
    }


def source_view(graph: EmotionGraph, id_: str) -> dict[str, Any]:
    """Return what a source's page shows: what the graph has from it, by kind."""
    source = graph.source(id_)
    rows = graph.sparql(CONTRIBUTIONS_QUERY, bindings={"this": NamedNode(source.iri)})
    return {"source": source, "counts": list(rows)}  # type: ignore[arg-type]
