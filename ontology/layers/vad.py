"""Valence, arousal, dominance: measured values of the Glasgow Norms, and derived ones for the gaps.

Every value stands in the named graph of its source and, so that one triple pattern answers a common
question, in the default graph as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, stdev

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, GRAPH, PROV, SKOS, SOURCE, VAD
from affectgraph.ontology.layers.tree import Node, concept_slugs, require_concept, tree_nodes
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

GLASGOW = "glasgow"
BRANCH_MEAN = "branch-mean"
DIMENSIONS = ("valence", "arousal", "dominance")


@dataclass(frozen=True, slots=True)
class Derived:
    """Means of a branch's measured nodes: value and spread per dimension, and which nodes."""

    match: str
    means: dict[str, float]
    spreads: dict[str, float]
    sources: tuple[str, ...]


def vad_quads() -> Iterator[Quad]:
    """Yield all VAD values, measured first."""
    known = concept_slugs()
    measured = {row["node"]: row for row in read_table("vad_glasgow")}
    for row in measured.values():
        concept = require_concept(row, row["node"], known)
        value = f"{VAD}{GLASGOW}/{slug(row['node'])}"
        yield from _value(value, concept, [*_measured(row)], GLASGOW)
    for node in tree_nodes().values():
        if node.slug not in measured:
            value = f"{VAD}{BRANCH_MEAN}/{node.slug}"
            derived = branch_mean(node, measured)
            yield from _value(value, concept_iri(node.slug), [*_derived(derived)], BRANCH_MEAN)


def _value(
    value: str, concept: str, pairs: list[tuple[str, Object]], source: str
) -> Iterator[Quad]:
    pairs += [(A, AG + "VadValue"), (AG + "ofConcept", concept)]
    shortcuts: list[tuple[str, Object]] = [(AG + "hasVad", value)]
    shortcuts += [(p, o) for p, o in pairs if p in {AG + name for name in DIMENSIONS}]
    for graph in (None, f"{GRAPH}vad-{source}"):
        yield from describe(value, pairs, graph)
        yield from describe(concept, shortcuts, graph)


def _measured(row: Row) -> Iterator[tuple[str, Object]]:
    for name in DIMENSIONS:
        yield AG + name, decimal(row.number(name))
        yield AG + name + "Sd", decimal(row.number(f"{name}_sd"))
    yield AG + "raters", integer(row.integer("raters"))
    yield AG + "matchKind", string(row["match"])
    yield AG + "ratedForm", string(row["form"])
    if row["sense"]:
        yield AG + "ratedSense", string(row["sense"])
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield AG + "originalScale", string("1..9, rescaled by (x - 5) / 4")
    yield from provenance(row)


def branch_mean(node: Node, measured: dict[str, Row]) -> Derived:
    """Return the mean of the measured nodes of a node's secondary branch.

    Where fewer than two nodes of that branch are measured, the primary's whole branch stands in.
    Spread is the standard deviation between the nodes, not between raters.

    :param measured: rows of the Glasgow table by node.
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
