"""What a user's graph of each kind has to look like before it is taken, and how its documents are read."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, RdfFormat, Triple, serialize

from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.model import Concept
from affectgraph.kg.user_concepts import own_concepts, packaged_concepts, require_concepts
from affectgraph.kg.user_names import require_user_graph
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, EMOTION
from affectgraph.ontology.triples import A, Object, describe

SHOWN = 10
"""Violations of shapes that a refusal names."""

SHAPES: Mapping[str, tuple[str, ...]] = {
    "concepts": ("concepts",),
    "observations": ("observation",),
    "rationales": ("checking",),
    "scheme": ("user",),
    "traces": ("checking", "tracing"),
    "vocabulary": ("user",),
}
"""Kind -> names of its shapes, see :func:`affectgraph.ontology.shacl.shapes_text`; others are free."""

NAMING = frozenset({"observations", "scheme", "vocabulary"})
"""Kinds of graphs that name concepts, users' own as well."""

REFERRED = (
    "ActionTendency ActionUnit AffectDimension AppraisalDimension CauseType CueType Detector EmotionConcept "
    "Modality SchemeLabel StateConcept"
).split()
"""Classes of what users' data refer to; the same as :data:`affectgraph.ontology.shacl.REFERRED`."""
_KNOWN = f"""
PREFIX ag: <{AG}>
CONSTRUCT {{ ?s a ?class . ?s ag:primary ?primary }} WHERE {{
  VALUES ?class {{ {" ".join(f"ag:{name}" for name in REFERRED)} }}
  ?s a ?class . OPTIONAL {{ ?s ag:primary ?primary }}
}}"""
"""What shapes of users' data have to know of the graph: the classes of what data refer to."""


def by_graph(quads: Iterable[Quad], target: str | None) -> dict[str, list[Triple]]:
    """Return the triples of a document by the graph they are to stand in.

    :param target: IRI of the graph for triples that stand in none, and of the one graph of a document
        without triples; None if there may be none such.
    :raises InputError: if a graph is no user's, or triples stand in none and there is no target.
    """
    found: dict[str, list[Triple]] = {}
    for quad in quads:
        where = quad.graph_name
        if isinstance(where, NamedNode):
            iri = where.value
        elif isinstance(where, DefaultGraph) and target is not None:
            iri = target
        else:
            what = "the default graph" if isinstance(where, DefaultGraph) else "a graph without IRI"
            raise InputError(
                f"Expected triples in named graphs, got some in {what}. Name the graph that is to hold them."
            )
        if iri not in found:
            require_user_graph(iri)
            found[iri] = []
        found[iri].append(quad.triple)
    return found if found or target is None else {target: []}


def require_kind(kind: str, triples: Collection[Triple], concepts: Iterable[Concept] = ()) -> None:
    """Do nothing if triples are what a graph of a kind may hold, raise otherwise.

    Costs a second or more, as a SHACL processor reads them; nothing for ``rdf`` and ``vad``.

    :param kind: one of :data:`affectgraph.kg.user_catalogue.KINDS`.
    :param concepts: users' own, which graphs of :data:`NAMING` may name beside those of the graph.
    :raises InputError: if a shape is violated, or concepts have other faults; it names the resources,
        properties and reasons.
    :raises MissingExtraError: if the kind has shapes and the extra ``[shacl]`` is missing.
    """
    if kind not in SHAPES:
        return
    from affectgraph.ontology.shacl import validate

    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    known = known_terms() + (_classes(concepts) if kind in NAMING else b"")
    results = validate(known + written, shapes=SHAPES[kind]).results
    if not results:
        if kind == "concepts":
            require_concepts(own_concepts(triples), packaged_concepts())
        return
    shown = [
        f"{result.focus} {result.path or '(itself)'}: {result.constraint}, {result.message}"
        for result in results[:SHOWN]
    ]
    more = f" And {len(results) - SHOWN} more." if len(results) > SHOWN else ""
    raise InputError(
        f"Expected {kind} as their shapes say, got {len(results)} faults. {'; '.join(shown)}.{more} "
        "Mend them, or store the graph as kind rdf."
    )


def _classes(concepts: Iterable[Concept]) -> bytes:
    """Return the classes and primaries of users' concepts as N-Triples."""
    quads = [quad for concept in concepts for quad in describe(concept.iri, _class_of(concept))]
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def _class_of(concept: Concept) -> list[tuple[str, Object]]:
    if concept.primary is None:
        return [(A, AG + "StateConcept")]
    return [(A, AG + "EmotionConcept"), (AG + "primary", EMOTION + concept.primary)]


@cache
def known_terms() -> bytes:
    """Return what shapes of users' data have to know of the packaged graph, as N-Triples."""
    result = PackagedStore().query(_KNOWN)
    if not isinstance(result, QueryTriples):
        raise TypeError("Expected a CONSTRUCT query to give triples.")
    return result.serialize(format=RdfFormat.N_TRIPLES) or b""
