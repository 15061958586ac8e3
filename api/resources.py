"""What the graph says about one IRI: its triples, and their groups as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Triple, parse

from affectgraph.api.rendering import Link, linked
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.build import dump
from affectgraph.ontology.dl import DL_ONTOLOGY
from affectgraph.ontology.iris import BASE, GRAPH, RDF, RDFS, SKOS, curie

ONTOLOGY = BASE + "ontology"

# A resource with the parts that have no page worth a visit: groups and actions of patterns, forms and
# senses of words. ?this is given.
RESOURCE_QUERY = """
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>
CONSTRUCT { ?part ?p ?o } WHERE {
  ?this (ag:requiredGroup|ag:optionalGroup|ag:excludedGroup|ag:alternative|ontolex:canonicalForm
    |ontolex:sense)* ?part .
  ?part ?p ?o .
}
"""

# The ontology with all terms whose IRIs are fragments of its own, those of the description-logic layer, its
# individuals and collections among them, and what it says of terms of others. ?this is given.
ONTOLOGY_QUERY = """
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?s ?p ?o } WHERE {
  { ?this ?p ?o BIND(?this AS ?s) }
  UNION { VALUES ?layer { <https://w3id.org/affectgraph/ontology> <https://w3id.org/affectgraph/ontology/dl> }
          ?s rdfs:isDefinedBy ?layer ; ?p ?o }
  UNION { VALUES ?kind { ag:Tier ag:IntensityGrade skos:Collection }
          ?s a ?kind ; ?p ?o FILTER(STRSTARTS(STR(?s), STR(ag:))) }
}
"""

# A named graph, with what is said of it. ?this is given.
GRAPH_QUERY = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { GRAPH ?this { ?s ?p ?o } } UNION { ?this ?p ?o BIND(?this AS ?s) }
}
"""

FIRST = (RDF + "type", SKOS + "prefLabel", RDFS + "label", SKOS + "notation", SKOS + "definition")
"""Predicates that stand first in a table."""


def describe(graph: EmotionGraph, iri: str) -> list[Triple]:
    """Return the triples about an IRI, sorted; empty if the graph has none.

    The ontology comes with its terms, a named graph with its triples, the description-logic layer
    whole.

    :raises QueryError: if the text is no IRI.
    """
    versions = {f"{ONTOLOGY}/{graph.version}": ONTOLOGY}
    versions[f"{DL_ONTOLOGY}/{graph.version}"] = DL_ONTOLOGY
    name = versions.get(iri, iri)
    if name == DL_ONTOLOGY:
        return _logic_layer()
    query = RESOURCE_QUERY
    if name == ONTOLOGY:
        query = ONTOLOGY_QUERY
    elif name.startswith(GRAPH):
        query = GRAPH_QUERY
    try:
        this = NamedNode(name)
    except ValueError:
        return []
    result = graph.store.query(query, bindings={"this": this})
    if not isinstance(result, QueryTriples):
        raise TypeError("Expected a CONSTRUCT query to give triples.")
    return sorted(set(result), key=str)


def is_described(graph: EmotionGraph, iri: str) -> bool:
    """Return whether the graph says anything about an IRI.

    :raises QueryError: if the text is no IRI.
    """
    return bool(graph.sparql("ASK { ?this ?p ?o }", bindings={"this": NamedNode(iri)}))


def _logic_layer() -> list[Triple]:
    content = files("affectgraph.ontology.built").joinpath("affectgraph-dl.rdf").read_bytes()
    return [quad.triple for quad in parse(content, format=RdfFormat.RDF_XML)]


def embeddable(triples: Iterable[Triple]) -> str:
    """Return triples as JSON-LD that may stand in a ``script`` element of a page.

    The signs that HTML reads become escapes of JSON; outside of texts JSON has none of them.
    """
    text = dump(triples, RdfFormat.JSON_LD).decode()
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def serialise(triples: Iterable[Triple], format_: RdfFormat) -> bytes:
    """Return triples in a format, with the project's prefixes."""
    return dump(triples, format_)


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one predicate."""

    predicate: Link
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject with its values, by predicate."""

    iri: str
    name: str
    groups: tuple[Group, ...]


def to_subjects(triples: Iterable[Triple], first: str) -> list[Subject]:
    """Return triples grouped by subject and predicate, the subject asked for first."""
    found: dict[str, dict[str, list[Link]]] = {}
    for triple in triples:
        predicates = found.setdefault(_name(triple.subject), {})
        predicates.setdefault(triple.predicate.value, []).append(linked(triple.object))
    ordered = sorted(found, key=lambda iri: (iri != first, iri))
    return [Subject(iri, curie(iri), _groups(found[iri])) for iri in ordered]


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _groups(predicates: dict[str, list[Link]]) -> tuple[Group, ...]:
    def order(iri: str) -> tuple[int, str]:
        return (FIRST.index(iri) if iri in FIRST else len(FIRST), curie(iri))

    return tuple(
        Group(linked(NamedNode(iri)), tuple(sorted(predicates[iri], key=lambda link: link.text)))
        for iri in sorted(predicates, key=order)
    )
