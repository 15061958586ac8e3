"""Valence, arousal, dominance of concepts: measured in the Glasgow Norms, branch means for the gaps.

Every value stands in the named graph of its source and, so that one triple pattern answers a common
question, in the default graph as well. These are the values that speak by default; adjusted and
estimated ones are in :mod:`affectgraph.ontology.layers.vad_further`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, stdev

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, GRAPH, PROV, SKOS, SOURCE, VAD
from affectgraph.ontology.layers.tree import Node, concept_slugs, require_concept, tree_nodes
from affectgraph.ontology.layers.vad_words import DIMENSIONS, GLASGOW, Norm, norm_rows
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    concept_iri,
    decimal,
    describe,
    integer,
    moment,
    provenance,
    slug,
    string,
    text,
)

BRANCH_MEAN = "branch-mean"
ORIGINAL_SCALE = "1..9, rescaled by (x - 5) / 4"


@dataclass(frozen=True, slots=True)
class Derived:
    """Means of a branch's measured nodes: value and spread per dimension, and which nodes."""

    match: str
    means: dict[str, float]
    spreads: dict[str, float]
    sources: tuple[str, ...]


def concept_norms() -> dict[str, tuple[Row, Row]]:
    """Return for each measured concept its row of ``vad_concepts.tsv`` and that of its rated word.

    :raises OntologyError: if a row names a concept the graph lacks, or a word that nobody rated.
    """
    known, norms = concept_slugs(), norm_rows()
    found = {}
    for row in read_table("vad_concepts"):
        require_concept(row, row["node"], known)
        norm = norms.get(Norm(row["form"], row["sense"]))
        if norm is None:
            shown = f"{row['form']} ({row['sense']})" if row["sense"] else row["form"]
            raise row.error(f"expected a word and sense of vad_glasgow.tsv, got {shown!r}.")
        found[row["node"]] = (row, norm)
    return found


def vad_quads() -> Iterator[Quad]:
    """Yield the values of concepts, measured first."""
    measured = concept_norms()
    for node, (row, norm) in measured.items():
        value = f"{VAD}{GLASGOW}/{slug(node)}"
        yield from _value(value, concept_iri(node), [*_measured(row, norm)], GLASGOW)
    rated = {node: norm for node, (_, norm) in measured.items()}
    for tree_node in tree_nodes().values():
        if tree_node.slug not in rated:
            value = f"{VAD}{BRANCH_MEAN}/{tree_node.slug}"
            derived = branch_mean(tree_node, rated)
            pairs = [*_derived(derived)]
            yield from _value(value, concept_iri(tree_node.slug), pairs, BRANCH_MEAN)


def _value(
    value: str, concept: str, pairs: list[tuple[str, Object]], source: str
) -> Iterator[Quad]:
    pairs += [(A, AG + "VadValue"), (AG + "ofConcept", concept)]
    shortcuts: list[tuple[str, Object]] = [(AG + "hasVad", value)]
    shortcuts += [(p, o) for p, o in pairs if p in {AG + name for name in DIMENSIONS}]
    for graph in (None, f"{GRAPH}vad-{source}"):
        yield from describe(value, pairs, graph)
        yield from describe(concept, shortcuts, graph)


def _measured(row: Row, norm: Row) -> Iterator[tuple[str, Object]]:
    for name in DIMENSIONS:
        yield AG + name, decimal(norm.number(name))
        yield AG + name + "Sd", decimal(norm.number(f"{name}_sd"))
    yield AG + "raters", integer(norm.integer("raters"))
    yield AG + "ratedWord", Norm(row["form"], row["sense"]).iri
    yield AG + "matchKind", string(row["match"])
    yield AG + "ratedForm", string(row["form"])
    if row["sense"]:
        yield AG + "ratedSense", string(row["sense"])
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield AG + "originalScale", string(ORIGINAL_SCALE)
    yield from provenance(row)


def branch_mean(node: Node, measured: dict[str, Row]) -> Derived:
    """Return the mean of the measured nodes of a node's secondary branch.

    Where fewer than two nodes of that branch are measured, the primary's whole branch stands in.
    Spread is the standard deviation between the nodes, not between raters.

    :param measured: rows of the Glasgow table by the node they speak for.
    """
    members = _measured_in(node.path[:2], measured)
    match = "secondary-mean"
    if len(members) < 2:
        members, match = _measured_in(node.path[:1], measured), "primary-mean"
    columns = {name: [measured[m].number(name) for m in members] for name in DIMENSIONS}
    return Derived(
        match,
        {name: fmean(values) for name, values in columns.items()},
        {name: stdev(values) for name, values in columns.items()},
        members,
    )


def _measured_in(branch: tuple[str, ...], measured: dict[str, Row]) -> tuple[str, ...]:
    nodes = tree_nodes().items()
    return tuple(
        sorted(n for n, node in nodes if node.path[: len(branch)] == branch and n in measured)
    )


def _derived(derived: Derived) -> Iterator[tuple[str, Object]]:
    for name in DIMENSIONS:
        yield AG + name, decimal(derived.means[name])
        yield AG + name + "Sd", decimal(derived.spreads[name])
    yield AG + "matchKind", string(derived.match)
    yield AG + "derivedBy", string("affectgraph.ontology.layers.vad.branch_mean")
    yield DCT + "source", SOURCE + "affectgraph"
    yield PROV + "wasDerivedFrom", SOURCE + "scott-2019"
    yield PROV + "generatedAtTime", moment("2026-11-21")
    yield AG + "confidenceGrade", string("low")
    for member in derived.sources:
        yield PROV + "wasDerivedFrom", f"{VAD}{GLASGOW}/{slug(member)}"
