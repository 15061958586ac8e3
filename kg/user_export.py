"""Writes users' graphs as RDF documents, sorted, so that equal graphs give equal bytes."""

from pyoxigraph import Quad, RdfFormat

from affectgraph.kg.rdf_input import FORMATS
from affectgraph.kg.user_store import UserStore
from affectgraph.ontology.build import dump
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import PREFIXES

OF_ALL = frozenset({"trig", "nquads", "jsonld"})
"""Formats that hold named graphs."""


def exported(store: UserStore, name: str | None, format: str) -> bytes:  # noqa: A002
    """Return a graph, or all graphs with the catalogue, as a document.

    :param name: short name or IRI of the graph; None for all.
    :param format: one of :data:`affectgraph.kg.rdf_input.FORMATS`; for all graphs, one of :data:`OF_ALL`.
    :raises InputError: if there is no such format, or it cannot hold named graphs and all are asked for.
    :raises UnknownTermError: if there is no such graph.
    """
    offered = FORMATS if name is not None else sorted(OF_ALL)
    if format not in offered:
        raise InputError(f"Expected a format of {', '.join(offered)}, got {format!r}.")
    if name is None:
        return document(store.quads(), FORMATS[format])
    triples = (Quad(t.subject, t.predicate, t.object) for t in store.triples(name))
    return document(list(triples), FORMATS[format])


def document(quads: list[Quad], format: RdfFormat) -> bytes:  # noqa: A002
    """Return quads as a document, sorted by graph and triple, with the prefixes that they use."""
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    if format.supports_datasets:
        return dump(ordered, format, prefixes=_used(ordered))
    return dump((quad.triple for quad in ordered), format, prefixes=_used(ordered))


def _used(quads: list[Quad]) -> dict[str, str]:
    text = " ".join(map(str, quads))
    return {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
